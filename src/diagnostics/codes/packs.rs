//! 10: packs that were given earlier.

use super::{Code, Severity, codes};

codes! {
M1001 Error "no pack can be read there"
means "A pack is a folder that `muster pack` wrote; it holds pack.json. The one that was named does not exist, may not be read by you, or is something else. Without the packs that were given earlier it can't be known what a new one discloses together with them."
example "error[M1001]: \"packs/may\" holds no pack: it has no pack.json"
mend "name the folder that holds pack.json, not the one inside it that went to MoJ."

M1002 Error "a pack that is not as it was written"
means "A file of the pack is missing, or its SHA-256 is not the one in pack.json, or its rows make no sense. The audit must know what MoJ was really given."
example "error[M1002]: \"packs/may\": moj/shortfall.csv is not as it was written"
mend "take the pack from where it was kept, as it went out; or name the ledger, which holds what was shown."

M1003 Error "a pack of another year or for somebody else"
means "Only packs for MoJ, of the same programme year, tell something together with a new one."
example "error[M1003]: \"packs/hmip\" is no pack for MoJ but for hmip"
mend "leave it out."
}
