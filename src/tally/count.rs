//! Counting: integers only, mergeable from cells to margins.

use crate::coding::Counted;
use crate::language::{Grade, Stance};

/// What is counted in a cell, and in the cells of margins. Segments and mentions lie in one cell each, so they sum; a
/// document or speaker can be in several, so for each margin these are counted anew.
pub(super) trait OfCell: Clone + Default {
    /// Adds all of another cell but documents and speakers.
    fn add_what_sums(&mut self, other: &Self);

    /// Sets the number of documents and speakers.
    fn set_distinct(&mut self, documents: u64, speakers: u64);
}

/// What is counted of one code in one cell. Units are in the names; denominators are in [`Totals`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Mentions of the code and its descendants, overlaps resolved as one code.
    pub mentions: u64,
    /// Mentions of the code itself.
    pub own_mentions: u64,
    /// Segments with at least one mention.
    pub segments: u64,
    /// Documents with at least one mention.
    pub documents: u64,
    /// Speakers with at least one mention; `None` where the number of speakers is not known.
    pub speakers: Option<u64>,
    /// Mentions that say that the theme is missing.
    pub missing: u64,
    /// Mentions that say that it is there in places.
    pub mixed: u64,
    /// Mentions that call for it.
    pub needed: u64,
    /// Mentions by the very form.
    pub exact: u64,
    /// Mentions by another form of the word.
    pub inflection: u64,
    /// Mentions by a word of the same stem and another class.
    pub derived: u64,
    /// Mentions by a compound that ends in the word.
    pub head: u64,
    /// Mentions by a compound that begins with the word.
    pub modifier: u64,
    /// Mentions by wildcards, edits or regular expressions.
    pub pattern: u64,
    /// Mentions by several words, next to or near each other.
    pub phrase: u64,
    /// Mentions that a person made.
    pub manual: u64,
}

impl Counts {
    pub(super) fn add_mention(&mut self, counted: Counted<'_>) {
        self.mentions += 1;
        match counted.stance {
            Stance::Present => {}
            Stance::Missing => self.missing += 1,
            Stance::Mixed => self.mixed += 1,
            Stance::Needed => self.needed += 1,
        }
        match counted.mention.grade {
            Grade::Exact => self.exact += 1,
            Grade::Inflection => self.inflection += 1,
            Grade::Derived => self.derived += 1,
            Grade::Head => self.head += 1,
            Grade::Modifier => self.modifier += 1,
            Grade::Wildcard | Grade::Fuzzy | Grade::Regex => self.pattern += 1,
            Grade::Phrase | Grade::Near => self.phrase += 1,
            Grade::Manual => self.manual += 1,
        }
    }
}

impl OfCell for Counts {
    fn add_what_sums(&mut self, other: &Self) {
        self.mentions += other.mentions;
        self.own_mentions += other.own_mentions;
        self.segments += other.segments;
        self.missing += other.missing;
        self.mixed += other.mixed;
        self.needed += other.needed;
        self.exact += other.exact;
        self.inflection += other.inflection;
        self.derived += other.derived;
        self.head += other.head;
        self.modifier += other.modifier;
        self.pattern += other.pattern;
        self.phrase += other.phrase;
        self.manual += other.manual;
    }

    fn set_distinct(&mut self, documents: u64, speakers: u64) {
        self.documents = documents;
        self.speakers = Some(speakers);
    }
}

/// All material of one cell: the denominators.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Documents that were read.
    pub documents_total: u64,
    /// Material segments.
    pub segments_total: u64,
    /// Words in material segments.
    pub words_total: u64,
    /// Speakers; `None` where one document does not tell how many it has.
    pub speakers_total: Option<u64>,
}

impl OfCell for Totals {
    fn add_what_sums(&mut self, other: &Self) {
        self.segments_total += other.segments_total;
        self.words_total += other.words_total;
    }

    fn set_distinct(&mut self, documents: u64, speakers: u64) {
        self.documents_total = documents;
        self.speakers_total = Some(speakers);
    }
}
