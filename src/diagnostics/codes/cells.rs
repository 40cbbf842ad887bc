//! 02: cells.

use super::{Code, Severity, codes};

codes! {
M0201 Error "a cell that must not be empty"
means "An empty cell means 'not given', and here something must be given."
example "error[M0201]: end_date is empty"
mend "fill it in. The format says which cells may be empty, and what that means."

M0202 Error "not a date"
means "Dates are written `2026-09-14` or, as spreadsheets in the UK write them, `14/09/2026`."
example "error[M0202]: start_date \"14 Sept\" is not a date"
mend "write it in one of the two forms; in the spreadsheet, give the column a date format."

M0203 Error "an ambiguous date"
means "With a year of two digits it can't be told which part is the day, the month and the year."
example "error[M0203]: start_date \"03/04/26\" is ambiguous"
mend "write the year with four digits: `2026-04-03` or `03/04/2026`, both of them 3 April."

M0204 Error "a date that doesn't exist"
means "The date has the right form, but there is no such day, or its year can't be meant."
example "error[M0204]: end_date \"2026-02-30\" doesn't exist: February 2026 has 28 days"
mend "check day and month: `09/14/2026`, the American order, is not read."

M0205 Error "not yes or no"
means "The cell says yes or no: `yes`, `no`, `y`, `n`, `true` or `false`, in capitals or not."
example "error[M0205]: announced \"maybe\" is neither yes nor no"
mend "write `yes` or `no`."

M0206 Error "not a whole number"
means "The cell holds a number of people or days: digits and nothing else, no spaces, no £, no commas, no decimals."
example "error[M0206]: max_days \"£ 1 20\" is not a whole number"
mend "write the digits alone; in the spreadsheet, give the column the format 'General'."

M0207 Error "a number out of its range"
means "It is a number, but none that can be meant here."
example "error[M0207]: max_days \"2000\" is more than 366"
mend "check the number; the message names the range."

M0208 Error "not one of the values that are allowed"
means "The cell must hold one of a few words, written exactly. For clearances they are `clearance_levels` of `policy.toml`."
example "error[M0208]: clearance \"CTC+\" is not one of standard, enhanced-1, enhanced-2, ctc, sc; did you mean \"ctc\"?"
mend "write one of the words that the message lists."

M0209 Error "not a latitude or longitude"
means "Latitudes are degrees north from -90 to 90, longitudes degrees east from -180 to 180, with a decimal point."
example "error[M0209]: latitude \"51,5 N\" is not a number of degrees"
mend "write decimal degrees, such as 51.5072 and -0.1276; all of England and Wales lies between 49 and 56 north and between -7 and 2 east."

M0210 Error "working days that aren't understood"
means "A part-time pattern is a span of days (`Mon-Fri`), single days (`Mon,Tue,Thu`), or both."
example "error[M0210]: working_days \"weekdays\" is not understood"
mend "use Mon, Tue, Wed, Thu, Fri, Sat and Sun, with commas between them and a hyphen for a span; a cell with commas stands in quotes."

M0211 Error "a line break or control character in a cell"
means "Ids, names and words are one line of text. A line break inside of one comes from Alt+Enter in a spreadsheet or from a quote in the wrong place."
example "error[M0211]: name \"HMP↵Example\" holds a line break"
mend "put the text on one line."

M0212 Error "an end before its start"
means "Spans are written from their first day to their last, both included."
example "error[M0212]: end_date 2026-05-01 is before start_date 2026-05-12"
mend "check both dates; one of them is wrong or they are the wrong way round."

M0213 Error "two cells of which only one is given"
means "Some cells only make sense together: `attend_from` and `attend_to`, `earliest` and `latest`, `latitude` and `longitude`."
example "error[M0213]: attend_from is given, attend_to is not"
mend "fill in both or neither."

M0214 Error "not exactly one of establishment and provider"
means "A conflict of interest is with one establishment or with one provider of education: a row names one of the two."
example "error[M0214]: both establishment_id and education_provider are given"
mend "give one of the two; write two rows where there are two conflicts."
}
