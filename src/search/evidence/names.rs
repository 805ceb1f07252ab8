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
    let n = tokens.words().len();
    let find = |wanted: &[String]| {
        (0..(n + 1).saturating_sub(wanted.len()))
            .find(|start| wanted.iter().enumerate().all(|(index, word)| tokens.form(start + index) == *word))
            .map(|start| (start..start + wanted.len()).collect::<Vec<usize>>())
    };
    let joined = |wanted: &[String]| {
        let wanted = wanted.concat();
        (0..n).find(|index| tokens.form(*index) == wanted).map(|index| vec![index])
    };
    let is_mark = |word: &str| word.chars().count() == 1 || word.chars().all(|c| c.is_ascii_digit());
    if let Some(found) = find(&label).filter(|_| label.len() > 1 || last.chars().count() > 1) {
        return (1.0, found);
    }
    if let Some(found) = joined(&label).filter(|_| label.len() > 1) {
        return (1.0, found);
    }
    let has = |other: &&str, part: &[String]| words(other).windows(part.len()).any(|words| words == part);
    let is_own = |part: &[String]| labels.iter().filter(|other| has(other, part)).count() == 1;
    let is_name = |part: &[String]| part.iter().all(|word| word.chars().count() >= MIN_LENGTH);
    let parts = (2..label.len()).rev().flat_map(|size| label.windows(size));
    let part = parts.filter(|part| is_name(part)).find_map(|part| Some((part, find(part).or_else(|| joined(part))?)));
    if let Some((_, found)) = part.filter(|(part, _)| is_own(part)) {
        return (PART, found);
    }
    let role: Vec<String> = label[..label.len() - 1].to_vec();
    if is_mark(last)
        && role.first().is_some_and(|word| word.chars().count() > MIN_LENGTH)
        && is_own(&role)
        && let Some(found) = find(&role)
    {
        return (PART, found);
    }
    let is_capital = |index: usize| {
        let word = tokens.words()[index];
        text[word.start as usize..word.end as usize].chars().all(char::is_uppercase)
    };
    let is_number = last.chars().all(|c| c.is_ascii_digit());
    let is_letter = last.chars().count() == 1 && !is_number;
    let at = (0..n).find(|index| tokens.form(*index) == last);
    let found = at.filter(|index| !is_number && (!is_letter || *index > 0 && is_capital(*index)));
    found.filter(|_| label.len() > 1 || is_letter).map_or((0.0, Vec::new()), |index| (PART, vec![index]))
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
