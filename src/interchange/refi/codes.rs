//! Codes ↔ `<Code>` elements: unique names, and in the description all that has no element of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::guid;
use crate::diag::{Diagnostic, few, shortened};
use crate::interchange::draft::{Draft, DraftCode, DraftPattern, Ids, one_line};
use crate::interchange::tree::{self, Element};

/// The words before what a code's description says, in Norwegian and in English.
const WORDS: [[&str; 5]; 2] =
    [["Definisjon", "Inkluder", "Ekskluder", "Mønstre", "Id"], ["Definition", "Include", "Exclude", "Patterns", "Id"]];

/// Codes as they are written: names and GUIDs by index.
pub(super) struct Named<'d> {
    draft: &'d Draft,
    pub(super) guids: Vec<String>,
    names: Vec<String>,
    words: &'static [&'static str; 5],
    with_patterns: bool,
}

impl<'d> Named<'d> {
    /// `with_patterns` puts these into the descriptions, for people to read.
    pub(super) fn new(draft: &'d Draft, with_patterns: bool) -> Self {
        let mut taken: BTreeSet<String> = BTreeSet::new();
        let mut names = Vec::with_capacity(draft.codes.len());
        for code in &draft.codes {
            let label = one_line(&code.label);
            let parent = code.parent.map(|parent| one_line(&draft.codes[parent].label));
            let long = parent.map(|parent| format!("{parent} / {label}"));
            let free = [Some(label.clone()), long, Some(code.id.clone())].into_iter().flatten();
            let mut free: Vec<String> = free.filter(|name| !taken.contains(&name.to_lowercase())).collect();
            // Ids differ in more than case; still an id may be another code's label.
            let mut n = 1;
            while free.is_empty() {
                n += 1;
                let name = format!("{} ({n})", code.id);
                free.extend(Some(name).filter(|name| !taken.contains(&name.to_lowercase())));
            }
            let name = free.swap_remove(0);
            taken.insert(name.to_lowercase());
            names.push(name);
        }
        let guids = draft.codes.iter().map(|code| guid::of("code", &code.id)).collect();
        let is_norwegian = draft.languages.first().is_none_or(|tag| matches!(tag.as_str(), "nb" | "nn" | "no"));
        Self { draft, guids, names, words: &WORDS[usize::from(!is_norwegian)], with_patterns }
    }

    /// All codes, nested.
    pub(super) fn xml(&self) -> String {
        let mut out = String::new();
        self.children(None, &mut out);
        out
    }

    fn children(&self, parent: Option<usize>, out: &mut String) {
        for index in self.draft.children(parent) {
            let code = &self.draft.codes[index];
            let (guid, name) = (&self.guids[index], tree::attribute(&self.names[index]));
            let _ = write!(out, "<Code guid=\"{guid}\" name=\"{name}\" isCodable=\"true\"");
            if let Some(color) = &code.color {
                let _ = write!(out, " color=\"{color}\"");
            }
            out.push('>');
            let description = self.description(index);
            if !description.is_empty() {
                let _ = write!(out, "<Description>{}</Description>", tree::content(&description));
            }
            self.children(Some(index), out);
            out.push_str("</Code>");
        }
    }

    fn description(&self, index: usize) -> String {
        let code = &self.draft.codes[index];
        let patterns: Vec<&str> = code.patterns.iter().map(|pattern| pattern.source.as_str()).collect();
        let patterns = if self.with_patterns { patterns.join("\n") } else { String::new() };
        let id = if code.id == self.names[index] { "" } else { &code.id };
        let said = [&code.definition, &code.include, &code.exclude, &patterns, id];
        let lines: Vec<String> = self
            .words
            .iter()
            .zip(said)
            .filter(|(_, text)| !text.trim().is_empty())
            .map(|(word, text)| format!("{word}: {}", text.trim()))
            .collect();
        lines.join("\n")
    }
}

/// Codes that were read: a draft, and which of its codes a GUID means.
#[derive(Debug, Default)]
pub(super) struct ReadCodes {
    pub(super) draft: Draft,
    pub(super) by_guid: BTreeMap<String, usize>,
    /// Codes that stand for cases.
    pub(super) n_cases: usize,
    /// What codes without a name are called here.
    nameless: Vec<String>,
    ids: Ids,
}

impl ReadCodes {
    /// Reads the codes in `element`; those whose GUID `is_case` stand for cases and are left out.
    pub(super) fn read(&mut self, element: &Element, is_case: &dyn Fn(&str) -> bool) {
        self.children(element, None, &mut Vec::new(), is_case);
    }

    fn children(
        &mut self,
        element: &Element,
        parent: Option<usize>,
        path: &mut Vec<String>,
        is_case: &dyn Fn(&str) -> bool,
    ) {
        for element in element.all("Code") {
            let guid = guid::plain(element.attribute("guid").unwrap_or_default());
            if is_case(&guid) {
                self.n_cases += 1;
                self.children(element, parent, path, is_case);
                continue;
            }
            let name = one_line(element.attribute("name").unwrap_or_default());
            let said = Said::of(element.text_of("Description"));
            if said.is_english {
                self.draft.languages = vec!["en".to_owned()];
            }
            let [definition, include, exclude, patterns, id] = said.texts;
            let wanted = one_line(&id);
            let id = self.ids.id(path, if wanted.is_empty() { &name } else { &wanted });
            let index = self.draft.codes.len();
            let color = element.attribute("color").and_then(six_digits);
            let patterns = patterns.lines().filter(|line| is_pattern(line)).map(DraftPattern::new).collect();
            let label = if name.is_empty() { id.clone() } else { name.clone() };
            self.nameless.extend(name.is_empty().then(|| id.clone()));
            self.draft.codes.push(DraftCode {
                id,
                label,
                parent,
                definition,
                include,
                exclude,
                color,
                patterns,
                ..DraftCode::default()
            });
            self.by_guid.entry(guid).or_insert(index);
            path.push(name);
            self.children(element, Some(index), path, is_case);
            path.pop();
        }
    }

    /// What is to be said of codes that nobody named.
    pub(super) fn about_names(&self) -> Option<Diagnostic> {
        let message = match self.nameless.as_slice() {
            [] => return None,
            [one] => format!("1 code has no name and is called `{}` here", shortened(one)),
            several => format!("{} codes have no names and are called here {}", several.len(), few(several)),
        };
        Some(Diagnostic::warning("refi/no-name", message).hint("give it an `id` and a `label` in the codebook"))
    }
}

fn is_pattern(line: &str) -> bool {
    use crate::codebook::pattern::{Context, parse};
    !line.trim().is_empty() && parse(line, Context::Codebook).is_ok()
}

/// `#rgb` and `#rrggbb`, as the latter.
fn six_digits(color: &str) -> Option<String> {
    let digits = color.trim().strip_prefix('#').filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))?;
    match digits.len() {
        6 => Some(format!("#{digits}")),
        3 => Some(std::iter::once('#').chain(digits.chars().flat_map(|digit| [digit, digit])).collect()),
        _ => None,
    }
}

/// What a description says, in the order of [`WORDS`].
#[derive(Default)]
struct Said {
    texts: [String; 5],
    is_english: bool,
}

impl Said {
    /// A line that begins with one of our words begins what it says; what stands before the first is the definition.
    fn of(description: &str) -> Self {
        let mut said = Self::default();
        let mut at = 0;
        let description = description.replace("\r\n", "\n").replace('\r', "\n");
        for line in description.trim().lines() {
            let starts = |words: &[&str; 5]| {
                words.iter().position(|word| line.strip_prefix(word).is_some_and(|rest| rest.starts_with(':')))
            };
            let found = WORDS.iter().enumerate().find_map(|(language, words)| Some((language, starts(words)?)));
            // Each is said once, in this order, so a line of a definition is not taken for another.
            if let Some((language, index)) =
                found.filter(|(_, index)| *index > at || said.texts.iter().all(String::is_empty))
            {
                said.is_english |= language == 1 && index < 4;
                at = index;
                line.split_once(':').map_or("", |(_, rest)| rest.trim()).clone_into(&mut said.texts[at]);
            } else {
                if !said.texts[at].is_empty() {
                    said.texts[at].push('\n');
                }
                said.texts[at].push_str(line.trim_end());
            }
        }
        said
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_code_says_comes_back() {
        let code = |id: &str, label: &str, parent| DraftCode {
            id: id.to_owned(),
            label: label.to_owned(),
            parent,
            ..DraftCode::default()
        };
        let mut draft = Draft {
            codes: vec![code("a", "A & B", None), code("b", "Folk", Some(0)), code("folk-2", "folk", None)],
            ..Draft::default()
        };
        draft.codes[0].definition = "Om <alt>.\nInklusive to linjer.".to_owned();
        draft.codes[0].exclude = "intet".to_owned();
        draft.codes[1].color = Some("#2b6a99".to_owned());
        draft.codes[1].patterns = vec![DraftPattern::new("forankring"), DraftPattern::new("støtte NEAR/5 ledelse")];
        let named = Named::new(&draft, true);
        assert_eq!(named.names, ["A & B", "Folk", "folk-2"]);
        let xml = format!("<Codes>{}</Codes>", named.xml());
        let mut read = ReadCodes::default();
        read.read(&tree::read(xml.as_bytes(), "codes").expect("it is XML").root, &|_| false);
        draft.codes[2].label = "folk-2".to_owned();
        assert_eq!(read.draft, draft);
        assert_eq!(read.by_guid[&guid::of("code", "b")], 1);
    }

    #[test]
    fn short_colours_are_written_out() {
        assert_eq!(six_digits("#0f0").as_deref(), Some("#00ff00"));
        assert_eq!(six_digits("#E65100").as_deref(), Some("#E65100"));
        assert_eq!(six_digits("red"), None);
    }
}
