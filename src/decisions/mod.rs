//! What people decided about codings: read, appended, found again, applied.
//!
//! A decision is a line of `decisions/<coder>.jsonl`, which is only ever appended to ([`append()`]); [`forget()`] alone
//! takes lines out.
//!
//! [`Anchors`] makes decisions of places, and finds the places of a quote.
//!
//! 1. [`read()`]: the folder → [`Decisions`], and what is wrong with lines that cannot be read.
//! 2. [`place()`]: decisions × index → [`PlacedDecisions`]: the words that each is about, also where its document has
//!    changed (`locate`, `document_words`), or that they are lost.
//! 3. [`PlacedDecisions::apply`]: placed decisions × codings → codings.
//!
//! # What counts
//!
//! A coder's last decision on a code at a place is that coder's vote. Accepting or adding is a vote for a coding there;
//! rejecting is a vote against it; recoding is a vote against the old code and for the new. A mention that a rule
//! found is not counted if it shares a word with a place that somebody voted against, unless somebody voted for
//! that very mention. Every place that somebody voted for is a mention, whether or not a rule finds it, by the overlap
//! rule of its code. So where coders disagree, the mention counts, with a warning.

mod anchor;
mod append;
mod apply;
mod clock;
mod coder;
mod decision;
mod document_words;
mod forget;
mod locate;
mod lock;
mod opinion;
mod place;
mod problems;
mod read;
mod recoded;
mod sought_place;
mod surroundings;

pub use anchor::{Anchors, after, before};
pub use append::append;
pub use clock::now;
pub use coder::{Whose, coder_name, unknown_coder};
pub use decision::{Action, Decision};
pub use forget::{forget, tell_of};
pub use locate::{Places, WordSpan};
pub use opinion::Opinion;
pub use place::{PlacedDecisions, place};
pub use read::{DecisionFile, Decisions, Entry, read};
