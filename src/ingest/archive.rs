//! A zip archive as documents use it: parts found by name, unpacked within the budget, never onto the disk.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

use super::error::IngestError;
use super::limits::Budget;

/// An open archive.
pub(crate) struct Archive<'doc> {
    zip: ZipArchive<Cursor<&'doc [u8]>>,
    budget: &'doc Budget,
    /// Where parts stand, by names in lower case with `/` between; made when it is first asked. The archive itself looks
    /// through all of its names for one that it does not have.
    by_name: Option<BTreeMap<String, Vec<usize>>>,
}

impl<'doc> Archive<'doc> {
    /// Reads the directory of the archive in `bytes`.
    pub(crate) fn open(bytes: &'doc [u8], budget: &'doc Budget) -> Result<Self, IngestError> {
        // Counted here, since the number that the archive itself gives may be a lie.
        budget.entries(memchr::memmem::find_iter(bytes, b"PK\x01\x02").count() as u64)?;
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| refused(budget, "the archive", error))?;
        Ok(Self { zip, budget, by_name: None })
    }

    /// Whether it has a part of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// Whether a name stands in it twice, so that programs may see different documents in it.
    pub(crate) fn has_duplicates(&self) -> bool {
        self.zip.has_duplicate_names()
    }

    /// The names of all parts, in the archive's order.
    pub(crate) fn names(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.zip.file_names().filter_map(Result::ok)
    }

    /// The part of this name, if there is one; names are compared without case when the exact one is absent.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<Part<'_, 'doc>>, IngestError> {
        let budget = self.budget;
        budget.tick()?;
        let name = name.trim_start_matches('/');
        let alike = self.by_name().get(&known_as(name)).map_or_else(Vec::new, Clone::clone);
        let is_exact =
            |index: &&usize| self.zip.name_for_index(**index).is_some_and(|own| own.is_ok_and(|own| own == name));
        let Some(index) = alike.iter().find(is_exact).or(alike.first()).copied() else { return Ok(None) };
        let file = self.zip.by_index(index).map_err(|error| refused(budget, name, error))?;
        Ok(Some(Part { file, budget }))
    }

    fn by_name(&mut self) -> &BTreeMap<String, Vec<usize>> {
        let zip = &self.zip;
        self.by_name.get_or_insert_with(|| {
            let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
            for index in 0..zip.len() {
                if let Some(Ok(name)) = zip.name_for_index(index) {
                    by_name.entry(known_as(&name)).or_default().push(index);
                }
            }
            by_name
        })
    }

    /// All bytes of a part that is small by nature.
    pub(crate) fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, IngestError> {
        let budget = self.budget;
        let Some(mut part) = self.part(name)? else { return Ok(None) };
        let mut bytes = Vec::new();
        let mut chunk = [0; 16 << 10];
        loop {
            match part.read(&mut chunk).map_err(|error| from_io(budget, name, &error))? {
                0 => return Ok(Some(bytes)),
                n => bytes.extend_from_slice(&chunk[..n]),
            }
            budget.hold(bytes.len())?;
        }
    }
}

/// What names have in common that may mean the same part.
fn known_as(name: &str) -> String {
    name.replace('\\', "/").to_ascii_lowercase()
}

/// One part, unpacked as it is read.
pub(crate) struct Part<'archive, 'doc> {
    file: ZipFile<'archive, Cursor<&'doc [u8]>>,
    budget: &'doc Budget,
}

impl Read for Part<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n = self.file.read(buffer)?;
        self.budget.unpack(n).map_err(std::io::Error::other)?;
        Ok(n)
    }
}

/// The budget's own error when `error` carries one, else that the part `name` is damaged.
pub(crate) fn from_io(budget: &Budget, name: &str, error: &std::io::Error) -> IngestError {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<IngestError>()) {
        Some(ours) => ours.clone(),
        None => budget.unreadable(format!("`{name}` inside it is damaged: {}", error.to_string().to_lowercase())),
    }
}

fn refused(budget: &Budget, name: &str, error: ZipError) -> IngestError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => budget.encrypted(),
        ZipError::CompressionMethodNotSupported(_) | ZipError::UnsupportedArchive(_) => {
            budget.unreadable(format!("`{name}` inside it is compressed in a way that no office program uses"))
        }
        ZipError::Io(error) => from_io(budget, name, &error),
        _ => budget.unreadable(format!("{name} is damaged or cut off")),
    }
}

/// `target`, which is relative to `folder` unless it begins with a slash, as the name of a part.
pub(super) fn part_at(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut path: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            step => path.push(step),
        }
    }
    path.retain(|step| !step.is_empty());
    path.join("/")
}

#[cfg(test)]
mod tests {
    use super::part_at;

    #[test]
    fn targets_stay_inside_the_package() {
        assert_eq!(part_at("word", "styles.xml"), "word/styles.xml");
        assert_eq!(part_at("word", "/word/styles.xml"), "word/styles.xml");
        assert_eq!(part_at("word", "../customXml/item.xml"), "customXml/item.xml");
        assert_eq!(part_at("word", "../../../etc/passwd"), "etc/passwd");
        assert_eq!(part_at("", "word/document.xml"), "word/document.xml");
    }
}
