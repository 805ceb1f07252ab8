//! Whole projects, opened: a folder, and what is found in it or said about it.

mod found;
mod wrong;

use std::{fs, path::Path};

use super::{Project, Source, open, testing::brief};
use crate::{
    diag::{Diagnostic, Severity},
    ingest::Properties,
};

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for (path, text) in files {
        write(folder.path(), path, text.as_bytes());
    }
    folder
}

fn write(folder: &Path, path: &str, bytes: &[u8]) {
    let location = folder.join(path);
    fs::create_dir_all(location.parent().expect("it has one")).expect("a folder for the test");
    fs::write(location, bytes).expect("a file for the test");
}

fn is_readable(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "txt" || extension == "md")
}

fn open_folder(files: &[(&str, &str)]) -> Result<Project, Vec<Diagnostic>> {
    open(folder(files).path(), None, is_readable)
}

/// Documents as `path case phase further=…`, `-` for a case or phase that is not known.
#[track_caller]
fn check_documents(files: &[(&str, &str)], expected: &[&str]) -> Project {
    match open_folder(files) {
        Ok(project) => {
            assert_eq!(documents(&project), expected);
            project
        }
        Err(errors) => panic!("{:#?}", errors.iter().map(brief).collect::<Vec<_>>()),
    }
}

fn documents(project: &Project) -> Vec<String> {
    let shown = |source: &Source| {
        let values = project.attributes(&source.path, &Properties::default()).values;
        let value = |name: &str| values.get(name).map_or("-", String::as_str).to_owned();
        let mut line = format!("{} {} {}", source.path, value("case"), value("phase"));
        for (name, value) in values.iter().filter(|(name, _)| !matches!(name.as_str(), "case" | "phase")) {
            line += &format!(" {name}={value}");
        }
        line
    };
    project.sources().iter().map(shown).collect()
}

#[track_caller]
fn check_errors(files: &[(&str, &str)], expected: &[&str]) {
    match open_folder(files) {
        Ok(project) => panic!("it opened, with {:?}", documents(&project)),
        Err(messages) => {
            let errors = messages.iter().filter(|message| message.severity == Severity::Error);
            assert_eq!(errors.map(brief).collect::<Vec<_>>(), expected);
        }
    }
}

#[track_caller]
fn check_messages(files: &[(&str, &str)], expected: &[&str]) {
    match open_folder(files) {
        Ok(project) => {
            let messages = project.messages().iter();
            let messages: Vec<String> = messages.filter(|message| !message.id.ends_with("/form")).map(brief).collect();
            assert_eq!(messages, expected);
        }
        Err(errors) => panic!("{:#?}", errors.iter().map(brief).collect::<Vec<_>>()),
    }
}

const DECLARED: &str = r#"
documents = ["documents"]
[case]
label = "Delpilot"
values = [{ id = "omsorg-3.0", label = "Omsorg 3.0", aliases = ["Øyer"] }, "hadeland"]
[phase]
values = [{ id = "start", aliases = ["oppstart"] }, "slutt"]
"#;
