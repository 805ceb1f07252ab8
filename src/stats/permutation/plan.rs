//! How much work a permutation or bootstrap may do, and which way it went.

/// Limits and seed of a permutation test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// Up to this many reassignments are all counted; of more, a sample is drawn.
    pub exact_limit: u64,
    /// Size of that sample, commonly one less than a round number.
    pub draws: u32,
    /// Where the random numbers start; printed with the result so that anyone can repeat it.
    pub seed: u64,
}

impl Plan {
    /// All reassignments if they are at most 200,000, else 9,999 draws.
    #[must_use]
    pub fn usual(seed: u64) -> Self {
        Self { exact_limit: 200_000, draws: 9_999, seed }
    }

    /// All `reassignments` if they are few enough (`None` means more than can be counted), else the draws.
    pub(super) fn method(self, reassignments: Option<u64>) -> (Method, u64) {
        match reassignments {
            Some(all) if all <= self.exact_limit => (Method::Exact, all),
            _ => (Method::MonteCarlo, u64::from(self.draws)),
        }
    }
}

/// Whether every reassignment was counted or a sample drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// All reassignments: the same whatever the seed.
    Exact,
    /// A seeded sample of them.
    MonteCarlo,
}
