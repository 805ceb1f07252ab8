//! Opens a project: reads its files in turn and puts together what they say.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    config::{self, Config},
    dimension::Dimension,
    input::{Input, read_bytes},
    manifest::{self, Manifest},
    names::{CASE, Names, PHASE, tidy},
    order::{Known, Ordered, Words, contradicted, order_values},
    segments::Segments,
    sources::{Gathering, Own, Source},
    speakers::{self, Speakers},
    walk::normal_path,
};
use crate::{
    diag::{Diagnostic, Place, TomlFile, in_backticks},
    text::Span,
};

/// A project file is written by hand; one larger than this is not one.
const MOST_BYTES: u64 = 4 << 20;

/// What a folder says about a study: which documents it has, what is known of them, and how they are to be coded.
#[derive(Debug, Clone)]
pub struct Project {
    folder: PathBuf,
    name: String,
    languages: Vec<String>,
    codebook: PathBuf,
    case: Dimension,
    phase: Dimension,
    segments: Segments,
    speakers: Speakers,
    /// By path.
    sources: Vec<Source>,
    inputs: Vec<Input>,
    messages: Vec<Diagnostic>,
    names: Names,
    /// The values of case and phase in the manifest's order.
    manifest_order: BTreeMap<&'static str, Vec<String>>,
}

impl Project {
    /// The folder, as the user named it.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What the study is called; the folder's name where the project does not say.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// ISO 639-1 codes, at least one; the first is the default.
    #[must_use]
    pub fn languages(&self) -> &[String] {
        &self.languages
    }

    /// Where the codebook is; whether it is there is for its reader to see.
    #[must_use]
    pub fn codebook(&self) -> &Path {
        &self.codebook
    }

    /// What the project knows about cases.
    #[must_use]
    pub fn case(&self) -> &Dimension {
        &self.case
    }

    /// What the project knows about phases.
    #[must_use]
    pub fn phase(&self) -> &Dimension {
        &self.phase
    }

    /// The unit that is coded.
    #[must_use]
    pub fn segments(&self) -> &Segments {
        &self.segments
    }

    /// Who the speakers are.
    #[must_use]
    pub fn speakers(&self) -> &Speakers {
        &self.speakers
    }

    /// The documents, ordered by path.
    #[must_use]
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// The files that the project was read from, for the record of a run.
    #[must_use]
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// What was found out on the way: the warnings, then the notes.
    #[must_use]
    pub fn messages(&self) -> &[Diagnostic] {
        &self.messages
    }

    /// The document at `path`, if it is one of the project.
    #[must_use]
    pub fn source(&self, path: &str) -> Option<&Source> {
        let index = self.sources.binary_search_by(|source| source.path.as_str().cmp(path)).ok()?;
        self.sources.get(index)
    }

    /// The name by which an attribute is known that a person calls `raw`: `Delpilot`, `fase`, `Dato`.
    #[must_use]
    pub fn attribute_name(&self, raw: &str) -> String {
        self.names.canonical(raw)
    }

    /// The values `found` of an attribute in their order, with the declared ones that were not found.
    #[must_use]
    pub fn order<'a>(&self, attribute: &str, found: impl IntoIterator<Item = &'a str>) -> Ordered {
        let declared: Vec<&str> = match attribute {
            CASE => self.case.values(),
            PHASE => self.phase.values(),
            _ => &[],
        }
        .iter()
        .map(|value| value.id.as_str())
        .collect();
        let manifest: Vec<&str> =
            self.manifest_order.get(attribute).into_iter().flatten().map(String::as_str).collect();
        let words = if attribute == PHASE { Words::OfTime } else { Words::Ignored };
        order_values(found, Known { declared: &declared, manifest: &manifest, words })
    }
}

/// Opens the project in `folder`.
///
/// `codebook` is one that the user names (from the current folder); it takes the place of the project's own.
/// `is_readable` says, by a file's name, whether there is a reader for it.
///
/// # Errors
/// Everything that is wrong with the project's files, the errors first, then what else was found out.
pub fn open(
    folder: &Path,
    codebook: Option<&Path>,
    is_readable: impl Fn(&Path) -> bool,
) -> Result<Project, Vec<Diagnostic>> {
    let files = Files::find(folder).map_err(|error| vec![error])?;
    let (mut errors, mut messages, mut inputs) = (Vec::new(), Vec::new(), Vec::new());

    let file = files.project.as_ref().and_then(|path| read_project_file(path, &mut inputs, &mut errors));
    let config = file.as_ref().map_or_else(Config::default, |file| Config::read(file, &mut errors));
    // Where the project file is wrong, documents may seem to be missing that are not.
    let is_sound = errors.is_empty();

    messages.extend(files.ignored());
    let manifest = files.manifests.first().and_then(|path| Manifest::read(path, &config, &mut errors, &mut messages));
    let is_sound = is_sound && (manifest.is_some() || files.manifests.is_empty());
    inputs.extend(manifest.iter().map(|manifest| manifest.table.input.clone()));

    let own_codebook = folder.join(&config.codebook);
    let codebooks = std::iter::once(own_codebook.as_path()).chain(codebook);
    let codebooks = codebooks.filter_map(|path| path_in(folder, path)).collect();
    let sources = if is_sound {
        let own = Own { codebooks };
        let gathering = Gathering {
            root: folder,
            config: &config,
            file: file.as_ref(),
            manifest: manifest.as_ref(),
            own,
            is_readable: &is_readable,
        };
        gathering.gather(&mut errors, &mut messages)
    } else {
        Vec::new()
    };

    let mut speakers = Speakers::excluding(config.exclude.as_deref());
    if let Some(path) = files.speakers.first() {
        let documents: Vec<&str> = sources.iter().map(|source| source.path.as_str()).collect();
        let documents = is_sound.then_some(documents.as_slice());
        let table = speakers.read(path, &config, documents, &mut errors, &mut messages);
        inputs.extend(table.map(|table| table.input));
    }

    let manifest_order = manifest.as_ref().map(order_of_appearance).unwrap_or_default();
    messages.extend(manifest.as_ref().and_then(|manifest| odd_order(manifest, &config, &manifest_order)));
    messages.sort_by_key(|message| message.severity);
    if !errors.is_empty() {
        errors.append(&mut messages);
        return Err(errors);
    }
    Ok(Project {
        folder: folder.to_owned(),
        name: config.name.unwrap_or_else(|| folder_name(folder)),
        languages: config.languages,
        codebook: codebook.map_or(own_codebook, Path::to_owned),
        case: config.case,
        phase: config.phase,
        segments: config.segments,
        speakers,
        sources,
        inputs,
        messages,
        names: config.names,
        manifest_order,
    })
}

/// The files of a folder that say what the project is. Their names are known in any case (`Documents.CSV`).
struct Files {
    project: Option<PathBuf>,
    /// The manifest, and others that stand in its shadow.
    manifests: Vec<PathBuf>,
    /// The list of speakers, and others that stand in its shadow.
    speakers: Vec<PathBuf>,
}

impl Files {
    fn find(folder: &Path) -> Result<Self, Diagnostic> {
        let failed = |message: String| Diagnostic::error("project/no-project", message).at(Place::file(folder));
        let metadata = fs::metadata(folder).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => failed("there is no such folder".to_owned()),
            _ => failed(format!("the project folder cannot be looked into: {error}")),
        })?;
        if !metadata.is_dir() {
            return Err(failed("a project is a folder, and this is a file".to_owned())
                .hint("give the folder that the file lies in"));
        }
        let entries = fs::read_dir(folder)
            .map_err(|error| failed(format!("the project folder cannot be looked into: {error}")))?;
        let mut names: Vec<PathBuf> =
            entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect();
        names.sort_unstable();
        let called = |wanted: &[&str]| -> Vec<PathBuf> {
            let is_called =
                |path: &&PathBuf, name: &str| path.file_name().is_some_and(|own| own.eq_ignore_ascii_case(name));
            wanted.iter().flat_map(|name| names.iter().filter(move |path| is_called(path, name)).cloned()).collect()
        };
        Ok(Self {
            project: called(&[config::FILE]).into_iter().next(),
            manifests: called(&manifest::FILES),
            speakers: called(&speakers::FILES),
        })
    }

    /// Of two manifests, or two lists of speakers, only one is read.
    fn ignored(&self) -> impl Iterator<Item = Diagnostic> {
        [&self.manifests, &self.speakers].into_iter().filter_map(|paths| {
            let (used, others) = paths.split_first().filter(|(_, others)| !others.is_empty())?;
            let name = |path: &PathBuf| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let others: Vec<String> = others.iter().map(name).collect();
            let others: Vec<&str> = others.iter().map(String::as_str).collect();
            let message = format!("`{}` is read, and {} left aside", name(used), in_backticks(&others));
            Some(Diagnostic::warning("project/two-lists", message).at(Place::file(used)).hint("keep one of them"))
        })
    }
}

fn read_project_file(path: &Path, inputs: &mut Vec<Input>, errors: &mut Vec<Diagnostic>) -> Option<TomlFile> {
    let (input, bytes) = read_bytes(path, MOST_BYTES).map_err(|error| errors.push(error)).ok()?;
    inputs.push(input);
    // Windows' editor writes a byte order mark.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(TomlFile::new(path, text, config::IDS)),
        Err(error) => {
            let at = error.valid_up_to();
            let text: Arc<str> = Arc::from(String::from_utf8_lossy(bytes));
            let place = Place::within(
                path,
                &text,
                Span::new(at, at + char::REPLACEMENT_CHARACTER.len_utf8()),
                "this byte is not UTF-8",
            );
            errors.push(
                Diagnostic::error("project/encoding", format!("`{}` is not UTF-8", config::FILE))
                    .at(place)
                    .hint("save it as UTF-8"),
            );
            None
        }
    }
}

/// The path from the project of a file that the user names, where it lies in the project.
fn path_in(folder: &Path, path: &Path) -> Option<String> {
    let (folder, path) = (fs::canonicalize(folder).ok()?, fs::canonicalize(path).ok()?);
    normal_path(path.strip_prefix(folder).ok()?.to_str()?)
}

fn folder_name(folder: &Path) -> String {
    let name = |path: &Path| path.file_name().map(|name| tidy(&name.to_string_lossy()).into_owned());
    name(folder).or_else(|| name(&fs::canonicalize(folder).ok()?)).unwrap_or_else(|| "project".to_owned())
}

fn order_of_appearance(manifest: &Manifest) -> BTreeMap<&'static str, Vec<String>> {
    let values = |name| {
        let mut seen = BTreeSet::new();
        let values = manifest.listed.iter().filter_map(|row| row.attributes.get(name));
        values.filter(|value| seen.insert(*value)).cloned().collect()
    };
    BTreeMap::from([(CASE, values(CASE)), (PHASE, values(PHASE))])
}

/// Phases whose order in the manifest is not the one that their names tell: a comparison would be turned around.
fn odd_order(manifest: &Manifest, config: &Config, order: &BTreeMap<&'static str, Vec<String>>) -> Option<Diagnostic> {
    if !config.phase.values().is_empty() {
        return None;
    }
    let phases: Vec<&str> = order.get(PHASE)?.iter().map(String::as_str).collect();
    let by_words = contradicted(&phases)?;
    let message = format!("phases stand in the order of `{}`: {}", manifest.table.name(), in_backticks(&phases));
    Some(
        Diagnostic::warning("manifest/phase-order", message)
            .at(Place::file(&manifest.table.path))
            .hint(format!("by their names the order would be {}", in_backticks(&by_words)))
            .hint("declare the order in temakart.toml: `[phase]` with `values = [\"…\"]`"),
    )
}
