//! For HMIP: what is confirmed of each inspection, and what it is asked for.

mod confirmations;
mod requests;

use super::statement::{Block, Statement};
use super::{Sources, counted};
use crate::report::Table;
use confirmations::{Confirmation, confirmations};
use requests::{Request, requests};

/// The files that programs read.
pub(super) fn files(sources: &Sources) -> Vec<(String, Vec<u8>)> {
    let marking = &sources.eligibility.dataset.policy.marking;
    let mut confirmed = Table::new(&Confirmation::COLUMNS, marking);
    for one in confirmations(sources) {
        confirmed.row(one.cells(sources));
    }
    let mut asked = Table::new(&Request::COLUMNS, marking);
    for one in requests(sources) {
        asked.row(one.cells(sources));
    }
    vec![
        ("hmip/confirmations.csv".to_owned(), confirmed.into_bytes()),
        ("hmip/requests.csv".to_owned(), asked.into_bytes()),
    ]
}

pub(super) fn statement(sources: &Sources) -> Statement {
    let policy = &sources.eligibility.dataset.policy;
    let year = policy.programme_year;
    let confirmed = confirmations(sources);
    let asked = requests(sources);
    let attended = confirmed.iter().filter(|one| one.attendance.is_some());
    let mut blocks = vec![Block::Paragraph(format!(
        "Ofsted will attend {} of HM Inspectorate of Prisons' programme for April {year} to \
         March {}. The dates are Ofsted's days on site; the lead's name follows by the day \
         that is named.",
        counted(attended.count() as u32, "inspection"),
        year + 1
    ))];
    blocks.push(Block::Heading("Attendance".to_owned()));
    let rows = confirmed.iter().map(|one| one.shown(sources)).collect();
    let head = vec![
        "inspection",
        "kind",
        "confirmed",
        "on site",
        "team",
        "lead's name by",
    ];
    blocks.push(Block::Table(head, rows));
    if asked.is_empty() {
        blocks.push(Block::Paragraph("Ofsted asks for nothing.".to_owned()));
    } else {
        blocks.push(Block::Heading("What Ofsted asks for".to_owned()));
        let rows = asked.iter().map(|one| one.shown(sources)).collect();
        blocks.push(Block::Table(
            vec!["inspection", "request", "detail", "by"],
            rows,
        ));
    }
    blocks.push(Block::Signature(
        "Deputy Director, Further Education and Skills",
    ));
    Statement {
        marking: policy.marking.clone(),
        title: format!(
            "Ofsted's attendance at prison inspections {year}-{}",
            (year + 1) % 100
        ),
        blocks,
    }
}
