//! One word of a pattern: exact, with wildcards, with edits, or as it is.
//!
//! What a word is, the tokeniser of the text decides ([`Tokens`]), so that a pattern and the text it is meant for
//! are cut alike: `f.eks.` and `e-læring` are one word, `R&D` is two next to each other, and `og/eller` is two
//! between which a phrase stops.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::{
    PatternProblem,
    ast::{Atom, AtomKind, Element, GlobPart},
    lexer::Letter,
};
use crate::{
    diag::shortened,
    language::Tokens,
    text::{Span, fold},
};

/// One word, or what stands in its place, with the places where a phrase that holds it would stop.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// The word; `None` for what is none, such as a lone `&`.
    pub(super) element: Option<Element>,
    /// Its position in the source.
    pub(super) range: Range<usize>,
    /// Punctuation stands before it that ends a phrase.
    pub(super) break_before: bool,
    /// And after it.
    pub(super) break_after: bool,
}

impl Piece {
    pub(super) fn word(kind: AtomKind, range: Range<usize>) -> Self {
        let span = Span::new(range.start, range.end);
        let element = Some(Element::Atom(Atom { kind, span }));
        Self { element, range, break_before: false, break_after: false }
    }
}

/// The words in `letters`, which were written without a blank between them at `range`.
pub(super) fn read(letters: &[Letter], range: Range<usize>) -> Result<Vec<Piece>, PatternProblem> {
    let n_marks = letters.iter().take(2).take_while(|letter| letter.is('=')).count();
    let (marks, rest) = letters.split_at(n_marks);
    let tilde = rest.iter().position(|letter| letter.is('~'));
    let has_wildcard = rest.iter().any(|letter| letter.is('*') || letter.is('?'));
    if let Some(tilde) = tilde {
        if n_marks > 0 || has_wildcard {
            return Err(mixed(range));
        }
        return fuzzy(rest, tilde, range).map(|piece| vec![piece]);
    }
    if has_wildcard {
        return if n_marks > 0 { Err(mixed(range)) } else { wildcard(rest, range).map(|piece| vec![piece]) };
    }
    if rest.is_empty() && n_marks > 0 {
        let mark = "=".repeat(marks.len());
        let problem = PatternProblem::new(
            "pattern/no-word",
            range.clone(),
            format!("there is no word after `{mark}`"),
            "expected a word right behind it",
        );
        return Err(problem.hint(format!("for exact words next to each other write `\"{mark}ny {mark}giv\"`")));
    }
    Ok(words(rest, n_marks, range))
}

fn mixed(range: Range<usize>) -> PatternProblem {
    PatternProblem::new(
        "pattern/mixed-forms",
        range,
        "`=`, wildcards and `~` cannot be combined in one word",
        "expected one of them",
    )
    .hint(
        "a wildcard already matches whole words, without inflection; put a backslash before a character that is meant \
         literally",
    )
}

/// `forankring`, `=forankret`, `==SI`: words as they stand, the last two with `n_marks` of 1 and 2.
fn words(letters: &[Letter], n_marks: usize, range: Range<usize>) -> Vec<Piece> {
    let cut = Cut::of(letters.iter().map(|letter| letter.character));
    let mut pieces: Vec<Piece> = cut
        .words
        .iter()
        .map(|word| {
            let kind = match n_marks {
                0 => AtomKind::Word(with_hyphen(&word.form, &letters[word.letters.clone()])),
                1 => AtomKind::Exact(word.form.clone()),
                _ => AtomKind::ExactCase(
                    letters[word.letters.clone()].iter().map(|letter| letter.character).nfc().collect(),
                ),
            };
            let written = letters[word.letters.start].start..letters[word.letters.end - 1].end;
            Piece { break_before: word.after_break, ..Piece::word(kind, written) }
        })
        .collect();
    match pieces.as_mut_slice() {
        [] => pieces.push(Piece { element: None, range, break_before: cut.ends_in_break, break_after: false }),
        [.., last] => last.break_after = cut.ends_in_break,
    }
    pieces
}

/// The form with the hyphen that suspends it: by itself, `politiker-` looks like a word with a dash typed carelessly.
fn with_hyphen(form: &str, letters: &[Letter]) -> String {
    let is_hyphen = |letter: &Letter| matches!(letter.character, '-' | '\u{2010}' | '\u{2011}');
    let is_suspended = letters.last().is_some_and(is_hyphen) && !form.ends_with('-');
    if is_suspended { format!("{form}-") } else { form.to_owned() }
}

fn fuzzy(letters: &[Letter], tilde: usize, range: Range<usize>) -> Result<Piece, PatternProblem> {
    let sign = letters[tilde];
    let number: String = letters[tilde + 1..].iter().map(|letter| letter.character).collect();
    let edits = match number.as_str() {
        "1" => 1,
        "2" => 2,
        _ => {
            return Err(PatternProblem::new(
                "pattern/bad-edits",
                sign.start..range.end,
                format!("`~{}` is not a number of edits", shortened(&number)),
                "expected `~1` or `~2`",
            )
            .hint("a `~` itself is written `\\~`"));
        }
    };
    if tilde == 0 {
        return Err(PatternProblem::new(
            "pattern/no-word",
            range,
            "there is no word before `~`",
            "expected a word right before it",
        )
        .hint("for words near each other write `støtte NEAR/5 ledelse`"));
    }
    let cut = Cut::of(letters[..tilde].iter().map(|letter| letter.character));
    match cut.words.as_slice() {
        [word] => {
            let kind = AtomKind::Fuzzy { word: word.form.clone(), edits };
            Ok(Piece { break_before: word.after_break, ..Piece::word(kind, range) })
        }
        words => Err(not_one_word(range, "`~`", words.len())),
    }
}

fn wildcard(letters: &[Letter], range: Range<usize>) -> Result<Piece, PatternProblem> {
    let is_wild = |letter: &Letter| letter.is('*') || letter.is('?');
    let read = |letters: &[Letter], stand_in| {
        Cut::of(letters.iter().map(|letter| if is_wild(letter) { stand_in } else { letter.character }))
    };
    // A wildcard may stand for letters or for digits; what is around it decides what makes one word with it.
    let cuts = ['x', '1'].map(|stand_in| (stand_in, read(letters, stand_in)));
    let n_wild = letters.iter().filter(|letter| is_wild(letter)).count();
    let fits = |(stand_in, cut): &&(char, Cut)| {
        let [word] = cut.words.as_slice() else { return false };
        let word = &letters[word.letters.clone()];
        // What stands in for a wildcard may fall to what is no word: then the wildcard is no part of the one that is
        // left. And what is left may be a word only behind what falls away.
        word.iter().filter(|letter| is_wild(letter)).count() == n_wild && read(word, *stand_in).words.len() == 1
    };
    let Some((_, cut)) = cuts.iter().find(fits) else {
        let n_words = cuts[0].1.words.len();
        return Err(not_one_word(range, "a wildcard", if n_words == 1 { 2 } else { n_words }));
    };
    let word = &cut.words[0];
    let mut parts = Vec::new();
    let mut literal = String::new();
    for letter in &letters[word.letters.clone()] {
        if !is_wild(letter) {
            literal.push(letter.character);
            continue;
        }
        if !literal.is_empty() {
            parts.push(GlobPart::Literal(fold(&std::mem::take(&mut literal))));
        }
        match letter.character {
            '?' => parts.push(GlobPart::One),
            _ if parts.last() != Some(&GlobPart::Any) => parts.push(GlobPart::Any),
            _ => {}
        }
    }
    if !literal.is_empty() {
        parts.push(GlobPart::Literal(fold(&literal)));
    }
    let is_any = parts == [GlobPart::Any];
    let mut piece = Piece::word(AtomKind::Wildcard(parts), range);
    if is_any {
        piece.element = Some(Element::Any);
    }
    Ok(Piece { break_before: word.after_break, break_after: cut.ends_in_break, ..piece })
}

fn not_one_word(range: Range<usize>, what: &str, n_words: usize) -> PatternProblem {
    let label = match n_words {
        0 => "there is no word here",
        _ => "this is several words in a text",
    };
    PatternProblem::new("pattern/not-one-word", range, format!("{what} works within one word"), label)
        .hint("write each word separately, with a space between them")
}

/// Characters as the tokeniser cuts them.
struct Cut {
    words: Vec<CutWord>,
    /// Punctuation behind the last word ends a phrase.
    ends_in_break: bool,
}

struct CutWord {
    form: String,
    /// Which of the characters.
    letters: Range<usize>,
    after_break: bool,
}

impl Cut {
    fn of(characters: impl Iterator<Item = char>) -> Self {
        let mut text = String::new();
        let mut starts = Vec::new();
        for character in characters {
            starts.push(text.len());
            text.push(character);
        }
        let tokens = Tokens::of(&text);
        let letter_at = |byte: u32| starts.partition_point(|start| *start < byte as usize);
        let mut words: Vec<CutWord> = tokens
            .words()
            .iter()
            .enumerate()
            .map(|(index, word)| CutWord {
                form: tokens.form(index).to_owned(),
                letters: letter_at(word.start)..letter_at(word.end),
                after_break: word.after_break,
            })
            .filter(|word| !word.letters.is_empty())
            .collect();
        // Words on either side show whether what stands at the ends breaks a phrase.
        let between = Tokens::of(&format!("x {text} x"));
        let is_broken = |index: usize| between.words().get(index).is_some_and(|word| word.after_break);
        if let Some(first) = words.first_mut() {
            first.after_break = is_broken(1);
        }
        let ends_in_break = between.words().len() > 1 && is_broken(between.words().len() - 1);
        Self { words, ends_in_break }
    }
}
