//! The attacker is tested: on packs whose answer is known by hand, and on packs of drawn years
//! that say too much (nothing merged, a group split, a figure more).

use std::collections::BTreeSet;

use muster::eligibility::Eligibility;
use muster::pack::moj::{Shown, Year};
use rayon::prelude::*;

use super::attacker::{Baffled, Finding, attack, attack_all};
use super::formulation::Crossed;
use super::given;
use super::knowledge::{Knowledge, Practice, Review, Site};
use super::reading::{Pack, Row};
use super::support::share::share_of;
use super::truth::Truth;
use super::years::{Drawn, GROUPS, is_allocated};

/// Sites of a region and type, named by both and a number.
fn sites(region: &str, site_type: &str, count: usize) -> Vec<Site> {
    let site = |number| Site {
        id: format!("{region} {site_type} {number}"),
        region: region.to_owned(),
        site_type: site_type.to_owned(),
        review: None,
    };
    (0..count).map(site).collect()
}

fn knowledge(sites: Vec<Vec<Site>>) -> Knowledge {
    Knowledge {
        sites: sites.concat(),
        practice: Practice {
            lead_off_site_full: 7,
            lead_off_site_irp: 4,
            team_off_site: 1,
            lead_fee: 53_500,
            team_fee: 33_500,
        },
        min_candidates: 10,
        max_share: 3_400,
    }
}

/// The figures of a shortfall as `shortfall.csv` has them.
const ONE_POST: &str = "1,1,5,1675.00";
const ONE_POST_OF_A_LONGER_WEEK: &str = "1,1,6,2010.00";
/// A lead's eleven days and five times five of the team: an inspection of six.
const WHOLE_TEAM_OF_SIX: &str = "1,6,36,14260.00";
const BOTH: &str = "2,7,41,15935.00";
const NOTHING: &str = "0,0,0,0.00";

/// A pack by hand: the total, and of each table the groups, named by their members.
fn pack(total: &str, groups: &[(&str, &str, &str)]) -> Pack {
    let mut shortfall = "table,group,inspections,posts,inspector_days,cost,marking\n".to_owned();
    let mut members = "table,group,member,marking\n".to_owned();
    shortfall.push_str(&format!("total,all,{total},X\n"));
    let whole = [
        ("quarter", "q1 + q2 + q3 + q4"),
        ("region", "North + South"),
        ("type", "reception + training"),
        (
            "cause",
            "clearance + different-week + resourcing + site-capacity",
        ),
        ("role", "lead + team"),
    ];
    let rest = whole
        .iter()
        .filter(|(table, _)| groups.iter().all(|(shown, _, _)| shown != table))
        .map(|(table, group)| (*table, *group, total));
    for (table, group, figures) in groups.iter().copied().chain(rest) {
        shortfall.push_str(&format!("{table},{group},{figures},X\n"));
        for member in group.split(" + ") {
            members.push_str(&format!("{table},{group},{member},X\n"));
        }
    }
    Pack::read(&shortfall, &members)
}

fn certain(ids: &[&str]) -> Result<Finding, Baffled> {
    Ok(Finding {
        certain: ids.iter().map(|id| (*id).to_owned()).collect(),
        open: BTreeSet::new(),
    })
}

#[test]
fn a_type_with_one_site_gives_it_away() {
    let known = knowledge(vec![
        sites("North", "training", 11),
        sites("South", "reception", 1),
    ]);
    let alone = pack(
        ONE_POST,
        &[
            ("type", "reception", ONE_POST),
            ("type", "training", NOTHING),
        ],
    );
    let merged = pack(ONE_POST, &[]);
    assert_eq!(
        attack_all(&known, &[alone]),
        certain(&["South reception 0"])
    );
    assert_eq!(attack_all(&known, &[merged]), certain(&[]));
    // Only there can a team be of six.
    let six = pack(WHOLE_TEAM_OF_SIX, &[]);
    assert_eq!(attack_all(&known, &[six]), certain(&["South reception 0"]));
    // Where two sites have such teams, neither is certain.
    let two = knowledge(vec![
        sites("North", "training", 11),
        sites("South", "reception", 2),
    ]);
    let six = pack(WHOLE_TEAM_OF_SIX, &[]);
    assert_eq!(attack_all(&two, &[six]), certain(&[]));
}

#[test]
fn as_many_as_there_are_sites_gives_all_away() {
    let known = knowledge(vec![
        sites("North", "training", 9),
        sites("South", "reception", 3),
    ]);
    let with = |posts: &str| {
        pack(
            posts,
            &[("type", "reception", posts), ("type", "training", NOTHING)],
        )
    };
    // Six inspections of a post each: a full one and a review at every site.
    let all = ["0", "1", "2"].map(|at| format!("South reception {at}"));
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    assert_eq!(attack_all(&known, &[with("6,6,27,9045.00")]), certain(&all));
    // Four with days of full inspections alone are more than the sites can have.
    assert_eq!(
        attack_all(&known, &[with("4,4,24,8040.00")]),
        Err(Baffled::Impossible)
    );
    // Two can leave out any one.
    assert_eq!(attack_all(&known, &[with("2,2,10,3350.00")]), certain(&[]));
}

/// Sites of which region and type together single out one, and neither alone does.
fn a_reception_prison_alone_in_the_north() -> Knowledge {
    knowledge(vec![
        sites("North", "training", 10),
        sites("North", "reception", 1),
        sites("South", "reception", 10),
    ])
}

#[test]
fn what_stands_from_one_pack_to_the_next_gives_it_away() {
    let known = a_reception_prison_alone_in_the_north();
    let first = pack(
        ONE_POST,
        &[("region", "North", ONE_POST), ("region", "South", NOTHING)],
    );
    let second = |figures| {
        pack(
            figures,
            &[
                ("type", "reception", figures),
                ("type", "training", NOTHING),
            ],
        )
    };
    let same = second(ONE_POST);
    for alone in [&first, &same] {
        assert_eq!(attack(&known, &[alone], None), certain(&[]));
    }
    let there = certain(&["North reception 0"]);
    assert_eq!(attack_all(&known, &[first.clone(), same.clone()]), there);
    let between = pack(ONE_POST, &[]);
    assert_eq!(attack_all(&known, &[first.clone(), between, same]), there);
    // Where the figures force it to end, what is new can be elsewhere.
    let other = second(ONE_POST_OF_A_LONGER_WEEK);
    assert_eq!(attack_all(&known, &[first, other]), certain(&[]));
}

#[test]
fn an_announced_review_is_known() {
    let mut known = knowledge(vec![
        sites("North", "training", 10),
        sites("South", "reception", 10),
    ]);
    known.sites[3].review = Some(Review {
        quarter: 1,
        days: 2,
    });
    // A lead's two days on site and four off are those of that review alone.
    let lead = "1,1,6,3210.00";
    let there = certain(&["North training 3"]);
    assert_eq!(attack_all(&known, &[pack(lead, &[])]), there);
    let elsewhen = pack(
        lead,
        &[
            ("quarter", "q1", lead),
            ("quarter", "q2 + q3 + q4", NOTHING),
        ],
    );
    assert_eq!(attack_all(&known, &[elsewhen]), Err(Baffled::Impossible));
    known.sites[3].review = None;
    assert_eq!(
        attack_all(&known, &[pack(lead, &[])]),
        Err(Baffled::Impossible)
    );
}

#[test]
fn a_crossed_figure_gives_it_away() {
    let known = a_reception_prison_alone_in_the_north();
    let shown = pack(
        BOTH,
        &[
            ("quarter", "q1", WHOLE_TEAM_OF_SIX),
            ("quarter", "q2 + q3 + q4", ONE_POST),
        ],
    );
    let crossed = |types: &[&str], quarter: &str, inspections, posts, days, pence| Crossed {
        regions: ["North".to_owned()].into(),
        types: types.iter().map(|name| (*name).to_owned()).collect(),
        quarters: [quarter.to_owned()].into(),
        row: Row {
            inspections,
            posts,
            days,
            pence,
        },
    };
    let all = ["reception", "training"];
    assert_eq!(attack(&known, &[&shown], None), certain(&[]));
    let there = crossed(&all, "q1", 1, 6, 36, 1_426_000);
    assert_eq!(
        attack(&known, &[&shown], Some(&there)),
        certain(&["North reception 0"])
    );
    let not_there = crossed(&all, "q1", 0, 0, 0, 0);
    assert_eq!(attack(&known, &[&shown], Some(&not_there)), certain(&[]));
    let other = crossed(&["training"], "q1", 1, 6, 36, 1_426_000);
    assert_eq!(
        attack(&known, &[&shown], Some(&other)),
        Err(Baffled::Impossible)
    );
}

/// How many packs that say too much were tried and caught, and why.
#[derive(Default, Debug)]
struct Caught {
    tried: usize,
    by_groups: usize,
    by_certainty: usize,
    not: Vec<String>,
}

impl Caught {
    fn add(mut self, mut other: Self) -> Self {
        self.tried += other.tried;
        self.by_groups += other.by_groups;
        self.by_certainty += other.by_certainty;
        self.not.append(&mut other.not);
        self
    }

    fn pack(&mut self, place: &str, truth: &Truth, knowledge: &Knowledge, packs: &[Pack]) {
        self.tried += 1;
        let pack = packs.last().expect("the pack");
        assert_eq!(truth.lies(pack), Vec::<String>::new(), "{place}");
        if !truth.broken_groups(pack, knowledge).is_empty() {
            self.by_groups += 1;
            return;
        }
        match attack_all(knowledge, packs) {
            Ok(finding) if !finding.certain.is_empty() => self.by_certainty += 1,
            other => self.not.push(format!("{place}: {other:?}")),
        }
    }
}

/// Drawn years that get a pack: seed, what is known, the truth, the pack's year and the pack.
fn with_packs(
    seeds: u64,
    look: impl Fn(u64, &Knowledge, &Truth, &Year, Shown) -> Caught + Sync,
) -> Caught {
    let year = |seed: u64| {
        let drawn = Drawn::of(seed);
        let eligibility = Eligibility::new(&drawn.dataset);
        let shortfalls = drawn.shortfalls(&eligibility);
        let knowledge = Knowledge::of(&drawn.dataset);
        let truth = Truth::of(&drawn, &knowledge);
        let year = Year::new(&eligibility, &shortfalls, &[]);
        match year.finest() {
            Ok((shown, _)) => look(seed, &knowledge, &truth, &year, shown),
            Err(_) => Caught::default(),
        }
    };
    let seeds = drawn_seeds(seeds).into_par_iter();
    seeds.map(year).reduce(Caught::default, Caught::add)
}

/// Seeds whose shortfalls are drawn, none of them of the years that are attacked otherwise.
fn drawn_seeds(count: u64) -> Vec<u64> {
    let seeds = (10_000..).filter(|seed| !is_allocated(*seed));
    seeds.take(count as usize).collect()
}

#[test]
fn packs_with_nothing_merged_are_caught() {
    let caught = with_packs(share_of(300), |seed, knowledge, truth, year, _| {
        let mut caught = Caught::default();
        let packs = [given(&year.unmerged())];
        // Small groups are caught whatever is in them: the question is who is certain.
        caught.tried += 1;
        match attack_all(knowledge, &packs) {
            Ok(finding) if !finding.certain.is_empty() => caught.by_certainty += 1,
            Ok(_) => {}
            Err(baffled) => caught.not.push(format!("seed {seed}: {baffled:?}")),
        }
        caught.by_groups += usize::from(!truth.broken_groups(&packs[0], knowledge).is_empty());
        caught
    });
    println!("nothing merged: {caught:?}");
    assert!(caught.not.is_empty(), "{:#?}", caught.not);
    assert!(caught.by_certainty * 4 > caught.tried && caught.by_groups * 2 > caught.tried);
}

#[test]
fn packs_with_a_group_split_are_caught() {
    let caught = with_packs(share_of(200), |seed, knowledge, truth, year, shown| {
        let mut caught = Caught::default();
        for (finer, holds) in year.merges_undone(&shown).expect("solved") {
            assert!(!holds, "seed {seed}: it could be finer");
            let place = format!("seed {seed}");
            caught.pack(&place, truth, knowledge, &[given(&finer)]);
        }
        caught
    });
    println!("a group split: {caught:?}");
    assert!(caught.not.is_empty(), "{:#?}", caught.not);
    assert!(caught.by_certainty > 0 && caught.by_groups > 0);
}

#[test]
fn packs_with_a_figure_more_are_caught() {
    let caught = with_packs(share_of(200), |seed, knowledge, truth, _, shown| {
        let mut caught = Caught::default();
        let pack = given(&shown);
        for crossed in truth.crossings(&pack) {
            caught.tried += 1;
            match attack(knowledge, &[&pack], Some(&crossed)) {
                Ok(finding) => caught.by_certainty += usize::from(!finding.certain.is_empty()),
                Err(baffled) => caught.not.push(format!("seed {seed}: {baffled:?}")),
            }
        }
        caught
    });
    println!("a figure more: {caught:?}");
    assert!(caught.not.is_empty(), "{:#?}", caught.not);
    assert!(caught.by_certainty * 10 > caught.tried);
}

/// Three packs, each made as if no other had been given, and each merged differently, for what
/// a group must hold was changed in between: together they can say who it is.
#[test]
fn packs_that_forget_earlier_ones_are_caught() {
    let caught = |seed: u64| {
        let mut caught = Caught::default();
        let mut drawn = Drawn::of(seed);
        let mut packs: Vec<Pack> = Vec::new();
        for groups in [GROUPS[0], GROUPS[2], GROUPS[1]] {
            drawn.disclose(groups);
            let eligibility = Eligibility::new(&drawn.dataset);
            let shortfalls = drawn.shortfalls(&eligibility);
            if let Ok((shown, _)) = Year::new(&eligibility, &shortfalls, &[]).finest() {
                packs.push(given(&shown));
            }
            drawn = drawn.amended();
        }
        caught.tried += 1;
        match attack_all(&Knowledge::of(&drawn.dataset), &packs) {
            Ok(finding) => caught.by_certainty += usize::from(!finding.certain.is_empty()),
            Err(baffled) => caught.not.push(format!("seed {seed}: {baffled:?}")),
        }
        caught
    };
    // Those of few shortfalls: there what stands says most.
    let mut seeds = drawn_seeds(share_of(1_000));
    seeds.retain(|seed| seed % 5 >= 2);
    let caught = seeds.into_par_iter().map(caught);
    let caught = caught.reduce(Caught::default, Caught::add);
    println!("earlier packs forgotten: {caught:?}");
    assert!(caught.not.is_empty(), "{:#?}", caught.not);
    assert!(caught.by_certainty > 0);
}
