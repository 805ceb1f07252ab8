//! A claim → the passages that speak of it, and what they rest on.
//!
//! - `words`: the words of a claim, and what each is there for
//! - `names`: cases, phases and speakers that it names
//! - `forms`: its words → forms of the material, weighed
//! - `layout`: which passages there are; `rank`: how well each answers; `spread`: which are shown
//! - `direction`: for or against, by rule; `reading`: what a sentence says of its words; `measured`, `denial`: more or
//!   less, or not at all; `doubt`: whether it says so; `qualified`: of how many, how often; `compared_parts`: what is
//!   compared with what; `verbatim`: the claim's own words; `measures`: the words that tell; `off_topic`: whether it is
//!   of what the claim names
//! - `list`: claims as people hand them in; `references`: what in them is no claim; `understood`: a claim, taken apart
//! - `inquiry`: all of it, for many claims at once; `sentences`, `passage`, `support`, `answer`: what is found

mod answer;
mod compared_parts;
mod denial;
mod direction;
mod doubt;
mod forms;
mod inquiry;
mod layout;
mod list;
mod measured;
mod measures;
mod names;
mod off_topic;
mod passage;
mod qualified;
mod rank;
mod reading;
mod references;
mod sentences;
mod spread;
mod support;
mod understood;
mod verbatim;
mod words;

pub use answer::{Behind, Claim, ClaimEvidence, Directions, Flag, Passage};
pub use direction::Direction;
pub use inquiry::Evidence;
pub use layout::PASSAGE_WORDS;
pub use list::{ClaimList, claims_of_file, typed_claim};
pub use names::{Named, named_values};
pub use rank::RankingWeights;
pub use words::Role;
