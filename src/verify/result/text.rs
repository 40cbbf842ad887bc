//! How text and money stand in a cell.

use crate::domain::Pence;

/// Text as a cell holds it: what a spreadsheet would run as a formula has an apostrophe first.
pub fn as_written(text: &str) -> String {
    if runs_as_formula(text) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// Whether a spreadsheet would take a cell for a formula.
pub fn runs_as_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@'])
}

/// Money as a cell holds it: pounds with two decimals.
pub fn as_pounds(Pence(pence): Pence) -> String {
    format!("{}.{:02}", pence / 100, pence % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_written_as_text() {
        assert_eq!(as_written("=1+1"), "'=1+1");
        assert_eq!(as_written("@a"), "'@a");
        assert_eq!(as_written("A-1"), "A-1");
    }

    #[test]
    fn money_has_two_decimals() {
        assert_eq!(as_pounds(Pence(5)), "0.05");
        assert_eq!(as_pounds(Pence(123_450)), "1234.50");
    }
}
