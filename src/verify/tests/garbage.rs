//! Whatever a result's folder holds, the checker answers and does not panic.

use proptest::prelude::*;

use crate::verify::{PostRow, Week, tier_values, verify, verify_posts};

use super::sample;

const NAMES: [&str; 6] = [
    "allocations.csv",
    "shortfalls.csv",
    "workload.csv",
    "days.csv",
    "out-of-scope.csv",
    "summary.json",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_bytes_are_answered(
        file in prop::sample::select(&NAMES[..]),
        bytes in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let dataset = sample::dataset();
        let folder = sample::folder(&sample::files(&dataset));
        sample::write(folder.path(), file, &bytes);
        prop_assert!(!verify(&dataset, folder.path()).expect("a folder").is_empty());
    }

    #[test]
    fn a_sound_file_with_bytes_changed_is_answered(
        file in prop::sample::select(&NAMES[..]),
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let dataset = sample::dataset();
        let folder = sample::folder(&sample::files(&dataset));
        let mut bytes = sample::files(&dataset)[file].clone().into_bytes();
        for (index, byte) in edits {
            let position = index.index(bytes.len());
            bytes[position] = byte;
        }
        sample::write(folder.path(), file, &bytes);
        prop_assert!(verify(&dataset, folder.path()).is_ok());
    }

    #[test]
    fn cells_of_each_other_are_answered(
        file in prop::sample::select(&NAMES[..5]),
        swaps in prop::collection::vec(any::<[prop::sample::Index; 2]>(), 1..6),
        odd in prop::sample::select(&["9999-12-31", "0000-01-01", "99999999999999999999", "\"", "-1"][..]),
    ) {
        let dataset = sample::dataset();
        let mut files = sample::files(&dataset);
        let mut cells: Vec<String> = files[file].split(',').map(str::to_owned).collect();
        for [one, other] in swaps {
            let (one, other) = (one.index(cells.len()), other.index(cells.len()));
            cells.swap(one, other);
            cells[one] = odd.to_owned();
        }
        files.insert(file, cells.join(","));
        prop_assert!(verify(&dataset, sample::folder(&files).path()).is_ok());
    }

    #[test]
    fn any_rows_are_answered(
        days in prop::collection::vec((-1_500i32..1_500, -3i32..900), 0..4),
    ) {
        let dataset = sample::dataset();
        let start = dataset.programme[0].dates.first();
        let day = |days: i32| start + chrono::TimeDelta::days(days.into());
        let rows: Vec<PostRow> = days
            .into_iter()
            .map(|(from, length)| PostRow {
                inspection_id: "F1".to_owned(),
                role: crate::domain::Role::Lead,
                inspector_id: "A".to_owned(),
                attend_from: day(from),
                attend_to: day(from + length),
                week: Week::Normal,
            })
            .collect();
        let found = verify_posts(&dataset, &rows);
        prop_assert!(found.is_empty() || !rows.is_empty());
        tier_values(&dataset, &rows);
    }
}

#[test]
fn the_ends_of_time_are_answered() {
    let dataset = sample::dataset();
    for day in [chrono::NaiveDate::MIN, chrono::NaiveDate::MAX] {
        let row = PostRow {
            inspection_id: "F1".to_owned(),
            role: crate::domain::Role::Lead,
            inspector_id: "A".to_owned(),
            attend_from: day,
            attend_to: day,
            week: Week::Normal,
        };
        assert!(!verify_posts(&dataset, std::slice::from_ref(&row)).is_empty());
        tier_values(&dataset, &[row]);
    }
}
