//! All that two people hold, and what is left, shared among two people anew, exactly: task after
//! task in order of time, by which task each of them is at.

use rand::{Rng, RngExt as _};

use super::held::Held;

/// A way to share the tasks up to one.
#[derive(Clone, Copy)]
struct Way {
    /// The task that each of them is at, as a position.
    at: [Option<usize>; 2],
    /// The weight of what is left.
    cost: u32,
    /// The way up to the task before, and who of them holds this task.
    from: usize,
    holder: Option<usize>,
}

/// Has `new` hold what weighs most of all that `old` hold and that is left, unless `old` hold more;
/// of equally good ways any.
pub(super) fn share(
    old: [usize; 2],
    new: [usize; 2],
    held: &mut Held<'_>,
    weights: &[u32],
    random: &mut impl Rng,
) {
    let spans = &held.staffing.spans;
    let may = |person: usize, task: usize| held.may[person].contains(task);
    let left = held.left.iter().copied();
    let left: Vec<usize> = left
        .filter(|task| new.iter().any(|person| may(*person, *task)))
        .collect();
    let now: u32 = left.iter().map(|task| weights[*task]).sum();
    let theirs = old.iter().flat_map(|person| &held.lines[*person]);
    let mut tasks: Vec<usize> = theirs.copied().chain(left).collect();
    tasks.sort_unstable_by_key(|task| (spans[*task].0, *task));
    let mut layers = vec![vec![Way {
        at: [None; 2],
        cost: 0,
        from: 0,
        holder: None,
    }]];
    for (position, task) in tasks.iter().enumerate() {
        let mut next: Vec<Way> = Vec::new();
        for (from, way) in layers[position].iter().enumerate() {
            let goes_on = |at: &usize| spans[tasks[*at]].1 > spans[*task].0;
            let at = way.at.map(|at| at.filter(goes_on));
            let held_by = |who: usize| {
                let mut at = at;
                at[who] = Some(position);
                Way {
                    at,
                    cost: way.cost,
                    from,
                    holder: Some(who),
                }
            };
            let free = (0..2).filter(|who| at[*who].is_none() && may(new[*who], *task));
            let nobody = Way {
                at,
                cost: way.cost + weights[*task],
                from,
                holder: None,
            };
            for way in free.map(held_by).chain([nobody]) {
                if way.cost > now {
                    continue;
                }
                match next.iter_mut().find(|other| other.at == way.at) {
                    Some(other) if way.cost < other.cost => *other = way,
                    Some(other) if way.cost == other.cost && random.random() => *other = way,
                    Some(_) => {}
                    None => next.push(way),
                }
            }
        }
        layers.push(next);
    }
    let ways = layers.last().into_iter().flatten().enumerate();
    let ways = ways.map(|(at, way)| (way.cost, random.random::<u32>(), at));
    // None where all that `new` can hold weighs less than what `old` hold.
    let Some((_, _, mut at)) = ways.min() else {
        return;
    };
    for person in old {
        held.drop(person);
    }
    for person in new {
        held.taken[person] = true;
    }
    for (position, task) in tasks.iter().enumerate().rev() {
        let way = layers[position + 1][at];
        if let Some(who) = way.holder {
            held.give(*task, new[who]);
        }
        at = way.from;
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng as _;
    use rand_chacha::ChaCha8Rng;

    use super::super::Staffing;
    use super::*;

    /// The least weight that is left, by trying every way.
    fn least_left(new: [usize; 2], held: &Held<'_>, weights: &[u32], tasks: &[usize]) -> u32 {
        let ways = 3_usize.pow(u32::try_from(tasks.len()).unwrap());
        let costs = (0..ways).filter_map(|way| {
            let digit = |at: usize| way / 3_usize.pow(u32::try_from(at).unwrap()) % 3;
            let who = |at: usize| new.get(digit(at)).copied();
            let all = 0..tasks.len();
            let is_right = all.clone().all(|at| {
                let may = who(at).is_none_or(|person| held.may[person].contains(tasks[at]));
                let clash = |other: usize| {
                    who(at).is_some()
                        && who(at) == who(other)
                        && held.staffing.clash(tasks[at], tasks[other])
                };
                may && !(0..at).any(clash)
            });
            let left = all.filter(|at| who(*at).is_none());
            is_right.then(|| left.map(|at| weights[tasks[at]]).sum())
        });
        costs.min().unwrap()
    }

    #[test]
    fn no_way_to_share_leaves_less() {
        let mut random = ChaCha8Rng::seed_from_u64(3);
        for round in 0..300 {
            let spans = (0..8).map(|_| {
                let start = random.random_range(0..20);
                (start, start + random.random_range(1..9))
            });
            let spans = spans.collect();
            let people = (0..3)
                .map(|_| (0..8).filter(|_| random.random_bool(0.7)).collect())
                .collect();
            let staffing = Staffing { spans, people };
            let mut held = Held::nothing(&staffing);
            let weights: Vec<u32> = (0..8).map(|_| random.random_range(1..5)).collect();
            for person in 0..2 {
                held.taken[person] = true;
                for task in &staffing.people[person] {
                    if held.holders[*task].is_none() && held.clashing(person, *task).is_empty() {
                        held.give(*task, person);
                    }
                }
            }
            let new = if round % 2 == 0 { [0, 1] } else { [0, 2] };
            let weight = |held: &Held<'_>| held.left.iter().map(|task| weights[*task]).sum::<u32>();
            let all: Vec<usize> = (0..8).collect();
            let (least, now) = (least_left(new, &held, &weights, &all), weight(&held));
            share([0, 1], new, &mut held, &weights, &mut random);
            assert_eq!(weight(&held), least.min(now));
            for task in &all {
                let Some(holder) = held.holders[*task] else {
                    continue;
                };
                assert!(held.taken[holder] && held.may[holder].contains(*task));
                let mut line = held.lines[holder].iter();
                assert!(!line.any(|other| other != task && staffing.clash(*other, *task)));
            }
        }
    }
}
