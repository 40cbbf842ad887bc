//! The demo year, and years like it of any size: real sites and real inspection dates,
//! invented people. Everything is drawn from one seed, so that the same [`Spec`] gives the
//! same bytes on every machine.

mod availability;
mod calendar;
mod conflicts;
mod draw;
mod embedded;
mod history;
mod names;
mod people;
mod pins;
mod programme;
mod sites;
mod spec;
mod table;
mod teams;
#[cfg(test)]
mod tests;
mod towns;

pub use embedded::files;
pub use spec::{Extras, Programme, Spec, Tightness};

pub use crate::template::Files;

use draw::{Draw, Stream};

/// The public bank holidays of England and Wales in 2026 and 2027.
pub const BANK_HOLIDAYS: &str = include_str!("../../data/bank_holidays.csv");

/// The files of the year that `spec` asks for.
pub fn generate(spec: &Spec) -> Files {
    let draw = |stream| Draw::new(spec.seed, stream);
    let sites = sites::sites(spec.inspections);
    let dates = programme::dates(spec, &sites, &mut draw(Stream::Programme));
    let entries = teams::fill(spec, &sites, &dates, &mut draw(Stream::Teams));
    let people = people::people(spec, &mut draw(Stream::People));
    let spans = availability::spans(spec, &people, &mut draw(Stream::Availability));
    let conflicts = conflicts::conflicts(spec, &sites, &people, &mut draw(Stream::Conflicts));
    let history = history::history(&sites, &entries, &people, &mut draw(Stream::History));
    let pins = pins::pins(
        spec,
        &pins::Year {
            sites: &sites,
            entries: &entries,
            people: &people,
            spans: &spans,
            conflicts: &conflicts,
        },
        &mut draw(Stream::Pins),
    );

    let mut files: Files = [
        sites::table(&sites),
        teams::table(&sites, &entries),
        people::table(&people),
        availability::table(&people, &spans),
        conflicts::table(&sites, &people, &conflicts),
        history::table(&sites, &history),
        pins::table(&entries, &people, &pins),
    ]
    .into_iter()
    .map(|table| (table.name().to_owned(), table.into_text()))
    .collect();
    files.insert("bank_holidays.csv".to_owned(), BANK_HOLIDAYS.to_owned());
    files.insert("policy.toml".to_owned(), crate::template::POLICY.to_owned());
    files.insert("README.md".to_owned(), embedded::README.to_owned());
    files
}
