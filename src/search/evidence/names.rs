//! Names that a claim uses: cases, phases and speakers, by any of their names, inflected or not.

use std::ops::Range;

use crate::language::Tokens;
use crate::project::Dimension;

/// A value with all that it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// What stands in results.
    pub id: String,
    /// Its names, each as folded words.
    names: Vec<Vec<String>>,
}

/// Endings that a name takes in running text, genitive and definite forms.
const ENDINGS: [&str; 10] = ["s", "en", "et", "a", "ens", "ets", "n", "as", "ene", "ane"];
/// Shorter names stand as they are.
const SHORTEST: usize = 3;

impl Named {
    /// A value by its names; those without a word are left out.
    #[must_use]
    pub fn new<'a>(id: &str, names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut all: Vec<Vec<String>> = names.into_iter().map(words).filter(|words| !words.is_empty()).collect();
        all.sort();
        all.dedup();
        Self { id: id.to_owned(), names: all }
    }

    /// The words of a claim that name it, for its longest name that stands there.
    fn find(&self, tokens: &Tokens) -> Option<Range<usize>> {
        let n = tokens.words().len();
        let mut found: Option<Range<usize>> = None;
        for name in &self.names {
            for start in 0..(n + 1).saturating_sub(name.len()) {
                let fits = name.iter().enumerate().all(|(index, word)| is_form(tokens.form(start + index), word));
                if fits && found.as_ref().is_none_or(|found| found.len() < name.len()) {
                    found = Some(start..start + name.len());
                }
            }
        }
        found
    }
}

/// All values that a project knows or its material has, with all their names.
#[must_use]
pub fn named_values(dimension: &Dimension, found: &[String]) -> Vec<Named> {
    let declared = dimension.values().iter().map(|value| {
        let names =
            [value.id.as_str(), value.label.as_str()].into_iter().chain(value.aliases.iter().map(String::as_str));
        Named::new(&value.id, names)
    });
    let mut all: Vec<Named> = declared.collect();
    for id in found.iter().filter(|id| !id.is_empty()) {
        if !all.iter().any(|known| known.id == *id) {
            all.push(Named::new(id, [id.as_str()]));
        }
    }
    all
}

/// The values that the claim names, and the words that do.
pub(super) fn find(tokens: &Tokens, values: &[Named]) -> Vec<(usize, Range<usize>)> {
    (0..values.len()).filter_map(|index| Some((index, values[index].find(tokens)?))).collect()
}

/// How surely the claim names the speaker with this label: 0 to 1. A role (`Professor`) is less than a name.
pub(super) fn names_speaker(text: &str, tokens: &Tokens, label: &str) -> (f64, Vec<usize>) {
    let label = words(label);
    let Some(last) = label.last() else { return (0.0, Vec::new()) };
    let n = tokens.words().len();
    let at = |wanted: &str| (0..n).find(|index| tokens.form(*index) == wanted);
    let whole = (0..(n + 1).saturating_sub(label.len()))
        .find(|start| label.iter().enumerate().all(|(index, word)| tokens.form(start + index) == *word));
    if let Some(start) = whole.filter(|start| label.len() > 1 || last.chars().count() > 1 && *start < n) {
        return (1.0, (start..start + label.len()).collect());
    }
    if let Some(index) = at(&label.concat()).filter(|_| label.len() > 1) {
        return (1.0, vec![index]);
    }
    let as_written = |index: usize| {
        let word = tokens.words()[index];
        &text[word.start as usize..word.end as usize]
    };
    let is_number = last.chars().all(|c| c.is_ascii_digit());
    let is_letter = last.chars().count() == 1 && !is_number;
    let found = at(last)
        .filter(|index| !is_number && (!is_letter || *index > 0 && as_written(*index).chars().all(char::is_uppercase)));
    found.filter(|_| label.len() > 1 || is_letter).map_or((0.0, Vec::new()), |index| (0.8, vec![index]))
}

fn words(name: &str) -> Vec<String> {
    let tokens = Tokens::of(name);
    (0..tokens.words().len()).map(|index| tokens.form(index).to_owned()).collect()
}

fn is_form(form: &str, word: &str) -> bool {
    form == word
        || word.chars().count() >= SHORTEST && form.strip_prefix(word).is_some_and(|ending| ENDINGS.contains(&ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cases() -> Vec<Named> {
        vec![
            Named::new("omsorg-3.0", ["omsorg-3.0", "Omsorg 3.0", "Lillehammer", "Øyer"]),
            Named::new("start", ["start", "Oppstart"]),
        ]
    }

    #[track_caller]
    fn check(claim: &str, expected: &[&str]) {
        let values = cases();
        let found: Vec<&str> =
            find(&Tokens::of(claim), &values).into_iter().map(|(i, _)| values[i].id.as_str()).collect();
        assert_eq!(found, expected, "{claim}");
    }

    #[test]
    fn a_value_goes_by_any_of_its_names_inflected() {
        check("Forankringen var svakere i Lillehammer enn ellers", &["omsorg-3.0"]);
        check("Lillehammers rådmann ved oppstarten", &["omsorg-3.0", "start"]);
        check("Ved starten av Omsorg 3.0", &["omsorg-3.0", "start"]);
        check("", &[]);
    }

    #[test]
    fn speakers_are_named_by_label_or_its_last_word() {
        let score = |claim: &str, label: &str| names_speaker(claim, &Tokens::of(claim), label).0;
        assert_eq!(score("What did Marketing think?", "Marketing"), 1.0);
        assert_eq!(score("What did F think?", "PhD F"), 0.8);
        assert_eq!(score("Informant 3 var skeptisk", "Informant 3"), 1.0);
        assert_eq!(score("Tre av 3 var skeptiske", "Informant 3"), 0.0);
        assert_eq!(score("I starten var det bra", "I"), 0.0);
    }
}
