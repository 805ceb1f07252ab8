//! The table of documents: one file beside the index, named by the commit that it belongs to.
//!
//! A commit of tantivy carries the name of its table, so rows and table change together or not at all.
//! A row whose document number is not in the table is dead, whatever else the index says.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::row_file::{numbers, write_numbers};
use super::rows::NONE;
use super::{DocumentRecord, IndexError, Outcome};
use crate::disk::Sha256;
use crate::text::narrow;

const PREFIX: &str = "documents-";

/// Bytes that a document takes in each column of numbers: its own number, its outcome's place, its segments and the end
/// of its path; stamp and settings; whether there is a hash, and the hash.
const WIDTHS: [usize; 8] = [4, 4, 4, 4, 8, 8, 1, 32];

/// All documents of one commit, by path, and the number that the next reading gets.
///
/// In the file come the counts and the outcomes, as postcard writes them, each outcome once; then column after column of
/// what is known of each document, and all paths in one text. Read one by one, documents take three times as long.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) generation: u64,
    pub(super) next_id: u32,
    pub(super) documents: Vec<DocumentRecord>,
}

impl Table {
    /// The table that a commit's payload names; an empty one before the first commit.
    pub(super) fn load(dir: &Path, payload: Option<&str>) -> Result<Self, IndexError> {
        let Some(name) = payload else {
            return Ok(Self::default());
        };
        let path = dir.join(name);
        let bytes = std::fs::read(&path).map_err(IndexError::io("read", &path))?;
        Self::read(&bytes).ok_or_else(|| IndexError::Damaged {
            path,
            detail: "the list of documents is truncated or contains something else".to_owned(),
        })
    }

    /// `None` for anything but a whole table. No count takes room that the bytes do not bear out.
    fn read(bytes: &[u8]) -> Option<Self> {
        let ((generation, next_id, n_documents, n_outcomes), mut rest) =
            postcard::take_from_bytes::<(u64, u32, usize, usize)>(bytes).ok()?;
        let mut outcomes = Vec::new();
        for _ in 0..n_outcomes {
            let (outcome, behind) = postcard::take_from_bytes::<Outcome>(rest).ok()?;
            outcomes.push(Arc::new(outcome));
            rest = behind;
        }
        let mut column = |width: usize| {
            let (column, behind) = rest.split_at_checked(n_documents.checked_mul(width)?)?;
            rest = behind;
            Some(column)
        };
        let columns = WIDTHS.iter().map(|width| column(*width)).collect::<Option<Vec<&[u8]>>>()?;
        let [ids, places, segments, ends, stamps, settings, has_hash, hashes] = columns.try_into().ok()?;
        let paths = simdutf8::basic::from_utf8(rest).ok()?;
        let mut start = 0;
        let mut documents = Vec::with_capacity(n_documents);
        let numbers = numbers(ids).zip(numbers(places)).zip(numbers(segments).zip(numbers(ends)));
        let stamps = long_numbers(stamps).zip(long_numbers(settings));
        let hashes = has_hash.iter().zip(hashes.as_chunks::<32>().0);
        for ((((id, place), (segments, end)), (stamp, settings)), (has_hash, hash)) in numbers.zip(stamps).zip(hashes) {
            let path = paths.get(start..end as usize)?.to_owned();
            start = end as usize;
            let sha256 = (*has_hash == 1).then(|| Sha256::from(*hash));
            let outcome = Arc::clone(outcomes.get(place as usize)?);
            documents.push(DocumentRecord { id, path, stamp, settings, sha256, segments, outcome });
        }
        let is_whole = start == paths.len() && documents.iter().all(|document| document.id < next_id);
        is_whole.then_some(Self { generation, next_id, documents })
    }

    fn bytes(&self) -> postcard::Result<Vec<u8>> {
        let Self { generation, next_id, documents } = self;
        let mut outcomes = Vec::new();
        let mut place_of: BTreeMap<Vec<u8>, u32> = BTreeMap::new();
        let mut places = Vec::with_capacity(documents.len());
        for document in documents {
            let outcome = postcard::to_stdvec(&*document.outcome)?;
            let next = narrow(place_of.len());
            places.push(*place_of.entry(outcome).or_insert_with_key(|outcome| {
                outcomes.extend_from_slice(outcome);
                next
            }));
        }
        let ends = documents.iter().scan(0, |end, document| {
            *end += document.path.len();
            Some(narrow(*end))
        });
        let mut bytes = postcard::to_stdvec(&(*generation, *next_id, documents.len(), place_of.len()))?;
        bytes.append(&mut outcomes);
        write_numbers(documents.iter().map(|document| document.id), &mut bytes);
        write_numbers(places.into_iter(), &mut bytes);
        write_numbers(documents.iter().map(|document| document.segments), &mut bytes);
        write_numbers(ends, &mut bytes);
        bytes.extend(documents.iter().flat_map(|document| document.stamp.to_le_bytes()));
        bytes.extend(documents.iter().flat_map(|document| document.settings.to_le_bytes()));
        bytes.extend(documents.iter().map(|document| u8::from(document.sha256.is_some())));
        bytes.extend(documents.iter().flat_map(|document| document.sha256.map_or([0; 32], <[u8; 32]>::from)));
        documents.iter().for_each(|document| bytes.extend_from_slice(document.path.as_bytes()));
        Ok(bytes)
    }

    /// Writes the table under a name of its own and returns that name, the payload of the commit to come.
    pub(super) fn save(&mut self, dir: &Path) -> Result<String, IndexError> {
        self.generation += 1;
        self.documents.sort_by(|a, b| a.path.cmp(&b.path));
        let name = format!("{PREFIX}{}.bin", self.generation);
        let path = dir.join(&name);
        let bytes =
            self.bytes().map_err(|error| IndexError::Damaged { path: path.clone(), detail: error.to_string() })?;
        let write = |path: &PathBuf| {
            let mut file = std::fs::File::create(path)?;
            std::io::Write::write_all(&mut file, &bytes)?;
            file.sync_all()
        };
        write(&path).map_err(IndexError::io("write", &path))?;
        Ok(name)
    }

    /// Removes the tables of other commits than the one that `keep` belongs to.
    pub(super) fn remove_others(dir: &Path, keep: &str) {
        let Ok(entries) = std::fs::read_dir(dir) else { return };
        for entry in entries.flatten() {
            let name = entry.file_name();
            if name.to_str().is_some_and(|name| name.starts_with(PREFIX) && name != keep) {
                // A table that stays behind is only a wasted file; the next commit tries again.
                let _ = std::fs::remove_file(entry.path());
            }
        }
    }

    /// The place in the table of each document by its number; [`NONE`] where there is none any more.
    pub(super) fn index_of_id(&self) -> Vec<u32> {
        let n_ids = self.documents.iter().map(|document| document.id as usize + 1).max().unwrap_or(0);
        let mut index_of_id = vec![NONE; n_ids];
        for (index, document) in (0..).zip(&self.documents) {
            index_of_id[document.id as usize] = index;
        }
        index_of_id
    }

    /// The place of the document at `path` in the table.
    pub(super) fn find(&self, path: &str) -> Option<usize> {
        self.documents.binary_search_by(|document| document.path.as_str().cmp(path)).ok()
    }
}

fn long_numbers(bytes: &[u8]) -> impl Iterator<Item = u64> {
    bytes.as_chunks::<8>().0.iter().map(|number| u64::from_le_bytes(*number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::Notice;

    fn document(id: u32, path: &str, problem: &str, sha256: Option<Sha256>) -> DocumentRecord {
        let problems = vec![Notice::new("ingest/x", problem)];
        let outcome = Arc::new(Outcome { problems, ..Outcome::default() });
        let record = DocumentRecord::in_memory(id, path.to_owned(), 3);
        DocumentRecord { stamp: 1 << 60, settings: u64::from(id) << 40, sha256, outcome, ..record }
    }

    #[test]
    fn a_table_is_read_as_it_was_written_and_one_that_is_cut_is_an_error() {
        let documents = vec![
            document(7, "a.txt", "ett", None),
            document(8, "bø.txt", "to", Some(Sha256::of(b"abc"))),
            document(3, "c.txt", "ett", None),
        ];
        let table = Table { generation: 4, next_id: 9, documents: documents.clone() };
        let bytes = table.bytes().expect("it can be written");
        let read = Table::read(&bytes).expect("it is whole");
        assert_eq!((read.generation, read.next_id, &read.documents), (4, 9, &documents));
        assert!(Arc::ptr_eq(&read.documents[0].outcome, &read.documents[2].outcome), "it is held once");
        assert!((0..bytes.len()).all(|length| Table::read(&bytes[..length]).is_none()));
        assert!(Table::read(&[&*bytes, b"x"].concat()).is_none());
        let unknown = Table { next_id: 8, ..table }.bytes().expect("it can be written");
        assert!(Table::read(&unknown).is_none(), "no document has a number that was not given yet");
        for counts in [(1_u64, 1_u32, usize::MAX, 0_usize), (1, 1, 1, usize::MAX)] {
            let many = postcard::to_stdvec(&counts).expect("it can be written");
            assert!(Table::read(&many).is_none(), "so many take no room that they are not given");
        }
    }

    #[test]
    fn no_byte_that_is_changed_makes_it_crash() {
        let documents = vec![document(0, "a.txt", "ett", Some(Sha256::of(b"abc"))), document(1, "ø.txt", "to", None)];
        let bytes = Table { generation: 1, next_id: 2, documents }.bytes().expect("it can be written");
        for at in 0..bytes.len() {
            for bit in 0..8 {
                let mut changed = bytes.clone();
                changed[at] ^= 1 << bit;
                let _ = Table::read(&changed).map(|table| table.index_of_id());
            }
        }
    }
}
