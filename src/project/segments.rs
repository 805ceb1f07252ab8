//! How documents are to be cut into segments: what `[segments]` of the project file says.
//!
//! The cutting itself is done by [`crate::segment`].

use std::collections::BTreeMap;

use serde::Serialize;

use super::names::comparable;
use crate::segment::SegmentUnit;

/// The units by their names in the project file.
pub(super) const UNITS: [(&str, SegmentUnit); 3] =
    [("paragraph", SegmentUnit::Paragraph), ("turn", SegmentUnit::Turn), ("sentence", SegmentUnit::Sentence)];

/// The unit for all documents, and for those of some types.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Segments {
    pub(super) all: SegmentUnit,
    /// By document type, in the form in which types are compared.
    pub(super) types: BTreeMap<String, SegmentUnit>,
}

impl Segments {
    /// What a project file says with these names of units; unknown names are ignored.
    pub(crate) fn named<'n>(all: Option<&str>, types: impl Iterator<Item = (&'n str, &'n str)>) -> Self {
        let unit = |name: &str| UNITS.iter().find(|(own, _)| *own == name).map(|(_, unit)| *unit);
        let types = types.filter_map(|(name, by)| Some((comparable(name), unit(by)?))).collect();
        Self { all: all.and_then(unit).unwrap_or_default(), types }
    }

    /// The name of the unit for all documents, where it is not the usual one, and those for documents of some types.
    pub(crate) fn names(&self) -> (Option<&'static str>, impl Iterator<Item = (&str, &'static str)>) {
        let name = |unit: SegmentUnit| UNITS.iter().find(|(_, own)| *own == unit).map_or(UNITS[0].0, |(name, _)| *name);
        let all = (self.all != SegmentUnit::default()).then(|| name(self.all));
        (all, self.types.iter().map(move |(of_type, unit)| (of_type.as_str(), name(*unit))))
    }

    /// The unit for documents whose attribute `type` is `document_type`; paragraphs where the project does not say.
    #[must_use]
    pub fn unit(&self, document_type: Option<&str>) -> SegmentUnit {
        document_type.and_then(|name| self.types.get(&comparable(name)).copied()).unwrap_or(self.all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_type_of_a_document_outranks_what_is_said_of_all() {
        let types = BTreeMap::from([("intervju".to_owned(), SegmentUnit::Turn)]);
        let segments = Segments { all: SegmentUnit::Sentence, types };
        assert_eq!(segments.unit(Some("Intervju")), SegmentUnit::Turn);
        assert_eq!(segments.unit(Some("referat")), SegmentUnit::Sentence);
        assert_eq!(segments.unit(None), SegmentUnit::Sentence);
        assert_eq!(Segments::default().unit(Some("intervju")), SegmentUnit::Paragraph);
    }
}
