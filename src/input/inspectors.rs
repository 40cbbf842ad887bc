//! `inspectors.csv`.

use std::collections::BTreeMap;

use crate::diagnostics::{Diagnostic, Diagnostics, codes, nearest, quoted};
use crate::domain::{Clearance, Establishment, Grade, Inspector, Location, WeekdaySet, centres};
use crate::format::INSPECTORS;

use super::cells::{Cell, Cells, Reported};
use super::establishments::level;
use super::fields::{choice, date, degrees, line_of_text, whole, working_days, yes_or_no};
use super::ids::Ids;
use super::sheet::{Opened, Sheet, with_ids};

/// The grades, as files write them.
pub const GRADES: [(&str, Grade); 2] = [("HMI", Grade::Hmi), ("OI", Grade::Oi)];

/// Nobody works more days a year than it has.
pub const DAYS_OF_A_YEAR: std::ops::RangeInclusive<u32> = 0..=366;

pub fn read(
    table: Opened,
    levels: Option<&[String]>,
    establishments: &Sheet<Establishment>,
    diagnostics: &mut Diagnostics,
) -> Sheet<Inspector> {
    let column = "inspector_id";
    let ids = Ids::new(INSPECTORS.name, column);
    let regions = Regions {
        centres: centres(&establishments.rows),
        whole: establishments.whole,
    };
    let row = |cells: &mut Cells<'_>, id| read_row(cells, id, levels, &regions);
    with_ids(table, ids, column, diagnostics, row, |row| &row.id)
}

/// Where the regions are, and whether all their establishments could be read.
struct Regions<'a> {
    centres: BTreeMap<&'a str, Location>,
    whole: bool,
}

fn read_row(
    cells: &mut Cells<'_>,
    id: Cell<String>,
    levels: Option<&[String]>,
    regions: &Regions<'_>,
) -> Cell<Inspector> {
    let name = cells.required("name", line_of_text);
    let grade = cells.required("grade", |text| choice(text, &GRADES));
    let lead_trained = cells.required("lead_trained", yes_or_no);
    let region = cells.required("region", line_of_text);
    let location = location(cells, region, regions);
    let dbs_expires = cells.optional("dbs_expires", date);
    let clearance = level(cells, "clearance", levels);
    let clearance_expires = cells.optional("clearance_expires", date);
    let days = |text| whole(text, DAYS_OF_A_YEAR);
    let max_days = cells.required("max_days", days);
    let days_used = cells.optional("days_used", days);
    let working_days = cells.optional("working_days", working_days);
    let training = cells.optional("custody_training_until", date);
    let quarters = ["max_days_q1", "max_days_q2", "max_days_q3", "max_days_q4"]
        .map(|column| cells.optional(column, days));
    let [q1, q2, q3, q4] = quarters;

    let (clearance, clearance_expires) = (clearance?, clearance_expires?);
    let not_held = |column, what: &str| {
        Diagnostic::at(
            codes::M0606,
            cells.place(column),
            format!("{what} is held: this person can hold no post"),
        )
        .cell("")
        .help("enter it once it is there")
    };
    let mut missing = Vec::new();
    if clearance.is_none() && clearance_expires.is_none() {
        missing.push(not_held("clearance", "no clearance"));
    }
    if matches!(dbs_expires, Ok(None)) {
        missing.push(not_held("dbs_expires", "no enhanced DBS check"));
    }
    for diagnostic in missing {
        cells.report(diagnostic);
    }
    if clearance.is_some() != clearance_expires.is_some() {
        let (given, missing) = if clearance.is_some() {
            ("clearance", "clearance_expires")
        } else {
            ("clearance_expires", "clearance")
        };
        let message =
            format!("{given} is given, {missing} is not: the clearance counts as not held");
        cells.report(
            Diagnostic::at(codes::M0604, cells.place(missing), message)
                .cell("")
                .help("give both, or empty both"),
        );
    }
    let clearance = clearance
        .zip(clearance_expires)
        .map(|(level, expires)| Clearance { level, expires });
    Ok(Inspector {
        id: id?,
        name: name?.to_owned(),
        grade: grade?,
        lead_trained: lead_trained?,
        region: region?.to_owned(),
        location: location?,
        dbs_expires: dbs_expires?,
        clearance,
        max_days: max_days?,
        days_used: days_used?.unwrap_or(0),
        working_days: working_days?.unwrap_or(WeekdaySet::MONDAY_TO_FRIDAY),
        custody_training_until: training?,
        max_days_quarter: [q1?, q2?, q3?, q4?],
        line: cells.line(),
    })
}

/// Where somebody travels from: given, or the middle of their region.
fn location(cells: &mut Cells<'_>, region: Cell<&str>, regions: &Regions<'_>) -> Cell<Location> {
    let latitude = cells.optional("latitude", |text| degrees(text, 90.0));
    let longitude = cells.optional("longitude", |text| degrees(text, 180.0));
    match (latitude?, longitude?) {
        (Some(latitude), Some(longitude)) => Ok(Location {
            latitude,
            longitude,
        }),
        (None, None) => {
            let region = region?;
            match regions.centres.get(region) {
                Some(centre) => {
                    if regions.whole {
                        let message = format!(
                            "no latitude and longitude: the middle of {} is used",
                            quoted(region)
                        );
                        cells.report(
                            Diagnostic::at(codes::M0307, cells.place("latitude"), message)
                                .cell("")
                                .help("give both, if the middle of the region is not near enough"),
                        );
                    }
                    Ok(*centre)
                }
                None if !regions.whole => Err(Reported),
                None => {
                    let message = format!(
                        "no establishment is in the region {}, and no latitude and longitude are given",
                        quoted(region)
                    );
                    let mut names: Vec<_> = regions.centres.keys().copied().collect();
                    names.sort_unstable();
                    names.truncate(200);
                    Err(cells.report(
                        Diagnostic::at(codes::M0306, cells.place("region"), message)
                            .cell(region)
                            .help("write the region as in establishments.csv, or give latitude and longitude")
                            .suggest(nearest(region, names)),
                    ))
                }
            }
        }
        (latitude, _) => {
            let (given, missing) = if latitude.is_some() {
                ("latitude", "longitude")
            } else {
                ("longitude", "latitude")
            };
            Err(cells.report_half(given, missing))
        }
    }
}
