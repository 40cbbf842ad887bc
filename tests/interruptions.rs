//! Whatever ends a run, or keeps it from writing: the old result is whole or the new one is,
//! never a mixture, and nothing half-written stays.
//!
//! The quick run interrupts 10 times with each signal; `MUSTER_PROOF=full` 100 times.
#![cfg(unix)]

mod program;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use muster::input;
use muster::verify::verify;
use program::{Place, RESULT_FILES, contents, names, program, without_seconds};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

/// How often each signal is sent.
fn times() -> u64 {
    match std::env::var("MUSTER_PROOF") {
        Ok(wish) if wish == "full" => 100,
        _ => 10,
    }
}

/// A small year with a result of another seed, so that old and new can be told apart.
struct Year {
    place: Place,
    old: BTreeMap<String, Vec<u8>>,
    /// The files of an undisturbed new run, without their seconds, where that is known.
    new: Option<BTreeMap<String, Vec<u8>>>,
    /// How long a whole run takes.
    takes: Duration,
}

impl Year {
    fn new(seed: u64) -> Self {
        let place = Place::small(seed);
        let begun = Instant::now();
        place.allocate().assert().success();
        let takes = begun.elapsed();
        let new = Some(without_seconds(&place.result()));
        let old = ["--seed", "1", "--force"];
        place.allocate().args(old).assert().success();
        let old = contents(&place.result());
        Self {
            place,
            old,
            new,
            takes,
        }
    }

    /// A run over the old result, under way.
    fn run(&self) -> Child {
        Command::new(program())
            .current_dir(self.place.path())
            .args(["allocate", "dataset", "--out", "result", "--force"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts")
    }

    /// The same, as soon as it has its result's folder for itself.
    fn at_work(&self) -> Child {
        let child = self.run();
        let begun = Instant::now();
        while !self.lock().exists() {
            assert!(begun.elapsed() < Duration::from_secs(20), "no lock");
            sleep(Duration::from_millis(1));
        }
        // The file is made first, and locked a moment later.
        sleep(Duration::from_millis(300));
        child
    }

    /// What locks others out.
    fn lock(&self) -> PathBuf {
        self.place.path().join(".result.muster-lock")
    }

    /// What is at the result's place: the old result, or a new one that the checker accepts.
    fn is_whole(&self) -> Whole {
        let found = contents(&self.place.result());
        if found == self.old {
            return Whole::Old;
        }
        assert_eq!(names(&self.place.result()), RESULT_FILES);
        let dataset = input::read(&self.place.dataset()).dataset;
        let findings = verify(&dataset.expect("a dataset"), &self.place.result());
        assert_eq!(findings.expect("a result"), []);
        let summary: serde_json::Value = serde_json::from_slice(&found["summary.json"]).unwrap();
        assert_eq!(summary["seed"], 0, "a summary of the new run");
        if let (Some(new), Some(false)) = (&self.new, summary["interrupted"].as_bool()) {
            assert!(without_seconds(&self.place.result()) == *new);
        }
        Whole::New
    }

    /// Whether the result's files are being written, which is done in a folder aside.
    fn is_writing(&self) -> bool {
        let names = names(self.place.path());
        let ends = names
            .iter()
            .filter_map(|n| n.strip_prefix(".result.muster-"));
        ends.into_iter().any(|end| end.parse::<u32>().is_ok())
    }

    /// Whether nothing lies beside the dataset and the result.
    fn has_nothing_aside(&self) -> bool {
        names(self.place.path()) == ["dataset", "result"]
    }

    /// Brings the old result back for the next time.
    fn restore(&self) {
        let folder = self.place.result();
        fs::remove_dir_all(&folder).expect("it can be removed");
        fs::create_dir(&folder).expect("it can be made");
        for (name, bytes) in &self.old {
            fs::write(folder.join(name), bytes).expect("it can be written");
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Whole {
    Old,
    New,
}

/// Sends `signal` to a run. It may be over already, which is not told.
fn send(signal: &str, child: &Child) {
    let command = format!("kill -s {signal} {} 2>/dev/null", child.id());
    let _ = Command::new("sh").args(["-c", &command]).status();
}

/// Waits for the end of a run, at most a minute.
fn end(child: &mut Child) -> ExitStatus {
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait().expect("a child to wait for") {
            return status;
        }
        if begun.elapsed() > Duration::from_secs(60) {
            let _ = child.kill();
            panic!("the run did not end within a minute of the signal");
        }
        sleep(Duration::from_millis(2));
    }
}

/// A moment of a run: half of the time somewhere in it, half of the time in the moments in
/// which files are written, which is when a leftover or a folder aside can be seen.
fn wait_for_a_moment(dice: &mut ChaCha8Rng, year: &Year) {
    let begun = Instant::now();
    if dice.random_range(0..2) == 0 {
        let most = year.takes.as_micros() as u64 * 11 / 10;
        sleep(Duration::from_micros(dice.random_range(0..most)));
        return;
    }
    while !year.is_writing() && begun.elapsed() < 2 * year.takes {
        std::hint::spin_loop();
    }
    sleep(Duration::from_micros(dice.random_range(0..40_000)));
}

/// Interrupts runs with `signal` at random moments; `judge` has the status and what is there.
fn interrupted(signal: &str, judge: impl Fn(&Year, ExitStatus, Whole)) {
    let mut counts: BTreeMap<(Whole, Option<i32>), u32> = BTreeMap::new();
    let years = [1, 2, 3].map(Year::new);
    for time in 0..times() {
        let year = &years[time as usize % years.len()];
        let mut dice = ChaCha8Rng::seed_from_u64(time);
        let mut child = year.run();
        wait_for_a_moment(&mut dice, year);
        send(signal, &child);
        let status = end(&mut child);
        let whole = year.is_whole();
        judge(year, status, whole);
        *counts.entry((whole, status.code())).or_default() += 1;
        if whole == Whole::New {
            year.restore();
        }
    }
    println!("{signal}: what was there, exit code, and how often: {counts:?}");
}

/// A run that was asked to stop, kindly: the signal came before it was listened for, or the
/// run ended with a result, or without a plan.
fn ended_in_order(year: &Year, status: ExitStatus, whole: Whole) {
    assert!(year.has_nothing_aside(), "{:?}", names(year.place.path()));
    match (status.code(), status.signal()) {
        (Some(0 | 3), _) => assert_eq!(whole, Whole::New),
        (Some(4), _) | (None, Some(2 | 15)) => assert_eq!(whole, Whole::Old),
        other => panic!("{other:?}"),
    }
}

#[test]
fn interrupt_leaves_the_old_result_or_the_new_one() {
    interrupted("INT", ended_in_order);
}

#[test]
fn terminate_leaves_the_old_result_or_the_new_one() {
    interrupted("TERM", ended_in_order);
}

#[test]
fn kill_leaves_the_old_result_or_the_new_one_and_the_next_run_tidies_up() {
    interrupted("KILL", |year, _, _| {
        if !year.has_nothing_aside() {
            year.place.allocate().arg("--force").assert().success();
            assert!(year.has_nothing_aside(), "{:?}", names(year.place.path()));
            assert_eq!(year.is_whole(), Whole::New);
            year.restore();
        }
    });
}

#[test]
fn a_leftover_of_a_killed_run_goes_with_the_next() {
    let year = Year::new(1);
    let leftover = year.place.path().join(".result.muster-1");
    fs::create_dir(&leftover).unwrap();
    fs::write(leftover.join("days.csv"), "half").unwrap();
    year.place.allocate().arg("--force").assert().success();
    assert!(year.has_nothing_aside());
}

/// The demo year, which takes long enough for others to come in between, with a quick result.
fn long_year() -> Year {
    let place = Place::of(&muster::demo::Spec::demo());
    let args = ["--stop-after", "T1", "--time-limit", "0.001s"];
    place.allocate().args(args).assert().code(3);
    Year {
        old: contents(&place.result()),
        new: None,
        place,
        takes: Duration::from_secs(2),
    }
}

#[test]
fn a_second_run_into_the_same_folder_is_refused_at_once() {
    let year = long_year();
    let mut first = year.at_work();
    for _ in 0..3 {
        let mut second = year.place.allocate();
        let second = second.args(["--force", "--quiet"]).assert().code(4);
        let why = String::from_utf8_lossy(&second.get_output().stderr).into_owned();
        assert_eq!(
            why,
            "muster: another run of Muster is at work on result; wait until it has ended, or \
             choose another folder\n"
        );
        assert_eq!(contents(&year.place.result()), year.old);
    }
    let mut beside = Command::new(program());
    let beside = beside.current_dir(year.place.path());
    let beside = beside.args(["allocate", "dataset", "--out", "other"]);
    let beside = beside.args(["--time-limit", "0.1s"]).output();
    assert_eq!(beside.expect("the program starts").status.code(), Some(3));
    fs::remove_dir_all(year.place.path().join("other")).unwrap();
    send("INT", &first);
    assert_eq!(
        end(&mut first).code(),
        Some(3),
        "the first was not disturbed"
    );
    assert_eq!(year.is_whole(), Whole::New);
    assert!(year.has_nothing_aside(), "{:?}", names(year.place.path()));
}

#[test]
fn a_killed_run_locks_nobody_out() {
    let year = long_year();
    let mut first = year.at_work();
    send("KILL", &first);
    assert_eq!(end(&mut first).signal(), Some(9));
    assert!(year.lock().exists(), "it had no time to take it away");
    let again = ["--force", "--time-limit", "0.1s"];
    year.place.allocate().args(again).assert().code(3);
    assert!(year.has_nothing_aside(), "{:?}", names(year.place.path()));
}

#[test]
fn a_second_interrupt_ends_at_once_with_nothing_half_written() {
    let year = long_year();
    let mut codes: BTreeMap<Option<i32>, u64> = BTreeMap::new();
    for time in 0..times() {
        let mut dice = ChaCha8Rng::seed_from_u64(1_000 + time);
        let mut child = year.run();
        sleep(Duration::from_millis(dice.random_range(100..1_500)));
        send("INT", &child);
        sleep(Duration::from_millis(dice.random_range(0..10)));
        send("INT", &child);
        let begun = Instant::now();
        let status = end(&mut child);
        let whole = year.is_whole();
        if status.code() == Some(130) {
            assert!(begun.elapsed() < Duration::from_secs(2), "at once");
            assert!(year.has_nothing_aside(), "{:?}", names(year.place.path()));
        } else {
            // Both came as one, or the run was over before the second.
            ended_in_order(&year, status, whole);
        }
        if whole == Whole::New {
            year.restore();
        }
        *codes.entry(status.code()).or_default() += 1;
    }
    println!("exit codes, and how often: {codes:?}");
    let at_once = codes.get(&Some(130)).copied().unwrap_or_default();
    assert!(at_once * 2 >= times(), "{codes:?}");
}

#[test]
fn a_first_interrupt_of_a_whole_year_ends_soon_with_the_best_so_far() {
    let place = Place::of(&muster::demo::Spec::demo());
    let year = Year {
        old: BTreeMap::new(),
        new: None,
        place,
        takes: Duration::from_secs(1),
    };
    let mut child = year.run();
    sleep(Duration::from_secs(1));
    send("INT", &child);
    let begun = Instant::now();
    let status = end(&mut child);
    println!("it ended {:.1?} after the signal", begun.elapsed());
    assert_eq!(status.code(), Some(3));
    assert!(begun.elapsed() < Duration::from_secs(20));
    assert_eq!(year.is_whole(), Whole::New);
    assert!(year.has_nothing_aside());
}

/// The standard error of a run that must end with 4 and leave `result` as it was.
fn refused(year: &Year, command: &mut Command, result: &Path) -> String {
    let before = result.is_dir().then(|| contents(result));
    let beside = result.parent().map(names);
    let output = command.output().expect("the program starts");
    let why = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(4), "{why}");
    assert!(why.contains("muster: can't write"), "{why}");
    assert!(why.contains("what was there is unchanged"), "{why}");
    assert_eq!(result.is_dir().then(|| contents(result)), before);
    assert_eq!(result.parent().map(names), beside);
    assert!(
        names(year.place.path())
            .iter()
            .all(|name| !name.starts_with('.'))
    );
    why
}

/// `muster allocate` of the year into `result`, by force.
fn allocate_into(year: &Year, result: &Path) -> Command {
    let mut command = Command::new(program());
    command
        .current_dir(year.place.path())
        .args(["allocate", "dataset", "--quiet", "--force", "--out"])
        .arg(result)
        .stdout(Stdio::null());
    command
}

/// A file system of its own under a folder, as long as this lives.
struct Mounted<'a>(&'a Path);

impl<'a> Mounted<'a> {
    /// Nothing where this system or this user can't mount, which is said.
    fn new(folder: &'a Path, options: &str) -> Option<Self> {
        fs::create_dir_all(folder).expect("a folder to mount on");
        let mount = Command::new("mount")
            .args(["-t", "tmpfs", "-o", options, "tmpfs"])
            .arg(folder)
            .stderr(Stdio::null())
            .status();
        if mount.is_ok_and(|status| status.success()) {
            return Some(Self(folder));
        }
        println!("skipped: nothing can be mounted here");
        None
    }

    fn make_read_only(&self) {
        let status = Command::new("mount")
            .args(["-o", "remount,ro"])
            .arg(self.0)
            .status();
        assert!(status.expect("mount").success());
    }
}

impl Drop for Mounted<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0).status();
    }
}

#[test]
fn a_full_disk_leaves_what_was_there() {
    let year = Year::new(2);
    let disk = year.place.path().join("disk");
    // As many pages as one result takes with its folder, and one more.
    let Some(_mounted) = Mounted::new(&disk, "size=36k,mode=755") else {
        return;
    };
    let result = disk.join("result");
    let first = allocate_into(&year, &result).arg("--seed=1").status();
    assert!(first.expect("the program starts").success());
    let why = refused(&year, &mut allocate_into(&year, &result), &result);
    assert!(why.contains("No space left"), "{why}");
}

#[test]
fn files_that_may_not_grow_so_long_leave_what_was_there() {
    let year = Year::new(2);
    let result = year.place.result();
    // A limit of 512 bytes a file; its signal is ignored, so that writing itself fails.
    let mut command = Command::new("sh");
    command
        .current_dir(year.place.path())
        .args([
            "-c",
            "trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\"",
            program(),
        ])
        .args([
            "allocate", "dataset", "--quiet", "--force", "--out", "result",
        ]);
    let why = refused(&year, &mut command, &result);
    assert!(why.contains("File too large"), "{why}");
}

#[test]
fn a_read_only_place_leaves_what_was_there() {
    let year = Year::new(1);
    let disk = year.place.path().join("disk");
    let Some(mounted) = Mounted::new(&disk, "size=1m,mode=755") else {
        return;
    };
    let result = disk.join("result");
    let first = allocate_into(&year, &result).status();
    assert!(first.expect("the program starts").success());
    mounted.make_read_only();
    let why = refused(&year, &mut allocate_into(&year, &result), &result);
    assert!(why.contains("Read-only file system"), "{why}");
    let new = disk.join("another");
    refused(&year, &mut allocate_into(&year, &new), &new);
    // It is noticed before anything is read, let alone solved.
    fs::remove_dir_all(year.place.dataset()).unwrap();
    refused(&year, &mut allocate_into(&year, &result), &result);
    refused(&year, &mut allocate_into(&year, &new), &new);
    let deep = disk.join("above/it/result");
    let why = refused_unseen(&mut allocate_into(&year, &deep));
    assert!(why.contains("Read-only file system"), "{why}");
}

/// The standard error of a run that must end with 4.
fn refused_unseen(command: &mut Command) -> String {
    let output = command.output().expect("the program starts");
    let why = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(4), "{why}");
    why
}

#[test]
fn what_cannot_be_written_is_refused_before_the_dataset_is_read() {
    let year = Year::new(1);
    let file = year.place.path().join("file");
    fs::write(&file, "mine").unwrap();
    fs::remove_dir_all(year.place.dataset()).unwrap();
    let beside = names(year.place.path());
    for folder in [&file, &file.join("result"), &file.join("above/result")] {
        let why = refused_unseen(&mut allocate_into(&year, folder));
        assert!(why.contains("can't write"), "{why}");
    }
    let mut again = Command::new(program());
    let again = again.current_dir(year.place.path());
    let why = refused_unseen(again.args(["allocate", "dataset", "--out", "result"]));
    assert!(why.contains("exists already"), "{why}");
    assert_eq!(contents(&year.place.result()), year.old);
    // Where nothing is in the way, the dataset is what is missing; nothing is made for it.
    let mut deep = allocate_into(&year, &year.place.path().join("above/it/result"));
    assert_eq!(deep.output().unwrap().status.code(), Some(2));
    assert_eq!(names(year.place.path()), beside);
}

#[test]
fn a_place_where_no_folder_can_be_is_refused() {
    let year = Year::new(1);
    let file = year.place.path().join("file");
    fs::write(&file, "mine").unwrap();
    refused(&year, &mut allocate_into(&year, &file), &file);
    let under = file.join("result");
    let output = allocate_into(&year, &under).output().unwrap();
    assert_eq!(output.status.code(), Some(4));
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
}

#[test]
fn what_an_undisturbed_run_leaves_is_the_new_result() {
    let year = Year::new(1);
    assert!(end(&mut year.run()).success());
    assert_eq!(year.is_whole(), Whole::New);
}
