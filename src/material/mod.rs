//! Project × index → material: which segments count, under which attributes, in whose voice.
//!
//! Nothing here is in the index, so a changed manifest, speaker list or filter re-indexes nothing.

mod askers;
mod attributes;
mod axis;
mod by_row;
mod build;
mod confounding;
mod counted;
mod narrow;
mod unheard;
mod voices;
mod wanted;
mod warnings;

pub use axis::Axis;
pub(crate) use axis::NOWHERE;
pub use build::{Material, RowState, Scope};
pub(crate) use confounding::CONFOUNDED;
pub use confounding::{Confounder, Extent, confounded, confounders};
pub use counted::{Amount, Counted, SpeakerWords};
pub(crate) use wanted::OF_FILTERS;
pub use warnings::warnings;
