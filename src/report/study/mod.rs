//! A whole study as it is reported: everything computed once, for a page, a Word file, a workbook, pictures.
//!
//! - `model`: the [`Report`], its axes and how its tables are read.
//! - `quotes`: every coding with its passage.
//! - `material`: documents, gaps, imbalance, cells that point at few persons.
//! - `claims`: claims with their evidence.
//! - `timeline`: mentions and words by month, quarter or year.
//!
//! `pipeline` fills it in. How it is put in words stands in `wording`; how it looks, in the writers.

mod claims;
mod material;
mod model;
mod quotes;
mod timeline;

pub use claims::{ClaimPassage, ClaimTable};
pub use material::{DocumentFacts, FewPersons, SkippedDocument};
pub use model::{AxisValue, CaughtForms, Headline, LabelledAxis, Report, Summed};
pub use quotes::Quote;
pub use timeline::{Dated, Grain, Period, Timeline};
