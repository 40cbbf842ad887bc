//! 08: change files.

use super::{Code, Severity, codes};

codes! {
M0901 Error "a change file that can't be read"
means "There is no such file, or it can't be opened, or it is no text."
example "error[M0901]: remedies.toml doesn't exist"
mend "check the path."

M0902 Error "a change file that is not TOML"
means "The file breaks the rules of its language, so that none of its changes could be checked."
example "error[M0902]: remedies.toml can't be understood: invalid string"
mend "mend the line that is named. Text and dates stand in quotes; each change begins with a line `[[change]]`."

M0903 Error "a key of a change that is not known"
means "Nothing reads this key here. If it was misspelled, the change would be another than was meant: so it is an error."
example "error[M0903]: \"change.untill\" is not known; did you mean \"until\"?"
mend "mend or remove it; the message lists the keys of this kind of change."

M0904 Error "a key that a change needs and lacks"
means "Without this key it can't be told what is to be changed."
example "error[M0904]: a change of kind clearance needs until"
mend "add it below the `[[change]]` that is named."

M0905 Error "a value of a change that is of the wrong sort"
means "The key asks for text, a date in quotes, a whole number, or `true` or `false`, and has something else."
example "error[M0905]: change.people must be a whole number, not text"
mend "write numbers without quotes, and text and dates with them."

M0906 Error "a value of a change that is none that can be meant"
means "The value is of the right sort, but out of its range, or not one of the words that are allowed."
example "error[M0906]: change.kind \"clearence\" is not one of add-inspection, …; did you mean \"clearance\"?"
mend "choose one of the values that the message names."

M0907 Error "keys of a change that don't go together"
means "Either both of them say the same thing in two ways, or one lacks the other."
example "error[M0907]: weeks and start_date are both given"
mend "keep one of them, or add the other, as the message says."

M0908 Error "a change of something that the dataset doesn't have"
means "The change names an inspector, inspection, establishment, region or level that is not in the dataset, nor made by a change before it."
example "error[M0908]: inspector \"I41\" is not in inspectors.csv; did you mean \"I014\"?"
mend "mend the id. Changes are made in their order: what a later one adds can't be changed by an earlier one."

M0909 Error "a change that can't be made"
means "What it would change is not there, or not so that it could be changed: a leave on days that are no leave, one place more where there is no limit."
example "error[M0909]: I014 has no unavailable days from 2026-08-03 to 2026-08-14"
mend "look at the row of the dataset that is meant; perhaps the change has been made already."

M0910 Error "an id that is taken"
means "The change adds somebody or something under an id that the dataset has already."
example "error[M0910]: P014 is in programme.csv already"
mend "choose another id."

M0911 Error "a file that is extended and can't be"
means "`extends` names another change file, whose changes are made first: its path, seen from the folder of this one. That file does not exist, extends this one in turn, or is a sweep."
example "error[M0911]: scenarios/leave.toml extends itself"
mend "mend the path, or write the changes into this file."

M0912 Error "a sweep that can't be made"
means "`[sweep]` makes many cases of one file: a grid over named values, which stand in the changes as \"$name\", or so many random draws. What is there is neither, or both, or too much."
example "error[M0912]: sweep.values.days is nowhere in the changes: write \"$days\" where it is meant"
mend "give either [sweep.values], or draws and at least one [[sweep.draw]]. A sweep is for `muster whatif`; `muster apply` makes one change file."
}
