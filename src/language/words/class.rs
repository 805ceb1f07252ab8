//! Word classes, and a guess at how a word is inflected: it decides which endings the word may take.

use super::endings::Standard;
use super::lexicon::Lexicon;

/// A word class, as far as inflection goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    Noun,
    Verb,
    Adjective,
    /// Inflected by none of our rules.
    Adverb,
}

impl Class {
    /// The class that data files call `letter`.
    pub(super) fn from_letter(letter: &str) -> Option<Self> {
        match letter {
            "n" => Some(Self::Noun),
            "v" => Some(Self::Verb),
            "a" => Some(Self::Adjective),
            "d" => Some(Self::Adverb),
            _ => None,
        }
    }
}

/// A way of being inflected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Model {
    /// A masculine or feminine noun.
    Common,
    Neuter,
    /// A weak verb.
    Verb,
    /// A weak verb that may have its present in ar; it is a [`Model::Verb`] too.
    AVerb,
    /// A verb whose past stands in the irregular lists.
    Strong,
    Adjective,
}

/// The ways in which a word may be inflected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Models(u8);

impl Models {
    fn of_all(models: &[Model]) -> Self {
        Self(models.iter().fold(0, |bits, model| bits | 1 << *model as u8))
    }

    /// Whether `model` is among them.
    pub(super) fn has(self, model: Model) -> bool {
        self.0 & 1 << model as u8 != 0
    }

    /// Whether a model of `class` is among them.
    pub(super) fn has_class(self, class: Class) -> bool {
        self.0 & Self::of_all(Self::of_class(class)).0 != 0
    }

    /// The models of a verb whose past stands in the irregular lists, in place of the weak ones.
    pub(super) fn with_strong_verb(self) -> Self {
        let weak = Self::of_all(&[Model::Verb, Model::AVerb]);
        Self(self.0 & !weak.0 | 1 << Model::Strong as u8)
    }

    /// Those that belong to verbs.
    pub(super) fn verbs_only(self) -> Self {
        Self(self.0 & Self::of_all(Self::of_class(Class::Verb)).0)
    }

    /// The models of a word: the lexicon's where it knows the word; else those of the ending that says it;
    /// else, in a compound, those of its last part; else what the last letter allows.
    ///
    /// In nynorsk the lexicon is a hint only: short words and words in e are often something else there.
    pub(super) fn of(word: &str, standard: Standard) -> Self {
        let last_part = || {
            let tails = word.char_indices().skip(2).map(|(at, _)| &word[at..]);
            let known = tails.take_while(|tail| tail.chars().count() >= 4).find_map(Self::known)?;
            Some(if known.has_class(Class::Noun) { known.with(Self::NOUN) } else { known })
        };
        let found = Self::known(word).or_else(|| Self::by_ending(word).or_else(last_part));
        let found = found.unwrap_or_else(|| Self::by_letter(word));
        match standard {
            Standard::Nynorsk if word.ends_with('e') && Self::by_ending(word).is_none() => {
                found.with(Self::by_letter(word))
            }
            Standard::Nynorsk if word.chars().count() <= 4 => found.with(Self::NOUN),
            Standard::Nynorsk | Standard::Bokmaal => found,
        }
    }

    const NOUN: Self = Self(1 << Model::Common as u8 | 1 << Model::Neuter as u8);

    fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn of_class(class: Class) -> &'static [Model] {
        match class {
            Class::Noun => &[Model::Common, Model::Neuter],
            Class::Verb => &[Model::Verb, Model::AVerb, Model::Strong],
            Class::Adjective => &[Model::Adjective],
            Class::Adverb => &[],
        }
    }

    /// What the lexicon says of a base form; a participle (`ansatt`, base form `ansette`) is an adjective.
    fn known(word: &str) -> Option<Self> {
        let readings = Lexicon::get().readings(word);
        let mut models = None;
        for reading in readings {
            let found = match reading.class {
                Class::Noun if reading.is(word) => Self::of_noun(word),
                Class::Verb if reading.is(word) => Self::of_all(&[Model::Verb, Model::AVerb]),
                Class::Adjective if reading.is(word) || word.ends_with(['t', 'd']) => Self::of_all(&[Model::Adjective]),
                Class::Adverb => Self::default(),
                Class::Noun | Class::Verb | Class::Adjective => continue,
            };
            models = Some(Self(models.map_or(0, |Self(bits)| bits) | found.0));
        }
        models
    }

    /// The gender of a noun that the lexicon knows: nynorsk shares it with bokmål, but for a few words.
    fn of_noun(word: &str) -> Self {
        let stem = word.strip_suffix("um").or_else(|| word.strip_suffix('e')).unwrap_or(word);
        let readings = |ending: &str| {
            let forms = [format!("{word}{ending}"), format!("{stem}{ending}")];
            let is_noun = |form: &String| Lexicon::get().readings(form).any(|it| it.class == Class::Noun);
            let is_form =
                |form: &String| Lexicon::get().readings(form).any(|it| it.class == Class::Noun && it.is(word));
            (forms.iter().any(is_form), forms.iter().any(is_noun))
        };
        // A form that the lexicon ascribes to another noun may be this one's too, so it leaves the gender open.
        match (readings("en"), readings("et")) {
            ((true, _), (_, false)) => Self::of_all(&[Model::Common]),
            ((_, false), (true, _)) => Self::of_all(&[Model::Neuter]),
            _ => Self::of_all(&[Model::Common, Model::Neuter]),
        }
    }

    fn by_ending(word: &str) -> Option<Self> {
        const COMMON: [&str; 16] = [
            "ing", "else", "sjon", "het", "heit", "dom", "nad", "semd", "anse", "tet", "ist", "log", "logi", "skap",
            "er", "ar",
        ];
        const NEUTER: [&str; 5] = ["ment", "eri", "skap", "er", "ar"];
        const ADJECTIVES: [&str; 8] = ["ig", "leg", "isk", "som", "bar", "ende", "ande", "aktig"];
        let ends =
            |endings: &[&str]| endings.iter().any(|ending| word.len() > ending.len() + 2 && word.ends_with(ending));
        let models: Vec<Model> = [
            (ends(&COMMON), Model::Common),
            (ends(&NEUTER), Model::Neuter),
            (ends(&ADJECTIVES), Model::Adjective),
            (word.len() > 6 && word.ends_with("ere"), Model::Verb),
        ]
        .into_iter()
        .filter_map(|(fits, model)| fits.then_some(model))
        .collect();
        (!models.is_empty()).then(|| Self::of_all(&models))
    }

    fn by_letter(word: &str) -> Self {
        use Model::{AVerb, Adjective, Common, Neuter, Verb};
        match word.chars().last() {
            Some('e') => Self::of_all(&[Common, Neuter, Verb, AVerb]),
            Some(vowel) if is_vowel(vowel) => Self::of_all(&[Common, Neuter, Verb, Adjective]),
            _ => Self::of_all(&[Common, Neuter, Adjective]),
        }
    }
}

/// What `form` has instead of the e of `word`, if `word` is a verb whose doer is named by such an ending: who
/// teaches (`lære`) is a `lærer` or `lærar`.
pub(super) fn person_ending<'form>(form: &'form str, word: &str) -> Option<&'form str> {
    const VERBS: [&str; 17] = [
        "arbeide", "bruke", "byggje", "drive", "eie", "eige", "forske", "føre", "lede", "leie", "lese", "lære",
        "pleie", "spille", "søkje", "tale", "yte",
    ];
    let stem = word.strip_suffix('e').filter(|_| VERBS.contains(&word))?;
    form.strip_prefix(stem).filter(|ending| matches!(*ending, "er" | "ar"))
}

/// Whether `letter` is one of the nine vowels.
pub(super) fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'æ' | 'ø' | 'å')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, expected: &[Model]) {
        assert_eq!(Models::of(word, Standard::Bokmaal), Models::of_all(expected), "{word}");
    }

    #[test]
    fn the_lexicon_knows_gender_and_conjugation() {
        check("forankring", &[Model::Common]);
        check("prosjekt", &[Model::Neuter]);
        check("museum", &[Model::Neuter]);
        check("forankre", &[Model::Verb, Model::AVerb]);
        check("ansatt", &[Model::Adjective]);
    }

    #[test]
    fn a_compound_goes_by_its_last_part() {
        check("velferdsteknologiprosjekt", &[Model::Common, Model::Neuter]);
    }

    #[test]
    fn other_words_go_by_their_ending() {
        check("leiing", &[Model::Common]);
        check("mogleg", &[Model::Adjective]);
        check("verksemd", &[Model::Common]);
    }
}
