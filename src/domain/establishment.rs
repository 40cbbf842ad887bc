//! Prisons, young offender institutions and other custodial sites.

use std::collections::BTreeMap;

use super::ClearanceLevel;

/// The country whose inspectorate looks at education: Ofsted's in England, Estyn's in Wales (¶16).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Country {
    /// England: Ofsted.
    England,
    /// Wales: Estyn.
    Wales,
}

/// Whom an establishment holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AgeGroup {
    /// Adults.
    Adult,
    /// Young adults, 18 to 21.
    YoungAdult,
    /// Children up to 18.
    Children,
}

/// A point on the globe, in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Location {
    /// Degrees north, −90 to 90.
    pub latitude: f64,
    /// Degrees east, −180 to 180.
    pub longitude: f64,
}

/// A row of `establishments.csv`.
#[derive(Clone, Debug)]
pub struct Establishment {
    /// Its id, unique in the file.
    pub id: String,
    /// Its name, as people say it.
    pub name: String,
    /// England or Wales.
    pub country: Country,
    /// Its region, free text.
    pub region: String,
    /// Reception, training, open, …: free text.
    pub site_type: String,
    /// Whom it holds.
    pub age_group: AgeGroup,
    /// The lowest clearance that lets somebody in.
    pub clearance_required: ClearanceLevel,
    /// How many inspectors of all inspectorates it can take at once; `None`: no limit.
    pub site_capacity: Option<u32>,
    /// Who provides its education.
    pub education_provider: Option<String>,
    /// Where it is.
    pub location: Location,
    /// Its line in the file, from 1.
    pub line: u32,
}

/// The mean place of each region's establishments, by the region's name.
pub fn centres(establishments: &[Establishment]) -> BTreeMap<&str, Location> {
    let mut sums: BTreeMap<&str, (f64, f64, f64)> = BTreeMap::new();
    for one in establishments {
        let sum = sums.entry(&one.region).or_default();
        sum.0 += one.location.latitude;
        sum.1 += one.location.longitude;
        sum.2 += 1.0;
    }
    let mean = |(region, (latitude, longitude, count))| {
        let centre = Location {
            latitude: latitude / count,
            longitude: longitude / count,
        };
        (region, centre)
    };
    sums.into_iter().map(mean).collect()
}
