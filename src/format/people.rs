//! Who inspects and when they can: `inspectors.csv`, `availability.csv`, `conflicts.csv`.

use super::{FileFormat, optional, required};

/// `inspectors.csv`.
pub static INSPECTORS: FileFormat = FileFormat {
    name: "inspectors.csv",
    required: true,
    holds: "the HMIs and the contracted OIs, one a row",
    columns: &[
        required(
            "inspector_id",
            "an id of your own, different for each person",
            "I007",
        ),
        required("name", "the name", "Ada Quillmere"),
        required("grade", "HMI or OI", "OI"),
        required(
            "lead_trained",
            "yes where an OI is trained to lead, else no; HMIs may always lead",
            "yes",
        ),
        required(
            "region",
            "the region they live in, spelt as in establishments.csv",
            "North West",
        ),
        required(
            "latitude",
            "where they travel from, degrees north; empty: the middle of the region's sites, with a warning",
            "53.4800",
        ),
        required(
            "longitude",
            "where they travel from, degrees east; empty: as latitude",
            "-2.2400",
        ),
        required(
            "dbs_expires",
            "the last day on which the enhanced DBS check is valid; empty: not held, and they can't go on site",
            "2028-02-29",
        ),
        required(
            "clearance",
            "the clearance held, one of policy.toml's clearance_levels; empty: not held",
            "enhanced-2",
        ),
        required(
            "clearance_expires",
            "the last day on which the clearance is valid; empty: not held",
            "2027-06-30",
        ),
        required(
            "max_days",
            "days in the year for this programme, preparation and report writing included",
            "32",
        ),
        optional(
            "days_used",
            "days already spent out of max_days on work that is not in this programme; empty: 0",
            "3",
        ),
        optional(
            "working_days",
            "the days of the week worked: a range or a list; empty: Mon-Fri",
            "Mon,Tue,Thu",
        ),
        optional(
            "custody_training_until",
            "the last day on which the training for custodial sites is valid; empty: not asked for",
            "2027-01-31",
        ),
        optional(
            "max_days_q1",
            "at most so many days in April to June; empty: no such cap",
            "12",
        ),
        optional(
            "max_days_q2",
            "at most so many days in July to September; empty: no such cap",
            "12",
        ),
        optional(
            "max_days_q3",
            "at most so many days in October to December; empty: no such cap",
            "15",
        ),
        optional(
            "max_days_q4",
            "at most so many days in January to March; empty: no such cap",
            "15",
        ),
    ],
    added: None,
};

/// `availability.csv`.
pub static AVAILABILITY: FileFormat = FileFormat {
    name: "availability.csv",
    required: true,
    holds: "when people are away, and which days OIs offer, one span a row",
    columns: &[
        required("inspector_id", "whose: an id of inspectors.csv", "I007"),
        required("from", "the first day of the span", "2026-08-03"),
        required("to", "the last day of the span, included", "2026-08-14"),
        required(
            "kind",
            "unavailable (leave, other duties) or offered (days that an OI offers; without any an OI is never on site)",
            "unavailable",
        ),
        optional(
            "reason",
            "a note for yourself; it appears in no output, so leave out what need not be kept",
            "leave",
        ),
    ],
    added: None,
};

/// `conflicts.csv`.
pub static CONFLICTS: FileFormat = FileFormat {
    name: "conflicts.csv",
    required: false,
    holds: "conflicts of interest, one a row",
    columns: &[
        required("inspector_id", "whose: an id of inspectors.csv", "I007"),
        required(
            "establishment_id",
            "the site, if it is one: fill this or education_provider, not both",
            "brinsford",
        ),
        optional(
            "education_provider",
            "the provider, if it is one: it then holds at each of its sites; spelt as in establishments.csv",
            "Kestrel Skills",
        ),
        optional(
            "until",
            "the last day on which it holds, such as three years after the employment ended; empty: always",
            "2026-12-31",
        ),
        optional(
            "reason",
            "a note for yourself; it appears in no output",
            "former employer",
        ),
    ],
    added: None,
};
