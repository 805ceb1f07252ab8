//! How much one pattern may ask for, so that any is answered at once.

use super::{
    PatternProblem,
    ast::{Atom, AtomKind, Element, GlobPart, Pattern},
};

/// No word of a text that people wrote is longer, in characters.
const MAX_WORD_LENGTH: usize = 200;
/// A phrase has at most so many words.
const MAX_PHRASE_LENGTH: usize = 100;
/// A pattern has at most so many words in all.
const MAX_WORDS: usize = 500;

/// What in `pattern` is more than can be meant.
pub(super) fn check(pattern: &Pattern) -> Vec<PatternProblem> {
    let mut found = Found { atoms: 0, problems: Vec::new() };
    found.walk(pattern);
    found.problems
}

struct Found {
    atoms: usize,
    problems: Vec<PatternProblem>,
}

impl Found {
    fn walk(&mut self, pattern: &Pattern) {
        match pattern {
            Pattern::Word(atom) => self.atom(atom),
            Pattern::Phrase(elements) => {
                let mut atoms = elements.iter().filter_map(|element| match element {
                    Element::Atom(atom) => Some(atom),
                    Element::Any => None,
                });
                let before = self.problems.len();
                atoms.clone().for_each(|atom| self.atom(atom));
                if let Some(atom) =
                    atoms.next_back().filter(|_| elements.len() > MAX_PHRASE_LENGTH && self.problems.len() == before)
                {
                    let message = format!("the phrase has {} words", elements.len());
                    self.problem(atom, "pattern/long-phrase", message, format!("expected at most {MAX_PHRASE_LENGTH}"));
                }
            }
            Pattern::Near { left, right, .. } | Pattern::NotNear { left, right, .. } => {
                self.walk(left);
                self.walk(right);
            }
            Pattern::And(parts) | Pattern::Or(parts) => parts.iter().for_each(|part| self.walk(part)),
            Pattern::Not(inner) => self.walk(inner),
            Pattern::Filter(_) => {}
        }
    }

    fn atom(&mut self, atom: &Atom) {
        self.atoms += 1;
        if self.atoms == MAX_WORDS + 1 {
            let message = format!("the pattern has more than {MAX_WORDS} words");
            self.problem(atom, "pattern/many-words", message, "the first one too many".to_owned());
        }
        let length = match &atom.kind {
            AtomKind::Word(word) | AtomKind::Exact(word) | AtomKind::ExactCase(word) | AtomKind::Fuzzy { word, .. } => {
                word.chars().count()
            }
            AtomKind::Wildcard(parts) => {
                parts.iter().map(|part| if let GlobPart::Literal(text) = part { text.chars().count() } else { 1 }).sum()
            }
            // Its size once compiled has a limit of its own.
            AtomKind::Regex(_) => 0,
        };
        if length > MAX_WORD_LENGTH {
            let message = format!("a word of the pattern has {length} characters");
            self.problem(atom, "pattern/long-word", message, format!("expected at most {MAX_WORD_LENGTH}"));
        }
    }

    fn problem(&mut self, atom: &Atom, id: &'static str, message: String, label: String) {
        self.problems.push(PatternProblem::new(id, atom.span.start()..atom.span.end(), message, label));
    }
}
