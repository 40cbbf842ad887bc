//! A statement to sign, as Markdown and as a page to print: the same text, and the marking on
//! every page.

use std::fmt::Write as _;

use pulldown_cmark::{Options, Parser, html};

/// What stands in a statement, from top to bottom.
pub(super) enum Block {
    /// A heading.
    Heading(String),
    /// A paragraph.
    Paragraph(String),
    /// Points.
    List(Vec<String>),
    /// Rows under a header.
    Table(Vec<&'static str>, Vec<Vec<String>>),
    /// Where somebody signs.
    Signature(&'static str),
}

/// A statement.
pub(super) struct Statement {
    /// The protective marking.
    pub(super) marking: String,
    /// What it is.
    pub(super) title: String,
    /// What it says.
    pub(super) blocks: Vec<Block>,
}

impl Statement {
    /// As Markdown, the marking first and last.
    pub(super) fn to_markdown(&self) -> String {
        let marking = plain(&self.marking);
        let mut text = format!(
            "**{marking}**\n\n{}\n\n**{marking}**\n",
            self.body().trim_end()
        );
        // Lines that are empty twice say nothing.
        while text.contains("\n\n\n") {
            text = text.replace("\n\n\n", "\n\n");
        }
        text
    }

    /// As a page that holds all that it needs, for a browser to show and print.
    pub(super) fn to_html(&self) -> String {
        let body = self.body();
        let parser = Parser::new_ext(&body, Options::ENABLE_TABLES);
        let mut inner = String::new();
        html::push_html(&mut inner, parser);
        let (title, marking) = (escaped(&self.title), escaped(&self.marking));
        format!(
            "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
             <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
             <header>{marking}</header>\n<main>\n{inner}</main>\n<footer>{marking}</footer>\n\
             </body>\n</html>\n"
        )
    }

    fn body(&self) -> String {
        let mut text = format!("# {}\n\n", plain(&self.title));
        for block in &self.blocks {
            match block {
                Block::Heading(heading) => {
                    let _ = writeln!(text, "## {}\n", plain(heading));
                }
                Block::Paragraph(paragraph) => {
                    let _ = writeln!(text, "{}\n", plain(paragraph));
                }
                Block::List(points) => {
                    for point in points {
                        let _ = writeln!(text, "- {}", plain(point));
                    }
                    text.push('\n');
                }
                Block::Table(head, rows) => table(&mut text, head, rows),
                Block::Signature(who) => {
                    let _ = writeln!(text, "Signed for Ofsted, {who}: {LINE}\n\nDate: {LINE}\n");
                }
            }
        }
        text
    }
}

fn table(text: &mut String, head: &[&'static str], rows: &[Vec<String>]) {
    let row = |text: &mut String, cells: &mut dyn Iterator<Item = String>| {
        let cells: Vec<_> = cells.collect();
        let _ = writeln!(text, "| {} |", cells.join(" | "));
    };
    row(text, &mut head.iter().map(|cell| (*cell).to_owned()));
    row(text, &mut head.iter().map(|_| "---".to_owned()));
    for cells in rows {
        row(text, &mut cells.iter().map(|cell| plain(cell)));
    }
    text.push('\n');
}

/// Text as Markdown shows it: what would be read as markup is escaped.
fn plain(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&' | '!' => {
                shown.push('\\');
                shown.push(character);
            }
            '\n' | '\r' => shown.push(' '),
            other => shown.push(other),
        }
    }
    shown
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;")
}

/// Where a hand writes.
const LINE: &str = "\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_";

/// What is fixed on a printed page comes again on every page.
const STYLE: &str = "\
body { font: 11pt/1.4 Arial, Helvetica, sans-serif; margin: 0; color: #0b0c0c; }
main { max-width: 48rem; margin: 3rem auto; padding: 0 1rem; }
header, footer { text-align: center; font-weight: bold; padding: 0.4rem; background: #fff; }
header { position: fixed; top: 0; left: 0; right: 0; }
footer { position: fixed; bottom: 0; left: 0; right: 0; }
table { border-collapse: collapse; width: 100%; margin: 0.5rem 0 1rem; page-break-inside: auto; }
tr { page-break-inside: avoid; }
th, td { border: 1px solid #b1b4b6; padding: 0.25rem 0.4rem; text-align: left; vertical-align: top; }
@page { margin: 22mm 15mm; }
@media print { main { margin: 0; max-width: none; } }
";

#[cfg(test)]
mod tests {
    use super::*;

    fn statement(text: &str) -> Statement {
        Statement {
            marking: "OFFICIAL-SENSITIVE".to_owned(),
            title: "A title".to_owned(),
            blocks: vec![
                Block::Heading(text.to_owned()),
                Block::Paragraph(text.to_owned()),
                Block::List(vec![text.to_owned()]),
                Block::Table(vec!["what"], vec![vec![text.to_owned()]]),
                Block::Signature("Deputy Director"),
            ],
        }
    }

    #[test]
    fn what_looks_like_markup_is_shown_as_it_is() {
        let text = "a|b <i>*c*</i> [d](e) `f` _g_ # h & i";
        let html = statement(text).to_html();
        let shown = "a|b &lt;i&gt;*c*&lt;/i&gt; [d](e) `f` _g_ # h &amp; i";
        assert_eq!(html.matches(shown).count(), 4, "{html}");
    }

    #[test]
    fn the_marking_comes_first_and_last_and_nothing_is_fetched() {
        let statement = statement("text");
        let markdown = statement.to_markdown();
        assert!(markdown.starts_with("**OFFICIAL-SENSITIVE**\n"));
        assert!(markdown.ends_with("**OFFICIAL-SENSITIVE**\n"));
        let html = statement.to_html();
        assert_eq!(html.matches("OFFICIAL-SENSITIVE").count(), 2);
        for reaches_out in ["http", "src=", "href=", "<script", "url(", "<!--"] {
            assert!(!html.contains(reaches_out), "{reaches_out}");
        }
    }
}
