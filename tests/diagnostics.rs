//! What a scheduler is told of a damaged dataset: a golden file for each kind of damage.

mod small_year;

use std::collections::BTreeSet;

use muster::diagnostics::{Diagnostics, codes, render};
use muster::input::{Loaded, read, read_from};
use small_year::{Dataset, small_year};

/// With `from`, which must be in `file`, replaced by `to`.
fn replaced(mut dataset: Dataset, file: &str, from: &str, to: &str) -> Dataset {
    let bytes = dataset.get_mut(file).expect("a file of that name");
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    assert!(text.contains(from), "{from:?} is not in {file}");
    *bytes = text.replacen(from, to, 1).into_bytes();
    dataset
}

/// Reads it, holds it to the golden file `name`, and to its reporting `code`.
fn golden(name: &str, code: &str, dataset: &Dataset) {
    let loaded = read_from(dataset);
    let codes = ids(&loaded.diagnostics);
    assert!(codes.contains(&code), "{name}: {codes:?} lacks {code}");
    assert_eq!(loaded.dataset.is_none(), loaded.diagnostics.has_errors());
    insta::assert_snapshot!(name, render::text(&loaded.diagnostics, false));
}

fn ids(diagnostics: &Diagnostics) -> Vec<&'static str> {
    diagnostics.iter().map(|one| one.code.id).collect()
}

/// A golden file for each damage: its name, the code it must raise, the file, what is
/// replaced in it, and by what.
fn goldens(damages: &[(&str, &str, &str, &str, &str)]) {
    for (name, code, file, from, to) in damages {
        golden(name, code, &replaced(small_year(), file, from, to));
    }
}

#[test]
fn a_sound_dataset_has_nothing_said_of_it() {
    let Loaded {
        dataset,
        diagnostics,
    } = read_from(&small_year());
    assert_eq!(
        render::text(&diagnostics, false),
        "no errors, no warnings\n"
    );
    let dataset = dataset.expect("a dataset");
    assert_eq!(dataset.programme.len(), 4);
    assert_eq!(dataset.inspectors[1].working_days.len(), 4);
    assert_eq!(dataset.policy.priority.base, 3);
    assert_eq!(dataset.establishments[1].site_capacity, None);
    let names: Vec<_> = dataset
        .inputs
        .iter()
        .map(|input| input.name.as_str())
        .collect();
    assert!(names.is_sorted() && names.len() == 9, "{names:?}");
    assert!(dataset.inputs.iter().all(|input| input.sha256.len() == 64));
}

#[test]
fn forms_that_are_accepted_change_nothing() {
    let plain = read_from(&small_year()).dataset.expect("a dataset");
    let dressed: Dataset = small_year()
        .into_iter()
        .map(|(name, bytes)| {
            let text = String::from_utf8(bytes).expect("UTF-8");
            let text = text
                .replace("2026-05-11", "11/05/2026")
                .replace(",no,", ", no ,");
            let text = format!("\u{feff}\n{}\n\n", text.replace('\n', "\r\n\r\n"));
            (name, text.into_bytes())
        })
        .collect();
    let loaded = read_from(&dressed);
    assert!(
        loaded.diagnostics.is_empty(),
        "{}",
        render::text(&loaded.diagnostics, false)
    );
    let dressed = loaded.dataset.expect("a dataset");
    assert_eq!(dressed.programme[0].dates, plain.programme[0].dates);
    assert_eq!(dressed.pins.len(), plain.pins.len());
}

#[test]
#[rustfmt::skip] // one damage a line
fn files_and_shape() {
    goldens(&[
        ("missing-column", "M0111", "programme.csv", ",end_date,", ",end_dates,"),
        ("missing-column-without-a-near-one", "M0111", "bank_holidays.csv", "date,name", "date"),
        ("unknown-column", "M0112", "pins.csv", "role,action", "role,action,colour"),
        ("column-twice", "M0113", "conflicts.csv", "until,reason", "until,until"),
        ("row-longer", "M0114", "availability.csv", "annual leave", "annual leave, abroad"),
        ("row-shorter", "M0115", "inspectors.csv", ",60,0,\n", ",60\n"),
        ("quote-never-closed", "M0116", "inspectors.csv", "Sam Ode", "\"Sam Ode"),
        ("quote-closed-by-a-later-one", "M0117", "inspectors.csv", "Alex Moore", "\"Alex Moore"),
        ("empty-file", "M0110", "pins.csv", "inspection_id,inspector_id,role,action\nP1,I1,lead,pin\nP3,I3,,forbid\n", ""),
    ]);
    let mut dataset = small_year();
    for file in dataset.values_mut().skip(1).take(4) {
        let text = String::from_utf8(file.clone()).expect("UTF-8");
        *file = text
            .replace("\"Mon,Tue,Wed,Thu\"", "Mon-Thu")
            .replace(',', ";")
            .into_bytes();
    }
    golden("semicolons", "M0109", &dataset);
    let mut dataset = small_year();
    let pins = dataset.get_mut("pins.csv").expect("pins");
    pins.iter_mut()
        .filter(|byte| **byte == b',')
        .for_each(|byte| *byte = b'\t');
    golden("tabs", "M0109", &dataset);

    let mut dataset = small_year();
    dataset.remove("availability.csv");
    golden("missing-file", "M0102", &dataset);
    let programme = dataset.remove("programme.csv").expect("programme");
    dataset.insert("programe.csv".to_owned(), programme);
    dataset.insert("availability.xlsx".to_owned(), b"PK\x03\x04".to_vec());
    dataset.remove("policy.toml");
    dataset.insert("pin.csv".to_owned(), dataset["pins.csv"].clone());
    dataset.remove("pins.csv");
    golden("misnamed-files", "M0104", &dataset);
    let mut dataset = small_year();
    dataset.insert("programme.csv".to_owned(), b"PK\x03\x04\x14\x00".to_vec());
    golden("workbook-renamed", "M0104", &dataset);
    let mut dataset = small_year();
    dataset.insert("published.csv".to_owned(), b"inspection_id,establishment_id,kind,role,inspector_id,inspector_name,grade,attend_from,attend_to,week,lead_name_due,report_due,cost,marking\n".to_vec());
    golden("published", "M0119", &dataset);
}

#[test]
fn encodings() {
    let with_name = |bytes: &[u8]| {
        let mut dataset = replaced(small_year(), "inspectors.csv", "Alex Moore", "#");
        let file = dataset.get_mut("inspectors.csv").expect("inspectors");
        let at = file
            .iter()
            .position(|byte| *byte == b'#')
            .expect("the mark");
        file.splice(at..=at, bytes.iter().copied());
        dataset
    };
    let latin = with_name(b"Zo\xEB O\x92Hara");
    golden("windows-1252", "M0107", &latin);
    let name = |dataset: &Dataset| {
        read_from(dataset).dataset.expect("a dataset").inspectors[0]
            .name
            .clone()
    };
    assert_eq!(name(&latin), "Zoë O’Hara");
    golden("encoding-unknown", "M0106", &with_name(b"Zo\x91\x8E"));
    golden("not-text", "M0108", &with_name(b"Zo\0"));
    let mut dataset = with_name("Zoë".as_bytes());
    let text = String::from_utf8(dataset["inspectors.csv"].clone()).expect("UTF-8");
    let wide = format!("\u{feff}{text}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    dataset.insert("inspectors.csv".to_owned(), wide);
    golden("utf-16", "M0107", &dataset);
    assert_eq!(name(&dataset), "Zoë");
}

#[test]
#[rustfmt::skip] // one damage a line
fn cells() {
    goldens(&[
        ("empty-cell", "M0201", "inspectors.csv", "Sam Ode", ""),
        ("not-a-date", "M0202", "availability.csv", "2026-08-14", "14 August 2026"),
        ("ambiguous-date", "M0203", "programme.csv", "2026-05-21", "03/04/26"),
        ("impossible-date", "M0204", "programme.csv", "2026-05-21", "2026-02-30"),
        ("american-date", "M0204", "programme.csv", "2026-05-21", "05/21/2026"),
        ("not-yes-or-no", "M0205", "programme.csv", "full,no", "full,maybe"),
        ("number-with-pounds", "M0206", "inspectors.csv", ",120,10,", ",£1 20,10,"),
        ("number-out-of-range", "M0207", "inspectors.csv", ",120,10,", ",1200,10,"),
        ("unknown-clearance", "M0208", "inspectors.csv", ",ctc,", ",CTC+,"),
        ("unknown-kind", "M0208", "programme.csv", ",irp,", ",IRP,"),
        ("latitude-out-of-range", "M0209", "establishments.csv", "53.8", "153.8"),
        ("working-days", "M0210", "inspectors.csv", "Mon-Fri", "weekdays"),
        ("line-break", "M0211", "establishments.csv", "HMP Ashdown", "\"HMP\nAshdown\""),
        ("end-before-start", "M0212", "programme.csv", "2026-05-21", "2026-05-01"),
        ("attend-from-alone", "M0213", "programme.csv", "2026-09-14,2026-09-17", "2026-09-14,"),
        ("earliest-alone", "M0213", "programme.csv", "2026-11-02,2026-11-26", "2026-11-02,"),
        ("latitude-alone", "M0213", "inspectors.csv", "53.5,-1.2", "53.5,"),
        ("conflict-with-both", "M0214", "conflicts.csv", "cedar,,", "cedar,Novus,"),
        ("conflict-with-neither", "M0214", "conflicts.csv", "cedar,,", ",,"),
    ]);
}

#[test]
#[rustfmt::skip] // one damage a line
fn references() {
    goldens(&[
        ("unknown-establishment", "M0301", "programme.csv", "P1,ash,", "P1,ashe,"),
        ("unknown-inspector", "M0301", "availability.csv", "I3,2026-05-25", "X9,2026-05-25"),
        ("unknown-inspection", "M0301", "pins.csv", "P1,I1", "P01,I1"),
        ("duplicate-id", "M0302", "inspectors.csv", "I3,Sam", "I1,Sam"),
        ("bank-holiday-twice", "M0303", "bank_holidays.csv", "2026-12-25", "2026-05-25"),
        ("history-of-someone-gone", "M0304", "history.csv", "birch,I1", "birch,I77"),
        ("unknown-provider", "M0305", "conflicts.csv", "Milton", "Miltn"),
        ("unknown-region", "M0306", "inspectors.csv", "North,53.5,-1.2", "Nord,,"),
        ("middle-of-the-region", "M0307", "inspectors.csv", "53.5,-1.2", ","),
    ]);
}

#[test]
#[rustfmt::skip] // one damage a line
fn policy() {
    goldens(&[
        ("policy-not-toml", "M0401", "policy.toml", "base = 3", "base = \"3\nfees = [1,"),
        ("policy-unknown-key", "M0402", "policy.toml", "irps_min", "irp_min"),
        ("policy-unknown-section", "M0402", "policy.toml", "[priority]", "[priorities]"),
        ("policy-wrong-type", "M0403", "policy.toml", "base = 3", "base = \"3\""),
        ("policy-out-of-range", "M0404", "policy.toml", "[priority]", "[rolling]\nwindow_weeks = 0\n[priority]"),
        ("policy-weight-below-0", "M0405", "policy.toml", "base = 3", "base = 3\nstandalone = -4"),
    ]);
    let text = "clearance_levels = [\"low\", \"low\"]\nas_of = \"03/04/26\"\nprogramme_year = 26\n\
                [different_week]\noffsets = [1, 0, 1]\nkinds = [\"fulls\"]\n[absence.hmi]\nrate = 3\n\
                [remedy.person]\nclearance = \"ctd\"\nprice = 0\n[remedy.days]\nsteps = 3\n[fees]\nlead = -1\nteam = \"£335\"\n\
                [notice]\nirps_min = 30\n[lead]\nreport_days_full = 20\n";
    let mut dataset = small_year();
    dataset.insert("policy.toml".to_owned(), text.as_bytes().to_vec());
    golden("policy-many", "M0405", &dataset);
}

#[test]
#[rustfmt::skip] // one damage a line
fn programme() {
    goldens(&[
        ("irp-without-judgement", "M0501", "programme.csv", "2,inadequate", "2,"),
        ("team-missing", "M0502", "programme.csv", "7,2,4,", "7,2,,"),
        ("team-of-nobody", "M0502", "programme.csv", "7,2,4,", "7,2,0,"),
        ("long-full-inspection", "M0503", "programme.csv", "2026-05-11,2026-05-21", "2026-05-11,2026-05-29"),
        ("too-few-irps", "M0504", "policy.toml", "irps_min = 1", "irps_min = 2"),
        ("too-many-irps", "M0504", "policy.toml", "irps_min = 1\nirps_max = 3", "irps_min = 0\nirps_max = 0"),
        ("late-notice", "M0505", "programme.csv", "2025-10-01", "2026-01-05"),
        ("standalone-named-late", "M0506", "programme.csv", "2026-07-01,,,2026-06-01", "2026-09-01,,,2026-09-01"),
        ("bounds-of-an-irp", "M0507", "programme.csv", "inadequate,no,,,,", "inadequate,no,,,2026-06-08,2026-06-26"),
        ("bounds-exclude-window", "M0508", "programme.csv", "2026-11-02,2026-11-26", "2026-11-16,2026-11-26"),
        ("no-working-day", "M0509", "programme.csv", "2026-06-15,2026-06-17", "2026-06-20,2026-06-21"),
        ("gives-it-away", "M0510", "programme.csv", "2026-09-14,2026-09-17", "2026-09-04,2026-09-10"),
        ("outside-the-year", "M0511", "programme.csv", "2026-05-11,2026-05-21", "2026-03-23,2026-04-02"),
        ("far-from-the-year", "M0512", "programme.csv", "2026-05-11,2026-05-21", "2062-05-11,2062-05-21"),
        ("far-too-long", "M0513", "programme.csv", "2026-05-21", "2027-05-21"),
        ("two-full-inspections", "M0514", "programme.csv", "P3,cedar", "P3,ash"),
        ("in-wales", "M0515", "establishments.csv", "Birchwood,England", "Birchwood,Wales"),
        ("site-is-full", "M0516", "establishments.csv", "ctc,14", "ctc,8"),
        ("no-bank-holidays", "M0517", "programme.csv", "2026-05-11,2026-05-21", "2027-01-11,2027-01-21"),
    ]);
    let mut dataset = small_year();
    let programme = dataset.get_mut("programme.csv").expect("programme");
    let end = programme
        .iter()
        .position(|byte| *byte == b'\n')
        .expect("a line");
    programme.truncate(end);
    dataset.remove("pins.csv");
    golden("empty-programme", "M0518", &dataset);
}

#[test]
#[rustfmt::skip] // one damage a line
fn people_and_pins() {
    goldens(&[
        ("oi-without-offers", "M0601", "availability.csv", "offered", "unavailable"),
        ("offer-of-an-hmi", "M0602", "availability.csv", "unavailable,annual", "offered,annual"),
        ("lapsing", "M0603", "inspectors.csv", "2028-03-31,ctc,2028-03-31", "2026-03-01,ctc,2026-10-31"),
        ("half-a-clearance", "M0604", "inspectors.csv", "ctc,2028-03-31", "ctc,"),
        ("days-used-up", "M0605", "inspectors.csv", ",120,10,", ",120,130,"),
        ("nothing-held", "M0606", "inspectors.csv", "2028-03-31,ctc,2028-03-31", ",,"),
        ("pin-out-of-scope", "M0703", "programme.csv", "2025-10-01,,planned", "2025-10-01,,cancelled"),
        ("pin-without-role", "M0704", "pins.csv", "I1,lead,pin", "I1,,pin"),
        ("pin-contradicted", "M0705", "pins.csv", "lead,pin\n", "lead,pin\nP1,I1,lead,forbid\n"),
        ("two-leads-pinned", "M0705", "pins.csv", "lead,pin\n", "lead,pin\nP1,I2,lead,pin\n"),
        ("pin-twice", "M0706", "pins.csv", "lead,pin\n", "lead,pin\nP1,I1,lead,pin\n"),
    ]);
}

/// What only eligibility shows: the same for a dataset that is checked as a whole.
fn checked_golden(name: &str, code: &str, dataset: &Dataset) {
    let loaded = muster::check::read_from(dataset);
    let codes = ids(&loaded.diagnostics);
    assert_eq!(codes, [code], "{name}");
    assert!(loaded.dataset.is_none());
    insta::assert_snapshot!(name, render::text(&loaded.diagnostics, false));
}

/// The small year with its one pin replaced, and whatever `changes` names. P1 keeps its week,
/// so that nothing is saved by another one.
fn with_pins(pins: &str, changes: &[(&str, &str, &str)]) -> Dataset {
    let dataset = replaced(small_year(), "pins.csv", "P1,I1,lead,pin\n", pins);
    let dataset = replaced(dataset, "programme.csv", ",good,ask,", ",good,no,");
    changes.iter().fold(dataset, |dataset, (file, from, to)| {
        replaced(dataset, file, from, to)
    })
}

#[test]
#[rustfmt::skip] // one damage a line
fn pins_that_break_a_rule() {
    let one = |name, pin, changes: &[_]| checked_golden(name, "M0701", &with_pins(pin, changes));
    one("pin-of-somebody-untrained", "P1,I3,lead,pin\n", &[]);
    one("pin-of-somebody-away", "P1,I1,lead,pin\n", &[("availability.csv", "I1,2026-08-03", "I1,2026-05-18")]);
    one("pin-of-somebody-away-for-long", "P1,I1,lead,pin\n", &[("availability.csv", "I1,2026-08-03", "I1,2026-05-04"), ("programme.csv", ",good,no,", ",good,ask,")]);
    one("pin-not-offered", "S1,I3,team,pin\n", &[("conflicts.csv", "I3,,Milton", "I3,,Novus")]);
    one("pin-with-an-interest", "P2,I3,team,pin\n", &[]);
    one("pin-not-cleared", "P1,I1,lead,pin\n", &[("inspectors.csv", "2028-03-31,ctc,2028-03-31,120", "2028-03-31,standard,2028-03-31,120")]);
    one("pin-without-days", "P1,I1,lead,pin\n", &[("inspectors.csv", ",120,10,", ",120,115,")]);
    one("pin-on-a-full-site", "P1,I1,lead,pin\n", &[("establishments.csv", "ctc,14", "ctc,9")]);
    one("pin-to-a-team-of-one", "P2,I1,team,pin\n", &[("programme.csv", "3,0,2,inadequate", "3,0,1,inadequate")]);
}

#[test]
#[rustfmt::skip] // one damage a line
fn pins_that_cannot_all_be_kept() {
    let all = |name, pins, changes: &[_]| checked_golden(name, "M0702", &with_pins(pins, changes));
    let same_week = ("programme.csv", "2026-06-15,2026-06-17", "2026-05-18,2026-05-20");
    all("pins-in-one-week", "P1,I1,lead,pin\nP2,I1,lead,pin\nS1,I2,lead,pin\n", &[same_week]);
    all("pins-that-clash-by-threes", "P1,I1,lead,pin\nP2,I1,lead,pin\nS1,I1,lead,pin\n", &[("inspectors.csv", ",120,10,", ",120,94,")]);
    all("pins-without-the-days", "P1,I1,lead,pin\nP2,I1,lead,pin\nS1,I1,lead,pin\n", &[("inspectors.csv", ",120,10,", ",120,100,")]);
    all("pins-beyond-the-places", "P1,I1,lead,pin\nP1,I2,team,pin\nP2,I1,lead,pin\n", &[("establishments.csv", "ctc,14", "ctc,10")]);
    all("pins-beyond-the-team", "P2,I1,team,pin\nP2,I2,team,pin\n", &[]);
    all("pin-with-nobody-to-lead", "P2,I1,team,pin\n", &[("conflicts.csv", "I3,,Milton", "I2,,Milton")]);
}

/// Many files are wrong at once, and all of it is said in one run.
fn damaged_all_over() -> Dataset {
    let damages = [
        ("policy.toml", "irps_max", "irps_most"),
        ("establishments.csv", "England", "Englnd"),
        ("programme.csv", "2026-06-15", "15/06/26"),
        ("programme.csv", "2,inadequate", "2,"),
        ("programme.csv", "S1,birch", "S1,brich"),
        ("inspectors.csv", ",ctc,", ",CTC+,"),
        ("inspectors.csv", ",60,", ",£60,"),
        ("availability.csv", "2026-08-14", "2026-08-01"),
        ("conflicts.csv", "I3,,", "I4,,"),
        ("history.csv", "2025-09-18", "2025-09-31"),
        ("bank_holidays.csv", "date,name", "day,name"),
    ];
    damages
        .iter()
        .fold(small_year(), |dataset, (file, from, to)| {
            replaced(dataset, file, from, to)
        })
}

#[test]
fn everything_at_once() {
    golden("everything-at-once", "M0208", &damaged_all_over());
    let diagnostics = read_from(&damaged_all_over()).diagnostics;
    let json = serde_json::to_string_pretty(&render::json(&diagnostics)).expect("JSON");
    insta::assert_snapshot!("everything-at-once-json", json);
}

#[test]
fn a_row_that_is_wrong_makes_nothing_else_unknown() {
    let dataset = replaced(
        small_year(),
        "inspectors.csv",
        "I1,Alex Moore,HMI",
        "I1,Alex Moore,HM",
    );
    assert_eq!(ids(&read_from(&dataset).diagnostics), ["M0208"]);
    let mut dataset = small_year();
    dataset.remove("inspectors.csv");
    assert_eq!(ids(&read_from(&dataset).diagnostics), ["M0102"]);
}

#[test]
fn reasons_appear_nowhere() {
    let dataset = replaced(
        small_year(),
        "availability.csv",
        "2026-05-29,unavailable",
        "2026-05-01,absent",
    );
    let dataset = replaced(
        dataset,
        "availability.csv",
        "annual leave",
        "annual leave, hospital",
    );
    let diagnostics = read_from(&dataset).diagnostics;
    let text = render::text(&diagnostics, false) + &render::json(&diagnostics).to_string();
    assert!(text.contains("M0212") && text.contains("M0114"), "{text}");
    assert!(
        !text.contains("hospital") && !text.contains("leave"),
        "{text}"
    );
}

#[test]
fn colour_is_for_terminals_only() {
    let diagnostics = read_from(&damaged_all_over()).diagnostics;
    assert!(!render::text(&diagnostics, false).contains('\u{1b}'));
    assert!(render::text(&diagnostics, true).contains('\u{1b}'));
}

#[test]
fn folders_on_disk_are_read_alike() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in small_year() {
        std::fs::write(folder.path().join(name), bytes).expect("written");
    }
    let loaded = read(folder.path());
    assert!(loaded.diagnostics.is_empty() && loaded.dataset.is_some());
    std::fs::remove_file(folder.path().join("pins.csv")).expect("removed");
    std::fs::create_dir(folder.path().join("pins.csv")).expect("made");
    let loaded = read(folder.path());
    insta::assert_snapshot!("file-is-a-folder", render::text(&loaded.diagnostics, false));
    let within = tempfile::tempdir().expect("a folder");
    std::fs::rename(folder.path(), within.path().join("dataset")).expect("moved");
    let loaded = read(within.path());
    assert!(loaded.dataset.is_none());
    insta::assert_snapshot!("dataset-within", render::text(&loaded.diagnostics, false));
    std::fs::rename(within.path().join("dataset"), folder.path()).expect("moved back");
    let nowhere = read(&folder.path().join("nowhere"));
    assert_eq!(ids(&nowhere.diagnostics), ["M0101"]);
    assert_eq!(
        ids(&read(&folder.path().join("policy.toml")).diagnostics),
        ["M0101"]
    );
}

/// Every kind of problem has a golden file, apart from two.
#[test]
fn every_code_is_shown_in_a_golden_file() {
    let snapshots = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snapshots");
    let mut shown = BTreeSet::new();
    for entry in std::fs::read_dir(snapshots)
        .expect("golden files")
        .flatten()
    {
        let text = std::fs::read_to_string(entry.path()).unwrap_or_default();
        shown.extend(
            codes::all()
                .map(|code| code.id)
                .filter(|id| text.contains(&format!("[{id}]"))),
        );
    }
    // A folder that isn't there has a path of its own in its message; 200 columns are too
    // many for a page.
    let elsewhere = ["M0101", "M0118"];
    let missing: Vec<_> = codes::all()
        .map(|code| code.id)
        .filter(|id| !shown.contains(id) && !elsewhere.contains(id))
        .collect();
    assert!(missing.is_empty(), "no golden file shows {missing:?}");
}

#[test]
fn the_page_of_codes_is_up_to_date() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/diagnostics.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, codes::markdown()).expect("written");
    }
    let page = std::fs::read_to_string(path).expect("docs/diagnostics.md");
    assert!(page == codes::markdown(), "run it again with UPDATE_DOCS=1");
}
