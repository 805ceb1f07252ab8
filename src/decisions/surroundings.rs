//! Whether the words around a place are those that surrounded a quote: unchanged, edited, or those of another passage.
//!
//! Parallel passages ("I Øyer er det god forankring", "I Gausdal er det god forankring") differ in a word or two, and so
//! does a passage from its earlier self when somebody corrects it. What tells them apart is the text beyond it: an edit
//! leaves its neighbours where they are.

/// So many common words tell that a passage which goes on beyond them is the same, but for an edit.
const MIN_COMMON_WORDS: usize = 8;
/// So many words may have come in between.
const MAX_INSERTED_WORDS: usize = 8;
/// Fewer words of a neighbour tell nothing.
const MIN_BEYOND: usize = 3;
/// Marks where a document begins or ends.
const EDGE: &str = "\u{0}";

/// So many words of a label or a time code may stand between two segments.
pub(super) const MAX_LABEL_WORDS: usize = 12;

/// Which way words go from the quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Left,
    Right,
}

/// What is between two words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    Plain,
    /// The end of a sentence, which may be a segment of its own.
    Sentence,
    /// A character that ends a label.
    Label,
    /// The end of a line.
    Line,
}

/// The text on one side of a quote when the decision was made.
#[derive(Debug, Clone)]
pub(super) struct Side<'t> {
    way: Way,
    /// From the quote outward; the document's edge is one of them.
    words: Vec<&'t str>,
    /// For each word, what is between it and the next one nearer to the quote.
    gaps: Vec<Gap>,
    /// Whether the outermost word may be cut off.
    is_cut: bool,
    /// Whether the whole text up to the document's edge is known.
    is_all: bool,
}

/// The text on one side of a place now.
#[derive(Debug)]
pub(super) struct Around<'w> {
    /// Words from the place outward, through the segments, as many as may be compared.
    pub(super) words: Vec<&'w str>,
    /// How many of them are of the place's own segment.
    pub(super) n_own: usize,
    /// Whether the document ends after them.
    pub(super) is_all: bool,
}

/// How one side fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fit {
    own: Own,
    beyond: Beyond,
    /// Words that both sides have in the same order.
    pub(super) n_common: usize,
    /// Those among them that are of the place's own segment.
    pub(super) n_own: usize,
    /// Whether the very words that stood beyond its segment, or beyond a label there, still do.
    follows: bool,
}

/// How the words nearest to a place fit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Near {
    pub(super) own: Own,
    /// How many are the same.
    pub(super) n_same: usize,
    n_own: usize,
    /// Whether these are all the words that are known.
    pub(super) is_whole: bool,
}

/// How the words of a place's own segment fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Own {
    Other,
    /// All known words are there, and more text has been added.
    More,
    /// They are the same if what a colon parts from them is a label between segments, and no words of the passage.
    Labelled,
    Same,
}

/// How the text beyond the place's own segment fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Beyond {
    Same,
    /// Most of it is the same.
    Alike,
    /// It is the same, but most of the words between it and the quote are others.
    BesideOthers,
    Other,
    Unknown,
}

/// How a place relates to a decision, from the least to the most likely.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// Some of its own words differ, its neighbours are the same.
    Edited,
    /// Its own words are the same and more.
    Grown,
    /// Its own words are the same.
    Same,
}

impl<'t> Side<'t> {
    /// Of words in their order in the text, each with what stands between it and the next one nearer to the quote.
    /// `is_all` says that they go as far as the document does.
    pub(super) fn new(way: Way, words: impl Iterator<Item = (&'t str, &'t str)>, is_all: bool) -> Self {
        let (mut words, gaps): (Vec<_>, Vec<_>) = words.map(|(word, gap)| (word, Gap::of(gap))).unzip();
        if is_all {
            words.push(EDGE);
        }
        Self { way, words, gaps, is_cut: !is_all, is_all }
    }

    /// How many words are known.
    pub(super) fn n_words(&self) -> usize {
        self.words.len() - usize::from(self.is_all)
    }

    /// How many of them no line parts from the quote, which can be another segment's behind it.
    fn n_near(&self) -> usize {
        self.gaps.iter().position(|gap| *gap == Gap::Line).unwrap_or(self.n_words())
    }

    /// How many words of a place may be asked for.
    pub(super) fn reach(&self) -> usize {
        self.words.len() + MAX_INSERTED_WORDS
    }

    /// How far it fits what stands at a place, from there outward, with the document's edge; `n_own` of these words are
    /// of the place's own segment.
    pub(super) fn near<'w>(&self, now: impl Iterator<Item = &'w str>, n_own: usize) -> Near {
        let n_same =
            (0..self.words.len()).zip(now.chain([EDGE])).take_while(|(at, now)| self.is_same(*at, now)).count();
        Near { own: self.own(n_same, n_own), n_same, n_own, is_whole: n_same == self.words.len() }
    }

    /// How it fits where all that is known is the same, which need not be looked at again.
    pub(super) fn fit_whole(&self, near: Near) -> Fit {
        let beyond = self.beyond(near.n_own, &[], true);
        let n_own = self.n_near().min(near.n_own);
        Fit { own: Own::Same, beyond, n_common: self.words.len(), n_own, follows: beyond == Beyond::Same }
    }

    /// How it fits what stands around a place.
    pub(super) fn fit(&self, around: &Around<'_>) -> Fit {
        let mut now = around.words.clone();
        if around.is_all {
            now.push(EDGE);
        }
        let n_same = (0..self.words.len().min(now.len())).take_while(|at| self.is_same(*at, now[*at])).count();
        let own = self.own(n_same, around.n_own);
        let follows = own >= Own::Labelled && self.follows(around.n_own, &now);
        let beyond = match own {
            Own::Same => self.beyond(around.n_own, &now[around.n_own..], n_same == self.words.len()),
            Own::Labelled if follows => self.beyond(around.n_own, &now[around.n_own..], false),
            Own::Labelled | Own::More | Own::Other => self.beyond_an_edit(n_same, &now, around.n_own),
        };
        let n_own = self.common_of(0..self.n_near(), &around.words[..around.n_own]);
        Fit { own, beyond, n_common: self.common(0, &now), n_own, follows }
    }

    /// How the words of the place's own segment fit, the nearest `n_same` of which are the same.
    fn own(&self, n_same: usize, n_own: usize) -> Own {
        let is_whole = n_same == self.words.len();
        let is_all = self.is_all && n_same == self.n_words();
        if is_whole || n_own <= n_same && self.can_end(n_own, n_same) || is_all && n_own == n_same {
            Own::Same
        } else if n_own == n_same && self.is_label_end(n_own) {
            Own::Labelled
        } else if is_all && n_same >= MIN_BEYOND {
            Own::More
        } else {
            Own::Other
        }
    }

    /// Whether a segment can end before the word at `at`, between it and the quote, where `n_same` words are the same.
    fn can_end(&self, at: usize, n_same: usize) -> bool {
        match self.gaps.get(at) {
            Some(Gap::Line) => true,
            // Within a paragraph too sentences end; then it is told by what stands beyond.
            Some(Gap::Sentence | Gap::Label) => n_same > at,
            Some(Gap::Plain) | None => false,
        }
    }

    /// Whether the word at `at` can be the end of a label, which may be cut, or the first that stands in the document.
    fn is_label_end(&self, at: usize) -> bool {
        let rest = self.gaps.get(at + 1..).unwrap_or_default();
        let is_short = rest.len() < MAX_LABEL_WORDS;
        self.gaps.get(at) == Some(&Gap::Label)
            && (is_short || rest.iter().take(MAX_LABEL_WORDS).any(|gap| *gap == Gap::Line))
    }

    /// Whether what stood beyond the words up to `at` stands beyond those of the segment now, but for a label: some words,
    /// or as many as there are up to the next label or line.
    fn follows(&self, at: usize, now: &[&str]) -> bool {
        let from = |first: usize| {
            let both = (first..self.words.len()).zip(&now[at..]);
            let n_same = both.take_while(|(known, now)| self.is_same(*known, now)).count();
            let is_end = matches!(self.gaps.get(first + n_same), None | Some(Gap::Label | Gap::Line));
            n_same >= MIN_BEYOND || n_same > 0 && is_end
        };
        // To the left a label ends here and begins behind a line, to the right it is the other way around.
        let other = if self.gaps.get(at) == Some(&Gap::Label) { Gap::Line } else { Gap::Label };
        let is_beyond = |at: &usize| self.gaps.get(*at).map_or(*at < self.words.len(), |gap| *gap == other);
        let beyond_label = (at + 1..=at + MAX_LABEL_WORDS).find(is_beyond);
        // Where a label is all that is known, a passage that goes so far is told by its words.
        let is_told = || self.is_label_end(at) && at >= MIN_COMMON_WORDS;
        from(at) || beyond_label.map_or_else(is_told, from)
    }

    /// How what stands beyond the segment fits, where the words between it and the nearest `n_same` were edited.
    fn beyond_an_edit(&self, n_same: usize, now: &[&str], n_own: usize) -> Beyond {
        let n_known = self.words.len();
        // The words from the outermost inward, where most of them stand.
        let run = |at: usize| {
            let inward = (n_same..n_known).rev().zip((n_same..=at).rev());
            inward.take_while(|(known, at)| self.is_same(*known, now[*at])).count()
        };
        // An edit leaves about as many words as there were.
        let is_near = |at: &usize| n_known.abs_diff(at + 1) * 2 <= n_own.min(n_known).max(MIN_BEYOND);
        let places = (n_same..now.len()).filter(is_near).map(|at| (run(at), at));
        let Some((n_outer, at)) = places.max() else { return Beyond::Other };
        let n_beyond = (at + 1).saturating_sub(n_own);
        if n_outer == 0 || n_outer < n_beyond || n_known < n_beyond {
            return Beyond::Other;
        }
        let (n_known_own, n_common_own) = (n_known - n_beyond, self.common(0, now).saturating_sub(n_beyond));
        let is_edit = n_common_own * 2 >= n_known_own;
        match (is_edit, n_beyond >= MIN_BEYOND || now[at] == EDGE) {
            (false, false) => Beyond::Other,
            (false, true) => Beyond::BesideOthers,
            (true, true) => Beyond::Same,
            (true, false) => Beyond::Unknown,
        }
    }

    /// How the words from the `from`th on fit those that stand beyond a segment now, all words before being the same.
    fn beyond(&self, from: usize, now: &[&str], is_whole: bool) -> Beyond {
        let n_known = self.words.len().saturating_sub(from);
        if n_known == 0 || n_known < MIN_BEYOND && !self.is_all {
            Beyond::Unknown
        } else if is_whole {
            Beyond::Same
        } else if self.common(from, now) * 3 >= n_known * 2 {
            Beyond::Alike
        } else {
            Beyond::Other
        }
    }

    /// Whether the word at `at` is `now`, or the part of it that is known.
    fn is_same(&self, at: usize, now: &str) -> bool {
        let known = self.words[at];
        known == now
            || self.is_cut
                && at + 1 == self.words.len()
                && match self.way {
                    Way::Left => now.ends_with(known),
                    Way::Right => now.starts_with(known),
                }
    }

    /// The length of the longest list of words, from the `from`th on, that occur in the same order in `now`.
    fn common(&self, from: usize, now: &[&str]) -> usize {
        self.common_of(from..self.words.len(), now)
    }

    /// The length of the longest list of the words in the range `some` that occur in the same order in `now`.
    fn common_of(&self, some: std::ops::Range<usize>, now: &[&str]) -> usize {
        let mut last = vec![0; now.len() + 1];
        for known in some {
            let mut diagonal = 0;
            for (index, now) in now.iter().enumerate() {
                let up = last[index + 1];
                last[index + 1] = if self.is_same(known, now) { diagonal + 1 } else { up.max(last[index]) };
                diagonal = up;
            }
        }
        last[now.len()]
    }
}

impl Fit {
    /// How a place with these sides relates to the decision; `None` if it is another passage.
    pub(super) fn both(left: Self, right: Self) -> Option<Likeness> {
        let holds = |fit: &Self| match fit.beyond {
            Beyond::Same => true,
            Beyond::Unknown => fit.n_common >= MIN_COMMON_WORDS,
            Beyond::Alike | Beyond::BesideOthers | Beyond::Other => false,
        };
        match left.own.min(right.own) {
            Own::Same => Some(Likeness::Same),
            Own::More => Some(Likeness::Grown),
            Own::Labelled | Own::Other => [left, right].iter().all(holds).then_some(Likeness::Edited),
        }
    }

    /// The same, where it is known whether what may be a label is one: the `other` side is as it was, and so is what
    /// stood beyond the label, or nothing else stands where that side goes on so.
    pub(super) fn settled(self, other: Self, is_only: bool) -> Self {
        let goes_on = if self.follows { other.follows || other.beyond == Beyond::Unknown } else { is_only };
        match self.own {
            Own::Labelled if other.own == Own::Same && goes_on => Self { own: Own::Same, ..self },
            Own::Labelled => Self { own: Own::Other, ..self },
            Own::Other | Own::More | Own::Same => self,
        }
    }

    /// Whether the words of the place's own segment are the same, and so many that no other passage has them.
    pub(super) fn is_passage(&self) -> bool {
        self.own == Own::Same && self.n_own >= MIN_COMMON_WORDS
    }

    /// Whether the words of the place's own segment are the same, and go on into the very words that stood beyond.
    pub(super) fn goes_on(&self) -> bool {
        self.own == Own::Same && self.follows
    }

    /// Whether the very neighbour that was beside the quote's segment still is.
    pub(super) fn has_own_neighbour(&self) -> bool {
        matches!(self.beyond, Beyond::Same | Beyond::BesideOthers)
    }

    /// Whether the text beyond the place singles it out among equally good ones.
    pub(super) fn has_neighbour(&self) -> bool {
        matches!(self.beyond, Beyond::Same | Beyond::Alike)
    }
}

impl Gap {
    fn of(gap: &str) -> Self {
        if gap.contains(['\n', '\t']) {
            Self::Line
        } else if gap.contains([':', ']', ')', '>', '#', '|']) {
            Self::Label
        } else if gap.contains(['.', '!', '?', '…']) {
            Self::Sentence
        } else {
            Self::Plain
        }
    }
}

/// Whether what stands between two words can be the end of a label.
pub(super) fn end_label(gap: &str) -> bool {
    matches!(Gap::of(gap), Gap::Label | Gap::Line)
}
