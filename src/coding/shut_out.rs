//! The forms that codes shut out by `forms_not`: how often they occur, and which patterns would have counted them.

use super::mention::words;
use super::resolve::resolve_among;
use crate::codebook::pattern::Atoms;
use crate::codebook::{Code, Codebook};
use crate::index::Corpus;

/// A form that a code shuts out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShutOut {
    /// Index of the code.
    pub code: usize,
    /// The form, folded.
    pub form: String,
    /// How often it occurs in the rows that were asked about.
    pub count: u64,
    /// Indices of the code's patterns that accept it, were it not shut out.
    pub patterns: Vec<usize>,
}

/// What the codes at the indices `codes` shut out, each form of a code once, as it occurs in rows that are `open`.
///
/// # Errors
/// When the index cannot be read.
pub fn shut_out(corpus: &Corpus, codebook: &Codebook, codes: &[usize], open: &[bool]) -> std::io::Result<Vec<ShutOut>> {
    let of_code = |index: usize| &codebook.codes[index];
    let codes: Vec<usize> = codes.iter().copied().filter(|code| !of_code(*code).forms_not.is_empty()).collect();
    let in_part = |form: &str, part: usize| corpus.parts()[part].vocabulary().forms().find(form);
    let forms_in = |part: usize| {
        let forms = codes.iter().flat_map(|code| &of_code(*code).forms_not).filter_map(|form| in_part(form, part));
        let mut forms: Vec<u32> = forms.filter_map(|form| u32::try_from(form).ok()).collect();
        forms.sort_unstable();
        forms.dedup();
        Some(forms)
    };
    let few: Vec<Option<Vec<u32>>> = (0..corpus.parts().len()).map(forms_in).collect();
    let resolved = resolve_among(corpus, &codebook.languages, words(codebook, &codes), &few);
    let accepts = |code: &Code, pattern: usize, form: &str| {
        let pattern = &code.patterns[pattern];
        (0..corpus.parts().len()).any(|part| {
            let Some(form) = in_part(form, part) else { return false };
            pattern.pattern.atoms(Atoms::Wanted).into_iter().any(|atom| {
                let accepted = resolved.accepted(&atom.kind, pattern.compounds, pattern.derive, part);
                accepted.iter().any(|accepted| accepted.form as usize == form)
            })
        })
    };
    let mut all: Vec<ShutOut> = Vec::new();
    for index in codes {
        let code = of_code(index);
        for form in &code.forms_not {
            if all.iter().any(|known| known.code == index && known.form == *form) {
                continue;
            }
            let mut count = 0;
            for (number, part) in corpus.parts().iter().enumerate() {
                let open = &open[part.first_row()..part.first_row() + part.n_rows()];
                if let Some(form) = in_part(form, number) {
                    count += part.n_words(form, |row| open[row as usize])?;
                }
            }
            let patterns = (0..code.patterns.len()).filter(|pattern| accepts(code, *pattern, form)).collect();
            all.push(ShutOut { code: index, form: form.clone(), count, patterns });
        }
    }
    Ok(all)
}
