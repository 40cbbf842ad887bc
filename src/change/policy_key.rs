//! A key of the policy with a value that it can have.

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::input::policy;

/// A key of `policy.toml` and its new value.
#[derive(Clone, Debug, PartialEq)]
pub struct PolicyKey {
    path: Vec<String>,
    value: toml::Value,
}

impl PolicyKey {
    /// The key written `key`, dots between its parts, with `value`.
    ///
    /// # Errors
    /// If the policy has no such key, or the value is none that it can have: what is wrong,
    /// as the policy's own reader says it. Whether it goes together with the other values
    /// shows when the changed dataset is read.
    pub fn new(key: &str, value: toml::Value) -> Result<Self, Box<Diagnostic>> {
        let path: Vec<_> = key.split('.').map(str::to_owned).collect();
        let key = Self { path, value };
        let mut diagnostics = Diagnostics::default();
        policy::read(Some(key.alone()), &mut diagnostics);
        let other = |one: &&Diagnostic| *one.code != *codes::M0405;
        match diagnostics.iter().find(other) {
            Some(wrong) => Err(Box::new(wrong.clone())),
            None if key.value.is_table() => Err(Box::new(Diagnostic::nowhere(
                codes::M0403,
                format!("{} is a section, not a key", key.key()),
            ))),
            None => Ok(key),
        }
    }

    /// The key, dots between its parts.
    pub fn key(&self) -> String {
        self.path.join(".")
    }

    /// The parts of the key, from the outermost section.
    pub fn path(&self) -> &[String] {
        &self.path
    }

    /// The value.
    pub fn value(&self) -> &toml::Value {
        &self.value
    }

    /// A policy of this key alone.
    fn alone(&self) -> String {
        let inside = |inner: toml::Value, part: &String| {
            toml::Value::Table(toml::Table::from_iter([(part.clone(), inner)]))
        };
        let nested = self.path.iter().rfold(self.value.clone(), inside);
        nested
            .try_into::<toml::Table>()
            .unwrap_or_default()
            .to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(key: &str, value: impl Into<toml::Value>) -> Option<&'static str> {
        PolicyKey::new(key, value.into()).err().map(|it| it.code.id)
    }

    #[test]
    fn only_keys_and_values_that_the_policy_has_are_taken() {
        assert_eq!(code("rolling.max_weeks", 3), None);
        assert_eq!(code("remedy.leave.allowed", true), None);
        assert_eq!(code("different_week.offsets", vec![1, 2]), None);
        assert_eq!(code("rolling.max_week", 3), Some("M0402"));
        assert_eq!(code("rolling.max_weeks", "3"), Some("M0403"));
        assert_eq!(code("rolling.max_weeks", 99), Some("M0404"));
        assert_eq!(code("rolling", toml::Table::new()), Some("M0403"));
        assert_eq!(code("", 1), Some("M0402"));
        // Whether 12 days fit a window of 10 depends on the dataset's own window.
        assert_eq!(code("lead.preparation_days", 12), None);
    }
}
