//! A folder becomes a [`Project`]: its documents, what is known of each before it is read, and what holds for all.
//!
//! [`open()`] reads `temakart.toml`, the manifest (`documents.csv`) and `speakers.csv`, walks the folder, and tells
//! everything that is wrong at once; a plain folder without any of these works too. [`Project::attributes`] joins
//! what a document says of itself to that once it has been read. [`scaffold()`] makes a project to start from.
//!
//! No document is opened here, and nothing is printed.

mod attributes;
mod citation;
mod config;
mod dates;
mod dimension;
mod files;
mod find;
mod layout;
mod leftover;
mod manifest;
mod missing;
mod model;
mod names;
mod open;
mod order;
mod places;
mod plan;
mod scaffold;
mod segments;
mod sources;
mod speakers;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod walk;

pub use self::{
    attributes::Attributes,
    citation::{Citation, CitationField},
    dimension::{Dimension, Value},
    find::Meant,
    model::Project,
    names::{
        CASE, DATE, DOCUMENT, INFORMANT, LANGUAGE, Names, PHASE, QUESTION, RESERVED, ROLE, SPEAKER, TYPE, common_name,
        is_reserved,
    },
    open::{is_declared, open},
    order::{Known, Ordered, OrderedBy, Words, compare_naturally, order_values},
    scaffold::{GITIGNORE, Scaffold, ScaffoldDocuments, scaffold},
    segments::Segments,
    sources::{FORGOTTEN, Source, name_of},
    speakers::{DEFAULT_EXCLUDE, Speaker, SpeakerLabel, Speakers},
    walk::{EXTRACTED, Location, Stamp, UnseenFolder},
};
pub(crate) use self::{
    config::{USUAL_LANGUAGES, is_language},
    dates::iso_or_same,
    find::path_of,
    names::comparable,
    scaffold::toml_string,
    speakers::{comparable_label, is_usual_label},
};
