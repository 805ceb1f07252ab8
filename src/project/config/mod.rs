//! `temakart.toml`: every key checked, everything that is wrong told at once, with its place.
//!
//! Knows the file alone. Whether folders and documents are there is seen by [`super::sources`].
//!
//! ```toml
//! format = 1                            # of this file
//! name = "Piloten i Oppland"            # default: the folder's name
//! languages = ["nb", "nn"]              # the first is the default
//! documents = ["documents"]             # folders of the project
//! ignore = ["**/utkast/**", "*.bak"]    # from the project; without a `/` at any depth
//! codebook = "codebook.toml"            # from the project
//! [case]                                # and [phase] alike
//! label = "Delpilot"
//! values = ["hadeland", { id = "omsorg", label = "Omsorg 3.0", aliases = ["Øyer"] }]
//! [layout]
//! path = "{case}/{phase}/*"             # from each documents folder
//! [segments]
//! by = "paragraph"                      # paragraph, turn, sentence
//! [segments.types]
//! intervju = "turn"                     # by the documents' attribute `type`
//! [speakers]
//! exclude = ["Intervjuer", "Moderator"] # context, never coded
//! [quotes]                              # how search and evidence cite
//! citation = "{name}, s. {page}, {speaker}"  # also document, case, phase, role, place, line, time, segment, and of
//!                                       # answers respondent, question, row; what is not known is left out with the
//!                                       # words before it, and with its brackets
//! [survey]                              # sheets with a row for each respondent, by their headings
//! text = ["Hva har fungert?"]           # answers in words; default: columns that look like it
//! informant = "Nr"                      # tells respondents apart
//! attributes = ["Stilling"]             # what is known of a respondent
//! ```

use std::{collections::BTreeMap, ops::Range};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use toml::{Spanned, de::DeValue};

use super::{
    citation::Citation,
    dimension::{Dimension, Value},
    layout::Layout,
    names::{CASE, Names, PHASE, common_name, comparable, normal_form},
    segments::{Segments, UNITS},
    walk::normal_path,
};
use crate::{
    diag::{Diagnostic, Fields, Text, TomlFile, TomlIds, in_backticks},
    ingest::SurveyColumns,
    text::tidy,
};

/// The file's name in a project folder.
pub(super) const FILE: &str = "temakart.toml";
/// The version of the file that this program reads.
const FORMAT: i64 = 1;
/// Norwegian bokmål and nynorsk, and the languages that there is a stemmer for.
const LANGUAGES: [&str; 19] =
    ["nb", "nn", "ar", "da", "de", "el", "en", "es", "fi", "fr", "hu", "it", "nl", "pt", "ro", "ru", "sv", "ta", "tr"];

/// How the errors of this file are called.
pub(super) const IDS: TomlIds = TomlIds {
    syntax: "project/syntax",
    unknown_key: "project/unknown-key",
    wrong_type: "project/wrong-type",
    unknown_value: "project/unknown-value",
    missing_key: "project/missing-key",
};

/// The languages of a project that does not say.
pub(crate) const USUAL_LANGUAGES: [&str; 2] = ["nb", "nn"];

/// Whether a project can be in the language.
pub(crate) fn is_language(code: &str) -> bool {
    LANGUAGES.contains(&code)
}

/// What the project file says, or what holds where it says nothing.
#[derive(Debug)]
pub(super) struct Config {
    pub(super) name: Option<String>,
    pub(super) languages: Vec<String>,
    /// Folders from the project, with their places; `None` where the file does not say.
    pub(super) documents: Option<Vec<(String, Range<usize>)>>,
    pub(super) ignore: GlobSet,
    pub(super) codebook: String,
    pub(super) case: Dimension,
    pub(super) phase: Dimension,
    pub(super) names: Names,
    pub(super) layout: Layout,
    /// Whether the file says what the layout is.
    pub(super) says_layout: bool,
    pub(super) segments: Segments,
    /// Labels of speakers whose words are context; `None` where the file does not say.
    pub(super) exclude: Option<Vec<String>>,
    pub(super) survey: SurveyColumns,
    pub(super) citation: Citation,
}

impl Default for Config {
    fn default() -> Self {
        let names = Names::default();
        Self {
            name: None,
            languages: USUAL_LANGUAGES.map(str::to_owned).to_vec(),
            documents: None,
            ignore: GlobSet::empty(),
            codebook: "codebook.toml".to_owned(),
            case: Dimension::open("Case"),
            phase: Dimension::open("Phase"),
            layout: Layout::parse(Layout::DEFAULT, &names).expect("the default layout is right"),
            names,
            says_layout: false,
            segments: Segments::default(),
            exclude: None,
            survey: SurveyColumns::default(),
            citation: Citation::default(),
        }
    }
}

impl Config {
    /// What `file` says. What is wrong is added to `errors`; its default holds in its place.
    pub(super) fn read(file: &TomlFile, errors: &mut Vec<Diagnostic>) -> Self {
        let mut config = Self::default();
        let table = match file.parse() {
            Ok(table) => table,
            Err(wrong) => {
                errors.extend(wrong);
                return config;
            }
        };
        let mut fields = Fields::of_file(file, &table);
        let mut reader = Reader { file, config: &mut config, errors };
        reader.format(&mut fields);
        reader.config.name = reader.line(&mut fields, "name");
        reader.languages(&mut fields);
        reader.documents(&mut fields);
        reader.ignore(&mut fields);
        if let Some(codebook) = reader.line(&mut fields, "codebook") {
            reader.config.codebook = codebook;
        }
        reader.dimensions(&mut fields);
        reader.layout(&mut fields);
        reader.segments(&mut fields);
        reader.speakers(&mut fields);
        reader.survey(&mut fields);
        reader.quotes(&mut fields);
        // What the project calls its cases is their label, not the name of the table.
        fields.finish_knowing(|key| Some(common_name(key)), errors);
        config
    }
}

struct Reader<'r> {
    file: &'r TomlFile,
    config: &'r mut Config,
    errors: &'r mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn error(&mut self, id: &'static str, message: String, range: Range<usize>, label: &str) {
        self.errors.push(Diagnostic::error(id, message).at(self.file.place(range, label)));
    }

    /// A string that may not be empty.
    fn line(&mut self, fields: &mut Fields<'_>, key: &'static str) -> Option<String> {
        let text = fields.string(key, self.errors)?;
        let value = tidy(text.value);
        if value.is_empty() {
            self.error("project/empty-value", format!("`{key}` is empty"), text.range, "give a value, or omit the key");
            return None;
        }
        Some(value.into_owned())
    }

    fn format(&mut self, fields: &mut Fields<'_>) {
        let Some((format, range)) = fields.integer("format", self.errors) else { return };
        if format != FORMAT {
            let message = format!("this version cannot read `format = {format}`");
            self.error("project/format", message, range, "this version reads format 1");
        }
    }

    fn languages(&mut self, fields: &mut Fields<'_>) {
        let mut languages: Vec<String> = Vec::new();
        for text in fields.strings("languages", self.errors) {
            let code = text.value.trim().to_lowercase();
            if !LANGUAGES.contains(&code.as_str()) {
                let error = Diagnostic::error("project/unknown-language", format!("unknown language `{}`", text.value))
                    .at(self.file.place(text.range, "not a known language code"));
                self.errors.push(if code == "no" {
                    error.hint("Norwegian is `nb` (bokmål) or `nn` (nynorsk); list both if both occur")
                } else {
                    error.hint(format!("known: {}", in_backticks(&LANGUAGES)))
                });
            } else if !languages.contains(&code) {
                languages.push(code);
            }
        }
        if !languages.is_empty() {
            self.config.languages = languages;
        }
    }

    fn documents(&mut self, fields: &mut Fields<'_>) {
        let Some(key) = fields.key_range("documents") else {
            fields.value("documents");
            return;
        };
        let before = self.errors.len();
        let mut folders: Vec<(String, Range<usize>)> = Vec::new();
        for text in fields.strings("documents", self.errors) {
            let Some(path) = normal_path(text.value) else {
                let message = format!("the documents folder `{}` is outside the project", text.value);
                self.error("project/outside", message, text.range, "must be a folder of the project");
                continue;
            };
            let overlaps = |other: &str| is_within(&path, other) || is_within(other, &path);
            if let Some((_, first)) = folders.iter().find(|(other, _)| overlaps(other)) {
                let error = Diagnostic::error(
                    "project/folder-in-folder",
                    format!("the documents folder `{}` overlaps with another", text.value),
                )
                .at(self.file.place(text.range, "its documents would count twice"))
                .at(self.file.place(first.clone(), "the other"));
                self.errors.push(error);
                continue;
            }
            folders.push((path, text.range));
        }
        if folders.is_empty() && self.errors.len() == before {
            self.error(
                "project/empty-value",
                "`documents` names no folder".to_owned(),
                key,
                "name one, or omit the key",
            );
        }
        self.config.documents = Some(folders);
    }

    fn ignore(&mut self, fields: &mut Fields<'_>) {
        let mut globs = GlobSetBuilder::new();
        for text in fields.strings("ignore", self.errors) {
            for glob in globs_of(text.value) {
                match GlobBuilder::new(&glob).literal_separator(true).build() {
                    Ok(glob) => {
                        globs.add(glob);
                    }
                    Err(error) => {
                        let message = format!("`{}` is not a valid file pattern: {}", text.value, error.kind());
                        self.error("project/bad-glob", message, text.range.clone(), "");
                        break;
                    }
                }
            }
        }
        match globs.build() {
            Ok(globs) => self.config.ignore = globs,
            Err(error) => {
                let range = fields.key_range("ignore").unwrap_or_default();
                self.error("project/bad-glob", format!("`ignore` cannot be used: {}", error.kind()), range, "");
            }
        }
    }

    fn dimensions(&mut self, fields: &mut Fields<'_>) {
        self.config.case = self.dimension(fields, CASE, "Case");
        self.config.phase = self.dimension(fields, PHASE, "Phase");
        let label = |dimension: &Dimension| Some(normal_form(dimension.label())).filter(|label| !label.is_empty());
        self.config.names = Names { case_label: label(&self.config.case), phase_label: label(&self.config.phase) };
    }

    fn dimension(&mut self, fields: &mut Fields<'_>, key: &'static str, usual: &'static str) -> Dimension {
        let Some(mut fields) = fields.table(key, self.errors) else { return Dimension::open(usual) };
        let mut dimension = Dimension::open(usual);
        if let Some(label) = self.line(&mut fields, "label") {
            dimension = dimension.called(label);
        }
        let mut places: BTreeMap<String, Range<usize>> = BTreeMap::new();
        for element in fields.elements("values", self.errors) {
            let Some((value, range)) = self.value(element) else { continue };
            let id = value.id.clone();
            if let Err((name, other)) = dimension.declare(value) {
                let error = Diagnostic::error("project/same-name", format!("two values of `{key}` are named `{name}`"))
                    .at(self.file.place(range.clone(), "a name must refer to one value only"));
                self.errors.push(match places.get(&other) {
                    Some(first) => error.at(self.file.place(first.clone(), format!("the first of them, `{other}`"))),
                    None => error,
                });
            }
            places.entry(id).or_insert(range);
        }
        fields.finish(self.errors);
        dimension
    }

    /// `"start"`, or `{ id = "start", label = "Oppstart", aliases = ["T0"] }`.
    fn value(&mut self, element: &Spanned<DeValue<'_>>) -> Option<(Value, Range<usize>)> {
        if !matches!(element.get_ref(), DeValue::Table(_)) {
            let text = Text::of_value(self.file, element, "each of `values`", self.errors)?;
            let id = self.id(&text)?;
            return Some((Value { label: id.clone(), id, aliases: Vec::new() }, text.range));
        }
        let mut fields = Fields::of_value(self.file, element, "each of `values`", self.errors)?;
        let id = fields.required_string("id", self.errors);
        let label = self.line(&mut fields, "label");
        let aliases = fields.strings("aliases", self.errors);
        let aliases =
            aliases.iter().map(|alias| tidy(alias.value).into_owned()).filter(|alias| !alias.is_empty()).collect();
        fields.finish(self.errors);
        let id = id?;
        let range = id.range.clone();
        let id = self.id(&id)?;
        Some((Value { label: label.unwrap_or_else(|| id.clone()), id, aliases }, range))
    }

    fn id(&mut self, text: &Text<'_>) -> Option<String> {
        let id = tidy(text.value).into_owned();
        if id.is_empty() {
            self.error("project/empty-value", "a value needs an id".to_owned(), text.range.clone(), "this is empty");
            return None;
        }
        Some(id)
    }

    fn layout(&mut self, fields: &mut Fields<'_>) {
        let Some(mut fields) = fields.table("layout", self.errors) else { return };
        if let Some(text) = fields.string("path", self.errors) {
            self.config.says_layout = true;
            match Layout::parse(text.value, &self.config.names) {
                Ok(layout) => self.config.layout = layout,
                Err(error) => {
                    let range = text.place_of(self.file, error.range);
                    self.error(
                        "project/bad-layout",
                        format!("the layout `{}` cannot be used", text.value),
                        range,
                        &error.message,
                    );
                }
            }
        }
        fields.finish(self.errors);
    }

    fn segments(&mut self, fields: &mut Fields<'_>) {
        let Some(mut fields) = fields.table("segments", self.errors) else { return };
        self.config.segments.all = fields.choice("by", &UNITS, self.errors).unwrap_or_default();
        // The keys of this table are the researcher's own words.
        if let Some(types) = fields.value("types") {
            if let DeValue::Table(table) = types.get_ref() {
                for (name, value) in table {
                    let what = format!("`{}`", name.get_ref());
                    let Some(text) = Text::of_value(self.file, value, &what, self.errors) else { continue };
                    if let Some(unit) = text.choice(self.file, &what, &UNITS, self.errors) {
                        self.config.segments.types.insert(comparable(name.get_ref()), unit);
                    }
                }
            } else {
                // Says that this is no table.
                Fields::of_value(self.file, types, "`types`", self.errors);
            }
        }
        fields.finish(self.errors);
    }

    fn speakers(&mut self, fields: &mut Fields<'_>) {
        let Some(mut fields) = fields.table("speakers", self.errors) else { return };
        if fields.key_range("exclude").is_some() {
            let labels = fields.strings("exclude", self.errors);
            self.config.exclude = Some(labels.iter().map(|label| label.value.to_owned()).collect());
        } else {
            fields.value("exclude");
        }
        fields.finish(self.errors);
    }

    fn quotes(&mut self, fields: &mut Fields<'_>) {
        let Some(mut fields) = fields.table("quotes", self.errors) else { return };
        if let Some(text) = fields.string("citation", self.errors) {
            match Citation::parse(text.value) {
                Ok(citation) => self.config.citation = citation,
                Err(field) => {
                    let message = format!("a citation cannot contain `{field}`");
                    let place = self.file.place(text.range, "no such field");
                    let error = Diagnostic::error("project/unknown-citation-field", message).at(place);
                    self.errors.push(error.hint(format!("known: {}", in_backticks(&Citation::fields()))));
                }
            }
        }
        fields.finish(self.errors);
    }

    fn survey(&mut self, fields: &mut Fields<'_>) {
        let Some(mut fields) = fields.table("survey", self.errors) else { return };
        let mut headings = |key| -> Vec<String> {
            fields.strings(key, self.errors).iter().map(|text| text.value.to_owned()).collect()
        };
        let (text, attributes) = (headings("text"), headings("attributes"));
        let informant = self.line(&mut fields, "informant");
        self.config.survey = SurveyColumns { text, informant, attributes, known: Vec::new() };
        fields.finish(self.errors);
    }
}

/// Whether `path` is `folder` or lies in it; `""` is the project itself.
pub(super) fn is_within(path: &str, folder: &str) -> bool {
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The globs that an `ignore` pattern stands for: without a `/` it holds at any depth, a folder for all it holds.
fn globs_of(pattern: &str) -> Vec<String> {
    let pattern = tidy(pattern);
    let pattern = pattern.strip_prefix("./").unwrap_or(&pattern);
    let name = pattern.trim_end_matches('/');
    let anywhere = if name.contains('/') { "" } else { "**/" };
    let below = format!("{anywhere}{name}/**");
    if pattern.ends_with('/') { vec![below] } else { vec![format!("{anywhere}{name}"), below] }
}

#[cfg(test)]
mod tests;
