//! What was measured, as Markdown.

use std::fmt::Write as _;

use super::{Answer, Measured};

/// Less than this is not told apart when seconds are divided.
const LEAST_SECONDS: f64 = 0.01;

/// A set of instances: one row each, and what they come to.
pub fn of(set: &str, instances: &[Measured], limit: f64) -> String {
    let has_peer = instances.iter().any(|instance| instance.peer.is_some());
    let mut columns = vec!["instance", "tasks", "staff", "published", "value", "bound"];
    columns.push("seconds");
    if has_peer {
        columns.extend(["CP-SAT value", "bound", "seconds"]);
    }
    let mut text = format!("### {set}\n\n| {} |\n", columns.join(" | "));
    let _ = writeln!(text, "| --- |{}", " ---: |".repeat(columns.len() - 1));
    for instance in instances {
        let known = &instance.published;
        let _ = write!(
            text,
            "| {} | {} | {} | {} to {} | {} |",
            known.instance,
            instance.tasks,
            instance.staff,
            known.published_lower,
            known.published_upper,
            cells(&instance.ours),
        );
        if let Some(peer) = &instance.peer {
            let _ = write!(text, " {} |", cells(peer));
        }
        text.push('\n');
    }
    let ours: Vec<&Answer> = instances.iter().map(|instance| &instance.ours).collect();
    let peers: Vec<&Answer> = instances
        .iter()
        .filter_map(|all| all.peer.as_ref())
        .collect();
    let _ = writeln!(text, "\nMuster: {}.", summary(&ours, limit));
    let open = instances
        .iter()
        .filter(|instance| !instance.ours.is_proven());
    let open: Vec<&str> = open.map(|all| all.published.instance.as_str()).collect();
    if !open.is_empty() {
        let _ = writeln!(text, "Not proven: {}.", open.join(", "));
    }
    if has_peer {
        let ratio = ratio(instances, limit);
        let _ = writeln!(
            text,
            "CP-SAT: {}.\nIts seconds over Muster's, geometric mean: {ratio:.1} (what is not proven counts \
             {limit} s, and no less than {LEAST_SECONDS} s is counted).",
            summary(&peers, limit),
        );
    }
    text.push('\n');
    text
}

fn cells(answer: &Answer) -> String {
    let value = answer
        .value
        .map_or("–".to_owned(), |value| value.to_string());
    format!("{value} | {} | {:.2}", answer.bound, answer.seconds)
}

fn summary(answers: &[&Answer], limit: f64) -> String {
    let proven = answers.iter().filter(|answer| answer.is_proven()).count();
    let mut seconds: Vec<f64> = answers.iter().map(|answer| answer.seconds).collect();
    seconds.sort_by(f64::total_cmp);
    let (low, high) = (seconds[(seconds.len() - 1) / 2], seconds[seconds.len() / 2]);
    format!(
        "{proven} of {} proven within {limit} s; seconds: {:.2} in the median, {:.2} at most",
        answers.len(),
        f64::midpoint(low, high),
        seconds[seconds.len() - 1],
    )
}

/// The geometric mean of the peer's seconds over ours.
fn ratio(instances: &[Measured], limit: f64) -> f64 {
    let counted = |answer: &Answer| {
        let seconds = if answer.is_proven() {
            answer.seconds
        } else {
            limit
        };
        seconds.max(LEAST_SECONDS).ln()
    };
    let pairs = instances
        .iter()
        .filter_map(|all| Some((&all.ours, all.peer.as_ref()?)));
    let logarithms: Vec<f64> = pairs
        .map(|(ours, peer)| counted(peer) - counted(ours))
        .collect();
    (logarithms.iter().sum::<f64>() / logarithms.len() as f64).exp()
}
