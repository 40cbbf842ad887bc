//! A whole small result, its every figure worked out by hand.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::domain::{Dataset, EstablishmentIx, History, InputFile, Judgement, Role};
use crate::verify::finding::Finding;
use crate::verify::verify;

use super::{Year, day};

/// The files of a result, by name.
pub type Files = BTreeMap<&'static str, String>;

/// F1 is led by A, with O and an empty post; nobody attends S1; A does R1, whose judgement is
/// awaited; R2 is out of scope. O's name begins like a formula.
pub fn dataset() -> Dataset {
    let mut dataset = Year::new()
        .full("F1", "2026-05-04", "2026-05-14")
        .standalone("S1", "2026-06-09", "2026-06-10")
        .irp("R1", "2026-07-07", "2026-07-09")
        .irp("R2", "2026-08-04", "2026-08-06")
        .hmi("A")
        .oi("O")
        .dataset;
    for (position, team) in [3, 2, 1, 1].into_iter().enumerate() {
        dataset.programme[position].team_required = Some(team);
    }
    dataset.programme[2].previous_esw = Some(Judgement::Awaited);
    dataset.programme[3].previous_esw = Some(Judgement::Good);
    // Half a degree of latitude: 55.5976 km, 31.13 pounds there and back.
    dataset.inspectors[0].location.latitude = 52.5;
    dataset.inspectors[0].days_used = 2;
    dataset.inspectors[1].name = "@Olu".to_owned();
    dataset.history.push(History {
        establishment: EstablishmentIx::new(0),
        inspector_id: "Z".to_owned(),
        role: Role::Lead,
        date: day("2024-05-01"),
        line: 2,
    });
    dataset.inputs = vec![InputFile {
        name: "programme.csv".to_owned(),
        sha256: "ab".repeat(32),
    }];
    dataset
}

const ALLOCATIONS: &str = "\
inspection_id,establishment_id,kind,role,inspector_id,inspector_name,grade,attend_from,attend_to,week,lead_name_due,report_due,cost,marking
F1,P1,full,lead,A,Inspector A,HMI,2026-05-11,2026-05-14,normal,2026-04-20,2026-06-02,124.54,OFFICIAL-SENSITIVE
F1,P1,full,team,O,'@Olu,OI,2026-05-11,2026-05-14,normal,,,1675.00,OFFICIAL-SENSITIVE
R1,P1,irp,lead,A,Inspector A,HMI,2026-07-07,2026-07-09,normal,2026-06-23,2026-07-17,93.40,OFFICIAL-SENSITIVE
";

const SHORTFALLS: &str = "\
inspection_id,role,posts,inspector_days,cause,addressee,explanation,marking
F1,team,1,5,clearance,MoJ+HMIP,one is not cleared,OFFICIAL-SENSITIVE
S1,lead,1,9,resourcing,MoJ,nobody is free,OFFICIAL-SENSITIVE
S1,team,1,3,resourcing,MoJ,nobody is free,OFFICIAL-SENSITIVE
";

const WORKLOAD: &str = "\
inspector_id,name,grade,inspections,as_lead,days_on_site,days_off_site,max_days,utilisation,marking
A,Inspector A,HMI,2,2,7,11,100,0.2000,OFFICIAL-SENSITIVE
O,'@Olu,OI,1,0,4,1,100,0.0500,OFFICIAL-SENSITIVE
";

const DAYS: &str = "\
inspector_id,date,work,inspection_id,role,marking
A,2026-05-07,preparation,F1,lead,OFFICIAL-SENSITIVE
A,2026-05-08,preparation,F1,lead,OFFICIAL-SENSITIVE
A,2026-05-11,on-site,F1,lead,OFFICIAL-SENSITIVE
O,2026-05-11,on-site,F1,team,OFFICIAL-SENSITIVE
A,2026-05-12,on-site,F1,lead,OFFICIAL-SENSITIVE
O,2026-05-12,on-site,F1,team,OFFICIAL-SENSITIVE
A,2026-05-13,on-site,F1,lead,OFFICIAL-SENSITIVE
O,2026-05-13,on-site,F1,team,OFFICIAL-SENSITIVE
A,2026-05-14,on-site,F1,lead,OFFICIAL-SENSITIVE
O,2026-05-14,on-site,F1,team,OFFICIAL-SENSITIVE
A,2026-05-15,report,F1,lead,OFFICIAL-SENSITIVE
O,2026-05-15,write-up,F1,team,OFFICIAL-SENSITIVE
A,2026-05-18,report,F1,lead,OFFICIAL-SENSITIVE
A,2026-05-19,report,F1,lead,OFFICIAL-SENSITIVE
A,2026-05-20,report,F1,lead,OFFICIAL-SENSITIVE
A,2026-05-21,report,F1,lead,OFFICIAL-SENSITIVE
A,2026-07-03,preparation,R1,lead,OFFICIAL-SENSITIVE
A,2026-07-06,preparation,R1,lead,OFFICIAL-SENSITIVE
A,2026-07-07,on-site,R1,lead,OFFICIAL-SENSITIVE
A,2026-07-08,on-site,R1,lead,OFFICIAL-SENSITIVE
A,2026-07-09,on-site,R1,lead,OFFICIAL-SENSITIVE
A,2026-07-10,report,R1,lead,OFFICIAL-SENSITIVE
A,2026-07-13,report,R1,lead,OFFICIAL-SENSITIVE
";

const OUT_OF_SCOPE: &str = "\
inspection_id,establishment_id,reason,marking
R2,P1,judgement,OFFICIAL-SENSITIVE
";

/// The summary of the sample.
pub fn summary(dataset: &Dataset) -> Value {
    let tier = |name: &str, value: f64, bound: f64, status: &str, gap: f64| {
        json!({"tier": name, "value": value, "reached": value, "bound": bound,
            "status": status, "gap": gap, "seconds": 0.5})
    };
    json!({
        "marking": "OFFICIAL-SENSITIVE",
        "interrupted": false,
        "tiers": [
            tier("T1", 1.0, 1.0, "optimal", 0.0),
            tier("T2", 0.0, 0.0, "optimal", 0.0),
            tier("T3", 2.0, 2.0, "optimal", 0.0),
            tier("T6", 1892.94, 1892.94, "optimal", 0.0),
            // A has 20 of 100 days, O 5 of 100: 25 days in all.
            tier("T7", 15.0, 14.0, "gap", 0.04),
            tier("T8", 1.0, 1.0, "optimal", 0.0),
        ],
        "counts": {"in_scope": 3, "attended": 2, "posts": 6, "posts_filled": 3,
            "posts_empty": 3, "moved": 0, "out_of_scope": 1, "provisional": 1},
        "cost": 1892.94,
        "inputs": [{"file": "programme.csv", "sha256": "ab".repeat(32)}],
        "policy": serde_json::to_value(&dataset.policy).expect("a policy is JSON"),
        "program": "muster",
        "version": "0.1.0",
        "seed": 1,
    })
}

/// The sample's files.
pub fn files(dataset: &Dataset) -> Files {
    BTreeMap::from([
        ("allocations.csv", ALLOCATIONS.to_owned()),
        ("shortfalls.csv", SHORTFALLS.to_owned()),
        ("workload.csv", WORKLOAD.to_owned()),
        ("days.csv", DAYS.to_owned()),
        ("out-of-scope.csv", OUT_OF_SCOPE.to_owned()),
        ("summary.json", summary(dataset).to_string()),
    ])
}

/// A folder that holds `files`.
pub fn folder(files: &Files) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in files {
        write(folder.path(), name, text.as_bytes());
    }
    folder
}

/// Writes one file of a folder.
pub fn write(folder: &Path, name: &str, bytes: &[u8]) {
    std::fs::write(folder.join(name), bytes).expect("a file in a temporary folder");
}

/// What the checker finds in `files`.
pub fn findings(dataset: &Dataset, files: &Files) -> Vec<Finding> {
    verify(dataset, folder(files).path()).expect("a result that can be read")
}
