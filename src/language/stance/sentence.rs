//! The sentence around a mention: its words with their classes, the clause that holds the theme, and the cues in it.
//!
//! Nobody parses here. A clause is what lies between sentence ends, `;`, and commas or coordinators that have a
//! finite verb on either side; finite verbs are known from a list, from a person's pronoun before them and, where a
//! comma or a coordinator asks for one, from the lexicon (`verb`).
//! Speech without punctuation is cut to eight words on either side instead.

use std::ops::Range;

use super::lexicon::{Class, Classes, Lexicon, Phrase, Reach, SLOT, WordId};
use super::{CueSet, verb};
use crate::language::{Stance, Tokens, Word};

/// Words read on either side of the mention at most.
const WINDOW: usize = 60;
/// A run of words longer than this without a break is speech that nobody punctuated.
const PUNCTUATED: usize = 30;
/// How far a cue reaches in such speech.
const SPOKEN: usize = 8;
/// How far ahead a finite verb is looked for behind a comma or a coordinator.
const LOOKAHEAD: usize = 7;

/// Words whose full stop ends no sentence.
const ABBREVIATIONS: [&str; 20] = [
    "bl.a", "f.eks", "t.d", "d.v.s", "dvs", "evt", "ev", "jf", "jfr", "kl", "nr", "ca", "pga", "p.g.a", "vedr", "inkl",
    "tidl", "div", "s.k", "pkt",
];

/// In bytes; longer words need not be looked up.
const MAX_ABBREVIATION_LENGTH: usize = 5;

/// A word of the sentence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tag {
    id: WordId,
    classes: Classes,
    /// A comma, dash, bracket, colon or slash stands before it.
    gap: bool,
    /// It is part of a cue, idiom or carrier.
    covered: bool,
    /// It is one of the words that make the theme, not only one among them.
    own: bool,
}

/// A cue that stands in the sentence. Places count from the sentence's first word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) stance: Option<Stance>,
    pub(super) reach: Reach,
}

/// The sentence around a mention. Places count from its first word.
#[derive(Debug)]
pub(super) struct Sentence<'a> {
    tokens: &'a Tokens,
    base: usize,
    /// Every mention in it has it around itself: nothing was cut.
    is_whole: bool,
    tags: Vec<Tag>,
    /// The shipped cues, whatever the theme; of a place the longest first.
    shipped: Vec<Found>,
    /// No word of it can tell a stance, whatever the theme.
    is_quiet: bool,
    /// Finite verbs that only their place tells are marked.
    knows_verbs: bool,
    pub(super) theme: Range<usize>,
    pub(super) clause: Range<usize>,
    pub(super) found: Vec<Found>,
}

impl<'a> Sentence<'a> {
    /// Reads the sentence around `mention`, which must not be empty and lie within `tokens`, with it as the theme.
    pub(super) fn around(text: &str, tokens: &'a Tokens, mention: Range<usize>, cues: &CueSet) -> Self {
        let mut sentence = Self::read(text, tokens, &mention, None);
        sentence.turn_to(mention, &|_| false, cues);
        sentence
    }

    /// Reads the sentence around `mention`, without a theme yet: all that holds for every theme in it. What `done` holds
    /// is given up for it.
    pub(super) fn read(text: &str, tokens: &'a Tokens, mention: &Range<usize>, done: Option<Self>) -> Self {
        let (mut tags, mut shipped, mut found) =
            done.map(|done| (done.tags, done.shipped, done.found)).unwrap_or_default();
        tags.clear();
        shipped.clear();
        found.clear();
        let bounds = bounds(text, tokens.words(), mention);
        let is_whole = is_whole(text, tokens.words(), mention, &bounds);
        let lexicon = Lexicon::shipped();
        let tag = |index: usize| {
            let (id, classes) = lexicon.word(tokens.form(index));
            Tag {
                id,
                classes,
                gap: tokens.words()[index].after_break && index > bounds.start,
                covered: false,
                own: false,
            }
        };
        tags.extend(bounds.clone().map(tag));
        let base = bounds.start;
        let mut sentence = Self {
            tokens,
            base,
            is_whole,
            tags,
            shipped,
            is_quiet: false,
            knows_verbs: false,
            theme: 0..0,
            clause: 0..0,
            found,
        };
        sentence.find_shipped(lexicon);
        // Without a cue, only these set something against the theme.
        let is_loud = |at: usize| sentence.is(at, Class::Only) || sentence.form(at) == "andre";
        let has_cue = sentence.shipped.iter().any(|found| found.stance.is_some());
        sentence.is_quiet = !has_cue && !(0..sentence.len()).any(is_loud);
        sentence
    }

    /// Whether the theme is present, whichever of its words that is: most sentences say no more.
    pub(super) fn is_quiet(&self, cues: &CueSet) -> bool {
        self.is_quiet && cues.own.is_empty()
    }

    /// Whether this is the sentence around another mention too.
    pub(super) fn is_around(&self, mention: &Range<usize>) -> bool {
        self.is_whole && self.base <= mention.start && mention.end <= self.base + self.len()
    }

    /// Makes `mention`, which it must be around, the theme; `is_own` says which forms make it one.
    pub(super) fn turn_to(&mut self, mention: Range<usize>, is_own: &dyn Fn(&str) -> bool, cues: &CueSet) {
        self.theme = mention.start - self.base..mention.end - self.base;
        self.clause = 0..self.len();
        if !self.knows_verbs {
            self.find_finite_verbs();
            self.knows_verbs = true;
        }
        self.find_own(is_own);
        self.find_cues(cues);
        self.find_clause();
    }

    pub(super) fn len(&self) -> usize {
        self.tags.len()
    }

    /// The form of word `at`, or nothing outside the sentence.
    pub(super) fn form(&self, at: usize) -> &str {
        if at < self.len() { self.tokens.form(self.base + at) } else { "" }
    }

    /// Its index among the segment's words.
    pub(super) fn index(&self, at: usize) -> usize {
        self.base + at
    }

    pub(super) fn is(&self, at: usize, class: Class) -> bool {
        self.tags.get(at).is_some_and(|tag| tag.classes.has(class))
    }

    pub(super) fn is_any(&self, at: usize, classes: &[Class]) -> bool {
        self.tags.get(at).is_some_and(|tag| tag.classes.has_any(classes))
    }

    /// Whether word `at` is a person's pronoun as a subject, not behind a preposition and not an article.
    pub(super) fn is_subject(&self, at: usize) -> bool {
        let has_verb_beside = || self.is(at + 1, Class::Finite) || at > 0 && self.is(at - 1, Class::Finite);
        self.is(at, Class::Person)
            && (at == 0 || !self.is(at - 1, Class::Preposition))
            && (!matches!(self.form(at), "de" | "dei") || has_verb_beside())
    }

    /// Whether punctuation stands before word `at`.
    pub(super) fn gap(&self, at: usize) -> bool {
        self.tags.get(at).is_some_and(|tag| tag.gap)
    }

    /// Whether word `at` is one of those that make the theme, not only one among them.
    pub(super) fn own(&self, at: usize) -> bool {
        self.tags.get(at).is_some_and(|tag| tag.own)
    }

    /// Whether word `at` is part of a cue, idiom or carrier.
    pub(super) fn covered(&self, at: usize) -> bool {
        self.tags.get(at).is_some_and(|tag| tag.covered)
    }

    /// Whether a clause of its own begins with word `at`: `at`, a relative `som`, a question word.
    /// `som`, `om` and `før` are conjunctions only where a finite verb follows.
    pub(super) fn is_barrier(&self, at: usize) -> bool {
        // "Hvis ikke" is an idiom for what follows it, and still begins a clause.
        let begins_idiom = || self.is(at, Class::AdverbialClause) && self.form(at) != "når";
        if !self.is(at, Class::Barrier) || (self.covered(at) && !begins_idiom()) {
            return false;
        }
        let reach = match self.form(at) {
            "som" if at > 0 && (self.form(at + 1).ends_with("er") || self.form(at + 1).ends_with("ar")) => return true,
            "som" => 4,
            "før" => 3,
            "om" => 6,
            _ => return true,
        };
        (at + 1..self.len().min(at + 1 + reach))
            .take_while(|next| !self.gap(*next) && !self.is(*next, Class::Coordinator))
            .any(|next| self.is(next, Class::Finite))
    }

    /// The first barrier of a range.
    pub(super) fn barrier_in(&self, range: Range<usize>) -> Option<usize> {
        range.into_iter().find(|at| self.is_barrier(*at))
    }

    /// The cue that covers word `at`.
    pub(super) fn found_at(&self, at: usize) -> Option<&Found> {
        self.found.iter().find(|found| (found.start..found.end).contains(&at))
    }

    /// Marks verbs that only their place tells: behind a person's pronoun (`vi støtter`, `eg kjende`) or a definite
    /// noun (`fylket stilte`).
    fn find_finite_verbs(&mut self) {
        let others = [Class::Adverb, Class::Preposition, Class::Determiner, Class::Person];
        for at in 0..self.len() {
            let is_finite = self.is(at, Class::Finite);
            if is_finite || self.looks_finite(at) && !self.is_any(at, &others) {
                let is_infinitive = at > 0 && self.form(at - 1) == "å";
                if is_infinitive {
                    self.tags[at].classes.remove(Class::Finite);
                } else {
                    self.tags[at].classes.add(Class::Finite);
                }
            }
        }
    }

    fn looks_finite(&self, at: usize) -> bool {
        let form = self.form(at);
        let ends_as = |endings: &[&str]| endings.iter().any(|ending| form.ends_with(ending));
        if form.len() > 6 && form.ends_with("erer") {
            return true;
        }
        if at == 0 || self.gap(at) {
            return false;
        }
        if form.len() > 3 && self.is(at - 1, Class::Person) {
            // "De ansatte" and "dei tilsette" are people, not what people do.
            let is_article = matches!(self.form(at - 1), "de" | "dei");
            return ends_as(if is_article { &["r"] } else { &["r", "te", "de", "et", "a"] });
        }
        form.len() > 4 && ends_as(&["er", "ar", "te", "dde"]) && self.is_definite_noun(at - 1)
    }

    /// A guess by the ending: `ledelsen`, `fylket`, `kommunene`, `dagane`.
    pub(super) fn is_definite_noun(&self, at: usize) -> bool {
        let form = self.form(at);
        form.len() > 4
            && ["en", "et", "ene", "ane"].iter().any(|ending| form.ends_with(ending))
            && self.tags[at].id == 0
    }

    fn find_shipped(&mut self, lexicon: &Lexicon) {
        for at in 0..self.len() {
            for phrase in lexicon.phrases_from(self.tags[at].id) {
                if let Some(end) = self.phrase_end(at, phrase) {
                    self.shipped.push(Found { start: at, end, stance: phrase.stance, reach: phrase.reach });
                }
            }
        }
    }

    /// Marks the words that make the theme: of several, those that `is_own` says are, where that matters.
    fn find_own(&mut self, is_own: &dyn Fn(&str) -> bool) {
        self.tags.iter_mut().for_each(|tag| tag.own = false);
        let theme = self.theme.clone();
        if theme.len() == 1 {
            self.tags[theme.start].own = true;
            return;
        }
        let has_cue = self.shipped.iter().any(|found| found.start < theme.end && found.end > theme.start);
        let tells = |at: usize| self.is(at, Class::Some) || self.form(at) == "andre";
        if has_cue || theme.clone().any(tells) {
            for at in theme {
                self.tags[at].own = self.tags[at].id != 0 && is_own(self.form(at));
            }
        }
    }

    fn find_cues(&mut self, cues: &CueSet) {
        self.found.clear();
        self.tags.iter_mut().for_each(|tag| tag.covered = false);
        let (mut at, mut seen) = (0, 0);
        while at < self.len() {
            seen += self.shipped[seen..].iter().take_while(|found| found.start < at).count();
            match self.longest_cue(at, &self.shipped[seen..], cues) {
                Some(found) => {
                    self.tags[found.start..found.end].iter_mut().for_each(|tag| tag.covered = true);
                    at = found.end;
                    self.found.push(found);
                }
                None => at += 1,
            }
        }
    }

    /// The codebook's own cues go before the shipped ones, longer before shorter. None is part of a theme of one word,
    /// and no negation is one of the words that make the theme.
    fn longest_cue(&self, at: usize, shipped: &[Found], cues: &CueSet) -> Option<Found> {
        let fits = |end: usize| self.theme.len() > 1 || end <= self.theme.start || at >= self.theme.end;
        for own in &cues.own {
            let end = at + own.words.len();
            let matches = end <= self.len() && own.words.iter().enumerate().all(|(i, word)| self.form(at + i) == word);
            if matches && fits(end) {
                return Some(Found { start: at, end, stance: Some(own.stance), reach: Reach::Clause });
            }
        }
        // `ikke` in `orker ikke` is a part of what is said of the theme's people; `manglende` in `manglende forankring`
        // tells of the theme, whoever asks for both.
        let is_part = |found: &Found| self.theme.len() == 1 || found.reach == Reach::Negation;
        let is_free = |found: &&Found| !(is_part(found) && (found.start..found.end).any(|at| self.own(at)));
        shipped.iter().take_while(|found| found.start == at).find(is_free).copied()
    }

    fn phrase_end(&self, start: usize, phrase: &Phrase) -> Option<usize> {
        let mut at = start;
        for (index, word) in phrase.words.iter().enumerate() {
            if *word == SLOT {
                let next = phrase.words[index + 1];
                let is_degree = |at: usize| self.is(at, Class::Degree) && self.tags[at].id != next;
                while at < start + index + 2 && is_degree(at) && !self.gap(at) {
                    at += 1;
                }
                continue;
            }
            let tag = self.tags.get(at)?;
            if tag.id != *word || (tag.gap && at > start) {
                return None;
            }
            at += 1;
        }
        Some(at)
    }

    fn find_clause(&mut self) {
        let mut start = 0;
        let mut has_verb = false;
        for at in 0..self.len() {
            // The lexicon is asked last: most words are no edge of anything.
            let is_edge = at > 0
                && (self.gap(at) || self.is_any(at, &[Class::Coordinator, Class::AdverbialClause]))
                && !(self.theme.start < at && at < self.theme.end)
                && self.opens_clause(at, start)
                && (has_verb
                    || self.is_marked_edge(at)
                    || self.is(at, Class::AdverbialClause)
                    || verb::in_clause(self, start..at, false).is_some());
            if is_edge {
                if at > self.theme.start {
                    self.clause = start..at;
                    return;
                }
                start = at;
                has_verb = false;
            }
            has_verb |= self.is(at, Class::Finite);
        }
        self.clause = start..self.len();
    }

    /// Norwegian sets a comma before `og` and `men` only where a clause follows, so the clause before it needs no
    /// verb that we know.
    fn is_marked_edge(&self, at: usize) -> bool {
        self.gap(at) && matches!(self.form(at), "og" | "men" | "for" | "så") && at > 2
    }

    /// Whether a new clause begins at `at`, given that the one from `start` has its finite verb.
    fn opens_clause(&self, at: usize, start: usize) -> bool {
        if self.found_at(at).is_some_and(|found| found.start < at || found.reach == Reach::Carrier) {
            return false;
        }
        if self.is(at, Class::AdverbialClause) {
            return true;
        }
        let is_coordinator = self.is(at, Class::Coordinator);
        if !is_coordinator && !self.gap(at) {
            return false;
        }
        let first = if is_coordinator { at + 1 } else { at };
        if matches!(self.form(at), "for" | "så" | "samt") {
            return self.gap(at) && self.has_finite_verb(first)
                || self.is(first, Class::Pronoun) && self.is(first + 1, Class::Finite);
        }
        if self.form(at) == "og" && self.is_between(at, start) {
            return false;
        }
        if self.is(first, Class::Barrier) {
            // A relative clause behind the theme's own comma says something of the theme.
            return !(self.form(at) == "som" && at == self.theme.end);
        }
        if !is_coordinator && self.is(at, Class::Finite) {
            return !self.is_parenthesis_end(at, start);
        }
        // Without a comma `målene ble avklart og forankringen styrket` has one verb for both.
        let shares_verb = !self.gap(at) && self.has_being(start..at);
        self.has_finite_verb(first) || !shares_verb && self.has_verb_of_lexicon(first)
    }

    /// Whether a form of being or having stands among these words.
    pub(super) fn has_being(&self, words: Range<usize>) -> bool {
        words.into_iter().any(|at| self.is_any(at, &[Class::Copula, Class::Have]))
    }

    /// Whether the `og` at `at` joins the two sides of a `mellom`: `samarbeidet mellom kommunen og fylket er godt`.
    fn is_between(&self, at: usize, start: usize) -> bool {
        let near = (start.max(at.saturating_sub(4))..at).rev().take_while(|word| !self.is(*word, Class::Finite));
        near.into_iter().any(|word| self.form(word) == "mellom")
    }

    /// Whether the comma before `at` closes what another comma opened: `forankringen, særlig i nord, er svak`.
    fn is_parenthesis_end(&self, at: usize, start: usize) -> bool {
        (start + 1..at).rev().take_while(|word| !self.is(*word, Class::Finite)).any(|word| self.gap(word))
    }

    /// Whether a verb that only the lexicon knows follows there.
    fn has_verb_of_lexicon(&self, from: usize) -> bool {
        let end = (from + 1..self.len().min(from + LOOKAHEAD))
            .find(|at| self.gap(*at) || self.is_barrier(*at) || self.is(*at, Class::Coordinator));
        verb::in_clause(self, from..end.unwrap_or(self.len().min(from + LOOKAHEAD)), true).is_some()
    }

    /// Whether a finite verb of the lists follows before the next comma or the next clause.
    fn has_finite_verb(&self, from: usize) -> bool {
        let mut has_preposition = false;
        for at in from..self.len().min(from + LOOKAHEAD) {
            if at > from && (self.gap(at) || self.is_barrier(at)) {
                return false;
            }
            if self.is(at, Class::Finite) {
                return true;
            }
            let is_new = has_preposition || self.is_any(at + 1, &[Class::Pronoun, Class::Finite]);
            if at > from && self.is(at, Class::Coordinator) && is_new {
                return false;
            }
            has_preposition |= self.is(at, Class::Preposition);
        }
        false
    }
}

/// The words of the sentence around `mention`, or of the stretch of speech.
fn bounds(text: &str, words: &[Word], mention: &Range<usize>) -> Range<usize> {
    let is_end = |at: usize| ends_sentence(text, words, at);
    let mut start = mention.start;
    let mut run_start = None;
    while start > 0 && !is_end(start) && mention.start - start < limit(run_start) {
        if words[start].after_break {
            run_start = run_start.or(Some(start));
        }
        start -= 1;
    }
    let mut end = mention.end;
    let mut run_end = None;
    while end < words.len() && !is_end(end) && end - mention.end < limit(run_end) {
        if words[end].after_break {
            run_end = run_end.or(Some(end));
        }
        end += 1;
    }
    if run_end.unwrap_or(end) - run_start.unwrap_or(start) <= PUNCTUATED {
        return start..end;
    }
    start.max(mention.start.saturating_sub(SPOKEN))..end.min(mention.end + SPOKEN)
}

/// Whether `bounds`, found around `mention`, are those of every mention within them: a short sentence from end to end.
fn is_whole(text: &str, words: &[Word], mention: &Range<usize>, bounds: &Range<usize>) -> bool {
    let is_end = |at: usize| ends_sentence(text, words, at);
    bounds.len() <= PUNCTUATED
        && (bounds.start == 0 || is_end(bounds.start))
        && (bounds.end == words.len() || is_end(bounds.end))
        && !(mention.start + 1..mention.end).any(is_end)
}

/// How far to read: not past what tells that nobody punctuated here.
fn limit(first_break: Option<usize>) -> usize {
    if first_break.is_some() { WINDOW } else { PUNCTUATED + 1 }
}

/// Whether a sentence ends before word `at`, which is not the first.
fn ends_sentence(text: &str, words: &[Word], at: usize) -> bool {
    let (left, right) = (words[at - 1], words[at]);
    // Between most words there is a blank.
    if right.start - left.end <= 1 {
        return false;
    }
    let gap = &text[left.end as usize..right.start as usize];
    if gap.contains(['!', '?', ';', '…']) {
        return true;
    }
    if let Some((_, line)) = gap.split_once('\n')
        && (gap.contains("\n\n") || line.trim_start().starts_with(['-', '–', '•', '*', '·']))
    {
        return true;
    }
    let word = &text[left.start as usize..left.end as usize];
    let is_abbreviation = |word: &str| ABBREVIATIONS.iter().any(|known| word.eq_ignore_ascii_case(known));
    gap.contains('.') && (word.len() > MAX_ABBREVIATION_LENGTH || !is_abbreviation(word))
}
