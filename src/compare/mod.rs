//! Codings × material → what differs between two phases (or two values of any attribute), which themes go together,
//! and which words set a phase or case apart.
//!
//! - `question`: what is compared, within what, by which unit.
//! - `units`: the documents or informants that chance may reassign, with their words and mentions.
//! - `contrast`: the comparison itself: every code, overall and within each case.
//! - `draft`: the rows of one group, before p is adjusted for a whole `family` of them.
//! - `table`: what was counted of every code in every group and value.
//! - `sides`: counts with denominators on both sides, and shares with their intervals.
//! - `chance`: permutation, pairs, bootstrap, for all codes of one group at once.
//! - `trend`: three phases or more.
//! - `spread`: how evenly a theme is spread over documents, speakers and cases.
//! - `together`: which codes come up in the same segments and documents.
//! - `words`: the forms that set a part of the material apart.
//!
//! Numbers only: what may be said of them in words stands in `report`.
//!
//! # The rules of a verdict
//!
//! The unit of inference is the document (or informant), never the word. Labels are reassigned within cases, so that
//! another mix of cases is not taken for change; the statistic is the difference of rates within cases
//! (Mantel–Haenszel weights), which keeps its sign and power where the mix differs. A cell with fewer than
//! [`MIN_MENTIONS`] mentions or [`MIN_UNITS`] documents is printed and not tested. The p values of the overall
//! rows are one family, those of the rows within cases another; a verdict of more or less asks for an adjusted p at or
//! under [`LEVEL`]. An interval is given from [`MIN_FOR_INTERVAL`] documents a side.

mod chance;
mod contrast;
mod draft;
mod family;
mod question;
mod sides;
mod spread;
mod table;
mod themes;
mod together;
mod trend;
mod units;
mod words;

pub use chance::{Pairs, Tested};
pub use contrast::{Comparison, ComparisonRow, Families, GroupMaterial, Remark, Verdict, compare};
pub use question::{Grouping, Question};
pub use sides::{FromTo, ShareContrast, Side, SideName};
pub use spread::{Spread, SpreadOver};
pub use themes::Themes;
pub use together::{Meeting, Pair, PairFlag, TogetherCell, TogetherTable, together};
pub use trend::{Direction, Trend};
pub use words::{Keyness, Word, WordGroup, WordQuestion, uncoded_rows, words};

/// Adjusted p at or under which a difference counts as shown.
pub const LEVEL: f64 = 0.05;
/// With fewer mentions on a side, numbers are printed and nothing is tested.
pub const MIN_MENTIONS: u64 = 5;
/// With fewer documents (or other units) on a side, numbers are printed and nothing is tested.
pub const MIN_UNITS: usize = 3;
/// With fewer documents on a side, a bootstrap interval would be too narrow to be honest.
pub const MIN_FOR_INTERVAL: usize = 10;
/// A document that holds more than this share of a theme's mentions is named.
pub const LARGE_SHARE: f64 = 0.5;
