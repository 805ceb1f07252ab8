//! Do two coders agree: the codebook's rules, or a person, against what a person decided.
//!
//! 1. [`read_gold`]: a sheet of decisions (CSV, workbook, JSON lines) → [`Gold`], as written.
//! 2. [`Gold::place`]: its rows → [`Judged`]: which segments of the material were judged, and how.
//! 3. [`measure()`]: two [`Coder`]s on the same segments → [`Agreement`], with intervals.
//! 4. [`compare_passages`]: where both tell which words they mean → [`PassageAgreement`] of their boundaries.
//! 5. [`disagreements`]: the segments that they differ on, with text and pattern, to be read.
//! 6. [`draw`]: segments of the material by lot, for a person to code blind → [`Sample`].
//!
//! A segment that the sheet does not list is never compared. Measures that do not exist are `None`, not 0.

mod disagreement;
mod gold;
mod judged;
mod lines;
mod measure;
mod passages;
mod sample;
mod sheet;
mod weights;

pub use disagreement::{Difference, Disagreement, Find, disagreements};
pub use gold::{Gold, GoldRow, read_gold};
pub use judged::{Coder, Judged, Unit};
pub use measure::{Agreement, CodeAgreement, Measured, StanceAgreement, measure};
pub use passages::{PassageAgreement, Passages, compare_passages};
pub use sample::{Drawn, Sample, draw};
pub use weights::{SampleWeights, Stratum, read_weights, weights_path};
