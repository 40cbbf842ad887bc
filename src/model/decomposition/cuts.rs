//! Cuts of Chvátal and Gomory with halves: half of a sum of rows that say 'at most', rounded down
//! on both sides, is a row that every whole solution keeps. Sums whose bound is odd and whose
//! coefficients are even wherever the relaxation has something are broken most; they are found by
//! elimination in arithmetic modulo 2. Knows nothing of prisons.

use std::collections::BTreeMap;

use fixedbitset::FixedBitSet;

/// How much a cut must be broken by to be worth adding.
const BROKEN: f64 = 0.05;

/// How many are added at a time.
const AT_A_TIME: usize = 80;

/// A share of a column that is none.
const NOTHING: f64 = 1e-5;

/// Σ factor × column ≤ most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The rows whose sum is halved.
    rows: FixedBitSet,
    /// The most that it may be.
    pub most: i64,
}

/// A column with its share in a relaxation's solution, and its coefficients by row.
pub struct Column<'a> {
    /// How much of it there is.
    pub share: f64,
    /// Its coefficients; where a row is there twice, they add up.
    pub terms: &'a [(usize, f64)],
}

/// A sum of rows, modulo 2.
#[derive(Clone)]
struct Sum {
    rows: FixedBitSet,
    /// The columns whose coefficient is odd.
    odd: FixedBitSet,
    /// Whether the bound is odd.
    is_odd: bool,
    /// How far the sum is below its bound.
    slack: f64,
}

impl Cut {
    /// The coefficient of a column.
    pub fn factor(&self, terms: &[(usize, f64)]) -> f64 {
        let of_rows = terms.iter().filter(|(row, _)| self.rows.contains(*row));
        let sum: f64 = of_rows.map(|(_, factor)| factor).sum();
        (sum / 2.0).floor()
    }
}

impl Sum {
    /// By how much a cut of it is broken, twice.
    fn broken(&self, columns: &[Column]) -> f64 {
        let lost: f64 = self.odd.ones().map(|at| columns[at].share).sum();
        if self.is_odd {
            1.0 - self.slack - lost
        } else {
            0.0
        }
    }

    fn add(&mut self, other: &Self) {
        self.rows.symmetric_difference_with(&other.rows);
        self.odd.symmetric_difference_with(&other.odd);
        self.is_odd ^= other.is_odd;
        self.slack += other.slack;
    }
}

/// Cuts that the columns break, the deepest first. `most` has the bound of each row whose
/// coefficients are whole numbers, and nothing for the others.
pub fn broken(most: &[Option<i64>], mut columns: Vec<Column>) -> Vec<Cut> {
    columns.retain(|column| column.share > NOTHING);
    columns.sort_by(|a, b| b.share.total_cmp(&a.share));
    let mut sums = tight(most, &columns);
    let mut found: BTreeMap<Vec<usize>, f64> = BTreeMap::new();
    let mut see = |sum: &Sum| {
        let broken = sum.broken(&columns) / 2.0;
        if broken > BROKEN {
            // How far off the mixture lies: of two rows broken by as much, the one in fewer columns
            // cuts deeper, and costs less in every linear program after it.
            let cut = Cut {
                rows: sum.rows.clone(),
                most: 0,
            };
            let squares = columns
                .iter()
                .map(|column| cut.factor(column.terms).powi(2));
            let norm = squares.sum::<f64>().max(1.0).sqrt();
            found.insert(sum.rows.ones().collect(), broken / norm);
        }
    };
    sums.iter().for_each(&mut see);
    for column in 0..columns.len() {
        // A row that serves to clear the column of the others is not looked at again.
        let serving = (0..sums.len())
            .filter(|at| sums[*at].odd.contains(column))
            .min_by(|a, b| {
                let order = |sum: &Sum| (sum.odd.count_ones(..), sum.rows.count_ones(..));
                let (a, b) = (&sums[*a], &sums[*b]);
                a.slack.total_cmp(&b.slack).then(order(a).cmp(&order(b)))
            });
        let Some(serving) = serving else {
            continue;
        };
        let serving = sums.swap_remove(serving);
        for sum in sums.iter_mut().filter(|sum| sum.odd.contains(column)) {
            sum.add(&serving);
            see(sum);
        }
        sums.retain(|sum| sum.slack < 1.0 - 2.0 * BROKEN);
    }
    let mut found: Vec<_> = found.into_iter().collect();
    found.sort_by(|a, b| {
        b.1.total_cmp(&a.1)
            .then(a.0.len().cmp(&b.0.len()))
            .then(a.0.cmp(&b.0))
    });
    found.truncate(AT_A_TIME);
    let cut = |rows: Vec<usize>| {
        let sum: i64 = rows.iter().filter_map(|row| most[*row]).sum();
        let mut set = FixedBitSet::with_capacity(most.len());
        set.extend(rows);
        Cut {
            rows: set,
            most: sum.div_euclid(2),
        }
    };
    found.into_iter().map(|(rows, _)| cut(rows)).collect()
}

/// The rows that leave little room.
fn tight(most: &[Option<i64>], columns: &[Column]) -> Vec<Sum> {
    let mut slacks: Vec<f64> = most.iter().map(|most| most.unwrap_or(0) as f64).collect();
    let mut odd = vec![FixedBitSet::with_capacity(columns.len()); most.len()];
    for (at, column) in columns.iter().enumerate() {
        let mut factors: BTreeMap<usize, f64> = BTreeMap::new();
        for (row, factor) in column.terms {
            *factors.entry(*row).or_default() += factor;
        }
        for (row, factor) in factors {
            slacks[row] -= factor * column.share;
            odd[row].set(at, factor.rem_euclid(2.0) == 1.0);
        }
    }
    let mut sums = Vec::new();
    for (row, most_of_row) in most.iter().enumerate() {
        let (Some(bound), true) = (most_of_row, slacks[row] < 1.0 - 2.0 * BROKEN) else {
            continue;
        };
        let mut rows = FixedBitSet::with_capacity(most.len());
        rows.insert(row);
        sums.push(Sum {
            rows,
            odd: std::mem::take(&mut odd[row]),
            is_odd: bound.rem_euclid(2) == 1,
            slack: slacks[row].max(0.0),
        });
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_of_three_is_cut() {
        let ring: Vec<Vec<(usize, f64)>> = vec![
            vec![(0, 1.0), (1, 1.0)],
            vec![(1, 1.0), (2, 1.0)],
            vec![(2, 1.0), (0, 1.0)],
        ];
        let columns = ring.iter().map(|terms| Column { share: 0.5, terms });
        let cuts = broken(&[Some(1); 3], columns.collect());
        assert_eq!(cuts.len(), 1);
        assert_eq!(cuts[0].most, 1);
        assert!(ring.iter().all(|terms| cuts[0].factor(terms) == 1.0));
        assert_eq!(cuts[0].factor(&[(0, 1.0)]), 0.0);
    }

    #[test]
    fn a_whole_solution_breaks_nothing() {
        let columns: Vec<Vec<(usize, f64)>> = vec![vec![(0, 1.0), (1, 1.0)], vec![(2, 1.0)]];
        let columns = columns.iter().map(|terms| Column { share: 1.0, terms });
        assert_eq!(broken(&[Some(1); 3], columns.collect()), []);
    }
}
