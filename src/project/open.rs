//! Opens a project: reads its files in turn and puts together what they say.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use super::{
    config::{self, Config},
    files::{Files, read_project_file},
    manifest::{self, Listed, Manifest},
    model::Project,
    names::{CASE, PHASE},
    order::contradicted,
    places::Places,
    plan::Plan,
    sources::{Gathered, Gathering, Own, Source},
    speakers::Speakers,
    walk::normal_path,
};
use crate::diag::{Diagnostic, Place, Severity, in_backticks};
use crate::ingest::SurveyColumns;
use crate::text::tidy;

/// Common names for the folder that holds all documents; unlikely to be the name of a case.
const FOLDERS: [&str; 4] = ["documents", "dokumenter", "dokument", "docs"];

/// Whether a folder says by a file of its own that it is a project.
#[must_use]
pub fn is_declared(folder: &Path) -> bool {
    std::iter::once(config::FILE).chain(manifest::FILES).any(|name| folder.join(name).is_file())
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
    is_readable: impl Fn(&Path) -> bool + Sync,
) -> Result<Project, Vec<Diagnostic>> {
    let files = Files::find(folder).map_err(|error| vec![error])?;
    let (mut errors, mut messages, mut inputs) = (Vec::new(), Vec::new(), Vec::new());

    let file = files.project.as_ref().and_then(|path| read_project_file(path, &mut inputs, &mut errors));
    let config = file.as_ref().map_or_else(Config::default, |file| Config::read(file, &mut errors));
    // Where the project file is wrong, documents may seem to be missing that are not.
    let is_sound = errors.is_empty();

    messages.extend(files.ignored());
    let mut manifest =
        files.manifests.first().and_then(|path| Manifest::read(path, &config, &mut errors, &mut messages));
    let is_sound = is_sound && (manifest.is_some() || files.manifests.is_empty());
    inputs.extend(manifest.iter().map(|manifest| manifest.table.input.clone()));
    let listed = manifest.as_mut().map(|manifest| std::mem::take(&mut manifest.listed)).unwrap_or_default();
    let manifest_order = order_of_appearance(&listed);
    messages.extend(manifest.as_ref().and_then(|manifest| odd_order(manifest, &config, &manifest_order)));

    let own_codebook = folder.join(&config.codebook);
    let codebooks = std::iter::once(own_codebook.as_path()).chain(codebook);
    let codebooks = codebooks.filter_map(|path| path_in(folder, path)).collect();
    let gathering = Gathering {
        root: folder,
        config: &config,
        file: file.as_ref(),
        manifest: manifest.as_ref(),
        own: Own { codebooks },
        is_readable: &is_readable,
    };
    let Gathered { sources, unseen, plan } = if is_sound {
        gathering.gather(listed, &mut errors, &mut messages)
    } else {
        // What a row says is a file or none, whatever is wrong elsewhere.
        errors.extend(gathering.without_file(listed));
        Gathered { sources: Vec::new(), unseen: Vec::new(), plan: Plan::Listed(None) }
    };
    let own = gathering.own;

    if files.project.is_none() && manifest.is_none() {
        messages.extend(folder_as_case(&sources));
    }

    let mut speakers = Speakers::excluding(config.exclude.as_deref());
    if let Some(path) = files.speakers.first() {
        let documents: Vec<&str> = sources.iter().map(|source| source.path.as_str()).collect();
        let documents = is_sound.then_some(documents.as_slice());
        let table = speakers.read(path, &config, documents, &mut errors, &mut messages);
        inputs.extend(table.map(|table| table.input));
    }

    messages.sort_by_key(|message| message.severity);
    if !errors.is_empty() {
        errors.extend(unseen.iter().map(|unseen| unseen.diagnostic(folder, Severity::Warning)));
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
        survey: SurveyColumns { known: config.names.headings(), ..config.survey },
        citation: config.citation,
        sources,
        places: Places { plan, layout: config.layout, ignore: config.ignore, own },
        set_aside: Vec::new(),
        unseen,
        inputs,
        messages,
        names: config.names,
        manifest_order,
    })
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

/// The values of case and phase in the order in which the manifest brings them.
fn order_of_appearance(listed: &[Listed]) -> BTreeMap<&'static str, Vec<String>> {
    let values = |name| {
        let mut seen = BTreeSet::new();
        let values = listed.iter().filter_map(|row| row.attributes.get(name));
        values.filter(|value| seen.insert(*value)).cloned().collect()
    };
    BTreeMap::from([(CASE, values(CASE)), (PHASE, values(PHASE))])
}

/// The only documents folder of a plain folder that is laid out like a project: without a project file it would be taken
/// for a case, and the cases for phases.
pub(super) fn folder_of_documents(sources: &[Source]) -> Option<&str> {
    let is_below = |source: &Source| {
        let mut names = source.path.split('/');
        names.next().is_some_and(|first| FOLDERS.contains(&first.to_lowercase().as_str())) && names.count() > 2
    };
    if !sources.iter().all(is_below) { None } else { sources.first()?.path.split('/').next() }
}

/// Such a folder is hardly what is meant to be a case.
fn folder_as_case(sources: &[Source]) -> Option<Diagnostic> {
    let folder = folder_of_documents(sources)?;
    let message = format!("without a temakart.toml, `{folder}` is read as a case and the folders in it as phases");
    Some(Diagnostic::warning("project/folder-as-case", message).hint(format!(
        "if the folders in `{folder}` are the cases, write a temakart.toml with `format = 1` and `documents = \
         [\"{folder}\"]`"
    )))
}

/// Phases whose order in the manifest is not the one that their names tell: a comparison would be turned around.
fn odd_order(manifest: &Manifest, config: &Config, order: &BTreeMap<&'static str, Vec<String>>) -> Option<Diagnostic> {
    if !config.phase.values().is_empty() {
        return None;
    }
    let phases: Vec<&str> = order.get(PHASE)?.iter().map(String::as_str).collect();
    let by_words = contradicted(&phases)?;
    let message = format!("phases are in the order of `{}`: {}", manifest.table.name(), in_backticks(&phases));
    Some(
        Diagnostic::warning("manifest/phase-order", message)
            .at(Place::file(&manifest.table.path))
            .hint(format!("going by their names, the order would be {}", in_backticks(&by_words)))
            .hint("declare the order in temakart.toml: `[phase]` with `values = [\"…\"]`"),
    )
}
