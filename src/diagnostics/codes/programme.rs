//! 05: sense of the programme.

use super::{Code, Severity, codes};

codes! {
M0501 Error "an IRP without a previous judgement"
means "Ofsted attends an IRP if the previous judgement of education, skills and work was requires-improvement or inadequate (¶26). Without it, it can't be told whether the IRP needs a team."
example "error[M0501]: IRP P12 has no previous_esw"
mend "give the judgement; `awaited` if it is not out yet, `none` if there was no earlier one."

M0502 Error "no size of the team"
means "Every inspection that Ofsted attends needs `team_required`: how many people, the lead included, at least 1."
example "error[M0502]: team_required is empty, and Ofsted attends this inspection"
mend "give the number. It may stay empty only where Ofsted doesn't attend."

M0503 Warning "a long full inspection whose week isn't named"
means "A full inspection that touches three calendar weeks or more has no plain second week (¶17). Without `attend_from` and `attend_to` the week of its last day is taken."
example "warning[M0503]: P07 touches 3 calendar weeks and names no week for Ofsted"
mend "ask HMIP which week is meant, and write it into `attend_from` and `attend_to`."

M0504 Warning "an unusual number of IRPs"
means "HMIP's programme has 15 to 20 IRPs a year (¶12; `notice.irps_min` and `notice.irps_max`). Cancelled and postponed ones are not counted."
example "warning[M0504]: the programme has 9 IRPs; 15 to 20 are usual"
mend "check that the whole programme was entered."

M0505 Warning "less notice than was agreed"
means "HMIP tells Ofsted of an inspection six months before (¶22; `notice.programme_months`); this one was told later."
example "warning[M0505]: P07 was notified on 2026-03-01, less than 6 months before it starts on 2026-05-11"
mend "nothing in the data, if it is so; raise it with HMIP."

M0506 Warning "a standalone inspection named to HMIP too late"
means "Ofsted names the prisons of its standalone inspections four months before, and their dates three months before (¶23)."
example "warning[M0506]: the dates of S01 were named on 2026-08-01, less than 3 months before it starts"
mend "check the date; tell HMIP where it is so."

M0507 Error "bounds on an inspection that has none"
means "`earliest` and `latest` say how far a standalone inspection of Ofsted's own may move. HMIP's inspections don't."
example "error[M0507]: earliest and latest are for standalone inspections; P07 is full"
mend "empty both cells; for another week of a full inspection there is `different_week`."

M0508 Error "a normal window outside its bounds"
means "The dates of a standalone inspection must themselves lie between `earliest` and `latest`."
example "error[M0508]: S01 is on site from 2026-06-01, before earliest 2026-06-08"
mend "mend the dates or the bounds."

M0509 Warning "a window without a working day"
means "Ofsted's normal window holds no day from Monday to Friday that is not a bank holiday. Nobody can attend in it."
example "warning[M0509]: no day from 2026-12-25 to 2026-12-28 is a working day"
mend "check the dates; name another window in `attend_from` and `attend_to`."

M0510 Warning "a window that would give the inspection away"
means "Nobody of Ofsted is on site at an unannounced full inspection before HMIP's first day (¶14, 25), so this window can't be attended."
example "warning[M0510]: Ofsted's window of P07 begins on 2026-05-04, before the inspection does"
mend "mend `attend_from` or `start_date`, or say that it is announced."

M0511 Warning "an inspection outside of the programme year"
means "A day of the inspection lies outside of April to March of `programme_year`. It is planned all the same."
example "warning[M0511]: P48 runs from 2027-03-29 to 2027-04-08, outside of April 2026 to March 2027"
mend "check the dates, and `programme_year` in `policy.toml`."

M0512 Error "an inspection far from the programme year"
means "A date of the inspection is more than a year away from the programme year; a digit of the year is wrong, in the date or in `policy.toml`."
example "error[M0512]: start_date 2062-05-11 is more than a year away from April 2026 to March 2027"
mend "mend the year."

M0513 Error "an inspection that lasts longer than a quarter"
means "No inspection lasts longer than 92 days, nor does Ofsted's window; one of its two dates is wrong."
example "error[M0513]: P07 would last 366 days"
mend "mend the dates."

M0514 Warning "two inspections of one kind at one establishment"
means "Two full inspections or two IRPs of one establishment in a year are unheard of; one of them may be a copy."
example "warning[M0514]: HMP Example has two full inspections this year"
mend "remove the copy; mark what was put off as `postponed`."

M0515 Warning "an inspection in Wales"
means "Education in Welsh prisons is Estyn's to inspect (¶16). The inspection is listed as theirs, and is no shortfall."
example "warning[M0515]: P31 is in Wales: it is listed as Estyn's"
mend "nothing; mend `country` if the establishment is in England."

M0516 Warning "a site that others fill"
means "HMIP's and the partners' people alone are more than `site_capacity` on a day (¶19). No place is left for Ofsted that day."
example "warning[M0516]: on 2026-05-12 HMIP and its partners are 12 people, and the site takes 10"
mend "check `hmip_team`, `partner_team` and `site_capacity`; else ask HMIP to make room."

M0517 Warning "a year without bank holidays"
means "The programme has days in a year for which `bank_holidays.csv` has none, so that they would count as working days."
example "warning[M0517]: no bank holidays are given for 2027"
mend "add that year's bank holidays of England and Wales; gov.uk lists them."

M0518 Error "a programme without inspections"
means "`programme.csv` has its first line and no rows: there is nothing to allocate. A new template is like that until it is filled in; later it mostly means that the wrong folder was named, or that the sheet was saved empty."
example "error[M0518]: programme.csv has no inspections"
mend "enter the programme, one inspection a row; or name the folder that holds it."
}
