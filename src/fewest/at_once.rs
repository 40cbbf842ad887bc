//! A bound that needs no solver: nobody does two things at once.

/// The most of the half-open spans `[start, end)` that hold one moment: no fewer people hold
/// them all.
pub fn most_at_once(spans: &[(i64, i64)]) -> usize {
    // An end comes before a start at the same moment.
    let mut events: Vec<(i64, i64)> = spans
        .iter()
        .filter(|(start, end)| start < end)
        .flat_map(|(start, end)| [(*start, 1), (*end, -1)])
        .collect();
    events.sort_unstable();
    let running = events.iter().scan(0, |now, (_, change)| {
        *now += change;
        Some(*now)
    });
    usize::try_from(running.max().unwrap_or(0)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_makes_room_for_what_starts() {
        assert_eq!(most_at_once(&[]), 0);
        assert_eq!(most_at_once(&[(0, 2), (2, 4), (4, 5)]), 1);
        assert_eq!(most_at_once(&[(0, 3), (2, 4), (2, 5), (4, 6)]), 3);
    }
}
