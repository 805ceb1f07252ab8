//! Words.
mod class;
mod endings;
mod irregular;
mod lexicon;
mod paradigm;
pub use paradigm::exp;
