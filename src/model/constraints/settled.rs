//! H17: the posts of an inspection that is over are held by whoever held them (¶22). (That nobody
//! else can hold one, and that no other window is open, is eligibility's.)

use good_lp::{Constraint, constraint};

use crate::model::Year;

/// For each settled post: its seat = 1.
pub fn rows(year: &Year) -> Vec<Constraint> {
    let settled = year.eligibility.settled_seats();
    settled
        .map(|seat| constraint!(year.sum([seat]) == 1.0))
        .collect()
}
