//! Makes the demo year again, or a year like it of another size or seed.
//!
//! ```text
//! cargo run --release --example make-demo -- data/demo
//! cargo run --release --example make-demo -- /tmp/year --seed 7
//! cargo run --release --example make-demo -- /tmp/large --inspections 600 --hmis 300 --ois 500
//! cargo run --release --example make-demo -- /tmp/odd --seed 7 --varied --inspections 20
//! ```
//!
//! Files of the same names in the folder are written over.

use std::fs;
use std::path::PathBuf;

use clap::Parser;
use muster::demo::{Spec, generate};

/// Make the demo year again, or a year like it.
#[derive(Parser)]
struct Arguments {
    /// The folder to write to; it is made where it is missing
    dir: PathBuf,
    /// Every draw follows from it
    #[arg(long, default_value_t = Spec::demo().seed)]
    seed: u64,
    /// Draw a programme of so many inspections instead of the published one
    #[arg(long)]
    inspections: Option<usize>,
    /// How many HMIs
    #[arg(long, default_value_t = Spec::demo().hmis)]
    hmis: usize,
    /// How many OIs
    #[arg(long, default_value_t = Spec::demo().ois)]
    ois: usize,
    /// Let the seed decide how tight the year is; draws the programme too
    #[arg(long)]
    varied: bool,
}

fn main() -> std::io::Result<()> {
    let Arguments {
        dir,
        seed,
        inspections,
        hmis,
        ois,
        varied,
    } = Arguments::parse();
    let size = inspections.unwrap_or(Spec::demo().inspections);
    let spec = if varied {
        Spec::varied(seed, size, hmis, ois)
    } else if inspections.is_some() {
        Spec::sized(seed, size, hmis, ois)
    } else {
        Spec {
            seed,
            hmis,
            ois,
            ..Spec::demo()
        }
    };
    fs::create_dir_all(&dir)?;
    for (name, text) in generate(&spec) {
        fs::write(dir.join(name), text)?;
    }
    Ok(())
}
