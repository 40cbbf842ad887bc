//! A plan among few seats: those of some mixtures that the relaxation allows.
//!
//! Where anybody may take anybody's post, HiGHS has a bound at once and is long in search of a
//! plan. Each mixture is whole in most of its seats, and many are equally good: small charges, drawn from
//! the run's seed, give others. Among the seats of some of them a plan is soon found.

use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use super::RemedyError;
use super::program::Base;
use super::question::{Goal, Limits, Solved};
use super::stated::Stated;
use crate::solve::{Linear, Stop};

/// So many mixtures hold a plan more often than not; among the seats of half as many there is none.
const MIXTURES: usize = 6;

/// The most that a seat is charged: all that are held together cost about as much as a change.
const MOST_CHARGED: f64 = 0.01;

/// What a mixture holds of a seat that it uses.
const USED: f64 = 1e-9;

impl Base<'_> {
    /// The cheapest changes under `limits` with which there is a plan among the seats of some
    /// mixtures; impossible where there is no mixture, unknown where there is no plan among these.
    pub(super) fn ask_among_few(
        &mut self,
        stated: &mut Stated,
        limits: &Limits,
        stop: &Stop,
    ) -> Result<Solved, RemedyError> {
        self.limit_changes(stated, limits)?;
        let mut bounds = self.bounds(limits);
        stated.set_seats(&bounds)?;
        let mut random = ChaCha8Rng::seed_from_u64(u64::from(self.seed));
        let mut used = vec![false; bounds.len()];
        for _ in 0..MIXTURES {
            let charges: Vec<f64> = bounds
                .iter()
                .map(|_| random.random_range(0.0..MOST_CHARGED))
                .collect();
            let mixture = match self.mixture(stated, &charges, stop)? {
                Linear::Optimum(mixture) => mixture,
                Linear::Infeasible => return Ok(Solved::Impossible),
                Linear::Unknown => return Ok(Solved::Unknown),
            };
            for (used, held) in std::iter::zip(&mut used, mixture.columns) {
                *used |= held > USED;
            }
        }
        for ((least, most), used) in std::iter::zip(&mut bounds, used) {
            if !used {
                *most = *least;
            }
        }
        stated.set_seats(&bounds)?;
        match self.optimum(stated, Goal::Price, limits, stop)? {
            Solved::Impossible => Ok(Solved::Unknown),
            solved => Ok(solved),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::test_support::{bare_year, day, inspection, inspector, span};
    use crate::domain::{Grade, Kind, RemedyKind};
    use crate::eligibility::Eligibility;
    use crate::model::Year;
    use crate::model::objectives::Tier;
    use crate::remedies::question::Cut;
    use crate::remedies::{mended, universe};

    /// A team of three, and of three people one whose DBS certificate has lapsed.
    #[test]
    fn the_cheapest_is_among_few_seats_and_what_no_mixture_affords_is_impossible() {
        let mut dataset = bare_year();
        let dates = span("2026-05-04", "2026-05-14");
        dataset.programme.push(inspection("F1", Kind::Full, dates));
        let people = ["A", "B", "C"].map(|id| inspector(id, Grade::Hmi));
        dataset.inspectors.extend(people);
        dataset.inspectors[2].dbs_expires = Some(day("2026-01-01"));
        let before = Eligibility::new(&dataset);
        let universe = universe(&before);
        let all = mended(&dataset, &universe).expect("changes of this year");
        let after = Eligibility::new(&all);
        let price = |kind| if kind == RemedyKind::Dbs { 1.0 } else { 5.0 };
        let prices = universe.iter().map(|remedy| price(remedy.kind)).collect();
        let exclusions = Year::new(&after).exclusions;
        let mut base = Base::new(&before, &universe, (&after, exclusions), prices, 0);
        let all_filled = [Tier::T1, Tier::T3].map(|tier| {
            let linear = base.measures.linear(tier).expect("a tier of seats");
            let row = base.tier_row(tier, |_| true).expect("a tier of seats");
            let most = -linear.constant as f64;
            Cut { most, ..row }
        });
        let mut stated = base.state(&all_filled).expect("stated");
        let mut asked = |price| {
            let limits = Limits {
                price: Some(price),
                ..Limits::default()
            };
            base.ask_among_few(&mut stated, &limits, &Stop::never())
                .expect("HiGHS")
        };
        let Solved::Found(cheapest, _) = asked(10.0) else {
            panic!("no plan");
        };
        let kinds = cheapest.set.iter().map(|at| universe[*at].kind);
        assert_eq!(kinds.collect::<Vec<_>>(), [RemedyKind::Dbs]);
        assert!(matches!(asked(0.5), Solved::Impossible));
    }
}
