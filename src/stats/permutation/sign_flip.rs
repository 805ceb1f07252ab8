//! Permutation of pairs: which of the two came first is what chance may exchange.

use rayon::prelude::*;

use super::tails::Tails;
use super::{Permuted, Plan};
use crate::stats::random::Random;

/// Tests whether the differences of pairs lie to one side of 0 (Fisher 1935, The Design of Experiments, § 21).
///
/// Without an effect every difference could as well have had the other sign; the statistic is the sum of the
/// differences, in their unit. Pairs must be independent of each other. Pairs without a difference stay in the number
/// of arrangements but cannot weigh: the smallest attainable p is 2 / 2ᵏ for k pairs that differ. `None` without
/// pairs or when a difference is not finite.
#[must_use]
pub fn sign_flip(differences: &[f64], plan: Plan) -> Option<Permuted> {
    if differences.is_empty() || differences.iter().any(|difference| !difference.is_finite()) {
        return None;
    }
    let arrangements = u32::try_from(differences.len()).ok().and_then(|pairs| 1_u64.checked_shl(pairs));
    let (method, assignments) = plan.method(arrangements);
    let observed: f64 = differences.iter().sum();
    let tolerance = 1e-12 * differences.iter().map(|difference| difference.abs()).sum::<f64>();
    let tails = (0..assignments)
        .into_par_iter()
        .fold(Tails::default, |mut tails, index| {
            let sum = match method {
                super::Method::Exact => flipped(differences, |pair| index >> pair & 1 == 1),
                super::Method::MonteCarlo => {
                    let mut random = Random::stream(plan.seed, index);
                    let mut bits = 0;
                    flipped(differences, |pair| {
                        bits = if pair % 64 == 0 { random.bits() } else { bits >> 1 };
                        bits & 1 == 1
                    })
                }
            };
            tails.count(sum, observed, tolerance);
            tails
        })
        .reduce(Tails::default, |mut into, from| {
            into += from;
            into
        });
    let differing = differences.iter().filter(|&&difference| difference != 0.0).count();
    let least = (1.0 - differing as f64).exp2().min(1.0);
    Some(tails.permuted(observed, method, assignments, least))
}

/// The sum of the differences, those for which `flip` says so with the other sign.
fn flipped(differences: &[f64], mut flip: impl FnMut(usize) -> bool) -> f64 {
    differences.iter().enumerate().map(|(pair, &difference)| if flip(pair) { -difference } else { difference }).sum()
}
