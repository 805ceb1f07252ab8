//! Files of other programs ↔ our types: codebooks and dictionaries, REFI-QDA projects, tables for R and Python.
//!
//! Only this room knows what another program's file looks like. Everything that comes in may be hostile: sizes,
//! depths and numbers of elements are limited, and nothing a file names is ever looked up outside it.

mod codebooks;
mod coded;
mod dictionary;
mod draft;
mod refi;
mod sheet;
mod tidy;
mod tree;
mod unique;

pub use codebooks::{CodebookFormat, ReadAs, read_codebook, write_codebook};
pub use coded::CodedPlace;
pub use dictionary::{Matching, Values};
pub use draft::{Draft, DraftCode, DraftPattern};
pub use refi::{
    Exchange, FileStems, OffsetUnit, OwnFormat, OwnProject, OwnReading, OwnSource, OwnSpeaker, OwnValue, ReadProject,
    Selection, Source, Unpacked, Variable, Writing, about_offsets, is_free, is_rules, is_too_long, read_qdpx, unpack,
    write_qdpx,
};
pub use tidy::{codings_csv, documents_csv};
