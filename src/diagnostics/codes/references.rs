//! 03: references and duplicates.

use super::{Code, Severity, codes};

codes! {
M0301 Error "an id that nobody has"
means "The cell names an establishment, inspection or inspector that its own file doesn't hold. Ids must be the same to the letter, capitals included."
example "error[M0301]: establishment_id \"Leeds\" is not in establishments.csv; did you mean \"leeds\"?"
mend "mend the id, or add the missing row to the file that is named."

M0302 Error "an id given twice"
means "Two rows of one file have the same id."
example "error[M0302]: inspector_id \"I07\" is given twice"
mend "remove the row that is a copy, or give one of them an id of its own."

M0303 Warning "a row given twice"
means "Two rows say the same; the second adds nothing."
example "warning[M0303]: 2026-12-25 is given twice"
mend "remove one of them."

M0304 Warning "somebody in the history who is no inspector any more"
means "An earlier inspection was held by somebody who is not in `inspectors.csv`. That is no fault: people leave. It only means that nobody can be sent again for continuity."
example "warning[M0304]: inspector_id \"I99\" is not in inspectors.csv"
mend "nothing, if they have left; mend the id if they have not."

M0305 Warning "a provider that no establishment has"
means "A conflict of interest names a provider of education that is not at any establishment, so that it holds nowhere."
example "warning[M0305]: no establishment has the provider \"Novis\"; did you mean \"Novus\"?"
mend "write it exactly as in `establishments.csv`."

M0306 Error "somebody whose place can't be told"
means "Without latitude and longitude a person travels from the middle of their region's establishments; no establishment is in this region."
example "error[M0306]: region \"South\" has no establishment, and no latitude and longitude are given"
mend "write the region as in `establishments.csv`, or give latitude and longitude."

M0307 Warning "somebody who is put in the middle of their region"
means "Latitude and longitude are empty, so the mean of the region's establishments is used for travel."
example "warning[M0307]: I07 has no latitude and longitude: the middle of North West is used"
mend "nothing, if that is near enough; else give both."
}
