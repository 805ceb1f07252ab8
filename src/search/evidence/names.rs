//! Names that a claim uses: cases, phases and speakers, by any of their names, inflected or not.

use std::ops::Range;

use crate::language::{Around, Tokens, is_noun_form, verb_form};
use crate::project::Dimension;

/// A value with all that it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The id that is used in results.
    pub id: String,
    /// Its names, each as folded words.
    names: Vec<Vec<String>>,
}

/// Endings that a name takes in running text, genitive and definite forms.
const ENDINGS: [&str; 10] = ["s", "en", "et", "a", "ens", "ets", "n", "as", "ene", "ane"];
/// What makes a time of a phase's name.
const TIMES: [&str; 9] =
    ["fase", "fasen", "fasens", "fasa", "periode", "perioden", "perioda", "tidspunktet", "tidspunkt"];
/// Shorter names are matched without inflection.
const MIN_LENGTH: usize = 3;
/// How surely a part of a label names a speaker.
const PART: f64 = 0.8;

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
    fn find(&self, text: &str, tokens: &Tokens) -> Option<Range<usize>> {
        let n = tokens.words().len();
        let mut found: Option<Range<usize>> = None;
        for name in &self.names {
            for start in 0..(n + 1).saturating_sub(name.len()) {
                let fits = name.iter().enumerate().all(|(index, word)| is_form(text, tokens, start + index, word));
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
pub(super) fn find(text: &str, tokens: &Tokens, values: &[Named]) -> Vec<(usize, Range<usize>)> {
    (0..values.len()).filter_map(|index| Some((index, values[index].find(text, tokens)?))).collect()
}

/// How surely the claim names the speaker with this label, one of `labels`: 0 to 1; and the words that do. A name
/// without its title (`Kari Nordmann` for `Kari Nordmann, ordfører`) and a role that only one has (`rektor` for
/// `Rektor A`) are less than the whole label.
pub(super) fn names_speaker(text: &str, tokens: &Tokens, label: &str, labels: &[&str]) -> (f64, Vec<usize>) {
    let label = words(label);
    let Some(last) = label.last() else { return (0.0, Vec::new()) };
    let asked = Label { text, tokens, label: &label, last, labels };
    let in_part = || asked.part().or_else(|| asked.role()).or_else(|| asked.last_word());
    match asked.whole() {
        Some(found) => (1.0, found),
        None => in_part().map_or((0.0, Vec::new()), |found| (PART, found)),
    }
}

/// The words of a label, looked for in a claim. What is found are the claim's words, by their places.
struct Label<'a> {
    text: &'a str,
    tokens: &'a Tokens,
    label: &'a [String],
    last: &'a String,
    labels: &'a [&'a str],
}

impl Label<'_> {
    /// All of it, also written as one word.
    fn whole(&self) -> Option<Vec<usize>> {
        let several = self.label.len() > 1;
        let found = self.find(self.label).filter(|_| several || self.last.chars().count() > 1);
        found.or_else(|| self.joined(self.label).filter(|_| several))
    }

    /// Two words of it or more, where no other label has them.
    fn part(&self) -> Option<Vec<usize>> {
        let is_name = |part: &&[String]| part.iter().all(|word| word.chars().count() >= MIN_LENGTH);
        let mut parts = (2..self.label.len()).rev().flat_map(|size| self.label.windows(size)).filter(is_name);
        let (part, found) = parts.find_map(|part| Some((part, self.find(part).or_else(|| self.joined(part))?)))?;
        self.is_own(part).then_some(found)
    }

    /// All of it but the letter or number that it ends with, where no other label has that.
    fn role(&self) -> Option<Vec<usize>> {
        let role = &self.label[..self.label.len() - 1];
        let is_mark = self.last.chars().count() == 1 || self.last.chars().all(|c| c.is_ascii_digit());
        let is_word = role.first().is_some_and(|word| word.chars().count() > MIN_LENGTH);
        if is_mark && is_word && self.is_own(role) { self.find(role) } else { None }
    }

    /// The word that it ends with; a letter must be a capital behind the claim's first word, and a number says nothing.
    fn last_word(&self) -> Option<Vec<usize>> {
        let is_number = self.last.chars().all(|c| c.is_ascii_digit());
        let is_letter = self.last.chars().count() == 1 && !is_number;
        let at = (0..self.n_words()).find(|index| self.tokens.form(*index) == self.last)?;
        let is_named = !is_number && (!is_letter || at > 0 && self.is_capital(at));
        (is_named && (self.label.len() > 1 || is_letter)).then(|| vec![at])
    }

    fn find(&self, wanted: &[String]) -> Option<Vec<usize>> {
        let is_at =
            |start: &usize| wanted.iter().enumerate().all(|(index, word)| self.tokens.form(start + index) == *word);
        let start = (0..(self.n_words() + 1).saturating_sub(wanted.len())).find(is_at)?;
        Some((start..start + wanted.len()).collect())
    }

    fn joined(&self, wanted: &[String]) -> Option<Vec<usize>> {
        let wanted = wanted.concat();
        (0..self.n_words()).find(|index| self.tokens.form(*index) == wanted).map(|index| vec![index])
    }

    /// Whether this label alone has these words.
    fn is_own(&self, part: &[String]) -> bool {
        let has = |other: &&&str| words(other).windows(part.len()).any(|words| words == part);
        self.labels.iter().filter(has).count() == 1
    }

    fn is_capital(&self, index: usize) -> bool {
        let word = self.tokens.words()[index];
        self.text[word.start as usize..word.end as usize].chars().all(char::is_uppercase)
    }

    fn n_words(&self) -> usize {
        self.tokens.words().len()
    }
}

fn words(name: &str) -> Vec<String> {
    let tokens = Tokens::of(name);
    (0..tokens.words().len()).map(|index| tokens.form(index).to_owned()).collect()
}

/// Whether word `at` is a form of a name's word as a noun, or a time made with it (`sluttfasen`). A verb of the same
/// letters is not: `prosjektlederen sluttet`.
fn is_form(text: &str, tokens: &Tokens, at: usize, word: &str) -> bool {
    let form = tokens.form(at);
    if form == word {
        return true;
    }
    let Some(ending) = form.strip_prefix(word).filter(|_| word.chars().count() >= MIN_LENGTH) else { return false };
    if TIMES.contains(&ending) {
        return true;
    }
    let is_noun = || is_noun_form(form, word).unwrap_or(true);
    let is_verb = || verb_form(form).is_some() && Around::new(text, tokens, at).is_some_and(|around| around.is_verb());
    ENDINGS.contains(&ending) && is_noun() && !is_verb()
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
            find(claim, &Tokens::of(claim), &values).into_iter().map(|(i, _)| values[i].id.as_str()).collect();
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
    fn a_verb_of_the_letters_of_a_name_is_no_name() {
        for claim in ["Rådmannen startet arbeidet", "De startet med ledelsen", "De starta seint", "Leiaren startar no"]
        {
            check(claim, &[]);
        }
        for claim in ["I starten var det stille", "Startens uro varte", "Det var uro i startfasen", "Start: uro"] {
            check(claim, &["start"]);
        }
    }

    #[test]
    fn speakers_are_named_by_label_or_its_last_word() {
        let labels =
            ["Marketing", "PhD F", "PhD E", "Informant 3", "I", "Professor B", "Hon. Kari Nordmann (ordfører)"];
        let score = |claim: &str, label: &str| names_speaker(claim, &Tokens::of(claim), label, &labels).0;
        assert_eq!(score("What did Marketing think?", "Marketing"), 1.0);
        assert_eq!(score("What did F think?", "PhD F"), 0.8);
        assert_eq!(score("What did the professor think?", "Professor B"), 0.8);
        assert_eq!(score("What did the PhD think?", "PhD F"), 0.0, "two have that role");
        assert_eq!(score("Kari Nordmann var skeptisk", "Hon. Kari Nordmann (ordfører)"), 0.8);
        assert_eq!(score("KariNordmann var skeptisk", "Hon. Kari Nordmann (ordfører)"), 0.8);
        assert_eq!(score("Informant 3 var skeptisk", "Informant 3"), 1.0);
        assert_eq!(score("Tre av 3 var skeptiske", "Informant 3"), 0.0);
        assert_eq!(score("I starten var det bra", "I"), 0.0);
    }
}
