//! How documents are to be cut into segments: what `[segments]` of the project file says.
//!
//! The cutting itself is done by [`crate::segment`].

use std::collections::BTreeMap;

use super::names::comparable;
use crate::segment::SegmentUnit;

/// The units by their names in the project file.
pub(super) const UNITS: [(&str, SegmentUnit); 3] =
    [("paragraph", SegmentUnit::Paragraph), ("turn", SegmentUnit::Turn), ("sentence", SegmentUnit::Sentence)];

/// The unit for all documents, and for those of some types.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Segments {
    pub(super) all: SegmentUnit,
    /// By document type, in the form in which types are compared.
    pub(super) types: BTreeMap<String, SegmentUnit>,
}

impl Segments {
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
