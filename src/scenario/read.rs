//! A scenario's file, and what it extends.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Scenario, Sweep, sweep};
use crate::change::{Sourced, read_text};
use crate::diagnostics::{Diagnostic, Diagnostics, Place, codes};
use crate::input::text::decode;

/// The scenario at `path`; nothing where anything is wrong with it, which is told.
pub fn read(path: &Path, diagnostics: &mut Diagnostics) -> Option<Scenario> {
    let text = text_of(path, diagnostics)?;
    let source = path.display().to_string();
    let sweep = sweep::read(&source, &text, diagnostics)?;
    // With a grid, the file is read anew for each of its points: here the first stands for all.
    let first = match &sweep {
        Some(Sweep::Grid(names)) => sweep::points(names).into_iter().next(),
        _ => None,
    };
    let part = match first {
        Some(values) => sweep::read_point(&source, &text, &values, diagnostics)?,
        None => read_text(&source, text.clone(), diagnostics)?,
    };
    let extended = match &part.extends {
        Some((name, place)) => {
            let mut seen = vec![path.to_owned()];
            extended(path, name, place, &mut seen, diagnostics)?
        }
        None => Vec::new(),
    };
    let name = path.file_stem()?.to_string_lossy().into_owned();
    Some(Scenario {
        name,
        title: part.file.title,
        question: part.file.question,
        sweep,
        source,
        text,
        extended,
        changes: part.changes,
    })
}

/// The changes of the file called `name` in `from`, and of what it extends in turn.
fn extended(
    from: &Path,
    name: &str,
    place: &Place,
    seen: &mut Vec<PathBuf>,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Sourced>> {
    let path = from.parent().unwrap_or(Path::new("")).join(name);
    let shown = path.display().to_string();
    let refuse = |message: String, diagnostics: &mut Diagnostics| {
        let help = "mend the path, or write the changes into this file";
        diagnostics.push(Diagnostic::at(codes::M0911, place.clone(), message).help(help));
        None
    };
    let is_same = |other: &PathBuf| same_file::is_same_file(other, &path).unwrap_or(false);
    if seen.iter().any(is_same) {
        return refuse(format!("{shown} extends itself"), diagnostics);
    }
    if !path.is_file() {
        return refuse(format!("{shown} is no file"), diagnostics);
    }
    let text = text_of(&path, diagnostics)?;
    if sweep::read(&shown, &text, diagnostics)?.is_some() {
        return refuse(format!("{shown} is a sweep"), diagnostics);
    }
    let part = read_text(&shown, text, diagnostics)?;
    seen.push(path.clone());
    let mut changes = match &part.extends {
        Some((name, place)) => extended(&path, name, place, seen, diagnostics)?,
        None => Vec::new(),
    };
    changes.extend(part.changes);
    Some(changes)
}

fn text_of(path: &Path, diagnostics: &mut Diagnostics) -> Option<String> {
    let name = path.display().to_string();
    let mut refuse = |message: String| {
        let place = Place::file(&name);
        let help = "check the path; a change file is a small text file that ends in .toml";
        diagnostics.push(Diagnostic::at(codes::M0901, place, message).help(help));
        None
    };
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return refuse(format!("{name} doesn't exist"));
        }
        Err(error) => return refuse(format!("{name} can't be read: {error}")),
    };
    match decode(&bytes) {
        Ok(decoded) => Some(decoded.text),
        Err(_) => refuse(format!("{name} is not a text file")),
    }
}
