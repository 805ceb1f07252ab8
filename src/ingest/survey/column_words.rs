//! Words of headings and values that tell what a column of a survey sheet holds, in lower case.

/// Headings of the column that tells respondents apart, letters and digits only.
pub(super) const IDS: [&str; 16] = [
    "id",
    "respondent",
    "respondentid",
    "respondentnr",
    "respondentnummer",
    "informant",
    "informantid",
    "informantnr",
    "deltaker",
    "deltakerid",
    "deltakarid",
    "svarid",
    "submissionid",
    "responseid",
    "participant",
    "participantid",
];

/// Words of headings that ask for an answer in words.
#[rustfmt::skip]
pub(super) const ASKING: [&str; 33] = [
    "kommentar", "kommentarer", "kommentarar", "kommenter", "beskriv", "utdyp", "forklar", "begrunn", "grunngi",
    "nevn", "nemn", "fortell", "fortel", "skriv", "fritekst", "merknad", "merknader", "merknadar", "forslag",
    "innspill", "innspel", "tilbakemelding", "tilbakemeldinger", "tilbakemeldingar", "comment", "comments",
    "describe", "explain", "elaborate", "mention", "suggest", "suggestions", "feedback",
];

/// Words that a question begins with.
#[rustfmt::skip]
pub(super) const QUESTION_WORDS: [&str; 21] = [
    "hva", "hvem", "hvilke", "hvilken", "hvilket", "hvorfor", "hvordan", "hvor", "kva", "kven", "kvifor", "korleis",
    "korfor", "kor", "what", "who", "whom", "which", "why", "how", "where",
];

/// What follows `hvor` and `how` where a degree or a number is asked for.
#[rustfmt::skip]
pub(super) const DEGREES: [&str; 38] = [
    "fornøyd", "nøgd", "misfornøyd", "enig", "einig", "uenig", "ofte", "sjelden", "mange", "mye", "mykje", "lenge",
    "lang", "langt", "gammel", "gammal", "stor", "stort", "store", "viktig", "viktige", "nyttig", "god", "godt",
    "bra", "tilfreds", "sannsynlig", "satisfied", "often", "many", "much", "long", "old", "important", "useful",
    "likely", "well", "far",
];

/// Words of headings that tell of the respondents themselves.
#[rustfmt::skip]
pub(super) const BACKGROUND: [&str; 99] = [
    "alder", "kjønn", "fødselsår", "født", "navn", "namn", "fornavn", "fornamn", "etternavn", "etternamn", "epost",
    "mail", "adresse", "postnummer", "poststed", "telefon", "mobil", "kommune", "kommuner", "kommunenavn", "fylke",
    "by", "sted", "stad", "bosted", "bustad", "bydel", "land", "region", "distrikt", "enhet", "eining", "avdeling",
    "etat", "tjeneste", "teneste", "tjenestested", "sektor", "virksomhet", "verksemd", "organisasjon",
    "arbeidsgiver", "arbeidsgjevar", "arbeidssted", "arbeidsstad", "arbeidsplass", "stilling", "stillingstittel",
    "stillingsprosent", "tittel", "rolle", "funksjon", "yrke", "profesjon", "bransje", "utdanning", "utdannelse",
    "fag", "ansiennitet", "sivilstand", "språk", "målform", "nasjonalitet", "gruppe", "skole", "skule",
    "institusjon", "parti", "prosjekt", "prosjektnavn", "age", "gender", "sex", "name", "surname", "email",
    "address", "phone", "city", "town", "municipality", "county", "country", "department", "unit", "organisation",
    "organization", "employer", "position", "title", "role", "occupation", "profession", "education", "language",
    "nationality", "school", "company", "group",
];

/// Words that ask in the second person for what respondents are.
#[rustfmt::skip]
pub(super) const LIVING: [&str; 14] = [
    "bor", "bur", "jobber", "jobbar", "arbeider", "arbeidar", "heter", "heiter", "gammel", "gammal",
    "representerer", "representerar", "live", "work",
];

/// Words for whoever answers.
#[rustfmt::skip]
pub(super) const SECOND_PERSON: [&str; 11] = [
    "du", "deg", "din", "ditt", "dine", "dere", "dykk", "deres", "dykkar", "you", "your",
];

/// Steps of scales, and yes and no.
#[rustfmt::skip]
pub(super) const STEPS: [&str; 69] = [
    "ja", "nei", "ja, delvis", "vet ikke", "veit ikkje", "usikker", "kanskje", "ikke relevant", "ikkje aktuelt",
    "enig", "einig", "uenig", "ueinig", "fornøyd", "nøgd", "misfornøyd", "misnøgd", "nøytral", "verken eller",
    "aldri", "sjelden", "sjeldan", "av og til", "noen ganger", "nokre gonger", "ofte", "alltid", "daglig",
    "ukentlig", "månedlig", "god", "godt", "bra", "middels", "dårlig", "dårleg", "høy", "høg", "lav", "låg", "stor",
    "liten", "mye", "mykje", "lite", "noe", "noko", "litt", "viktig", "uviktig", "yes", "no", "don't know", "agree",
    "disagree", "neutral", "satisfied", "dissatisfied", "never", "rarely", "sometimes", "often", "always", "good",
    "fair", "poor", "high", "medium", "low",
];

/// Words that a step of a scale in several words begins with.
#[rustfmt::skip]
pub(super) const GRADING: [&str; 25] = [
    "svært", "veldig", "helt", "heilt", "delvis", "nokså", "ganske", "litt", "noe", "noko", "lite", "verken",
    "hverken", "meget", "mest", "ikke", "ikkje", "very", "quite", "rather", "somewhat", "strongly", "fairly", "not",
    "neither",
];
