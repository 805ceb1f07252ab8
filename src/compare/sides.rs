//! Both sides of a comparison: counts with their denominators, shares with their intervals.

use crate::stats::{Confidence, Fisher, Interval, Share, ShareDifference, TwoByTwo, fisher, newcombe, wilson};
use crate::tally::{Counts, Totals};

/// One of the two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SideName {
    /// The side that differences are taken from.
    From,
    /// The side that differences lead to.
    To,
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
    pub(super) fn exposed(&self) -> Option<crate::stats::Exposed> {
        let (counts, totals) = self.counts.zip(self.totals)?;
        Some(crate::stats::Exposed { count: counts.mentions, exposure: totals.words_total })
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
    /// Second less first, with Newcombe's interval; `None` in pairs, whose shares are not independent.
    pub difference: Option<ShareDifference>,
    /// Fisher's exact test, not adjusted and in no verdict; `None` where nothing is tested.
    pub fisher: Option<Fisher>,
}

impl ShareContrast {
    pub(super) fn new(from: Option<Share>, to: Option<Share>) -> Self {
        let with_interval = |share: Option<Share>| share.map(|share| (share, wilson(share, Confidence::P95)));
        let both = to.zip(from);
        Self {
            from: with_interval(from),
            to: with_interval(to),
            difference: both.map(|(to, from)| newcombe(to, from, Confidence::P95)),
            fisher: None,
        }
    }

    /// The contrast of two shares that are independent of each other, with Fisher's test.
    pub(super) fn tested(from: Option<Share>, to: Option<Share>) -> Self {
        let table = |(to, from): (Share, Share)| {
            TwoByTwo([[to.part(), to.whole() - to.part()], [from.part(), from.whole() - from.part()]])
        };
        Self { fisher: to.zip(from).and_then(|both| fisher(table(both))), ..Self::new(from, to) }
    }
}
