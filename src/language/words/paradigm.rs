//! A word with all its forms: what rules and irregular lists give, and what the lexicon says to each.

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use super::class::{Models, is_person_only};
use super::endings::{Kind, Standard, regular_forms};
use super::irregular::{Irregular, is_strong_form};
use super::lexicon::{Lexicon, Reading};
use crate::language::Language;

/// One base form and the forms that it may have, sorted.
#[derive(Debug, Clone)]
pub(super) struct Paradigm {
    /// The base form.
    pub(super) word: String,
    /// Whether the lexicon knows it as a base form.
    is_base: bool,
    forms: Vec<(String, Evidence)>,
    /// By form: whether it is believed, once that was asked.
    believed: Vec<OnceLock<bool>>,
}

/// What speaks for a form.
#[derive(Debug, Clone, Copy)]
struct Evidence {
    /// It stands in an irregular list, under the word itself.
    is_listed: bool,
    /// A rule of nynorsk gives it, of which the lexicon knows little.
    is_nynorsk: bool,
    /// So does the irregular list of nynorsk, for the word that this one is made from.
    is_made_nynorsk: bool,
    kind: Kind,
}

/// What becomes of a proposed form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is a form of the word.
    Form,
    /// It is spelt like one, and the lexicon knows it as a form of other words only, of which this is the first.
    FormOf(String),
    /// Rules alone are not enough for it, and the lexicon does not know it.
    Unconfirmed,
}

static FUNCTION_WORDS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("../data/function_words.txt").lines().filter(|line| !line.starts_with('#'));
    let mut words: Vec<&str> = lines.flat_map(|line| line.split(' ')).collect();
    words.sort_unstable();
    words
});

impl Paradigm {
    /// The paradigm of `word` in `languages`, of which those that are not Norwegian count for nothing here.
    pub(super) fn new(word: &str, languages: &[Language]) -> Self {
        let is_base = Lexicon::get().is_base(word);
        let mut forms: BTreeMap<String, Evidence> = BTreeMap::new();
        for language in languages {
            let standard = match language {
                Language::Bokmaal => Standard::Bokmaal,
                Language::Nynorsk => Standard::Nynorsk,
                Language::Other(_) => continue,
            };
            let is_nynorsk = standard == Standard::Nynorsk;
            let mut add = |form: String, is_listed, is_made, kind| {
                let new = Evidence { is_listed, is_nynorsk, is_made_nynorsk: is_nynorsk && is_made, kind };
                forms.entry(form).and_modify(|old| *old = old.with(new)).or_insert(new);
            };
            let models = Models::of(word, standard);
            let irregular = Irregular::of(word, models, standard);
            let mut regular_models = models;
            if irregular.is_listed_verb && !is_base {
                regular_models = regular_models.verbs_only();
            }
            if irregular.is_strong {
                regular_models = regular_models.with_strong_verb();
            }
            for regular in regular_forms(word, regular_models, standard) {
                if is_person_only(&regular.form, word) {
                    continue;
                }
                let kind = if is_strong_form(&regular.form) { Kind::Doubtful } else { regular.kind };
                add(regular.form, false, false, kind);
            }
            for form in irregular.made {
                add(form, false, true, Kind::Plain);
            }
            for form in irregular.listed {
                add(form, true, true, Kind::Plain);
            }
        }
        forms.remove(word);
        let believed = vec![OnceLock::new(); forms.len()];
        Self { word: word.to_owned(), is_base, forms: forms.into_iter().collect(), believed }
    }

    /// The proposed forms, the word itself excepted, sorted.
    pub(super) fn forms(&self) -> impl Iterator<Item = &str> {
        self.forms.iter().map(|(form, _)| form.as_str())
    }

    /// The place of `form` among the proposed forms.
    pub(super) fn position(&self, form: &str) -> Option<usize> {
        self.forms.binary_search_by(|(proposed, _)| proposed.as_str().cmp(form)).ok()
    }

    /// Whether the proposed form at `position` is believed, asked as often as one likes.
    pub(super) fn is_believed(&self, position: usize) -> bool {
        *self.believed[position].get_or_init(|| self.judge(position) == Verdict::Form)
    }

    /// What becomes of the proposed form at `position`.
    pub(super) fn judge(&self, position: usize) -> Verdict {
        let (form, evidence) = &self.forms[position];
        if evidence.is_listed {
            return Verdict::Form;
        }
        if FUNCTION_WORDS.binary_search(&form.as_str()).is_ok() {
            return Verdict::FormOf(form.clone());
        }
        match (self.ask(form, |_| true), evidence.kind) {
            (Verdict::Unconfirmed, Kind::Plain) => Verdict::Form,
            (Verdict::Unconfirmed, Kind::Genitive) => {
                // A verb has no genitive: `leders` belongs to `leder`, not to `lede`.
                match self.ask(&form[..form.len() - 1], |reading| !reading.is_verb()) {
                    Verdict::Unconfirmed => Verdict::Form,
                    verdict => verdict,
                }
            }
            (Verdict::FormOf(base), Kind::Plain) if base == *form && is_participle(form) => Verdict::Form,
            (Verdict::FormOf(_), Kind::Plain) if evidence.is_nynorsk && self.is_beyond_bokmaal(form, evidence) => {
                Verdict::Form
            }
            (verdict, _) => verdict,
        }
    }

    /// Whether the lexicon of bokmål cannot know that `form` is a nynorsk form of this word: it does not know the word,
    /// or the form is nynorsk's own.
    fn is_beyond_bokmaal(&self, form: &str, evidence: &Evidence) -> bool {
        const ENDINGS: [&str; 11] = ["a", "ar", "ane", "ast", "aste", "ande", "are", "or", "one", "dd", "dde"];
        let is_own = ENDINGS.iter().any(|ending| form.ends_with(ending))
            || (evidence.is_made_nynorsk && !Lexicon::get().is_base(form));
        !self.is_base || is_own
    }

    /// What the lexicon says of `form`, as far as `counts` lets its readings count.
    fn ask(&self, form: &str, counts: impl Fn(&Reading<'_>) -> bool) -> Verdict {
        let lexicon = Lexicon::get();
        let mut first = None;
        for reading in lexicon.readings(form).filter(counts) {
            let base = reading.base();
            if base == self.word || (!self.is_base && lexicon.readings(&self.word).any(|of_word| of_word.is(&base))) {
                return Verdict::Form;
            }
            first = first.or(Some(base));
        }
        first.map_or(Verdict::Unconfirmed, Verdict::FormOf)
    }
}

/// Whether a form that the lexicon has as an adjective of its own is plainly a verb's participle all the same.
pub(super) fn is_participle(form: &str) -> bool {
    form.ends_with("ende") || form.ends_with("ande") || (form.len() >= 7 && form.ends_with(['t', 'd']))
}

impl Evidence {
    fn with(self, other: Self) -> Self {
        Self {
            is_listed: self.is_listed || other.is_listed,
            is_made_nynorsk: self.is_made_nynorsk || other.is_made_nynorsk,
            is_nynorsk: self.is_nynorsk || other.is_nynorsk,
            kind: self.kind.min(other.kind),
        }
    }
}
