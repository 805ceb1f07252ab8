//! Messages as text: a first line that stands alone, the place with a caret, the hints.
//!
//! ```text
//! error[codebook/unknown-parent]: code `løft` has unknown parent `ildsjell`
//!  --> codebook.toml:9:10
//!   |
//! 9 | parent = "ildsjell"
//!   |          ^^^^^^^^^^ no code has this id
//!   |
//!   = help: did you mean `ildsjel`?
//! ```

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Place, Severity, excerpt::Excerpt, printable};

/// So many messages with the same id are printed; of the others, how many there are.
const SHOWN_OF_A_KIND: usize = 5;
/// Excerpts are never narrower than this, whatever the terminal says.
const MIN_WIDTH: usize = 40;

/// How messages are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// With terminal colours.
    pub color: bool,
    /// Columns; long source lines are cut around the caret to fit.
    pub width: usize,
}

/// The messages as text, ready for a terminal or a file; empty for none.
///
/// They keep their order. Of more than five with the same id, five are shown and the others counted at the end.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], style: Style) -> String {
    let renderer = if style.color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.term_width(style.width.max(MIN_WIDTH));
    let mut seen: Vec<(&'static str, Severity, usize)> = Vec::new();
    let mut shown: Vec<String> = Vec::new();
    for diagnostic in diagnostics {
        let kind = (diagnostic.id, diagnostic.severity);
        let n_before = match seen.iter_mut().find(|(id, severity, _)| (*id, *severity) == kind) {
            Some((.., n)) => std::mem::replace(n, *n + 1),
            None => {
                seen.push((diagnostic.id, diagnostic.severity, 1));
                0
            }
        };
        if n_before < SHOWN_OF_A_KIND {
            shown.push(one(diagnostic, &renderer));
        }
    }
    for (id, severity, n) in seen.into_iter().filter(|(.., n)| *n > SHOWN_OF_A_KIND) {
        let text = match n - SHOWN_OF_A_KIND {
            1 => "1 more like this is not shown".to_owned(),
            more => format!("{more} more like this are not shown"),
        };
        shown.push(renderer.render(&[Group::with_title(level(severity).primary_title(text).id(id))]));
    }
    let mut out = String::new();
    let mut was_long = false;
    for (index, message) in shown.iter().map(|message| message.trim_end()).enumerate() {
        // A blank line sets apart what has several lines, and lists of one-liners stay lists.
        let is_long = message.contains('\n');
        if index > 0 && (is_long || was_long) {
            out.push('\n');
        }
        out.push_str(message);
        out.push('\n');
        was_long = is_long;
    }
    out
}

fn one(diagnostic: &Diagnostic, renderer: &Renderer) -> String {
    let title = level(diagnostic.severity).primary_title(printable(&diagnostic.message)).id(diagnostic.id);
    let mut group = Group::with_title(title);
    for (index, place) in diagnostic.places.iter().enumerate() {
        let kind = if index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        group = with_place(group, place, kind);
    }
    for hint in &diagnostic.hints {
        group = group.element(Level::HELP.message(printable(hint)));
    }
    let rendered = renderer.render(&[group]);
    // The bar leads from a place to its hint; without a place it would hang in the air.
    if diagnostic.places.is_empty() { without_bar(&rendered) } else { rendered }
}

/// The lines that hold more than the bar at their left.
fn without_bar(rendered: &str) -> String {
    let is_bar = |line: &&str| plain(line).trim() == "|";
    rendered.lines().filter(|line| !is_bar(line)).collect::<Vec<_>>().join("\n")
}

/// A line without the colours of terminals.
fn plain(line: &str) -> String {
    let mut parts = line.split('\u{1b}');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once('m').map_or("", |(_, rest)| rest))
}

fn with_place<'a>(group: Group<'a>, place: &'a Place, kind: AnnotationKind) -> Group<'a> {
    let path = printable(&place.path.to_string_lossy()).into_owned();
    if let Some(cell) = &place.cell {
        let label = if place.label.is_empty() { String::new() } else { format!(": {}", printable(&place.label)) };
        return group.element(Origin::path(format!("{path}, {}{label}", printable(cell))));
    }
    let Some((text, span)) = &place.source else { return group.element(Origin::path(path)) };
    let excerpt = Excerpt::of(text, *span);
    let mut annotation = kind.span(excerpt.caret);
    if !place.label.is_empty() {
        annotation = annotation.label(printable(&place.label));
    }
    group.element(Snippet::source(excerpt.shown).path(path).line_start(excerpt.line).annotation(annotation))
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::text::Span;

    const PLAIN: Style = Style { color: false, width: 80 };

    #[track_caller]
    fn check(diagnostics: &[Diagnostic], expected: &str) {
        let found = render(diagnostics, PLAIN);
        assert_eq!(found, expected, "\n{found}");
    }

    fn within(text: &str, part: &str, label: &str) -> Place {
        let start = text.find(part).expect("the part is in the text");
        Place::within("codebook.toml", &Arc::from(text), Span::new(start, start + part.len()), label)
    }

    #[test]
    fn a_cell_of_a_workbook_has_no_line_to_show() {
        let place = within("a\tb", "b", "no such code").told_as("row 5, column E (`codes`)");
        check(
            &[Diagnostic::error("agreement/unknown-code", "`b` is not a code").at(place).hint("did you mean `c`?")],
            "error[agreement/unknown-code]: `b` is not a code\n--> codebook.toml, row 5, column E (`codes`): no such \
             code\n = help: did you mean `c`?\n",
        );
    }

    #[test]
    fn an_error_shows_place_caret_label_and_hint() {
        let text = "[[code]]\nid = \"løft\"\nparent = \"ildsjell\"\n";
        let diagnostic = Diagnostic::error("codebook/unknown-parent", "code `løft` has unknown parent `ildsjell`")
            .at(within(text, "\"ildsjell\"", "no code has this id"))
            .hint("did you mean `ildsjel`?");
        check(
            &[diagnostic],
            r#"error[codebook/unknown-parent]: code `løft` has unknown parent `ildsjell`
 --> codebook.toml:3:10
  |
3 | parent = "ildsjell"
  |          ^^^^^^^^^^ no code has this id
  |
  = help: did you mean `ildsjel`?
"#,
        );
    }

    #[test]
    fn a_second_place_explains_the_first() {
        let text = "id = \"a\"\nid = \"b\"\n";
        let diagnostic = Diagnostic::warning("x/y", "two places").at(within(text, "\"b\"", "here")).at(within(
            text,
            "\"a\"",
            "and there",
        ));
        check(
            &[diagnostic],
            r#"warning[x/y]: two places
 --> codebook.toml:2:6
  |
2 | id = "b"
  |      ^^^ here
  |
 ::: codebook.toml:1:6
  |
1 | id = "a"
  |      --- and there
"#,
        );
    }

    #[test]
    fn a_whole_file_and_no_place_at_all() {
        check(
            &[
                Diagnostic::error("x/y", "cannot read the codebook").at(Place::file("a\u{1b}.toml")).hint("mend it"),
                Diagnostic::note("x/z", "no place"),
            ],
            r"error[x/y]: cannot read the codebook
--> a\u{1b}.toml
 = help: mend it

note[x/z]: no place
",
        );
    }

    #[test]
    fn what_has_no_place_has_no_bar_and_one_liners_are_a_list() {
        let one_line = |message: &str| Diagnostic::note("x/y", message);
        let found = [one_line("a"), one_line("b"), Diagnostic::error("x/z", "c").hint("d").hint("e"), one_line("f")];
        check(
            &found,
            r"note[x/y]: a
note[x/y]: b

error[x/z]: c
 = help: d
 = help: e

note[x/y]: f
",
        );
    }

    #[test]
    fn an_empty_span_has_a_caret_too() {
        check(
            &[Diagnostic::error("x/y", "it ends").at(within("a", "", "")).at(Place::within(
                "q",
                &Arc::from("ab"),
                Span::new(2, 2),
                "expected more",
            ))],
            r"error[x/y]: it ends
 --> codebook.toml:1:1
  |
1 | a
  | ^
  |
 ::: q:1:3
  |
1 | ab
  |   - expected more
",
        );
    }

    #[test]
    fn many_of_a_kind_are_counted() {
        let many: Vec<_> = (0..12).map(|n| Diagnostic::error("x/y", format!("number {n}"))).collect();
        let text = render(&many, PLAIN);
        assert!(text.contains("number 4\n") && !text.contains("number 5"), "{text}");
        assert!(text.ends_with("error[x/y]: 7 more like this are not shown\n"), "{text}");
    }

    #[test]
    fn colour_changes_nothing_but_colour() {
        let diagnostic = Diagnostic::error("x/y", "m").at(within("abc", "b", "here")).hint("h");
        let nowhere = Diagnostic::error("x/z", "m").hint("h");
        for diagnostic in [diagnostic, nowhere] {
            let colored = render(std::slice::from_ref(&diagnostic), Style { color: true, ..PLAIN });
            let without: String = colored.lines().map(|line| plain(line) + "\n").collect();
            assert_ne!(colored, without);
            assert_eq!(without, render(&[diagnostic], PLAIN));
        }
    }

    #[test]
    fn no_messages_are_no_text() {
        check(&[], "");
    }

    #[test]
    fn nothing_a_terminal_obeys_gets_through() {
        let text = "a = \"\u{1b}[31m\u{7}\"";
        let place = within(text, "\u{7}", "\u{1b}label");
        let found = render(&[Diagnostic::error("x/y", "bad\u{1b}\nline").at(place).hint("\u{9b}")], PLAIN);
        assert!(!found.contains(|c: char| c.is_control() && c != '\n'), "{found:?}");
        assert_eq!(found.lines().next(), Some(r"error[x/y]: bad\u{1b}\nline"));
    }

    #[test]
    fn a_very_long_line_is_cut() {
        let text = format!("patterns = [\"{}NEAR/x{}\"]", "æ ".repeat(500_000), "ø ".repeat(500_000));
        let found = render(&[Diagnostic::error("x/y", "m").at(within(&text, "NEAR/x", "expected a number"))], PLAIN);
        assert!(found.lines().all(|line| line.chars().count() <= 80), "{found}");
        assert!(found.contains("codebook.toml:1:1000014"), "{found}");
    }
}
