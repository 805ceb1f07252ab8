//! A codebook on its way in or out: what other programs' files and ours have in common.
//!
//! As a codebook file it is written here, in one way only, so that what came in can be compared.

use std::fmt::Write as _;
use std::path::Path;

use super::unique::Unique;
use crate::codebook::{self, COMPOUNDS, Code, CodePattern, Codebook, LANGUAGES, STANCES};
use crate::diag::Diagnostic;
use crate::language::{Compounds, Stance};

/// A codebook that need not be complete.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// What it is called.
    pub name: String,
    /// Languages as a codebook file names them; none where nothing tells.
    pub languages: Vec<String>,
    /// How bare words take compounds; the usual way where nothing is said.
    pub compounds: Option<Compounds>,
    /// Whether bare words join verb, noun and adjective.
    pub derive: bool,
    /// The codes, parents before their children.
    pub codes: Vec<DraftCode>,
}

/// One code of a draft; empty where nothing is said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DraftCode {
    /// Unique in the draft.
    pub id: String,
    /// For people.
    pub label: String,
    /// Index of the parent.
    pub parent: Option<usize>,
    /// What it means.
    pub definition: String,
    /// When to use it.
    pub include: String,
    /// When not to.
    pub exclude: String,
    /// `#rrggbb`.
    pub color: Option<String>,
    /// What recognises it.
    pub patterns: Vec<DraftPattern>,
    /// What voids a match.
    pub not: Vec<DraftPattern>,
    /// Forms that are shut out.
    pub forms_not: Vec<String>,
    /// Stance cues: missing, mixed, needed.
    pub cues: [Vec<String>; 3],
    /// Passages that must be coded.
    pub examples: Vec<String>,
    /// Passages that must not be.
    pub near_misses: Vec<String>,
}

/// One pattern of a draft, with what it says otherwise than its codebook.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DraftPattern {
    /// As written.
    pub source: String,
    /// How bare words take compounds.
    pub compounds: Option<Compounds>,
    /// Whether bare words join verb, noun and adjective.
    pub derive: Option<bool>,
    /// The stance of every match.
    pub stance: Option<Stance>,
}

/// The names of stance cues, in the order of [`DraftCode::cues`].
pub(super) const CUES: [&str; 3] = ["missing", "mixed", "needed"];

impl DraftPattern {
    pub(super) fn new(source: impl Into<String>) -> Self {
        Self { source: source.into(), ..Self::default() }
    }

    fn of(pattern: &CodePattern, codebook: &Codebook) -> Self {
        Self {
            source: pattern.source.clone(),
            compounds: Some(pattern.compounds).filter(|compounds| *compounds != codebook.compounds),
            derive: Some(pattern.derive).filter(|derive| *derive != codebook.derive),
            stance: pattern.stance,
        }
    }
}

impl DraftCode {
    fn of(code: &Code, codebook: &Codebook) -> Self {
        let patterns = |all: &[CodePattern]| all.iter().map(|one| DraftPattern::of(one, codebook)).collect();
        let texts = |all: &[codebook::Example]| all.iter().map(|example| example.text.clone()).collect();
        Self {
            id: code.id.clone(),
            label: code.label.clone(),
            parent: code.parent,
            definition: code.definition.clone(),
            include: code.include.clone(),
            exclude: code.exclude.clone(),
            color: code.color.clone(),
            patterns: patterns(&code.patterns),
            not: patterns(&code.not),
            forms_not: code.forms_not.clone(),
            cues: [code.cues.missing.clone(), code.cues.mixed.clone(), code.cues.needed.clone()],
            examples: texts(&code.examples),
            near_misses: texts(&code.near_misses),
        }
    }
}

impl Draft {
    /// Everything that the codebook says.
    #[must_use]
    pub fn of(codebook: &Codebook) -> Self {
        Self {
            name: codebook.name.clone(),
            languages: codebook
                .languages
                .iter()
                .map(|language| name_in(LANGUAGES, &[*language][..]).to_owned())
                .collect(),
            compounds: Some(codebook.compounds),
            derive: codebook.derive,
            codes: codebook.codes.iter().map(|code| DraftCode::of(code, codebook)).collect(),
        }
    }

    /// The indices of the codes below `parent`, or of those at the top, in their order.
    pub(super) fn children(&self, parent: Option<usize>) -> impl Iterator<Item = usize> + '_ {
        (0..self.codes.len()).filter(move |index| self.codes[*index].parent == parent)
    }

    /// The text of a codebook file that says the same.
    #[must_use]
    pub fn toml(&self) -> String {
        let mut out = String::from("format = 1\n");
        key(&mut out, "name", &self.name);
        if !self.languages.is_empty() {
            strings(&mut out, "languages", &self.languages, false);
        }
        if let Some(compounds) = self.compounds {
            key(&mut out, "compounds", name_in(COMPOUNDS, &compounds));
        }
        if self.derive {
            out.push_str("derive = true\n");
        }
        for code in &self.codes {
            out.push_str("\n[[code]]\n");
            self.code(code, &mut out);
        }
        out
    }

    fn code(&self, code: &DraftCode, out: &mut String) {
        key(out, "id", &code.id);
        if code.label != code.id {
            key(out, "label", &code.label);
        }
        if let Some(parent) = code.parent {
            key(out, "parent", &self.codes[parent].id);
        }
        for (name, text) in [("definition", &code.definition), ("include", &code.include), ("exclude", &code.exclude)] {
            key(out, name, text);
        }
        key(out, "color", code.color.as_deref().unwrap_or_default());
        patterns(out, "patterns", &code.patterns);
        patterns(out, "not", &code.not);
        for (name, texts, each_its_line) in [
            ("forms_not", &code.forms_not, false),
            ("examples", &code.examples, true),
            ("near_misses", &code.near_misses, true),
        ] {
            if !texts.is_empty() {
                strings(out, name, texts, each_its_line);
            }
        }
        let cues: Vec<String> = CUES
            .iter()
            .zip(&code.cues)
            .filter(|(_, cues)| !cues.is_empty())
            .map(|(name, cues)| {
                format!("{name} = [{}]", cues.iter().map(|cue| quoted(cue)).collect::<Vec<_>>().join(", "))
            })
            .collect();
        if !cues.is_empty() {
            let _ = writeln!(out, "cues = {{ {} }}", cues.join(", "));
        }
    }

    /// Whether the codebook file that comes of it can be read, and what its reader says.
    ///
    /// # Errors
    /// Everything that is wrong with it, without places: nobody has that file.
    pub fn check(&self, path: &Path) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
        codebook::from_str(path, &self.toml()).map(|(_, warnings)| warnings).map_err(|mut errors| {
            errors.iter_mut().for_each(|error| error.places.clear());
            errors
        })
    }
}

/// What a codebook file calls `value`, by the list of all that it may say.
pub(super) fn name_in<T: PartialEq + ?Sized>(
    choices: &[(&'static str, impl std::borrow::Borrow<T>)],
    value: &T,
) -> &'static str {
    choices.iter().find(|(_, choice)| choice.borrow() == value).map_or("", |(name, _)| name)
}

fn key(out: &mut String, name: &str, text: &str) {
    if !text.is_empty() {
        let _ = writeln!(out, "{name} = {}", quoted(text));
    }
}

fn strings(out: &mut String, name: &str, texts: &[String], each_its_line: bool) {
    let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
    list(out, name, &texts, each_its_line);
}

fn patterns(out: &mut String, name: &str, patterns: &[DraftPattern]) {
    if patterns.is_empty() {
        return;
    }
    let written: Vec<String> = patterns.iter().map(pattern).collect();
    let is_long = written.iter().map(|text| text.len() + 2).sum::<usize>() > 90;
    list(out, name, &written, is_long);
}

fn list(out: &mut String, name: &str, written: &[String], each_its_line: bool) {
    if each_its_line {
        let _ = writeln!(out, "{name} = [");
        written.iter().for_each(|text| {
            let _ = writeln!(out, "  {text},");
        });
        out.push_str("]\n");
    } else {
        let _ = writeln!(out, "{name} = [{}]", written.join(", "));
    }
}

fn pattern(pattern: &DraftPattern) -> String {
    let mut options = String::new();
    if let Some(stance) = pattern.stance {
        let _ = write!(options, ", stance = \"{}\"", name_in(STANCES, &stance));
    }
    if let Some(compounds) = pattern.compounds {
        let _ = write!(options, ", compounds = \"{}\"", name_in(COMPOUNDS, &compounds));
    }
    if let Some(derive) = pattern.derive {
        let _ = write!(options, ", derive = {derive}");
    }
    let source = quoted(&pattern.source);
    if options.is_empty() { source } else { format!("{{ match = {source}{options} }}") }
}

/// A TOML string: as it stands between `'` where that reads better, escaped between `"` otherwise.
fn quoted(text: &str) -> String {
    let is_plain = !text.contains(|character: char| character.is_control() || character == '\'');
    if is_plain && text.contains(['"', '\\']) {
        return format!("'{text}'");
    }
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            control if control.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(control));
            }
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

/// Hands out ids that differ in more than case, each as near as can be to what is asked for.
#[derive(Debug, Default)]
pub(super) struct Ids {
    unique: Unique,
}

impl Ids {
    /// An id for something called `name`, below the codes called `path`, which goes before it where the name alone
    /// is taken.
    pub(super) fn id(&mut self, path: &[String], name: &str) -> String {
        // `;` stands between codes in tables.
        let as_id = |name: &str| one_line(&name.replace(';', ","));
        let plain = Some(as_id(name)).filter(|plain| !plain.is_empty()).unwrap_or_else(|| "code".to_owned());
        let above = path.iter().map(|name| as_id(name)).filter(|name| !name.is_empty());
        let long = || above.chain([plain.clone()]).collect::<Vec<_>>().join("/");
        let id = if self.unique.is_taken(&plain) { long() } else { plain.clone() };
        self.unique.take(id, |base, n| format!("{base} ({n})"))
    }
}

/// The text without control characters and without blanks at its ends.
pub(super) fn one_line(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    let text: String = text.nfc().map(|character| if character.is_control() { ' ' } else { character }).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let text = r##"
            format = 1
            name = "Prøve \"en\""
            languages = ["nn"]
            compounds = "none"
            derive = true
            [[code]]
            id = "a"
            label = "A's \\ \"tema\""
            definition = "to\nlinjer"
            include = "i"
            exclude = "e"
            color = "#2b6a99"
            patterns = ["=ny", "\"ny giv\"", '/a\d+/', { match = "uforankret", stance = "missing", compounds = "both", derive = false }]
            not = ["båt NEAR/5 =ny"]
            forms_not = ["nyss"]
            cues = { missing = ["på papiret"], needed = ["trengs"] }
            examples = ["Noe ny her."]
            near_misses = ["Båt ny."]
            [[code]]
            id = "b"
            parent = "a"
        "##;
        let path = Path::new("codebook.toml");
        let draft = Draft::of(&codebook::from_str(path, text).expect("it is a codebook").0);
        let (again, _) = codebook::from_str(path, &draft.toml()).expect("it is a codebook");
        assert_eq!(Draft::of(&again), draft);
        assert_eq!(draft.codes[0].patterns[3].stance, Some(Stance::Missing));
        assert_eq!(Draft::of(&again).toml(), draft.toml());
    }

    #[test]
    fn ids_differ_in_more_than_case() {
        let mut ids = Ids::default();
        assert_eq!(ids.id(&[], "Folk"), "Folk");
        assert_eq!(ids.id(&["Skole".to_owned()], "folk"), "Skole/folk");
        assert_eq!(ids.id(&["skole".to_owned()], "Folk"), "skole/Folk (2)");
        assert_eq!(ids.id(&[], " \n"), "code");
        assert_eq!(ids.id(&[], ""), "code (2)");
        assert_eq!(ids.id(&[" ".to_owned()], ";"), ",");
        assert_eq!(ids.id(&["Skole".to_owned(), String::new()], ""), "Skole/code");
        assert_eq!(ids.id(&[], "Tid; penger"), "Tid, penger");
    }
}
