//! 01: files and their shape.

use super::{Code, Severity, codes};

codes! {
M0101 Error "the dataset's folder can't be read"
means "A dataset is a folder. The one that was named does not exist, is not a folder, or may not be read by you."
example "error[M0101]: the folder year-2026 doesn't exist"
mend "check the path; `muster template DIR` makes an empty dataset to start from."

M0102 Error "a file is missing"
means "A dataset needs `policy.toml`, `establishments.csv`, `programme.csv`, `inspectors.csv`, `availability.csv` and `bank_holidays.csv`. The others (`conflicts.csv`, `pins.csv`, `history.csv`, `published.csv`) may be left out."
example "error[M0102]: programme.csv is missing\n  = help: there is programe.csv: rename it to programme.csv"
mend "put the file into the folder, under exactly this name. A file with nothing to say still needs its header line; `policy.toml` may be empty, every key then has its default. `muster template DIR` makes all of them."

M0103 Error "a file can't be read"
means "There is something of that name, but it is a folder, no ordinary file, or may not be read by you."
example "error[M0103]: pins.csv is a folder, not a file"
mend "replace it by the file itself, or ask for the right to read it."

M0104 Error "a workbook where a CSV file is expected"
means "The file is a spreadsheet workbook (.xlsx, .xls or .ods), whatever its name says. Renaming a workbook does not make it a CSV file."
example "error[M0104]: programme.csv is an Excel workbook, not a CSV file"
mend "open it in the spreadsheet and save the sheet as 'CSV UTF-8 (comma delimited)' under the name that is asked for."

M0105 Warning "a file whose name is nearly that of an optional one"
means "An optional file is not there, but one with nearly its name is. It is not read."
example "warning[M0105]: pin.csv is not read; did you mean pins.csv?"
mend "rename it if it is meant; move it out of the folder if it isn't."

M0106 Error "the encoding of a file can't be told"
means "The file is not UTF-8, and its bytes could mean different letters in different encodings, so that reading it might turn names into others."
example "error[M0106]: inspectors.csv is not UTF-8, and its encoding can't be told"
mend "save it again as 'CSV UTF-8 (comma delimited)', then look at the line that is named."

M0107 Warning "a file in another encoding than UTF-8"
means "The file is in UTF-16 ('Unicode text') or Windows-1252 (plain 'CSV' in Excel). It could be told, and was read as such."
example "warning[M0107]: inspectors.csv is in Windows-1252 and was read as such"
mend "nothing, if the names look right. To be sure, save it as 'CSV UTF-8 (comma delimited)'."

M0108 Error "a file that is not text"
means "The file holds bytes that no text file holds."
example "error[M0108]: programme.csv is not a text file"
mend "save it from the spreadsheet as 'CSV UTF-8 (comma delimited)'."

M0109 Error "cells are not separated by commas"
means "The header is separated by semicolons, tabs or bars. Spreadsheets write those where the computer's region is not set to the United Kingdom; numbers and dates may then be written otherwise too."
example "error[M0109]: cells of programme.csv are separated by semicolons, not commas"
mend "save it as 'CSV UTF-8 (comma delimited)' with the region set to English (United Kingdom), or replace the separators. The rest of the file was checked as if it were right."

M0110 Error "a file without a header"
means "The first line that isn't blank must hold the names of the columns; the file has no such line."
example "error[M0110]: availability.csv is empty: its header is missing"
mend "put the names of the columns into the first line. A file with nothing to say still needs them."

M0111 Error "a column is missing"
means "A column that every file of this name must have is not in the header."
example "error[M0111]: column working_day_s is missing"
mend "add the column, or rename the one that is meant: columns may stand in any order, their names must be exact."

M0112 Warning "a column that is not known"
means "Nothing reads this column; its cells are neither used nor shown."
example "warning[M0112]: column \"notes\" is not known and not read"
mend "nothing, if it is your own. If you meant a known column, mend its name."

M0113 Error "a column that is there twice"
means "Two columns have the same name, so it can't be told which one counts."
example "error[M0113]: column end_date is there twice"
mend "remove or rename one of them."

M0114 Error "a row longer than the header"
means "The row has more cells than the header has columns. Most often a text holds a comma and is not in quotes."
example "error[M0114]: this row has 13 cells, the header has 12"
mend "put text that holds a comma into \"quotes\", or remove the surplus comma. Surplus cells that are empty are accepted."

M0115 Error "a row shorter than the header"
means "The row has fewer cells than the header has columns, so it can't be told which cells are meant."
example "error[M0115]: this row has 9 cells, the header has 12"
mend "add the commas of the empty cells."

M0116 Error "a quote that is never closed"
means "A cell begins with a quotation mark that has no partner; everything after it, to the end of the file, would be one cell. The rows after it could not be checked."
example "error[M0116]: this quote is never closed"
mend "add the closing quote or remove the opening one."

M0117 Error "text outside of a cell's quotes"
means "A cell in quotes has text before the opening or after the closing quote. Often a quote further up is not closed, so that a later one closes it by mistake."
example "error[M0117]: text outside of the quotes of this cell"
mend "close the quote where the text ends; write a quotation mark inside of quotes twice (\"\"); leave no space before an opening quote."

M0118 Error "a header with too many columns"
means "No file of a dataset has anywhere near so many columns: this is not the file it is taken for."
example "error[M0118]: the header has 16384 columns"
mend "check what was saved; remove the empty columns to the right."

M0119 Warning "an earlier allocation that is not used"
means "`published.csv` is there for re-planning. The annual run allocates afresh and does not look at it."
example "warning[M0119]: published.csv is not used by the annual run"
mend "nothing; take the file out of the folder if this surprises you."

M0120 Error "the dataset is in a folder within"
means "The folder that was named has none of a dataset's files, but a folder in it has: `muster demo DIR`, for one, writes its dataset into `DIR/dataset`."
example "error[M0120]: there is no dataset here, but there is one in the folder dataset within"
mend "name the folder within."
}
