//! Regular inflection: the endings of bokmål and nynorsk, and what of a word they are put to.
//!
//! Endings are put to the pattern's word; nothing is ever cut off a form in the text. So the rules may be generous:
//! a form that nobody writes costs nothing. Which class takes which endings is the only restraint, since a verb's
//! endings on a noun's stem do give other words.

use super::class::{Class, Model, Models, is_vowel};

/// What endings are put to.
#[derive(Debug, Clone, Copy)]
enum Stem {
    /// The word itself, ending in a consonant: `nettverk`.
    Consonant,
    /// The word itself, ending in a vowel other than e: `arena`.
    Vowel,
    /// The word itself, ending in e, which stays: `ide`, `skje`.
    KeptE,
    /// Without its e: `kommun`, `forankr`.
    WithoutE,
    /// Without its a, a nynorsk infinitive: `utvikla`.
    WithoutA,
    /// Ending in er, a person: `leder`.
    Er,
    /// Ending in ig or eg: `viktig`.
    Ig,
    /// With its m doubled: `program`, `programm`.
    DoubleM,
    /// Its e before l, n or r dropped, and a double consonant before it made single: `regel`, `regl`; `sykkel`, `sykl`.
    Syncope,
    /// Without e, a double consonant made single: `kjenne`, `kjen`; `snill`, `snil`.
    Single,
    /// Without um: `kriterium`, `kriteri`.
    WithoutUm,
    /// Without je: `søkje`, `søk`.
    WithoutJe,
    /// Without je, with a double consonant made single: `byggje`, `byg`.
    SingleWithoutJe,
    /// Without es, st: `synes`, `syn`; `synast`, `syna`.
    Deponent,
    /// Without the t of a participle: `forankret`, `forankre`.
    WithoutT,
    /// Without the d of a participle: `kjend`, `kjen`.
    WithoutD,
    /// Without en: `open`, `op`.
    WithoutEn,
}

/// The endings that words of a model take on a stem, spaces between.
struct Row(Model, Stem, &'static str);

use Model::{AVerb, Adjective, Common, Neuter, Strong, Verb};

const BOKMAAL: &[Row] = &[
    Row(Common, Stem::Consonant, "en a er ene"),
    Row(Common, Stem::Vowel, "en a er ene r ne"),
    Row(Common, Stem::KeptE, "en er ene a"),
    Row(Common, Stem::WithoutE, "en a er ene"),
    Row(Common, Stem::Er, "e ne"),
    Row(Common, Stem::DoubleM, "en a er ene"),
    Row(Common, Stem::Syncope, "er ene e a"),
    Row(Neuter, Stem::Consonant, "et a er ene"),
    Row(Neuter, Stem::Vowel, "et a er ene r ne"),
    Row(Neuter, Stem::KeptE, "et er ene a"),
    Row(Neuter, Stem::WithoutE, "et a er ene"),
    Row(Neuter, Stem::Er, "e ne"),
    Row(Neuter, Stem::DoubleM, "et a er ene"),
    Row(Neuter, Stem::Syncope, "er ene et e a"),
    Row(Neuter, Stem::WithoutUm, "et er ene a"),
    Row(Verb, Stem::WithoutE, "er et a te t de d ede ete es ende endes tes edes des"),
    Row(Verb, Stem::Single, "te t de d tes des"),
    Row(Verb, Stem::KeptE, "r s dde dd"),
    Row(Verb, Stem::Vowel, "r s dde dd ende"),
    Row(Verb, Stem::Deponent, "es tes edes des s"),
    Row(Strong, Stem::WithoutE, "er es ende endes"),
    Row(Strong, Stem::Vowel, "r s ende"),
    Row(Adjective, Stem::Consonant, "t e ere est este"),
    Row(Adjective, Stem::Vowel, "t tt e ere est este"),
    Row(Adjective, Stem::Ig, "st ste"),
    Row(Adjective, Stem::DoubleM, "e ere est este"),
    Row(Adjective, Stem::Syncope, "e ere est este"),
    Row(Adjective, Stem::Single, "t"),
    Row(Adjective, Stem::WithoutT, "de"),
];

const NYNORSK: &[Row] = &[
    Row(Common, Stem::Consonant, "en a ar ane er ene"),
    Row(Common, Stem::Vowel, "en a ar ane er ene"),
    Row(Common, Stem::KeptE, "en ar ane er ene a"),
    Row(Common, Stem::WithoutE, "en a ar ane er ene or one"),
    Row(Common, Stem::DoubleM, "en a ar ane er ene"),
    Row(Common, Stem::Syncope, "ar ane er ene a"),
    Row(Neuter, Stem::Consonant, "et a ene"),
    Row(Neuter, Stem::Vowel, "et a ene"),
    Row(Neuter, Stem::KeptE, "et a"),
    Row(Neuter, Stem::WithoutE, "et a ene"),
    Row(Neuter, Stem::DoubleM, "et a ene"),
    Row(Neuter, Stem::Syncope, "a"),
    Row(Neuter, Stem::WithoutUm, "et er ene a"),
    Row(Verb, Stem::WithoutE, "er a te t de d dde dd ast est ande as"),
    Row(Verb, Stem::WithoutA, "e er te t de d dde dd ast est ande as"),
    Row(AVerb, Stem::WithoutE, "ar"),
    Row(AVerb, Stem::WithoutA, "ar"),
    Row(Verb, Stem::Single, "te t de d"),
    Row(Verb, Stem::WithoutJe, "er te t de d ast"),
    Row(Verb, Stem::SingleWithoutJe, "te t de d"),
    Row(Verb, Stem::KeptE, "r dde dd tt"),
    Row(Verb, Stem::Vowel, "r dde dd tt ande ast st"),
    Row(Verb, Stem::Deponent, "ast est test dest"),
    Row(Strong, Stem::WithoutE, "a ande ast as en"),
    Row(Strong, Stem::Vowel, "r ande ast"),
    Row(Adjective, Stem::Consonant, "t e are ast aste"),
    Row(Adjective, Stem::Vowel, "t tt e are ast aste"),
    Row(Adjective, Stem::DoubleM, "e are ast aste"),
    Row(Adjective, Stem::Syncope, "e are ast aste"),
    Row(Adjective, Stem::Single, "t"),
    Row(Adjective, Stem::WithoutD, "t"),
    Row(Adjective, Stem::WithoutEn, "e"),
];

/// A written standard of Norwegian.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standard {
    Bokmaal,
    Nynorsk,
}

/// One form that the rules give, and what must be known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Regular {
    pub(super) form: String,
    pub(super) kind: Kind,
}

/// What must be known of a regular form before it is believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Plain,
    /// A noun's form with s; the lexicon is asked for the form without it.
    Genitive,
    /// Believed only if the lexicon says so: a bare stem, which may be an imperative, but is more often a noun.
    Doubtful,
}

/// The forms of `word`, itself excepted, if it may be inflected as `models` say.
pub(super) fn regular_forms(word: &str, models: Models, standard: Standard) -> Vec<Regular> {
    let rows = match standard {
        Standard::Bokmaal => BOKMAAL,
        Standard::Nynorsk => NYNORSK,
    };
    let mut forms = Vec::new();
    let mut push = |form: String, kind| {
        if form != word {
            forms.push(Regular { form, kind });
        }
    };
    for Row(model, stem, endings) in rows.iter().filter(|row| models.has(row.0)) {
        let Some(stem) = stem.of(word) else { continue };
        for ending in endings.split(' ') {
            let form = format!("{stem}{ending}");
            let may_be_genitive = is_noun(*model) || (*model == Adjective && form.ends_with('e'));
            if may_be_genitive && !form.ends_with('s') {
                push(format!("{form}s"), Kind::Genitive);
            }
            push(form, Kind::Plain);
        }
    }
    if models.has_class(Class::Noun) && !word.ends_with(['s', 'x', 'z']) {
        push(format!("{word}s"), Kind::Genitive);
    }
    if models.has_class(Class::Verb)
        && let Some(stem) = Stem::WithoutE.of(word)
    {
        push(single(&stem).unwrap_or_default(), Kind::Doubtful);
        push(stem, Kind::Doubtful);
    }
    forms.retain(|form| form.form.chars().count() >= 2);
    forms
}

impl Stem {
    /// This stem of `word`, if the word has one.
    fn of(self, word: &str) -> Option<String> {
        let without = |ending: &str| word.strip_suffix(ending).filter(|stem| stem.len() > 1 && stem.contains(is_vowel));
        let ends_in_vowel = word.ends_with(is_vowel);
        let whole = |fits: bool| fits.then(|| word.to_owned());
        match self {
            Self::Consonant => whole(!ends_in_vowel),
            Self::Vowel => whole(ends_in_vowel && !word.ends_with('e')),
            Self::KeptE => whole(word.ends_with('e')),
            Self::WithoutE => without("e").map(str::to_owned),
            Self::WithoutA => without("a").map(str::to_owned),
            Self::Er => whole(word.ends_with("er")),
            Self::Ig => whole(word.ends_with("ig") || word.ends_with("eg")),
            Self::DoubleM => {
                let before = without("m").is_some_and(|rest| rest.ends_with(is_vowel));
                before.then(|| format!("{word}m"))
            }
            Self::Syncope => ["el", "en", "er", "al", "an", "ar"].iter().find_map(|ending| {
                let rest = without(ending).filter(|rest| !rest.ends_with(is_vowel))?;
                Some(format!("{}{}", single(rest).as_deref().unwrap_or(rest), &ending[1..]))
            }),
            Self::Single => single(without("e").unwrap_or(word)),
            Self::WithoutUm => without("um").map(str::to_owned),
            Self::WithoutJe => without("je").map(str::to_owned),
            Self::SingleWithoutJe => without("je").and_then(single),
            Self::Deponent => without("es").or_else(|| without("ast")).map(str::to_owned),
            Self::WithoutT => word.ends_with("et").then(|| without("t")).flatten().map(str::to_owned),
            Self::WithoutD => without("d").map(str::to_owned),
            Self::WithoutEn => without("en").map(str::to_owned),
        }
    }
}

fn is_noun(model: Model) -> bool {
    matches!(model, Common | Neuter)
}

/// `kjenn`, `kjen`.
fn single(stem: &str) -> Option<String> {
    let mut backwards = stem.char_indices().rev();
    let (at, last) = backwards.next()?;
    let (_, before) = backwards.next()?;
    (last == before && !is_vowel(last)).then(|| stem[..at].to_owned())
}
