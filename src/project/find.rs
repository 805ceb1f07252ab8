//! The document that a person means by a path as typed: from the project, from the current folder, or its end.

use std::path::Path;

use super::{Project, Source};
use crate::diag::{did_you_mean, nearest_path};
use crate::text::composed;

/// What a path as typed means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meant<'p> {
    /// This document.
    One(&'p Source),
    /// Any of these, whose paths end in it.
    Several(Vec<&'p Source>),
    /// None; the path of the document that it may be misspelt for.
    None(Option<&'p str>),
}

impl Project {
    /// The document that `typed` means.
    #[must_use]
    pub fn find(&self, typed: &Path) -> Meant<'_> {
        let path = path_of(typed);
        if let Some(source) = self.source(&path).or_else(|| self.at(typed)) {
            return Meant::One(source);
        }
        let ends = |source: &&Source| {
            !path.is_empty() && source.path.strip_suffix(path.as_str()).is_some_and(|rest| rest.ends_with('/'))
        };
        let several: Vec<&Source> = self.sources().iter().filter(ends).collect();
        match several.as_slice() {
            [] => Meant::None(self.misspelt(&path)),
            [only] => Meant::One(only),
            _ => Meant::Several(several),
        }
    }

    /// The document whose file `typed` leads to from the current folder.
    fn at(&self, typed: &Path) -> Option<&Source> {
        let file = std::fs::canonicalize(typed).ok()?;
        let folder = std::fs::canonicalize(self.folder()).ok()?;
        let in_folder = file.strip_prefix(folder).ok().and_then(|path| self.source(&path_of(path)));
        // Folders of documents may be links that lead elsewhere.
        let leads_there =
            |source: &&Source| std::fs::canonicalize(source.location.path()).is_ok_and(|other| other == file);
        in_folder.or_else(|| self.sources().iter().find(leads_there))
    }

    /// The document that ends nearly as `path` does, has nearly its name, or nearly its path.
    fn misspelt(&self, path: &str) -> Option<&str> {
        let paths: Vec<&str> = self.sources().iter().map(|source| source.path.as_str()).collect();
        let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
        let by_name = || {
            let names: Vec<String> = paths.iter().map(|path| name(path)).collect();
            let meant = did_you_mean(&name(path), names.iter().map(String::as_str))?;
            Some(paths[names.iter().position(|name| name == meant)?])
        };
        nearest_path(path, &paths).or_else(by_name).or_else(|| did_you_mean(path, paths.iter().copied()))
    }
}

/// A path as typed, in the form of documents' paths.
pub(crate) fn path_of(typed: &Path) -> String {
    let path = typed.to_string_lossy().replace('\\', "/");
    composed(path.trim_start_matches("./")).into_owned()
}
