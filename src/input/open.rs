//! Finding, hashing and decoding the files of a dataset.

use sha2::{Digest, Sha256};

use crate::diagnostics::{Diagnostic, Diagnostics, Place, Source, codes};
use crate::domain::InputFile;
use crate::format::{FileFormat, PROGRAMME, format_of};

use super::files::{Files, Found};
use super::policy;
use super::sheet::{Missing, Opened};
use super::table::Table;
use super::text::{Undecodable, decode};

const SAVE_AS: &str =
    "open it in the spreadsheet and save the sheet as 'CSV UTF-8 (comma delimited)'";

/// Opens files by name, and remembers the hash of each.
pub struct Opener<'a, F: Files + ?Sized> {
    files: &'a F,
    names: Vec<String>,
    inputs: Vec<InputFile>,
}

impl<'a, F: Files + ?Sized> Opener<'a, F> {
    /// Of `files`, if they can be read at all, or why not.
    pub fn of(files: &'a F) -> Result<Self, String> {
        Ok(Self {
            files,
            names: files.names()?,
            inputs: Vec::new(),
        })
    }

    /// Of `files`, a dataset's.
    pub fn new(files: &'a F, diagnostics: &mut Diagnostics) -> Option<Self> {
        match Self::of(files) {
            Ok(opener) => match opener.within() {
                None => Some(opener),
                Some(folder) => {
                    let message = format!(
                        "there is no dataset here, but there is one in the folder {folder} within"
                    );
                    let place = Place::file(folder);
                    diagnostics.push(
                        Diagnostic::at(codes::M0120, place, message)
                            .help(format!("name that folder: end the path with /{folder}")),
                    );
                    None
                }
            },
            Err(message) => {
                diagnostics.push(Diagnostic::nowhere(codes::M0101, message).help(
                    "check the path; `muster template DIR` makes an empty dataset to start from",
                ));
                None
            }
        }
    }

    /// The folder in it that holds a dataset, where it has none of a dataset's files itself.
    fn within(&self) -> Option<&str> {
        let is_file_of_dataset = |name: &String| name == policy::FILE || format_of(name).is_some();
        if self.names.iter().any(is_file_of_dataset) {
            return None;
        }
        let is_dataset = |folder: &&String| {
            let programme = format!("{folder}/{}", PROGRAMME.name);
            matches!(self.files.find(&programme), Found::Bytes(_))
        };
        self.names.iter().find(is_dataset).map(String::as_str)
    }

    /// The names of all that is there.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The files that were read, by name.
    pub fn into_inputs(mut self) -> Vec<InputFile> {
        self.inputs.sort_by(|a, b| a.name.cmp(&b.name));
        self.inputs
    }

    /// The table of a file.
    pub fn table(&mut self, format: &'static FileFormat, diagnostics: &mut Diagnostics) -> Opened {
        let file = format.name;
        if let Some(text) = self.text(file, diagnostics)? {
            return Table::read(format, text, diagnostics).ok_or(Missing::Reported);
        }
        if format.required {
            let help = format!("make it with at least this line: {}", format.least_header());
            return Err(self.report_missing(file, &help, diagnostics));
        }
        if let Some(workbook) = self.workbook_of(file) {
            return Err(report_workbook(&workbook, file, diagnostics));
        }
        if let Some(near) = self.near(file) {
            let message = format!("{near} is not read; did you mean {file}?");
            diagnostics.push(
                Diagnostic::at(codes::M0105, Place::file(near), message)
                    .suggest(Some(file))
                    .help(format!("rename it to {file} if it is meant")),
            );
        }
        Err(Missing::Fine)
    }

    /// The text of `policy.toml`.
    pub fn policy(&mut self, file: &str, diagnostics: &mut Diagnostics) -> Option<String> {
        match self.text(file, diagnostics) {
            Ok(Some(text)) => Some(text),
            Ok(None) => {
                let help = "make it: an empty file will do, every key then has its default; \
                            `muster template DIR` writes one with comments";
                self.report_missing(file, help, diagnostics);
                None
            }
            Err(_) => None,
        }
    }

    /// The text of `file`; nothing where there is no such file.
    pub fn text(
        &mut self,
        file: &str,
        diagnostics: &mut Diagnostics,
    ) -> Result<Option<String>, Missing> {
        let mut error = |code, message: String, help: &str| {
            diagnostics.push(Diagnostic::at(code, Place::file(file), message).help(help));
            Err(Missing::Reported)
        };
        let bytes = match self.files.find(file) {
            Found::Bytes(bytes) => bytes,
            Found::Nothing => return Ok(None),
            Found::Folder => {
                let message = format!("{file} is a folder, not a file");
                return error(codes::M0103, message, "put the file itself in its place");
            }
            Found::Unreadable(why) => {
                let message = format!("{file} can't be read: {why}");
                return error(codes::M0103, message, "check your rights to it");
            }
        };
        self.inputs.push(InputFile {
            name: file.to_owned(),
            sha256: hex(&Sha256::digest(&bytes)),
        });
        match decode(&bytes) {
            Ok(decoded) => {
                if let Some(encoding) = decoded.other_encoding {
                    let message = format!("{file} is in {encoding} and was read as such");
                    diagnostics.push(
                        Diagnostic::at(codes::M0107, Place::file(file), message)
                            .help("look at the names in it; save it as UTF-8 to be sure"),
                    );
                }
                Ok(Some(decoded.text))
            }
            Err(Undecodable::Workbook(kind)) => {
                let message = format!("{file} is {kind}, not a text file");
                error(codes::M0104, message, SAVE_AS)
            }
            Err(Undecodable::Binary) => error(
                codes::M0108,
                format!("{file} is not a text file"),
                "save it again as UTF-8 text",
            ),
            Err(Undecodable::Ambiguous(line)) => {
                let message = format!("{file} is not UTF-8, and its encoding can't be told");
                // Its bytes, with what is plain in them, so that the line can be shown.
                let source = Source::new(file, String::from_utf8_lossy(&bytes).into_owned());
                let place = source.undrawn(u32::try_from(line).unwrap_or(u32::MAX));
                diagnostics.push(Diagnostic::at(codes::M0106, place, message).help(
                    "save it again as UTF-8 ('CSV UTF-8 (comma delimited)'), then look at this line",
                ));
                Err(Missing::Reported)
            }
        }
    }

    fn report_missing(&self, file: &str, help: &str, diagnostics: &mut Diagnostics) -> Missing {
        if let Some(workbook) = self.workbook_of(file) {
            return report_workbook(&workbook, file, diagnostics);
        }
        let diagnostic = Diagnostic::at(
            codes::M0102,
            Place::file(file),
            format!("{file} is missing"),
        );
        diagnostics.push(match self.near(file) {
            Some(near) => diagnostic
                .help(format!("there is {near}: rename it to {file}"))
                .suggest(Some(format!("rename {near} to {file}"))),
            None => diagnostic.help(help),
        });
        Missing::Reported
    }

    /// A file that is there, isn't known, and whose name is nearly `file`.
    fn near(&self, file: &str) -> Option<&str> {
        let plain = |name: &str| name.to_lowercase().replace([' ', '-', '_'], "");
        let wanted = plain(file);
        let known = |name: &str| name == policy::FILE || format_of(name).is_some();
        self.names
            .iter()
            .filter(|name| name.len() <= 60 && !known(name))
            .map(|name| (strsim::osa_distance(&plain(name), &wanted), name))
            .filter(|(distance, _)| *distance <= 2)
            .min()
            .map(|(_, name)| name.as_str())
    }

    /// The spreadsheet's own file of the same name.
    fn workbook_of(&self, file: &str) -> Option<String> {
        let stem = file.strip_suffix(".csv")?;
        let names = ["xlsx", "xls", "xlsm", "ods"].map(|end| format!("{stem}.{end}"));
        let same = |name: &&String| names.iter().any(|known| known.eq_ignore_ascii_case(name));
        self.names.iter().find(same).cloned()
    }
}

fn report_workbook(workbook: &str, file: &str, diagnostics: &mut Diagnostics) -> Missing {
    let message = format!("there is {workbook}, but {file} is asked for");
    diagnostics.push(
        Diagnostic::at(codes::M0104, Place::file(workbook), message)
            .help(format!("{SAVE_AS} under the name {file}")),
    );
    Missing::Reported
}

/// `bytes` in lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
