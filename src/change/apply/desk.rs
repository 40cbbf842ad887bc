//! Where changes are made: the files that they touch, open, and what is wrong with them.

use std::collections::BTreeMap;

use crate::diagnostics::{Code, Diagnostic, codes, nearest, quoted};
use crate::domain::Grade;
use crate::format::{ESTABLISHMENTS, FileFormat, INSPECTORS, PROGRAMME};
use crate::input::policy;

use super::super::{Sourced, Who};
use super::blame::Blame;
use super::sheet::Sheet;
use super::text::Text;
use super::{Changed, Files, Made, Refused};

/// The open files, and the change that is being made.
pub(super) struct Desk<'a> {
    files: &'a Files,
    sheets: BTreeMap<&'static str, Sheet>,
    policy: Option<Text>,
    by: usize,
    sourced: Option<&'a Sourced>,
    problems: Vec<Diagnostic>,
    gone: Vec<(String, usize)>,
}

impl<'a> Desk<'a> {
    pub fn new(files: &'a Files) -> Self {
        Self {
            files,
            sheets: BTreeMap::new(),
            policy: None,
            by: 0,
            sourced: None,
            problems: Vec::new(),
            gone: Vec::new(),
        }
    }

    /// Turns to another change.
    pub fn begin(&mut self, by: usize, sourced: &'a Sourced) {
        self.by = by;
        self.sourced = Some(sourced);
    }

    /// The files as they are now.
    pub fn finish(self) -> Result<Changed, Vec<Diagnostic>> {
        if !self.problems.is_empty() {
            return Err(self.problems);
        }
        let mut files = self.files.clone();
        let mut touched = BTreeMap::new();
        let sheets = self
            .sheets
            .into_iter()
            .map(|(name, sheet)| (name, sheet.into_parts()));
        let policy = self.policy.map(|text| (policy::FILE, text.into_parts()));
        for (name, (bytes, lines)) in sheets.chain(policy) {
            if lines.iter().any(Option::is_some) || files.contains_key(name) {
                files.insert(name.to_owned(), bytes);
                touched.insert(name.to_owned(), lines);
            }
        }
        let blame = Blame {
            touched,
            gone: self.gone,
        };
        Ok(Changed { files, blame })
    }

    /// Which change is being made.
    pub fn by(&self) -> usize {
        self.by
    }

    /// The file of `format`, to be read or changed.
    pub fn sheet(&mut self, format: &'static FileFormat) -> &mut Sheet {
        let bytes = self.files.get(format.name);
        self.sheets
            .entry(format.name)
            .or_insert_with(|| Sheet::new(format, bytes.map(Vec::as_slice)))
    }

    /// `policy.toml`.
    pub fn policy(&mut self) -> &mut Text {
        let bytes = self.files.get(policy::FILE);
        self.policy
            .get_or_insert_with(|| Text::new(bytes.map_or(b"", Vec::as_slice)))
    }

    /// Says that `id` is in its file no longer, though others may name it.
    pub fn went(&mut self, id: &str) {
        self.gone.push((id.to_owned(), self.by));
    }

    /// Reports why the change can't be made, at the value of `key`.
    pub fn refuse(
        &mut self,
        code: &'static Code,
        key: &str,
        message: impl Into<String>,
        help: &str,
        meant: Option<String>,
    ) -> Refused {
        if let Some(sourced) = self.sourced {
            let place = sourced.place_of(key).clone();
            let diagnostic = Diagnostic::at(code, place, message)
                .help(help)
                .suggest(meant);
            self.problems.push(diagnostic);
        }
        Refused
    }

    /// The row of `format` whose id is `id`, which the change has under `key`.
    fn row(
        &mut self,
        format: &'static FileFormat,
        column: &'static str,
        key: &str,
        id: &str,
    ) -> Made<usize> {
        let sheet = self.sheet(format);
        if let Some(row) = sheet.find(column, id) {
            return Ok(row);
        }
        let ids: Vec<_> = (0..sheet.len()).map(|row| sheet.get(row, column)).collect();
        let meant = nearest(id, ids.iter().copied()).map(str::to_owned);
        let message = format!("{key} {} is not in {}", quoted(id), format.name);
        let help = "write the id as that file has it";
        Err(self.refuse(codes::M0908, key, message, help, meant))
    }

    /// The row of an inspector.
    pub fn inspector(&mut self, key: &str, id: &str) -> Made<usize> {
        self.row(&INSPECTORS, "inspector_id", key, id)
    }

    /// The row of an inspection.
    pub fn inspection(&mut self, id: &str) -> Made<usize> {
        self.row(&PROGRAMME, "inspection_id", "inspection", id)
    }

    /// The row of an establishment.
    pub fn establishment(&mut self, id: &str) -> Made<usize> {
        self.row(&ESTABLISHMENTS, "establishment_id", "establishment", id)
    }

    /// Whether the policy has that level of clearance.
    pub fn level(&mut self, key: &str, level: &str) -> Made {
        let levels = self.read_policy().clearance_levels;
        if levels.iter().any(|known| known == level) {
            return Ok(());
        }
        let message = format!(
            "{key} {} is not one of {}",
            quoted(level),
            levels.join(", ")
        );
        let meant = nearest(level, levels.iter().map(String::as_str)).map(str::to_owned);
        let help = "write a level as policy.toml's clearance_levels has it";
        Err(self.refuse(codes::M0908, key, message, help, meant))
    }

    /// The policy as it stands now.
    pub fn read_policy(&mut self) -> crate::domain::Policy {
        let text = self.policy().as_str().to_owned();
        policy::read(Some(text), &mut Default::default()).policy
    }

    /// Whether a region is one of `format`'s rows.
    pub fn region(&mut self, format: &'static FileFormat, region: &str) -> Made {
        let sheet = self.sheet(format);
        if sheet.find("region", region).is_some() {
            return Ok(());
        }
        let regions: Vec<_> = (0..sheet.len())
            .map(|row| sheet.get(row, "region"))
            .collect();
        let meant = nearest(region, regions.iter().copied()).map(str::to_owned);
        let message = format!("region {} is not in {}", quoted(region), format.name);
        let help = "write the region as that file has it";
        Err(self.refuse(codes::M0908, "region", message, help, meant))
    }

    /// The ids of the people that a change is about, at least one.
    pub fn people(&mut self, who: &Who) -> Made<Vec<String>> {
        let (grade, region) = match who {
            Who::Person(id) => {
                self.inspector("inspector", id)?;
                return Ok(vec![id.clone()]);
            }
            Who::Grade(grade) => (Some(*grade), None),
            Who::Region(region) => (None, Some(region)),
            Who::GradeInRegion(grade, region) => (Some(*grade), Some(region)),
        };
        if let Some(region) = region {
            self.region(&INSPECTORS, region)?;
        }
        let sheet = self.sheet(&INSPECTORS);
        let wanted = |sheet: &Sheet, row| {
            grade.is_none_or(|grade| sheet.get(row, "grade") == grade.as_str())
                && region.is_none_or(|region| sheet.get(row, "region") == region)
        };
        let rows = sheet.rows(wanted);
        let ids: Vec<_> = rows
            .iter()
            .map(|row| sheet.get(*row, "inspector_id").to_owned())
            .collect();
        if ids.is_empty() {
            let grade = grade.map_or("inspector", Grade::as_str);
            let place = region
                .map(|region| format!(" in {}", quoted(region)))
                .unwrap_or_default();
            let message = format!("there is no {grade}{place}");
            let help = "choose a grade and region that somebody has";
            return Err(self.refuse(codes::M0908, "grade", message, help, None));
        }
        Ok(ids)
    }
}
