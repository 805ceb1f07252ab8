//! The cue lists and word classes that stance is read by: data files under `cues/`, parsed once.
//!
//! What a cue means for a theme word is decided in `reach.rs`; this file only knows which words are cues.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::language::table::WordTable;
use crate::language::{FormList, Stance};

/// The shipped lists. A test of this module checks that they parse and hold no doublets.
static SHIPPED: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::read(&FILES).expect("the shipped cue lists are checked by a test"));

const FILES: [(&str, &str); 3] = [
    ("shared.toml", include_str!("../cues/shared.toml")),
    ("nb.toml", include_str!("../cues/nb.toml")),
    ("nn.toml", include_str!("../cues/nn.toml")),
];

/// Where the theme must stand for a cue to be about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Reach {
    /// An adjective or adverb: directly before the theme, or said of it (`svak forankring`, `forankringen er svak`).
    Attribute,
    /// Only said of it (`støtten er borte`).
    Predicative,
    /// Takes the theme directly behind it (`mangel på forankring`).
    Governor,
    /// `uten`: as a governor, but a condition where a negation or a general statement goes with it.
    Without,
    /// A verb that takes the theme as its object or its subject (`mangler`).
    Verb,
    /// A verb that takes it as its object (`savner`).
    Object,
    /// A verb that takes it as its subject (`sviktet`).
    Subject,
    /// Anywhere in the clause.
    Clause,
    /// Before the theme in the clause, and before a clause with `at` that it opens (`krever at`).
    Before,
    /// Directly before a clause that holds the theme (`det varierer hvor godt …`).
    Opener,
    /// Anywhere in the sentence.
    Sentence,
    /// A modal verb.
    Modal,
    /// Importance, said of the theme or with `å`, `at`, `med` behind it.
    Predicate,
    /// First in a clause without a finite verb: advice in a list (`Sikre forankring`).
    Opening,
    /// A negation.
    Negation,
    /// Stands between an attribute or a negation and the theme as if it were not there (`grad av`).
    Carrier,
    /// Words that look like cues and are none.
    Idiom,
}

/// What kinds of word the rules tell apart. A word can be several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Class {
    /// A finite verb wherever it stands.
    Finite,
    /// A form of being, becoming, seeming.
    Copula,
    /// A form of having or getting.
    Have,
    /// Verbs that add nothing of their own between a negation and the theme.
    Light,
    Preposition,
    Coordinator,
    /// Begins a clause within the clause (`at`, `som`, `hvordan`).
    Barrier,
    /// Of those, the ones that begin a clause beside it (`fordi`, `hvis`).
    AdverbialClause,
    /// `mens`.
    Whereas,
    Pronoun,
    /// A person's pronoun, behind which a verb is finite.
    Person,
    /// A pronoun that a relative clause can tell more of (`noen som …`).
    Indefinite,
    /// Some, set against others.
    Some,
    Determiner,
    Adverb,
    /// `bare`.
    Only,
    Degree,
    Adjective,
    /// What a thing is that is there.
    Positive,
    Comparative,
    /// Verbs of saying and thinking: what must be said is not called for.
    Speech,
    /// Verbs that keep a negation for themselves: what was not done to the theme.
    Block,
    /// Verbs whose negation belongs to what is believed (`tror ikke at`).
    Raising,
    /// Verbs that carry a modal over to a clause with `at` (`må sørge for at`).
    Opener,
    /// What behind `må ha` makes it a supposition.
    Supine,
    /// Modal verbs that can suppose.
    Supposing,
    /// Modal verbs that can tell a plan.
    Plan,
    /// What behind the theme and such a verb calls for the theme all the same.
    RightOfModal,
    /// Past forms of being: what was important was there.
    Past,
    /// Words that deny as a negation does where `uten` states a condition.
    Denial,
    /// Nouns that `viktig` may stand before.
    NounOfImportance,
}

/// A set of [`Class`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Classes(u64);

impl Classes {
    pub(super) fn has(self, class: Class) -> bool {
        self.0 & (1 << class as u32) != 0
    }

    pub(super) fn has_any(self, classes: &[Class]) -> bool {
        classes.iter().any(|class| self.has(*class))
    }

    pub(super) fn remove(&mut self, class: Class) {
        self.0 &= !(1 << class as u32);
    }

    pub(super) fn add(&mut self, class: Class) {
        self.0 |= 1 << class as u32;
    }
}

/// A known word; 0 is any other word.
pub(super) type WordId = u16;

/// In a phrase, stands for up to two words of degree.
pub(super) const SLOT: WordId = WordId::MAX;

/// A cue, every choice in it made.
#[derive(Debug)]
pub(super) struct Phrase {
    pub(super) words: Vec<WordId>,
    /// `None` for idioms and carriers.
    pub(super) stance: Option<Stance>,
    pub(super) reach: Reach,
}

/// Word classes and cues.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    ids: Ids,
    classes: Vec<Classes>,
    phrases: Vec<Phrase>,
    /// For each word, the phrases that begin with it, longest first.
    starting: Vec<Vec<u32>>,
    /// All words that it knows, sorted.
    words: FormList,
}

type Ids = WordTable<WordId>;

impl Lexicon {
    pub(super) fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// The id and classes of a folded form.
    pub(super) fn word(&self, form: &str) -> (WordId, Classes) {
        match self.ids.get(form) {
            Some(id) => (*id, self.classes[*id as usize]),
            None => (0, Classes::default()),
        }
    }

    /// All words that it knows, sorted.
    pub(super) fn words(&self) -> &FormList {
        &self.words
    }

    /// The phrases that begin with this word, longest first.
    pub(super) fn phrases_from(&self, id: WordId) -> impl Iterator<Item = &Phrase> {
        let starting = self.starting.get(id as usize).map_or(&[][..], Vec::as_slice);
        starting.iter().map(|phrase| &self.phrases[*phrase as usize])
    }

    fn read(files: &[(&str, &str)]) -> Result<Self, String> {
        let mut lexicon = Self { classes: vec![Classes::default()], ..Self::default() };
        let mut words = BTreeSet::new();
        for (name, source) in files {
            let file: CueFile = toml::from_str(source).map_err(|error| format!("{name}: {error}"))?;
            for (class, of_class) in &file.words {
                for word in of_class.split_whitespace() {
                    let id = lexicon.id_of(word);
                    lexicon.classes[id as usize].add(*class);
                    words.insert(word.to_owned());
                }
            }
            for list in &file.cues {
                for phrase in list.phrases.iter().flat_map(|phrase| choices(phrase)) {
                    lexicon.add(&phrase, list);
                    words.extend(phrase.split_whitespace().filter(|word| *word != "~").map(str::to_owned));
                }
            }
        }
        lexicon.words = words.iter().map(String::as_str).collect();
        lexicon.starting.resize(lexicon.classes.len(), Vec::new());
        for (index, phrase) in lexicon.phrases.iter().enumerate() {
            let index = u32::try_from(index).expect("a few hundred cues");
            lexicon.starting[phrase.words[0] as usize].push(index);
        }
        for starting in &mut lexicon.starting {
            starting.sort_by_key(|index| std::cmp::Reverse(lexicon.phrases[*index as usize].words.len()));
        }
        Ok(lexicon)
    }

    fn add(&mut self, phrase: &str, list: &CueList) {
        let words = phrase.split_whitespace().map(|word| if word == "~" { SLOT } else { self.id_of(word) }).collect();
        let stance = match list.stance {
            Meaning::None => None,
            Meaning::Missing => Some(Stance::Missing),
            Meaning::Mixed => Some(Stance::Mixed),
            Meaning::Needed => Some(Stance::Needed),
        };
        self.phrases.push(Phrase { words, stance, reach: list.reach });
    }

    fn id_of(&mut self, word: &str) -> WordId {
        if let Some(id) = self.ids.get(word) {
            return *id;
        }
        let id = WordId::try_from(self.classes.len()).expect("fewer than 65,000 words");
        self.classes.push(Classes::default());
        *self.ids.entry(word) = id;
        id
    }
}

/// A data file as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CueFile {
    words: std::collections::BTreeMap<Class, String>,
    cues: Vec<CueList>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CueList {
    stance: Meaning,
    reach: Reach,
    phrases: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Meaning {
    None,
    Missing,
    Mixed,
    Needed,
}

/// Every way to read `a|b c|d`.
fn choices(phrase: &str) -> Vec<String> {
    phrase.split_whitespace().fold(vec![String::new()], |readings, word| {
        let longer = |reading: &String, choice: &str| {
            if reading.is_empty() { choice.to_owned() } else { format!("{reading} {choice}") }
        };
        readings.iter().flat_map(|reading| word.split('|').map(move |choice| longer(reading, choice))).collect()
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::text::fold;

    #[test]
    fn shipped_lists_are_folded_and_hold_no_doublets() {
        let mut seen: BTreeMap<String, (&str, Reach, Meaning)> = BTreeMap::new();
        let mut problems = Vec::new();
        for (name, source) in FILES {
            let file: CueFile = toml::from_str(source).unwrap_or_else(|error| panic!("{name}: {error}"));
            for list in &file.cues {
                let has_meaning = !matches!(list.reach, Reach::Idiom | Reach::Carrier);
                assert_eq!(has_meaning, list.stance != Meaning::None, "{name}: {list:?}");
                for phrase in list.phrases.iter().flat_map(|phrase| choices(phrase)) {
                    let words: Vec<_> = phrase.split_whitespace().collect();
                    if words.is_empty() || words[0] == "~" || words[words.len() - 1] == "~" {
                        problems.push(format!("{name}: `{phrase}` begins or ends with `~`"));
                    }
                    if words.iter().any(|word| *word != "~" && fold(word) != *word) {
                        problems.push(format!("{name}: `{phrase}` is not folded"));
                    }
                    // Each language's list is whole by itself, so a cue may stand in both, with one meaning.
                    let meaning = (name, list.reach, list.stance);
                    if let Some(other) = seen.insert(phrase.clone(), meaning)
                        && (other.0 == name
                            || other.0 == "shared.toml"
                            || (other.1, other.2) != (list.reach, list.stance))
                    {
                        problems.push(format!("{name}: `{phrase}` ({:?}) stands in {other:?} too", list.reach));
                    }
                }
            }
        }
        let mut classes: BTreeMap<(Class, String), &str> = BTreeMap::new();
        for (name, source) in FILES {
            let file: CueFile = toml::from_str(source).expect("parsed above");
            for (class, words) in &file.words {
                for word in words.split_whitespace() {
                    if fold(word) != word {
                        problems.push(format!("{name}: `{word}` is not folded"));
                    }
                    if let Some(other) = classes.insert((*class, word.to_owned()), name)
                        && (other == name || other == "shared.toml")
                    {
                        problems.push(format!("{name}: `{word}` stands in {class:?} of {other} too"));
                    }
                }
            }
        }
        assert!(problems.is_empty(), "{}", problems.join("\n"));
    }

    #[test]
    fn choices_are_all_made() {
        assert_eq!(choices("a|b ~ c"), ["a ~ c", "b ~ c"]);
        assert_eq!(choices("ikke minst"), ["ikke minst"]);
    }
}
