//! `establishments.csv`: the real sites, and copies of them where a larger year needs more.

use serde::Deserialize;

use super::table::Table;

const REAL: &str = include_str!("../../data/establishments.csv");

/// Inspections for which the real sites are enough, with at most one full inspection and one
/// review of progress at almost every site.
const INSPECTIONS_A_COPY: usize = 100;

/// A site. Coordinates stay text, as the public source has them.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Site {
    #[serde(rename = "establishment_id")]
    pub(super) id: String,
    pub(super) name: String,
    pub(super) country: String,
    pub(super) region: String,
    #[serde(rename = "type")]
    pub(super) site_type: String,
    pub(super) age_group: String,
    pub(super) clearance_required: String,
    pub(super) site_capacity: u32,
    pub(super) education_provider: String,
    pub(super) latitude: String,
    pub(super) longitude: String,
}

impl Site {
    /// Whether it is in England, where Ofsted inspects.
    pub(super) fn in_england(&self) -> bool {
        self.country == "England"
    }

    /// A site so small that HMIP's team leaves too little room for Ofsted's.
    pub(super) fn is_small(&self) -> bool {
        self.site_capacity <= 11
    }
}

/// The real sites, repeated with numbered names as often as `inspections` asks for.
pub(super) fn sites(inspections: usize) -> Vec<Site> {
    let real: Vec<Site> = csv::Reader::from_reader(REAL.as_bytes())
        .deserialize()
        .collect::<Result<_, _>>()
        .expect("the compiled-in sites are whole");
    let copies = inspections.div_ceil(INSPECTIONS_A_COPY).max(1);
    (1..=copies)
        .flat_map(|copy| real.iter().map(move |site| numbered(site, copy)))
        .collect()
}

fn numbered(site: &Site, copy: usize) -> Site {
    let mut site = site.clone();
    if copy > 1 {
        site.id = format!("{}-{copy}", site.id);
        site.name = format!("{} {copy}", site.name);
    }
    site
}

/// The file.
pub(super) fn table(sites: &[Site]) -> Table {
    let mut table = Table::new("establishments.csv");
    for site in sites {
        table.row(&[
            ("establishment_id", site.id.clone()),
            ("name", site.name.clone()),
            ("country", site.country.clone()),
            ("region", site.region.clone()),
            ("type", site.site_type.clone()),
            ("age_group", site.age_group.clone()),
            ("clearance_required", site.clearance_required.clone()),
            ("site_capacity", site.site_capacity.to_string()),
            ("education_provider", site.education_provider.clone()),
            ("latitude", site.latitude.clone()),
            ("longitude", site.longitude.clone()),
        ]);
    }
    table
}
