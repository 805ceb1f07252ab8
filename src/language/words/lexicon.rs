//! Norsk ordbank bokmål, embedded: which base forms a form belongs to. Built by `examples/ordbank.rs`; see NOTICE.
//!
//! It knows what it holds, not what is missing: compounds, new words, genitives and nynorsk are for the rules.

use std::sync::LazyLock;

use fst::Map;

use super::class::Class;

/// The lexicon.
pub(super) struct Lexicon {
    numbers: Map<&'static [u8]>,
    sets: Vec<Vec<Edit>>,
}

/// How a base form is made from a form: so many bytes off its end, this put on.
struct Edit {
    class: Class,
    cut: usize,
    add: &'static str,
}

/// One reading of a form: its class and base form, the latter in two parts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading<'form> {
    /// Its word class.
    pub(super) class: Class,
    kept: &'form str,
    add: &'static str,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon {
    numbers: Map::new(include_bytes!("../data/ordbank_nb.fst").as_slice())
        .expect("our own builder wrote the automaton"),
    sets: include_str!("../data/ordbank_nb.tsv").lines().map(|line| line.split(' ').map(edit).collect()).collect(),
});

/// Reads `n2+er`.
fn edit(text: &'static str) -> Edit {
    let (head, add) = text.split_once('+').expect("our own builder wrote the table");
    let (class, cut) = head.split_at(1);
    Edit {
        class: Class::from_letter(class).expect("our own builder wrote the table"),
        cut: cut.parse().expect("our own builder wrote the table"),
        add,
    }
}

impl Lexicon {
    /// The one lexicon.
    pub(super) fn get() -> &'static Self {
        &LEXICON
    }

    /// What `form` can be; nothing where the lexicon does not know it.
    pub(super) fn readings<'form>(&'static self, form: &'form str) -> impl Iterator<Item = Reading<'form>> + Clone {
        let number = self.numbers.get(form).and_then(|number| usize::try_from(number).ok());
        let set = number.map_or([].as_slice(), |number| &self.sets[number]);
        set.iter().filter_map(move |edit| {
            let kept = form.get(..form.len().checked_sub(edit.cut)?)?;
            Some(Reading { class: edit.class, kept, add: edit.add })
        })
    }

    /// Whether it knows `form`.
    pub(super) fn knows(&self, form: &str) -> bool {
        self.numbers.contains_key(form)
    }

    /// Every form, for tests.
    #[cfg(test)]
    pub(super) fn forms(&self) -> Vec<String> {
        use fst::Streamer;
        let mut stream = self.numbers.stream();
        let mut forms = Vec::new();
        while let Some((form, _)) = stream.next() {
            forms.push(String::from_utf8(form.to_vec()).unwrap());
        }
        forms
    }

    /// Whether `word` is a base form.
    pub(super) fn is_base(&'static self, word: &str) -> bool {
        self.readings(word).any(|reading| reading.is(word))
    }
}

impl Reading<'_> {
    /// Whether it is a noun's.
    pub(super) fn is_noun(&self) -> bool {
        self.class == Class::Noun
    }

    /// Whether it is a verb's.
    pub(super) fn is_verb(&self) -> bool {
        self.class == Class::Verb
    }

    /// Whether it is an adjective's.
    pub(super) fn is_adjective(&self) -> bool {
        self.class == Class::Adjective
    }

    /// Whether it is an adverb's.
    pub(super) fn is_adverb(&self) -> bool {
        self.class == Class::Adverb
    }

    /// Whether `word` is its base form.
    pub(super) fn is(&self, word: &str) -> bool {
        word.strip_prefix(self.kept) == Some(self.add)
    }

    /// Whether its base form begins as `form`, which it is a reading of, does from end to end: an infinitive or a stem.
    pub(super) fn begins_with(&self, form: &str) -> bool {
        form.strip_prefix(self.kept).is_some_and(|cut| self.add.starts_with(cut))
    }

    /// Whether its base form ends with `letter`.
    pub(super) fn ends_with(&self, letter: char) -> bool {
        if self.add.is_empty() { self.kept.ends_with(letter) } else { self.add.ends_with(letter) }
    }

    /// Its base form.
    pub(super) fn base(&self) -> String {
        format!("{}{}", self.kept, self.add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(form: &str, expected: &[&str]) {
        let mut bases: Vec<String> = Lexicon::get().readings(form).map(|reading| reading.base()).collect();
        bases.sort();
        bases.dedup();
        assert_eq!(bases, expected, "{form}");
    }

    #[test]
    fn a_form_has_all_its_base_forms() {
        check("leder", &["lede", "leder"]);
        check("forankringa", &["forankring"]);
        check("kommunane", &[]);
    }

    #[test]
    fn an_imperative_is_no_adverb_or_noun() {
        check("innover", &[]);
        check("samarbeid", &["samarbeid"]);
        check("evaluer", &["evaluere"]);
    }

    #[test]
    fn a_plural_shared_by_two_nouns_belongs_to_both() {
        check("årene", &["år", "åre"]);
        check("regler", &["regel", "regle"]);
    }

    #[test]
    fn every_set_is_used_and_no_number_lies_outside() {
        let lexicon = Lexicon::get();
        let mut used = vec![false; lexicon.sets.len()];
        for form in lexicon.forms() {
            used[usize::try_from(lexicon.numbers.get(&form).unwrap()).unwrap()] = true;
            assert!(lexicon.readings(&form).next().is_some(), "{form}");
        }
        assert!(used.iter().all(|used| *used));
    }
}
