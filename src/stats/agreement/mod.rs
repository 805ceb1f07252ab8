//! Agreement between raters who judged the same units, beyond what chance would give.
//!
//! A coefficient is 1 at full agreement and 0 where the raters agree as often as chance would have them; the
//! coefficients differ in what they call chance. Where only one category was ever used there is nothing to agree on by
//! chance or otherwise, and the coefficient is `None`, neither 0 nor 1. Categories are numbered from 0. For intervals,
//! resample units with [`super::bootstrap::resample`].

mod alpha;
mod boundaries;
mod counts;
mod two_raters;
mod unitised;
mod unitised_2004;

pub use alpha::{Alpha, Scale, krippendorff_alpha};
pub use boundaries::Boundaries;
pub use counts::{Fleiss, GwetAc1, fleiss_kappa, gwet_ac1, tabulate};
pub use two_raters::{TwoRaters, two_raters};
pub use unitised::{Passage, UnitisedAlpha, unitised_alpha};
pub use unitised_2004::{Stretch, UnitisedDisagreement, unitised_disagreement_2004};
