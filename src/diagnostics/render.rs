//! Diagnostics drawn for people, in the style of the Rust compiler, and written for programs.
//!
//! A drawn row shows only cells of columns that the format knows, and never a reason: what
//! people wrote for themselves (health, interests) appears in no output.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Element, Level, Origin, Renderer, Snippet};
use serde_json::{Value, json};

use super::{Diagnostic, Diagnostics, Place, Position, Severity, Source};

/// Longer lines are named and not drawn: nobody could read them.
const LONGEST_LINE: usize = 2_000;

/// What is put in the place of a character that is not to be shown.
const BLANK: char = '·';

/// All diagnostics as people read them, and a closing line; with `colour`, for a terminal.
pub fn text(diagnostics: &Diagnostics, colour: bool) -> String {
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(120);
    let mut out = String::new();
    for diagnostic in diagnostics.iter() {
        out.push_str(&draw(diagnostics, diagnostic, &renderer));
        out.push_str("\n\n");
    }
    out.push_str(&summary(diagnostics));
    out.push('\n');
    out
}

/// How many there are: `3 errors, 2 warnings in 4 files`.
pub fn summary(diagnostics: &Diagnostics) -> String {
    let counted = |count: usize, word: &str| match count {
        1 => format!("1 {word}"),
        _ => format!("{count} {word}s"),
    };
    let parts: Vec<_> = [Severity::Error, Severity::Warning]
        .into_iter()
        .map(|severity| (diagnostics.count(severity), severity.as_str()))
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| counted(count, word))
        .collect();
    match (parts.is_empty(), diagnostics.files()) {
        (true, _) => "no errors, no warnings".to_owned(),
        (false, 0) => parts.join(", "),
        (false, files) => format!("{} in {}", parts.join(", "), counted(files, "file")),
    }
}

/// All diagnostics as one JSON object, for programs.
pub fn json(diagnostics: &Diagnostics) -> Value {
    let place = |place: Option<&Place>| {
        json!({
            "file": place.map(|place| place.file.as_str()),
            "line": place.and_then(Place::line),
            "column": place.and_then(Place::column),
        })
    };
    let list: Vec<Value> = diagnostics
        .iter()
        .map(|one| {
            let mut value = json!({
                "code": one.code.id,
                "severity": one.severity().as_str(),
            });
            extend(&mut value, place(one.place.as_ref()));
            let related: Vec<Value> = one
                .related
                .iter()
                .map(|related| {
                    let mut value = place(Some(&related.place));
                    extend(&mut value, json!({ "note": related.note }));
                    value
                })
                .collect();
            extend(
                &mut value,
                json!({
                    "cell": one.cell,
                    "message": one.message,
                    "help": one.help,
                    "suggestion": one.suggestion,
                    "related": related,
                }),
            );
            value
        })
        .collect();
    json!({
        "errors": diagnostics.count(Severity::Error),
        "warnings": diagnostics.count(Severity::Warning),
        "files": diagnostics.files(),
        "diagnostics": list,
    })
}

fn extend(value: &mut Value, more: Value) {
    if let (Value::Object(value), Value::Object(more)) = (value, more) {
        value.extend(more);
    }
}

fn draw(diagnostics: &Diagnostics, one: &Diagnostic, renderer: &Renderer) -> String {
    let level = match one.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = level
        .primary_title(one.message.as_str())
        .id(one.code.id)
        .elements(Vec::<Element<'_>>::new());
    if let Some(place) = &one.place {
        let label = one
            .suggestion
            .as_ref()
            .map(|meant| format!("did you mean {meant:?}?"));
        group = group.element(element(diagnostics, place, AnnotationKind::Primary, label));
    }
    for related in &one.related {
        let note = Some(related.note.clone());
        group = group.element(element(
            diagnostics,
            &related.place,
            AnnotationKind::Context,
            note,
        ));
    }
    if let Some(help) = &one.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    let text = renderer.render(&[group]);
    let mut places = one.place.iter().chain(one.related.iter().map(|r| &r.place));
    if places.any(|place| drawn(diagnostics, place).is_some()) {
        text
    } else {
        // With no line to number, the renderer leaves no room for numbers, and the arrow
        // would stand at the edge, apart from all others.
        text.replace('\n', "\n ")
    }
}

/// A place, with its line where there is one that can be shown.
fn element<'a>(
    diagnostics: &'a Diagnostics,
    place: &'a Place,
    kind: AnnotationKind,
    label: Option<String>,
) -> Element<'a> {
    let origin = || {
        let origin = Origin::path(place.file.as_str());
        match &place.position {
            Some(at) => origin
                .line(at.line as usize)
                .char_column(at.column as usize),
            None => origin,
        }
    };
    match drawn(diagnostics, place) {
        Some((at, (line, span))) => Snippet::source(line)
            .path(place.file.as_str())
            .line_start(at.line as usize)
            .annotation(kind.span(span).label(label))
            .into(),
        None => origin().into(),
    }
}

/// The line that `place` is in, and its bytes in it, where there is one that can be shown.
fn drawn<'a>(
    diagnostics: &Diagnostics,
    place: &'a Place,
) -> Option<(&'a Position, (String, Range<usize>))> {
    let at = place.position.as_ref()?;
    let source = diagnostics.source(&place.file)?;
    Some((at, drawn_line(source, at)?))
}

/// The line of a position, what is not to be shown blanked out character by character, and
/// the position's bytes in it.
fn drawn_line(source: &Source, at: &Position) -> Option<(String, Range<usize>)> {
    let line = source.line_span(at.line)?;
    if line.len() > LONGEST_LINE {
        return None;
    }
    let hidden = match source.layout() {
        Some(_) => hidden(source, at.row?)?,
        None => Vec::new(),
    };
    let mut text = String::with_capacity(line.len());
    let (mut start, mut end) = (None, 0);
    for (offset, character) in source.text()[line.clone()].char_indices() {
        let byte = line.start + offset;
        if byte >= at.span.start && start.is_none() {
            start = Some(text.len());
        }
        let blank = hidden.iter().any(|span| span.contains(&byte));
        text.push(if blank && character != '\t' {
            BLANK
        } else {
            character
        });
        if byte < at.span.end {
            end = text.len();
        }
    }
    let start = start.unwrap_or(text.len());
    Some((text, start..end.max(start)))
}

/// The stretches of the row at `start` that are not to be shown; nothing where it can't be
/// told which cell is which, so that the row must not be drawn.
fn hidden(source: &Source, start: usize) -> Option<Vec<Range<usize>>> {
    let layout = source.layout()?;
    let cells: Vec<_> = source.cells(start).take(layout.header.len() + 1).collect();
    // The header itself holds names of columns and nothing else.
    let is_header = source.text()[..start].trim().is_empty();
    if is_header {
        return Some(Vec::new());
    }
    let sound = cells.iter().all(|cell| cell.fault.is_none());
    let free_text = layout.shown.contains(&false);
    if free_text && (!sound || cells.len() != layout.header.len()) {
        return None;
    }
    let hidden = cells
        .iter()
        .zip(&layout.shown)
        .filter(|(_, shown)| !**shown)
        .map(|(cell, _)| source.inner(cell.span.clone()));
    Some(hidden.collect())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostics::{TableLayout, codes};

    #[test]
    fn reasons_are_never_drawn() {
        let text = "who,reason,to\nI1,bad bäck,2026\nI2,flu, bad,2026\n";
        let layout = TableLayout {
            delimiter: b',',
            header: ["who", "reason", "to"].map(str::to_owned).into(),
            shown: vec![true, false, true],
        };
        let source = Source::new("a.csv", text.to_owned()).with_layout(layout);
        let mut diagnostics = Diagnostics::default();
        diagnostics.add_source(Arc::new(source));
        for (line, column) in [(2, "to"), (3, "to"), (2, "reason")] {
            let place = diagnostics.cell("a.csv", line, column);
            diagnostics.push(Diagnostic::at(codes::M0202, place, "odd"));
        }
        let drawn = super::text(&diagnostics, false);
        assert!(drawn.contains("I1,········,2026"), "{drawn}");
        assert!(!drawn.contains("bad") && !drawn.contains("flu"), "{drawn}");
        assert!(drawn.ends_with("3 errors in 1 file\n"), "{drawn}");
    }
}
