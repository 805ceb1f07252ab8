//! Codebooks of other programs: which formats there are, read into a [`Draft`], written from a [`Codebook`].

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use super::dictionary::{self, Category, Dictionary, Lost, Matching, Value, Values};
use super::draft::{Draft, DraftCode, DraftPattern, Ids, one_line};
use super::tree::{self, Element, Tree};
use super::{refi, sheet};
use crate::codebook::pattern::{Context, parse};
use crate::codebook::{Codebook, with_dropped_sign};
use crate::diag::{Diagnostic, Place, and_more, did_you_mean, few, shortened};
use crate::disk::read_bytes;
use crate::text::decode;

/// A dictionary with every word of a language is smaller.
const MAX_BYTES: u64 = 64 << 20;
/// Of what is not carried over, so many examples are named.
const NAMED: usize = 5;

/// The formats of codebooks that are read and written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CodebookFormat {
    /// quanteda's YAML.
    Yaml,
    /// LIWC to 2015.
    Liwc,
    /// LIWC-22.
    Liwc22,
    /// WordStat.
    WordStat,
    /// Yoshikoder, and Lexicoder's old form.
    Yoshikoder,
    /// Lexicoder.
    Lexicoder,
    /// A plain table.
    Csv,
    /// REFI-QDA.
    Qdc,
}

impl CodebookFormat {
    /// All of them.
    pub const ALL: [Self; 8] =
        [Self::Yaml, Self::Liwc, Self::Liwc22, Self::WordStat, Self::Yoshikoder, Self::Lexicoder, Self::Csv, Self::Qdc];

    /// Its usual extension, by which commands call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Yaml => "yml",
            Self::Liwc => "dic",
            Self::Liwc22 => "dicx",
            Self::WordStat => "cat",
            Self::Yoshikoder => "ykd",
            Self::Lexicoder => "lc3",
            Self::Csv => "csv",
            Self::Qdc => "qdc",
        }
    }

    /// The program or kind of file, for messages.
    #[must_use]
    pub fn program(self) -> &'static str {
        match self {
            Self::Yaml => "quanteda",
            Self::Liwc => "LIWC",
            Self::Liwc22 => "LIWC-22",
            Self::WordStat => "WordStat",
            Self::Yoshikoder => "Yoshikoder",
            Self::Lexicoder => "Lexicoder",
            Self::Csv => "a table",
            Self::Qdc => "REFI-QDA",
        }
    }

    /// The format that a name stands for: an extension or a program, in any case.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Some(match name.trim_start_matches('.').to_ascii_lowercase().as_str() {
            "yml" | "yaml" | "quanteda" => Self::Yaml,
            "dic" | "liwc" => Self::Liwc,
            "dicx" | "liwc22" | "liwc-22" => Self::Liwc22,
            "cat" | "wordstat" => Self::WordStat,
            "ykd" | "lcd" | "yoshikoder" => Self::Yoshikoder,
            "lc3" | "lexicoder" => Self::Lexicoder,
            "csv" | "tsv" | "xlsx" | "table" => Self::Csv,
            "qdc" | "refi" | "refi-qda" => Self::Qdc,
            _ => return None,
        })
    }

    /// The format that the file's name promises.
    #[must_use]
    pub fn of_path(path: &Path) -> Option<Self> {
        Self::named(path.extension()?.to_str()?)
    }
}

/// How a codebook is to be read.
#[derive(Debug, Clone, Default)]
pub struct ReadAs {
    /// The format; by the file's name where none is said.
    pub format: Option<CodebookFormat>,
    /// What the words mean; as the format has it where nothing is said.
    pub matching: Option<Matching>,
    /// Capitals count.
    pub case_sensitive: bool,
    /// Words take their inflections and compounds.
    pub inflected: bool,
    /// What stands for the blank in a phrase; as the format has it where nothing is said.
    pub separator: Option<char>,
    /// Levels of names to keep, from 1; all of them where none is said.
    pub levels: Vec<usize>,
    /// An encoding by its name; found out where none is said.
    pub encoding: Option<String>,
}

/// Reads a codebook of another program. Beside it, what is not as it was there.
///
/// # Errors
/// Everything that must be mended in the file first.
pub fn read_codebook(path: &Path, how: &ReadAs) -> Result<(Draft, Vec<Diagnostic>), Vec<Diagnostic>> {
    let format = how.format.or_else(|| CodebookFormat::of_path(path)).ok_or_else(|| vec![unknown_format(path)])?;
    let (draft, mut notes) = match format {
        CodebookFormat::Qdc => {
            let (root, mut notes) = xml_of(path, "the codebook", "refi/not-read", how.encoding.as_deref())?;
            let (draft, more) = refi::read_qdc(path, &root)?;
            notes.extend(more);
            (draft, notes)
        }
        CodebookFormat::Csv => sheet::read(path, how.matching.map(|_| values(format, how)))?,
        _ => {
            let (dictionary, mut notes) = read_dictionary(path, format, how)?;
            let dictionary = if how.levels.is_empty() { dictionary } else { dictionary.levels(&how.levels) };
            let stem = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
            let (draft, of_words) = draft(dictionary, format, values(format, how), &stem);
            notes.extend(of_words);
            (draft, notes)
        }
    };
    if draft.codes.is_empty() {
        let error = Diagnostic::error("dictionary/no-codes", "this file has no codes").at(Place::file(path));
        return Err(vec![error]);
    }
    // What the reader of codebooks says about the file that comes of it is said when that is read.
    draft.check(path)?;
    notes.extend(dropped_signs(&draft));
    notes.sort_by_key(|note| note.severity);
    Ok((draft, notes))
}

/// The patterns with signs that no word has: what they match here is more than what was meant.
fn dropped_signs(draft: &Draft) -> Option<Diagnostic> {
    let sources = draft.codes.iter().flat_map(|code| &code.patterns).map(|pattern| &pattern.source);
    let with_sign = sources.filter(|source| with_dropped_sign(source).is_some());
    let (mut named, mut n) = (Vec::new(), 0);
    for source in with_sign {
        n += 1;
        if named.len() < NAMED {
            named.push(format!("`{}` matches like `{}`", shortened(source), shortened(&plain(source))));
        }
    }
    let message = format!("special characters beside words are ignored here: {}", and_more(named, n));
    let hint = "words consist of letters and digits, in texts and in patterns";
    (n > 0).then(|| Diagnostic::warning("dictionary/wider", message).hint(hint))
}

fn values(format: CodebookFormat, how: &ReadAs) -> Values {
    let usual = if format == CodebookFormat::Csv { Matching::Own } else { Matching::Glob };
    Values {
        matching: how.matching.unwrap_or(usual),
        case_sensitive: how.case_sensitive,
        inflected: how.inflected,
        separator: how.separator.or_else(|| (format == CodebookFormat::WordStat).then_some('_')),
    }
}

fn unknown_format(path: &Path) -> Diagnostic {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase()).unwrap_or_default();
    let message = format!("`.{}` is not a codebook format that can be read", shortened(&extension));
    let known: Vec<&str> = CodebookFormat::ALL.iter().map(|format| format.name()).collect();
    let error = Diagnostic::error("dictionary/unknown-format", message).at(Place::file(path));
    let error = match did_you_mean(&extension, known.iter().copied()) {
        Some(meant) => error.hint(format!("did you mean `.{meant}`?")),
        None => error,
    };
    error.hint(format!(
        "expected one of {}; for a file with another ending, name the format with `--as`",
        known.join(", ")
    ))
}

fn read_dictionary(path: &Path, format: CodebookFormat, how: &ReadAs) -> dictionary::Read {
    if format == CodebookFormat::Liwc22 {
        return dictionary::read_liwc22(path);
    }
    if format == CodebookFormat::Yoshikoder {
        let (root, mut notes) = xml_of(path, "the dictionary", "dictionary/not-read", how.encoding.as_deref())?;
        let (dictionary, more) = dictionary::read_yoshikoder(path, &root)?;
        notes.extend(more);
        return Ok((dictionary, notes));
    }
    let (_, bytes) = read_bytes(path, MAX_BYTES).map_err(|error| vec![error])?;
    let (text, mut notes) = text_of(path, &bytes, how.encoding.as_deref()).map_err(|error| vec![error])?;
    let (dictionary, more) = match format {
        CodebookFormat::Yaml => dictionary::read_yaml(path, &text)?,
        CodebookFormat::Liwc => dictionary::read_liwc(path, &text)?,
        CodebookFormat::WordStat => dictionary::read_wordstat(path, &text)?,
        _ => dictionary::read_lexicoder(path, &text)?,
    };
    notes.extend(more);
    Ok((dictionary, notes))
}

/// The outermost element of an XML file, which messages call `name`; errors have the id `id`. An encoding that is named
/// outranks the one that the file says.
fn xml_of(
    path: &Path,
    name: &str,
    id: &'static str,
    encoding: Option<&str>,
) -> Result<(Element, Vec<Diagnostic>), Vec<Diagnostic>> {
    let (_, bytes) = read_bytes(path, MAX_BYTES).map_err(|error| vec![error])?;
    let error = |why: String| vec![Diagnostic::error(id, why).at(Place::file(path))];
    if encoding.is_some() {
        let (text, notes) = text_of(path, &bytes, encoding).map_err(|error| vec![error])?;
        let budget = tree::budget(text.len() as u64);
        return tree::read_text(&text, name, &budget).map(|root| (root, notes)).map_err(error);
    }
    let Tree { root, doubts } = tree::read(&bytes, name).map_err(error)?;
    Ok((root, doubts.into_iter().map(|doubt| doubt.at(Place::file(path))).collect()))
}

fn text_of(path: &Path, bytes: &[u8], encoding: Option<&str>) -> Result<(Arc<str>, Vec<Diagnostic>), Diagnostic> {
    if let Some(label) = encoding {
        let unknown = || {
            Diagnostic::error("dictionary/unknown-encoding", format!("unknown encoding `{}`", shortened(label)))
                .hint("encodings are named as on the web: utf-8, windows-1252, iso-8859-1, shift_jis")
        };
        let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).ok_or_else(unknown)?;
        let (text, _, is_damaged) = encoding.decode(bytes);
        let mut notes = Vec::new();
        if is_damaged {
            let message = format!("some bytes cannot be decoded as {}", encoding.name());
            notes.push(Diagnostic::warning("table/characters", message).at(Place::file(path)));
        }
        return Ok((Arc::from(text.replace("\r\n", "\n").replace('\r', "\n")), notes));
    }
    let decoded = decode(bytes).map_err(|error| {
        Diagnostic::error("dictionary/not-read", error.to_string())
            .at(Place::file(path))
            .hint("name its encoding with `--encoding`")
    })?;
    let doubt = |doubt: &crate::text::Doubt| Diagnostic::warning(doubt.id(), doubt.to_string()).at(Place::file(path));
    let notes = decoded.doubts.iter().map(doubt).collect();
    Ok((Arc::from(decoded.text), notes))
}

/// The codes of a dictionary, and which of its words have no equal here.
fn draft(dictionary: Dictionary, format: CodebookFormat, values: Values, stem: &str) -> (Draft, Vec<Diagnostic>) {
    let mut drafting = Drafting {
        values,
        takes_words_up: matches!(format, CodebookFormat::Liwc | CodebookFormat::Liwc22 | CodebookFormat::Lexicoder),
        ids: Ids::default(),
        codes: Vec::new(),
        lost: Vec::new(),
        refused: Vec::new(),
    };
    drafting.categories(&dictionary.categories, None, &mut Vec::new());
    let notes = drafting.notes();
    let name = dictionary.name.filter(|name| !name.is_empty()).unwrap_or_else(|| stem.to_owned());
    let compounds = (!values.inflected).then_some(crate::language::Compounds::None);
    let draft = Draft { name: one_line(&name), compounds, codes: drafting.codes, ..Draft::default() };
    (draft, notes)
}

struct Drafting {
    values: Values,
    /// In these formats a word of a category stands in those above it too, where ours counts it anyway.
    takes_words_up: bool,
    ids: Ids,
    codes: Vec<DraftCode>,
    lost: Vec<(Lost, String)>,
    refused: Vec<(String, String)>,
}

impl Drafting {
    fn categories(&mut self, categories: &[Category], parent: Option<usize>, path: &mut Vec<String>) {
        for category in categories {
            let index = self.codes.len();
            let id = self.ids.id(path, &category.name);
            let mut below = Vec::new();
            if self.takes_words_up {
                words_below(&category.children, &mut below);
            }
            let own = category.values.iter().filter(|value| !below.contains(value));
            // Words that differ there, in accents or capitals, may be the same here. Of signs it is told below.
            let mut seen = BTreeSet::new();
            let mut patterns: Vec<String> = own.filter_map(|value| self.pattern(value)).collect();
            patterns.retain(|source| with_dropped_sign(source).is_some() || seen.insert(plain(source)));
            let patterns = patterns.into_iter().map(DraftPattern::new).collect();
            let definition = category.definition.clone();
            let label = one_line(&category.name);
            self.codes.push(DraftCode { id, label, parent, definition, patterns, ..DraftCode::default() });
            path.push(one_line(&category.name));
            self.categories(&category.children, Some(index), path);
            path.pop();
        }
    }

    fn pattern(&mut self, value: &Value) -> Option<String> {
        match dictionary::pattern_of(value, self.values) {
            Ok((source, lost)) => {
                self.lost.extend(lost.into_iter().map(|lost| (lost, value.text.clone())));
                Some(source)
            }
            Err(why) => {
                self.refused.push((value.text.clone(), why));
                None
            }
        }
    }

    fn notes(&self) -> Vec<Diagnostic> {
        let mut notes = Vec::new();
        for (value, why) in self.refused.iter().take(NAMED) {
            let message = format!("`{}` was left out: {why}", shortened(value));
            notes.push(Diagnostic::warning("dictionary/no-equal", message));
        }
        if self.refused.len() > NAMED {
            let message = format!("and {} more were left out", self.refused.len() - NAMED);
            notes.push(Diagnostic::warning("dictionary/no-equal", message));
        }
        for (lost, why) in [
            (Lost::Case, "here, wildcards and regular expressions ignore case"),
            (Lost::Accents, "here, `é è ê ó ò ô à` match as their plain letter"),
        ] {
            let values: Vec<&str> =
                self.lost.iter().filter(|(other, _)| *other == lost).map(|(_, value)| value.as_str()).collect();
            if !values.is_empty() {
                notes.push(Diagnostic::warning("dictionary/wider", format!("{}: {why}", few(&values))));
            }
        }
        notes
    }
}

/// The plain form of a pattern, in which those are equal that match the same.
fn plain(source: &str) -> String {
    parse(source, Context::Codebook).map_or_else(|_| source.to_owned(), |pattern| pattern.to_string())
}

fn words_below(categories: &[Category], into: &mut Vec<Value>) {
    for category in categories {
        into.extend(category.values.iter().cloned());
        words_below(&category.children, into);
    }
}

/// The codebook in the form of another program. Beside it, what that form cannot say.
#[must_use]
pub fn write_codebook(codebook: &Codebook, format: CodebookFormat) -> (Vec<u8>, Vec<Diagnostic>) {
    match format {
        CodebookFormat::Csv => return (sheet::write(&Draft::of(codebook)), Vec::new()),
        CodebookFormat::Qdc => return (refi::write_qdc(&Draft::of(codebook)), refi::lost_in_qdc(codebook)),
        _ => {}
    }
    let mut writing = Writing { codebook, unwritten: Vec::new(), told: Vec::new() };
    let draft = Draft::of(codebook);
    let dictionary = Dictionary { name: Some(codebook.name.clone()), categories: writing.categories(&draft, None) };
    let (bytes, left_out) = match format {
        CodebookFormat::Yaml => (dictionary::write_yaml(&dictionary), Vec::new()),
        CodebookFormat::Liwc => dictionary::write_liwc(&dictionary),
        CodebookFormat::Liwc22 => dictionary::write_liwc22(&dictionary),
        CodebookFormat::WordStat => dictionary::write_wordstat(&dictionary),
        CodebookFormat::Yoshikoder => (dictionary::write_yoshikoder(&dictionary), Vec::new()),
        _ => (dictionary::write_lexicoder(&dictionary), Vec::new()),
    };
    writing.unwritten.extend(left_out);
    let has_parents = codebook.codes.iter().any(|code| code.parent.is_some());
    let is_flat = matches!(format, CodebookFormat::Liwc22 | CodebookFormat::Lexicoder);
    let mut notes = writing.notes(format);
    if has_parents && is_flat {
        let message = format!(
            "{} has one level of categories: words of subcodes are counted under their parents too, but the hierarchy \
             is lost",
            format.program()
        );
        notes.push(Diagnostic::warning("dictionary/flattened", message));
    }
    (bytes, notes)
}

struct Writing<'c> {
    codebook: &'c Codebook,
    unwritten: Vec<String>,
    /// What of which pattern is to be told.
    told: Vec<(Lost, String)>,
}

impl Writing<'_> {
    fn categories(&mut self, draft: &Draft, parent: Option<usize>) -> Vec<Category> {
        let children: Vec<usize> = draft.children(parent).collect();
        children
            .into_iter()
            .map(|index| {
                let code = &self.codebook.codes[index];
                let mut category = Category::new(&code.id);
                category.definition.clone_from(&code.definition);
                for pattern in &code.patterns {
                    let languages = &self.codebook.languages;
                    let Some((values, mut lost)) = dictionary::values_of(&pattern.pattern, &pattern.source, languages)
                    else {
                        self.unwritten.push(pattern.source.clone());
                        continue;
                    };
                    values.iter().for_each(|value| category.push(value));
                    lost.sort_unstable();
                    lost.dedup();
                    self.told.extend(lost.into_iter().map(|lost| (lost, pattern.source.clone())));
                }
                self.unwritten.extend(code.not.iter().map(|pattern| format!("not: {}", pattern.source)));
                self.unwritten.extend(code.forms_not.iter().map(|form| format!("forms_not: {form}")));
                category.children = self.categories(draft, Some(index));
                category
            })
            .collect()
    }

    fn notes(&self, format: CodebookFormat) -> Vec<Diagnostic> {
        let program = format.program();
        let of = |lost: Lost| -> Vec<&str> {
            self.told.iter().filter(|(own, _)| *own == lost).map(|(_, source)| source.as_str()).collect()
        };
        let mut notes = Vec::new();
        let mut tell = |make: fn(&'static str, String) -> Diagnostic, id, patterns: &[&str], what: String| {
            notes.extend((!patterns.is_empty()).then(|| make(id, format!("{}: {what}", few(patterns)))));
        };
        let (warning, note) = (Diagnostic::warning, Diagnostic::note);
        let unwritten: Vec<&str> = self.unwritten.iter().map(String::as_str).collect();
        tell(warning, "dictionary/no-equal", &unwritten, format!("left out, since {program} cannot express it"));
        let what = format!("{program} does not inflect; only the exact words match");
        tell(warning, "dictionary/narrower", &of(Lost::Inflection), what);
        let what = format!(
            "written with accents only, since {program} would take the plain letters for other words; temakart matches \
             these too"
        );
        tell(warning, "dictionary/narrower", &of(Lost::Accents), what);
        let what = "written both with and without accents, as temakart matches them".to_owned();
        tell(note, "dictionary/both-spellings", &of(Lost::BothSpellings), what);
        tell(warning, "dictionary/wider", &of(Lost::Case), format!("{program} ignores case"));
        notes
    }
}
