//! Which forms of the material a bare word of a pattern accepts: inflection, derivation, compounds.

mod class;
mod compound;
mod derivation;
mod endings;
mod irregular;
mod keys;
mod lexicon;
mod matcher;
mod near;
mod paradigm;
mod resolve;
mod shape;
mod stemmer;

pub use matcher::{WordMatcher, WordQuery};
pub use near::Rejection;
pub use resolve::{Resolver, resolve};
