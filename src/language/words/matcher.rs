//! One bare word of a pattern against one form: the definition of what a word matches.
//!
//! [`super::resolve()`] gives the same answers for many words and forms at once; it only leaves out questions whose
//! answer is no.

use std::sync::OnceLock;

use super::class;
use super::compound::{self, Refusal, Whole};
use super::derivation::relatives;
use super::lexicon::Lexicon;
use super::near::Likeness;
use super::paradigm::Paradigm;
use super::shape::Shape;
use super::stemmer;
use crate::language::{Compounds, Grade, Language, OtherLanguage};

/// A bare word of a pattern, with its options.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordQuery {
    /// The word, folded ([`crate::text::fold`]).
    pub word: String,
    /// The languages it is inflected in.
    pub languages: Vec<Language>,
    /// How it takes compounds. Only Norwegian words have them, but for hyphenated ones.
    pub compounds: Compounds,
    /// Whether it stands for verb, noun and adjective of its stem.
    pub derive: bool,
}

/// A word query made ready: all forms it may have.
#[derive(Debug, Clone)]
pub struct WordMatcher {
    pub(super) query: WordQuery,
    /// The words it stands for and how their forms are graded; the word itself comes first.
    pub(super) bases: Vec<(Paradigm, Grade)>,
    /// Its stem in each language that has no rules of ours.
    pub(super) stems: Vec<(OtherLanguage, String)>,
    /// What compounds begin with that it is the first part of.
    pub(super) first_parts: Vec<String>,
    is_norwegian: bool,
    /// For [`WordMatcher::near`], which alone needs it.
    pub(super) likeness: OnceLock<Option<Likeness>>,
}

impl WordMatcher {
    /// The matcher of `query`.
    #[must_use]
    pub fn new(query: &WordQuery) -> Self {
        let WordQuery { word, languages, derive, .. } = query;
        // `politiker-`, as it stands before `og ledernettverk`, is the word too.
        let word = bare(word);
        let is_norwegian = languages.iter().any(|language| !matches!(language, Language::Other(_)));
        let noun = is_norwegian.then(|| noun_of_plural(word)).flatten();
        let base = noun.as_deref().unwrap_or(word);
        let mut bases = vec![(Paradigm::new(base, languages), Grade::Inflection)];
        if *derive && is_norwegian {
            let relatives = relatives(base).into_iter();
            bases.extend(relatives.map(|relative| (Paradigm::new(&relative, languages), Grade::Derived)));
        }
        let stems = languages.iter().filter_map(|language| match language {
            Language::Other(other) => Some((*other, stemmer::stem(word, *other))),
            Language::Bokmaal | Language::Nynorsk => None,
        });
        let words = bases.iter().map(|(paradigm, _)| paradigm.word.as_str()).chain(noun.is_some().then_some(word));
        let first_parts = words.flat_map(compound::first_parts).collect();
        Self {
            query: query.clone(),
            stems: stems.collect(),
            bases,
            first_parts,
            is_norwegian,
            likeness: OnceLock::new(),
        }
    }

    /// How `form` is matched, if it is; the best of several ways.
    ///
    /// `form` is folded and may be hyphenated, suspended or a group (see [`crate::language::Tokens`]).
    #[must_use]
    pub fn accept(&self, form: &str) -> Option<Grade> {
        match Shape::of(form) {
            Shape::Plain(form) => self.plain(form),
            Shape::Hyphenated(form) => self.hyphenated(form),
            Shape::SuspendedLeft(_) if form == self.query.word => Some(Grade::Exact),
            Shape::SuspendedLeft(part) => self.takes_modifiers().then(|| self.first_part(part)).flatten(),
            Shape::SuspendedRight(part) => {
                self.takes_heads().then(|| self.plain(part)).flatten().map(|grade| grade.max(Grade::Head))
            }
            Shape::Suspended(group) => group.joined().filter_map(|joined| self.whole(&joined)).min(),
            Shape::Broken { left, right } => self.broken(left, right),
        }
    }

    /// A form without hyphen.
    /// Whether `form` is the word itself or one of its inflected forms, and no compound.
    #[must_use]
    pub fn whole_word(&self, form: &str) -> bool {
        self.whole(form).is_some()
    }

    fn plain(&self, form: &str) -> Option<Grade> {
        self.whole(form).or_else(|| self.head(form)).or_else(|| self.modifier(form))
    }

    /// `form` as a form of the word itself or one of its stem.
    pub(super) fn whole(&self, form: &str) -> Option<Grade> {
        if form == bare(&self.query.word) {
            return Some(Grade::Exact);
        }
        let of_stem = self.stems.iter().any(|(language, stem)| stemmer::stem(form, *language) == *stem);
        let of_base = |(paradigm, grade): &(Paradigm, Grade)| {
            // Who leads (`leder`) is no leadership (`ledelse`), even if leading (`lede`) is.
            let is_person = *grade == Grade::Derived && class::is_person(form, &paradigm.word);
            (!is_person && paradigm.accepts(form)).then_some(*grade)
        };
        of_stem.then_some(Grade::Inflection).or_else(|| self.bases.iter().filter_map(of_base).min())
    }

    fn head(&self, form: &str) -> Option<Grade> {
        let whole = Whole::of(form);
        let mut cuts = form.char_indices().map(|(at, _)| at).skip(2);
        (self.takes_heads() && cuts.any(|at| self.is_head(&whole, at))).then_some(Grade::Head)
    }

    /// Whether a form is a compound whose last part, from byte `at` on, is the word.
    pub(super) fn is_head(&self, whole: &Whole<'_>, at: usize) -> bool {
        self.is_norwegian && self.heads(whole, at).any(|refusal| refusal.is_ok())
    }

    /// For each base that the tail of a form belongs to, whether it is the head of a compound.
    pub(super) fn heads<'a>(
        &'a self,
        whole: &'a Whole<'_>,
        at: usize,
    ) -> impl Iterator<Item = Result<(), Refusal>> + 'a {
        let tail = &whole.form[at..];
        let of_tail = self.bases.iter().filter(move |(paradigm, _)| paradigm.accepts(tail));
        let is_long = tail.chars().count() >= 3;
        of_tail.filter(move |_| is_long).map(move |(paradigm, _)| compound::is_head(whole, at, paradigm))
    }

    fn modifier(&self, form: &str) -> Option<Grade> {
        let whole = Whole::of(form);
        let fits = |part: &String| form.starts_with(part.as_str()) && self.is_modifier(&whole, part.len());
        (self.takes_modifiers() && self.first_parts.iter().any(fits)).then_some(Grade::Modifier)
    }

    /// Whether the part of a form before byte `at` is one of the word's first parts, and the whole a compound.
    pub(super) fn fits_first_part(&self, whole: &Whole<'_>, at: usize) -> bool {
        self.first_parts.iter().any(|part| *part == whole.form[..at]) && self.is_modifier(whole, at)
    }

    /// Whether a form, which begins with one of the word's first parts, ending at byte `at`, is a compound.
    pub(super) fn is_modifier(&self, whole: &Whole<'_>, at: usize) -> bool {
        self.is_norwegian && at >= 3 && compound::is_modifier(whole, at).is_ok()
    }

    /// The last part of a hyphenated form is its head, the others are modifiers.
    fn hyphenated(&self, form: &str) -> Option<Grade> {
        let (before, last) = form.rsplit_once('-')?;
        let as_whole = || if self.query.word.contains('-') { self.plain(form) } else { self.whole(form) };
        let as_head = || self.plain(last).map(|grade| grade.max(Grade::Head));
        let as_modifier = || before.split('-').find_map(|part| self.first_part(part));
        as_whole()
            .or_else(|| self.takes_heads().then(as_head).flatten())
            .or_else(|| self.takes_modifiers().then(as_modifier).flatten())
    }

    /// Something that is known to be a compound's first part: the word with or without its link, or a compound with it.
    fn first_part(&self, part: &str) -> Option<Grade> {
        let is_own = self.first_parts.iter().any(|own| own == part);
        let of_compound = || self.plain(part).or_else(|| self.plain(part.strip_suffix('s')?));
        is_own.then_some(Grade::Modifier).or_else(of_compound).map(|_| Grade::Modifier)
    }

    /// A word broken over a line end: as the joined word is matched, unless either half is matched alone.
    fn broken(&self, left: &str, right: &str) -> Option<Grade> {
        let joined = format!("{left}{right}");
        match self.plain(&joined)? {
            grade @ (Grade::Head | Grade::Modifier) => {
                let is_matched = self.accept(right).is_some() || self.first_part(left).is_some();
                (!is_matched).then_some(grade)
            }
            grade => Some(grade),
        }
    }

    pub(super) fn takes_heads(&self) -> bool {
        self.query.compounds != Compounds::None
    }

    pub(super) fn takes_modifiers(&self) -> bool {
        self.query.compounds == Compounds::Both
    }
}

/// A word without the hyphen that suspends it.
pub(super) fn bare(word: &str) -> &str {
    word.strip_suffix('-').filter(|bare| !bare.is_empty()).unwrap_or(word)
}

impl Paradigm {
    /// Whether `form` is this word or one of its forms.
    pub(super) fn accepts(&self, form: &str) -> bool {
        self.word == form || self.position(form).is_some_and(|at| self.is_believed(at))
    }
}

/// The noun of which `word` is the plural or definite form and nothing else: a codebook that says `ildsjeler` means
/// the word `ildsjel`.
fn noun_of_plural(word: &str) -> Option<String> {
    let mut readings = Lexicon::get().readings(word);
    let (first, second) = (readings.next()?, readings.next());
    (second.is_none() && first.is_noun() && !first.is(word)).then(|| first.base())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(word: &str, compounds: Compounds, derive: bool) -> WordMatcher {
        let languages = vec![Language::Bokmaal, Language::Nynorsk];
        WordMatcher::new(&WordQuery { word: word.to_owned(), languages, compounds, derive })
    }

    #[track_caller]
    fn check(word: &str, form: &str, expected: impl Into<Option<Grade>>) {
        assert_eq!(both(word, Compounds::Both, false).accept(form), expected.into(), "{word}, {form}");
    }

    #[test]
    fn inflection_of_theme_words() {
        for (word, forms) in [
            ("forankring", "forankringen forankringa forankringer forankringenes"),
            ("forankre", "forankrer forankret forankra forankrede forankrete forankres forankrende"),
            ("samarbeid", "samarbeidet samarbeida samarbeidene"),
            ("samarbeide", "samarbeider samarbeidde samarbeidd"),
            ("tillit", "tilliten tillitens"),
            ("medvirkning", "medvirkningen"),
            ("ledelse", "ledelsen ledelsens ledelser"),
            ("kommune", "kommunen kommuner kommunene kommunar kommunane kommunens"),
            ("tjeneste", "tjenesten tjenester tjenestene"),
            ("teneste", "tenesta tenester tenestene"),
            ("bok", "boka bøker bøkene"),
            ("fylkesmann", "fylkesmenn fylkesmannen"),
            ("liten", "lita lite små mindre minst"),
            ("forstå", "forstår forsto forstod forstått"),
            ("delta", "deltar deltok deltatt deltek"),
            ("gjere", "gjer gjorde gjort"),
            ("middel", "midler midlene middelet"),
            ("program", "programmet programmer programma"),
            ("medlem", "medlemmer medlemmene"),
            ("kriterium", "kriteriet kriterier kriteriene"),
            ("åpen", "åpent åpne åpnere"),
            ("sikker", "sikkert sikre"),
            ("viktig", "viktige viktigere viktigst viktigaste"),
            ("ny", "nytt nye nyere"),
        ] {
            for form in forms.split(' ') {
                check(word, form, Grade::Inflection);
            }
        }
    }

    #[test]
    fn spelling_alike_is_not_inflection() {
        for (word, forms) in [
            ("ledelse", "leder ledes ledig ledning"),
            ("lære", "lærere lærerne lærar lærling"),
            ("lærer", "lære lært"),
            ("innovere", "innover"),
            ("delta", "delt deler"),
            ("tillit", "mistillit"),
            ("frivillig", "ufrivillig frivilligheten"),
            ("arbeid", "samarbeid utarbeid"),
            ("fare", "for"),
            ("vare", "var"),
        ] {
            for form in forms.split(' ') {
                check(word, form, None);
            }
        }
    }

    #[test]
    fn compounds_have_a_head_and_a_first_part() {
        check("forankring", "ledelsesforankring", Grade::Head);
        check("ledelse", "ledelsesforankring", Grade::Modifier);
        check("forankring", "forankringsarbeidet", Grade::Modifier);
        check("fornyelse", "byfornyelse", Grade::Head);
        check("eierskap", "medeierskap", Grade::Head);
        check("prosjekt", "forprosjekt", Grade::Head);
        check("tjeneste", "nettjenester", Grade::Head);
        check("kontroll", "trafikkontroll", Grade::Head);
        check("arbeid", "nettverkssamarbeid", None);
        check("læring", "erklæring", None);
        check("mål", "spørsmål", None);
        check("lære", "praksislærer", None);
        check("mål", "måleenhet", None);
        check("tillit", "tillitsbasert", Grade::Modifier);
        assert_eq!(both("ledelse", Compounds::Head, false).accept("ledelsesforankring"), None);
        assert_eq!(both("forankring", Compounds::None, false).accept("ledelsesforankring"), None);
    }

    #[test]
    fn derivation_is_graded_apart() {
        let matcher = both("forankring", Compounds::Head, true);
        assert_eq!(matcher.accept("forankra"), Some(Grade::Derived));
        assert_eq!(matcher.accept("forankre"), Some(Grade::Derived));
        assert_eq!(matcher.accept("forankringa"), Some(Grade::Inflection));
        assert_eq!(matcher.accept("uforankret"), None);
        assert_eq!(both("ledelse", Compounds::Head, true).accept("leder"), None);
    }

    #[test]
    fn hyphens() {
        check("læring", "e-læring", Grade::Head);
        check("e-læring", "e-læring", Grade::Exact);
        check("e-læring", "e-læringen", Grade::Inflection);
        check("e-læring", "e-læringskurs", Grade::Modifier);
        check("leder", "ks-lederen", Grade::Head);
        check("innovasjon", "innovasjons-prosess", Grade::Modifier);
        check("politiker", "politiker-", Grade::Modifier);
        check("innovasjon", "innovasjons-", Grade::Modifier);
        check("produkt", "-produkt", Grade::Head);
        assert_eq!(both("politiker", Compounds::Head, false).accept("politiker-"), None);
        assert_eq!(both("produkt", Compounds::None, false).accept("-produkt"), None);
    }

    #[test]
    fn a_suspended_word_is_met_as_it_stands_and_in_full() {
        let own = |form| {
            let query = WordQuery {
                word: "politiker-".to_owned(),
                languages: vec![Language::Bokmaal],
                compounds: Compounds::None,
                derive: false,
            };
            WordMatcher::new(&query).accept(form)
        };
        assert_eq!(own("politiker-"), Some(Grade::Exact));
        assert_eq!(own("politiker"), Some(Grade::Exact));
        assert_eq!(own("politikere"), Some(Grade::Inflection));
        assert_eq!(own("leder-"), None);
    }

    #[test]
    fn groups_are_the_word_in_full() {
        check("politikernettverk", "politiker-\u{1f}ledernettverk\u{1f}3", Grade::Exact);
        check("helsetjeneste", "helse-\u{1f}velferdstjenester\u{1f}4", Grade::Inflection);
        check("innovasjonsprodukt", "innovasjonsprosess\u{1f}-produkt\u{1f}3", Grade::Exact);
        check("innovasjonsledelse", "innovasjons-\u{1e}ledelsen\u{1f}2", Grade::Inflection);
        check("nettverk", "politiker-\u{1f}ledernettverk\u{1f}3", None);
        // The half after the line end is a word of its own, and matched as one.
        check("ledelse", "innovasjons-\u{1e}ledelsen\u{1f}2", None);
        check("forankring", "ledelsesforank-\u{1e}ringen\u{1f}2", Grade::Head);
        check("forankring", "forank-\u{1e}ring\u{1f}2", Grade::Exact);
    }

    #[test]
    fn a_plural_stands_for_its_noun() {
        check("ildsjeler", "ildsjel", Grade::Inflection);
        check("ildsjeler", "ildsjelene", Grade::Inflection);
        check("eldre", "gammel", None);
    }

    #[test]
    fn other_languages_go_by_their_stems() {
        let languages = vec![Language::Other(OtherLanguage::English)];
        let query = WordQuery { word: "ownership".to_owned(), languages, compounds: Compounds::Both, derive: false };
        let matcher = WordMatcher::new(&query);
        assert_eq!(matcher.accept("ownerships"), Some(Grade::Inflection));
        assert_eq!(matcher.accept("co-ownership"), Some(Grade::Head));
        assert_eq!(matcher.accept("ownershipsarbeid"), None);
    }
}
