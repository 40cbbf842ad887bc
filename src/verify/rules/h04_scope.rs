//! H4 (¶26): IRPs are attended if, and only if, the previous judgement or HMIP's word asks for
//! it; and nothing is attended that is cancelled, postponed or that HMIP said no to.

use crate::verify::facts::{Facts, OutOfScope};
use crate::verify::finding::Finding;
use crate::verify::posts::Posts;

use super::about;

pub fn check(facts: &Facts, posts: &Posts) -> Vec<Finding> {
    posts
        .held
        .iter()
        .filter_map(|post| {
            let why = match facts.out_of_scope(post.inspection)? {
                OutOfScope::Estyn => return None,
                OutOfScope::Cancelled => "it is cancelled",
                OutOfScope::Postponed => "it is postponed",
                OutOfScope::NotAttended => "Ofsted does not attend it, HMIP has said",
                OutOfScope::Judgement => "the previous judgement of this IRP asks for no Ofsted",
            };
            Some(about(facts, post, "H4", why.to_owned()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::domain::{Judgement, Role::Lead, Status};
    use crate::verify::test_support::Year;

    fn year() -> Year {
        Year::new()
            .irp("R1", "2026-05-12", "2026-05-14")
            .hmi("A")
            .post("R1", Lead, "A")
    }

    #[test]
    fn an_irp_after_a_good_judgement_is_not_attended() {
        let mut year = year();
        assert_eq!(year.findings(), []);
        year.dataset.programme[0].previous_esw = Some(Judgement::Good);
        assert_eq!(year.broken(), ["H4"]);
        year.dataset.programme[0].ofsted_attends = Some(true);
        assert_eq!(year.findings(), []);
    }

    #[test]
    fn what_is_cancelled_or_refused_is_not_attended() {
        let mut cancelled = year();
        cancelled.dataset.programme[0].status = Status::Cancelled;
        assert_eq!(cancelled.broken(), ["H4"]);
        let mut refused = year();
        refused.dataset.programme[0].ofsted_attends = Some(false);
        assert_eq!(refused.broken(), ["H4"]);
    }
}
