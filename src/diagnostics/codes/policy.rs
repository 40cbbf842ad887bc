//! 04: policy.

use super::{Code, Severity, codes};

codes! {
M0401 Error "policy.toml is not TOML"
means "The file breaks the rules of its language, so that none of its values could be checked."
example "error[M0401]: policy.toml can't be understood: unclosed array"
mend "mend the line that is named. Text stands in quotes, lists in square brackets, a key is written once."

M0402 Error "a key of the policy that is not known"
means "Nothing reads this key. If it was misspelled, its default would be used without anybody knowing: so it is an error."
example "error[M0402]: lead.report_day_full is not known; did you mean \"report_days_full\"?"
mend "mend or remove it."

M0403 Error "a value of the policy that is of the wrong sort"
means "The key asks for a whole number, a number, text, a list, or `true` or `false`, and has something else."
example "error[M0403]: fees.lead must be a number of pounds, not text"
mend "write numbers without quotes and text with them."

M0404 Error "a value of the policy that is out of its range"
means "The value is of the right sort, but none that can be meant."
example "error[M0404]: rolling.window_weeks must be 1 to 52, not 0"
mend "choose a value in the range that is named."

M0405 Error "values of the policy that don't go together"
means "Each value may do on its own, but not beside another: the same offset twice, a weight that falls below 0, a recruit's clearance that is no level, more IRPs at least than at most."
example "error[M0405]: the weight of a standalone inspection would be -1"
mend "change one of them; the message says which."
}
