//! Queries and claims → excerpts, through the same patterns, resolver and index as coding.
//!
//! - `find`: a query → its hits, those that a code with this one pattern would have, and context hits apart.
//! - `rank`: how well a segment answers the words of a query (BM25).
//! - `excerpt`: hits → left, hit, right, with everything that a citation needs.
//! - `collate`: the order of the words beside hits.
//! - `evidence`: a claim → ranked passages, for and against.
//! - `segments`: conditions → the segments that fit.
//! - `stance`: hits that put their theme in one way.
//! - `suggest`: what was meant, when nothing is found.

mod collate;
mod evidence;
mod excerpt;
mod find;
mod rank;
mod segments;
mod stance;
mod suggest;

pub use evidence::{
    Behind, Claim, ClaimEvidence, ClaimList, Direction, Directions, Evidence, Flag, Named, PASSAGE_WORDS, Passage,
    RankingWeights, Role, claims_of_file, named_values, typed_claim,
};
pub use excerpt::{Excerpt, Order, Window, excerpts};
pub use find::{Answer, SearchHit, Searcher};
pub use suggest::did_you_mean;
