//! Which paragraph styles make headings, lists and tables of contents.

use std::collections::BTreeMap;

use super::super::error::IngestError;
use super::super::xml::{Node, Xml};

/// What a style makes of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Running text.
    Body,
    /// A heading or title.
    Heading,
    /// An item of a list.
    ListItem,
    /// A line of a table of contents, which repeats a heading.
    Contents,
}

/// The paragraph styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: BTreeMap<String, Style>,
}

#[derive(Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    outline: Option<u32>,
    has_numbers: Option<bool>,
}

/// Styles build on each other at most this deep; cycles occur in damaged files.
const MAX_DEPTH: usize = 32;

impl Styles {
    /// Reads the styles that stand anywhere in `xml`.
    pub(super) fn read(xml: &mut Xml<'_>) -> Result<Self, IngestError> {
        let mut styles = Self::default();
        let mut current: Option<(String, Style)> = None;
        loop {
            match xml.next()? {
                Node::Start(element) => match (element.name(), &mut current) {
                    ("style", None) => {
                        if let Some(id) = element.attribute("styleId") {
                            current = Some((id, Style::default()));
                        }
                    }
                    ("name", Some((_, style))) => {
                        style.name = element.attribute("val").unwrap_or_default().to_lowercase();
                    }
                    ("basedOn", Some((_, style))) => style.based_on = element.attribute("val"),
                    ("outlineLvl", Some((_, style))) => {
                        style.outline = element.attribute("val").and_then(|level| level.parse().ok());
                    }
                    ("numId", Some((_, style))) => {
                        style.has_numbers = Some(element.attribute("val").as_deref() != Some("0"));
                    }
                    _ => {}
                },
                Node::End(element) if element.name() == "style" => {
                    if let Some((id, style)) = current.take() {
                        styles.by_id.insert(id, style);
                    }
                }
                Node::Done => return Ok(styles),
                _ => {}
            }
        }
    }

    /// What the style `id` makes of a paragraph.
    pub(super) fn role(&self, id: &str) -> Role {
        let mut next = Some(id);
        for _ in 0..MAX_DEPTH {
            let Some(id) = next else { break };
            let Some(style) = self.by_id.get(id) else { return by_name(&id.to_lowercase()).unwrap_or(Role::Body) };
            if let Some(role) = by_name(&style.name) {
                return role;
            }
            match (style.outline, style.has_numbers) {
                (Some(0..=8), _) => return Role::Heading,
                (Some(_), _) => return Role::Body,
                (None, Some(true)) => return Role::ListItem,
                (None, Some(false)) => return Role::Body,
                (None, None) => {}
            }
            next = style.based_on.as_deref();
        }
        Role::Body
    }
}

/// What a built-in style's name says; the names are English in every language's Word, ids are not.
fn by_name(name: &str) -> Option<Role> {
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    match stem {
        "heading" | "overskrift" | "title" | "tittel" | "subtitle" | "undertittel" => Some(Role::Heading),
        "toc" | "innh" => (stem != name).then_some(Role::Contents),
        "list bullet" | "list number" | "listbullet" | "listnumber" | "punktliste" | "nummerertliste" => {
            Some(Role::ListItem)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::limits::{Budget, Limits};
    use super::*;
    use crate::ingest::Format;

    #[track_caller]
    fn check(styles: &str, id: &str, expected: Role) {
        let budget = Budget::new(Limits::DEFAULT, Format::Docx, 0, None);
        let xml = format!("<w:styles>{styles}</w:styles>");
        let mut xml = Xml::new(xml.as_bytes(), "styles", &budget).expect("readable");
        assert_eq!(Styles::read(&mut xml).expect("well-formed").role(id), expected, "{styles}");
    }

    #[test]
    fn headings_are_known_by_name_outline_and_ancestry() {
        check(
            r#"<w:style w:styleId="Overskrift1"><w:name w:val="heading 1"/></w:style>"#,
            "Overskrift1",
            Role::Heading,
        );
        check(
            r#"<w:style w:styleId="a"><w:name w:val="Min"/><w:basedOn w:val="b"/></w:style>
               <w:style w:styleId="b"><w:name w:val="Din"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>"#,
            "a",
            Role::Heading,
        );
        check(r#"<w:style w:styleId="a"><w:name w:val="Min"/><w:basedOn w:val="a"/></w:style>"#, "a", Role::Body);
        check("", "Overskrift2", Role::Heading);
        check("", "Brdtekst", Role::Body);
        check(r#"<w:style w:styleId="INNH1"><w:name w:val="toc 1"/></w:style>"#, "INNH1", Role::Contents);
    }
}
