//! H10 (¶18): no conflict of interest with the establishment or the provider of its education.

use crate::domain::{Conflict, ConflictWith};
use crate::verify::facts::Facts;
use crate::verify::finding::Finding;
use crate::verify::posts::{HeldPost, Posts};

use super::about;

pub fn check(facts: &Facts, posts: &Posts) -> Vec<Finding> {
    let mut findings = Vec::new();
    for post in &posts.held {
        for conflict in &facts.dataset.conflicts {
            if holds(facts, conflict, post) {
                let with = match &conflict.with {
                    ConflictWith::Establishment(site) => &facts.dataset.establishment(*site).name,
                    ConflictWith::Provider(provider) => provider,
                };
                let message = format!("they have a conflict of interest with {with}");
                findings.push(about(facts, post, "H10", message).day(post.first));
            }
        }
    }
    findings
}

fn holds(facts: &Facts, conflict: &Conflict, post: &HeldPost) -> bool {
    let touches = match &conflict.with {
        ConflictWith::Establishment(site) => {
            *site == facts.dataset.inspection(post.inspection).establishment
        }
        ConflictWith::Provider(provider) => {
            facts.site(post.inspection).education_provider.as_ref() == Some(provider)
        }
    };
    conflict.inspector == post.inspector
        && touches
        && conflict.until.is_none_or(|until| until >= post.first)
}

#[cfg(test)]
mod tests {
    use crate::domain::{Conflict, ConflictWith, EstablishmentIx, InspectorIx, Role::Lead};
    use crate::verify::test_support::{Year, day};

    fn broken(with: ConflictWith, until: Option<&str>) -> Vec<String> {
        let mut year = Year::new()
            .full("F1", "2026-05-04", "2026-05-14")
            .hmi("A")
            .post("F1", Lead, "A");
        year.dataset.establishments[0].education_provider = Some("Novus".to_owned());
        year.dataset.conflicts.push(Conflict {
            inspector: InspectorIx::new(0),
            with,
            until: until.map(day),
            line: 2,
        });
        year.broken()
    }

    #[test]
    fn a_conflict_holds_through_its_date() {
        let site = || ConflictWith::Establishment(EstablishmentIx::new(0));
        assert_eq!(broken(site(), None), ["H10"]);
        assert_eq!(broken(site(), Some("2026-05-11")), ["H10"]);
        assert_eq!(broken(site(), Some("2026-05-10")), [""; 0]);
    }

    #[test]
    fn a_conflict_with_a_provider_holds_at_its_sites() {
        let provider = |name: &str| ConflictWith::Provider(name.to_owned());
        assert_eq!(broken(provider("Novus"), None), ["H10"]);
        assert_eq!(broken(provider("Milton Keynes College"), None), [""; 0]);
    }
}
