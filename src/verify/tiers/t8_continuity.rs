//! T8: attended IRPs whose lead is not the lead of that site's last full inspection, where it
//! had one.

use crate::domain::{EstablishmentIx, Kind, Role};
use crate::verify::facts::Facts;
use crate::verify::posts::Posts;

pub fn value(facts: &Facts, posts: &Posts) -> i64 {
    facts
        .in_scope()
        .filter(|ix| facts.dataset.inspection(*ix).kind == Kind::Irp)
        .filter_map(|ix| {
            let lead = &facts.dataset.inspector(posts.lead(ix)?.inspector).id;
            let before = last_leads(facts, facts.dataset.inspection(ix).establishment);
            (!before.is_empty() && !before.contains(&lead.as_str())).then_some(())
        })
        .count() as i64
}

/// Who led a site's last full inspection; nobody where its rows name no lead.
fn last_leads<'a>(facts: &Facts<'a>, site: EstablishmentIx) -> Vec<&'a str> {
    let rows = || {
        let history = facts.dataset.history.iter();
        history.filter(move |row| row.establishment == site)
    };
    let latest = rows().map(|row| row.date).max();
    rows()
        .filter(|row| Some(row.date) == latest && row.role == Role::Lead)
        .map(|row| row.inspector_id.as_str())
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::domain::Role::{self, Lead, Team};
    use crate::domain::{EstablishmentIx, History};
    use crate::verify::test_support::{Year, day};
    use crate::verify::tier_values;

    fn value(rows: &[(&str, Role, &str)]) -> i64 {
        let mut year = Year::new()
            .irp("R1", "2026-06-02", "2026-06-04")
            .hmi("A")
            .post("R1", Lead, "A");
        year.dataset.history = rows
            .iter()
            .map(|(person, role, date)| History {
                establishment: EstablishmentIx::new(0),
                inspector_id: (*person).to_owned(),
                role: *role,
                date: day(date),
                line: 2,
            })
            .collect();
        tier_values(&year.dataset, &year.posts).t8
    }

    #[test]
    fn the_lead_of_the_latest_inspection_is_looked_for() {
        assert_eq!(value(&[]), 0);
        assert_eq!(value(&[("A", Lead, "2025-05-01")]), 0);
        assert_eq!(value(&[("B", Lead, "2025-05-01")]), 1);
        let earlier = ("B", Lead, "2023-05-01");
        assert_eq!(value(&[("A", Lead, "2025-05-01"), earlier]), 0);
        assert_eq!(value(&[("A", Team, "2025-05-01"), earlier]), 0);
    }
}
