//! Project × index → material: which segments count, under which attributes, in whose voice.
//!
//! Nothing here is in the index, so a changed manifest, speaker list or filter re-indexes nothing.

mod attributes;
mod axis;
mod build;
mod by_row;
mod confounding;
mod counted;
mod counted_interviewers;
mod filter_values;
mod narrow;
mod silent_speakers;
mod voices;
mod warnings;

pub use axis::Axis;
pub(crate) use axis::NOWHERE;
pub use build::{Material, RowState, Scope};
pub(crate) use confounding::CONFOUNDED;
pub use confounding::{Confounder, Extent, confounded, confounders};
pub use counted::{Amount, Counted, SpeakerWords};
pub(crate) use filter_values::OF_FILTERS;
pub use warnings::warnings;
