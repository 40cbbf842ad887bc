//! T6 (¶13): what the posts cost, each rounded to the penny.

use crate::domain::Pence;
use crate::verify::facts::Facts;
use crate::verify::posts::Posts;

pub fn value(facts: &Facts, posts: &Posts) -> Pence {
    posts.held.iter().map(|post| facts.cost(post)).sum()
}

#[cfg(test)]
mod tests {
    use crate::domain::Role::{Lead, Team};
    use crate::verify::test_support::Year;
    use crate::verify::tier_values;

    fn year() -> Year {
        Year::new()
            .full("F1", "2026-05-04", "2026-05-14")
            .irp("R1", "2026-06-02", "2026-06-04")
            .hmi("A")
            .oi("O")
    }

    fn pence(year: Year) -> i64 {
        tier_values(&year.dataset, &year.posts).t6.0
    }

    #[test]
    fn an_oi_is_paid_for_days_on_site_and_off() {
        assert_eq!(pence(year().post("F1", Lead, "O")), (4 + 7) * 53_500);
        assert_eq!(pence(year().post("R1", Lead, "O")), (3 + 4) * 53_500);
        assert_eq!(pence(year().post("F1", Team, "O")), (4 + 1) * 33_500);
    }

    #[test]
    fn an_hmi_travels_daily_or_stays_the_nights() {
        assert_eq!(pence(year().post("F1", Lead, "A")), 0);
        // Half a degree of latitude is 55.5976 km: 31.13464 pounds there and back a day.
        let mut near = year().post("F1", Lead, "A");
        near.dataset.inspectors[0].location.latitude = 52.5;
        assert_eq!(pence(near), 12_454);
        // A degree is 111.1951 km, too far: 62.26925 pounds once, and three nights.
        let mut far = year().post("F1", Lead, "A");
        far.dataset.inspectors[0].location.latitude = 53.0;
        assert_eq!(pence(far), 6_227 + 36_000);
    }
}
