//! The guide that lies in an empty dataset, made from the table of columns.

use std::fmt::Write;

use crate::format::{Column, FILES, FileFormat};

const OPENING: &str = include_str!("guide_opening.txt");
const MISTAKES: &str = include_str!("guide_mistakes.txt");
const WIDTH: usize = 96;

/// The whole text.
pub(super) fn text() -> String {
    let mut text = OPENING.to_owned();
    for (position, file) in FILES.into_iter().enumerate() {
        section(&mut text, position + 1, file);
    }
    text.push_str(MISTAKES);
    text
}

fn section(text: &mut String, number: usize, file: &FileFormat) {
    let need = if file.required {
        "needed"
    } else {
        "may be left out"
    };
    let title = format!("{number}. {} ({need})", file.name);
    put(text, &title);
    put(text, &"-".repeat(title.len()));
    wrapped(text, &format!("Holds {}.", file.holds), "");
    text.push('\n');
    for column in file.columns {
        describe(text, column);
    }
    text.push('\n');
}

fn describe(text: &mut String, column: &Column) {
    let need = if column.required {
        ""
    } else {
        "  (this column may be left out)"
    };
    put(text, &format!("  {}{need}", column.name));
    wrapped(text, column.meaning, "      ");
    put(text, &format!("      Example: {}", column.example));
}

fn put(text: &mut String, line: &str) {
    writeln!(text, "{line}").expect("writing to a string succeeds");
}

/// `words` on lines of at most [`WIDTH`] characters, each after `indent`.
fn wrapped(text: &mut String, words: &str, indent: &str) {
    let mut line = indent.to_owned();
    for word in words.split_whitespace() {
        let length = line.chars().count() + word.chars().count() + 1;
        if length > WIDTH && line.len() > indent.len() {
            put(text, line.trim_end());
            line = indent.to_owned();
        }
        line.push_str(word);
        line.push(' ');
    }
    put(text, line.trim_end());
}
