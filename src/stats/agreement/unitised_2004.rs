//! α_u of 1995 and 2004: the older form for one category of passages, kept for comparison with published figures.
//!
//! It misbehaves with more than two raters; [`super::unitised_alpha`] is the form to report.

/// A marked stretch of the continuum, `start` up to, not including, `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stretch {
    /// First place.
    pub start: u64,
    /// One past the last place.
    pub end: u64,
}

impl Stretch {
    fn length(self) -> u64 {
        self.end - self.start
    }
}

/// Disagreement on one category.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UnitisedDisagreement {
    /// Observed, as a share of the squared length of the continuum.
    pub observed: f64,
    /// Expected by chance, likewise.
    pub expected: f64,
}

impl UnitisedDisagreement {
    /// 1 - observed / expected; `None` when nothing was expected. For several categories together, add the parts first.
    #[must_use]
    pub fn alpha(self) -> Option<f64> {
        (self.expected > 0.0).then(|| 1.0 - self.observed / self.expected)
    }
}

/// The parts of α_u (Krippendorff 1995, Sociological Methodology 25:47–76; 2004, Content Analysis, 2nd ed., 11.6).
///
/// With R raters, a continuum of length L and N units in all:
/// - Do = ΣΣ δ² / (R (R - 1) L²), over ordered pairs of sections of different raters, where δ² is
///   (s1 - s2)² + (e1 - e2)² for two units that meet, and l² for a unit of length l in a gap of the other;
/// - De = (2/L) Σ_units [(N - 1)(2l³ - 3l² + l)/3 + l² Σ_gaps≥l (g - l + 1)] / (RL (RL - 1) - Σ l (l - 1)).
///
/// `raters` has each rater's stretches in any order, all inside `continuum`. `None` with fewer than two raters, an
/// empty continuum or stretch, one outside the continuum, or overlapping stretches of one rater.
#[must_use]
pub fn unitised_disagreement_2004(continuum: Stretch, raters: &[Vec<Stretch>]) -> Option<UnitisedDisagreement> {
    if raters.len() < 2 || continuum.end <= continuum.start {
        return None;
    }
    let sections: Vec<Sections> =
        raters.iter().map(|marked| Sections::new(continuum, marked)).collect::<Option<_>>()?;
    let length = continuum.length() as f64;
    let n_raters = raters.len() as f64;

    let mut apart = 0.0;
    for (index, one) in sections.iter().enumerate() {
        for other in &sections[..index] {
            apart += 2.0 * one.distance(other);
        }
    }
    let observed = apart / (n_raters * (n_raters - 1.0) * length * length);

    let lengths: Vec<f64> = sections.iter().flat_map(|one| &one.units).map(|unit| unit.length() as f64).collect();
    let gaps: Vec<f64> = sections.iter().flat_map(|one| &one.gaps).map(|gap| gap.length() as f64).collect();
    let others = lengths.len() as f64 - 1.0;
    let chance = |l: f64| {
        let meeting = others * (2.0 * l * l * l - 3.0 * l * l + l) / 3.0;
        let places: f64 = gaps.iter().filter(|&&gap| gap >= l).map(|gap| gap - l + 1.0).sum();
        meeting + l * l * places
    };
    let whole = n_raters * length;
    let pairs = whole * (whole - 1.0) - lengths.iter().map(|l| l * (l - 1.0)).sum::<f64>();
    let expected =
        if pairs > 0.0 { 2.0 / length * lengths.iter().copied().map(chance).sum::<f64>() / pairs } else { 0.0 };
    Some(UnitisedDisagreement { observed, expected })
}

/// One rater's units and the gaps around them, both in order.
struct Sections {
    units: Vec<Stretch>,
    gaps: Vec<Stretch>,
}

impl Sections {
    fn new(continuum: Stretch, marked: &[Stretch]) -> Option<Self> {
        let mut units = marked.to_vec();
        units.sort_unstable();
        let mut gaps = Vec::with_capacity(units.len() + 1);
        let mut at = continuum.start;
        for unit in &units {
            if unit.start < at || unit.end <= unit.start || unit.end > continuum.end {
                return None;
            }
            gaps.push(Stretch { start: at, end: unit.start });
            at = unit.end;
        }
        gaps.push(Stretch { start: at, end: continuum.end });
        gaps.retain(|gap| gap.start < gap.end);
        Some(Self { units, gaps })
    }

    /// Σ δ² over the pairs of a section of this rater and one of the other.
    fn distance(&self, other: &Self) -> f64 {
        let mut sum = 0.0;
        for one in &self.units {
            for two in &other.units {
                if one.start < two.end && two.start < one.end {
                    let (starts, ends) = (one.start.abs_diff(two.start) as f64, one.end.abs_diff(two.end) as f64);
                    sum += starts * starts + ends * ends;
                }
            }
        }
        sum + alone(&self.units, &other.gaps) + alone(&other.units, &self.gaps)
    }
}

/// Σ l² over the units that lie wholly in one of the gaps.
fn alone(units: &[Stretch], gaps: &[Stretch]) -> f64 {
    let inside = |unit: &&Stretch| gaps.iter().any(|gap| gap.start <= unit.start && unit.end <= gap.end);
    units.iter().filter(inside).map(|unit| (unit.length() as f64).powi(2)).sum()
}
