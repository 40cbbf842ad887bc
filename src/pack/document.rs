//! A statement to read and sign, once as HTML that prints by itself and once as Markdown: the
//! same words in both, the marking on every page.

use std::fmt::Write as _;

/// A statement.
#[derive(Clone, Debug)]
pub struct Document {
    /// The protective marking.
    pub marking: String,
    /// What it is.
    pub title: String,
    /// What it says, in order.
    pub blocks: Vec<Block>,
}

/// A part of a statement.
#[derive(Clone, Debug)]
pub enum Block {
    /// A heading.
    Heading(String),
    /// A paragraph.
    Text(String),
    /// Points, one after the other.
    Points(Vec<String>),
    /// A table: its columns, and rows with a cell for each.
    Table(Vec<String>, Vec<Vec<String>>),
    /// Lines to be filled in by hand.
    Lines(Vec<String>),
}

impl Document {
    /// An empty one.
    pub fn new(marking: &str, title: &str) -> Self {
        Self {
            marking: marking.to_owned(),
            title: title.to_owned(),
            blocks: Vec::new(),
        }
    }

    /// Adds a heading.
    pub fn heading(&mut self, text: &str) {
        self.blocks.push(Block::Heading(text.to_owned()));
    }

    /// Adds a paragraph.
    pub fn text(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Text(text.into()));
    }

    /// Adds points, or says that there are none.
    pub fn points(&mut self, points: Vec<String>, none: &str) {
        match points.is_empty() {
            true => self.text(none),
            false => self.blocks.push(Block::Points(points)),
        }
    }

    /// Adds a table.
    pub fn table(&mut self, columns: &[&str], rows: Vec<Vec<String>>) {
        let columns = columns.iter().map(|column| (*column).to_owned()).collect();
        self.blocks.push(Block::Table(columns, rows));
    }

    /// Adds lines for a signature.
    pub fn signature(&mut self, who: &str) {
        let lines = [who, "Name", "Date"].map(str::to_owned).into();
        self.blocks.push(Block::Lines(lines));
    }

    /// As Markdown.
    pub fn markdown(&self) -> String {
        let mut text = format!("{}\n\n# {}\n", plain(&self.marking), plain(&self.title));
        for block in &self.blocks {
            text.push('\n');
            match block {
                Block::Heading(heading) => _ = writeln!(text, "## {}", plain(heading)),
                Block::Text(words) => _ = writeln!(text, "{}", plain(words)),
                Block::Points(points) => {
                    points
                        .iter()
                        .for_each(|point| _ = writeln!(text, "- {}", plain(point)));
                }
                Block::Table(columns, rows) => {
                    let line = |cells: &[String]| {
                        let cells: Vec<_> = cells.iter().map(|cell| plain(cell)).collect();
                        format!("| {} |", cells.join(" | "))
                    };
                    _ = writeln!(
                        text,
                        "{}\n|{}",
                        line(columns),
                        " --- |".repeat(columns.len())
                    );
                    rows.iter()
                        .for_each(|row| _ = writeln!(text, "{}", line(row)));
                }
                Block::Lines(lines) => {
                    lines.iter().for_each(|line| {
                        _ = writeln!(text, "{}: ____________________\n", plain(line))
                    });
                }
            }
        }
        text.truncate(text.trim_end().len());
        format!("{text}\n\n{}\n", plain(&self.marking))
    }

    /// As a page of HTML that needs nothing else.
    pub fn html(&self) -> String {
        let mut text = format!(
            "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
             <p class=\"marking top\">{marking}</p>\n<p class=\"marking foot\">{marking}</p>\n<main>\n<h1>{title}</h1>\n",
            title = escaped(&self.title),
            marking = escaped(&self.marking),
        );
        for block in &self.blocks {
            match block {
                Block::Heading(heading) => _ = writeln!(text, "<h2>{}</h2>", escaped(heading)),
                Block::Text(words) => _ = writeln!(text, "<p>{}</p>", escaped(words)),
                Block::Points(points) => {
                    text.push_str("<ul>\n");
                    points
                        .iter()
                        .for_each(|point| _ = writeln!(text, "<li>{}</li>", escaped(point)));
                    text.push_str("</ul>\n");
                }
                Block::Table(columns, rows) => {
                    let row = |tag: &str, cells: &[String]| {
                        let cells: String = cells
                            .iter()
                            .map(|cell| format!("<{tag}>{}</{tag}>", escaped(cell)))
                            .collect();
                        format!("<tr>{cells}</tr>\n")
                    };
                    _ = write!(
                        text,
                        "<table>\n<thead>\n{}</thead>\n<tbody>\n",
                        row("th", columns)
                    );
                    rows.iter()
                        .for_each(|cells| text.push_str(&row("td", cells)));
                    text.push_str("</tbody>\n</table>\n");
                }
                Block::Lines(lines) => {
                    lines.iter().for_each(|line| {
                        _ = writeln!(text, "<p class=\"line\">{}:</p>", escaped(line))
                    });
                }
            }
        }
        text.push_str("</main>\n</body>\n</html>\n");
        text
    }
}

/// On paper the marking stands at the top and the foot of every page: what is fixed is printed on each.
const STYLE: &str = "\
body { font-family: Arial, sans-serif; line-height: 1.4; margin: 4rem auto; max-width: 50rem; padding: 0 1rem; }
.marking { background: white; font-weight: bold; left: 0; margin: 0; padding: 0.5rem; position: fixed; right: 0; text-align: center; }
.top { top: 0; }
.foot { bottom: 0; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid black; padding: 0.3rem 0.6rem 0.3rem 0; text-align: left; vertical-align: top; }
tr { break-inside: avoid; }
h2 { break-after: avoid; }
.line { border-bottom: 1px solid black; margin-top: 2.5rem; }
@page { margin: 2cm; }
@media print {
  body { margin: 0; max-width: none; padding: 0; }
  main { display: block; }
  .top { top: -1.5cm; }
  .foot { bottom: -1.5cm; }
}
";

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// Text as Markdown shows it and nothing more: one line, no marks of its own.
fn plain(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' | '\r' | '\t' => safe.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '&' => {
                safe.extend(['\\', letter])
            }
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_wrote_is_text_and_nothing_else() {
        let mut document = Document::new("OFFICIAL", "A & B");
        document.table(&["name"], vec![vec!["<b>|x".to_owned()]]);
        document.points(vec!["*one*\ntwo".to_owned()], "none");
        document.points(Vec::new(), "none");
        let (html, text) = (document.html(), document.markdown());
        assert!(html.contains("<td>&lt;b&gt;|x</td>") && html.contains("<h1>A &amp; B</h1>"));
        assert!(text.contains("| \\<b\\>\\|x |") && text.contains("- \\*one\\* two\n"));
        assert!(html.contains("<p>none</p>") && text.contains("\nnone\n"));
        assert!(text.starts_with("OFFICIAL\n") && text.ends_with("OFFICIAL\n"));
    }
}
