//! 11: published plans that are made anew.

use super::{Code, Severity, codes};

codes! {
M1101 Error "no published plan can be read there"
means "Re-planning begins with the plan that people were told of: the folder of an earlier result, named with `--published`, or a copy of its `allocations.csv` as `published.csv` in the dataset. What is there is neither, or its rows are no plan: an inspection has one lead, and its team attends together."
example "error[M1101]: P07 was published with 2 leads"
mend "name a result that Muster wrote, and leave its rows as they are."

M1102 Error "who was there is not in the dataset any more"
means "An inspection that is over keeps the posts that it had. The inspection's row, or that of somebody who was there, has gone from the dataset, so that days, teams and costs of the year can't be counted."
example "error[M1102]: I014 was at P07, and is no longer in inspectors.csv"
mend "put the row back. Who has left is given an unavailable span in `availability.csv`, from the day on which they left."

M1103 Error "more people were there than the programme asks for"
means "An inspection that is over keeps the posts that it had, and never has more people than `team_required` of `programme.csv`. The number was lowered, or emptied, after people had been there."
example "error[M1103]: P07 was attended by 4, and team_required is less"
mend "put `team_required` back: what is past can't be changed."

M1104 Error "somebody was in two places"
means "Of the inspections that are over, somebody had two on one day, or so much work that no days for it can be found. No plan can hold that."
example "error[M1104]: I014 was at P07 and P08 on 2026-05-12"
mend "look at the published rows and at the dates of those inspections in `programme.csv`: one of them is not what happened."

M1105 Warning "what is past breaks a rule now"
means "What is past is settled, even where it breaks a rule with the dataset as it is now: a leave was entered after the event, a clearance corrected, a conflict declared. It stays in the plan and counts as used."
example "warning[M1105]: I014 was at P07: away on 2026-05-12 (H9)"
mend "nothing, if that is what happened; else correct the dataset."

M1106 Warning "a lead whose name was given can't stay"
means "The name of a published lead was due to HMIP before the day of planning. It stays, unless that breaks another rule; here it does, and HMIP must be told of another lead."
example "warning[M1106]: I014 can't stay lead of P09: away on 2026-09-22 (H9)"
mend "tell HMIP at once; `changes.csv` says who leads instead."

M1107 Warning "what is past is written down otherwise now"
means "An inspection that was begun keeps what was published of it. Its row in `programme.csv` has other days or another site now, or somebody else is pinned to it in `pins.csv`: dates due and costs follow the row, and the posts do not."
example "warning[M1107]: P07 was attended from 2026-05-18 to 2026-05-21; its row is now from 2026-10-05 to 2026-10-15"
mend "put the row back as it was; what is to come is a row of its own."
}
