//! The counting rule: which matches of a code are its mentions.
//!
//! Within one code and one segment: first, matches that share a word with a match of the code's `not`
//! patterns are void. Then matches are taken longest first (in words), of equally long ones the leftmost,
//! of those the one whose pattern stands first in the codebook; a match that shares a word with one already
//! taken is skipped. What is taken are the code's mentions. Different codes overlap freely.

/// What the rule needs to know of a match.
pub trait Place {
    /// The segment, in any numbering.
    fn row(&self) -> u32;
    /// First word and one past the last.
    fn words(&self) -> std::ops::Range<u32>;
    /// Smaller for the pattern that goes first.
    fn rank(&self) -> u32;
}

/// Applies the rule to the matches of one code; the result is sorted by place.
///
/// `void` holds the matches of the `not` patterns. Both lists must be sorted by row.
#[must_use]
pub fn resolve_overlaps<M: Place + Copy, V: Place>(mut matches: Vec<M>, void: &[V]) -> Vec<M> {
    let mut in_row: Vec<M> = Vec::new();
    // Mentions take the place of matches that were looked at already.
    let (mut n_mentions, mut start) = (0, 0);
    while let Some(first) = matches.get(start) {
        let row = first.row();
        let length = matches[start..].iter().take_while(|hit| hit.row() == row).count();
        let group = start..start + length;
        start = group.end;
        let void = if void.is_empty() { void } else { voids_of(void, row) };
        let overlap = |pair: &[M]| pair[0].words().end > pair[1].words().start;
        if void.is_empty() && !matches[group.clone()].windows(2).any(overlap) {
            matches.copy_within(group, n_mentions);
            n_mentions += length;
            continue;
        }
        in_row.clear();
        let is_void = |hit: &M| void.iter().any(|void| share(&hit.words(), &void.words()));
        in_row.extend(matches[group].iter().filter(|hit| !is_void(hit)).copied());
        if in_row.windows(2).any(overlap) {
            take_longest(&mut in_row);
        }
        matches[n_mentions..n_mentions + in_row.len()].copy_from_slice(&in_row);
        n_mentions += in_row.len();
    }
    matches.truncate(n_mentions);
    matches
}

fn voids_of<V: Place>(void: &[V], row: u32) -> &[V] {
    let start = void.partition_point(|hit| hit.row() < row);
    let length = void[start..].partition_point(|hit| hit.row() == row);
    &void[start..start + length]
}

fn take_longest<M: Place + Copy>(in_row: &mut Vec<M>) {
    in_row.sort_by_key(|hit| (std::cmp::Reverse(hit.words().len()), hit.words().start, hit.rank()));
    // Taken places, sorted: a candidate can only meet the neighbours of where it would stand.
    let mut taken: Vec<M> = Vec::with_capacity(in_row.len());
    for hit in in_row.iter() {
        let at = taken.partition_point(|other| other.words().start < hit.words().start);
        let meets = |other: Option<&M>| other.is_some_and(|other| share(&hit.words(), &other.words()));
        if !meets(taken.get(at)) && !meets(at.checked_sub(1).and_then(|before| taken.get(before))) {
            taken.insert(at, *hit);
        }
    }
    *in_row = taken;
}

fn share(a: &std::ops::Range<u32>, b: &std::ops::Range<u32>) -> bool {
    a.start < b.end && b.start < a.end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Clone, Copy, PartialEq)]
    struct M(u32, u32, u32, u32);

    impl Place for M {
        fn row(&self) -> u32 {
            self.0
        }
        fn words(&self) -> std::ops::Range<u32> {
            self.1..self.2
        }
        fn rank(&self) -> u32 {
            self.3
        }
    }

    #[track_caller]
    fn check(matches: &[M], void: &[M], expected: &[M]) {
        assert_eq!(resolve_overlaps(matches.to_vec(), void), expected);
    }

    #[test]
    fn longest_then_leftmost_then_pattern_order() {
        check(&[M(0, 1, 2, 0), M(0, 1, 3, 1)], &[], &[M(0, 1, 3, 1)]);
        check(&[M(0, 0, 2, 1), M(0, 1, 3, 0)], &[], &[M(0, 0, 2, 1)]);
        check(&[M(0, 4, 5, 1), M(0, 4, 5, 0)], &[], &[M(0, 4, 5, 0)]);
        check(&[M(0, 0, 1, 0), M(0, 1, 3, 0), M(0, 3, 4, 0)], &[], &[M(0, 0, 1, 0), M(0, 1, 3, 0), M(0, 3, 4, 0)]);
        check(&[M(0, 0, 3, 0), M(0, 2, 6, 0), M(0, 5, 7, 0)], &[], &[M(0, 2, 6, 0)]);
    }

    #[test]
    fn a_void_drops_before_lengths_are_compared() {
        check(&[M(0, 1, 2, 0), M(0, 1, 3, 1), M(1, 1, 2, 0)], &[M(0, 2, 4, 0)], &[M(0, 1, 2, 0), M(1, 1, 2, 0)]);
    }

    proptest::proptest! {
        #[test]
        fn mentions_never_share_a_word_and_every_skipped_match_meets_one(
            places in proptest::collection::vec((0_u32..3, 0_u32..12, 1_u32..4, 0_u32..3), 0..20)
        ) {
            let mut matches: Vec<M> = places.iter().map(|p| M(p.0, p.1, p.1 + p.2, p.3)).collect();
            matches.sort_by_key(|m| (m.0, m.1));
            let mentions = resolve_overlaps::<M, M>(matches.clone(), &[]);
            for (index, a) in mentions.iter().enumerate() {
                for b in &mentions[index + 1..] {
                    proptest::prop_assert!(a.0 != b.0 || !share(&a.words(), &b.words()));
                }
            }
            for skipped in matches.iter().filter(|m| !mentions.contains(m)) {
                let met = mentions.iter().any(|m| m.0 == skipped.0 && share(&m.words(), &skipped.words()) && m.words().len() >= skipped.words().len());
                proptest::prop_assert!(met);
            }
        }
    }
}
