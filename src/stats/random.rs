//! A small random generator with a fixed, documented output, for draws that must be the same everywhere.
//!
//! xoshiro256++ (Blackman & Vigna 2021, ACM Transactions on Mathematical Software 47(4), article 36), its state
//! filled by SplitMix64 (Steele, Lea & Flood 2014, OOPSLA) as its authors advise. Not for secrets.
//! Every draw of a simulation has a stream of its own, so the result cannot depend on who draws when.

/// A stream of random numbers: the same seed and index give the same numbers on every machine.
#[derive(Debug, Clone)]
pub struct Random {
    state: [u64; 4],
}

impl Random {
    /// The stream numbered `index` under `seed`.
    ///
    /// The index passes through SplitMix64 before it meets the seed, so neighbouring indices share nothing.
    #[must_use]
    pub fn stream(seed: u64, index: u64) -> Self {
        let mut index = index;
        let mut key = seed ^ split_mix(&mut index);
        Self { state: std::array::from_fn(|_| split_mix(&mut key)) }
    }

    /// 64 random bits.
    #[must_use]
    pub fn bits(&mut self) -> u64 {
        let [a, b, c, d] = &mut self.state;
        let result = a.wrapping_add(*d).rotate_left(23).wrapping_add(*a);
        let shifted = *b << 17;
        *c ^= *a;
        *d ^= *b;
        *b ^= *c;
        *a ^= *d;
        *c ^= shifted;
        *d = d.rotate_left(45);
        result
    }

    /// A whole number in `0..bound`, every one equally likely; 0 when `bound` is 0.
    ///
    /// Multiplication with rejection (Lemire 2019, ACM Transactions on Modeling and Computer Simulation 29(1)).
    #[must_use]
    pub fn below(&mut self, bound: u32) -> u32 {
        if bound == 0 {
            return 0;
        }
        let mut product = (self.bits() >> 32) * u64::from(bound);
        if (product as u32) < bound {
            let unfair = bound.wrapping_neg() % bound;
            while (product as u32) < unfair {
                product = (self.bits() >> 32) * u64::from(bound);
            }
        }
        (product >> 32) as u32
    }

    /// A number in `[0, 1)`, a multiple of 2⁻⁵³.
    #[must_use]
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 * (1.0 / (1_u64 << 53) as f64)
    }

    /// Puts `items` in random order, every order equally likely (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let bound = u32::try_from(last + 1).unwrap_or(u32::MAX);
            items.swap(last, self.below(bound) as usize);
        }
    }
}

/// The next number of SplitMix64.
fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generators_give_the_numbers_their_authors_print() {
        let mut state = 1_234_567;
        let split: [u64; 3] = std::array::from_fn(|_| split_mix(&mut state));
        assert_eq!(split, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);

        let mut random = Random { state: [1, 2, 3, 4] };
        let drawn: [u64; 5] = std::array::from_fn(|_| random.bits());
        assert_eq!(
            drawn,
            [41_943_041, 58_720_359, 3_588_806_011_781_223, 3_591_011_842_654_386, 9_228_616_714_210_784_205]
        );
    }

    #[test]
    fn neighbouring_streams_differ_and_every_value_below_a_bound_comes_up() {
        assert_ne!(Random::stream(1, 0).bits(), Random::stream(1, 1).bits());
        assert_ne!(Random::stream(1, 0).bits(), Random::stream(2, 0).bits());
        let mut seen = [0_u32; 6];
        let mut random = Random::stream(7, 7);
        for _ in 0..60_000 {
            seen[random.below(6) as usize] += 1;
        }
        assert!(seen.iter().all(|&times| (9_600..10_400).contains(&times)), "{seen:?}");
        assert_eq!(random.below(0), 0);
        assert!((0..1000).all(|_| (0.0..1.0).contains(&random.unit())));
    }
}
