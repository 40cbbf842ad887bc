//! The demo year as it lies in `data/demo/`, inside the program.

use crate::template::Files;

/// What is real in a generated year, and what is invented.
pub(super) const README: &str = include_str!("README.md");

macro_rules! demo {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("../../data/demo/", $name)))),*]
    };
}

const FILES: [(&str, &str); 10] = demo![
    "README.md",
    "availability.csv",
    "bank_holidays.csv",
    "conflicts.csv",
    "establishments.csv",
    "history.csv",
    "inspectors.csv",
    "pins.csv",
    "policy.toml",
    "programme.csv",
];

/// The demo year's files.
pub fn files() -> Files {
    FILES
        .into_iter()
        .map(|(name, text)| (name.to_owned(), text.to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Spec, generate};
    use super::files;

    #[test]
    fn the_generator_makes_what_lies_in_the_demo_folder() {
        let made = generate(&Spec::demo());
        let kept = files();
        assert_eq!(
            made.keys().collect::<Vec<_>>(),
            kept.keys().collect::<Vec<_>>()
        );
        for (name, text) in &made {
            assert!(
                *text == kept[name],
                "{name} differs: cargo run --release --example make-demo -- data/demo"
            );
        }
    }
}
