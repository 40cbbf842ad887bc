//! Notice between HMIP and Ofsted: six months (¶22), and for Ofsted's standalone
//! inspections four months for the prison and three for the dates (¶23).

use chrono::{Months, NaiveDate};

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::domain::{DATES_NAMED_MONTHS, Kind, PRISON_NAMED_MONTHS};
use crate::format::PROGRAMME;

use super::Parsed;

pub fn check(parsed: &Parsed<'_>, diagnostics: &mut Diagnostics) {
    let months = parsed.policy.policy.notice.programme_months;
    for inspection in parsed.planned() {
        let start = inspection.dates.first();
        let mut late = |code, column, told: Option<NaiveDate>, months, what: String, help| {
            let Some(told) = told.filter(|told| is_late(*told, months, start)) else {
                return;
            };
            let place = diagnostics.cell(PROGRAMME.name, inspection.line, column);
            let message = format!("{what} on {told}, less than {months} months before {start}");
            let text = told.to_string();
            diagnostics.push(Diagnostic::at(code, place, message).cell(text).help(help));
        };
        let id = &inspection.id;
        if inspection.kind == Kind::Standalone {
            let help = "check the date; tell HMIP if it is so (¶23)";
            let (prison, dates) = (inspection.prison_named_on, inspection.dates_named_on);
            let what = format!("the prison of {id} was named");
            late(
                codes::M0506,
                "prison_named_on",
                prison,
                PRISON_NAMED_MONTHS,
                what,
                help,
            );
            let what = format!("the dates of {id} were named");
            late(
                codes::M0506,
                "dates_named_on",
                dates,
                DATES_NAMED_MONTHS,
                what,
                help,
            );
        } else {
            let what = format!("Ofsted was told of {id}");
            let help = "check the date; raise it with HMIP if it is so (¶22)";
            late(
                codes::M0505,
                "notified_on",
                inspection.notified_on,
                months,
                what,
                help,
            );
        }
    }
}

fn is_late(told: NaiveDate, months: u32, start: NaiveDate) -> bool {
    let due = start.checked_sub_months(Months::new(months));
    due.is_some_and(|due| told > due)
}
