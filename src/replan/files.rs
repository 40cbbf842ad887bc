//! What the result of a re-planning holds beside an annual run's: the plan that it replaces, and
//! who is told what.

use crate::diff::{self, Held, PostChange};
use crate::domain::{Dataset, DateSpan};
use crate::report::{self, Run};

/// The names of the files of a re-planning.
const FILES: [&str; 2] = ["published.csv", "changes.csv"];

/// The names of all the files that a result may hold.
pub fn names() -> Vec<&'static str> {
    let of_runs = report::FILES.into_iter().chain([report::RESERVES]);
    of_runs.map(|file| file.name()).chain(FILES).collect()
}

/// The contents of every file of a result, by name: with those of a re-planning, where it is one.
pub fn files(run: &Run) -> Vec<(String, Vec<u8>)> {
    let mut files = report::files(run);
    let dataset = run.eligibility.dataset;
    if let Some(published) = &dataset.published {
        let [copy, told] = FILES.map(str::to_owned);
        files.push((copy, published.file.clone()));
        files.push((told, diff::csv(&changes(run), &dataset.policy.marking)));
    }
    files
}

/// Every post that is or was held, and what becomes of it; nothing in an annual run.
pub fn changes(run: &Run) -> Vec<PostChange> {
    let dataset = run.eligibility.dataset;
    let Some(published) = &dataset.published else {
        return Vec::new();
    };
    let was = published.posts.iter().map(|post| Held {
        inspection: post.inspection_id.clone(),
        establishment: post.establishment_id.clone(),
        role: post.role,
        inspector: post.inspector_id.clone(),
        name: post.inspector_name.clone(),
        days: post.days,
    });
    let was: Vec<_> = was.collect();
    diff::posts(&was, &held(dataset, run))
}

fn held(dataset: &Dataset, run: &Run) -> Vec<Held> {
    let posts = run.allocation.plan.posts();
    let held = posts.map(|(post, attendance)| {
        let inspection = dataset.inspection(post.inspection);
        let inspector = dataset.inspector(post.inspector);
        let days: DateSpan = attendance.on_site;
        Held {
            inspection: inspection.id.clone(),
            establishment: dataset.establishment(inspection.establishment).id.clone(),
            role: post.role,
            inspector: inspector.id.clone(),
            name: inspector.name.clone(),
            days,
        }
    });
    held.collect()
}
