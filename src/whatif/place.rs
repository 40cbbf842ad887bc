//! Where a what-if lies on the disk: `whatif.json`, the base plan in `base/`, each case in
//! `cases/`, and the tables and plots that are made of them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::manifest::{Listed, Manifest};
use super::row::{self, Row};
use super::{case::SCENARIO, plots, table};
use crate::replan;
use crate::report::folder::{self, Claim, FolderError};
use crate::report::{self, private};

/// The name of the manifest.
const MANIFEST: &str = "whatif.json";
const BASE: &str = "base";
const CASES: &str = "cases";
const PLOTS: &str = "plots";
const ALONE: &str = "run";
/// What a case that came to nothing has in its folder.
pub(super) const PROBLEM: &str = "problem.json";

/// All that may lie in such a folder.
const OURS: [&str; 6] = [MANIFEST, BASE, CASES, PLOTS, "whatif.csv", "whatif.md"];

/// Why a folder can't be used.
#[derive(Debug, thiserror::Error)]
pub enum PlaceError {
    /// Something else is there.
    #[error("{} holds what no what-if wrote; choose another folder", .0.display())]
    NotOurs(PathBuf),
    /// An earlier one is there.
    #[error(
        "{} holds a what-if already; --resume goes on with it, --force begins anew", .0.display()
    )]
    Exists(PathBuf),
    /// It was one, and what it was made of is not known any more.
    #[error(
        "{} holds parts of a what-if without a sound {MANIFEST}; --force begins anew", .0.display()
    )]
    Broken(PathBuf),
    /// A case is not as it was written.
    #[error("{} is not as it was written: {what}", folder.display())]
    Damaged {
        /// Its folder.
        folder: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// The whole can't be put where a part is.
    #[error("{} is one of the parts; choose another folder for the whole", .0.display())]
    IsAPart(PathBuf),
    /// What is there is of another dataset, other scenarios or options.
    #[error("{} holds another what-if: dataset, scenarios, options and version must be the same", .0.display())]
    Other(PathBuf),
    /// There is nothing to go on with.
    #[error("{} holds no what-if", .0.display())]
    Nothing(PathBuf),
    /// A case of the whole is in none of the folders.
    #[error("case {0} is in none of the folders")]
    Missing(String),
    /// Two folders hold different results of one case, or different base plans.
    #[error("{0} is not the same in all folders")]
    Differs(String),
    /// A folder can't be written.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The system refused.
    #[error("{}: {source}", path.display())]
    System {
        /// What was read or written.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// A what-if on the disk.
#[derive(Debug)]
pub struct Place {
    folder: PathBuf,
    manifest: Manifest,
    /// Held so that no other run writes there; the folder that it is about is never made.
    _alone: Claim,
}

fn system(path: &Path) -> impl FnOnce(io::Error) -> PlaceError + '_ {
    move |source| PlaceError::System {
        path: path.to_owned(),
        source,
    }
}

impl Place {
    /// Takes `folder` for `manifest`: a new one; with `resume` one that was begun with the same;
    /// with `force` in the place of an earlier one.
    ///
    /// # Errors
    /// If something else is there, or the system refuses.
    pub fn take(
        folder: &Path,
        manifest: Manifest,
        resume: bool,
        force: bool,
    ) -> Result<Self, PlaceError> {
        let alone = folder::claim(&folder.join(ALONE), &[], false);
        let alone = alone.map_err(|error| match error {
            FolderError::Busy(_) => FolderError::Busy(folder.to_owned()),
            other => other,
        })?;
        let place = Self {
            folder: folder.to_owned(),
            manifest,
            _alone: alone,
        };
        let names = match fs::read_dir(folder) {
            Ok(entries) => entries
                .map(|entry| entry.map(|entry| entry.file_name()))
                .collect::<Result<Vec<_>, _>>()
                .map_err(system(folder))?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(system(folder)(error)),
        };
        let is_ours = |name: &std::ffi::OsString| {
            let name = name.to_string_lossy();
            OURS.contains(&name.as_ref()) || folder::is_leftover(&name)
        };
        if !names.iter().all(is_ours) {
            return Err(PlaceError::NotOurs(folder.to_owned()));
        }
        let is_one_of_ours = |name: &std::ffi::OsString| OURS.iter().any(|our| *name == *our);
        let earlier = read_manifest(folder);
        match (earlier, resume, force) {
            (Some(earlier), true, _) if earlier == place.manifest => {
                place.clear()?;
                return Ok(place);
            }
            (Some(_), true, _) => return Err(PlaceError::Other(folder.to_owned())),
            (None, true, _) if !names.is_empty() => {
                return Err(PlaceError::Nothing(folder.to_owned()));
            }
            (Some(_), false, false) => return Err(PlaceError::Exists(folder.to_owned())),
            (None, false, false) if names.iter().any(is_one_of_ours) => {
                return Err(PlaceError::Broken(folder.to_owned()));
            }
            (_, false, true) => {
                // That by which it is known goes first: what is left is then taken for nothing.
                let first = |name: &&std::ffi::OsString| *name != MANIFEST;
                let mut ours: Vec<_> = names.iter().filter(|name| is_one_of_ours(name)).collect();
                ours.sort_by_key(first);
                for name in ours {
                    remove(&folder.join(name))?;
                }
            }
            _ => {}
        }
        for path in [folder.to_owned(), folder.join(CASES)] {
            make(&path)?;
        }
        place.clear()?;
        // The manifest comes last: a folder with one is a what-if.
        place.write(MANIFEST, &place.manifest.to_json())?;
        Ok(place)
    }

    /// Removes what a killed run left beside what it wrote.
    fn clear(&self) -> Result<(), PlaceError> {
        for folder in [self.folder.clone(), self.folder.join(CASES)] {
            for entry in fs::read_dir(&folder).map_err(system(&folder))? {
                let path = entry.map_err(system(&folder))?.path();
                let name = path
                    .file_name()
                    .map(|name| name.to_string_lossy().into_owned());
                let is_left = name.is_some_and(|name| {
                    folder::is_leftover(&name) && !name.starts_with(&format!(".{ALONE}."))
                });
                if is_left {
                    remove(&path)?;
                }
            }
        }
        Ok(())
    }

    /// What is run.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The base plan's folder.
    pub fn base(&self) -> PathBuf {
        self.folder.join(BASE)
    }

    /// The base plan, where it is there already.
    pub fn base_plan(&self) -> Option<Vec<u8>> {
        fs::read(self.base().join("allocations.csv")).ok()
    }

    /// Writes the base plan's result.
    ///
    /// # Errors
    /// If it can't be written.
    pub fn write_base(&self, files: &[(String, Vec<u8>)]) -> Result<(), PlaceError> {
        Ok(folder::write(&self.base(), files, &names(), true)?)
    }

    /// Whether a case is there: whole, and as it was written.
    ///
    /// # Errors
    /// If it is there, and is not.
    pub fn has(&self, case: &Listed) -> Result<bool, PlaceError> {
        is_there(&self.folder, case)
    }

    /// Writes what came of a case, in one step.
    ///
    /// # Errors
    /// If it can't be written.
    pub fn write_case(&self, id: &str, files: &[(String, Vec<u8>)]) -> Result<(), PlaceError> {
        let case = self.folder.join(CASES).join(id);
        Ok(folder::write(&case, files, &names(), true)?)
    }

    /// The base plan and every case that is there, in order.
    ///
    /// # Errors
    /// If one can't be read.
    pub fn rows(&self) -> Result<Vec<Row>, PlaceError> {
        let base = row::of_base(&self.base()).map_err(system(&self.base()))?;
        let mut rows = vec![base];
        for case in &self.manifest.cases {
            if self.has(case)? {
                let folder = self.folder.join(CASES).join(&case.id);
                rows.push(row::of_case(&folder, case).map_err(system(&folder))?);
            }
        }
        Ok(rows)
    }

    /// Writes the base plan, what came of all cases, and the tables.
    fn write_all(
        &self,
        base: &[(String, Vec<u8>)],
        cases: &[Vec<(String, Vec<u8>)>],
    ) -> Result<(), PlaceError> {
        self.write_base(base)?;
        for (case, files) in std::iter::zip(&self.manifest.cases, cases) {
            self.write_case(&case.id, files)?;
        }
        self.write_tables(&self.rows()?)
    }

    /// Writes tables and plots of what is there.
    ///
    /// # Errors
    /// If they can't be written.
    pub fn write_tables(&self, rows: &[Row]) -> Result<(), PlaceError> {
        let marking = &self.manifest.marking;
        self.write("whatif.csv", &table::csv(rows, marking))?;
        self.write("whatif.md", table::markdown(rows, marking).as_bytes())?;
        let plots = plots::plots(rows, &self.manifest);
        if !plots.is_empty() {
            let ours: Vec<_> = plots.iter().map(|(name, _)| name.as_str()).collect();
            folder::write(&self.folder.join(PLOTS), &plots, &ours, true)?;
        }
        Ok(())
    }

    fn write(&self, name: &str, bytes: &[u8]) -> Result<(), PlaceError> {
        let path = self.folder.join(name);
        report::file::write(&path, bytes, true).map_err(|error| PlaceError::System {
            path: path.clone(),
            source: io::Error::other(error.to_string()),
        })
    }
}

/// Names that the folder of a case or of the base plan may hold.
fn names() -> Vec<&'static str> {
    let of_results = replan::names().into_iter();
    of_results.chain([SCENARIO, PROBLEM]).collect()
}

fn remove(path: &Path) -> Result<(), PlaceError> {
    let gone = if path.is_dir() {
        fs::remove_dir_all(path)
    } else {
        fs::remove_file(path)
    };
    gone.map_err(system(path))
}

fn make(folder: &Path) -> Result<(), PlaceError> {
    match private::create_folder(folder) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
        Err(error) => Err(system(folder)(error)),
    }
}

fn read_manifest(folder: &Path) -> Option<Manifest> {
    let bytes = fs::read(folder.join(MANIFEST)).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// Puts the cases of `parts`, which were run with the same manifest, together as `out`.
///
/// # Errors
/// If they are parts of different what-ifs, a case is missing or differs, or it can't be written.
pub fn merge(parts: &[PathBuf], out: &Path, force: bool) -> Result<Place, PlaceError> {
    let mut manifests = parts
        .iter()
        .map(|part| read_manifest(part).ok_or_else(|| PlaceError::Nothing(part.clone())));
    let first = manifests
        .next()
        .unwrap_or_else(|| Err(PlaceError::Nothing(out.to_owned())))?;
    for (manifest, part) in manifests.zip(parts.iter().skip(1)) {
        if manifest? != first {
            return Err(PlaceError::Other(part.clone()));
        }
    }
    for part in parts {
        if same_file::is_same_file(part, out).unwrap_or(false) {
            return Err(PlaceError::IsAPart(out.to_owned()));
        }
    }
    // All is read before anything is written.
    let bases: Vec<_> = parts.iter().map(|part| part.join(BASE)).collect();
    for base in &bases {
        whole_result(base)?;
    }
    let base = same(&bases, "the base plan")?;
    let mut cases = Vec::new();
    for case in &first.cases {
        let mut holders = Vec::new();
        for part in parts {
            if is_there(part, case)? {
                holders.push(part.join(CASES).join(&case.id));
            }
        }
        if holders.is_empty() {
            return Err(PlaceError::Missing(case.id.clone()));
        }
        cases.push(same(&holders, &format!("case {}", case.id))?);
    }
    let place = Place::take(out, first, false, force)?;
    match place.write_all(&base, &cases) {
        Ok(()) => Ok(place),
        Err(error) => {
            // Half of a whole would be taken for a part.
            for name in OURS {
                let _ = remove(&out.join(name));
            }
            Err(error)
        }
    }
}

/// Whether `case` is in `folder`, whole and as it was written.
fn is_there(folder: &Path, case: &Listed) -> Result<bool, PlaceError> {
    let folder = folder.join(CASES).join(&case.id);
    if !folder.exists() {
        return Ok(false);
    }
    let damaged = |what: &str| PlaceError::Damaged {
        folder: folder.clone(),
        what: what.to_owned(),
    };
    match fs::read(folder.join(SCENARIO)) {
        Ok(bytes) if case.is_made_by(&bytes) => {}
        Ok(_) => return Err(damaged("its scenario.toml holds other changes")),
        Err(_) => return Err(damaged("it has no scenario.toml")),
    }
    if !folder.join(PROBLEM).is_file() {
        whole_result(&folder)?;
    }
    Ok(true)
}

/// That every file of a result is there, and its summary is one.
fn whole_result(folder: &Path) -> Result<(), PlaceError> {
    let damaged = |what: String| PlaceError::Damaged {
        folder: folder.to_owned(),
        what,
    };
    for file in report::FILES {
        let name = file.name();
        let bytes = fs::read(folder.join(name));
        let bytes = bytes.map_err(|error| damaged(format!("{name} can't be read: {error}")))?;
        let is_json = name.ends_with(".json");
        if is_json && serde_json::from_slice::<serde_json::Value>(&bytes).is_err() {
            return Err(damaged(format!("{name} is no JSON")));
        }
    }
    Ok(())
}

/// The files of folders that must hold the same, but for the seconds that it took.
fn same(folders: &[PathBuf], what: &str) -> Result<Vec<(String, Vec<u8>)>, PlaceError> {
    let mut all = folders.iter().map(|folder| files_of(folder));
    let first = all.next().unwrap_or_else(|| Ok(Vec::new()))?;
    let told = |files: &[(String, Vec<u8>)]| -> Vec<(String, Vec<u8>)> {
        let files = files.iter().map(|(name, bytes)| {
            let bytes = row::without_seconds(name, bytes);
            (name.clone(), bytes)
        });
        files.collect()
    };
    for other in all {
        if told(&other?) != told(&first) {
            return Err(PlaceError::Differs(what.to_owned()));
        }
    }
    Ok(first)
}

fn files_of(folder: &Path) -> Result<Vec<(String, Vec<u8>)>, PlaceError> {
    let mut files = Vec::new();
    for name in names() {
        let path = folder.join(name);
        match fs::read(&path) {
            Ok(bytes) => files.push((name.to_owned(), bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(system(&path)(error)),
        }
    }
    Ok(files)
}
