//! A project to start from: `temakart new`.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use crate::diag::{Diagnostic, Place, in_backticks};

/// The `.gitignore` of a project: what keeps personal data out of version control.
pub const GITIGNORE: &str = include_str!("template/gitignore");

/// The files of a new project. All are ours; the interview is constructed.
const FILES: [(&str, &str); 4] = [
    ("temakart.toml", include_str!("template/temakart.toml")),
    ("codebook.toml", include_str!("template/codebook.toml")),
    ("documents/nordbygda/start/01-intervju.txt", include_str!("template/interview.txt")),
    (".gitignore", GITIGNORE),
];

/// Makes a project with comments, a small codebook, an example document and a `.gitignore` that keeps personal data
/// out of version control, in `folder`, which is made where it is not there. Returns the files, in reading order.
///
/// # Errors
/// When anything would be overwritten, or the example would come to lie among documents that are already there;
/// then nothing is written. Or when the system refuses to write.
pub fn scaffold(folder: &Path) -> Result<Vec<PathBuf>, Diagnostic> {
    let mut taken: Vec<&str> = FILES.iter().map(|(path, _)| *path).filter(|path| exists(&folder.join(path))).collect();
    if taken.is_empty() && exists(&folder.join("documents")) {
        taken.push("documents");
    }
    if !taken.is_empty() {
        return Err(Diagnostic::error(
            "project/not-overwritten",
            format!("{} would be overwritten", in_backticks(&taken)),
        )
        .at(Place::file(folder))
        .hint("name a folder that does not exist yet, or an empty one"));
    }
    let mut written = Vec::with_capacity(FILES.len());
    for (path, text) in FILES {
        let location = folder.join(path);
        write(&location, text).map_err(|error| {
            Diagnostic::error("project/unwritable", format!("`{path}` cannot be written: {error}"))
                .at(Place::file(&location))
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
    use crate::project::{open, testing::brief};

    #[test]
    fn a_new_project_opens_without_a_word() {
        let parent = tempfile::tempdir().expect("a folder for the test");
        let folder = parent.path().join("ny studie");
        let written = scaffold(&folder).expect("it can be made");
        assert_eq!(written.len(), FILES.len());
        let project = open(&folder, None, |path| path.extension().is_some_and(|e| e == "txt")).expect("it is right");
        assert_eq!(project.messages(), []);
        assert_eq!(project.name(), "Min studie");
        let paths: Vec<&str> = project.sources().iter().map(|source| source.path.as_str()).collect();
        assert_eq!(paths, ["documents/nordbygda/start/01-intervju.txt"]);
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
        let error = scaffold(folder.path()).expect_err("something is there");
        assert!(brief(&error).contains("`codebook.toml` would be overwritten"), "{}", brief(&error));
        assert_eq!(fs::read_dir(folder.path()).expect("it is there").count(), 1);
    }

    #[test]
    fn documents_that_are_there_are_left_alone() {
        let folder = tempfile::tempdir().expect("a folder for the test");
        fs::create_dir(folder.path().join("documents")).expect("a folder for the test");
        assert!(scaffold(folder.path()).is_err());
    }
}
