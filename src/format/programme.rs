//! What is inspected and when: `establishments.csv` and `programme.csv`.

use super::{FileFormat, optional, required};

/// `establishments.csv`.
pub static ESTABLISHMENTS: FileFormat = FileFormat {
    name: "establishments.csv",
    required: true,
    holds: "the prisons and other custodial sites, one a row",
    columns: &[
        required(
            "establishment_id",
            "a short id of your own, different for each site; the other files refer to it",
            "brinsford",
        ),
        required("name", "the name as people say it", "HMP/YOI Brinsford"),
        required(
            "country",
            "England or Wales; Welsh sites are Estyn's and never a shortfall of Ofsted's",
            "England",
        ),
        required(
            "region",
            "the region, spelt the same way everywhere",
            "West Midlands",
        ),
        required(
            "type",
            "what kind of site it is, in your own words: reception, training, open, women, yoi, children, high-security",
            "training",
        ),
        required("age_group", "adult, young-adult or children", "young-adult"),
        required(
            "clearance_required",
            "the lowest clearance that lets an inspector in, one of policy.toml's clearance_levels; empty: the lowest of them",
            "enhanced-1",
        ),
        required(
            "site_capacity",
            "how many inspectors, of all inspectorates together, the site can take at once; empty: no limit",
            "16",
        ),
        optional(
            "education_provider",
            "who provides the education there; conflicts of interest may name the provider",
            "Kestrel Skills",
        ),
        required("latitude", "degrees north of the equator", "52.6600"),
        required(
            "longitude",
            "degrees east of Greenwich, so most are below zero",
            "-2.1200",
        ),
    ],
    added: None,
};

/// `programme.csv`.
pub static PROGRAMME: FileFormat = FileFormat {
    name: "programme.csv",
    required: true,
    holds: "HMIP's inspections of the year and Ofsted's own, one a row",
    columns: &[
        required(
            "inspection_id",
            "an id of your own, different for each inspection",
            "P014",
        ),
        required(
            "establishment_id",
            "where it is: an id of establishments.csv",
            "brinsford",
        ),
        required(
            "kind",
            "full, irp (independent review of progress) or standalone (Ofsted's own)",
            "full",
        ),
        required(
            "announced",
            "yes where the site is told beforehand, else no; most full inspections are not announced",
            "no",
        ),
        required("start_date", "HMIP's first day on site", "2026-09-14"),
        required("end_date", "HMIP's last day on site", "2026-09-24"),
        required(
            "hmip_team",
            "how many of HMIP's people are on site, from the first day to the last; empty: none",
            "8",
        ),
        required(
            "partner_team",
            "how many people of the other partners are on site, from the first day to the last; empty: none",
            "2",
        ),
        required(
            "team_required",
            "how many inspectors Ofsted sends, the lead included; may be empty only where Ofsted does not attend",
            "4",
        ),
        required(
            "previous_esw",
            "the judgement on education, skills and work at the previous inspection: outstanding, good, requires-improvement, inadequate, awaited or none; may be empty except for an irp",
            "requires-improvement",
        ),
        required(
            "different_week",
            "may Ofsted come in another week than the second: no; ask (HMIP would have to be asked); agreed (HMIP agreed)",
            "ask",
        ),
        optional(
            "attend_from",
            "Ofsted's first day, where it is not the Monday of the week of end_date; needed where a full inspection touches three calendar weeks or more; give both attend_from and attend_to or neither",
            "2026-09-21",
        ),
        optional(
            "attend_to",
            "Ofsted's last day; see attend_from",
            "2026-09-24",
        ),
        optional(
            "earliest",
            "standalone only: the first day on which it may begin, while its dates are still open; give both earliest and latest or neither",
            "2026-09-01",
        ),
        optional(
            "latest",
            "standalone only: the last day on which it may end; see earliest",
            "2026-10-30",
        ),
        optional(
            "dates_named_on",
            "standalone only: when HMIP was told the dates; from then on they stand",
            "2026-06-10",
        ),
        optional(
            "ofsted_attends",
            "yes or no where HMIP has settled for this one inspection whether Ofsted attends; empty: the judgement decides",
            "yes",
        ),
        optional(
            "notified_on",
            "when HMIP told Ofsted of the inspection",
            "2026-01-20",
        ),
        optional(
            "announced_on",
            "when the inspection was made public; empty: not public yet",
            "2026-06-01",
        ),
        optional(
            "prison_named_on",
            "standalone only: when HMIP was told which prison it is",
            "2026-05-05",
        ),
        optional(
            "status",
            "planned, postponed or cancelled; empty: planned",
            "planned",
        ),
    ],
    added: None,
};
