//! 07: pins.

use super::{Code, Severity, codes};

codes! {
M0701 Error "a pin that breaks a hard rule"
means "A pin asks for somebody to hold a post, in whichever window of the inspection. In every window a hard rule forbids it: they are away, not cleared, not trained to lead, have an interest, or the like."
example "error[M0701]: I12 can't lead P07: away on 2026-05-11 (H9)"
mend "remove the pin, or mend the row that it clashes with; both are named."

M0702 Error "pins that can't all be kept"
means "Each of the pins could be kept, but not all of them together. Those named are a smallest set that clashes: without any one of them the rest could be kept."
example "error[M0702]: I12 as lead of P07 and I12 as lead of P09 can't both be kept: nobody can be in two places at once (H8)"
mend "remove one of the pins that are named."

M0703 Error "a pin on an inspection that Ofsted doesn't attend"
means "The inspection is cancelled, postponed, in Wales, or an IRP that needs no Ofsted team, so that nobody can be pinned to it."
example "error[M0703]: P12 is out of scope: it is cancelled"
mend "remove the pin, or mend the inspection's row."

M0704 Error "a pin without a role"
means "A pin says which post it fills: `lead` or `team`. Only a `forbid` may leave the role empty; it then means both."
example "error[M0704]: a pin needs a role"
mend "write `lead` or `team`."

M0705 Error "pins that contradict each other"
means "Two rows can't both be meant: somebody is pinned and forbidden, pinned as lead and as team of one inspection, or two people are pinned as its one lead."
example "error[M0705]: I12 is pinned and forbidden as lead of P07"
mend "remove one of the two rows."

M0706 Warning "a pin given twice"
means "Two rows of `pins.csv` say the same."
example "warning[M0706]: this row is there twice"
mend "remove one of them."
}
