//! The language of a document, voted from its function words.
//!
//! Every word that a language needs (`ikke`, `ikkje`, `not`) votes for the languages that have it. The lists are
//! data, `cues/function_words.toml`. Speech written near a dialect votes for the nearer of bokmål and nynorsk.
//! Norwegian from before the spelling reforms is written as Danish and votes so; a caller that knows better asks
//! [`Vote::language_among`].

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::table::WordTable;
use super::{Language, OtherLanguage, Tokens};
use crate::text::fold;

/// Words read of a document: more change nothing.
const WORDS: u32 = 2_000;
/// Fewer votes than this are no sample of a language.
const ENOUGH: u32 = 5;
/// A lead of fewer votes than this is chance.
const LEAD: u32 = 2;

/// The languages voted on, by their names in the data file.
const LANGUAGES: [(&str, Language); 19] = [
    ("nb", Language::Bokmaal),
    ("nn", Language::Nynorsk),
    ("da", Language::Other(OtherLanguage::Danish)),
    ("sv", Language::Other(OtherLanguage::Swedish)),
    ("en", Language::Other(OtherLanguage::English)),
    ("de", Language::Other(OtherLanguage::German)),
    ("nl", Language::Other(OtherLanguage::Dutch)),
    ("fr", Language::Other(OtherLanguage::French)),
    ("es", Language::Other(OtherLanguage::Spanish)),
    ("pt", Language::Other(OtherLanguage::Portuguese)),
    ("it", Language::Other(OtherLanguage::Italian)),
    ("fi", Language::Other(OtherLanguage::Finnish)),
    ("hu", Language::Other(OtherLanguage::Hungarian)),
    ("ro", Language::Other(OtherLanguage::Romanian)),
    ("tr", Language::Other(OtherLanguage::Turkish)),
    ("ru", Language::Other(OtherLanguage::Russian)),
    ("el", Language::Other(OtherLanguage::Greek)),
    ("ar", Language::Other(OtherLanguage::Arabic)),
    ("ta", Language::Other(OtherLanguage::Tamil)),
];

/// The function words of all languages.
static BALLOT: LazyLock<Ballot> = LazyLock::new(Ballot::shipped);

#[derive(Debug)]
struct Ballot {
    /// For each word, the index of the languages that have it in `sets`.
    words: WordTable<u8>,
    /// The sets of languages that occur, a bit for each of [`LANGUAGES`]; the first is of a word that none needs.
    sets: Vec<u32>,
}

impl Ballot {
    fn shipped() -> Self {
        let lists: BTreeMap<String, String> = toml::from_str(include_str!("cues/function_words.toml"))
            .expect("the shipped word lists are checked by a test");
        let mut languages: BTreeMap<String, u32> = BTreeMap::new();
        for (bit, (name, _)) in LANGUAGES.iter().enumerate() {
            for word in lists.get(*name).into_iter().flat_map(|words| words.split_whitespace()) {
                *languages.entry(fold(word)).or_insert(0) |= 1 << bit;
            }
        }
        let mut ballot = Self { words: WordTable::default(), sets: vec![0] };
        for (word, set) in languages {
            let known = ballot.sets.iter().position(|known| *known == set);
            let index = known.unwrap_or_else(|| {
                ballot.sets.push(set);
                ballot.sets.len() - 1
            });
            *ballot.words.entry(&word) = u8::try_from(index).expect("a test reads the shipped lists");
        }
        ballot
    }

    /// The index of the languages that have `form`.
    fn set_of(&self, form: &str) -> usize {
        self.words.get(form).map_or(0, |index| usize::from(*index))
    }
}

/// The language of an ISO 639-1 tag (`nb`, `en`), if it is one of those that are told apart.
#[must_use]
pub fn language_of_tag(tag: &str) -> Option<Language> {
    LANGUAGES.iter().find(|(known, _)| *known == tag).map(|(_, language)| *language)
}

/// Whether `form`, folded, is a word that one of `languages` needs and a theme does not.
#[must_use]
pub fn is_function_word(form: &str, languages: &[Language]) -> bool {
    let bits = BALLOT.sets[BALLOT.set_of(form)];
    LANGUAGES.iter().enumerate().any(|(bit, (_, language))| bits >> bit & 1 == 1 && languages.contains(language))
}

/// How the function words of a document voted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vote {
    /// Words read: the first 2,000 at most.
    pub words: u32,
    /// How many words voted for each set of languages, by its index in the ballot. They are told apart in the end, since
    /// each word of a text votes.
    cast: Vec<u32>,
}

impl Vote {
    /// The vote of a text.
    #[must_use]
    pub fn of_text(text: &str) -> Self {
        // A word and its space take six characters or so: this prefix holds words enough.
        let limit = text.char_indices().nth(WORDS as usize * 24).map_or(text.len(), |(at, _)| at);
        let mut vote = Self::default();
        vote.read(&Tokens::of(&text[..limit]));
        vote
    }

    /// Lets the words of one more segment vote.
    pub fn read(&mut self, tokens: &Tokens) {
        let ballot = &*BALLOT;
        self.cast.resize(ballot.sets.len(), 0);
        for form in tokens.forms().take((WORDS - self.words) as usize) {
            self.words += 1;
            self.cast[ballot.set_of(form)] += 1;
        }
    }

    /// The votes for each of [`LANGUAGES`].
    fn votes(&self) -> [u32; LANGUAGES.len()] {
        let of_language = |bit: usize| BALLOT.sets.iter().zip(&self.cast).filter(move |(set, _)| *set >> bit & 1 == 1);
        std::array::from_fn(|bit| of_language(bit).map(|(_, cast)| cast).sum())
    }

    /// The language with the most votes; none where the words are too few or the lead too small.
    #[must_use]
    pub fn language(&self) -> Option<Language> {
        self.winner(|_| true)
    }

    /// The language with the most votes among these.
    #[must_use]
    pub fn language_among(&self, languages: &[Language]) -> Option<Language> {
        self.winner(|language| languages.contains(&language))
    }

    /// Its tag (`nb`, `nn`, `en`), as manifests and results write it.
    #[must_use]
    pub fn tag(&self) -> Option<&'static str> {
        let language = self.language()?;
        LANGUAGES.iter().find(|(_, other)| *other == language).map(|(tag, _)| *tag)
    }

    /// How much of the words voted for `language`: 0 to 1, about .3 to .5 where the text is in it.
    #[must_use]
    pub fn share(&self, language: Language) -> f64 {
        let votes = LANGUAGES.iter().zip(self.votes()).find(|((_, other), _)| *other == language);
        votes.map_or(0.0, |(_, votes)| f64::from(votes) / f64::from(self.words.max(1)))
    }

    fn winner(&self, is_candidate: impl Fn(Language) -> bool) -> Option<Language> {
        let candidates = LANGUAGES.iter().zip(self.votes()).filter(|((_, language), _)| is_candidate(*language));
        let (mut best, mut second) = (None, 0);
        let mut most = 0;
        for ((_, language), votes) in candidates {
            if votes > most {
                second = most;
                most = votes;
                best = Some(*language);
            } else {
                second = second.max(votes);
            }
        }
        best.filter(|_| most >= ENOUGH && most - second >= LEAD)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENGLISH: Language = Language::Other(OtherLanguage::English);
    const DANISH: Language = Language::Other(OtherLanguage::Danish);
    const SWEDISH: Language = Language::Other(OtherLanguage::Swedish);
    const GERMAN: Language = Language::Other(OtherLanguage::German);

    #[test]
    fn shipped_word_lists_are_folded_and_known() {
        let lists: BTreeMap<String, String> =
            toml::from_str(include_str!("cues/function_words.toml")).expect("the lists are TOML");
        let names: Vec<_> = lists.keys().map(String::as_str).collect();
        assert!(names.iter().all(|name| LANGUAGES.iter().any(|(known, _)| known == name)), "{names:?}");
        assert_eq!(names.len(), LANGUAGES.len());
    }

    #[test]
    fn snippets_vote_for_their_language() {
        for (text, expected) in [
            (
                "Vi har ikke fått noe svar fra kommunen, og det er mye som ikke er på plass når de kommer.",
                Some(Language::Bokmaal),
            ),
            (
                "Me har ikkje fått noko svar frå kommunen, og det er mykje som ikkje er på plass når dei kjem.",
                Some(Language::Nynorsk),
            ),
            (
                "Vi har ikke fået noget svar fra kommunen, og der er meget, som ikke er blevet gjort af dem efter mødet.",
                Some(DANISH),
            ),
            (
                "Vi har inte fått något svar från kommunen, och det är mycket som inte är på plats när de kommer.",
                Some(SWEDISH),
            ),
            (
                "We have not heard from the council, and there is a lot that they would like to know about it.",
                Some(ENGLISH),
            ),
            (
                "Wir haben von der Gemeinde noch nicht gehört, und es ist auch nicht klar, wie es mit dem Projekt weitergeht.",
                Some(GERMAN),
            ),
            (
                "nei je trur itte det je at dom har noe å komme med når dom itte var der og så noe av det",
                Some(Language::Bokmaal),
            ),
            ("nei eg veit no ikkje kor dei kjem ifrå men det var no ho som sa det te meg", Some(Language::Nynorsk)),
            ("Forankring i ledelsen", None),
            ("", None),
            ("2015 2016 2017 2018 2019 2020 2021", None),
        ] {
            assert_eq!(Vote::of_text(text).language(), expected, "{text}");
            assert_eq!(Vote::of_text(text).tag().is_some(), expected.is_some(), "{text}");
        }
    }

    #[test]
    fn a_caller_may_say_which_languages_it_can_be() {
        let vote = Vote::of_text(
            "Han vilde ikke sige noget mere, og hun blev siddende efter at de andre var gaaet op af haven.",
        );
        assert_eq!(vote.language(), Some(DANISH));
        assert_eq!(vote.language_among(&[Language::Bokmaal, Language::Nynorsk]), Some(Language::Bokmaal));
        assert!(vote.share(DANISH) > vote.share(Language::Bokmaal));
    }

    #[test]
    fn shared_documents_vote_as_their_manifests_say() {
        let Some(shared) = std::env::var_os("TEMAKART_SHARED").map(std::path::PathBuf::from) else {
            println!("skipped: TEMAKART_SHARED is not set");
            return;
        };
        let data = shared.join("data");
        let mut right = BTreeMap::new();
        for (folder, given) in [
            ("no_stortinget_npsc", None),
            ("no_lia_dialektintervju", Some("nn")),
            ("piloten", Some("nb")),
            ("en_qmsum", Some("en")),
            ("en_pdpilot", Some("en")),
        ] {
            let manifest = ["manifest.csv", "documents.csv"]
                .iter()
                .find_map(|name| std::fs::read(data.join(folder).join(name)).ok());
            let manifest = manifest.expect("a manifest");
            let mut rows = csv::Reader::from_reader(manifest.as_slice());
            let headers = rows.headers().expect("headers").clone();
            let column = |name: &str| headers.iter().position(|header| header == name);
            let path = column("path").expect("a column of paths");
            for row in rows.records().map(|row| row.expect("a row")) {
                let language = given.unwrap_or_else(|| &row[column("lang").expect("a column of languages")][..2]);
                // A part held in both languages has no right answer.
                if given.is_none() && row[column("lang").expect("as above")].contains('+') {
                    continue;
                }
                let Ok(text) = std::fs::read_to_string(data.join(folder).join(&row[path])) else { continue };
                let vote = Vote::of_text(&text);
                let expected = LANGUAGES.iter().find(|(name, _)| *name == language).map(|(_, language)| *language);
                let counts = right.entry(folder).or_insert((0, 0, Vec::new()));
                counts.1 += 1;
                if vote.language() == expected {
                    counts.0 += 1;
                } else {
                    counts.2.push(format!("{} {:?} of {} words", &row[path], vote.language(), vote.words));
                }
            }
        }
        for (folder, (right, all, wrong)) in &right {
            println!("{folder}: {right} of {all}; {wrong:?}");
        }
        for (folder, (right, all, wrong)) in &right {
            assert!(right * 20 >= all * 19, "{folder}: {right} of {all}: {wrong:?}");
        }
    }
}
