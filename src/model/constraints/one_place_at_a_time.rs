//! H8 to H13, two posts at a time: whatever two posts one person can't both hold, because
//! their days overlap, their off-site work does not fit, the days of the year or the quarter
//! don't suffice, or the rolling load is too high.
//!
//! The pairs are the edges of a graph; each edge is covered by a *maximal clique*, a row
//! 'at most one of these'. Such rows cut off far more of the relaxation than a row a pair,
//! or a row a day, would.

use fixedbitset::FixedBitSet;
use good_lp::{Constraint, constraint};
use rayon::prelude::*;

use crate::domain::InspectorIx;
use crate::eligibility::Eligibility;
use crate::model::Year;
use crate::solve::Stop;

/// For each person and each clique of posts that exclude each other: Σ seats ≤ 1.
pub fn rows(year: &Year) -> Vec<Constraint> {
    let people = year.exclusions.0.iter();
    let cliques = people.flat_map(|person| &person.cliques);
    cliques
        .map(|clique| constraint!(year.sum(clique.iter().copied()) <= 1.0))
        .collect()
}

/// Which seats of each person exclude each other. They take a while to find: whoever states a
/// year more than once keeps them.
#[derive(Debug)]
pub struct Exclusions(Vec<OfPerson>);

#[derive(Debug)]
struct OfPerson {
    /// For each of their seats, those that exclude it, by position among theirs.
    clashes: Vec<FixedBitSet>,
    /// Maximal sets of seats of which they can have one, which hold every two that exclude each
    /// other.
    cliques: Vec<Vec<usize>>,
}

impl Exclusions {
    /// Those of a year, whose people may hold `seats_of`.
    pub fn of(eligibility: &Eligibility, seats_of: &[Vec<usize>]) -> Self {
        let all = Self::unless_stopped(eligibility, seats_of, &Stop::never());
        all.expect("nothing stops it")
    }

    /// The same; nothing where it is stopped before it has everybody's.
    pub fn unless_stopped(
        eligibility: &Eligibility,
        seats_of: &[Vec<usize>],
        stop: &Stop,
    ) -> Option<Self> {
        let people: Vec<_> = eligibility.dataset.inspector_ixs().collect();
        let people = people.into_par_iter().zip(seats_of);
        let of_each = people
            .map(|(person, seats)| (!stop.is_set()).then(|| of_person(eligibility, person, seats)));
        of_each.collect::<Option<_>>().map(Self)
    }

    /// Sets of seats of `person`, of each of which they can have one.
    pub fn cliques(&self, person: InspectorIx) -> &[Vec<usize>] {
        &self.0[person.get()].cliques
    }

    /// For each of the seats of `person`, those that exclude it, by position among theirs.
    pub fn clashes(&self, person: InspectorIx) -> &[FixedBitSet] {
        &self.0[person.get()].clashes
    }
}

fn of_person(eligibility: &Eligibility, person: InspectorIx, seats: &[usize]) -> OfPerson {
    let engagements: Vec<_> = seats
        .iter()
        .map(|seat| eligibility.candidates[*seat].engagement)
        .collect();
    let clashes = {
        let _span = tracing::info_span!("conflicts").entered();
        clashes(eligibility, person, &engagements)
    };
    let _span = tracing::info_span!("cliques").entered();
    let covers = cover_by_cliques(&clashes).into_iter();
    let cliques = covers.map(|clique| clique.into_iter().map(|at| seats[at]).collect());
    OfPerson {
        cliques: cliques.collect(),
        clashes,
    }
}

/// For each of the posts that `person` may hold, those that exclude it, by position.
fn clashes(
    eligibility: &Eligibility,
    person: InspectorIx,
    engagements: &[usize],
) -> Vec<FixedBitSet> {
    let count = engagements.len();
    let mut clashes = vec![FixedBitSet::with_capacity(count); count];
    for a in 0..count {
        for b in a + 1..count {
            if eligibility.clash(person, engagements[a], engagements[b]) {
                clashes[a].insert(b);
                clashes[b].insert(a);
            }
        }
    }
    clashes
}

/// Maximal cliques that together hold every edge of a graph, given by its neighbourhoods.
pub fn cover_by_cliques(neighbours: &[FixedBitSet]) -> Vec<Vec<usize>> {
    let mut uncovered = neighbours.to_vec();
    let mut cliques = Vec::new();
    for from in 0..neighbours.len() {
        while let Some(to) = uncovered[from].ones().next() {
            let mut clique = vec![from, to];
            let mut common = neighbours[from].clone();
            common.intersect_with(&neighbours[to]);
            // Grown by whichever vertex covers most edges that no clique holds yet; among
            // equals by the one that leaves most room to grow.
            while let Some(next) = common.ones().max_by_key(|vertex| {
                let covers = clique
                    .iter()
                    .filter(|member| uncovered[*vertex].contains(**member));
                (
                    covers.count(),
                    neighbours[*vertex].intersection_count(&common),
                    std::cmp::Reverse(*vertex),
                )
            }) {
                clique.push(next);
                common.intersect_with(&neighbours[next]);
            }
            for a in &clique {
                for b in &clique {
                    uncovered[*a].set(*b, false);
                }
            }
            clique.sort_unstable();
            cliques.push(clique);
        }
    }
    cliques
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(size: usize, edges: &[(usize, usize)]) -> Vec<FixedBitSet> {
        let mut neighbours = vec![FixedBitSet::with_capacity(size); size];
        for (a, b) in edges.iter().filter(|(a, b)| a != b) {
            neighbours[*a].insert(*b);
            neighbours[*b].insert(*a);
        }
        neighbours
    }

    #[test]
    fn a_triangle_is_one_clique() {
        let triangle = graph(4, &[(0, 1), (1, 2), (0, 2), (2, 3)]);
        assert_eq!(cover_by_cliques(&triangle), [vec![0, 1, 2], vec![2, 3]]);
    }

    proptest::proptest! {
        /// Every edge lies in a clique, every clique's members all clash, and none can grow.
        #[test]
        fn cliques_cover_the_edges_and_are_maximal(
            edges in proptest::collection::vec((0usize..9, 0usize..9), 0..30),
        ) {
            let neighbours = graph(9, &edges);
            let cliques = cover_by_cliques(&neighbours);
            for (a, b) in edges.into_iter().filter(|(a, b)| a != b) {
                proptest::prop_assert!(cliques.iter().any(|c| c.contains(&a) && c.contains(&b)));
            }
            for clique in cliques {
                let clash_with_all = |vertex: usize| {
                    clique.iter().all(|m| *m != vertex && neighbours[*m].contains(vertex))
                };
                proptest::prop_assert!(!(0..9).any(clash_with_all));
                for a in &clique {
                    proptest::prop_assert!(
                        clique.iter().all(|b| a == b || neighbours[*a].contains(*b))
                    );
                }
            }
        }
    }
}
