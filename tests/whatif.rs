//! What-ifs: cases side by side, each proven and held against the checker; the same bytes after a
//! kill and from parts; and scenarios that can't be meant.

mod program;
mod small_year;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use muster::diagnostics::Diagnostics;
use muster::scenario;
use program::{Place, program, rows, said, without_seconds};

const AWAY: &str = r#"
title = "Somebody is away in May"
question = "What if I1 is away over P1?"

[[change]]
kind = "away"
inspector = "I1"
from = "2026-05-18"
to = "2026-05-20"
"#;

const GRID: &str = r#"
title = "Days and places"
extends = "away.toml"

[[change]]
kind = "days"
inspector = "I3"
by = "$days"

[[change]]
kind = "site-capacity"
establishment = "cedar"
places = "$places"

[sweep.values]
days = [-20, 5]
places = [11, 8]
"#;

const DRAWS: &str = r#"
title = "A bad year"

[sweep]
draws = 6
seed = 3

[[sweep.draw]]
kind = "absence"
grade = "HMI"
share = 0.5
weeks = 6

[[sweep.draw]]
kind = "amendments"
count = 2
weeks = 2
"#;

/// I1 is pinned to P1: without them there is no sound dataset.
const LEFT: &str = r#"
title = "I1 has left"

[[change]]
kind = "remove-inspector"
inspector = "I1"
"#;

/// A place with a small year, in which I1 is no longer pinned, and scenarios.
fn place() -> Place {
    let mut files = small_year::small_year();
    let pins = b"inspection_id,inspector_id,role,action\nP2,I1,team,pin\n";
    files.insert("pins.csv".to_owned(), pins.to_vec());
    let place = Place::holding(&files);
    for (name, text) in [
        ("away.toml", AWAY),
        ("grid.toml", GRID),
        ("draws.toml", DRAWS),
        ("left.toml", LEFT),
    ] {
        fs::write(place.path().join(name), text).expect("written");
    }
    place
}

const ALL: [&str; 7] = [
    "whatif",
    "dataset",
    "away.toml",
    "grid.toml",
    "draws.toml",
    "left.toml",
    "--quiet",
];

fn ask(place: &Place, out: &str, more: &[&str]) -> String {
    let arguments: Vec<_> = ALL
        .iter()
        .chain(&["--out", out])
        .chain(more)
        .copied()
        .collect();
    said(place.path(), 0, &arguments).0
}

/// Every file below a folder, by its path in it; summaries without their seconds.
fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(at) = open.pop() {
        let below: Vec<_> = fs::read_dir(&at).expect("a folder").flatten().collect();
        let has_summary = below
            .iter()
            .any(|entry| entry.file_name() == "summary.json");
        let plain = has_summary.then(|| without_seconds(&at));
        for entry in below {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let name = entry.file_name().to_string_lossy().into_owned();
            let bytes = match &plain {
                Some(plain) => plain[&name].clone(),
                None => fs::read(&path).expect("a file"),
            };
            files.insert(path.strip_prefix(folder).expect("below").to_owned(), bytes);
        }
    }
    files
}

#[test]
fn cases_stand_side_by_side_and_each_is_right() {
    let place = place();
    let text = ask(&place, "asked", &[]);
    insta::assert_snapshot!("whatif-terminal", text);
    let out = place.path().join("asked");
    let read = |name: &str| fs::read_to_string(out.join(name)).expect(name);
    insta::assert_snapshot!("whatif-csv", read("whatif.csv"));
    insta::assert_snapshot!("whatif-markdown", read("whatif.md"));
    let table = rows(&out.join("whatif.csv"));
    assert_eq!(table.len(), 1 + 1 + 4 + 6 + 1);
    for row in table.iter().filter(|row| row["status"] == "planned") {
        let case = match row["case"].as_str() {
            "base" => "asked/base".to_owned(),
            case => format!("asked/cases/{case}"),
        };
        said(place.path(), 0, &["verify", "dataset", &case]);
        for tier in ["t1", "t2", "t3", "t4"] {
            let bound = &row[&format!("{tier}_bound")];
            let is_base = case == "asked/base";
            assert!(row[tier] == *bound || is_base && tier == "t4", "{row:?}");
        }
    }
    for plot in ["grid-empty", "grid-cost", "draws-empty", "draws-cost"] {
        let svg = read(&format!("plots/{plot}.svg"));
        assert!(svg.starts_with("<svg") && svg.contains("OFFICIAL-SENSITIVE"));
    }
    // Every command takes a case like any other result.
    said(place.path(), 0, &["explain", "dataset", "asked/cases/away"]);
    let edited = out.join("cases/away/scenario.toml");
    let text = fs::read_to_string(&edited).expect("a file");
    fs::write(&edited, text.replace("2026-05-20", "2026-05-21")).expect("written");
    let (_, errors) = said(place.path(), 2, &["verify", "dataset", "asked/cases/away"]);
    insta::assert_snapshot!("whatif-edited-case", errors);
}

#[test]
fn a_run_in_parts_is_the_same() {
    let place = place();
    ask(&place, "whole", &["--jobs", "1"]);
    let whole = tree(&place.path().join("whole"));
    for of in [2, 3, 7] {
        let parts: Vec<String> = (1..=of).map(|part| format!("part-{part}-{of}")).collect();
        for (at, part) in parts.iter().enumerate() {
            ask(&place, part, &["--shard", &format!("{}/{of}", at + 1)]);
        }
        let merged = format!("merged-{of}");
        let mut arguments = vec!["merge"];
        arguments.extend(parts.iter().map(String::as_str));
        arguments.extend(["--out", &merged]);
        said(place.path(), 0, &arguments);
        assert!(tree(&place.path().join(&merged)) == whole, "{of} parts");
        // Without one of them it is not whole.
        let (_, errors) = said(place.path(), 4, &["merge", &parts[0], "--out", "less"]);
        assert!(errors.contains("is in none of the folders"), "{errors}");
    }
}

#[test]
fn a_killed_run_is_taken_up_again() {
    let place = place();
    ask(&place, "whole", &[]);
    let whole = tree(&place.path().join("whole"));
    let times = match std::env::var("MUSTER_PROOF").as_deref() {
        Ok("full") => 50,
        _ => 8,
    };
    for time in 0..times {
        let out = format!("killed-{time}");
        let mut child = Command::new(program())
            .current_dir(place.path())
            .args(ALL)
            .args(["--out", &out, "--jobs", "1"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        // Spread over the time that a run takes.
        std::thread::sleep(Duration::from_millis(7 + 13 * (time * 7 % times)));
        let _ = child.kill();
        let _ = child.wait();
        let before = place.path().join(&out).join("whatif.json").is_file();
        let more: &[&str] = if before { &["--resume"] } else { &["--force"] };
        ask(&place, &out, more);
        let resumed = tree(&place.path().join(&out));
        let names = |tree: &BTreeMap<PathBuf, Vec<u8>>| tree.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&resumed), names(&whole), "killed {time}");
        assert!(resumed == whole, "killed {time}");
    }
}

#[test]
fn what_is_there_is_not_taken_for_something_else() {
    let place = place();
    ask(&place, "asked", &[]);
    let again = |code: i32, more: &[&str]| {
        let all: Vec<_> = ALL
            .iter()
            .chain(&["--out", "asked"])
            .chain(more)
            .copied()
            .collect();
        said(place.path(), code, &all).1
    };
    assert!(again(4, &[]).contains("--resume goes on with it"));
    let other = [
        "whatif",
        "dataset",
        "away.toml",
        "--out",
        "asked",
        "--resume",
        "--quiet",
    ];
    let (_, errors) = said(place.path(), 2, &other);
    assert!(errors.contains("holds another what-if"), "{errors}");
    again(0, &["--resume"]);
    again(0, &["--force"]);
    // Hidden files are somebody's too.
    for name in ["notes.txt", ".env"] {
        let path = place.path().join("asked").join(name);
        fs::write(&path, "mine").expect("written");
        assert!(again(4, &["--force"]).contains("holds what no what-if wrote"));
        fs::remove_file(&path).expect("still there");
    }
    // Cases of who knows what are not taken for this one's.
    fs::remove_file(place.path().join("asked/whatif.json")).expect("removed");
    assert!(again(4, &[]).contains("without a sound whatif.json"));
    again(0, &["--force"]);
    // A case that was damaged is not taken for whole.
    let case = place.path().join("asked/cases/away");
    fs::remove_file(case.join("days.csv")).expect("removed");
    assert!(again(2, &["--resume"]).contains("days.csv can't be read"));
    let parts = ["merge", "asked", "--out", "whole"];
    let (_, errors) = said(place.path(), 2, &parts);
    assert!(errors.contains("is not as it was written"), "{errors}");
    assert!(!place.path().join("whole").exists());
    again(0, &["--force"]);
    // A case without a plan is no result.
    let case_without = ["verify", "dataset", "asked/cases/draws-0005"];
    let (_, errors) = said(place.path(), 2, &case_without);
    assert!(errors.contains("problem.json says why"), "{errors}");
    let onto_itself = ["merge", "asked", "--out", "asked", "--force"];
    let (_, errors) = said(place.path(), 2, &onto_itself);
    assert!(errors.contains("is one of the parts"), "{errors}");
    assert!(case.join("days.csv").exists());
}

/// What is swept or drawn may be odd; it ends, and is told.
#[test]
fn odd_sweeps_end() {
    let place = place();
    let write = |name: &str, text: &str| {
        fs::write(place.path().join(name), text).expect("written");
    };
    write(
        "numbers.toml",
        "title = \"n\"\n[[change]]\nkind = \"days\"\ninspector = \"I1\"\nby = -5\nnote = \"$n\"\n\
         [sweep.values]\nn = [\"nan\", \"inf\", \"1e308\", \"-1e308\"]\n",
    );
    write(
        "region.toml",
        "title = \"r\"\n[sweep]\ndraws = 2\n[[sweep.draw]]\nkind = \"absence\"\nregion = \"Nort\"\n",
    );
    write(
        "leaves.toml",
        "title = \"l\"\n[[change]]\nkind = \"unpin\"\ninspection = \"P2\"\ninspector = \"I1\"\n\
         [[change]]\nkind = \"remove-inspector\"\ninspector = \"I1\"\n\
         [sweep]\ndraws = 4\n[[sweep.draw]]\nkind = \"absence\"\nshare = 1.0\n",
    );
    write("numbers-0001.toml", "title = \"taken\"\n");
    let ask = |code: i32, files: &[&str], out: &str| {
        let arguments = [&["whatif", "dataset"], files, &["--out", out, "--quiet"]].concat();
        said(place.path(), code, &arguments).1
    };
    ask(0, &["numbers.toml"], "numbers");
    let errors = ask(2, &["region.toml"], "region");
    insta::assert_snapshot!("whatif-region", errors);
    ask(0, &["leaves.toml"], "leaves");
    let table = rows(&place.path().join("leaves/whatif.csv"));
    assert!(
        table.iter().all(|row| row["status"] == "planned"),
        "{table:?}"
    );
    let errors = ask(2, &["numbers.toml", "numbers-0001.toml"], "both");
    assert!(
        errors.contains("another case is called numbers-0001 too"),
        "{errors}"
    );
}

#[test]
fn scenarios_that_can_not_be_meant_are_told() {
    let place = place();
    let write = |name: &str, text: &str| {
        fs::write(place.path().join(name), format!("title = \"Bad\"\n{text}")).expect("written");
    };
    let change = "[[change]]\nkind = \"days\"\ninspector = \"I1\"\nby = ";
    for (name, text) in [
        ("no-file", "extends = \"nowhere.toml\"\n".to_owned()),
        ("itself", "extends = \"itself.toml\"\n".to_owned()),
        ("of-a-sweep", "extends = \"grid.toml\"\n".to_owned()),
        (
            "unknown-name",
            format!("{change}\"$days\"\n\n[sweep.values]\ndayz = [1]\n"),
        ),
        (
            "no-list",
            format!("{change}\"$days\"\n\n[sweep.values]\ndays = 3\n"),
        ),
        (
            "wrong-value",
            format!("{change}\"$days\"\n\n[sweep.values]\ndays = [1, \"two\"]\n"),
        ),
        ("nothing", "[sweep]\nseed = 1\n".to_owned()),
        (
            "both",
            format!(
                "{change}\"$days\"\n\n[sweep]\ndraws = 2\n\n[sweep.values]\ndays = [1]\n\n\
                 [[sweep.draw]]\nkind = \"absence\"\n"
            ),
        ),
        (
            "draw",
            "[sweep]\ndraws = 2\n\n[[sweep.draw]]\nkind = \"flu\"\nshare = 2\n".to_owned(),
        ),
        (
            "draws",
            "[sweep]\ndraws = -2\n\n[[sweep.draw]]\nkind = \"absence\"\n".to_owned(),
        ),
        (
            "key",
            format!("{change}3\nwho = \"I1\"\n\n[swep]\ndraws = 1\n"),
        ),
    ] {
        let file = format!("{name}.toml");
        write(&file, &text);
        let bad = ["whatif", "dataset", &file, "--out", "asked", "--quiet"];
        let (_, errors) = said(place.path(), 2, &bad);
        insta::assert_snapshot!(format!("whatif-{name}"), errors);
        assert!(!place.path().join("asked").exists(), "{name}");
    }
    // A sweep is for whatif alone.
    let (_, errors) = said(
        place.path(),
        2,
        &["apply", "dataset", "grid.toml", "--out", "x"],
    );
    insta::assert_snapshot!("whatif-apply-sweep", errors);
    said(
        place.path(),
        0,
        &["apply", "dataset", "away.toml", "--out", "x"],
    );
}

/// Every scenario that is shipped can be asked of the demo year.
#[test]
fn shipped_scenarios_are_sound() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios");
    let readme = fs::read_to_string(Path::new(folder).join("README.md")).expect("a README");
    let files: BTreeMap<String, Vec<u8>> = muster::demo::files()
        .into_iter()
        .map(|(name, text)| (name, text.into_bytes()))
        .collect();
    let dataset = muster::check::read_from(&files)
        .dataset
        .expect("the demo year");
    let (mut shipped, mut sweeps) = (0, 0);
    for entry in fs::read_dir(folder).expect("scenarios").flatten() {
        let path = entry.path();
        if path.extension().is_none_or(|ending| ending != "toml") {
            continue;
        }
        let mut diagnostics = Diagnostics::default();
        let read = scenario::read(&path, &mut diagnostics);
        let read = read.unwrap_or_else(|| panic!("{}: {diagnostics:?}", path.display()));
        let cases = read.cases(&dataset, &mut diagnostics).expect("cases");
        for case in &cases {
            let changed = muster::change::apply(&files, &case.changes);
            let changed = changed.unwrap_or_else(|wrong| panic!("{}: {wrong:?}", case.id));
            // A draw may take somebody away who is pinned: that is told in the table.
            let is_drawn = matches!(read.sweep, Some(scenario::Sweep::Draws { .. }));
            let year = muster::check::read_from(&changed.files);
            let wrong = year.diagnostics.has_errors();
            assert!(!wrong || is_drawn, "{}: {:?}", case.id, year.diagnostics);
        }
        let name = format!("`{}.toml`", read.name);
        assert!(readme.contains(&name), "{name} is not in the README");
        assert!(read.question.is_some(), "{name} asks nothing");
        shipped += 1;
        sweeps += usize::from(read.sweep.is_some());
    }
    assert!(
        shipped >= 12 && sweeps >= 2,
        "{shipped} with {sweeps} sweeps"
    );
}

/// What has been kept long enough goes as a whole, and nothing that is not Muster's.
#[test]
fn a_what_if_is_purged_as_a_whole() {
    let place = place();
    ask(&place, "asked", &[]);
    let purge = ["purge", "asked", "--before", "2099-01-01", "--yes"];
    let note = place.path().join("asked/cases/away/notes.txt");
    fs::write(&note, "mine").expect("written");
    let (text, _) = said(place.path(), 0, &purge);
    assert!(text.contains("which Muster did not write"), "{text}");
    assert!(place.path().join("asked/whatif.json").exists());
    fs::remove_file(&note).expect("removed");
    said(place.path(), 0, &purge);
    assert!(!place.path().join("asked").exists());
}

/// The commands of the page, run on a small year.
#[test]
fn the_page_for_december_does_what_it_says() {
    let place = place();
    fs::rename(place.dataset(), place.path().join("2026-27")).expect("renamed");
    fs::write(place.path().join("lead-leaves.toml"), AWAY).expect("written");
    let page = include_str!("../docs/december.md");
    let mut ran = Vec::new();
    for line in page.lines().filter(|line| line.starts_with("muster ")) {
        let words: Vec<_> = line.split_whitespace().skip(1).collect();
        said(place.path(), 0, &words);
        ran.push(words[0]);
    }
    let expected = [
        "whatif", "verify", "explain", "suggest", "apply", "whatif", "whatif", "whatif", "merge",
    ];
    assert_eq!(ran, expected);
    let whole = tree(&place.path().join("asked"));
    assert!(tree(&place.path().join("together")) == whole);
}
