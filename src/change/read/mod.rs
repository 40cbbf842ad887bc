//! A change file, read: every problem of it at once, each where it stands.

mod keys;
mod people;
mod programme;

use std::collections::BTreeMap;
use std::sync::Arc;

use toml::de::DeTable;

use crate::diagnostics::{Diagnostic, Diagnostics, Place, Source, codes};
use crate::input::section::{Complaints, Reporter, Section};

use super::{Change, ChangeFile, Entry};
use keys::Keys;

/// A change that knows where it comes from, so that what is wrong with it can be said there.
#[derive(Clone, Debug)]
pub struct Sourced {
    /// The change.
    pub entry: Entry,
    place: Place,
    keys: BTreeMap<&'static str, Place>,
}

impl Sourced {
    /// A change that comes from no file; messages call its source `name`.
    pub fn of(entry: Entry, name: &str) -> Self {
        Self {
            entry,
            place: Place::file(name),
            keys: BTreeMap::new(),
        }
    }

    /// Where it begins.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Where the value of `key` is, or the change as a whole.
    pub fn place_of(&self, key: &str) -> &Place {
        self.keys.get(key).unwrap_or(&self.place)
    }
}

/// The codes of what is wrong with a change file.
pub(crate) const COMPLAINTS: Complaints = Complaints {
    unknown: codes::M0903,
    sort: codes::M0905,
    range: codes::M0906,
};

/// A change file without what it extends.
#[derive(Clone, Debug)]
pub struct Part {
    /// Title, question and its own changes.
    pub file: ChangeFile,
    /// Its own changes, each with its place.
    pub changes: Vec<Sourced>,
    /// The file that it extends, with the place of its name.
    pub extends: Option<(String, Place)>,
}

/// The change file that `text` is, which messages call `name`; nothing where anything is wrong
/// with it, which `diagnostics` then holds. Its `[sweep]` is left to whoever makes cases of it.
pub fn read_text(name: &str, text: String, diagnostics: &mut Diagnostics) -> Option<Part> {
    let source = Arc::new(Source::new(name, text));
    diagnostics.add_source(Arc::clone(&source));
    let before = diagnostics.len();
    let (table, faults) = DeTable::parse_recoverable(source.text());
    let reporter = Reporter::with(Arc::clone(&source), COMPLAINTS, diagnostics);
    for fault in &faults {
        let message = format!("{name} can't be understood: {}", fault.message());
        reporter.push(
            Diagnostic::at(codes::M0902, reporter.place(fault.span()), message)
                .help("text and dates stand in quotes; each change begins with a line [[change]]"),
        );
    }
    if !faults.is_empty() {
        return None;
    }
    let root = Keys::new(
        Section::root(&reporter, Some(table.get_ref())),
        "a change file",
    );
    let title = root.line("title");
    let question = root.optional("question", Keys::line);
    let extends = root.optional("extends", Keys::line);
    let place = root.section.place("extends");
    root.section.know("sweep");
    let sections = root.section.sections("change");
    let changes: Vec<_> = sections.into_iter().map(sourced).collect();
    root.section.finish();
    drop(reporter);
    if diagnostics.len() > before {
        return None;
    }
    let changes: Vec<Sourced> = changes.into_iter().collect::<Option<_>>()?;
    let file = ChangeFile {
        title: title?,
        question: question?,
        changes: changes.iter().map(|one| one.entry.clone()).collect(),
    };
    Some(Part {
        file,
        changes,
        extends: extends?.map(|name| (name, place)),
    })
}

/// One `[[change]]`.
fn sourced(section: Section<'_, '_>) -> Option<Sourced> {
    let place = section.own_place();
    let keys = Keys::new(section, "a change");
    let kind = keys.choice("kind", &READERS);
    let note = keys.optional("note", Keys::line);
    let Some(read) = kind else {
        // Which keys it may have depends on its kind.
        return None;
    };
    let name = READERS
        .iter()
        .find(|(_, known)| std::ptr::fn_addr_eq(*known, read));
    let keys = keys.called(name.map_or("a change", |(name, _)| *name));
    let change = read(&keys);
    let given = keys.section.given();
    keys.section.finish();
    Some(Sourced {
        entry: Entry {
            change: change?,
            note: note?,
        },
        place,
        keys: given.into_iter().collect(),
    })
}

/// Reads the keys of one kind of change.
type Reader = fn(&Keys<'_, '_>) -> Option<Change>;

/// Every kind of change by its word.
const READERS: [(&str, Reader); 24] = [
    ("clearance", people::clearance),
    ("dbs", people::dbs),
    ("training", people::training),
    ("lead-training", people::lead_training),
    ("days", people::days),
    ("offer", people::offer),
    ("away", people::away),
    ("withdraw-offer", people::withdraw_offer),
    ("drop-leave", people::drop_leave),
    ("move-leave", people::move_leave),
    ("add-inspector", people::add_inspector),
    ("remove-inspector", people::remove_inspector),
    ("site-capacity", programme::site_capacity),
    ("site-clearance", programme::site_clearance),
    ("different-week", programme::different_week),
    ("attend", programme::attend),
    ("move-inspection", programme::move_inspection),
    ("add-inspection", programme::add_inspection),
    ("status", programme::status),
    ("team", programme::team),
    ("pin", programme::pin),
    ("forbid", programme::forbid),
    ("unpin", programme::unpin),
    ("policy", programme::policy),
];
