//! Chains of swaps: somebody takes the vacant post and gives up another, which somebody else
//! takes, who may give up a third.

use super::{Move, Proposal, Vacancy, Year};

/// Every chain of two swaps; where there is none, every chain of three.
pub(super) fn chains(year: &mut Year, vacancy: &Vacancy) -> Vec<Proposal> {
    let first = swaps(year, vacancy.engagement);
    let two = ended(year, first.iter().map(|one| vec![*one]).collect());
    if !two.is_empty() {
        return two;
    }
    let mut longer = Vec::new();
    for one in first {
        let Some(given_up) = one.gives_up else {
            continue;
        };
        let apart = |other: &Move| other.person != one.person;
        longer.extend(
            swaps(year, given_up)
                .into_iter()
                .filter(apart)
                .map(|other| vec![one, other]),
        );
    }
    ended(year, longer)
}

/// Every way to take `engagement` for another post.
fn swaps(year: &mut Year, engagement: usize) -> Vec<Move> {
    let movers = year.movers(engagement).into_iter();
    movers
        .map(|(person, given_up)| Move {
            person,
            takes: engagement,
            gives_up: Some(given_up),
        })
        .collect()
}

/// The chains, each with somebody who takes what is given up last and gives up nothing.
fn ended(year: &mut Year, chains: Vec<Vec<Move>>) -> Vec<Proposal> {
    let mut ended = Vec::new();
    for chain in chains {
        let Some(given_up) = chain.last().and_then(|last| last.gives_up) else {
            continue;
        };
        for person in year.takers(given_up) {
            if chain.iter().any(|step| step.person == person) {
                continue;
            }
            let mut moves = chain.clone();
            moves.push(Move {
                person,
                takes: given_up,
                gives_up: None,
            });
            ended.push(year.proposal(moves));
        }
    }
    ended
}
