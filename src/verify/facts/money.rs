//! Distances on the ground, and what a post costs.

use crate::domain::{Grade, InspectionIx, InspectorIx, Kilometres, Location, Pence, Role};
use crate::verify::posts::HeldPost;

use super::Facts;

/// The earth's mean radius.
const RADIUS_KM: f64 = 6371.0088;

impl Facts<'_> {
    /// How far somebody travels to an inspection, along the great circle.
    pub fn distance(&self, person: InspectorIx, inspection: InspectionIx) -> Kilometres {
        great_circle(
            self.dataset.inspector(person).location,
            self.site(inspection).location,
        )
    }

    /// What a post costs, to the penny: an OI's fees, or an HMI's travel and nights away.
    pub fn cost(&self, post: &HeldPost) -> Pence {
        let policy = &self.dataset.policy;
        match self.dataset.inspector(post.inspector).grade {
            Grade::Oi => {
                let fee = match post.role {
                    Role::Lead => policy.fees.lead,
                    Role::Team => policy.fees.team,
                };
                Pence(fee.0.saturating_mul(self.post_days(post)))
            }
            Grade::Hmi => {
                let days = post.days.len() as f64;
                let Kilometres(km) = self.distance(post.inspector, post.inspection);
                let there_and_back = 2.0 * km * policy.travel.cost_per_km;
                let pounds = if km <= policy.travel.daily_km {
                    there_and_back * days
                } else {
                    there_and_back + (days - 1.0) * policy.travel.overnight.pounds()
                };
                Pence::from_pounds(pounds)
            }
        }
    }
}

/// The haversine formula.
fn great_circle(from: Location, to: Location) -> Kilometres {
    let [from_lat, to_lat] = [from.latitude, to.latitude].map(f64::to_radians);
    let half_lat = (to_lat - from_lat) / 2.0;
    let half_lon = (to.longitude - from.longitude).to_radians() / 2.0;
    let square = half_lat.sin().powi(2) + from_lat.cos() * to_lat.cos() * half_lon.sin().powi(2);
    Kilometres(2.0 * RADIUS_KM * square.clamp(0.0, 1.0).sqrt().asin())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(latitude: f64, longitude: f64) -> Location {
        Location {
            latitude,
            longitude,
        }
    }

    #[test]
    fn a_degree_of_latitude_is_a_360th_of_the_earth() {
        let Kilometres(km) = great_circle(at(52.0, -1.0), at(53.0, -1.0));
        assert!((km - std::f64::consts::TAU * RADIUS_KM / 360.0).abs() < 1e-9);
    }

    #[test]
    fn opposite_points_are_half_the_earth_apart() {
        let Kilometres(km) = great_circle(at(90.0, 0.0), at(-90.0, 0.0));
        assert!((km - std::f64::consts::PI * RADIUS_KM).abs() < 1e-6);
    }
}
