//! What one post costs (T6): an OI's fees, or an HMI's travel and nights away.

use crate::domain::{Grade, Kilometres, Location, Pence, Policy, Role};

/// The mean radius of the Earth, in kilometres.
const EARTH_RADIUS: f64 = 6_371.008_8;

/// The great-circle distance between two places (haversine).
pub fn distance(from: Location, to: Location) -> Kilometres {
    let (lat_a, lat_b) = (from.latitude.to_radians(), to.latitude.to_radians());
    let half_chord_lat = ((lat_b - lat_a) / 2.0).sin();
    let half_chord_lon = ((to.longitude - from.longitude).to_radians() / 2.0).sin();
    let h = half_chord_lat.powi(2) + lat_a.cos() * lat_b.cos() * half_chord_lon.powi(2);
    Kilometres(2.0 * EARTH_RADIUS * h.sqrt().min(1.0).asin())
}

/// The cost of a post held by somebody of `grade` who travels `distance`, to the penny.
pub fn cost(
    policy: &Policy,
    grade: Grade,
    role: Role,
    distance: Kilometres,
    days_on_site: u32,
    days_off_site: u32,
) -> Pence {
    match grade {
        Grade::Oi => {
            let fee = match role {
                Role::Lead => policy.fees.lead,
                Role::Team => policy.fees.team,
            };
            fee * (days_on_site + days_off_site)
        }
        Grade::Hmi => {
            let there_and_back = 2.0 * distance.0 * policy.travel.cost_per_km;
            if distance.0 <= policy.travel.daily_km {
                Pence::from_pounds(there_and_back * f64::from(days_on_site))
            } else {
                let nights = policy.travel.overnight * days_on_site.saturating_sub(1);
                Pence::from_pounds(there_and_back + nights.pounds())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_degree_of_latitude_is_111_kilometres() {
        let at = |latitude| Location {
            latitude,
            longitude: -1.0,
        };
        assert!((distance(at(52.0), at(53.0)).0 - 111.195).abs() < 0.001);
    }

    #[test]
    fn an_hmi_stays_overnight_beyond_the_daily_distance() {
        let policy = Policy::default();
        let cost = |km| cost(&policy, Grade::Hmi, Role::Team, Kilometres(km), 4, 1);
        assert_eq!(cost(100.0), Pence(22_400));
        assert_eq!(cost(101.0), Pence(5_656 + 36_000));
    }

    #[test]
    fn an_oi_is_paid_for_every_day() {
        let policy = Policy::default();
        assert_eq!(
            cost(&policy, Grade::Oi, Role::Lead, Kilometres(900.0), 4, 7),
            Pence(11 * 53_500)
        );
    }
}
