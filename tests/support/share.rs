//! How much of a test's full count is run: a tenth, or with `MUSTER_PROOF=full` all.

/// The part of `full` that this run takes.
pub fn share_of(full: u64) -> u64 {
    match std::env::var("MUSTER_PROOF") {
        Ok(wish) if wish == "full" => full,
        _ => full.div_ceil(10),
    }
}
