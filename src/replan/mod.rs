//! A published plan made anew (H17, T4): what is past is settled, and of what is to come as few
//! posts change as can be.
//!
//! That a year is planned anew is a fact of its dataset ([`crate::domain::Published`]):
//! eligibility knows what is settled, the tiers have T4 in their place. Here is the rest: which
//! plan it is, what is odd about it, and what a result holds more than an annual run's.

mod files;
mod odd;
mod read;

pub use files::{changes, files, names};
pub use odd::{names_lost, past, rewritten};
pub use read::{Sources, of_result, published};
