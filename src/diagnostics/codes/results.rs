//! 08: results that are read back.

use super::{Code, Severity, codes};

codes! {
M0801 Error "no result can be read there"
means "A result is a folder that `muster allocate` wrote. The one that was named does not exist, is no folder, may not be read by you, or holds none of a result's files."
example "error[M0801]: 2026-27 holds no result: none of its files is there"
mend "check the path; the dataset comes first on the command line, then the result."

M0802 Error "a file of a result is missing"
means "A result is whole or it is nothing: its files were written in one step and speak of each other."
example "error[M0802]: summary.json is missing from the result"
mend "copy the whole folder, or allocate again."

M0803 Error "a result of another dataset"
means "The result says which files it was made of, by the SHA-256 of each. The dataset that was named has others: it was changed since, or it is another one. What the result says of posts, dates and proof need not hold for it."
example "error[M0803]: the result was made of another dataset: inspectors.csv differs"
mend "name the dataset that it was made of, or allocate again."

M0804 Error "an id of a result that the dataset doesn't have"
means "A row of the result names an inspection or an inspector that is not in the dataset. Muster wrote no such row: it was edited, or the result belongs to another dataset."
example "error[M0804]: inspector_id \"I4\" is not in inspectors.csv; did you mean \"I04\"?"
mend "undo the edit. To settle a post by hand, pin it in `pins.csv` and allocate again."

M0805 Error "a row of a result that contradicts the dataset"
means "The dataset has another establishment, kind, grade or name for what the row names, no such window, or the inspection is not Ofsted's to staff. Muster wrote no such row: it was edited."
example "error[M0805]: 2026-05-12 to 2026-05-14 is no window of P07"
mend "undo the edit. To settle a post by hand, pin it in `pins.csv` and allocate again."

M0806 Error "a result whose plan breaks a rule"
means "The posts in `allocations.csv` together break a hard rule, so that nothing may be built on them. Muster wrote no such plan: it was edited, or written by a version with a fault."
example "error[M0806]: P07 has two leads (H1)"
mend "undo the edit. To settle a post by hand, pin it in `pins.csv` and allocate again. `muster verify` checks a result apart from all that made it."

M0807 Error "a summary that can't be understood"
means "`summary.json` is no JSON, or lacks what every summary holds: inputs, tiers, seed."
example "error[M0807]: summary.json is no JSON: expected value at line 3 column 9"
mend "undo the edit, or allocate again."

M0808 Error "a figure of a result that its plan does not have"
means "A tier's value in `summary.json`, or the empty posts in `shortfalls.csv`, are not those of the plan in `allocations.csv`. One of the files was edited, or they are of two results."
example "error[M0808]: T3 is 4 in summary.json, and 5 in the plan"
mend "undo the edit, or allocate again."
}
