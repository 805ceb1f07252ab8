//! "Did you mean": the known word nearest to an unknown one.

use strsim::osa_distance;

/// Words longer than this are no slips of the finger; comparing them would only cost time.
const MAX_LENGTH: usize = 64;

/// The candidate that `word` most likely was meant to be, if one is near enough.
///
/// Near enough is one edit in three characters (insertion, deletion, replacement, swap), case and the
/// difference between `-`, `_` and a space not counted. Of equally near candidates the first wins.
#[must_use]
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    if length > MAX_LENGTH {
        return None;
    }
    let plain = comparable(word);
    let allowed = length / 3;
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        // Bytes bound characters from above; this alone decides most comparisons.
        if candidate.len() + allowed < length || candidate.chars().count().abs_diff(length) > allowed {
            continue;
        }
        let distance = osa_distance(&plain, &comparable(candidate));
        if distance <= allowed && best.is_none_or(|(nearest, _)| distance < nearest) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

fn comparable(word: &str) -> String {
    word.to_lowercase().replace(['-', ' '], "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, candidates: &[&str], expected: Option<&str>) {
        assert_eq!(did_you_mean(word, candidates.iter().copied()), expected, "{word}");
    }

    #[test]
    fn finds_slips_of_the_finger() {
        check("ildsjell", &["forankring", "ildsjel"], Some("ildsjel"));
        check("patern", &["parent", "pattern", "patterns"], Some("pattern"));
        check("near-misses", &["examples", "near_misses"], Some("near_misses"));
        check("Forankring", &["forankring"], Some("forankring"));
        check("læring", &["lærnig", "laering"], Some("lærnig"));
    }

    #[test]
    fn stays_silent_when_nothing_is_near() {
        check("samarbeid", &["forankring", "ildsjel"], None);
        check("x", &["y", "id"], None);
        check("ny", &["nb", "nn"], None);
        check("", &["id"], None);
        check(&"a".repeat(100_000), &["id"], None);
    }
}
