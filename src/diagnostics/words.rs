//! Cell texts in messages, and what was probably meant by them.

/// The longest text that is looked at or shown whole.
const LONGEST: usize = 60;

/// `text` in quotation marks, on one line, cut where it is very long, and with nothing in
/// it that a terminal would act on.
pub fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for (position, character) in text.chars().enumerate() {
        if position == LONGEST {
            out.push('…');
            break;
        }
        match character {
            '\n' | '\r' => out.push('↵'),
            '\t' => out.push('⇥'),
            _ if character.is_control() => out.push('\u{fffd}'),
            _ => out.push(character),
        }
    }
    out.push('"');
    out
}

/// The candidate nearest to `text`, if one is near enough that it may have been meant.
/// Spelling counts, capitals and the sort of separator don't.
pub fn nearest<'a>(text: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |text: &str| -> String {
        let lower = text.trim().to_lowercase();
        lower.replace([' ', '-', '.'], "_")
    };
    if text.len() > LONGEST || text.trim().is_empty() {
        return None;
    }
    let wanted = plain(text);
    let length = wanted.chars().count();
    candidates
        .into_iter()
        .filter(|candidate| candidate.len() <= LONGEST)
        .map(|candidate| {
            let candidate_plain = plain(candidate);
            let distance = strsim::osa_distance(&wanted, &candidate_plain);
            // One is cut short or spelled out: 'reception' for 'reception-prison'.
            let part = length >= 4
                && (candidate_plain.starts_with(&wanted) || wanted.starts_with(&candidate_plain));
            let limit = (length.max(candidate_plain.chars().count()) / 3).max(1);
            (distance, distance <= limit || part, candidate)
        })
        .filter(|(_, near, candidate)| *near && !candidate.is_empty())
        .min_by_key(|(distance, ..)| *distance)
        .map(|(.., candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_found_and_far_ones_are_not() {
        let levels = ["standard", "enhanced-1", "ctc", "sc"];
        assert_eq!(nearest("CTC+", levels), Some("ctc"));
        assert_eq!(nearest("Enhanced 1", levels), Some("enhanced-1"));
        assert_eq!(nearest("purple", levels), None);
        assert_eq!(nearest("", levels), None);
        assert_eq!(nearest("x", ["yes", "no"]), None);
    }

    #[test]
    fn quoted_text_is_tame() {
        assert_eq!(quoted("a\nb\u{1b}[31m"), "\"a↵b\u{fffd}[31m\"");
        assert_eq!(quoted(&"x".repeat(99)).chars().count(), 63);
    }
}
