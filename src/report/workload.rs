//! `workload.csv`: what the year asks of each inspector.

use super::table::Table;
use super::{ResultFile, Run};
use crate::allocate::WorkDay;
use crate::domain::Role;
use crate::eligibility::off_site::Work;

pub(super) struct Workload;

impl ResultFile for Workload {
    fn name(&self) -> &'static str {
        "workload.csv"
    }

    fn contents(&self, run: &Run) -> Vec<u8> {
        let dataset = run.eligibility.dataset;
        let columns = [
            "inspector_id",
            "name",
            "grade",
            "inspections",
            "as_lead",
            "days_on_site",
            "days_off_site",
            "max_days",
            "utilisation",
        ];
        let mut table = Table::new(&columns, &dataset.policy.marking);
        let mut people: Vec<_> = dataset.inspector_ixs().collect();
        people.sort_by_key(|person| &dataset.inspector(*person).id);
        for person in people {
            let inspector = dataset.inspector(person);
            let posts = || {
                run.allocation
                    .plan
                    .posts()
                    .filter(|(post, _)| post.inspector == person)
            };
            let days = |on_site: bool| {
                let counts =
                    |day: &&WorkDay| day.person == person && (day.work == Work::OnSite) == on_site;
                run.allocation.days.iter().filter(counts).count()
            };
            let (on_site, off_site) = (days(true), days(false));
            let used = on_site as f64 + off_site as f64 + f64::from(inspector.days_used);
            let utilisation = match inspector.max_days {
                0 => 0.0,
                most => used / f64::from(most),
            };
            table.row([
                inspector.id.clone(),
                inspector.name.clone(),
                inspector.grade.as_str().to_owned(),
                posts().count().to_string(),
                posts()
                    .filter(|(post, _)| post.role == Role::Lead)
                    .count()
                    .to_string(),
                on_site.to_string(),
                off_site.to_string(),
                inspector.max_days.to_string(),
                format!("{utilisation:.4}"),
            ]);
        }
        table.into_bytes()
    }
}
