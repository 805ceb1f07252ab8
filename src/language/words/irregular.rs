//! Irregular inflection: closed lists of bokmål and nynorsk, and the words made from the words on them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::class::{Class, Models};
use super::endings::{Standard, regular_forms};
use super::lexicon::Lexicon;

/// What a list says of one word.
struct Entry {
    class: Class,
    /// A verb that takes no regular past.
    is_strong: bool,
    forms: Vec<&'static str>,
}

/// One written standard's list.
struct List {
    entries: BTreeMap<&'static str, Vec<Entry>>,
    strong_forms: BTreeSet<&'static str>,
}

static BOKMAAL: LazyLock<List> = LazyLock::new(|| List::read(include_str!("../data/irregular_nb.tsv")));
static NYNORSK: LazyLock<List> = LazyLock::new(|| List::read(include_str!("../data/irregular_nn.tsv")));

/// What verbs are made with where the rest is short: `forstå`, `vedta`, `oppgi`.
const VERB_PREFIXES: [&str; 45] = [
    "an", "av", "be", "bi", "bort", "del", "etter", "fast", "for", "fore", "forut", "fram", "frem", "fri", "føre",
    "gjen", "gjennom", "god", "heim", "hjem", "i", "igjen", "inn", "inne", "med", "mis", "mot", "ned", "om", "opp",
    "over", "på", "sam", "saman", "sammen", "tilbake", "til", "und", "under", "unn", "ut", "ved", "videre", "vidare",
    "åt",
];
/// A listed verb of this length is recognised behind anything: `iverksette`, `planleggje`.
const CLEAR_VERB: usize = 5;

/// The irregular forms of one word.
#[derive(Debug, Default)]
pub(super) struct Irregular {
    /// Its own; they stand whatever the lexicon says.
    pub(super) listed: Vec<String>,
    /// Those that it has from the word it is made from.
    pub(super) made: Vec<String>,
    /// Whether it is listed as a verb.
    pub(super) is_listed_verb: bool,
    /// Whether it is a verb that takes no regular past.
    pub(super) is_strong: bool,
}

impl Irregular {
    /// The irregular forms of `word` in `standard`.
    pub(super) fn of(word: &str, models: Models, standard: Standard) -> Self {
        let list = List::of(standard);
        let mut irregular = Self::default();
        for entry in list.entries.get(word).into_iter().flatten() {
            irregular.listed.extend(entry.forms_after(""));
            irregular.is_strong |= entry.is_strong;
            irregular.is_listed_verb |= entry.class == Class::Verb;
        }
        // The longest listed word that it ends in decides: `forstå` is made from `stå`, not from a shorter word.
        for (at, _) in word.char_indices().skip(1) {
            let (before, base) = word.split_at(at);
            for entry in list.entries.get(base).into_iter().flatten() {
                if models.has_class(entry.class) && entry.makes(word, before, models, standard) {
                    irregular.made.extend(entry.forms_after(before));
                    irregular.is_strong |= entry.is_strong;
                }
            }
            if !irregular.made.is_empty() {
                break;
            }
        }
        irregular
    }
}

impl Entry {
    /// Its forms with `before` before them; those of nouns in the genitive too.
    fn forms_after<'a>(&'a self, before: &'a str) -> impl Iterator<Item = String> + 'a {
        let endings: &[&str] = if self.class == Class::Noun { &["", "s"] } else { &[""] };
        self.forms.iter().flat_map(move |form| endings.iter().map(move |ending| format!("{before}{form}{ending}")))
    }

    /// Whether `word`, spelt `before` and then this entry's base form, is inflected like it.
    fn makes(&self, word: &str, before: &str, models: Models, standard: Standard) -> bool {
        let base = &word[before.len()..];
        let lexicon = Lexicon::get();
        let is_verb = |form: &str| lexicon.readings(form).any(|it| it.class == Class::Verb && it.is(word));
        match self.class {
            Class::Noun => before.chars().count() >= 2,
            // A form that the rules give too tells nothing: `spiller` ends in `ler`, but `spille` is not made from `le`.
            Class::Verb if is_verb(word) => {
                let regular = regular_forms(word, models, standard);
                let is_regular = |form: &str| regular.iter().any(|it| it.form == form);
                self.forms_after(before).any(|form| is_verb(&form) && !is_regular(&form))
            }
            Class::Verb => VERB_PREFIXES.contains(&before) || base.chars().count() >= CLEAR_VERB,
            Class::Adjective | Class::Adverb => false,
        }
    }
}

/// Whether `form` is listed as a form of a strong verb: no rule alone makes it another word's.
pub(super) fn is_strong_form(form: &str) -> bool {
    [&BOKMAAL, &NYNORSK].iter().any(|list| list.strong_forms.contains(form))
}

impl List {
    fn of(standard: Standard) -> &'static Self {
        match standard {
            Standard::Bokmaal => &BOKMAAL,
            Standard::Nynorsk => &NYNORSK,
        }
    }

    fn read(text: &'static str) -> Self {
        let mut list = Self { entries: BTreeMap::new(), strong_forms: BTreeSet::new() };
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let mut fields = line.split('\t');
            let mut next = || fields.next().expect("the lists are tested");
            let (letter, base, forms) = (next(), next(), next().split(' ').collect::<Vec<_>>());
            let class = match letter {
                "s" => Class::Verb,
                letter => Class::from_letter(letter).expect("the lists are tested"),
            };
            if letter == "s" {
                list.strong_forms.extend(&forms);
            }
            list.entries.entry(base).or_default().push(Entry { class, is_strong: letter == "s", forms });
        }
        list
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    #[test]
    fn lists_can_be_read_and_are_folded() {
        for list in [&*BOKMAAL, &*NYNORSK] {
            assert!(list.entries.len() > 200);
            for (base, entries) in &list.entries {
                for form in entries.iter().flat_map(|entry| &entry.forms).chain([base]) {
                    assert_eq!(*form, fold(form), "{base}");
                    assert!(!form.is_empty(), "{base}");
                }
            }
        }
    }

    #[test]
    fn words_made_from_a_listed_word_share_its_forms() {
        for (word, form) in [("forstå", "forsto"), ("fylkesmann", "fylkesmenn"), ("iverksette", "iverksatte")] {
            let made = Irregular::of(word, Models::of(word, Standard::Bokmaal), Standard::Bokmaal).made;
            assert!(made.iter().any(|it| it == form), "{word}: {made:?}");
        }
        assert!(Irregular::of("jobbe", Models::of("jobbe", Standard::Bokmaal), Standard::Bokmaal).made.is_empty());
    }
}
