//! Adjustment of p values for the number of questions asked.
//!
//! Each function takes the whole family and gives the adjusted values in the same order; the family's size is the
//! slice's length. An adjusted p is compared with the level itself: at or under .05 is rejected at 5 per cent.
//! Sources: Holm 1979, Scand. J. Statistics 6:65–70; Benjamini & Hochberg 1995, JRSS B 57:289–300; Benjamini &
//! Yekutieli 2001, Annals of Statistics 29:1165–1188. The figures are those of R's `p.adjust`.

/// How to adjust; no default, since it depends on what was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Adjustment {
    /// p times m. Bounds the chance of any false claim; Holm does the same with more power.
    Bonferroni,
    /// Bounds the chance of any false claim, under any dependence: for claims fixed in advance.
    Holm,
    /// Bounds the expected share of false claims among all claims, for independent or positively dependent tests: for a
    /// whole list that is looked through.
    BenjaminiHochberg,
    /// Bounds the expected share of false claims among all claims, for tests with any dependence, with less power.
    BenjaminiYekutieli,
}

/// The adjusted values of `p`, in the order of `p`, each between its `p` and 1.
#[must_use]
pub fn adjust(p: &[f64], by: Adjustment) -> Vec<f64> {
    let m = p.len() as f64;
    let mut ascending: Vec<usize> = (0..p.len()).collect();
    ascending.sort_by(|&a, &b| p[a].total_cmp(&p[b]).then(a.cmp(&b)));
    let ranked = ascending.iter().enumerate().map(|(index, &place)| (index as f64, place));
    let mut adjusted = vec![1.0; p.len()];
    match by {
        Adjustment::Bonferroni => {
            for (value, &p) in adjusted.iter_mut().zip(p) {
                *value = (p * m).min(1.0);
            }
        }
        // Step down: no value may be smaller than one of a smaller p.
        Adjustment::Holm => {
            let mut floor = 0.0_f64;
            for (before, place) in ranked {
                floor = floor.max((m - before) * p[place]).min(1.0);
                adjusted[place] = floor;
            }
        }
        // Step up: no value may be larger than one of a larger p.
        Adjustment::BenjaminiHochberg | Adjustment::BenjaminiYekutieli => {
            let penalty = match by {
                Adjustment::BenjaminiYekutieli => (1..=p.len()).map(|rank| 1.0 / rank as f64).sum(),
                _ => 1.0,
            };
            let mut ceiling = 1.0_f64;
            for (before, place) in ranked.rev() {
                ceiling = ceiling.min(penalty * m / (before + 1.0) * p[place]);
                adjusted[place] = ceiling;
            }
        }
    }
    adjusted
}
