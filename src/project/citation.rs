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
    /// The speaker's label or pseudonym.
    Speaker,
    /// The page where there are pages, else the line.
    Place,
    /// The page.
    Page,
    /// The line.
    Line,
    /// The time code.
    Time,
    /// The segment's number.
    Segment,
}

use CitationField::{Case, Document, Line, Name, Page, Phase, Place, Segment, Speaker, Time};

const FIELDS: [(&str, CitationField); 10] = [
    ("document", Document),
    ("name", Name),
    ("case", Case),
    ("phase", Phase),
    ("speaker", Speaker),
    ("place", Place),
    ("page", Page),
    ("line", Line),
    ("time", Time),
    ("segment", Segment),
];

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Field(CitationField),
}

/// The form of a citation: parts with `, ` between them; a part whose fields are all unknown is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    parts: Vec<Vec<Piece>>,
}

impl Citation {
    /// What holds where the project says nothing.
    pub const DEFAULT: &str = "{document}, {place}, {speaker}, {time}";

    /// Reads a form.
    ///
    /// # Errors
    /// The field that there is none of, or the text behind a `{` that nothing closes.
    pub(super) fn parse(form: &str) -> Result<Self, String> {
        let parts = form.split(", ").map(|part| {
            let mut pieces = Vec::new();
            let mut rest = part;
            while let Some((text, behind)) = rest.split_once('{') {
                pieces.extend((!text.is_empty()).then(|| Piece::Text(text.to_owned())));
                let (name, after) = behind.split_once('}').ok_or_else(|| behind.to_owned())?;
                let known = FIELDS.iter().find(|(known, _)| *known == name.trim());
                pieces.push(Piece::Field(known.ok_or_else(|| name.to_owned())?.1));
                rest = after;
            }
            pieces.extend((!rest.is_empty()).then(|| Piece::Text(rest.to_owned())));
            Ok(pieces)
        });
        Ok(Self { parts: parts.collect::<Result<_, String>>()? })
    }

    /// The names of all fields.
    pub(super) fn fields() -> Vec<&'static str> {
        FIELDS.iter().map(|(name, _)| *name).collect()
    }

    /// The citation of a place of which `value` knows the fields.
    #[must_use]
    pub fn write(&self, value: &dyn Fn(CitationField) -> Option<String>) -> String {
        let mut written: Vec<String> = Vec::new();
        for part in &self.parts {
            let mut text = String::new();
            let (mut n_fields, mut n_known) = (0, 0);
            for piece in part {
                match piece {
                    Piece::Text(own) => text.push_str(own),
                    Piece::Field(field) => {
                        n_fields += 1;
                        if let Some(own) = value(*field) {
                            n_known += 1;
                            text.push_str(&own);
                        }
                    }
                }
            }
            if n_fields == 0 || n_known > 0 {
                written.push(text);
            }
        }
        written.join(", ")
    }
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
        check("{case} {phase}, {speaker}", "Nord ");
        check("intervju, {name}", "intervju, intervju");
        assert_eq!(Citation::parse("{nmae}"), Err("nmae".to_owned()));
        assert_eq!(Citation::parse("{name"), Err("name".to_owned()));
    }
}
