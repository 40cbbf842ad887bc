//! 06: sense of people.

use super::{Code, Severity, codes};

codes! {
M0601 Warning "an OI who offers no days"
means "Contracted inspectors are on site only on days that they offered. This one offered none and can hold no post."
example "warning[M0601]: OI I41 offers no days in availability.csv"
mend "enter what they offer as rows of the kind `offered`."

M0602 Warning "an offer of an HMI"
means "HMIs are employed and are available on all their working days; offers are for contracted inspectors and are ignored here."
example "warning[M0602]: I03 is an HMI: this offer is ignored"
mend "remove the row, or mend the grade in `inspectors.csv`."

M0603 Warning "something that lapses inside of the programme year"
means "A clearance, DBS check or training ends before the programme year does; no post can be held after it."
example "warning[M0603]: the clearance of I12 lapses on 2026-10-31, inside of the programme year"
mend "have it renewed in good time, and enter the new date."

M0604 Warning "a clearance of which half is given"
means "A clearance has a level and a date of expiry. With only one of them it counts as not held."
example "warning[M0604]: I12 has a clearance but no clearance_expires: it counts as not held"
mend "give both, or empty both."

M0605 Warning "more days used than there are"
means "`days_used` is already above `max_days`, so that no post can be held."
example "warning[M0605]: I12 has used 70 of 60 days"
mend "check both numbers."

M0606 Warning "a DBS check or clearance that is not held"
means "Nobody is on site without an enhanced DBS check and a clearance (¶18). This person can hold no post."
example "warning[M0606]: I12 has no dbs_expires: they can hold no post"
mend "enter the date of expiry, once the check is there."
}
