//! Forms recognised by everything but inflection: exactly as written, by wildcards, edits and regular expressions.

use aho_corasick::AhoCorasick;
use rayon::prelude::*;

use crate::codebook::pattern::{AtomKind, GlobPart, word_regex};
use crate::language::{BROKEN, FormList, GROUP, Grade};
use crate::text::{fold, narrow};

/// Many matchers, run together.
pub(super) struct Matchers {
    matchers: Vec<Matcher>,
    /// The longest literal of each wildcard that does not begin with one.
    literals: Option<AhoCorasick>,
    /// The matcher of each literal.
    of_literal: Vec<usize>,
}

impl Matchers {
    pub(super) fn new<'a>(kinds: impl Iterator<Item = &'a AtomKind>) -> Self {
        let matchers: Vec<Matcher> = kinds.map(Matcher::new).collect();
        let (of_literal, literals): (Vec<usize>, Vec<&str>) = matchers
            .iter()
            .enumerate()
            .filter_map(|(number, matcher)| match matcher.way() {
                Way::Part(literal) => Some((number, literal)),
                _ => None,
            })
            .unzip();
        // Without it, each of these wildcards looks through all forms by itself.
        let literals = AhoCorasick::new(literals).ok();
        Self { matchers, literals, of_literal }
    }

    /// For each matcher, how it accepts forms, and the places in `forms`, ascending, of those that it does.
    pub(super) fn resolve(&self, forms: &FormList) -> Vec<(Grade, Vec<u32>)> {
        if self.matchers.is_empty() {
            return Vec::new();
        }
        let shown = Shown::of(forms);
        let by_way = |matcher: &Matcher| match matcher.way() {
            Way::Part(_) if self.literals.is_some() => Vec::new(),
            Way::Exact(exact) => shown.exactly(exact),
            Way::Beginning(literal) => shown.that_match(literal, matcher),
            Way::Part(_) | Way::All => shown.that_match("", matcher),
        };
        let mut found: Vec<Vec<u32>> = self.matchers.par_iter().map(by_way).collect();
        for (matcher, form) in self.with_literals(&shown) {
            found[matcher].push(form);
        }
        let sorted = |(matcher, mut forms): (&Matcher, Vec<u32>)| {
            forms.sort_unstable();
            forms.dedup();
            (matcher.grade(), forms)
        };
        self.matchers.iter().zip(found).map(sorted).collect()
    }

    /// Wildcards that do not begin with a literal, and the forms that they match.
    fn with_literals(&self, shown: &Shown<'_>) -> Vec<(usize, u32)> {
        let Some(literals) = self.literals.as_ref().filter(|_| !self.of_literal.is_empty()) else {
            return Vec::new();
        };
        let is_match = |word: &str, literal: usize| {
            let matcher = self.of_literal[literal];
            self.matchers[matcher].is_match(word).then_some(matcher)
        };
        let plain = shown.list.holding(literals).filter(|(form, _)| !shown.is_unusual[*form as usize]);
        let plain =
            plain.filter_map(|(form, literal)| Some((is_match(shown.list.form(form as usize), literal)?, form)));
        let mut found: Vec<(usize, u32)> = plain.collect();
        for piece in &shown.pieces {
            let inside = literals.find_overlapping_iter(&piece.word);
            let inside = inside.filter_map(|literal| is_match(&piece.word, literal.pattern().as_usize()));
            found.extend(inside.map(|matcher| (matcher, piece.form)));
        }
        found
    }
}

/// By what the forms of a matcher can be looked up.
enum Way<'m> {
    /// They are this word.
    Exact(&'m str),
    /// They begin so.
    Beginning(&'m str),
    /// They hold this.
    Part(&'m str),
    /// No index helps: every form must be tested.
    All,
}

/// The forms of a vocabulary, and the words that unusual ones show.
struct Shown<'v> {
    list: &'v FormList,
    /// By form: it has hyphens, is a group, or is no word at all.
    is_unusual: Vec<bool>,
    /// What unusual forms show instead of themselves, sorted by word.
    pieces: Vec<Piece>,
}

struct Piece {
    word: String,
    form: u32,
    /// It is the form without the hyphens at its ends.
    is_whole: bool,
}

impl<'v> Shown<'v> {
    fn of(list: &'v FormList) -> Self {
        let mut is_unusual = vec![false; list.len()];
        list.unusual().iter().for_each(|form| is_unusual[*form as usize] = true);
        let unusual = list.unusual().iter().map(|form| (*form, list.form(*form as usize)));
        let mut pieces: Vec<Piece> = unusual
            .flat_map(|(form, text)| {
                let shows_whole = !text.contains(GROUP);
                let piece = move |(at, word)| Piece { word, form, is_whole: shows_whole && at == 0 };
                pieces(text).into_iter().enumerate().map(piece)
            })
            .collect();
        pieces.sort_by(|a, b| (&a.word, a.form).cmp(&(&b.word, b.form)));
        Self { list, is_unusual, pieces }
    }

    /// The pieces that begin with `beginning`.
    fn pieces_with(&self, beginning: &str) -> &[Piece] {
        let start = self.pieces.partition_point(|piece| piece.word.as_str() < beginning);
        let length = self.pieces[start..].partition_point(|piece| piece.word.starts_with(beginning));
        &self.pieces[start..start + length]
    }

    /// The forms that are `word`, with or without hyphens at their ends.
    fn exactly(&self, word: &str) -> Vec<u32> {
        let own = self.list.find(word).map(narrow);
        let whole = self.pieces_with(word).iter().take_while(|piece| piece.word == word).filter(|piece| piece.is_whole);
        own.into_iter().chain(whole.map(|piece| piece.form)).collect()
    }

    /// The forms that show a word that begins with `beginning` and that `matcher` matches.
    fn that_match(&self, beginning: &str, matcher: &Matcher) -> Vec<u32> {
        let plain = self.list.beginning_with(beginning);
        let plain = plain.filter(|form| !self.is_unusual[*form] && matcher.is_match(self.list.form(*form)));
        let pieces = self.pieces_with(beginning).iter().filter(|piece| matcher.is_match(&piece.word));
        plain.map(narrow).chain(pieces.map(|piece| piece.form)).collect()
    }
}

/// Recognises forms by everything but inflection.
enum Matcher {
    /// This whole form.
    Exact(String),
    /// Over the whole word or a part between hyphens.
    Wildcard(Vec<GlobPart>),
    Fuzzy {
        word: String,
        edits: u8,
    },
    Regex(Option<regex::Regex>),
}

impl Matcher {
    fn new(kind: &AtomKind) -> Self {
        match kind {
            AtomKind::Word(word) | AtomKind::Exact(word) => Self::Exact(word.clone()),
            AtomKind::ExactCase(word) => Self::Exact(fold(word)),
            AtomKind::Wildcard(parts) => Self::Wildcard(parts.clone()),
            AtomKind::Fuzzy { word, edits } => Self::Fuzzy { word: word.clone(), edits: *edits },
            // The pattern parser has compiled it before; one that does not compile matches nothing.
            AtomKind::Regex(source) => Self::Regex(word_regex(source).ok()),
        }
    }

    fn grade(&self) -> Grade {
        match self {
            Self::Exact(_) => Grade::Exact,
            Self::Wildcard(_) => Grade::Wildcard,
            Self::Fuzzy { .. } => Grade::Fuzzy,
            Self::Regex(_) => Grade::Regex,
        }
    }

    /// Whether one word, without regard to hyphens, is met.
    fn is_match(&self, word: &str) -> bool {
        match self {
            Self::Exact(exact) => exact == word,
            Self::Wildcard(parts) => glob_matches(parts, word),
            Self::Fuzzy { word: wanted, edits } => within_edits(wanted, word, *edits),
            Self::Regex(regex) => regex.as_ref().is_some_and(|regex| regex.is_match(word)),
        }
    }

    /// By what its forms can be looked up.
    fn way(&self) -> Way<'_> {
        match self {
            Self::Exact(exact) => Way::Exact(exact),
            Self::Wildcard(parts) => match parts.first() {
                Some(GlobPart::Literal(beginning)) => Way::Beginning(beginning),
                _ => longest_literal(parts).map_or(Way::All, Way::Part),
            },
            Self::Fuzzy { .. } | Self::Regex(_) => Way::All,
        }
    }
}

/// The words that a form shows to wildcards, regular expressions and edits: itself, and the parts between
/// its hyphens; for a broken word the whole word. A suspended compound shows nothing beyond its parts.
fn pieces(form: &str) -> Vec<String> {
    if let Some((body, _)) = form.rsplit_once(GROUP) {
        return match body.split_once(BROKEN) {
            Some((left, right)) => vec![format!("{}{right}", left.trim_end_matches('-'))],
            None => Vec::new(),
        };
    }
    let whole = form.trim_matches('-');
    let mut pieces = vec![whole.to_owned()];
    if whole.contains('-') {
        pieces.extend(whole.split('-').filter(|piece| !piece.is_empty()).map(str::to_owned));
    }
    pieces
}

/// Whether the parts cover the whole word.
fn glob_matches(parts: &[GlobPart], word: &str) -> bool {
    // Where to resume when a literal fails: behind the last `*`, one character later.
    let (mut part, mut rest) = (0, word);
    let mut resume: Option<(usize, &str)> = None;
    loop {
        let step = match parts.get(part) {
            None => rest.is_empty().then_some(rest),
            Some(GlobPart::Any) => {
                part += 1;
                resume = Some((part, rest));
                continue;
            }
            Some(GlobPart::One) => rest.chars().next().map(|first| &rest[first.len_utf8()..]),
            Some(GlobPart::Literal(literal)) => rest.strip_prefix(literal.as_str()),
        };
        match (step, &mut resume) {
            (Some(_), _) if part >= parts.len() => return true,
            (Some(next), _) => {
                part += 1;
                rest = next;
            }
            (None, Some((resume_part, resume_rest))) => {
                let Some(first) = resume_rest.chars().next() else { return false };
                *resume_rest = &resume_rest[first.len_utf8()..];
                part = *resume_part;
                rest = resume_rest;
            }
            (None, None) => return false,
        }
    }
}

/// Whether at most this many insertions, deletions, replacements or swaps of neighbours turn one word into the other.
fn within_edits(wanted: &str, word: &str, edits: u8) -> bool {
    let edits = usize::from(edits);
    // An edit adds or removes at most two letters from the set of those that a word has.
    let letters = |word: &str| word.chars().fold(0_u64, |set, letter| set | 1 << (u32::from(letter) % 64));
    let differ = (letters(wanted) ^ letters(word)).count_ones() as usize;
    if wanted.len().abs_diff(word.len()) > edits * 4 || differ > edits * 2 {
        return false;
    }
    strsim::osa_distance(wanted, word) <= edits
}

fn longest_literal(parts: &[GlobPart]) -> Option<&str> {
    let literals = parts.iter().filter_map(|part| match part {
        GlobPart::Literal(literal) => Some(literal.as_str()),
        GlobPart::Any | GlobPart::One => None,
    });
    literals.max_by_key(|literal| literal.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glob(pattern: &str) -> Vec<GlobPart> {
        let mut parts = Vec::new();
        for character in pattern.chars() {
            match (character, parts.last_mut()) {
                ('*', _) => parts.push(GlobPart::Any),
                ('?', _) => parts.push(GlobPart::One),
                (other, Some(GlobPart::Literal(literal))) => literal.push(other),
                (other, _) => parts.push(GlobPart::Literal(other.to_string())),
            }
        }
        parts
    }

    #[test]
    fn wildcards_cover_the_whole_word() {
        for (pattern, word, expected) in [
            ("forankr*", "forankret", true),
            ("forankr*", "uforankret", false),
            ("*sjel*", "ildsjelene", true),
            ("*sjel*", "sjel", true),
            ("prosjektt?etthet", "prosjekttretthet", true),
            ("prosjektt?etthet", "prosjekttretthets", false),
            ("?re", "øre", true),
            ("*a*b", "xaabab", true),
            ("*a*b", "xaaba", false),
            ("*", "", true),
        ] {
            assert_eq!(glob_matches(&glob(pattern), word), expected, "{pattern} {word}");
        }
    }

    impl Matcher {
        /// Whether the form is met: the slow, obvious definition.
        fn accepts(&self, form: &str) -> bool {
            match self {
                Self::Exact(exact) => exact == form || exact == form.trim_matches('-') && !form.contains(GROUP),
                _ if form.contains(['-', GROUP]) => pieces(form).iter().any(|piece| self.is_match(piece)),
                _ => self.is_match(form),
            }
        }
    }

    #[test]
    fn many_asked_at_once_answer_as_each_by_itself() {
        let wildcard = |pattern| AtomKind::Wildcard(glob(pattern));
        let kinds = [
            AtomKind::Exact("læring".to_owned()),
            AtomKind::Exact("e-læring".to_owned()),
            AtomKind::ExactCase("Lære".to_owned()),
            wildcard("lær*"),
            wildcard("*ring"),
            wildcard("*læ*ing*"),
            wildcard("?ære"),
            wildcard("*"),
            AtomKind::Fuzzy { word: "læring".to_owned(), edits: 1 },
            AtomKind::Regex("l.*g".to_owned()),
        ];
        let mut forms = ["e-læring", "inno-\u{1e}læring\u{1f}2", "innlæring", "helse-\u{1f}læring\u{1f}3"].to_vec();
        forms.extend(["-læring", "lære", "læring", "læring-", "læringer", "lær-og-lær", "nær"]);
        forms.sort_unstable();
        let resolved = Matchers::new(kinds.iter()).resolve(&forms.iter().copied().collect());
        for (kind, (_, found)) in kinds.iter().zip(resolved) {
            let matcher = Matcher::new(kind);
            let expected: Vec<u32> =
                (0..).zip(&forms).filter(|(_, form)| matcher.accepts(form)).map(|(n, _)| n).collect();
            assert_eq!(found, expected, "{kind:?}");
        }
    }

    #[test]
    fn wildcards_see_hyphenated_parts_and_exact_words_do_not() {
        let wildcard = Matcher::new(&AtomKind::Wildcard(glob("lær*")));
        assert!(wildcard.accepts("e-læring"));
        assert!(!wildcard.accepts("innlæring"));
        let exact = Matcher::new(&AtomKind::Exact("læring".to_owned()));
        assert!(exact.accepts("læring"));
        assert!(!exact.accepts("e-læring"));
    }

    #[test]
    fn edits_count_characters() {
        assert!(within_edits("prosjekttretthet", "prosjektrtetthet", 1));
        assert!(within_edits("læring", "lering", 1));
        assert!(!within_edits("læring", "leringen", 1));
    }
}
