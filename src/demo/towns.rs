//! Where people live: towns of each English region, with the region's share of people.

/// A region with its share of people and some of its towns.
pub(super) struct Region {
    pub(super) name: &'static str,
    pub(super) weight: u32,
    /// Degrees north and east, in ten-thousandths.
    pub(super) towns: &'static [(i32, i32)],
}

pub(super) const REGIONS: [Region; 9] = [
    // Newcastle, Durham, Middlesbrough
    Region {
        name: "North East",
        weight: 6,
        towns: &[(549783, -16178), (547761, -15733), (545742, -12350)],
    },
    // Manchester, Preston, Liverpool, Warrington
    Region {
        name: "North West",
        weight: 15,
        towns: &[
            (534808, -22426),
            (537632, -27031),
            (534084, -29916),
            (533900, -25970),
        ],
    },
    // Leeds, Sheffield, York, Hull
    Region {
        name: "Yorkshire and The Humber",
        weight: 13,
        towns: &[
            (538008, -15491),
            (533811, -14701),
            (539600, -10873),
            (537676, -3274),
        ],
    },
    // Nottingham, Leicester, Lincoln, Northampton
    Region {
        name: "East Midlands",
        weight: 13,
        towns: &[
            (529548, -11581),
            (526369, -11398),
            (532307, -5406),
            (522405, -9027),
        ],
    },
    // Birmingham, Stafford, Worcester, Coventry
    Region {
        name: "West Midlands",
        weight: 13,
        towns: &[
            (524862, -18904),
            (528067, -21168),
            (521936, -22216),
            (524068, -15197),
        ],
    },
    // Norwich, Cambridge, Chelmsford, Peterborough
    Region {
        name: "East of England",
        weight: 11,
        towns: &[
            (526309, 12974),
            (522053, 1218),
            (517356, 4685),
            (525695, -2405),
        ],
    },
    // Croydon, Ealing, Stratford
    Region {
        name: "London",
        weight: 9,
        towns: &[(513762, -982), (515130, -3089), (515417, -34)],
    },
    // Maidstone, Brighton, Reading, Southampton
    Region {
        name: "South East",
        weight: 13,
        towns: &[
            (512720, 5290),
            (508225, -1372),
            (514543, -9781),
            (509097, -14044),
        ],
    },
    // Bristol, Exeter, Taunton
    Region {
        name: "South West",
        weight: 7,
        towns: &[(514545, -25879), (507184, -35339), (510190, -31000)],
    },
];
