//! T4: published posts that are no longer held by the same person in the same window: each is
//! somebody who was told one thing and is now told another (¶15, ¶22).

use super::Linear;
use crate::eligibility::Eligibility;

/// All published posts, less one for each that is held as it was published.
pub fn linear(eligibility: &Eligibility) -> Linear {
    let posts = eligibility.dataset.published.iter();
    let posts: Vec<_> = posts.flat_map(|published| &published.posts).collect();
    let mut coefficients = vec![0; eligibility.candidates.len()];
    for post in &posts {
        let candidate = eligibility.as_published(post).filter(|held| {
            // A bank holiday may have taken a day of a window since.
            let now = eligibility.engagement(*held);
            (now.first_day, now.last_day) == (post.days.first(), post.days.last())
        });
        let seat = candidate.and_then(|held| eligibility.candidates.binary_search(&held).ok());
        if let Some(seat) = seat {
            coefficients[seat] = -1;
        }
    }
    Linear {
        constant: posts.len() as i64,
        coefficients,
    }
}
