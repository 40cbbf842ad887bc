//! The audit of what a pack's tables say together, and together with those given earlier: for every
//! establishment there must be a possible programme that agrees with every figure and in which
//! that establishment has no shortfall (domain brief, section 4).
//!
//! **Earlier shortfalls stand** unless later figures force a change: the fewest that do not are
//! found, and only programmes with no more are looked at. As such a programme is also a possible
//! one for who does not suppose that, one answer serves both.
//!
//! **Everybody's turn.** A programme that leaves an establishment of a cell without any shortfall
//! in any pack does so for each of the cell. Cells that none has left so yet are asked for together,
//! until there is no programme that leaves any of them. Of a new pack alone the
//! real programme is the first.
//!
//! **Where it is unsure it refuses**: a search that does not end within its nodes counts as none
//! found, and a solution is added up again in whole numbers before it is believed.

use crate::domain::Dataset;
use crate::solve::{SolveError, Stop};

use super::figures::Shown;
use super::programmes::Programmes;
use super::ways::Ways;

/// What an audit found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Every establishment may have no shortfall.
    Passed,
    /// These, by name, are not sure to have none.
    Certain(Vec<String>),
    /// No programme is known that agrees with all packs.
    Unknown,
}

/// Whether `packs`, in the order in which they were given, leave every establishment a possible
/// programme. Of a single pack, `real` is the real programme: which of `ways.sites` are short in it.
pub(super) fn audit(
    dataset: &Dataset,
    ways: &Ways,
    packs: &[&Shown],
    real: Option<&[bool]>,
    stop: &Stop,
) -> Result<Verdict, SolveError> {
    let Some(programmes) = Programmes::new(dataset, ways, packs) else {
        return Ok(Verdict::Unknown);
    };
    let mut left: Vec<usize> = (0..programmes.cells.len()).collect();
    if let Some(real) = real {
        left.retain(|cell| programmes.cells[*cell].sites.iter().all(|site| real[*site]));
    }
    if left.is_empty() {
        return Ok(Verdict::Passed);
    }
    let mut mip = programmes.stated()?;
    let (mut ends, mut known) = (0, None);
    if real.is_none() {
        let Some((found, fewest)) = programmes.fewest_ends(&mut mip, stop)? else {
            return Ok(Verdict::Unknown);
        };
        let spared = programmes.spared(&found);
        left.retain(|cell| !spared[*cell]);
        ends = fewest;
        programmes.keep_ends(&mut mip, ends)?;
        known = Some(found);
    }
    while !left.is_empty() {
        let before = left.len();
        if let Some(found) = programmes.sparing(&mut mip, &left, ends, known.as_deref(), stop)? {
            let spared = programmes.spared(&found);
            left.retain(|cell| !spared[*cell]);
            known = Some(found);
        }
        if left.len() == before {
            let sites = left.iter().flat_map(|cell| &programmes.cells[*cell].sites);
            let name = |site: &usize| dataset.establishment(ways.sites[*site].at).name.clone();
            return Ok(Verdict::Certain(sites.map(name).collect()));
        }
    }
    Ok(Verdict::Passed)
}
