//! Change files and what they do to a dataset: read and written, made in its files with every
//! other byte left alone, and refused in words where they are wrong.

mod program;
mod small_year;
mod support_changes;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use muster::change::{Changed, Part, apply, read_text};
use muster::check;
use muster::diagnostics::{Diagnostics, render};
use program::{Place, contents, muster};
use proptest::prelude::*;
use small_year::{Dataset, small_year};

/// Makes the changes of `text` in `files`; what is said where that can't be.
fn changed(files: &Dataset, text: &str) -> Result<Dataset, String> {
    let mut diagnostics = Diagnostics::default();
    let shown = |diagnostics: &mut Diagnostics| {
        diagnostics.sort();
        render::text(diagnostics, false)
    };
    let Some(Part { changes, .. }) = read_text("change.toml", text.to_owned(), &mut diagnostics)
    else {
        return Err(shown(&mut diagnostics));
    };
    let changed: Changed = match apply(files, &changes) {
        Ok(changed) => changed,
        Err(problems) => {
            problems.into_iter().for_each(|one| diagnostics.push(one));
            return Err(shown(&mut diagnostics));
        }
    };
    let mut loaded = check::read_from(&changed.files);
    if loaded.dataset.is_none() {
        loaded.diagnostics.add_sources_of(&diagnostics);
        changed.blame(&changes, &mut loaded.diagnostics);
        return Err(shown(&mut loaded.diagnostics));
    }
    Ok(changed.files)
}

/// A file of one change with those keys.
fn file(keys: &str) -> String {
    format!(
        "title = \"A change\"\n[[change]]\n{}\n",
        keys.replace("; ", "\n")
    )
}

/// `files` with replacements made in them, each of which must be possible.
fn with(files: &Dataset, replacements: &[(&str, &str, &str)]) -> Dataset {
    let mut files = files.clone();
    for (name, from, to) in replacements {
        let bytes = files.entry((*name).to_owned()).or_default();
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(text.contains(from), "{from:?} is not in {name}");
        *bytes = text.replacen(from, to, 1).into_bytes();
    }
    files
}

#[test]
#[rustfmt::skip] // one change a line
fn each_kind_of_change_does_what_it_says_and_nothing_else() {
    let i2 = "I2,Robin Hale,HMI,yes,South,51.5,-0.1,2028-03-31,sc,2028-03-31,100,,\"Mon,Tue,Wed,Thu\"\n";
    let i3 = "I3,Sam Ode,OI,no,North,53.9,-1.1,2028-03-31,ctc,2028-03-31,60,0,\n";
    let p1 = "P1,ash,full,no,2026-05-11,2026-05-21,7,2,4,good,ask,,";
    let p3 = "P3,cedar,full,no,2026-09-07,2026-09-17,6,2,3,requires-improvement,no,2026-09-14,2026-09-17,";
    let s1 = "2026-06-01,planned\n";
    let (people, days, programme, pins) = ("inspectors.csv", "availability.csv", "programme.csv", "pins.csv");
    let hospital = "I3,2026-05-25,2026-05-29,unavailable,hospital\n";
    let annual = "I1,2026-08-03,2026-08-14,unavailable,annual leave\n";
    type Row<'a> = (&'a str, &'a [(&'a str, &'a str, &'a str)]);
    let i3_trained = i3.replace("OI,no", "OI,yes");
    let cases: [Row; 35] = [
        ("kind = \"clearance\"; inspector = \"I3\"; level = \"sc\"; until = \"2030-01-31\"",
         &[(people, "ctc,2028-03-31,60", "sc,2030-01-31,60")]),
        ("kind = \"clearance\"; inspector = \"I2\"; until = \"31/01/2030\"",
         &[(people, "sc,2028-03-31", "sc,2030-01-31")]),
        ("kind = \"dbs\"; grade = \"OI\"; until = \"2029-01-01\"",
         &[(people, "-1.1,2028-03-31", "-1.1,2029-01-01")]),
        ("kind = \"training\"; inspector = \"I3\"; until = \"2029-01-01\"",
         &[(people, "working_days\n", "working_days,custody_training_until\n"), (people, "Mon-Fri\n", "Mon-Fri,\n"),
           (people, "Thu\"\n", "Thu\",\n"), (people, "60,0,\n", "60,0,,2029-01-01\n")]),
        ("kind = \"lead-training\"; inspector = \"I3\"", &[(people, i3, &i3_trained)]),
        ("kind = \"days\"; inspector = \"I3\"; by = 5", &[(people, ",60,0", ",65,0")]),
        ("kind = \"days\"; grade = \"HMI\"; region = \"South\"; max_days = 90", &[(people, ",100,,", ",90,,")]),
        ("kind = \"offer\"; inspector = \"I3\"; from = \"2026-09-14\"; to = \"2026-09-17\"",
         &[(days, hospital, "I3,2026-05-25,2026-05-29,unavailable,hospital\nI3,2026-09-14,2026-09-17,offered,\n")]),
        ("kind = \"away\"; region = \"North\"; from = \"2026-12-21\"; to = \"2026-12-23\"",
         &[(days, hospital, "I3,2026-05-25,2026-05-29,unavailable,hospital\nI1,2026-12-21,2026-12-23,unavailable,\nI3,2026-12-21,2026-12-23,unavailable,\n")]),
        ("kind = \"withdraw-offer\"; inspector = \"I3\"; from = \"2026-06-01\"; to = \"2026-06-05\"",
         &[(days, "I3,2026-05-11,2026-06-30,offered,\n", "I3,2026-05-11,2026-05-31,offered,\nI3,2026-06-06,2026-06-30,offered,\n")]),
        ("kind = \"drop-leave\"; inspector = \"I3\"; from = \"2026-05-01\"; to = \"2026-05-31\"", &[(days, hospital, "")]),
        ("kind = \"drop-leave\"; grade = \"HMI\"; from = \"2026-08-01\"; to = \"2026-08-07\"",
         &[(days, annual, "I1,2026-08-08,2026-08-14,unavailable,annual leave\n")]),
        ("kind = \"drop-leave\"; inspector = \"I1\"; from = \"2026-08-10\"; to = \"2026-08-31\"",
         &[(days, annual, "I1,2026-08-03,2026-08-09,unavailable,annual leave\n")]),
        ("kind = \"move-leave\"; inspector = \"I1\"; from = \"2026-08-03\"; to = \"2026-08-14\"; new_from = \"2026-08-17\"",
         &[(days, annual, "I1,2026-08-17,2026-08-28,unavailable,annual leave\n")]),
        ("kind = \"move-leave\"; inspector = \"I1\"; from = \"2026-08-05\"; to = \"2026-08-07\"; new_from = \"2026-10-07\"",
         &[(days, annual, "I1,2026-10-07,2026-10-09,unavailable,annual leave\nI1,2026-08-03,2026-08-04,unavailable,annual leave\nI1,2026-08-08,2026-08-14,unavailable,annual leave\n")]),
        ("kind = \"site-capacity\"; establishment = \"ash\"; by = 1", &[("establishments.csv", ",ctc,14,", ",ctc,15,")]),
        ("kind = \"site-capacity\"; establishment = \"birch\"; places = 9", &[("establishments.csv", "adult,,,", "adult,,9,")]),
        ("kind = \"site-capacity\"; establishment = \"ash\"; places = \"no-limit\"", &[("establishments.csv", ",ctc,14,", ",ctc,,")]),
        ("kind = \"site-clearance\"; establishment = \"cedar\"; level = \"standard\"", &[("establishments.csv", "enhanced-1", "standard")]),
        ("kind = \"different-week\"; inspection = \"P3\"; answer = \"agreed\"", &[(programme, "improvement,no", "improvement,agreed")]),
        ("kind = \"attend\"; inspection = \"P1\"; attend_from = \"2026-05-18\"; attend_to = \"2026-05-20\"",
         &[(programme, "good,ask,,", "good,ask,2026-05-18,2026-05-20")]),
        ("kind = \"add-inspector\"; id = \"N1\"; name = \"New One\"; like = \"I3\"; lead_trained = true",
         &[(people, i3, "I3,Sam Ode,OI,no,North,53.9,-1.1,2028-03-31,ctc,2028-03-31,60,0,\nN1,New One,OI,yes,North,53.9,-1.1,2028-03-31,ctc,2028-03-31,60,,\n"),
           (days, hospital, "I3,2026-05-25,2026-05-29,unavailable,hospital\nN1,2026-05-11,2026-06-30,offered,\nN1,2026-05-25,2026-05-29,unavailable,\n")]),
        ("kind = \"add-inspector\"; id = \"N\"; grade = \"OI\"; region = \"South\"; max_days = 30; clearance = \"sc\"; count = 2; working_days = \"Tue,Mon\"",
         &[(people, i3, "I3,Sam Ode,OI,no,North,53.9,-1.1,2028-03-31,ctc,2028-03-31,60,0,\nN-1,N-1,OI,no,South,,,2028-03-31,sc,2028-03-31,30,,\"Mon,Tue\"\nN-2,N-2,OI,no,South,,,2028-03-31,sc,2028-03-31,30,,\"Mon,Tue\"\n"),
           (days, hospital, "I3,2026-05-25,2026-05-29,unavailable,hospital\nN-1,2026-01-01,2027-06-30,offered,\nN-2,2026-01-01,2027-06-30,offered,\n")]),
        ("kind = \"remove-inspector\"; inspector = \"I2\"", &[(people, i2, "")]),
        ("kind = \"move-inspection\"; inspection = \"P3\"; weeks = -2",
         &[(programme, p3, "P3,cedar,full,no,2026-08-24,2026-09-03,6,2,3,requires-improvement,no,2026-08-31,2026-09-03,")]),
        ("kind = \"move-inspection\"; inspection = \"P3\"; start_date = \"2026-10-05\"; end_date = \"2026-10-15\"",
         &[(programme, p3, "P3,cedar,full,no,2026-10-05,2026-10-15,6,2,3,requires-improvement,no,,,")]),
        ("kind = \"move-inspection\"; inspection = \"P1\"; start_date = \"2026-06-01\"; end_date = \"2026-06-11\"; attend_from = \"2026-06-09\"; attend_to = \"2026-06-11\"",
         &[(programme, p1, "P1,ash,full,no,2026-06-01,2026-06-11,7,2,4,good,ask,2026-06-09,2026-06-11")]),
        ("kind = \"add-inspection\"; id = \"P9\"; establishment = \"ash\"; type = \"full\"; announced = false; start_date = \"2026-11-02\"; end_date = \"2026-11-12\"; team = 3; hmip_team = 5; different_week = \"ask\"",
         &[(programme, s1, "2026-06-01,planned\nP9,ash,full,no,2026-11-02,2026-11-12,5,0,3,,ask,,,,,,,,,\n")]),
        ("kind = \"status\"; inspection = \"P2\"; status = \"cancelled\"", &[(programme, "2025-10-01,,\n", "2025-10-01,,cancelled\n"), ("policy.toml", "", "")]),
        ("kind = \"status\"; inspection = \"P2\"; status = \"planned\"", &[]),
        ("kind = \"team\"; inspection = \"P1\"; of = \"hmip\"; people = 9", &[(programme, ",7,2,4,", ",9,2,4,")]),
        ("kind = \"pin\"; inspection = \"P2\"; inspector = \"I2\"; role = \"lead\"", &[(pins, "P3,I3,,forbid\n", "P3,I3,,forbid\nP2,I2,lead,pin\n")]),
        ("kind = \"forbid\"; inspection = \"P3\"; inspector = \"I3\"", &[]),
        ("kind = \"unpin\"; inspection = \"P1\"; inspector = \"I1\"", &[(pins, "P1,I1,lead,pin\n", "")]),
        ("kind = \"policy\"; key = \"priority.children\"; value = 4", &[("policy.toml", "base = 3\n", "base = 3\nchildren = 4\n")]),
    ];
    let year = small_year();
    let mut kinds = BTreeSet::new();
    for (keys, replacements) in cases {
        let after = changed(&year, &file(keys)).unwrap_or_else(|why| panic!("{keys}\n{why}"));
        for (name, bytes) in with(&year, replacements) {
            let now = String::from_utf8_lossy(&after[&name]).into_owned();
            assert_eq!(now, String::from_utf8(bytes).unwrap(), "{keys}");
        }
        assert_eq!(after.len(), year.len());
        kinds.insert(keys.split('"').nth(1).unwrap());
    }
    assert_eq!(kinds.len(), 24, "every kind");
}

/// Files with the marks and line ends that Excel writes.
fn as_excel_writes(files: &Dataset) -> Dataset {
    let dressed = files.iter().map(|(name, bytes)| {
        let text = String::from_utf8(bytes.clone()).unwrap();
        let text = format!("\u{feff}{}", text.replace('\n', "\r\n"));
        (name.clone(), text.into_bytes())
    });
    dressed.collect()
}

#[test]
fn a_file_of_no_changes_leaves_every_byte() {
    for year in [
        small_year(),
        as_excel_writes(&small_year()),
        support_changes::demo(),
    ] {
        assert_eq!(changed(&year, "title = \"Nothing\"\n").unwrap(), year);
    }
}

#[test]
fn the_demo_year_with_many_changes() {
    let year = support_changes::demo();
    let after = changed(&year, support_changes::MANY).unwrap_or_else(|why| panic!("{why}"));
    insta::assert_snapshot!("demo-year", support_changes::difference(&year, &after));
    // Line ends and marks are kept, in new rows too.
    let excel = changed(&as_excel_writes(&year), support_changes::MANY).unwrap();
    assert_eq!(excel, as_excel_writes(&after));
}

/// A golden file of what is said of a change file, with the code that it must name.
fn golden(name: &str, code: &str, text: &str) {
    let said = changed(&small_year(), text).expect_err(name);
    assert!(said.contains(code), "{name}: {said}");
    insta::assert_snapshot!(name, said);
}

#[test]
#[rustfmt::skip] // one damage a line
fn damaged_change_files_are_refused_in_words() {
    golden("not-toml", "M0902", "title = \"x\n[[change]]\nkind = clearance\n");
    golden("no-title", "M0904", "[[change]]\nkind = \"dbs\"\n");
    golden("change-as-a-section", "M0905", "title = \"x\"\n[change]\nkind = \"dbs\"\n");
    golden("unknown-kind", "M0906", &file("kind = \"clearence\"; inspector = \"I1\""));
    golden("unknown-key", "M0903", &file("kind = \"dbs\"; inspector = \"I1\"; untill = \"2028-01-01\""));
    golden("person-and-grade", "M0907", &file("kind = \"dbs\"; inspector = \"I1\"; grade = \"OI\"; until = \"2028-01-01\""));
    golden("weeks-and-dates", "M0907", &file("kind = \"move-inspection\"; inspection = \"P1\"; weeks = 1; start_date = \"2026-05-11\"; end_date = \"2026-05-21\""));
    golden("half-a-window", "M0907", &file("kind = \"move-inspection\"; inspection = \"P1\"; start_date = \"2026-05-11\"; end_date = \"2026-05-21\"; attend_to = \"2026-05-21\""));
    golden("policy-key", "M0402", &file("kind = \"policy\"; key = \"rolling.max_week\"; value = 3"));
    golden("policy-value", "M0404", &file("kind = \"policy\"; key = \"rolling.max_weeks\"; value = 300"));
    golden("everything-at-once", "M0906", "title = \"\"\nquestions = \"why?\"\n\
        [[change]]\nkind = \"dbs\"\nuntil = \"2028-02-30\"\n\
        [[change]]\nkind = \"offer\"\ninspector = 3\nfrom = \"2026-06-05\"\nto = \"2026-06-01\"\n\
        [[change]]\nkind = \"team\"\ninspection = \"P1\"\nof = \"ofsteds\"\npeople = -1\n\
        [[change]]\nkind = \"days\"\ninspector = \"I1\"\nby = 0\n\
        [[change]]\nkind = \"status\"\ninspection = \"P1\"\nstatus = true\n\
        [[change]]\nkind = \"training\"\ninspector = \"I1\"\nuntil = \"\"\n");
    golden("unknown-ids", "M0908", "title = \"x\"\n\
        [[change]]\nkind = \"dbs\"\ninspector = \"I11\"\nuntil = \"2028-01-01\"\n\
        [[change]]\nkind = \"status\"\ninspection = \"P11\"\nstatus = \"cancelled\"\n\
        [[change]]\nkind = \"site-capacity\"\nestablishment = \"aash\"\nplaces = 3\n\
        [[change]]\nkind = \"dbs\"\nregion = \"Nord\"\nuntil = \"2028-01-01\"\n\
        [[change]]\nkind = \"dbs\"\ngrade = \"OI\"\nregion = \"South\"\nuntil = \"2028-01-01\"\n\
        [[change]]\nkind = \"clearance\"\ninspector = \"I1\"\nlevel = \"CTC\"\nuntil = \"2028-01-01\"\n");
    golden("not-to-be-made", "M0909", "title = \"x\"\n\
        [[change]]\nkind = \"drop-leave\"\ninspector = \"I1\"\nfrom = \"2026-09-01\"\nto = \"2026-09-04\"\n\
        [[change]]\nkind = \"withdraw-offer\"\ngrade = \"HMI\"\nfrom = \"2026-09-01\"\nto = \"2026-09-04\"\n\
        [[change]]\nkind = \"site-capacity\"\nestablishment = \"birch\"\nby = 1\n\
        [[change]]\nkind = \"days\"\ninspector = \"I1\"\nby = -200\n\
        [[change]]\nkind = \"unpin\"\ninspection = \"P2\"\ninspector = \"I1\"\n\
        [[change]]\nkind = \"add-inspector\"\nid = \"I1\"\nlike = \"I2\"\n\
        [[change]]\nkind = \"add-inspection\"\nid = \"P1\"\nestablishment = \"ash\"\ntype = \"irp\"\nannounced = true\n\
        start_date = \"2026-10-05\"\nend_date = \"2026-10-07\"\nteam = 1\ndifferent_week = \"no\"\n");
}

#[test]
fn errors_of_the_changed_dataset_name_the_row_and_the_change() {
    // The row that is wrong is the change's own.
    golden(
        "both-own-row",
        "M0508",
        &file("kind = \"move-inspection\"; inspection = \"S1\"; weeks = 4"),
    );
    // It is another's, which names what has gone.
    golden(
        "both-gone",
        "M0301",
        &file("kind = \"remove-inspector\"; inspector = \"I1\""),
    );
    let two = "title = \"x\"\n[[change]]\nkind = \"dbs\"\ninspector = \"I3\"\nuntil = \"2029-01-01\"\n\
               [[change]]\nkind = \"policy\"\nkey = \"lead.report_days_full\"\nvalue = 20\n";
    golden("both-policy", "M0405", two);
    golden(
        "both-pin",
        "M07",
        &file("kind = \"away\"; grade = \"HMI\"; from = \"2026-04-20\"; to = \"2026-06-30\""),
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_is_written_is_read_again(file in support_changes::any_file()) {
        let mut diagnostics = Diagnostics::default();
        let text = file.to_toml();
        let read = read_text("change.toml", text.clone(), &mut diagnostics);
        prop_assert!(diagnostics.is_empty(), "{text}\n{}", render::text(&diagnostics, false));
        let Part { file: read, changes: sourced, .. } = read.expect("a file");
        prop_assert_eq!(&read, &file);
        prop_assert_eq!(sourced.len(), file.changes.len());
    }

    #[test]
    fn no_change_file_is_too_odd_to_be_answered(file in support_changes::any_file()) {
        let _ = changed(&small_year(), &file.to_toml());
    }
}

fn run(place: &Place, code: i32, arguments: &[&str]) -> (String, String) {
    let mut command = muster();
    let command = command
        .current_dir(place.path())
        .arg("apply")
        .args(arguments);
    let output = command.assert().code(code).get_output().clone();
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (text(output.stdout), text(output.stderr))
}

#[test]
fn the_command_writes_a_changed_copy_and_nothing_where_anything_is_wrong() {
    let place = Place::holding(&small_year());
    let write = |name: &str, text: &str| fs::write(place.path().join(name), text).unwrap();
    write(
        "days.toml",
        &file("kind = \"days\"; inspector = \"I3\"; by = 5"),
    );
    write(
        "offer.toml",
        &file("kind = \"offer\"; inspector = \"I3\"; from = \"2026-09-14\"; to = \"2026-09-17\""),
    );
    write(
        "bad.toml",
        &file("kind = \"days\"; inspector = \"I33\"; by = 5"),
    );
    let before = contents(&place.dataset());
    let (said, nothing) = run(
        &place,
        0,
        &["dataset", "days.toml", "offer.toml", "--out", "new"],
    );
    assert_eq!(
        said,
        "The changed dataset is in new: 2 changes, in availability.csv, inspectors.csv.\n"
    );
    assert_eq!(nothing, "");
    assert_eq!(contents(&place.dataset()), before);
    let mut new = contents(&place.path().join("new"));
    let made = new.remove("applied.json").expect("what made it");
    let made: serde_json::Value = serde_json::from_slice(&made).unwrap();
    assert_eq!(
        (&made["program"], &made["changes"][1]),
        (&"muster".into(), &"A change".into())
    );
    // Notes beside a dataset are not Muster's to copy.
    let theirs: BTreeMap<_, _> = before
        .iter()
        .filter(|(name, _)| *name != "notes.txt")
        .collect();
    assert_eq!(
        new.keys().collect::<Vec<_>>(),
        theirs.keys().copied().collect::<Vec<_>>()
    );
    assert_eq!(new["programme.csv"], before["programme.csv"]);
    muster()
        .current_dir(place.path())
        .args(["check", "new"])
        .assert()
        .code(0);

    assert!(
        run(&place, 4, &["dataset", "days.toml", "--out", "new"])
            .1
            .contains("--force")
    );
    run(
        &place,
        0,
        &["dataset", "days.toml", "--out", "new", "--force"],
    );
    assert!(
        run(
            &place,
            2,
            &["dataset", "days.toml", "--out", "dataset", "--force"]
        )
        .1
        .contains("itself")
    );
    let (_, why) = run(
        &place,
        2,
        &["dataset", "bad.toml", "none.toml", "--out", "other"],
    );
    assert!(why.contains("none.toml doesn't exist"), "{why}");
    let (_, why) = run(&place, 2, &["dataset", "none.toml", "--out", "other"]);
    insta::assert_snapshot!("missing-file", why);
    let (_, why) = run(&place, 2, &["dataset", "bad.toml", "--out", "other"]);
    assert!(
        why.contains("M0908") && why.contains("bad.toml:4:13"),
        "{why}"
    );
    assert!(!place.path().join("other").exists());
}

/// The commands of a page as a reader types them, on the demo year.
#[test]
fn the_guides_example_can_be_followed() {
    let place = Place::holding(&support_changes::demo());
    fs::rename(place.dataset(), place.path().join("2026-27")).unwrap();
    let page = include_str!("../docs/proposals.md");
    let blocks = |name: &str| -> Vec<String> {
        let opening = format!("```{name}\n");
        let after = page.split(opening.as_str()).skip(1);
        after
            .map(|text| text.split("```").next().unwrap().to_owned())
            .collect()
    };
    for text in blocks("toml") {
        let name = text
            .lines()
            .next()
            .unwrap()
            .trim_start_matches("# ")
            .to_owned();
        fs::write(place.path().join(name), text).unwrap();
    }
    let mut followed = 0;
    for line in blocks("sh").iter().flat_map(|block| block.lines()) {
        let words = line.split_whitespace().skip(1);
        // What allocating does is shown elsewhere, and takes its time.
        if !line.starts_with("muster allocate") {
            muster()
                .current_dir(place.path())
                .args(words)
                .assert()
                .code(0);
            followed += 1;
        }
    }
    assert_eq!(followed, 2);
}

#[test]
fn the_guide_names_every_kind_of_change_and_its_keys() {
    let page = include_str!("../docs/proposals.md");
    let said = changed(&small_year(), &file("kind = \"?\"")).expect_err("no such kind");
    let (_, kinds) = said.split_once("is not one of ").unwrap();
    for kind in kinds.lines().next().unwrap().split(", ") {
        assert!(
            page.contains(&format!("| `{kind}`")) || page.contains(&format!(", `{kind}` |")),
            "{kind}"
        );
        // What it needs and knows it says itself.
        let needs = changed(
            &small_year(),
            &file(&format!("kind = \"{kind}\"; purple = 1")),
        )
        .expect_err(kind);
        let (_, known) = needs
            .split_once("known here: kind, ")
            .unwrap_or_else(|| panic!("{kind}: {needs}"));
        for key in known.lines().next().unwrap().split(", ") {
            assert!(page.contains(&format!("`{key}`")), "{kind}: {key}");
        }
    }
}
