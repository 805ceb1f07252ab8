//! What is compared, resolved against the material: attributes are axes here, values are indices.

use super::sides::{FromTo, SideName};
use crate::material::Axis;
use crate::project::{DOCUMENT, INFORMANT};
use crate::stats::Adjustment;
use crate::stats::permutation::Plan;
use crate::text::narrow;

/// A comparison that can be made.
#[derive(Debug, Clone)]
pub struct Question {
    /// The attribute whose values are set against each other: phase, unless asked otherwise.
    pub attribute: Axis,
    /// Index of the value that differences are taken from.
    pub from: usize,
    /// Index of the value that differences lead to.
    pub to: usize,
    /// Whether the values have an order in time, so that three or more of them can show a trend.
    pub is_ordered: bool,
    /// The attribute within each of whose values the comparison is made once more: case, unless it is compared itself.
    pub rows: Option<Axis>,
    /// Labels are reassigned only among units that have the same values of these.
    pub within: Vec<Axis>,
    /// What is reassigned: documents, or the values of an attribute, such as informants with several documents each.
    pub unit: Grouping,
    /// What is there on both sides, for panel material; the comparison is then of these pairs alone.
    pub pairs: Option<Grouping>,
    /// How p values are adjusted for the number of rows.
    pub adjustment: Adjustment,
    /// Draws and seed of permutations.
    pub plan: Plan,
}

impl Question {
    /// The values that are compared, by index.
    pub(super) fn values(&self) -> FromTo<usize> {
        FromTo { from: self.from, to: self.to }
    }

    /// The side that a value of the attribute makes; `None` for those that are not compared.
    pub(super) fn side_of(&self, value: u32) -> Option<SideName> {
        match value as usize {
            value if value == self.from => Some(SideName::From),
            value if value == self.to => Some(SideName::To),
            _ => None,
        }
    }
}

/// What a row belongs to: one of the things that are reassigned at random, or that are there on both sides. Named
/// values come before documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum UnitId {
    /// A value of the attribute that things are grouped by, by index.
    Value(u32),
    /// A document of the corpus, by index.
    Document(u32),
}

/// What belongs together.
#[derive(Debug, Clone)]
pub enum Grouping {
    /// Each document by itself.
    Documents,
    /// What has the same value of an attribute; what lacks it goes by its document.
    Values(Axis),
}

impl Grouping {
    /// The attribute's name, or `document`.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Documents => DOCUMENT,
            Self::Values(axis) => &axis.name,
        }
    }

    /// Whether what goes by one name is one thing wherever it is: a document, a person. Of other values, such as roles,
    /// each group has its own.
    pub(super) fn is_one_everywhere(&self) -> bool {
        match self {
            Self::Documents => true,
            Self::Values(axis) => axis.name == INFORMANT,
        }
    }

    /// What a row belongs to.
    pub(super) fn of(&self, row: usize, document: usize) -> UnitId {
        let own = UnitId::Document(narrow(document));
        match self {
            Self::Documents => own,
            Self::Values(axis) => {
                let value = axis.of_rows()[row];
                let is_named = axis.values.get(value as usize).is_some_and(|value| !value.is_empty());
                if is_named { UnitId::Value(value) } else { own }
            }
        }
    }

    /// Whether it is a named value, or a document where those are asked for.
    pub(super) fn is_named(&self, id: UnitId) -> bool {
        matches!((self, id), (Self::Documents, _) | (Self::Values(_), UnitId::Value(_)))
    }
}
