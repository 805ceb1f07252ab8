//! How a place in the material is cited: the project's own form, such as `"{name}, s. {page}, {speaker}"`.

/// What a citation can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CitationField {
    /// The document's path.
    Document,
    /// The document's file name without its ending.
    Name,
    /// The case's label.
    Case,
    /// The phase's label.
    Phase,
    /// What the speaker is called: the pseudonym, else the role, else the label.
    Speaker,
    /// The speaker's role.
    Role,
    /// The page where there are pages, the row of a survey's sheet, else the line.
    Place,
    /// The page.
    Page,
    /// The line.
    Line,
    /// The time code.
    Time,
    /// The segment's number.
    Segment,
    /// Who answers in a survey's sheet.
    Respondent,
    /// The question that is answered there.
    Question,
    /// The row of the sheet.
    Row,
}

use CitationField::{
    Case, Document, Line, Name, Page, Phase, Place, Question, Respondent, Role, Row, Segment, Speaker, Time,
};

const FIELDS: [(&str, CitationField); 14] = [
    ("document", Document),
    ("name", Name),
    ("case", Case),
    ("phase", Phase),
    ("speaker", Speaker),
    ("role", Role),
    ("place", Place),
    ("page", Page),
    ("line", Line),
    ("time", Time),
    ("segment", Segment),
    ("respondent", Respondent),
    ("question", Question),
    ("row", Row),
];

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Field(CitationField),
    /// What stands in brackets.
    Group(char, Vec<Part>, char),
}

type Part = Vec<Piece>;

/// The form of a citation: parts with `, ` between them, in brackets too.
///
/// What is not known is left out with the words before it, from the last field or comma on: `{name} s. {page}` is the
/// name alone where there are no pages. So is a part, and what stands in brackets, if all its fields are unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    parts: Vec<Part>,
}

impl Citation {
    /// What holds where the project says nothing.
    pub const DEFAULT: &str = "{document}, {case}, {phase}, {place}, {speaker}, {respondent}, {question}, {time}";

    /// Reads a form.
    ///
    /// # Errors
    /// The field that there is none of, or the text behind a `{` that nothing closes.
    pub(super) fn parse(form: &str) -> Result<Self, String> {
        let mut rest = form;
        parts(&mut rest, None, 0).map(|parts| Self { parts })
    }

    /// The names of all fields.
    pub(super) fn fields() -> Vec<&'static str> {
        FIELDS.iter().map(|(name, _)| *name).collect()
    }

    /// The citation of a place of which `value` knows the fields.
    #[must_use]
    pub fn write(&self, value: &dyn Fn(CitationField) -> Option<String>) -> String {
        written(&self.parts, value).text
    }
}

/// Brackets within brackets are read to this depth; deeper ones are text.
const MAX_DEPTH: usize = 4;

/// Reads parts up to the bracket `close`, which is left, or to the end.
fn parts(rest: &mut &str, close: Option<char>, depth: usize) -> Result<Vec<Part>, String> {
    let mut parts = vec![Part::new()];
    let mut text = String::new();
    while let Some(next) = rest.chars().next() {
        if Some(next) == close {
            break;
        }
        if let Some(behind) = rest.strip_prefix(", ") {
            end_text(&mut parts, &mut text);
            parts.push(Part::new());
            *rest = behind;
            continue;
        }
        *rest = &rest[next.len_utf8()..];
        let closing = match next {
            '(' => Some(')'),
            '[' => Some(']'),
            _ => None,
        };
        if next == '{' {
            let (name, after) = rest.split_once('}').ok_or_else(|| (*rest).to_owned())?;
            let known = FIELDS.iter().find(|(known, _)| *known == name.trim());
            end_text(&mut parts, &mut text);
            parts
                .last_mut()
                .expect("there is always a part")
                .push(Piece::Field(known.ok_or_else(|| name.to_owned())?.1));
            *rest = after;
        } else if let Some(closing) = closing.filter(|closing| depth < MAX_DEPTH && rest.contains(*closing)) {
            let inner = self::parts(rest, Some(closing), depth + 1)?;
            if let Some(after) = rest.strip_prefix(closing) {
                *rest = after;
            }
            end_text(&mut parts, &mut text);
            parts.last_mut().expect("there is always a part").push(Piece::Group(next, inner, closing));
        } else {
            text.push(next);
        }
    }
    end_text(&mut parts, &mut text);
    Ok(parts)
}

fn end_text(parts: &mut [Part], text: &mut String) {
    if let Some(part) = parts.last_mut().filter(|_| !text.is_empty()) {
        part.push(Piece::Text(std::mem::take(text)));
    }
}

/// Something written, and whether it has fields and knows any of them.
struct Written {
    text: String,
    has_fields: bool,
    is_known: bool,
}

fn written(parts: &[Part], value: &dyn Fn(CitationField) -> Option<String>) -> Written {
    let each: Vec<Written> = parts.iter().map(|part| written_part(part, value)).collect();
    let (has_fields, is_known) = (each.iter().any(|part| part.has_fields), each.iter().any(|part| part.is_known));
    let kept = each.into_iter().filter(|part| part.is_known || !part.has_fields);
    Written { text: kept.map(|part| part.text).collect::<Vec<_>>().join(", "), has_fields, is_known }
}

fn written_part(part: &[Piece], value: &dyn Fn(CitationField) -> Option<String>) -> Written {
    let mut whole = Written { text: String::new(), has_fields: false, is_known: false };
    // Words wait until it is known whether what they belong to is.
    let (mut label, mut is_after_gap) = (String::new(), false);
    for piece in part {
        let own = match piece {
            Piece::Text(text) => {
                label.push_str(text);
                continue;
            }
            Piece::Field(field) => {
                whole.has_fields = true;
                value(*field)
            }
            Piece::Group(open, parts, close) => {
                let inner = written(parts, value);
                whole.has_fields |= inner.has_fields;
                if !inner.has_fields {
                    label.push_str(&format!("{open}{}{close}", inner.text));
                    continue;
                }
                inner.is_known.then(|| format!("{open}{}{close}", inner.text))
            }
        };
        let was_after_gap = std::mem::replace(&mut is_after_gap, own.is_none());
        if let Some(own) = own {
            // Nothing is left of what stood before: a colon or a blank behind it has no work.
            let is_idle = was_after_gap && !whole.is_known && is_gap(&label);
            whole.text.push_str(if is_idle { "" } else { &label });
            whole.text.push_str(&own);
            whole.is_known = true;
        }
        label.clear();
    }
    if !is_after_gap || is_gap(&label) {
        whole.text.push_str(label.trim_end());
    }
    whole
}

/// Whether a text is but marks and blanks.
fn is_gap(text: &str) -> bool {
    !text.contains(char::is_alphanumeric)
}

impl Default for Citation {
    fn default() -> Self {
        Self::parse(Self::DEFAULT).expect("the default form is right")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(form: &str, expected: &str) {
        let value = |field: CitationField| match field {
            Name => Some("intervju".to_owned()),
            Case => Some("Nord".to_owned()),
            Line => Some("12".to_owned()),
            _ => None,
        };
        assert_eq!(Citation::parse(form).unwrap().write(&value), expected, "{form}");
    }

    #[test]
    fn what_is_not_known_is_left_out_with_its_words() {
        check("{name}, s. {page}, linje {line}", "intervju, linje 12");
        check("{case} {phase}, {speaker}", "Nord");
        check("intervju, {name}", "intervju, intervju");
        check("{name} s. {page}", "intervju");
        check("{name} s. {page} linje {line}", "intervju linje 12");
        check("{name} {page} s.", "intervju");
        check("{speaker}: {name}", "intervju");
        check("Intervju {name}", "Intervju intervju");
        check("«{name}» ({line}).", "«intervju» (12).");
        check("{name}.", "intervju.");
        check("s. {page}", "");
        assert_eq!(Citation::parse("{nmae}"), Err("nmae".to_owned()));
        assert_eq!(Citation::parse("{name"), Err("name".to_owned()));
    }

    #[test]
    fn brackets_go_with_what_stands_in_them() {
        check("{name} (s. {page})", "intervju");
        check("{name} ({case}, s. {page})", "intervju (Nord)");
        check("{name} ({phase}, linje {line})", "intervju (linje 12)");
        check("{name} [{case} ({phase})]", "intervju [Nord]");
        check("{name} (utdrag), s. {page}", "intervju (utdrag)");
        check("{name} (s. {line}", "intervju (s. 12");
        check("{name} :)", "intervju :)");
        assert_eq!(Citation::parse("({nmae})"), Err("nmae".to_owned()));
    }
}
