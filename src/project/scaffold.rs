//! A project to start from: `temakart new`.

use std::{
    collections::BTreeSet,
    fs::{self, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use super::{
    Source,
    open::{folder_of_documents, is_declared, open},
    order::{Known, Words, order_values},
};
use crate::diag::{Diagnostic, Place, in_backticks};

/// The `.gitignore` of a project: what keeps personal data out of version control.
pub const GITIGNORE: &str = include_str!("template/gitignore");

/// Where the example document of a new project is.
const EXAMPLE: &str = "documents/nordbygda/start/01-intervju.txt";

/// The files of a new project. All are ours; the interview is constructed.
const FILES: [(&str, &str); 4] = [
    (CONFIG, include_str!("template/temakart.toml")),
    ("codebook.toml", include_str!("template/codebook.toml")),
    (EXAMPLE, include_str!("template/interview.txt")),
    (IGNORE, GITIGNORE),
];

const CONFIG: &str = "temakart.toml";
const IGNORE: &str = ".gitignore";

/// What was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scaffold {
    /// The files that were written, in reading order.
    pub written: Vec<PathBuf>,
    /// What the documents are.
    pub documents: ScaffoldDocuments,
    /// Lines for a `.gitignore` that was there before and is left as it is: without them, personal data may be shared.
    pub not_ignored: Vec<String>,
}

/// What the documents of a new project are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScaffoldDocuments {
    /// The example at this place.
    Example(PathBuf),
    /// So many that were there already.
    Found(usize),
}

/// Makes a project with comments, a small codebook and a `.gitignore` that keeps personal data out of version control,
/// in `folder`, which is made where it is not there. A `.gitignore` that is there is left as it is. Documents that are
/// there already are those of the project; where there are none, it gets one as an example. `is_readable` says, by a file's name, whether there is a reader for
/// it.
///
/// # Errors
/// When anything would be overwritten; then nothing is written. When it cannot be told which documents are there. Or when
/// the system refuses to write.
pub fn scaffold(folder: &Path, is_readable: impl Fn(&Path) -> bool + Sync) -> Result<Scaffold, Vec<Diagnostic>> {
    if exists(&folder.join(CONFIG)) {
        return Err(vec![not_overwritten(folder, &[CONFIG])]);
    }
    match Found::in_folder(folder, is_readable)? {
        Some(found) => found.scaffold(folder),
        None => with_example(folder),
    }
}

fn with_example(folder: &Path) -> Result<Scaffold, Vec<Diagnostic>> {
    let (there, missing): (Vec<_>, Vec<_>) =
        FILES.map(|(path, text)| (path, text.to_owned())).into_iter().partition(|(path, _)| exists(&folder.join(path)));
    let taken: Vec<&str> = there.iter().map(|(path, _)| *path).filter(|path| *path != IGNORE).collect();
    if !taken.is_empty() {
        return Err(vec![not_overwritten(folder, &taken)]);
    }
    let not_ignored = not_ignored(folder, GITIGNORE);
    let documents = ScaffoldDocuments::Example(folder.join(EXAMPLE));
    Ok(Scaffold { written: write_all(folder, &missing)?, documents, not_ignored })
}

/// The lines of `wanted` that the folder's `.gitignore` lacks, if it has one.
fn not_ignored(folder: &Path, wanted: &str) -> Vec<String> {
    let Ok(own) = fs::read_to_string(folder.join(IGNORE)) else { return Vec::new() };
    let is_there = |line: &&str| own.lines().any(|own| own.trim() == *line);
    let lines = wanted.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.filter(|line| !is_there(line)).map(str::to_owned).collect()
}

fn not_overwritten(folder: &Path, taken: &[&str]) -> Diagnostic {
    Diagnostic::error("project/not-overwritten", format!("{} would be overwritten", in_backticks(taken)))
        .at(Place::file(folder))
        .hint("name a folder that does not exist yet, an empty one, or one with your documents")
}

/// Documents that are in a folder without a project file.
struct Found {
    sources: Vec<Source>,
    /// The folder in which the cases are; `None` where a manifest says which are documents.
    base: Option<String>,
}

impl Found {
    /// What the folder has of documents; an error where something about it is wrong, such as its manifest.
    fn in_folder(folder: &Path, is_readable: impl Fn(&Path) -> bool + Sync) -> Result<Option<Self>, Vec<Diagnostic>> {
        if !folder.is_dir() {
            return Ok(None);
        }
        let has_manifest = is_declared(folder);
        match open(folder, None, is_readable) {
            Ok(project) => {
                let base = folder_of_documents(&project.sources).unwrap_or_default().to_owned();
                Ok(Some(Self { sources: project.sources, base: (!has_manifest).then_some(base) }))
            }
            Err(errors) if !has_manifest && errors.iter().all(|error| error.id == "project/no-documents") => Ok(None),
            Err(errors) => Err(errors),
        }
    }

    /// A project around the documents. A codebook and a `.gitignore` that are there are left as they are.
    fn scaffold(self, folder: &Path) -> Result<Scaffold, Vec<Diagnostic>> {
        let gitignore = self.gitignore();
        let not_ignored = not_ignored(folder, &gitignore);
        let files = [(CONFIG, self.config(folder)), ("codebook.toml", FILES[1].1.to_owned()), (IGNORE, gitignore)];
        let missing: Vec<_> = files.into_iter().filter(|(path, _)| !exists(&folder.join(path))).collect();
        let written = write_all(folder, &missing)?;
        Ok(Scaffold { written, documents: ScaffoldDocuments::Found(self.sources.len()), not_ignored })
    }

    /// The project file, with the folder of the documents, and their cases and phases as far as paths tell them.
    fn config(&self, folder: &Path) -> String {
        let real = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        let name = real.file_name().map_or_else(|| "Min studie".to_owned(), |name| name.to_string_lossy().into_owned());
        let mut text = FILES[0].1.replace(EXAMPLE_NAME, &commented(&format!("name = {}", toml_string(&name))));
        let Some(base) = &self.base else {
            text = text.replace(EXAMPLE_DOCUMENTS, &commented(LISTED_DOCUMENTS));
            for ours in [EXAMPLE_LAYOUT, EXAMPLE_CASES, EXAMPLE_PHASES] {
                text = text.replace(ours, "");
            }
            return text;
        };
        let start = if base.is_empty() { "." } else { base };
        text = text.replace(EXAMPLE_DOCUMENTS, &commented(&format!("documents = [{}]", toml_string(start))));
        let n_above = usize::from(!base.is_empty());
        let folders = |level: usize, words: Words| {
            let names = self.sources.iter().filter_map(|source| source.path.split('/').nth(n_above + level));
            order_values(names, Known { declared: &[], manifest: &[], words }).values
        };
        text = text.replace(EXAMPLE_CASES, &values(&folders(0, Words::Ignored)));
        text.replace(EXAMPLE_PHASES, &values(&folders(1, Words::OfTime)))
    }

    /// The `.gitignore`, which names the documents too, wherever they are.
    fn gitignore(&self) -> String {
        let top = |source: &Source| match source.path.split_once('/') {
            Some((folder, _)) => format!("/{folder}/"),
            None => format!("/{}", source.path),
        };
        let tops: BTreeSet<String> = self.sources.iter().map(top).filter(|top| top != "/documents/").collect();
        let lines: String = tops.iter().map(|top| format!("{}\n", escaped(top))).collect();
        if lines.is_empty() {
            GITIGNORE.to_owned()
        } else {
            format!("{GITIGNORE}\n# The documents of this project\n{lines}")
        }
    }
}

/// What of the template is the example's, each replaced where there are documents.
const EXAMPLE_NAME: &str = "name = \"Min studie\"                 #";
const EXAMPLE_DOCUMENTS: &str = "documents = [\"documents\"]           #";
const LISTED_DOCUMENTS: &str = "# documents = [\"documents\"]";
/// Where the comments of the template begin.
const COMMENTS: usize = 36;
const EXAMPLE_LAYOUT: &str = "[layout]\npath = \"{case}/{phase}/*\"\n";
const EXAMPLE_CASES: &str = r#"values = [
    { id = "nordbygda", label = "Nordbygda", aliases = ["Nord"] },
    { id = "sørbygda", label = "Sørbygda" },
]
"#;
const EXAMPLE_PHASES: &str = r#"values = [
    { id = "start", label = "Start", aliases = ["oppstart"] },
    { id = "underveis", label = "Underveis", aliases = ["undervegs"] },
    { id = "slutt", label = "Slutt" },
]
"#;

/// A key, up to the `#` of its comment.
fn commented(key: &str) -> String {
    format!("{key:<0$}#", COMMENTS.max(key.chars().count() + 1))
}

fn values(ids: &[String]) -> String {
    let lines: String = ids.iter().map(|id| format!("    {{ id = {} }},\n", toml_string(id))).collect();
    format!("values = [\n{lines}]\n")
}

/// The string as TOML has it.
pub(crate) fn toml_string(text: &str) -> String {
    toml::Value::from(text).to_string()
}

/// A path as `.gitignore` has it.
fn escaped(path: &str) -> String {
    let mut escaped = String::with_capacity(path.len());
    for letter in path.chars() {
        if matches!(letter, '*' | '?' | '[' | '\\') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

fn write_all(folder: &Path, files: &[(&str, String)]) -> Result<Vec<PathBuf>, Vec<Diagnostic>> {
    let mut written = Vec::with_capacity(files.len());
    for (path, text) in files {
        let location = folder.join(path);
        write(&location, text).map_err(|error| {
            let message = format!("`{path}` cannot be written: {error}");
            vec![Diagnostic::error("project/unwritable", message).at(Place::file(&location))]
        })?;
        written.push(location);
    }
    Ok(written)
}

/// Whether anything is at `location`, be it a link that leads nowhere.
fn exists(location: &Path) -> bool {
    location.symlink_metadata().is_ok()
}

fn write(location: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = location.parent() {
        fs::create_dir_all(folder)?;
    }
    // A file that has come into being since it was looked for is not overwritten either.
    let mut file = OpenOptions::new().write(true).create_new(true).open(location)?;
    file.write_all(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::testing::brief;

    fn is_text(path: &Path) -> bool {
        path.extension().is_some_and(|ending| ending == "txt")
    }

    #[test]
    fn a_new_project_opens_without_a_word() {
        let parent = tempfile::tempdir().expect("a folder for the test");
        let folder = parent.path().join("ny studie");
        let made = scaffold(&folder, is_text).expect("it can be made");
        assert_eq!(made.written.len(), FILES.len());
        assert_eq!(made.documents, ScaffoldDocuments::Example(folder.join(EXAMPLE)));
        let project = open(&folder, None, is_text).expect("it is right");
        assert_eq!(project.messages(), []);
        assert_eq!(project.name(), "Min studie");
        let paths: Vec<&str> = project.sources().iter().map(|source| source.path.as_str()).collect();
        assert_eq!(paths, [EXAMPLE]);
        assert_eq!(project.sources()[0].from_path.get("case").map(String::as_str), Some("nordbygda"));
    }

    #[test]
    fn the_ignore_file_names_all_that_quotes_a_document() {
        let ignored = FILES[3].1;
        for name in ["documents/", "speakers.csv", "results/", "decisions/", ".temakart/"] {
            assert!(ignored.lines().any(|line| line == name), "{name}");
        }
    }

    #[test]
    fn nothing_is_overwritten() {
        let folder = tempfile::tempdir().expect("a folder for the test");
        fs::write(folder.path().join("codebook.toml"), "mitt").expect("a file for the test");
        let errors = scaffold(folder.path(), is_text).expect_err("something is there");
        assert!(brief(&errors[0]).contains("`codebook.toml` would be overwritten"), "{}", brief(&errors[0]));
        assert_eq!(fs::read_dir(folder.path()).expect("it is there").count(), 1);
    }

    #[track_caller]
    fn check_found(files: &[(&str, &str)], documents: &[&str], lines: &[&str], ignored: &[&str]) {
        let parent = tempfile::tempdir().expect("a folder for the test");
        let folder = parent.path().join("Min \"mappe\"");
        for (path, text) in files {
            write(&folder.join(path), text).expect("a file for the test");
        }
        let made = scaffold(&folder, is_text).expect("it can be made");
        assert_eq!(made.documents, ScaffoldDocuments::Found(documents.len()));
        let project = open(&folder, None, is_text).expect("it is right");
        assert_eq!(project.messages().iter().filter(|message| !message.id.ends_with("/form")).map(brief).next(), None);
        assert_eq!(project.name(), "Min \"mappe\"");
        let value = |source: &Source, name| {
            source.manifest.get(name).or_else(|| source.from_path.get(name)).cloned().unwrap_or_default()
        };
        let found: Vec<String> = project
            .sources()
            .iter()
            .map(|source| format!("{} {} {}", source.path, value(source, "case"), value(source, "phase")))
            .collect();
        assert_eq!(found, documents);
        let config = fs::read_to_string(folder.join(CONFIG)).expect("it was written");
        for line in lines {
            assert!(config.lines().any(|own| own.trim().starts_with(line)), "{line}\n{config}");
        }
        let gitignore = fs::read_to_string(folder.join(".gitignore")).expect("it was written");
        for line in ignored {
            assert!(gitignore.lines().any(|own| own == *line), "{line}\n{gitignore}");
        }
    }

    #[test]
    fn documents_that_are_there_are_those_of_the_project() {
        check_found(
            &[("vest/slutt/b.txt", ""), ("vest/start/a.txt", ""), ("ø[st]/start/c.txt", "")],
            &["vest/slutt/b.txt vest slutt", "vest/start/a.txt vest start", "ø[st]/start/c.txt ø[st] start"],
            &["documents = [\".\"]", "{ id = \"vest\" },", "{ id = \"start\" },"],
            &["/vest/", "/ø\\[st]/"],
        );
        check_found(
            &[("documents/vest/start/a.txt", "")],
            &["documents/vest/start/a.txt vest start"],
            &["documents = [\"documents\"]", "{ id = \"vest\" },"],
            &["documents/"],
        );
        check_found(
            &[("documents.csv", "path,case,phase\nrå/a.txt,vest,start\n"), ("rå/a.txt", "")],
            &["rå/a.txt vest start"],
            &["# documents = [\"documents\"]"],
            &["/rå/", "documents.csv"],
        );
    }

    #[test]
    fn a_codebook_beside_documents_is_left_as_it_is() {
        let folder = tempfile::tempdir().expect("a folder for the test");
        write(&folder.path().join("vest/start/a.txt"), "").expect("a file for the test");
        write(&folder.path().join("codebook.toml"), "mitt").expect("a file for the test");
        let made = scaffold(folder.path(), is_text).expect("it can be made");
        assert_eq!(made.written, [folder.path().join(CONFIG), folder.path().join(".gitignore")]);
        assert_eq!(fs::read_to_string(folder.path().join("codebook.toml")).expect("it is there"), "mitt");
    }

    #[test]
    fn what_a_gitignore_beside_documents_lacks_is_told() {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let own = "*.tmp\n results/ \n.temakart/\n";
        for (path, text) in [("vest/start/a.txt", ""), (IGNORE, own)] {
            write(&folder.path().join(path), text).expect("a file for the test");
        }
        let not_ignored = scaffold(folder.path(), is_text).expect("it can be made").not_ignored;
        assert_eq!(fs::read_to_string(folder.path().join(IGNORE)).expect("it is there"), own);
        let has = |line: &str| not_ignored.iter().any(|own| own == line);
        assert!(has("/vest/") && has("speakers.csv") && !has("results/") && !has(".temakart/"), "{not_ignored:?}");

        let empty = tempfile::tempdir().expect("a folder for the test");
        write(&empty.path().join(IGNORE), GITIGNORE).expect("a file for the test");
        let made = scaffold(empty.path(), is_text).expect("it can be made");
        assert_eq!((made.written.len(), made.not_ignored), (3, Vec::new()));
    }

    #[test]
    fn a_manifest_that_is_wrong_is_told_of() {
        let folder = tempfile::tempdir().expect("a folder for the test");
        write(&folder.path().join("documents.csv"), "path,case,phase\nborte.txt,vest,start\n").expect("a file");
        let errors = scaffold(folder.path(), is_text).expect_err("a document is missing");
        assert_eq!(errors[0].id, "manifest/no-such-file");
        assert_eq!(fs::read_dir(folder.path()).expect("it is there").count(), 1);
    }

    #[test]
    fn what_is_the_examples_stands_in_the_template() {
        for part in [EXAMPLE_NAME, EXAMPLE_DOCUMENTS, EXAMPLE_LAYOUT, EXAMPLE_CASES, EXAMPLE_PHASES] {
            assert_eq!(FILES[0].1.matches(part).count(), 1, "{part}");
        }
    }
}
