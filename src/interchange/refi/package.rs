//! The file that a project comes in: a zip archive with one `.qde` and the sources, whatever they are called.

use std::collections::BTreeMap;

use crate::ingest::{Archive, Budget};
use crate::interchange::tree::{self, Tree};
use crate::text::decode;

/// A project file, opened.
pub(super) struct Package<'b> {
    /// None where the file is the `.qde` alone.
    archive: Option<Archive<'b>>,
    budget: &'b Budget,
    names: Vec<String>,
    /// Which of the names end in a file's name, in lower case.
    by_file: BTreeMap<String, Vec<usize>>,
}

impl<'b> Package<'b> {
    /// Opens the file in `bytes`, and reads the project in it.
    pub(super) fn open(bytes: &'b [u8], budget: &'b Budget) -> Result<(Self, Tree), String> {
        if !bytes.starts_with(b"PK") {
            let root = tree::read_within(bytes, "the project", budget)?;
            return Ok((Self { archive: None, budget, names: Vec::new(), by_file: BTreeMap::new() }, root));
        }
        let mut archive = Archive::open(bytes, budget).map_err(|error| error.why())?;
        if archive.has_duplicates() {
            return Err("two of its parts have the same name, so programs may see different projects".to_owned());
        }
        let names: Vec<String> = archive.names().map(|name| name.into_owned()).collect();
        let project = project_name(&names)?;
        let gone = || format!("`{project}` inside it cannot be found again");
        let name = format!("`{project}` inside it");
        let part = archive.part(&project).map_err(|error| error.why())?.ok_or_else(gone)?;
        let root = match tree::read_from(part, &name, budget)? {
            Some(root) => Tree { root, doubts: Vec::new() },
            // Which encoding it is in, only all of it tells.
            None => {
                let bytes = archive.bytes(&project).map_err(|error| error.why())?.ok_or_else(gone)?;
                tree::read_within(&bytes, &name, budget)?
            }
        };
        let mut by_file: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, name) in names.iter().enumerate() {
            by_file.entry(last(name).to_lowercase()).or_default().push(index);
        }
        Ok((Self { archive: Some(archive), budget, names, by_file }, root))
    }

    /// The bytes of the source that a path of the project means. Only the archive is looked into, whatever the path
    /// says; `None` where it is not in there.
    pub(super) fn source(&mut self, path: &str) -> Result<Option<Vec<u8>>, String> {
        let Some(name) = self.find(path) else { return Ok(None) };
        let Some(archive) = &mut self.archive else { return Ok(None) };
        archive.bytes(&name).map_err(|error| error.why())
    }

    /// The text of a source, with its line ends and its byte order mark.
    pub(super) fn text(&mut self, path: &str) -> Result<Option<String>, String> {
        let Some(bytes) = self.source(path)? else { return Ok(None) };
        self.budget.keep_text(bytes.len()).map_err(|error| error.why())?;
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            // Not as the standard has it: line ends are lost, and codings may be, which is told of.
            Err(error) => decode(error.as_bytes()).map_err(|error| error.to_string())?.text,
        };
        Ok(Some(text))
    }

    /// The entry that is called as the last part of `path`, in the folder of sources first.
    fn find(&self, path: &str) -> Option<String> {
        let wanted = last(path).to_lowercase();
        let alike = self.by_file.get(&wanted).filter(|_| !wanted.is_empty())?;
        let in_sources = |name: &&String| name.to_lowercase().replace('\\', "/").contains("sources/");
        let exact = |name: &&String| last(name) == last(path);
        let found: Vec<&String> = alike.iter().map(|index| &self.names[*index]).collect();
        let by = |is: &dyn Fn(&&String) -> bool| found.iter().copied().find(|name| is(name));
        by(&|name| in_sources(name) && exact(name)).or_else(|| by(&in_sources)).or_else(|| by(&|_| true)).cloned()
    }
}

/// What stands behind the last slash of a path of any system.
fn last(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

fn project_name(names: &[String]) -> Result<String, String> {
    let is_junk = |name: &&String| last(name).starts_with("._");
    let all: Vec<&String> =
        names.iter().filter(|name| name.to_lowercase().ends_with(".qde")).filter(|name| !is_junk(name)).collect();
    let at_root: Vec<&String> = all.iter().copied().filter(|name| !name.contains(['/', '\\'])).collect();
    let candidates = if at_root.is_empty() { all } else { at_root };
    let standard = candidates.iter().find(|name| name.to_lowercase() == "project.qde");
    match (standard, candidates.as_slice()) {
        (Some(name), _) => Ok((*name).clone()),
        (None, [only]) => Ok((*only).clone()),
        (None, []) => Err("it contains no REFI-QDA project (`project.qde`)".to_owned()),
        (None, several) => Err(format!("it contains {} projects (`.qde`), none of them `project.qde`", several.len())),
    }
}
