//! H10: no conflict of interest with the establishment or its provider of education (¶18).

use crate::domain::ConflictWith;
use crate::eligibility::{Candidate, Eligibility, Reason};

/// A conflict that still holds on the first day on site keeps a person away; the first of
/// `conflicts.csv` is told.
pub(super) fn reason(eligibility: &Eligibility, candidate: Candidate) -> Option<Reason> {
    let dataset = eligibility.dataset;
    let engagement = eligibility.engagement(candidate);
    let site = dataset.inspection(engagement.inspection).establishment;
    let provider = dataset.establishment(site).education_provider.as_ref();
    let conflict = eligibility.conflicts(candidate.person).find(|conflict| {
        let is_with = match &conflict.with {
            ConflictWith::Establishment(with) => *with == site,
            ConflictWith::Provider(with) => Some(with) == provider,
        };
        is_with
            && conflict
                .until
                .is_none_or(|until| until >= engagement.first_day)
    })?;
    Some(Reason::Conflict {
        line: conflict.line,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::test_support::day;
    use crate::domain::{Conflict, EstablishmentIx, InspectorIx, Role};
    use crate::eligibility::test_support::{told, year};

    fn conflict(with: ConflictWith, until: Option<&str>) -> Conflict {
        Conflict {
            inspector: InspectorIx::new(0),
            with,
            until: until.map(day),
            line: 7,
        }
    }

    #[test]
    fn a_conflict_holds_through_its_last_day() {
        let site = || ConflictWith::Establishment(EstablishmentIx::new(0));
        let mut year = year();
        year.conflicts = vec![conflict(site(), Some("2026-05-10"))];
        assert_eq!(told(&year, reason, Role::Team), None);
        let held = Some(Reason::Conflict { line: 7 });
        year.conflicts = vec![conflict(site(), Some("2026-05-11"))];
        assert_eq!(told(&year, reason, Role::Team), held);
        year.conflicts = vec![conflict(site(), None)];
        assert_eq!(told(&year, reason, Role::Team), held);
    }

    #[test]
    fn a_conflict_with_a_provider_holds_where_it_teaches() {
        let mut year = year();
        year.conflicts = vec![conflict(ConflictWith::Provider("Kestrel".to_owned()), None)];
        assert_eq!(told(&year, reason, Role::Lead), None);
        year.establishments[0].education_provider = Some("Kestrel".to_owned());
        assert_eq!(
            told(&year, reason, Role::Lead),
            Some(Reason::Conflict { line: 7 })
        );
    }
}
