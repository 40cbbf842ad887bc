//! Changes in `policy.toml`, its comments and its order kept.

use toml_edit::{DocumentMut, Item, TableLike, Value};

use crate::diagnostics::codes;

use super::super::PolicyKey;
use super::Made;
use super::desk::Desk;
use super::text::Text;

pub(super) fn set(desk: &mut Desk<'_>, key: &PolicyKey) -> Made {
    let by = desk.by();
    let text = desk.policy();
    let plain = text.as_str().replace("\r\n", "\n");
    match edited(&plain, key) {
        Some(new) => {
            put(text, &plain, &new, by);
            Ok(())
        }
        None => {
            let message = format!("{} can't be written into policy.toml", key.key());
            let help = "write the key into the file by hand";
            Err(desk.refuse(codes::M0909, "key", message, help, None))
        }
    }
}

/// `text` with the key's value.
fn edited(text: &str, key: &PolicyKey) -> Option<String> {
    let mut document: DocumentMut = text.parse().ok()?;
    let (last, sections) = key.path().split_last()?;
    let mut table: &mut dyn TableLike = document.as_table_mut();
    for section in sections {
        let inner = table.entry(section).or_insert_with(toml_edit::table);
        table = inner.as_table_like_mut()?;
    }
    let mut value: Value = key.value().to_string().parse().ok()?;
    match table.get_mut(last) {
        Some(held) => {
            let held = held.as_value_mut()?;
            // What stands around a value is its comment.
            *value.decor_mut() = held.decor().clone();
            *held = value;
        }
        None => {
            table.insert(last, Item::Value(value));
        }
    }
    Some(document.to_string())
}

/// Writes only those lines that are other than before, each with the file's own ending.
fn put(text: &mut Text, old: &str, new: &str, by: usize) {
    let end_is_open = !old.ends_with('\n') && !old.is_empty();
    let new = if end_is_open {
        new.strip_suffix('\n').unwrap_or(new)
    } else {
        new
    };
    let (before, after): (Vec<_>, Vec<_>) = (old.split('\n').collect(), new.split('\n').collect());
    let same = |pairs: &mut dyn Iterator<Item = (&&str, &&str)>| {
        pairs.take_while(|(one, other)| one == other).count()
    };
    let head = same(&mut before.iter().zip(&after));
    let shorter = before.len().min(after.len());
    let tail = same(&mut before.iter().rev().zip(after.iter().rev())).min(shorter - head);
    // The same lines of the text itself, which may end otherwise.
    let mut starts = vec![0];
    starts.extend(text.as_str().match_indices('\n').map(|(at, _)| at + 1));
    let end_of = |line: usize| match starts.get(line + 1) {
        Some(next) => {
            let line = &text.as_str()[..next - 1];
            line.strip_suffix('\r').unwrap_or(line).len()
        }
        None => text.as_str().len(),
    };
    let line_end = text.line_end();
    let lines = &after[head..after.len() - tail];
    let last_old = before.len() - tail;
    if last_old > head {
        let range = starts[head]..end_of(last_old - 1);
        text.replace(range, &lines.join(line_end), by);
    } else if let Some(start) = starts.get(head).copied() {
        // Whole lines that are new, before one that stays.
        let lines: String = lines
            .iter()
            .map(|line| format!("{line}{line_end}"))
            .collect();
        text.replace(start..start, &lines, by);
    } else {
        let end = text.as_str().len();
        let lines: String = lines
            .iter()
            .map(|line| format!("{line_end}{line}"))
            .collect();
        text.replace(end..end, &lines, by);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(text: &str, key: &str, value: impl Into<toml::Value>) -> String {
        let key = PolicyKey::new(key, value.into()).unwrap();
        let mut file = Text::new(text.as_bytes());
        let plain = file.as_str().replace("\r\n", "\n");
        let new = edited(&plain, &key).unwrap();
        put(&mut file, &plain, &new, 0);
        String::from_utf8(file.into_parts().0).unwrap()
    }

    const POLICY: &str =
        "# ours\nmarking = 'X'   # why\r\n\r\n[fees] # pounds\nlead  =  535\t# a day\r\nteam = 335";

    #[test]
    fn only_the_value_is_changed() {
        assert_eq!(
            after(POLICY, "fees.lead", 600),
            POLICY.replace("535", "600")
        );
        assert_eq!(
            after(POLICY, "marking", "Y"),
            POLICY.replace("'X'", "\"Y\"")
        );
        assert_eq!(after(POLICY, "fees.team", 335), POLICY);
    }

    #[test]
    fn a_key_that_is_not_there_is_added() {
        assert_eq!(
            after("", "rolling.max_weeks", 3),
            "[rolling]\nmax_weeks = 3\n"
        );
        let added = after(POLICY, "remedy.leave.allowed", true);
        assert!(added.starts_with(POLICY), "{added}");
        assert_eq!(
            after(
                "[rolling]\nwindow_weeks = 4\n\n[fees]\nlead = 1\n",
                "rolling.max_weeks",
                3
            ),
            "[rolling]\nwindow_weeks = 4\nmax_weeks = 3\n\n[fees]\nlead = 1\n"
        );
        assert_eq!(
            after("a = 1\n", "programme_year", 2027),
            "a = 1\nprogramme_year = 2027\n"
        );
    }
}
