//! Invented studies whose truth is known, to see how often a test speaks: also what `examples/calibration.rs` prints.

use temakart::stats::permutation::{Plan, Side, Unit, pooled_rates, rates_within_strata};
use temakart::stats::{Exposed, Random, g2_two_cell};

/// What a kind of study looks like: documents of each phase by case, and how often a case mentions the theme.
#[derive(Clone, Copy)]
pub(crate) struct Design {
    pub(crate) name: &'static str,
    /// Documents in the first phase, in the second, and mentions per 1,000 words, one row a case.
    cases: &'static [(usize, usize, f64)],
}

pub(crate) const DESIGNS: [Design; 6] = [
    Design { name: "4, one case", cases: &[(4, 4, 3.0)] },
    Design { name: "8, one case", cases: &[(8, 8, 3.0)] },
    Design { name: "16, one case", cases: &[(16, 16, 3.0)] },
    Design { name: "8, four cases", cases: &[(2, 2, 1.0), (2, 2, 2.0), (2, 2, 3.0), (2, 2, 6.0)] },
    Design { name: "16, four cases", cases: &[(4, 4, 1.0), (4, 4, 2.0), (4, 4, 3.0), (4, 4, 6.0)] },
    Design { name: "16, two cases, uneven", cases: &[(12, 4, 6.0), (4, 12, 2.0)] },
];

/// In how many studies p is at or under .05, by test, and the smallest p that the design can give.
#[derive(Default)]
pub(crate) struct Spoken {
    pub(crate) pooled: u64,
    pub(crate) within: u64,
    pub(crate) g2: u64,
    pub(crate) p_min: f64,
}

/// Invents `studies` studies in which the second phase has `ratio` times as many mentions as the first, and tests each.
pub(crate) fn study_many(design: Design, ratio: f64, studies: u64, plan: Plan) -> Spoken {
    let mut spoken = Spoken::default();
    for study in 0..studies {
        // Studies and reassignments must not be made from the same random numbers.
        let (units, counts) = invent(design, ratio, &mut Random::stream(!plan.seed, study));
        let g2 = g2_two_cell(pooled(&units, &counts, Side::First), pooled(&units, &counts, Side::Second));
        let counts = [counts];
        let tests = (pooled_rates(&units, &counts, plan), rates_within_strata(&units, &counts, plan), g2);
        let (Some(by_pooled), Some(by_within), Some(g2)) = tests else { panic!("every case has words in both phases") };
        spoken.pooled += u64::from(by_pooled[0].p <= 0.05);
        spoken.within += u64::from(by_within[0].p <= 0.05);
        spoken.g2 += u64::from(g2.p <= 0.05);
        spoken.p_min = by_pooled[0].p_min;
    }
    spoken
}

fn pooled(units: &[Unit], counts: &[u32], side: Side) -> Exposed {
    let mut sum = Exposed { count: 0, exposure: 0 };
    for (unit, &count) in units.iter().zip(counts).filter(|(unit, _)| unit.side == side) {
        sum.count += u64::from(count);
        sum.exposure += u64::from(unit.exposure);
    }
    sum
}

/// Documents of 200 to 20,000 words; each takes up the theme as much as an exponential variable says (a coefficient of
/// variation of 1), and mentions fall into it by chance.
fn invent(design: Design, ratio: f64, random: &mut Random) -> (Vec<Unit>, Vec<u32>) {
    let mut units = Vec::new();
    let mut counts = Vec::new();
    for (stratum, &(first, second, per_1000)) in (0..).zip(design.cases) {
        let sides =
            std::iter::repeat_n((Side::Second, 1.0), first).chain(std::iter::repeat_n((Side::First, ratio), second));
        for (side, factor) in sides {
            let exposure = (200.0 * 100_f64.powf(random.unit())) as u32;
            let interest = -(1.0 - random.unit()).ln();
            counts.push(poisson(f64::from(exposure) / 1000.0 * per_1000 * factor * interest, random));
            units.push(Unit { stratum, side, exposure });
        }
    }
    (units, counts)
}

/// A Poisson number: how many exponential waits fit into `mean`.
pub(crate) fn poisson(mean: f64, random: &mut Random) -> u32 {
    let mut waited = 0.0;
    let mut events = 0;
    loop {
        waited -= (1.0 - random.unit()).ln();
        if waited > mean {
            return events;
        }
        events += 1;
    }
}
