//! The pack for HMIP: what is confirmed of each inspection (¶13, 22), and what is asked: a
//! different week (¶17), help with clearances (¶18), places on sites (¶19), the judgement before
//! an IRP (¶26), and, told with them, late notices (¶22) and weeks that the programme does not name.

mod confirmations;
mod requests;

use crate::eligibility::Eligibility;
use crate::pack::document::Document;
use crate::report::table::Table;
use crate::result::PastRun;

use confirmations::{Confirmation, Confirmed, confirmations};
use requests::requests;

/// The statement, `confirmations.csv` and `requests.csv`.
pub(super) fn pack(eligibility: &Eligibility, past: &PastRun) -> (Document, Vec<u8>, Vec<u8>) {
    let dataset = eligibility.dataset;
    let marking = &dataset.policy.marking;
    let all = confirmations(eligibility, &past.allocation.plan);
    let asked = requests(eligibility, past);

    let columns = [
        "inspection_id",
        "establishment_id",
        "kind",
        "confirmed",
        "attend_from",
        "attend_to",
        "team",
        "lead_name_due",
    ];
    let mut table = Table::new(&columns, marking);
    let mut document = Document::new(
        marking,
        "Ofsted's resourcing of HMIP's programme: confirmations and requests",
    );
    document.text("To HM Inspectorate of Prisons. This confirms which inspections Ofsted attends, and asks what only HMIP can settle.");
    document.heading("In short");
    let count = |wanted: Confirmed| all.iter().filter(|one| one.confirmed == wanted).count();
    document.points(
        [
            (Confirmed::Yes, "confirmed"),
            (
                Confirmed::Provisional,
                "provisional: the judgement before them is awaited",
            ),
            (Confirmed::No, "not confirmed: nobody can lead them"),
            (Confirmed::Estyn, "Estyn's"),
            (Confirmed::OutOfScope, "not Ofsted's to attend"),
        ]
        .map(|(confirmed, words)| format!("{} {words}", count(confirmed)))
        .into(),
        "",
    );
    let mut rows = Vec::new();
    for one in &all {
        let cells = one.cells(dataset);
        rows.push(cells.to_vec());
        table.row(cells);
    }
    let confirmations = table.into_bytes();

    document.heading("What is asked");
    let mut table = Table::new(&["inspection_id", "request", "detail", "by"], marking);
    let mut points = Vec::new();
    for one in &asked {
        let row = dataset.inspection(one.inspection);
        let site = &dataset.establishment(row.establishment).name;
        points.push(vec![
            row.id.clone(),
            site.clone(),
            one.what.title().to_owned(),
            one.detail.clone(),
            one.by.to_string(),
        ]);
        table.row([
            row.id.clone(),
            one.what.as_str().to_owned(),
            one.detail.clone(),
            one.by.to_string(),
        ]);
    }
    if points.is_empty() {
        document.text("Nothing.");
    } else {
        document.table(
            &["inspection", "establishment", "request", "detail", "by"],
            points,
        );
    }
    document.heading("Leads' names due");
    let due = |one: &&Confirmation| {
        matches!(
            one.confirmed,
            Confirmed::Yes | Confirmed::Provisional | Confirmed::No
        )
    };
    let mut names: Vec<_> = all.iter().filter(due).collect();
    names.sort_by_key(|one| (one.lead_name_due, &dataset.inspection(one.inspection).id));
    let names = names.iter().map(|one| {
        let row = dataset.inspection(one.inspection);
        let lead = match one.confirmed {
            Confirmed::No => "nobody leads it",
            _ => "a lead is allocated",
        };
        vec![
            one.lead_name_due
                .map(|due| due.to_string())
                .unwrap_or_default(),
            row.id.clone(),
            dataset.establishment(row.establishment).name.clone(),
            lead.to_owned(),
        ]
    });
    document.table(
        &["by", "inspection", "establishment", "lead"],
        names.collect(),
    );
    document.heading("Every inspection");
    document.table(&columns, rows);
    document.signature("Signed for Ofsted");
    (document, confirmations, table.into_bytes())
}
