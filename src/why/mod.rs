//! Why a post is empty, and why somebody doesn't hold one: the rules in the way, and where there
//! are none, what it would cost elsewhere, confirmed by solving the year again with the post
//! held.

mod differences;
mod gap;
mod holding;
mod not;
mod render;

pub use differences::{Difference, differences};
pub use gap::{Gap, Obstacles, gaps};
pub use holding::{Holding, Question};
pub use not::{Answer, Verdict, why_not};
pub use render::{gaps_json, gaps_text, why_not_json, why_not_text};
