//! Both sides of a comparison: counts with their denominators, shares with their intervals.

use crate::stats::permutation;
use crate::stats::{
    Confidence, Exposed, Fisher, Interval, LogRatio, Share, ShareDifference, TwoByTwo, fisher, log_ratio, newcombe,
    wilson,
};
use crate::tally::{Counts, Totals};

/// One of the two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SideName {
    /// The side that differences are taken from.
    From,
    /// The side that differences lead to.
    To,
}

impl SideName {
    /// The side as the statistics call it: they compute first − second, a comparison computes to − from.
    pub(super) fn in_statistics(self) -> permutation::Side {
        match self {
            Self::To => permutation::Side::First,
            Self::From => permutation::Side::Second,
        }
    }
}

/// The same of both sides. Which is taken from which stands in the methods here, and nowhere else.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FromTo<T> {
    /// Of the side that differences are taken from.
    pub from: T,
    /// Of the side that they lead to.
    pub to: T,
}

impl<T> FromTo<T> {
    pub(super) fn of_each(mut side: impl FnMut(SideName) -> T) -> Self {
        Self { from: side(SideName::From), to: side(SideName::To) }
    }

    pub(super) fn map<U>(self, mut of: impl FnMut(T) -> U) -> FromTo<U> {
        FromTo { from: of(self.from), to: of(self.to) }
    }

    pub(super) fn as_ref(&self) -> FromTo<&T> {
        FromTo { from: &self.from, to: &self.to }
    }

    pub(super) fn get_mut(&mut self, side: SideName) -> &mut T {
        match side {
            SideName::From => &mut self.from,
            SideName::To => &mut self.to,
        }
    }

    /// Whether it is so of both sides.
    pub fn all(&self, is_so: impl Fn(&T) -> bool) -> bool {
        is_so(&self.from) && is_so(&self.to)
    }
}

impl<T> FromTo<Option<T>> {
    /// What is known of both sides.
    pub(super) fn both(self) -> Option<FromTo<T>> {
        Some(FromTo { from: self.from?, to: self.to? })
    }
}

impl FromTo<f64> {
    pub(super) fn difference(self) -> f64 {
        self.to - self.from
    }
}

impl FromTo<Exposed> {
    fn log_ratio(self) -> Option<LogRatio> {
        log_ratio(self.to, self.from)
    }
}

impl FromTo<Share> {
    fn difference(self) -> ShareDifference {
        newcombe(self.to, self.from, Confidence::P95)
    }

    fn fisher(self) -> Option<Fisher> {
        let row = |share: Share| [share.part(), share.whole() - share.part()];
        fisher(TwoByTwo([row(self.to), row(self.from)]))
    }
}

impl FromTo<Side> {
    /// Second pooled rate less first, per 1,000 words.
    pub(super) fn rate_difference(&self) -> Option<f64> {
        Some(self.as_ref().map(Side::per_1000_words).both()?.difference())
    }

    /// Doublings from the first to the second rate.
    pub(super) fn log_ratio(&self) -> Option<LogRatio> {
        self.as_ref().map(Side::exposed).both()?.log_ratio()
    }
}

/// A code on one side, in one group.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Side {
    /// What was counted; `None` where there is no material.
    pub counts: Option<Counts>,
    /// The denominators; `None` where there is no material.
    pub totals: Option<Totals>,
    /// The unit that holds the largest share of the mentions, with that share; `None` without mentions.
    pub largest: Option<(String, f64)>,
}

impl Side {
    /// Mentions and words.
    fn exposed(&self) -> Option<Exposed> {
        let (counts, totals) = self.counts.zip(self.totals)?;
        Some(Exposed { count: counts.mentions, exposure: totals.words_total })
    }

    /// Mentions per 1,000 words.
    #[must_use]
    pub fn per_1000_words(&self) -> Option<f64> {
        self.exposed()?.rate().map(|rate| 1_000.0 * rate)
    }

    /// Mentions; 0 where there is no material.
    #[must_use]
    pub fn mentions(&self) -> u64 {
        self.counts.map_or(0, |counts| counts.mentions)
    }

    /// Documents with the theme, of all.
    #[must_use]
    pub fn documents(&self) -> Option<Share> {
        let (counts, totals) = self.counts.zip(self.totals)?;
        Share::new(counts.documents, totals.documents_total)
    }

    /// Speakers with the theme, of all; `None` where their number is not known.
    #[must_use]
    pub fn speakers(&self) -> Option<Share> {
        let (counts, totals) = self.counts.zip(self.totals)?;
        Share::new(counts.speakers?, totals.speakers_total?)
    }
}

/// Shares of units that have the theme, on both sides; from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ShareContrast {
    /// The share on the first side, with Wilson's interval.
    pub from: Option<(Share, Interval)>,
    /// The share on the second side, with Wilson's interval.
    pub to: Option<(Share, Interval)>,
    /// Second less first, with Newcombe's interval; `None` where what is counted is not independent: in pairs, and where
    /// units have several documents.
    pub difference: Option<ShareDifference>,
    /// Fisher's exact test, not adjusted and in no verdict; `None` where nothing is tested.
    pub fisher: Option<Fisher>,
}

impl ShareContrast {
    pub(super) fn new(shares: FromTo<Option<Share>>) -> Self {
        let with_interval = shares.map(|share| share.map(|share| (share, wilson(share, Confidence::P95))));
        Self {
            from: with_interval.from,
            to: with_interval.to,
            difference: shares.both().map(FromTo::<Share>::difference),
            fisher: None,
        }
    }

    /// The contrast of two shares with Fisher's test, for shares that are independent of each other.
    pub(super) fn tested(shares: FromTo<Option<Share>>) -> Self {
        Self { fisher: shares.both().and_then(FromTo::<Share>::fisher), ..Self::new(shares) }
    }

    /// Without a difference: Newcombe's interval is for independent documents, and those of one informant are not.
    pub(super) fn dependent(shares: FromTo<Option<Share>>) -> Self {
        Self { difference: None, ..Self::new(shares) }
    }
}
