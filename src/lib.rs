//! temakart: codes qualitative material against a codebook and counts themes per case and phase.
//!
//! # The steps, and what each yields
//!
//! 1. [`project`]: a folder → [`project::Project`]: which documents, which attributes, whose voice is left out
//! 2. [`ingest`]: a file of any format → [`ingest::Extracted`]: its text, in blocks
//! 3. [`segment`]: a document → [`segment::Segment`]s: paragraphs, turns, answers, sentences
//! 4. [`index`]: segments → [`index::Corpus`]: word forms and where they stand, on disk
//! 5. [`material`]: project × corpus → [`material::Material`]: what counts in this run, and for which cell
//! 6. [`codebook`]: a codebook file → [`codebook::Codebook`]: themes with parsed patterns
//! 7. [`coding`]: codebook × corpus → [`coding::Mentions`] of every theme; read in their texts they are
//!    [`coding::Codings`], with quote and stance
//! 8. [`decisions`]: mentions × what people decided → mentions
//! 9. [`tally`]: codings × material → [`tally::Frequencies`]: counts with unit and denominator
//! 10. [`compare`]: codings × material → [`compare::Comparison`]: what differs, and whether chance would do as much
//! 11. [`agreement`]: codings × a person's decisions → [`agreement::Agreement`]: do rules and people agree
//! 12. [`diff`]: two lists of codings → [`diff::Changes`]: what another codebook gains and loses
//! 13. [`search`]: a query × corpus → [`search::Excerpt`]s, a claim × corpus → [`search::ClaimEvidence`]
//! 14. [`report`]: frequencies and codings → tables and files
//! 15. [`interchange`]: codebooks, coded projects ([`interchange::Exchange`]) ↔ files of other programs
//!
//! [`pipeline`] runs them from top to bottom; [`cli`] is what a person types. [`text`], [`diag`], [`disk`], `sheet`
//! and [`stats`] are leaves that every step may use; [`language`] knows words, inflection, compounds and stance.
//!
//! A run begins with the project; below, `project` stands after `segment`, since a module uses only what stands above it,
//! and a project says how its documents are read and cut.

pub mod text;
pub mod diag;
pub mod disk;
mod sheet;
pub mod stats;
pub mod ingest;
pub mod segment;
pub mod project;
pub mod language;
pub mod codebook;
pub mod index;
pub mod material;
pub mod coding;
pub mod decisions;
pub mod tally;
pub mod compare;
pub mod agreement;
pub mod diff;
pub mod search;
pub mod report;
pub mod interchange;
pub mod pipeline;
pub mod cli;
