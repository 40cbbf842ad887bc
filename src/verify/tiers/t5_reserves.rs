//! T5 (¶13): attended inspections without a named reserve; and whether somebody can be one: not on
//! the inspection, and with the lead's post beside all that they hold no rule is broken.

use std::collections::BTreeMap;

use crate::domain::{InspectionIx, InspectorIx, Role};
use crate::verify::facts::Facts;
use crate::verify::finding::Finding;
use crate::verify::posts::{HeldPost, Posts};
use crate::verify::rules;

/// Who is named for which inspection.
pub type Named = BTreeMap<InspectionIx, InspectorIx>;

/// How many attended inspections have no reserve.
pub fn value(facts: &Facts, posts: &Posts, named: &Named) -> i64 {
    let attended = facts.in_scope().filter(|ix| posts.lead(*ix).is_some());
    attended.filter(|ix| !named.contains_key(ix)).count() as i64
}

/// What is wrong with a reserve.
pub fn faults(
    facts: &Facts,
    posts: &Posts,
    named: &Named,
    (inspection, person): (InspectionIx, InspectorIx),
) -> Vec<String> {
    let Some(lead) = posts.lead(inspection) else {
        return vec!["nobody attends it, and it has a reserve".to_owned()];
    };
    if posts
        .of_inspection(inspection)
        .any(|post| post.inspector == person)
    {
        return vec!["they are on it themselves".to_owned()];
    }
    let theirs = Posts {
        held: posts.of_person(person).cloned().collect(),
    };
    let added = HeldPost {
        inspector: person,
        role: Role::Lead,
        ..lead.clone()
    };
    let broken = rules::broken_by(facts, &theirs, added);
    let in_words = |finding: &Finding| format!("leading it would break {finding}");
    let mut faults: Vec<String> = broken.iter().map(in_words).collect();
    for (other, also) in named {
        let days = posts.lead(*other).map(|post| &post.days);
        let shares = days.is_some_and(|days| days.iter().any(|day| lead.days.contains(day)));
        if *other != inspection && *also == person && shares {
            let id = &facts.dataset.inspection(*other).id;
            faults.push(format!("they are the reserve of {id} too, on the same day"));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use crate::domain::Role::{Lead, Team};
    use crate::verify::test_support::Year;
    use crate::verify::verify_reserves;

    fn year() -> Year {
        Year::new()
            .full("F1", "2026-05-04", "2026-05-14")
            .full("F2", "2026-05-05", "2026-05-15")
            .hmi("A")
            .hmi("B")
            .hmi("C")
            .oi("O")
            .post("F1", Lead, "A")
            .post("F1", Team, "O")
            .post("F2", Lead, "B")
    }

    fn wrong(year: &Year, named: &[(&str, &str)]) -> usize {
        let named: Vec<_> = named
            .iter()
            .map(|(inspection, person)| ((*inspection).to_owned(), (*person).to_owned()))
            .collect();
        verify_reserves(&year.dataset, &year.posts, &named).len()
    }

    #[test]
    fn somebody_free_who_may_lead_can_be_one() {
        assert_eq!(wrong(&year(), &[("F1", "C")]), 0);
        // B leads F2 on the same days; O is on F1, and no lead; A leads it.
        for person in ["A", "B", "O"] {
            assert!(wrong(&year(), &[("F1", person)]) > 0, "{person}");
        }
        assert!(wrong(&year(), &[("F2", "O")]) > 0);
        let away = year().unavailable("C", "2026-05-12", "2026-05-12");
        assert_eq!(wrong(&away, &[("F1", "C")]), 1);
    }

    #[test]
    fn one_can_only_be_in_one_place() {
        assert_eq!(wrong(&year(), &[("F1", "C"), ("F2", "C")]), 2);
        let apart = year()
            .full("F3", "2026-09-07", "2026-09-17")
            .post("F3", Lead, "B");
        assert_eq!(wrong(&apart, &[("F1", "C"), ("F3", "C")]), 0);
        assert_eq!(
            wrong(
                &year().full("F4", "2026-09-07", "2026-09-17"),
                &[("F4", "C")]
            ),
            1
        );
    }
}
