//! What the documentation says is there: links, commands, options, files, columns, keys, codes,
//! functions, dependencies between modules. Words go stale unless something holds them.

mod small_year;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use clap::{CommandFactory as _, Parser as _};
use muster::allocate::{Options, Unobserved, allocate};
use muster::cli::Arguments;
use muster::diagnostics::codes;
use muster::eligibility::Eligibility;
use muster::explain::shortfalls;
use muster::format::FILES;
use muster::model::objectives::Tier;
use muster::report;
use muster::solve::Stop;
use muster::template;

/// Pages for schedulers, whose every name is one of the files, the program or the result.
const PAGES: [&str; 17] = [
    "README.md",
    "scenarios/README.md",
    "docs/amend.md",
    "docs/cadre.md",
    "docs/december.md",
    "docs/guide.md",
    "docs/hmip.md",
    "docs/concepts.md",
    "docs/confirm.md",
    "docs/escalate.md",
    "docs/explain.md",
    "docs/fragile.md",
    "docs/proposals.md",
    "docs/records.md",
    "docs/remedies.md",
    "docs/rules.md",
    "docs/stand-in.md",
];

/// Every page that is written by hand.
const ALL: [&str; 22] = [
    "README.md",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "data/SOURCES.md",
    "docs/amend.md",
    "docs/cadre.md",
    "docs/december.md",
    "docs/concepts.md",
    "docs/confirm.md",
    "docs/escalate.md",
    "docs/diagnostics.md",
    "docs/explain.md",
    "docs/fragile.md",
    "docs/guide.md",
    "docs/hmip.md",
    "docs/performance.md",
    "docs/proposals.md",
    "docs/records.md",
    "docs/remedies.md",
    "docs/rules.md",
    "docs/stand-in.md",
    "scenarios/README.md",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(name: impl AsRef<Path>) -> String {
    let path = root().join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What stands between single backticks, outside of code blocks.
fn quoted(page: &str) -> Vec<String> {
    let text = prose(page).join("\n");
    let parts = text.split('`').skip(1).step_by(2);
    parts.map(str::to_owned).collect()
}

fn prose(page: &str) -> Vec<&str> {
    blocks(page, false)
}

fn code(page: &str) -> Vec<&str> {
    blocks(page, true)
}

/// The lines inside of code blocks, or those outside.
fn blocks(page: &str, inside: bool) -> Vec<&str> {
    let mut in_block = false;
    let mut lines = Vec::new();
    for line in page.lines() {
        if line.starts_with("```") {
            in_block = !in_block;
        } else if in_block == inside {
            lines.push(line);
        }
    }
    lines
}

/// Every file below `folder` with the given ending.
fn files_below(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_below(&path, ending));
        } else if path.extension().is_some_and(|is| is == ending) {
            found.push(path);
        }
    }
    found
}

/// The address that a heading has, as GitHub makes it.
fn anchor(heading: &str) -> String {
    let kept = heading.trim_start_matches('#').trim().to_lowercase();
    kept.chars()
        .filter(|c| c.is_alphanumeric() || " -_".contains(*c))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

#[test]
fn links_lead_somewhere() {
    for name in ALL {
        let page = read(name);
        let folder = root().join(name).parent().unwrap().to_owned();
        for link in page.split("](").skip(1) {
            let link = link.split(')').next().unwrap();
            if link.starts_with("https://") {
                continue;
            }
            let (file, heading) = link.split_once('#').unwrap_or((link, ""));
            let target = match file {
                "" => root().join(name),
                file => folder.join(file),
            };
            assert!(target.exists(), "{name}: {link}");
            if !heading.is_empty() {
                let text = fs::read_to_string(&target).unwrap();
                let mut headings = prose(&text)
                    .into_iter()
                    .filter(|line| line.starts_with('#'));
                assert!(
                    headings.any(|line| anchor(line) == heading),
                    "{name}: {link}"
                );
            }
        }
    }
}

/// `muster …` as it stands in a code block or between backticks.
fn commands(page: &str) -> Vec<String> {
    let in_blocks = code(page).into_iter().map(|line| {
        let line = line.trim_start_matches("$ ");
        line.split('#').next().unwrap().trim().to_owned()
    });
    let all = in_blocks.chain(quoted(page));
    all.filter(|line| line.starts_with("muster ")).collect()
}

#[test]
fn commands_are_understood() {
    let mut shown = 0;
    for name in PAGES {
        for line in commands(&read(name)) {
            let words = line.split_whitespace();
            // A command that is only named lacks what it needs: its name is enough then.
            let bare = line.split_whitespace().count() == 2;
            let arguments = Arguments::command();
            let known = line
                .split_whitespace()
                .nth(1)
                .is_some_and(|word| word == "help" || arguments.find_subcommand(word).is_some());
            assert!(known, "{name}: {line}");
            let help = line.starts_with("muster help ");
            if let (false, false, Err(error)) = (bare, help, Arguments::try_parse_from(words)) {
                panic!("{name}: {line}: {error}");
            }
            shown += 1;
        }
    }
    assert!(shown > 15, "only {shown} commands were found");
    let first = read("docs/terminal.txt");
    let run = first.lines().next().unwrap().trim_start_matches("$ ");
    Arguments::try_parse_from(run.split_whitespace()).expect("the picture's command");
}

#[test]
fn options_exist() {
    let command = Arguments::command();
    let options: BTreeSet<String> = command
        .get_subcommands()
        .flat_map(|sub| sub.get_arguments())
        .filter_map(|argument| argument.get_long())
        .map(|long| format!("--{long}"))
        .collect();
    for name in PAGES {
        let ours = |text: &String| !text.starts_with("cargo ");
        for text in quoted(&read(name)).into_iter().filter(ours) {
            for word in text.split([' ', '=']).filter(|word| word.starts_with("--")) {
                assert!(options.contains(word), "{name}: {word}");
            }
        }
    }
}

/// A result of the library's own, of a year with four inspections.
fn result() -> (Vec<(String, Vec<u8>)>, String) {
    let loaded = muster::input::read_from(&small_year::small_year());
    let dataset = loaded.dataset.expect("a sound year");
    let eligibility = Eligibility::new(&dataset);
    let (options, stop) = (Options::default(), Stop::never());
    let allocation = allocate(&eligibility, &options, &stop, &mut Unobserved).unwrap();
    let shortfalls = shortfalls(&eligibility, &allocation.selection, 0, &stop).unwrap();
    let run = report::Run {
        eligibility: &eligibility,
        allocation: &allocation,
        shortfalls: &shortfalls,
        options: &options,
    };
    (report::files(&run), report::terminal(&run))
}

fn header(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let first = text.lines().next().unwrap_or_default();
    first.split(',').map(str::to_owned).collect()
}

/// Sections and keys of `policy.toml`.
fn policy_names() -> BTreeSet<String> {
    let policy: toml::Table = template::POLICY.parse().unwrap();
    let mut names = BTreeSet::new();
    let mut open: Vec<(String, toml::Table)> = vec![(String::new(), policy)];
    while let Some((path, table)) = open.pop() {
        for (key, value) in table {
            let full = format!("{path}{key}");
            if let toml::Value::Table(inner) = value {
                names.insert(format!("[{full}]"));
                open.push((format!("{full}."), inner));
            }
            names.insert(key);
        }
    }
    names
}

#[test]
fn files_columns_and_keys_exist() {
    let (files, _) = result();
    let mut names = policy_names();
    names.extend(files.iter().map(|(name, _)| name.clone()));
    names.extend(muster::replan::names().into_iter().map(str::to_owned));
    names.extend(files.iter().flat_map(|(_, bytes)| header(bytes)));
    for file in FILES {
        names.insert(file.name.to_owned());
        names.extend(file.columns.iter().map(|column| column.name.to_owned()));
    }
    names.extend(
        [
            "policy.toml",
            "README.txt",
            "applied.json",
            "whatif.json",
            "pack.json",
            "remedies.json",
        ]
        .map(str::to_owned),
    );
    // What change files have beside columns and keys of the policy.
    names.extend(
        [
            "[[change]]",
            "new_from",
            "[sweep.values]",
            "whatif.csv",
            "whatif.md",
        ]
        .map(str::to_owned),
    );
    // The scenarios that are shipped.
    names.extend(
        files_below(&root().join("scenarios"), "toml")
            .iter()
            .map(|path| {
                let name = path.file_name().expect("a file's name");
                name.to_string_lossy().into_owned()
            }),
    );
    let is_name = |word: &str| {
        let ending = |end| word.ends_with(end) && !word.contains('/');
        [".csv", ".toml", ".txt", ".json"].into_iter().any(ending)
            || word.starts_with('[') && !word.contains('…')
            || word.contains('_') && word.chars().all(|c| c.is_ascii_lowercase() || c == '_')
    };
    for page in PAGES {
        for word in quoted(&read(page)) {
            assert!(!is_name(&word) || names.contains(&word), "{page}: {word}");
        }
    }
}

#[test]
fn the_guide_names_every_file_and_column_of_a_result_and_every_file_of_a_dataset() {
    let named: BTreeSet<String> = quoted(&read("docs/guide.md")).into_iter().collect();
    let readme: BTreeSet<String> = quoted(&read("README.md")).into_iter().collect();
    for (name, bytes) in result().0 {
        assert!(named.contains(&name) && readme.contains(&name), "{name}");
        if name.ends_with(".csv") {
            for column in header(&bytes) {
                assert!(named.contains(&column), "{name}: {column}");
            }
        }
    }
    for file in FILES {
        assert!(named.contains(file.name), "{}", file.name);
    }
}

#[test]
fn codes_exist() {
    for name in ALL {
        let page = read(name);
        let words = page.split(|c: char| !c.is_ascii_alphanumeric());
        let is_code = |word: &&str| {
            word.len() == 5
                && word.starts_with('M')
                && word[1..].bytes().all(|b| b.is_ascii_digit())
        };
        for code in words.filter(is_code) {
            assert!(codes::find(code).is_some(), "{name}: {code}");
        }
    }
}

#[test]
fn every_exit_code_is_documented() {
    let help = Arguments::command().render_help().to_string();
    let (_, listed) = help
        .split_once("Exit codes:\n")
        .expect("the help lists them");
    let codes = listed
        .lines()
        .filter_map(|line| line.split_whitespace().next());
    let codes: Vec<_> = codes.filter(|word| word.parse::<u8>().is_ok()).collect();
    assert_eq!(codes.len(), 7, "{codes:?}");
    for page in ["README.md", "docs/guide.md"] {
        let text = read(page);
        for code in &codes {
            assert!(text.contains(&format!("\n| {code} | ")), "{page}: {code}");
        }
    }
}

/// With every number as `#`: what is the same from run to run.
fn shape(line: &str) -> String {
    let mut shape = String::new();
    for c in line.chars() {
        match c {
            '0'..='9' | ',' | '.' if shape.ends_with('#') => {}
            '0'..='9' => shape.push('#'),
            c => shape.push(c),
        }
    }
    shape
}

/// The picture at the top of the README is one of this program's: its labels, in its order.
#[test]
fn the_picture_is_what_a_terminal_shows() {
    let text = read("docs/terminal.txt");
    let mut lines = text.lines().skip(1).peekable();
    let warnings = lines.next().unwrap();
    assert!(shape(warnings).contains("things are odd in the dataset; muster check"));
    for tier in Tier::ANNUAL {
        let line = lines.next().unwrap();
        let label = format!("{} {:<32}", tier.name(), tier.title());
        assert!(line.starts_with(&label), "{line}");
        assert!(line.ends_with(" s"), "{line}");
    }
    let (_, real) = result();
    let label = |line: &str| line.split("  ").next().unwrap_or_default().to_owned();
    let mut expected: Vec<_> = real.lines().map(label).filter(|l| !l.is_empty()).collect();
    expected.push("Result".to_owned());
    let shown: Vec<_> = lines.map(label).filter(|l| !l.is_empty()).collect();
    let mut without_stop = shown.clone();
    without_stop.retain(|label| label != "Stopped");
    assert_eq!(without_stop, expected);
    for start in ["Attended", "Filled", "Cost"] {
        let of = |text: &str| {
            let line = text.lines().find(|line| line.starts_with(start)).unwrap();
            shape(line.split('(').next().unwrap())
        };
        assert_eq!(of(&text), of(&real));
    }
}

#[test]
fn the_drawing_holds_the_text() {
    let picture = read("docs/terminal.svg").replace("\u{a0}", " ");
    let drawn: Vec<String> = picture
        .lines()
        .filter(|line| line.starts_with("<text "))
        .map(|line| line.split('>').skip(1).collect::<Vec<_>>().join(">"))
        .map(|line| line.replace("</text>", "").replace("</tspan>", ""))
        .map(|line| line.replace("<tspan class=\"label\">", ""))
        .map(|line| {
            line.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&")
        })
        .collect();
    assert_eq!(drawn, read("docs/terminal.txt").lines().collect::<Vec<_>>());
}

/// The cells of a table's row.
fn cells(line: &str) -> Vec<&str> {
    line.trim_matches('|').split(" | ").map(str::trim).collect()
}

fn architecture_rows(page: &str, first: impl Fn(&str) -> bool) -> Vec<Vec<&str>> {
    let rows = page.lines().filter(|line| line.starts_with("| "));
    rows.map(cells).filter(|row| first(row[0])).collect()
}

#[test]
fn architecture_names_every_rule_and_tier_and_files_and_functions_that_exist() {
    let page = read("ARCHITECTURE.md");
    let numbered = |letter: char, cell: &str| {
        let word = cell.trim_matches('*').split(' ').next().unwrap_or_default();
        let number = word.strip_prefix(letter)?;
        number.parse::<u32>().ok()
    };
    for (letter, last) in [('H', 17), ('T', 8)] {
        let rows = architecture_rows(&page, |cell| numbered(letter, cell).is_some());
        let numbers: Vec<_> = rows
            .iter()
            .map(|row| numbered(letter, row[0]).unwrap())
            .collect();
        assert_eq!(numbers, (1..=last).collect::<Vec<_>>());
    }
    let sources: Vec<_> = ["src", "tests"]
        .iter()
        .flat_map(|folder| files_below(&root().join(folder), "rs"))
        .collect();
    let code: String = sources
        .iter()
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    for word in quoted(&page) {
        if word.ends_with(".rs") {
            let exists = sources.iter().any(|path| path.ends_with(&word));
            assert!(exists, "{word}");
        } else if word.chars().all(|c| c.is_ascii_lowercase() || c == '_') && word.contains('_') {
            let is_function = code.contains(&format!("fn {word}("));
            let is_other = muster_modules().contains(&word)
                || read("Cargo.toml").contains(&format!("\n{word} = "))
                || ["user_interrupt"].contains(&word.as_str());
            assert!(is_function || is_other, "{word}");
        }
    }
    for folder in [
        "src/eligibility/rules",
        "src/model/constraints",
        "src/model/objectives",
        "src/verify/rules",
        "src/verify/tiers",
    ] {
        for file in files_below(&root().join(folder), "rs") {
            let name = file.file_name().unwrap().to_string_lossy();
            assert!(
                name == "mod.rs" || page.contains(&format!("`{name}`")),
                "{name}"
            );
        }
    }
}

/// What a module may depend on, by its row, is all that its code names.
#[test]
fn modules_depend_on_what_architecture_allows() {
    let page = read("ARCHITECTURE.md");
    let rows = architecture_rows(&page, |cell| cell.starts_with("[`"));
    assert_eq!(rows.len(), muster_modules().len());
    for row in rows {
        let module = row[0].split('`').nth(1).unwrap();
        assert!(muster_modules().contains(module), "{module}");
        let allowed: BTreeSet<&str> = row[2].split('`').skip(1).step_by(2).collect();
        for path in files_below(&root().join("src").join(module), "rs") {
            let text = fs::read_to_string(&path).unwrap();
            // Tests beside the code may use whatever serves them.
            if path.ends_with("test_support.rs") {
                let parent = fs::read_to_string(path.with_file_name("mod.rs")).unwrap();
                let mut above = parent.lines().zip(parent.lines().skip(1));
                let is_for_tests = above.any(|(above, line)| {
                    above == "#[cfg(test)]" && line.ends_with("mod test_support;")
                });
                assert!(is_for_tests, "{}", path.display());
                continue;
            }
            let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
            for line in code.lines() {
                let line = line.split("//").next().unwrap();
                for used in line.split("crate::").skip(1) {
                    let used = used
                        .split(|c: char| !c.is_alphanumeric() && c != '_')
                        .next()
                        .unwrap();
                    let fine = used == module || allowed.contains(used) || module == "cli";
                    let is_module = muster_modules().contains(used);
                    assert!(fine || !is_module, "{}: {used}", path.display());
                }
            }
        }
    }
}

fn muster_modules() -> BTreeSet<String> {
    let library = read("src/lib.rs");
    let modules = library
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod "));
    modules
        .map(|name| name.trim_end_matches(';').to_owned())
        .collect()
}

#[test]
fn every_dependency_has_its_reason() {
    let manifest: toml::Table = read("Cargo.toml").parse().unwrap();
    let page = read("ARCHITECTURE.md");
    let mut tables = vec![&manifest["dependencies"], &manifest["dev-dependencies"]];
    let targets = manifest["target"].as_table().unwrap();
    tables.extend(targets.values().map(|target| &target["dependencies"]));
    for name in tables
        .into_iter()
        .flat_map(|table| table.as_table().unwrap().keys())
    {
        let named = page
            .lines()
            .any(|line| line.starts_with("| `") && cells(line)[0].contains(&format!("`{name}`")));
        assert!(named, "{name}");
    }
}
