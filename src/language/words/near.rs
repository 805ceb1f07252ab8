//! The forms that a word does not accept although they look like it, and why: what a researcher looks through to see
//! whether a pattern misses something.

use std::fmt;

use super::compound::{Refusal, Whole};
use super::derivation::relatives;
use super::lexicon::Lexicon;
use super::matcher::WordMatcher;
use super::paradigm::{Paradigm, Verdict};
use super::shape::Shape;

/// Why a near form is not accepted. Printed, it explains itself in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rejection {
    /// The dictionary knows it as a form of other words only.
    FormOf {
        /// The first of them.
        base: String,
    },
    /// The pattern's word is itself a form of this one's word.
    FormInPattern {
        /// That word.
        base: String,
    },
    /// It is a word of the same stem, and the pattern does not derive.
    SameStem,
    /// It is a compound with the word last, and the pattern takes none.
    HeadNotAsked,
    /// It is a compound with the word first, and the pattern does not take those.
    ModifierNotAsked,
    /// A prefix makes another word of it.
    Prefix {
        /// The prefix.
        prefix: String,
    },
    /// It holds the word's letters, but what is left over is no word.
    LeftOver {
        /// What is left over.
        rest: String,
    },
    /// The word stands inside it, neither first nor last.
    Inside,
    /// It begins like the word.
    BeginsAlike,
    /// It is one or two letters away.
    SpeltAlike {
        /// How many.
        edits: u8,
    },
}

impl Rejection {
    /// Whether the researcher may well have meant the form: something about the pattern could be changed to match it.
    #[must_use]
    pub fn may_be_meant(&self) -> bool {
        match self {
            Self::FormInPattern { .. }
            | Self::SameStem
            | Self::HeadNotAsked
            | Self::ModifierNotAsked
            | Self::Inside
            | Self::BeginsAlike
            | Self::SpeltAlike { .. } => true,
            Self::FormOf { .. } | Self::Prefix { .. } | Self::LeftOver { .. } => false,
        }
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FormOf { base } => write!(f, "another word: the dictionary lists it under `{base}`"),
            Self::FormInPattern { base } => {
                write!(f, "the pattern is one form of this word; the pattern `{base}` would match all its forms")
            }
            Self::SameStem => f.write_str("a related word: list it as a pattern, or set `derive = true`"),
            Self::HeadNotAsked => {
                f.write_str("a compound that ends in the word: `compounds = \"head\"` would match it")
            }
            Self::ModifierNotAsked => {
                f.write_str("a compound that begins with the word: `compounds = \"both\"` would match it")
            }
            Self::Prefix { prefix } => write!(f, "the prefix `{prefix}` makes it another word"),
            Self::LeftOver { rest } => write!(f, "contains the word, but the remaining `{rest}` is not a word"),
            Self::Inside => {
                f.write_str("contains the word in the middle: a pattern with `*` on both sides would match it")
            }
            Self::BeginsAlike => f.write_str("begins the same, but is not a known form of the word"),
            Self::SpeltAlike { edits: 1 } => f.write_str("one letter differs: another word, or a typing error"),
            Self::SpeltAlike { .. } => f.write_str("two letters differ: another word, or typing errors"),
        }
    }
}

/// Words shorter than this are like too many others.
const MIN_LENGTH: usize = 4;

/// What is worked out once for a word whose near forms are asked for.
#[derive(Debug, Clone)]
pub(super) struct Likeness {
    /// The first four to six letters, more of them for longer words.
    pub(super) beginning: String,
    /// The word in three pieces: two edits leave one of them whole.
    pieces: [String; 3],
    /// How many edits are few for the word's length.
    pub(super) most_edits: u8,
    /// The words of the same stem.
    relatives: Vec<Paradigm>,
}

impl Likeness {
    /// Nothing for short words.
    fn of(matcher: &WordMatcher) -> Option<Self> {
        let word = matcher.query.word.as_str();
        let length = word.chars().count();
        let cut = |at: usize| word.char_indices().nth(at).map_or(word.len(), |(at, _)| at);
        let (one, two) = (cut(length / 3), cut(length * 2 / 3));
        let base = matcher.bases.first().map_or(word, |(base, _)| base.word.as_str());
        let languages = &matcher.query.languages;
        (length >= MIN_LENGTH).then(|| Self {
            beginning: word[..cut(match length {
                0..7 => 4,
                7..10 => 5,
                _ => 6,
            })]
                .to_owned(),
            pieces: [&word[..one], &word[one..two], &word[two..]].map(str::to_owned),
            most_edits: if length < 8 { 1 } else { 2 },
            relatives: relatives(base).iter().map(|word| Paradigm::new(word, languages)).collect(),
        })
    }

    /// The edits between `word` and `form`, if they are few.
    fn edits(&self, word: &str, form: &str) -> Option<u8> {
        let most = usize::from(self.most_edits);
        let is_close = word.len().abs_diff(form.len()) <= 2 * most
            && self.pieces.iter().any(|piece| form.contains(piece.as_str()));
        let edits = is_close.then(|| strsim::osa_distance(word, form))?;
        u8::try_from(edits).ok().filter(|edits| (1..=self.most_edits).contains(edits))
    }
}

impl WordMatcher {
    /// Nothing for words that are too short to be like others.
    pub(super) fn likeness(&self) -> Option<&Likeness> {
        self.likeness.get_or_init(|| Likeness::of(self)).as_ref()
    }

    /// Why `form` is not accepted, if it looks as if it might be; nothing for forms that are accepted or far away.
    #[must_use]
    pub fn near(&self, form: &str) -> Option<Rejection> {
        let likeness = self.likeness()?;
        let word = self.query.word.as_str();
        let looks_alike = form.starts_with(&likeness.beginning)
            || (form.len() > word.len() && form.contains(word))
            || likeness.edits(word, form).is_some();
        let is_one_word = || matches!(Shape::of(form), Shape::Plain(_) | Shape::Hyphenated(_));
        if !looks_alike || !is_one_word() || self.accept(form).is_some() {
            return None;
        }
        self.not_asked(form, likeness)
            .or_else(|| self.vetoed(form))
            .or_else(|| self.form_in_pattern(form))
            .or_else(|| self.refused(form))
            .or_else(|| other_word(form))
            .or_else(|| Some(self.alike(form, likeness)))
    }

    fn vetoed(&self, form: &str) -> Option<Rejection> {
        self.bases.iter().find_map(|(paradigm, _)| match paradigm.judge(paradigm.position(form)?) {
            Verdict::FormOf(base) => Some(Rejection::FormOf { base }),
            Verdict::Form | Verdict::Unconfirmed => None,
        })
    }

    fn form_in_pattern(&self, form: &str) -> Option<Rejection> {
        let lexicon = Lexicon::get();
        if lexicon.is_base(&self.query.word) {
            return None;
        }
        let bases = lexicon.readings(&self.query.word).map(|reading| reading.base());
        let shared = bases.filter(|base| self.bases.iter().all(|(own, _)| own.word != *base));
        let mut shared = shared.filter(|base| lexicon.readings(form).any(|reading| reading.is(base)));
        shared.next().map(|base| Rejection::FormInPattern { base })
    }

    fn not_asked(&self, form: &str, likeness: &Likeness) -> Option<Rejection> {
        if !self.query.derive && likeness.relatives.iter().any(|relative| relative.accepts(form)) {
            return Some(Rejection::SameStem);
        }
        let whole = Whole::of(form);
        let mut cuts = form.char_indices().map(|(at, _)| at).skip(2);
        if !self.takes_heads() && cuts.any(|at| self.is_head(&whole, at)) {
            return Some(Rejection::HeadNotAsked);
        }
        let begins = |part: &String| form.starts_with(part.as_str()) && self.is_modifier(&whole, part.len());
        let is_modifier = !self.takes_modifiers() && self.first_parts.iter().any(begins);
        is_modifier.then_some(Rejection::ModifierNotAsked)
    }

    fn refused(&self, form: &str) -> Option<Rejection> {
        let whole = Whole::of(form);
        let cuts = form.char_indices().map(|(at, _)| at).skip(1);
        cuts.flat_map(|at| self.heads(&whole, at)).find_map(|refusal| match refusal.err()? {
            Refusal::FormOf(base) => Some(Rejection::FormOf { base }),
            Refusal::Prefix(prefix) => Some(Rejection::Prefix { prefix }),
            Refusal::NoWord(rest) => Some(Rejection::LeftOver { rest }),
        })
    }

    fn alike(&self, form: &str, likeness: &Likeness) -> Rejection {
        let word = self.query.word.as_str();
        if form.starts_with(&likeness.beginning) {
            Rejection::BeginsAlike
        } else if let Some(edits) = likeness.edits(word, form) {
            Rejection::SpeltAlike { edits }
        } else if let Some(rest) = form.strip_suffix(word) {
            Rejection::LeftOver { rest: rest.to_owned() }
        } else {
            Rejection::Inside
        }
    }
}

fn other_word(form: &str) -> Option<Rejection> {
    let base = Lexicon::get().readings(form).next()?.base();
    Some(Rejection::FormOf { base })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Compounds, Language, WordQuery};

    #[track_caller]
    fn check(word: &str, form: &str, expected: &str) {
        let matcher = WordMatcher::new(&WordQuery {
            word: word.to_owned(),
            languages: vec![Language::Bokmaal, Language::Nynorsk],
            compounds: Compounds::Head,
            derive: false,
        });
        let found = matcher.near(form).map_or_else(|| "-".to_owned(), |rejection| rejection.to_string());
        assert!(found.contains(expected), "{word}, {form}: {found}");
    }

    #[test]
    fn near_forms_say_why_they_are_not_accepted() {
        check("ledelse", "ledelsesforankring", "compounds = \"both\"");
        check("ledelse", "ledes", "-");
        check("forankring", "forankret", "derive = true");
        check("tillit", "mistillit", "the prefix `mis`");
        check("tålmodig", "utålmodig", "the prefix `u`");
        check("læring", "erklæring", "`erk`");
        check("innovere", "innover", "under `innover`");
        check("kommune", "kommunisere", "under `kommunisere`");
        check("forankring", "foranrking", "differ");
        check("forankring", "forankringsxyz", "begins the same");
    }

    proptest::proptest! {
        #[test]
        fn any_form_is_looked_at(form in "\\PC{0,12}|[a-zæøå\\-\u{1e}\u{1f}]{0,20}", tail in "[a-zæøå-]{0,6}") {
            let languages = vec![Language::Bokmaal, Language::Nynorsk];
            let query = WordQuery { word: "forankring".to_owned(), languages, compounds: Compounds::Head, derive: false };
            let matcher = WordMatcher::new(&query);
            for form in [form.clone(), format!("{form}forankring{tail}"), format!("forank{form}{tail}")] {
                assert!(matcher.accept(&form).is_none() || matcher.near(&form).is_none(), "{form}");
            }
        }
    }

    #[test]
    fn accepted_and_distant_forms_have_no_reason() {
        check("forankring", "forankringa", "-");
        check("forankring", "båt", "-");
        check("år", "års", "-");
    }
}
