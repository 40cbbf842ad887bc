//! What is compared, read from two folders.

use std::collections::BTreeMap;

use super::files::Tables;
use super::posts::Held;
use crate::diagnostics::{Diagnostic, Diagnostics, Place, codes};
use crate::domain::Policy;
use crate::format::{ALLOCATIONS, FILES, PROGRAMME};
use crate::input::{Files, Opener, POLICY, ROLES, Table, as_meant, choice, line_of_text};

/// What a folder holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The year as it is planned for.
    Dataset,
    /// A plan for one.
    Result,
}

/// A result's posts.
#[derive(Clone, Debug)]
pub struct Posts {
    /// In the file's order.
    pub held: Vec<Held>,
    /// What the file is marked with.
    pub marking: String,
}

/// What `files` are; what is wrong where they are neither.
///
/// # Errors
/// If they can't be read, or are neither.
pub fn kind(files: &(impl Files + ?Sized)) -> Result<Kind, String> {
    let opener = Opener::of(files)?;
    let has = |file: &str| opener.names().iter().any(|name| name == file);
    if has(PROGRAMME.name) {
        Ok(Kind::Dataset)
    } else if has(ALLOCATIONS.name) {
        Ok(Kind::Result)
    } else {
        let (one, other) = (PROGRAMME.name, ALLOCATIONS.name);
        Err(format!(
            "it holds neither a dataset ({one}) nor a result ({other})"
        ))
    }
}

/// The posts of a result; nothing where something is wrong with them, which is told.
pub fn held(files: &(impl Files + ?Sized), diagnostics: &mut Diagnostics) -> Option<Posts> {
    let mut opener = Opener::of(files).ok()?;
    let file = ALLOCATIONS.name;
    let Some(text) = opener.text(file, diagnostics).ok()? else {
        let message = format!("{file} is missing from the result");
        diagnostics.push(
            Diagnostic::at(codes::M0802, Place::file(file), message)
                .help("copy the whole folder, or allocate again"),
        );
        return None;
    };
    let table = Table::read(&ALLOCATIONS, text, diagnostics)?;
    let marking = match table.text(0, "marking") {
        "" => Policy::default().marking,
        marking => marking.to_owned(),
    };
    let mut held = Vec::new();
    table.for_each(diagnostics, |cells| {
        let mut text = |column| cells.required(column, line_of_text).map(as_meant);
        let (inspection, establishment) = (text("inspection_id"), text("establishment_id"));
        let (inspector, name) = (text("inspector_id"), text("inspector_name"));
        let role = cells.required("role", |text| choice(text, &ROLES));
        let days = cells.span("attend_from", "attend_to");
        let read = || {
            Ok::<_, crate::input::Reported>(Held {
                inspection: inspection?.to_owned(),
                establishment: establishment?.to_owned(),
                role: role?,
                inspector: inspector?.to_owned(),
                name: name?.to_owned(),
                days: days?,
            })
        };
        held.extend(read());
    });
    (!diagnostics.has_errors()).then_some(Posts { held, marking })
}

/// The files of a dataset that has been found sound.
pub fn tables(files: &(impl Files + ?Sized)) -> Option<Tables> {
    let mut diagnostics = Diagnostics::default();
    let mut opener = Opener::new(files, &mut diagnostics)?;
    let text = opener.policy(POLICY, &mut diagnostics)?;
    let mut policy = BTreeMap::new();
    flatten("", &text.parse().ok()?, &mut policy);
    let table = |format| (format, opener.table(format, &mut diagnostics).ok());
    let tables = FILES.into_iter().map(table).collect();
    Some(Tables { tables, policy })
}

/// Every key below `table`, with the keys above it.
fn flatten(above: &str, table: &toml::Table, keys: &mut BTreeMap<String, String>) {
    for (name, value) in table {
        let key = match above {
            "" => name.clone(),
            above => format!("{above}.{name}"),
        };
        match value {
            toml::Value::Table(inner) => flatten(&key, inner, keys),
            value => {
                keys.insert(key, value.to_string());
            }
        }
    }
}
