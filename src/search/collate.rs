//! The order of words beside hits: as a Norwegian dictionary has it, letters without case, punctuation without weight.

/// Words that lie further from a hit do not move it: by then two places say the same at any length.
const MAX_DISTANCE: usize = 64;

/// Words in a form that sorts as they do.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Collated(String);

impl Collated {
    /// Folded words, the first being the one that decides first.
    pub(super) fn of<'w>(words: impl Iterator<Item = &'w str>) -> Self {
        let mut collated = String::new();
        for word in words.take(MAX_DISTANCE) {
            collated.extend(word.chars().filter(|letter| letter.is_alphanumeric()).map(place));
            // Before every letter: a word stands before those that it begins.
            collated.push('\u{1}');
        }
        Self(collated)
    }
}

/// æ, ø and å come last, in this order; the letters that Swedes and Germans write for them are beside them.
fn place(letter: char) -> char {
    match letter {
        'æ' | 'ä' => '\u{f0000}',
        'ø' | 'ö' => '\u{f0001}',
        'å' => '\u{f0002}',
        'ü' => 'y',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_as_in_a_dictionary() {
        let collated = |words: &str| Collated::of(words.split(' '));
        let ordered = [
            "",
            "(av det",
            "av (det) her",
            "ave",
            "e-læring",
            "elærling",
            "hos",
            "zoo",
            "ærlig",
            "ønsker",
            "å være",
            "åpen",
        ];
        for pair in ordered.windows(2) {
            assert!(collated(pair[0]) < collated(pair[1]), "{pair:?}");
        }
        assert_eq!(collated("(hos"), collated("hos,"));
    }
}
