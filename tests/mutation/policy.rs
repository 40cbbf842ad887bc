//! Changes to `policy.toml` that leave most of it as it was.

use super::Choose;
use super::tables::other_number;

/// One line of the policy changed.
pub(super) fn change(bytes: &mut Vec<u8>, choose: &mut impl Choose) {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let settings: Vec<_> = (0..lines.len())
        .filter(|at| lines[*at].contains('=') && !lines[*at].starts_with('#'))
        .collect();
    if settings.is_empty() {
        return;
    }
    let at = settings[choose.below(settings.len())];
    match choose.below(8) {
        0 => drop(lines.remove(at)),
        1 => lines.insert(at, lines[at].clone()),
        2 => lines[at].insert(0, 'x'),
        3 => {
            let other = settings[choose.below(settings.len())];
            lines.swap(at, other);
        }
        _ => {
            let (key, value) = lines[at].split_once('=').unwrap_or_default();
            let value = value.split('#').next().unwrap_or_default().trim();
            let value = match value {
                "true" => "false".to_owned(),
                "false" => "true".to_owned(),
                number if number.parse::<f64>().is_ok() => other_number(number, choose),
                _ => choose
                    .pick(&[
                        "\"\"",
                        "[]",
                        "[1, -1, 60]",
                        "[\"full\", \"irp\"]",
                        "\"2026-10-01\"",
                        "3",
                    ])
                    .to_owned(),
            };
            lines[at] = format!("{key}= {value}");
        }
    }
    *bytes = (lines.join("\n") + "\n").into_bytes();
}
