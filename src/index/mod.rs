//! Segments on disk: word positions, the vocabulary, and what is known of each document and segment.
//!
//! - `update`: what changed since last time (`changed_sources`) is read again, everything else stays.
//! - `build`: segments → tantivy's postings and store, by threads that each own a segment writer.
//! - `vocabulary`: every distinct word form of an index part as a flat file, with the way to its postings.
//! - `row_file`: what is known of each row of a part as a flat file; `stored`: what is stored to show it.
//! - `directory`: which files of the index are mapped into memory.
//! - `table`: what is known of each document; the one authority on which documents are in the index.
//! - `corpus`: the index opened for reading: its `rows` without their texts, and its `part`s.
//! - `memory`: the same without a disk, for a codebook's examples and for tests.
//!
//! A row is one segment. A part is one tantivy segment: an immutable piece of the index with its own
//! vocabulary. Only this module names tantivy.

mod build;
mod changed_sources;
mod compact;
mod corpus;
mod directory;
mod error;
mod lock;
mod memory;
mod part;
mod record;
mod row_file;
mod row_set;
mod rows;
mod schema;
mod sketch;
mod stored;
mod table;
mod update;
mod vocabulary;

pub use build::Reading;
pub use corpus::Corpus;
pub use error::{IndexError, unreadable};
pub use lock::{Lock, Waiting};
pub use part::{Part, Places, Posting, Row, Texts};
pub use record::{DocumentRecord, Outcome};
pub use row_file::RowBreaks;
pub use row_set::RowSet;
pub(crate) use rows::Labels;
pub use rows::Rows;
pub use sketch::likeness;
pub use update::{Changes, FoundIndex, Progress, Stamped, forget, stamp_of, update};
pub use vocabulary::Vocabulary;
