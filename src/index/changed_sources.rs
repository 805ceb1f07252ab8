//! What changed since last time: which sources an index does not know yet, and which of its documents are no more.

use super::table::Table;
use super::{DocumentRecord, Progress, Stamped};

/// What of the sources an index does not know yet.
pub(super) struct News {
    /// Sources to be read, by index.
    pub(super) to_read: Vec<usize>,
    /// Documents that stay, by place in the table, with their stamps now.
    kept: Vec<(usize, u64)>,
    /// A document that stays has another stamp.
    restamped: bool,
    /// Documents that are no more.
    pub(super) removed: usize,
}

impl News {
    pub(super) fn of(table: &Table, sources: &[Stamped<'_>], progress: &Progress<'_>) -> Self {
        let mut to_read = Vec::new();
        let mut kept: Vec<(usize, u64)> = Vec::new();
        let mut restamped = false;
        let mut last = None;
        for (index, source) in sources.iter().enumerate() {
            // Both are in order of path as a rule, so it is mostly the next.
            let next = last.map_or(0, |last| last + 1);
            let is_next = table.documents.get(next).is_some_and(|document| document.path == source.path);
            let Some(place) = is_next.then_some(next).or_else(|| table.find(source.path)) else {
                to_read.push(index);
                continue;
            };
            last = Some(place);
            let known = &table.documents[place];
            // Without a hash nothing tells what was read, as of a file that was locked.
            let is_sure = known.stamp == source.stamp && !source.recent && !progress.rehash && known.sha256.is_some();
            let is_same = || is_sure || (progress.hash)(index).is_some_and(|hash| known.sha256 == Some(hash));
            if known.settings == source.settings && is_same() {
                restamped |= known.stamp != source.stamp;
                kept.push((place, source.stamp));
            } else {
                to_read.push(index);
            }
        }
        let known_anew = to_read.iter().filter(|index| table.find(sources[**index].path).is_some()).count();
        let removed = table.documents.len() - kept.len() - known_anew;
        Self { to_read, kept, restamped, removed }
    }

    /// Nothing has changed.
    pub(super) fn is_none(&self) -> bool {
        self.to_read.is_empty() && self.removed == 0 && !self.restamped
    }

    /// Keeps the documents in the table that stay, and tells which sources are to be read.
    pub(super) fn keep_others(self, table: &mut Table) -> Vec<usize> {
        let before = std::mem::take(&mut table.documents);
        let kept = self.kept.into_iter().map(|(place, stamp)| DocumentRecord { stamp, ..before[place].clone() });
        table.documents = kept.collect();
        self.to_read
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::super::{Reading, update};
    use super::*;
    use crate::disk::Sha256;
    use crate::ingest::Notice;

    #[test]
    fn what_could_not_be_opened_is_tried_again_and_what_is_broken_is_not() {
        let dir = tempfile::tempdir().expect("a folder for the test");
        let source = Stamped { path: "a.pdf", stamp: 1, settings: 1, recent: false, weight: 1 };
        let tries = AtomicUsize::new(0);
        let hashes = [None, Some(Sha256::of(b"c0ffee")), Some(Sha256::of(b"not asked for"))];
        let read = |_: usize| Reading {
            sha256: hashes[tries.fetch_add(1, Ordering::Relaxed)],
            failure: Some(Notice::new("ingest/io", "cannot be opened")),
            ..Reading::default()
        };
        let progress = Progress { read: &read, hash: &|_| None, done: &|_, _| {}, threads: 1, rehash: false };
        let read_in_runs = [(); 3].map(|()| {
            let (_, changes) = update(dir.path(), std::slice::from_ref(&source), &progress).expect("it can be written");
            changes.read
        });
        assert_eq!(read_in_runs, [1, 1, 0]);
    }
}
