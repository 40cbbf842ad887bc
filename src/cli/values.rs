//! Values on the command line that are more than a word: times, dates, gaps.

use std::time::Duration;

use chrono::NaiveDate;

use crate::model::objectives::Tier;

/// A time: `90`, `90s`, `5m` or `1h`.
pub(super) fn duration(text: &str) -> Result<Duration, String> {
    let wrong = || format!("'{text}' is no time: write 90, 90s, 5m or 1h");
    let (number, unit) = match text.chars().last() {
        Some('s') => (&text[..text.len() - 1], 1.0),
        Some('m') => (&text[..text.len() - 1], 60.0),
        Some('h') => (&text[..text.len() - 1], 3600.0),
        _ => (text, 1.0),
    };
    let number: f64 = number.trim().parse().map_err(|_| wrong())?;
    Duration::try_from_secs_f64(number * unit).map_err(|_| wrong())
}

/// A date, as in a dataset.
pub(super) fn date(text: &str) -> Result<NaiveDate, String> {
    crate::input::date(text).map_err(|fault| format!("{}: {}", fault.message, fault.help))
}

/// A tier with its gap: `T6=0.001` or `T6=0.1%`.
pub(super) fn gap(text: &str) -> Result<(Tier, f64), String> {
    let wrong = || format!("'{text}' is no gap: write T6=0.001 or T6=0.1%");
    let (name, share) = text.split_once('=').ok_or_else(wrong)?;
    let (number, unit) = match share.trim().strip_suffix('%') {
        Some(percent) => (percent, 0.01),
        None => (share, 1.0),
    };
    let number: f64 = number.trim().parse().map_err(|_| wrong())?;
    if !(0.0..=1e6).contains(&number) {
        return Err(wrong());
    }
    Ok((name.trim().parse()?, number * unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_gaps_are_read() {
        assert_eq!(duration("5m"), Ok(Duration::from_secs(300)));
        assert_eq!(duration("1.5"), Ok(Duration::from_millis(1500)));
        assert!(duration("soon").is_err() && duration("-1").is_err() && duration("").is_err());
        assert_eq!(gap("t6=0.1%"), Ok((Tier::T6, 0.001)));
        assert!(gap("T6").is_err() && gap("T9=1").is_err() && gap("T6=-1").is_err());
        assert!(gap("T6=nan").is_err());
    }
}
