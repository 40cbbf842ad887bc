//! H7: who is on each site on each day, and how many more may be.

use super::Draft;
use crate::domain::EstablishmentIx;
use crate::eligibility::Engagement;

impl Draft<'_> {
    /// H7: whether one more person fits on every day on site.
    pub(super) fn has_room(&self, engagement: usize) -> bool {
        let post = &self.eligibility.engagements[engagement];
        let site = self.site(post);
        let window = self.eligibility.window(post);
        post.on_site.ones().all(|day| {
            let date = self.eligibility.horizon.date(day);
            let (people, fewest) = self
                .on_site
                .get(&(site, day))
                .copied()
                .unwrap_or((0, u32::MAX));
            let places = self.eligibility.places(post.inspection, window, date);
            people < places.unwrap_or(u32::MAX).min(fewest)
        })
    }

    /// Counts anew who is on the site of a post, on its days.
    pub(super) fn recount(&mut self, engagement: usize) {
        let post = &self.eligibility.engagements[engagement];
        let site = self.site(post);
        for day in post.on_site.ones() {
            let (mut people, mut fewest) = (0, u32::MAX);
            for at in &self.at_site[site.get()] {
                let holders = self.holders[*at].len();
                let other = &self.eligibility.engagements[*at];
                if holders == 0 || !other.on_site.contains(day) {
                    continue;
                }
                let window = self.eligibility.window(other);
                people += holders as u32;
                let places = self
                    .eligibility
                    .different_week_places(other.inspection, window);
                fewest = fewest.min(places.unwrap_or(u32::MAX));
            }
            self.on_site.insert((site, day), (people, fewest));
        }
    }

    fn site(&self, post: &Engagement) -> EstablishmentIx {
        let inspection = self.eligibility.dataset.inspection(post.inspection);
        inspection.establishment
    }
}
