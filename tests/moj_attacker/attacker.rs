//! The attacker: who is certain to have a shortfall, given packs and what anybody can know.

use std::collections::BTreeSet;

use super::formulation::{Crossed, Question};
use super::knowledge::Knowledge;
use super::reading::Pack;
use super::solver::Answer;
use super::spared::Who;
use super::witness;

/// What the attacker makes of packs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Finding {
    /// Establishments that are certain to have a shortfall, by id.
    pub certain: BTreeSet<String>,
    /// Those for which it was not settled in time.
    pub open: BTreeSet<String>,
}

/// Why the attacker learns nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Baffled {
    /// No programme in the attacker's eyes agrees with the packs.
    Impossible,
    /// None was found in time.
    Open,
}

/// Who is certain after `packs`, if earlier shortfalls stand unless figures force a change.
pub fn attack(
    knowledge: &Knowledge,
    packs: &[&Pack],
    crossed: Option<&Crossed>,
) -> Result<Finding, Baffled> {
    let question = Question {
        knowledge,
        packs,
        crossed,
    };
    let formulation = question.formulate().ok_or(Baffled::Impossible)?;
    let program = formulation.with(None, None);
    let first = match program.solve() {
        Answer::Found(solution) => solution,
        Answer::None => return Err(Baffled::Impossible),
        Answer::Open => return Err(Baffled::Open),
    };
    let ends = program.cost(&first);
    let mut finding = Finding::default();
    let mut left: Vec<Who> = formulation.all();
    // Those of `left` whom a solution does not spare; what it spares is held against the packs.
    let keep = |left: &mut Vec<Who>, solution: &[i64]| {
        left.retain(|who| {
            let spares = formulation.spares(*who, solution);
            if spares && crossed.is_none() {
                let site = formulation.sites(*who, knowledge)[0];
                witness::check(&formulation, knowledge, packs, solution, site);
            }
            !spares
        });
    };
    keep(&mut left, &first);
    while let Some(who) = left.last().copied() {
        let ids = || {
            let sites = formulation.sites(who, knowledge).into_iter();
            sites.map(|at| knowledge.sites[at].id.clone())
        };
        match formulation.with(Some(who), Some(ends)).solve() {
            Answer::Found(solution) => keep(&mut left, &solution),
            Answer::None => finding.certain.extend(ids()),
            Answer::Open => finding.open.extend(ids()),
        }
        left.retain(|other| *other != who);
    }
    Ok(finding)
}

/// Who is certain after all of `packs`: from one of them alone, from the last with one earlier,
/// or from all. Earlier ones alone are taken again: more may be known by now.
pub fn attack_all(knowledge: &Knowledge, packs: &[Pack]) -> Result<Finding, Baffled> {
    let all: Vec<&Pack> = packs.iter().collect();
    let mut sets: Vec<Vec<&Pack>> = all.iter().map(|pack| vec![*pack]).collect();
    if let Some((last, earlier)) = all.split_last() {
        sets.extend(earlier.iter().map(|pack| vec![*pack, *last]));
    }
    if all.len() > 2 {
        sets.push(all);
    }
    let mut whole = Finding::default();
    for set in sets {
        let finding = attack(knowledge, &set, None)?;
        whole.certain.extend(finding.certain);
        whole.open.extend(finding.open);
    }
    Ok(whole)
}
