//! REFI-QDA: the standard by which programs for qualitative analysis hand each other codebooks and projects.
//!
//! A project (`.qdpx`) is an [`Exchange`] to us: [`write`](write::write) and [`read`](read::read) are the two ways
//! between it and the file, [`unpack`](unpack::unpack) makes a project folder of it. Codebooks (`.qdc`) are drafts as
//! all others are.
//!
//! What is written is the strictest form that other programs were seen to read; what is read is everything that they
//! were seen to write. Positions in an [`Exchange`] are code points of the text, from 0, end exclusive, line ends one
//! character; which unit a file counts in, `offsets` finds out.

mod codebook;
mod codes;
mod exchange;
mod found;
mod guid;
mod offsets;
mod own;
mod package;
mod read;
mod sources;
mod unpack;
mod write;

pub(super) use codebook::{lost as lost_in_qdc, read as read_qdc, write as write_qdc};
pub use exchange::{Exchange, FileStems, OffsetUnit, Selection, Source, Variable};
pub use offsets::about_offsets;
pub use own::{OwnFormat, OwnProject, OwnReading, OwnSource, OwnSpeaker, OwnValue, is_too_long};
pub use read::{ReadProject, read as read_qdpx};
pub use unpack::{Unpacked, is_free, unpack};
pub use write::{Writing, is_rules, write as write_qdpx};
