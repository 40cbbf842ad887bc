//! `establishments.csv`.

use crate::diagnostics::Diagnostics;
use crate::domain::{AgeGroup, ClearanceLevel, Country, Establishment, Location};
use crate::format::ESTABLISHMENTS;

use super::cells::{Cell, Cells, Reported};
use super::fields::{self, Fault, choice, degrees, line_of_text, not_one_of};
use super::ids::Ids;
use super::sheet::{Opened, Sheet, with_ids};

const COUNTRIES: [(&str, Country); 2] = [("England", Country::England), ("Wales", Country::Wales)];

const AGE_GROUPS: [(&str, AgeGroup); 3] = [
    ("adult", AgeGroup::Adult),
    ("young-adult", AgeGroup::YoungAdult),
    ("children", AgeGroup::Children),
];

pub fn read(
    table: Opened,
    levels: Option<&[String]>,
    diagnostics: &mut Diagnostics,
) -> Sheet<Establishment> {
    let column = "establishment_id";
    let ids = Ids::new(ESTABLISHMENTS.name, column);
    let row = |cells: &mut Cells<'_>, id| read_row(cells, id, levels);
    with_ids(table, ids, column, diagnostics, row, |row| &row.id)
}

fn read_row(
    cells: &mut Cells<'_>,
    id: Cell<String>,
    levels: Option<&[String]>,
) -> Cell<Establishment> {
    let name = cells.required("name", line_of_text);
    let country = cells.required("country", |text| choice(text, &COUNTRIES));
    let region = cells.required("region", line_of_text);
    let site_type = cells.required("type", line_of_text);
    let age_group = cells.required("age_group", |text| choice(text, &AGE_GROUPS));
    let clearance = level(cells, "clearance_required", levels);
    let site_capacity = cells.optional("site_capacity", |text| fields::whole(text, 0..=9_999));
    let provider = cells.optional("education_provider", line_of_text);
    let latitude = cells.required("latitude", |text| degrees(text, 90.0));
    let longitude = cells.required("longitude", |text| degrees(text, 180.0));
    Ok(Establishment {
        id: id?,
        name: name?.to_owned(),
        country: country?,
        region: region?.to_owned(),
        site_type: site_type?.to_owned(),
        age_group: age_group?,
        clearance_required: clearance?.unwrap_or(ClearanceLevel(0)),
        site_capacity: site_capacity?,
        education_provider: provider?.map(str::to_owned),
        location: Location {
            latitude: latitude?,
            longitude: longitude?,
        },
        line: cells.line(),
    })
}

/// The level of clearance that a cell names; the policy's levels may be unknown, which has
/// been reported then.
pub fn level(
    cells: &mut Cells<'_>,
    column: &'static str,
    levels: Option<&[String]>,
) -> Cell<Option<ClearanceLevel>> {
    let Some(levels) = levels else {
        return Err(Reported);
    };
    cells.optional(column, |text| -> Result<_, Fault> {
        let position = levels.iter().position(|level| level == text);
        let position = position.and_then(|position| u8::try_from(position).ok());
        position.map(ClearanceLevel).ok_or_else(|| {
            let words: Vec<_> = levels.iter().map(String::as_str).collect();
            not_one_of(text, &words)
        })
    })
}
