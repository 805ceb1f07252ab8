//! One `[[code]]` of a codebook file.

use toml::{Spanned, de::DeValue};
use unicode_normalization::UnicodeNormalization;

use super::{
    check::Written,
    choices::{COMPOUNDS, STANCES},
    model::{Code, CodePattern, Cues, Example},
    pattern::{Context, PatternProblem, lint, parse},
};
use crate::{
    diag::{Diagnostic, Fields, Severity, Text, TomlFile},
    language::{Compounds, Stance, Tokens},
    text::{Span, fold},
};

/// Places of patterns in a code are counted in 16 bits where mentions are kept; the last of these numbers stands for no
/// pattern.
const MAX_PATTERNS: usize = u16::MAX as usize;

/// What a pattern takes where it says nothing itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Defaults {
    pub(super) compounds: Compounds,
    pub(super) derive: bool,
}

/// Reads the code in `fields`; whatever is wrong with it goes to `found`.
pub(super) fn read<'t>(
    file: &'t TomlFile,
    mut fields: Fields<'t>,
    defaults: Defaults,
    found: &mut Vec<Diagnostic>,
) -> Written<'t> {
    let range = fields.range();
    let id = fields.required_string("id", found);
    if let Some(id) = &id {
        check_id(file, id, found);
    }
    let mut text = |key| fields.string(key, found).map_or_else(String::new, |text| text.value.trim().to_owned());
    let (label, definition, include, exclude) = (text("label"), text("definition"), text("include"), text("exclude"));
    let parent = fields.string("parent", found);
    let color = fields.string("color", found).and_then(|color| check_color(file, &color, found));
    let defaults = Defaults {
        compounds: fields.choice("compounds", COMPOUNDS, found).unwrap_or(defaults.compounds),
        derive: fields.boolean("derive", found).unwrap_or(defaults.derive),
    };
    let says_patterns = fields.says("patterns");
    let reader = PatternReader { file, defaults, takes_stance: true };
    let (patterns, pattern_texts) = reader.all("patterns", &mut fields, found);
    let reader = PatternReader { takes_stance: false, ..reader };
    let (not, not_texts) = reader.all("not", &mut fields, found);
    let forms_not =
        fields.strings("forms_not", found).into_iter().filter_map(|text| check_form(file, &text, found)).collect();
    let cues = fields.table("cues", found).map(|cues| read_cues(file, cues, found)).unwrap_or_default();
    let examples = passages("examples", file, &mut fields, found);
    let near_misses = passages("near_misses", file, &mut fields, found);
    fields.finish(found);

    let plain_id: String = id.as_ref().map(|id| id.value.nfc().collect()).unwrap_or_default();
    let code = Code {
        label: if label.is_empty() { plain_id.clone() } else { label },
        id: plain_id,
        definition,
        include,
        exclude,
        color,
        parent: None,
        patterns,
        not,
        forms_not,
        cues,
        examples,
        near_misses,
    };
    Written { code, range, id, parent, says_patterns, pattern_texts, not_texts }
}

fn check_id(file: &TomlFile, id: &Text<'_>, found: &mut Vec<Diagnostic>) {
    let problem = if id.value.trim().is_empty() {
        Some(("codebook/empty-id", "the id of this code is empty", "expected a short name"))
    } else if id.value.trim() != id.value {
        Some(("codebook/bad-id", "the id of this code begins or ends with a space", "expected no space at either end"))
    } else if id.value.contains(char::is_control) {
        Some(("codebook/bad-id", "the id of this code contains a control character", "expected letters"))
    } else if id.value.contains(';') {
        Some((
            "codebook/bad-id",
            "the id of this code contains a `;`, which separates codes in tables",
            "expected another character",
        ))
    } else {
        None
    };
    if let Some((problem, message, label)) = problem {
        found.push(Diagnostic::error(problem, message).at(file.place(id.range.clone(), label)));
    }
}

fn check_color(file: &TomlFile, color: &Text<'_>, found: &mut Vec<Diagnostic>) -> Option<String> {
    let is_color = color
        .value
        .strip_prefix('#')
        .is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
    if is_color {
        return Some(color.value.to_owned());
    }
    let message = format!("`{}` is not a colour", crate::diag::shortened(color.value));
    found.push(
        Diagnostic::error("codebook/bad-color", message)
            .at(file.place(color.range.clone(), "expected `#` and six digits, as in `\"#2b6a99\"`")),
    );
    None
}

fn check_form(file: &TomlFile, text: &Text<'_>, found: &mut Vec<Diagnostic>) -> Option<String> {
    let form = fold(text.value.trim());
    if Tokens::of(&form).words().len() == 1 {
        return Some(form);
    }
    let message = format!("`{}` is not one word", crate::diag::shortened(text.value));
    found.push(
        Diagnostic::error("codebook/bad-form", message)
            .at(file.place(text.range.clone(), "expected one word form, as `codebook forms` shows it"))
            .hint("to exclude several words together, use `not = […]`"),
    );
    None
}

fn read_cues(file: &TomlFile, mut fields: Fields<'_>, found: &mut Vec<Diagnostic>) -> Cues {
    let mut of = |key| {
        let mut cues = Vec::new();
        for text in fields.strings(key, found) {
            if Tokens::of(text.value).words().is_empty() {
                found.push(
                    Diagnostic::error("codebook/empty-cue", "this cue contains no word")
                        .at(file.place(text.range.clone(), "expected a word or a phrase")),
                );
            } else {
                cues.push(text.value.to_owned());
            }
        }
        cues
    };
    let cues = Cues { missing: of("missing"), mixed: of("mixed"), needed: of("needed") };
    fields.finish(found);
    cues
}

fn passages(key: &'static str, file: &TomlFile, fields: &mut Fields<'_>, found: &mut Vec<Diagnostic>) -> Vec<Example> {
    let mut passages = Vec::new();
    for text in fields.strings(key, found) {
        if Tokens::of(text.value).words().is_empty() {
            found.push(
                Diagnostic::error("codebook/empty-example", format!("a passage in `{key}` contains no word"))
                    .at(file.place(text.range.clone(), "expected a passage of text")),
            );
            continue;
        }
        passages.push(Example { text: text.value.to_owned(), span: Span::new(text.range.start, text.range.end) });
    }
    passages
}

/// Reads `patterns` or `not`.
#[derive(Clone, Copy)]
struct PatternReader<'t> {
    file: &'t TomlFile,
    defaults: Defaults,
    takes_stance: bool,
}

impl<'t> PatternReader<'t> {
    /// The patterns under `key` that can be read, and for each where it is written.
    fn all(
        self,
        key: &'static str,
        fields: &mut Fields<'t>,
        found: &mut Vec<Diagnostic>,
    ) -> (Vec<CodePattern>, Vec<Text<'t>>) {
        let elements = fields.elements(key, found);
        if let Some(first_too_many) = elements.get(MAX_PATTERNS) {
            let message = format!("`{key}` has more than {MAX_PATTERNS} patterns");
            let place = self.file.place(first_too_many.span(), "the first one too many");
            let hint = "split it into several codes with a common `parent`, whose row counts them together";
            found.push(Diagnostic::error("codebook/too-many-patterns", message).at(place).hint(hint));
        }
        elements.iter().take(MAX_PATTERNS).filter_map(|element| self.one(key, element, found)).unzip()
    }

    fn one(
        self,
        key: &str,
        element: &'t Spanned<DeValue<'t>>,
        found: &mut Vec<Diagnostic>,
    ) -> Option<(CodePattern, Text<'t>)> {
        let Defaults { mut compounds, mut derive } = self.defaults;
        let mut stance: Option<Stance> = None;
        let text = match element.get_ref() {
            DeValue::Table(_) => {
                let mut fields = Fields::of_value(self.file, element, key, found)?;
                let text = fields.required_string("match", found);
                if self.takes_stance {
                    stance = fields.choice("stance", STANCES, found);
                }
                compounds = fields.choice("compounds", COMPOUNDS, found).unwrap_or(compounds);
                derive = fields.boolean("derive", found).unwrap_or(derive);
                fields.finish(found);
                text?
            }
            DeValue::String(value) => Text { value, range: element.span() },
            _ => {
                let expected = "expected a pattern, `\"…\"`, or a table, `{ match = \"…\" }`";
                found.push(
                    Diagnostic::error(self.file.ids.wrong_type, format!("each of `{key}` must be a string or a table"))
                        .at(self.file.place(element.span(), expected)),
                );
                return None;
            }
        };
        let message = |severity, problem: PatternProblem| {
            let range = text.place_of(self.file, problem.span.start()..problem.span.end());
            problem.into_diagnostic(severity, self.file.place(range, ""))
        };
        match parse(text.value, Context::Codebook) {
            Ok(pattern) => {
                let warnings = lint(text.value, Context::Codebook);
                found.extend(warnings.into_iter().map(|problem| message(Severity::Warning, problem)));
                let source = text.value.to_owned();
                Some((CodePattern { source, pattern, compounds, derive, stance }, text))
            }
            Err(problems) => {
                found.extend(problems.into_iter().map(|problem| message(Severity::Error, problem)));
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{super::load::from_str, MAX_PATTERNS};

    #[test]
    fn no_code_has_more_patterns_than_mentions_can_tell_apart() {
        let codebook = |n: usize| format!("format = 1\n[[code]]\nid = \"a\"\npatterns = [{}]\n", "'a', ".repeat(n));
        let (most, _) = from_str(Path::new("codebook.toml"), &codebook(MAX_PATTERNS)).expect("it has not too many");
        assert!(most.codes[0].patterns.len() - 1 < usize::from(crate::coding::NO_PATTERN));
        let errors = from_str(Path::new("codebook.toml"), &codebook(MAX_PATTERNS + 1)).expect_err("it has too many");
        assert!(errors.iter().any(|error| error.id == "codebook/too-many-patterns"));
    }
}
