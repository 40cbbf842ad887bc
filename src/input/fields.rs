//! Texts of cells to typed values: each either the value, or what is wrong and what to do.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::diagnostics::{Code, codes, nearest, quoted};
use crate::domain::WeekdaySet;

/// What is wrong with a text. The message follows the name of its column.
#[derive(Debug)]
pub struct Fault {
    pub code: &'static Code,
    pub message: String,
    pub help: String,
    pub suggestion: Option<String>,
}

fn fault(
    code: &'static Code,
    message: String,
    help: &str,
    suggestion: Option<impl Into<String>>,
) -> Fault {
    Fault {
        code,
        message,
        help: help.to_owned(),
        suggestion: suggestion.map(Into::into),
    }
}

/// Years that can be meant by any date of a dataset; 9999 is how some write "never".
const YEARS: std::ops::RangeInclusive<i32> = 1900..=9999;

const DATE_FORMS: &str = "write it as 2026-09-14 or 14/09/2026";

/// An ISO date, or `DD/MM/YYYY`.
pub fn date(text: &str) -> Result<NaiveDate, Fault> {
    let shown = quoted(text);
    let parts = |separator: char| -> Option<[&str; 3]> {
        let parts: Vec<_> = text.splitn(4, separator).collect();
        let parts: [&str; 3] = parts.try_into().ok()?;
        let digits = |part: &&str| {
            matches!(part.len(), 1..=4) && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        parts.iter().all(digits).then_some(parts)
    };
    let iso = |date: NaiveDate| date.format("%Y-%m-%d").to_string();
    if let Some([year, month, day]) = parts('-')
        && (year.len(), month.len(), day.len()) == (4, 2, 2)
    {
        return real_date(text, year, month, day);
    }
    if let Some([day, month, year]) = parts('/')
        && year.len() == 4
        && day.len() <= 2
        && month.len() <= 2
    {
        return real_date(text, year, month, day);
    }
    if let Some([first, second, third]) = parts('/').or(parts('-')).or(parts('.')) {
        if [first, second, third].iter().all(|part| part.len() <= 2) {
            return Err(fault(
                codes::M0203,
                format!("{shown} is ambiguous"),
                "write the year with four digits, as 2026-04-03 or 03/04/2026 (both 3 April)",
                None::<String>,
            ));
        }
        let (year, day) = if first.len() == 4 {
            (first, third)
        } else {
            (third, first)
        };
        let meant = real_date(text, year, second, day).ok().map(iso);
        return Err(fault(
            codes::M0202,
            format!("{shown} is not a date"),
            DATE_FORMS,
            meant,
        ));
    }
    let meant = spelled_out(text).or_else(|| day_number(text)).map(iso);
    Err(fault(
        codes::M0202,
        format!("{shown} is not a date"),
        DATE_FORMS,
        meant,
    ))
}

fn real_date(text: &str, year: &str, month: &str, day: &str) -> Result<NaiveDate, Fault> {
    let shown = quoted(text);
    let number = |part: &str| part.parse::<u32>().unwrap_or(0);
    let (month, day) = (number(month), number(day));
    let impossible = |why: String, meant: Option<NaiveDate>| {
        fault(
            codes::M0204,
            format!("{shown} doesn't exist: {why}"),
            "check the day, the month and the year",
            meant.map(|date| date.format("%Y-%m-%d").to_string()),
        )
    };
    let year = year.parse::<i32>().unwrap_or(0);
    if !YEARS.contains(&year) {
        return Err(impossible(format!("the year {year} can't be meant"), None));
    }
    if !(1..=12).contains(&month) {
        let american = NaiveDate::from_ymd_opt(year, day, month);
        return Err(impossible(format!("there is no month {month}"), american));
    }
    NaiveDate::from_ymd_opt(year, month, day).ok_or_else(|| {
        let first = NaiveDate::from_ymd_opt(year, month, 1).unwrap_or_default();
        let days = first.num_days_in_month();
        impossible(format!("{} has {days} days", first.format("%B %Y")), None)
    })
}

/// A date with its month in words, or with a time of day: only ever suggested.
fn spelled_out(text: &str) -> Option<NaiveDate> {
    const FORMS: [&str; 5] = [
        "%d %B %Y",
        "%d-%B-%Y",
        "%A %d %B %Y",
        "%a %d %b %Y",
        "%B %d, %Y",
    ];
    if text.len() > 40 {
        return None;
    }
    let day = text.split(['T', ' ']).next().unwrap_or_default();
    FORMS
        .iter()
        .find_map(|form| NaiveDate::parse_from_str(text, form).ok())
        .or_else(|| NaiveDate::parse_from_str(day, "%Y-%m-%d").ok())
        .filter(|date| YEARS.contains(&date.year()))
}

/// A spreadsheet's number of a day, which a cell shows when its format is lost.
fn day_number(text: &str) -> Option<NaiveDate> {
    let days: u64 = text.parse().ok()?;
    let near = (36_526..73_051).contains(&days);
    let origin = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    near.then(|| origin.checked_add_days(Days::new(days)))
        .flatten()
}

/// `yes`, `no` and their like, in capitals or not.
pub fn yes_or_no(text: &str) -> Result<bool, Fault> {
    match text.to_ascii_lowercase().as_str() {
        "yes" | "y" | "true" => Ok(true),
        "no" | "n" | "false" => Ok(false),
        _ => Err(fault(
            codes::M0205,
            format!("{} is neither yes nor no", quoted(text)),
            "write yes or no",
            nearest(text, ["yes", "no", "true", "false"]),
        )),
    }
}

/// A whole number of `range`.
pub fn whole(text: &str, range: std::ops::RangeInclusive<u32>) -> Result<u32, Fault> {
    let shown = quoted(text);
    let (least, most) = (*range.start(), *range.end());
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !plain {
        let meant = whole_meant(text).filter(|number| range.contains(number));
        return Err(fault(
            codes::M0206,
            format!("{shown} is not a whole number"),
            "write digits and nothing else",
            meant.map(|number| number.to_string()),
        ));
    }
    match text.parse::<u32>() {
        Ok(number) if range.contains(&number) => Ok(number),
        number => {
            let why = match number {
                Ok(number) if number < least => format!("{shown} is less than {least}"),
                _ => format!("{shown} is more than {most}"),
            };
            let help = format!("it must be {least} to {most}");
            Err(fault(codes::M0207, why, &help, None::<String>))
        }
    }
}

/// The number that is left without the '£', spaces, thousands separators and zero decimals.
fn whole_meant(text: &str) -> Option<u32> {
    if text.len() > 40 {
        return None;
    }
    let bare: String = text
        .chars()
        .filter(|character| !character.is_whitespace() && !matches!(character, '£' | ',' | '\''))
        .collect();
    let bare = match bare.split_once('.') {
        Some((number, decimals)) if decimals.bytes().all(|byte| byte == b'0') => number,
        Some(_) => return None,
        None => &bare,
    };
    bare.bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| bare.parse().ok())
        .flatten()
}

/// Degrees from `-limit` to `limit`.
pub fn degrees(text: &str, limit: f64) -> Result<f64, Fault> {
    let shown = quoted(text);
    let numeral = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+'));
    match text.parse::<f64>() {
        Ok(degrees) if numeral && degrees.abs() <= limit => Ok(degrees),
        Ok(_) if numeral => Err(fault(
            codes::M0209,
            format!("{shown} is out of range"),
            &format!("degrees go from -{limit} to {limit}"),
            None::<String>,
        )),
        _ => {
            let dotted = text.replacen(',', ".", 1);
            let meant = dotted
                .parse::<f64>()
                .is_ok_and(|degrees| degrees.abs() <= limit && dotted != text);
            Err(fault(
                codes::M0209,
                format!("{shown} is not a number of degrees"),
                "write decimal degrees such as 51.5072 or -0.1276",
                meant.then_some(dotted),
            ))
        }
    }
}

/// One of the words of `values`, each with what it stands for.
pub fn choice<T: Copy>(text: &str, values: &[(&str, T)]) -> Result<T, Fault> {
    match values.iter().find(|(word, _)| *word == text) {
        Some((_, value)) => Ok(*value),
        None => {
            let words: Vec<_> = values.iter().map(|(word, _)| *word).collect();
            Err(not_one_of(text, &words))
        }
    }
}

/// What is wrong with a text that is none of `words`.
pub fn not_one_of(text: &str, words: &[&str]) -> Fault {
    fault(
        codes::M0208,
        format!("{} is not one of {}", quoted(text), words.join(", ")),
        "write one of these words exactly",
        nearest(text, words.iter().copied()),
    )
}

/// `Mon-Fri`, `Mon,Tue,Thu` and their mixture.
pub fn working_days(text: &str) -> Result<WeekdaySet, Fault> {
    let day = |name: &str| name.trim().parse::<Weekday>().ok();
    let mut days = Vec::new();
    for part in text.split([',', ';']) {
        match part.split_once('-') {
            Some((first, last)) => match (day(first), day(last)) {
                (Some(first), Some(last)) => {
                    let mut one = first;
                    while one != last {
                        days.push(one);
                        one = one.succ();
                    }
                    days.push(last);
                }
                _ => return Err(not_days(text)),
            },
            None => days.push(day(part).ok_or_else(|| not_days(text))?),
        }
    }
    Ok(WeekdaySet::from_days(days))
}

fn not_days(text: &str) -> Fault {
    let words: Vec<_> = text
        .split(|character: char| !character.is_ascii_alphabetic())
        .filter(|word| word.len() >= 3)
        .take(8)
        .filter_map(|word| word.get(..3)?.parse::<Weekday>().ok())
        .map(|day| day.to_string())
        .collect();
    fault(
        codes::M0210,
        format!("{} is not understood", quoted(text)),
        "write days as Mon-Fri or Mon,Tue,Thu",
        (!words.is_empty()).then(|| words.join(",")),
    )
}

/// One line of text.
pub fn line_of_text(text: &str) -> Result<&str, Fault> {
    if !text.chars().any(char::is_control) {
        return Ok(text);
    }
    let plain: String = text
        .chars()
        .map(|character| {
            if character.is_control() {
                ' '
            } else {
                character
            }
        })
        .collect();
    let words: Vec<_> = plain.split_whitespace().collect();
    Err(fault(
        codes::M0211,
        format!("{} holds a line break or control character", quoted(text)),
        "put the text on one line",
        (text.len() <= 60).then(|| words.join(" ")),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ymd(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).expect("a real date")
    }

    fn wrong<T: std::fmt::Debug>(result: Result<T, Fault>) -> (&'static str, Option<String>) {
        let fault = result.expect_err("a fault");
        (fault.code.id, fault.suggestion)
    }

    #[test]
    fn dates_are_iso_or_british() {
        for text in ["2026-04-03", "03/04/2026", "3/4/2026"] {
            assert_eq!(date(text).expect("a date"), ymd(2026, 4, 3), "{text}");
        }
        assert_eq!(wrong(date("03/04/26")), ("M0203", None));
        assert_eq!(wrong(date("26-04-03")), ("M0203", None));
        assert_eq!(wrong(date("2026-02-30")), ("M0204", None));
        assert_eq!(date("9999-12-31").ok(), Some(ymd(9999, 12, 31)));
        assert_eq!(wrong(date("1066-10-14")), ("M0204", None));
        assert_eq!(
            wrong(date("09/14/2026")),
            ("M0204", Some("2026-09-14".to_owned()))
        );
        for text in [
            "2026/09/14",
            "14.09.2026",
            "14 September 2026",
            "14-Sep-2026",
            "2026-09-14 00:00:00",
            "46279",
            "2026-9-14",
        ] {
            assert_eq!(
                wrong(date(text)),
                ("M0202", Some("2026-09-14".to_owned())),
                "{text}"
            );
        }
        assert_eq!(wrong(date("soon")), ("M0202", None));
    }

    #[test]
    fn numbers_are_plain_digits() {
        assert_eq!(whole("012", 0..=366).expect("a number"), 12);
        assert_eq!(
            wrong(whole("£1 20", 0..=366)),
            ("M0206", Some("120".to_owned()))
        );
        assert_eq!(
            wrong(whole("1,000.00", 0..=9999)),
            ("M0206", Some("1000".to_owned()))
        );
        assert_eq!(wrong(whole("-1", 0..=9)), ("M0206", None));
        assert_eq!(wrong(whole("10", 0..=9)), ("M0207", None));
        assert_eq!(wrong(whole("99999999999999", 0..=9)), ("M0207", None));
        assert_eq!(
            wrong(degrees("51,5", 90.0)),
            ("M0209", Some("51.5".to_owned()))
        );
        assert_eq!(wrong(degrees("91", 90.0)), ("M0209", None));
        assert_eq!(wrong(degrees("NaN", 90.0)), ("M0209", None));
    }

    #[test]
    fn words_and_days() {
        assert!(yes_or_no("TRUE").expect("yes"));
        assert_eq!(wrong(yes_or_no("yess")), ("M0205", Some("yes".to_owned())));
        assert_eq!(
            wrong(choice("Full", &[("full", 1), ("irp", 2)])),
            ("M0208", Some("full".to_owned()))
        );
        let weekend = working_days("Fri-Mon").expect("days");
        assert_eq!(weekend.len(), 4);
        assert_eq!(working_days("Mon, Tue,Thu").expect("days").len(), 3);
        assert_eq!(
            wrong(working_days("Mon Tue")),
            ("M0210", Some("Mon,Tue".to_owned()))
        );
        assert_eq!(
            wrong(line_of_text("a\nb")),
            ("M0211", Some("a b".to_owned()))
        );
    }
}
