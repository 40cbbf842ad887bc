//! A change file, written: what [`read`](super::read()) reads again to the same changes.

use std::fmt::Write as _;

use chrono::NaiveDate;
use toml::Value;

use crate::domain::{DateSpan, WeekdaySet};

use super::kinds::{DIFFERENT_WEEKS, GRADES, JUDGEMENTS, KINDS, ROLES, STATUSES, TEAMS, word};
use super::{
    Amount, Capacity, Change, ChangeFile, Entry, NewDates, NewInspection, NewInspectors, Profile,
    Who,
};

impl ChangeFile {
    /// The text of the file.
    pub fn to_toml(&self) -> String {
        let mut text = String::new();
        line(&mut text, "title", &self.title.as_str().into());
        if let Some(question) = &self.question {
            line(&mut text, "question", &question.as_str().into());
        }
        for Entry { change, note } in &self.changes {
            text.push_str("\n[[change]]\n");
            line(&mut text, "kind", &change.kind().into());
            for (key, value) in keys(change) {
                line(&mut text, key, &value);
            }
            if let Some(note) = note {
                line(&mut text, "note", &note.as_str().into());
            }
        }
        text
    }
}

fn line(text: &mut String, key: &str, value: &Value) {
    let _ = writeln!(text, "{key} = {value}");
}

/// Keys with their values, in the order in which they are written.
type Keys = Vec<(&'static str, Value)>;

fn keys(change: &Change) -> Keys {
    let mut keys = Keys::new();
    match change {
        Change::Clearance { who, level, until } => {
            whom(&mut keys, who);
            keys.extend(level.as_deref().map(|level| ("level", level.into())));
            keys.push(("until", day(*until)));
        }
        Change::Dbs { who, until } | Change::Training { who, until } => {
            whom(&mut keys, who);
            keys.push(("until", day(*until)));
        }
        Change::LeadTraining { who, trained } => {
            whom(&mut keys, who);
            keys.push(("trained", (*trained).into()));
        }
        Change::Days { who, days } => {
            whom(&mut keys, who);
            keys.push(amount("max_days", *days));
        }
        Change::Offer { who, span }
        | Change::Away { who, span }
        | Change::WithdrawOffer { who, span }
        | Change::DropLeave { who, span } => {
            whom(&mut keys, who);
            keys.extend(days(["from", "to"], *span));
        }
        Change::MoveLeave {
            inspector,
            span,
            to,
        } => {
            keys.push(("inspector", inspector.as_str().into()));
            keys.extend(days(["from", "to"], *span));
            keys.push(("new_from", day(*to)));
        }
        Change::SiteCapacity {
            establishment,
            capacity,
        } => {
            keys.push(("establishment", establishment.as_str().into()));
            keys.push(match capacity {
                Capacity::NoLimit => ("places", "no-limit".into()),
                Capacity::Places(places) => amount("places", *places),
            });
        }
        Change::SiteClearance {
            establishment,
            level,
        } => {
            keys.push(("establishment", establishment.as_str().into()));
            keys.push(("level", level.as_str().into()));
        }
        Change::DifferentWeek { inspection, answer } => {
            keys.push(("inspection", inspection.as_str().into()));
            keys.push(("answer", word(DIFFERENT_WEEKS, answer).into()));
        }
        Change::Attend { inspection, span } => {
            keys.push(("inspection", inspection.as_str().into()));
            keys.extend(days(["attend_from", "attend_to"], *span));
        }
        Change::AddInspectors(new) => new_inspectors(&mut keys, new),
        Change::RemoveInspector { who } => whom(&mut keys, who),
        Change::MoveInspection { inspection, to } => {
            keys.push(("inspection", inspection.as_str().into()));
            match to {
                NewDates::Weeks(weeks) => keys.push(("weeks", i64::from(weeks.get()).into())),
                NewDates::To { dates, attend } => dated(&mut keys, *dates, *attend),
            }
        }
        Change::AddInspection(new) => new_inspection(&mut keys, new),
        Change::Status { inspection, status } => {
            keys.push(("inspection", inspection.as_str().into()));
            keys.push(("status", word(STATUSES, status).into()));
        }
        Change::Team {
            inspection,
            of,
            people,
        } => {
            keys.push(("inspection", inspection.as_str().into()));
            keys.push(("of", word(TEAMS, of).into()));
            keys.push(("people", number(*people)));
        }
        Change::Pin {
            inspection,
            inspector,
            role,
        } => {
            keys.extend(post(inspection, inspector));
            keys.push(("role", word(ROLES, role).into()));
        }
        Change::Forbid {
            inspection,
            inspector,
            role,
        } => {
            keys.extend(post(inspection, inspector));
            keys.extend(role.map(|role| ("role", word(ROLES, &role).into())));
        }
        Change::Unpin {
            inspection,
            inspector,
        } => keys.extend(post(inspection, inspector)),
        Change::Policy(policy) => {
            keys.push(("key", policy.key().into()));
            keys.push(("value", policy.value().clone()));
        }
    }
    keys
}

fn new_inspectors(keys: &mut Keys, new: &NewInspectors) {
    keys.push(("id", new.id.as_str().into()));
    keys.extend(new.name.as_deref().map(|name| ("name", name.into())));
    match &new.profile {
        Profile::Like(id) => keys.push(("like", id.as_str().into())),
        Profile::Recruit {
            grade,
            region,
            max_days,
            clearance,
        } => {
            keys.push(("grade", word(GRADES, grade).into()));
            keys.push(("region", region.as_str().into()));
            keys.push(("max_days", number(*max_days)));
            keys.push(("clearance", clearance.as_str().into()));
        }
    }
    keys.extend(new.lead_trained.map(|may| ("lead_trained", may.into())));
    keys.extend(
        new.working_days
            .map(|set| ("working_days", pattern(set).into())),
    );
    if new.count.get() > 1 {
        keys.push(("count", number(new.count.get())));
    }
}

fn new_inspection(keys: &mut Keys, new: &NewInspection) {
    keys.push(("id", new.id.as_str().into()));
    keys.push(("establishment", new.establishment.as_str().into()));
    keys.push(("type", word(KINDS, &new.kind).into()));
    keys.push(("announced", new.announced.into()));
    dated(keys, new.dates, new.attend);
    keys.push(("team", number(new.team)));
    keys.push(("hmip_team", number(new.hmip_team)));
    keys.push(("partner_team", number(new.partner_team)));
    let judgement = new.previous_esw.as_ref();
    keys.extend(judgement.map(|it| ("previous_esw", word(JUDGEMENTS, it).into())));
    keys.push((
        "different_week",
        word(DIFFERENT_WEEKS, &new.different_week).into(),
    ));
}

fn whom(keys: &mut Keys, who: &Who) {
    let (person, grade, region) = match who {
        Who::Person(id) => (Some(id), None, None),
        Who::Grade(grade) => (None, Some(grade), None),
        Who::Region(region) => (None, None, Some(region)),
        Who::GradeInRegion(grade, region) => (None, Some(grade), Some(region)),
    };
    keys.extend(person.map(|id| ("inspector", id.as_str().into())));
    keys.extend(grade.map(|grade| ("grade", word(GRADES, grade).into())));
    keys.extend(region.map(|region| ("region", region.as_str().into())));
}

fn post(inspection: &str, inspector: &str) -> [(&'static str, Value); 2] {
    [
        ("inspection", inspection.into()),
        ("inspector", inspector.into()),
    ]
}

fn dated(keys: &mut Keys, dates: DateSpan, attend: Option<DateSpan>) {
    keys.extend(days(["start_date", "end_date"], dates));
    keys.extend(
        attend
            .into_iter()
            .flat_map(|span| days(["attend_from", "attend_to"], span)),
    );
}

fn days(names: [&'static str; 2], span: DateSpan) -> [(&'static str, Value); 2] {
    [(names[0], day(span.first())), (names[1], day(span.last()))]
}

fn day(date: NaiveDate) -> Value {
    date.to_string().into()
}

fn number(number: u32) -> Value {
    i64::from(number).into()
}

fn amount(to: &'static str, amount: Amount) -> (&'static str, Value) {
    match amount {
        Amount::To(count) => (to, number(count)),
        Amount::By(step) => ("by", i64::from(step.get()).into()),
    }
}

/// A part-time pattern as `inspectors.csv` has it.
pub(super) fn pattern(set: WeekdaySet) -> String {
    use chrono::Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    if set == WeekdaySet::MONDAY_TO_FRIDAY {
        return "Mon-Fri".to_owned();
    }
    let days = [Mon, Tue, Wed, Thu, Fri, Sat, Sun];
    let held = days.into_iter().filter(|day| set.contains(*day));
    held.map(|day| day.to_string())
        .collect::<Vec<_>>()
        .join(",")
}
