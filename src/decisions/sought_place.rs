//! What a decision looks for, and which of the places where its quote occurs can be its own.

use super::decision::Decision;
use super::surroundings::{Fit, Likeness, Side, Way, end_label};
use crate::language::Tokens;
use crate::text::narrow;

/// A quote of this many words between its neighbours is recognised by itself, whatever happened to the words around it.
const LONG_QUOTE: usize = 12;
/// A mark of the document's edge is trusted in contexts of fewer characters; in longer ones it may be a line end.
const SHORT_CONTEXT: usize = 40;
/// Words of context that are compared, the nearest ones; what is kept with a decision here has fewer.
const MAX_CONTEXT_WORDS: usize = 128;
/// A passage that somebody describes, without a position, is recognised by this many words.
pub(super) const DESCRIBED_WORDS: usize = 5;

/// What is looked for.
pub(super) struct Wanted<'t> {
    pub(super) forms: Vec<&'t str>,
    /// Whether a line ends right before the word, so that the words from here may be a label between segments.
    pub(super) after_line: Vec<bool>,
    /// Whether a label can end right before the word.
    pub(super) after_label: Vec<bool>,
    /// Whether the first and the last word are parts of words.
    pub(super) is_cut: (bool, bool),
    pub(super) before: Side<'t>,
    pub(super) after: Side<'t>,
}

/// A place where the wanted words occur, and how the text around it fits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    /// First word.
    pub(super) first: usize,
    /// One past the last word.
    pub(super) end: usize,
    pub(super) left: Fit,
    pub(super) right: Fit,
}

impl Candidate {
    pub(super) fn likeness(&self) -> Option<Likeness> {
        Fit::both(self.left, self.right)
    }

    /// How many words of the context are around it, in order.
    fn n_common(&self) -> usize {
        self.left.n_common + self.right.n_common
    }

    /// How many of these are in its own segment.
    fn n_own(&self) -> usize {
        self.left.n_own + self.right.n_own
    }

    fn has_neighbour(&self) -> bool {
        self.left.has_neighbour() || self.right.has_neighbour()
    }
}

impl<'t> Wanted<'t> {
    /// Reads the texts by which a decision is found again as words.
    pub(super) fn new(decision: &'t Decision, quote: &'t Tokens, before: &'t Tokens, after: &'t Tokens) -> Self {
        let forms = |tokens: &'t Tokens| (0..tokens.words().len()).map(|word| tokens.form(word)).collect::<Vec<_>>();
        let joins =
            |left: &str, right: &str| left.ends_with(char::is_alphanumeric) && right.starts_with(char::is_alphanumeric);
        let mut end = 0;
        let gaps = quote.words().iter().map(|word| {
            let gap = &decision.quote[end..word.start as usize];
            end = word.end as usize;
            (gap.contains('\n'), end_label(gap))
        });
        let (after_line, after_label) = gaps.unzip();
        let is_cut = (joins(&decision.before, &decision.quote), joins(&decision.quote, &decision.after));
        Self {
            forms: forms(quote),
            after_line,
            after_label,
            is_cut,
            before: side(Way::Left, before, decision, is_cut.0),
            after: side(Way::Right, after, decision, is_cut.1),
        }
    }

    /// The wanted quote without its first `n` words, if these can be a label, which comes before a segment.
    pub(super) fn without_label(&self, n: usize) -> Option<Self> {
        self.after_label.get(n)?.then(|| Self {
            forms: self.forms[n..].to_vec(),
            after_line: self.after_line[n..].to_vec(),
            after_label: self.after_label[n..].to_vec(),
            is_cut: (false, self.is_cut.1),
            before: self.before.clone(),
            after: self.after.clone(),
        })
    }
}

/// What a decision keeps of one side; without the nearest word where that is the rest of a word of the quote.
fn side<'t>(way: Way, tokens: &'t Tokens, decision: &'t Decision, is_joined: bool) -> Side<'t> {
    let text = if way == Way::Left { &decision.before } else { &decision.after };
    // Whoever describes a place has no offset, and gives as much context as they like.
    let is_kept = decision.start.is_some() && !(decision.before.is_empty() && decision.after.is_empty());
    let n_characters = text.chars().count();
    // Others may keep as little as they like: that a context is short does not say that nothing stands beyond it.
    let is_all = is_kept
        && match way {
            Way::Left => {
                decision.start == Some(narrow(n_characters)) || n_characters < SHORT_CONTEXT && text.starts_with('\n')
            }
            Way::Right => n_characters < SHORT_CONTEXT && text.ends_with('\n'),
        };
    let n = tokens.words().len();
    let word = |index: usize| {
        let own = tokens.words()[index];
        let gap = match way {
            Way::Left => {
                let next = tokens.words().get(index + 1).map_or(text.len(), |next| next.start as usize);
                &text[own.end as usize..next.max(own.end as usize)]
            }
            Way::Right => {
                let last = index.checked_sub(1).map_or(0, |last| tokens.words()[last].end as usize);
                &text[last.min(own.start as usize)..own.start as usize]
            }
        };
        (tokens.form(index), gap)
    };
    let skipped = usize::from(is_joined);
    let is_all = is_all && n - skipped.min(n) <= MAX_CONTEXT_WORDS;
    match way {
        Way::Left => Side::new(way, (0..n).rev().skip(skipped).take(MAX_CONTEXT_WORDS).map(word), is_all),
        Way::Right => Side::new(way, (0..n).skip(skipped).take(MAX_CONTEXT_WORDS).map(word), is_all),
    }
}

/// The candidates that can be the place of a quote of so many words: its own, as it is or grown; the one that was
/// edited; or a long quote between its own neighbours. Several where nothing tells them apart.
pub(super) fn own(found: &[Candidate], n_words: usize) -> Vec<Candidate> {
    let found = &settled(found);
    let likest = found.iter().filter_map(Candidate::likeness).max();
    match likest {
        Some(Likeness::Edited) => {
            // Where another is as like, the passages are parallel, and the own one is gone.
            let most = found.iter().map(Candidate::n_own).max();
            let alike: Vec<Candidate> = found.iter().filter(|one| Some(one.n_own()) == most).copied().collect();
            if alike.len() == 1 && alike[0].likeness().is_some() { alike } else { Vec::new() }
        }
        Some(likeness) => {
            let same: Vec<Candidate> = found.iter().filter(|one| one.likeness() == Some(likeness)).copied().collect();
            let beside: Vec<Candidate> = same.iter().filter(|one| one.has_neighbour()).copied().collect();
            if beside.is_empty() { same } else { nearest(beside) }
        }
        None if n_words >= LONG_QUOTE => {
            let is_between = |one: &&Candidate| one.left.has_own_neighbour() && one.right.has_own_neighbour();
            let between: Vec<Candidate> = found.iter().filter(is_between).copied().collect();
            if !between.is_empty() {
                return nearest(between);
            }
            // Of a long segment nothing beyond it is known.
            let is_beside = |one: &&Candidate| one.left.is_passage() || one.right.is_passage();
            let beside: Vec<Candidate> = found.iter().filter(is_beside).copied().collect();
            if beside.len() == 1 { beside } else { Vec::new() }
        }
        None => Vec::new(),
    }
}

/// Candidates of which it is known whether what may be labels around them are some.
fn settled(found: &[Candidate]) -> Vec<Candidate> {
    let (n_left, n_right) = found
        .iter()
        .fold((0, 0), |n, one| (n.0 + usize::from(one.left.goes_on()), n.1 + usize::from(one.right.goes_on())));
    let of = |one: &Candidate| Candidate {
        left: one.left.settled(one.right, one.right.goes_on() && n_right == 1),
        right: one.right.settled(one.left, one.left.goes_on() && n_left == 1),
        ..*one
    };
    found.iter().map(of).collect()
}

/// The candidates that a description fits best, most of whose context stands around them or whose quote is long.
pub(super) fn described(found: &[Candidate], wanted: &Wanted<'_>) -> Vec<Candidate> {
    let n_context = wanted.before.n_words() + wanted.after.n_words();
    let fits = |one: &&Candidate| one.n_common() * 2 >= n_context || wanted.forms.len() >= DESCRIBED_WORDS;
    nearest(found.iter().filter(fits).copied().collect())
}

/// Those that have the most of the context around them.
fn nearest(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    let most = candidates.iter().map(Candidate::n_common).max();
    candidates.retain(|candidate| Some(candidate.n_common()) == most);
    candidates
}
