//! `history.csv`: who was at the last full inspection of each site that has a review of
//! progress this year.

use chrono::NaiveDate;

use crate::domain::Kind;

use super::calendar::before;
use super::draw::Draw;
use super::people::Person;
use super::sites::Site;
use super::table::Table;
use super::teams::Entry;

/// A row of the file.
#[derive(Clone, Debug)]
pub(super) struct Past {
    /// Position of the site.
    site: usize,
    inspector_id: String,
    role: &'static str,
    date: NaiveDate,
}

/// A lead and a team inspector of a full inspection eight to twelve months before each review;
/// one lead in five has left since.
pub(super) fn history(
    sites: &[Site],
    entries: &[Entry],
    people: &[Person],
    draw: &mut Draw,
) -> Vec<Past> {
    let leads: Vec<&Person> = people.iter().filter(|person| person.may_lead()).collect();
    let mut past = Vec::new();
    let mut left = 0;
    for entry in entries {
        let site = entry.dates.site;
        if entry.dates.kind != Kind::Irp || !sites[site].in_england() {
            continue;
        }
        let ago = u64::from(draw.between(35, 52)) * 7;
        let date = before(entry.dates.days.last(), ago);
        let lead = if leads.is_empty() || draw.chance(20) {
            left += 1;
            format!("left-{left}")
        } else {
            draw.pick(&leads).id.clone()
        };
        let member = people[draw.below(people.len())].id.clone();
        let team = (member != lead).then_some((member, "team"));
        for (inspector_id, role) in [Some((lead, "lead")), team].into_iter().flatten() {
            past.push(Past {
                site,
                inspector_id,
                role,
                date,
            });
        }
    }
    past.sort_by(|one, other| {
        (one.date, &sites[one.site].id, one.role).cmp(&(
            other.date,
            &sites[other.site].id,
            other.role,
        ))
    });
    past
}

/// The file.
pub(super) fn table(sites: &[Site], past: &[Past]) -> Table {
    let mut table = Table::new("history.csv");
    for past in past {
        table.row(&[
            ("establishment_id", sites[past.site].id.clone()),
            ("inspector_id", past.inspector_id.clone()),
            ("role", past.role.to_owned()),
            ("date", past.date.to_string()),
        ]);
    }
    table
}
