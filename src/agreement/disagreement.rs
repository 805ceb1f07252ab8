//! The segments that two coders differ on, with their text and what found them, to be read.

use super::judged::{Coder, Unit};
use crate::codebook::Codebook;
use crate::coding::{Codings, Counted};
use crate::index::Corpus;
use crate::language::{Stance, Tokens};

/// In what two coders differ on a code in a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// The gold has the code, the other coder does not.
    Missed,
    /// The other coder has the code, the gold does not.
    Extra,
    /// Both have it, and say otherwise how the segment puts it.
    Stance {
        /// What the gold says.
        gold: Stance,
        /// What the other says.
        found: Option<Stance>,
    },
}

/// One place where a rule or a person found the code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Find {
    /// The exact words.
    pub quote: String,
    /// The pattern, as written.
    pub pattern: String,
    /// How the clause puts it.
    pub stance: Stance,
}

/// One code in one segment on which two coders differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// Index of the code.
    pub code: usize,
    /// The segment.
    pub unit: Unit,
    /// In what they differ.
    pub difference: Difference,
    /// Where the second coder found it, if that tells more than the segment.
    pub finds: Vec<Find>,
    /// The segment's text.
    pub text: String,
    /// Its line in the document, from 1.
    pub line: u32,
}

/// All differences of two coders on `units`, by code, in the order of [`Difference`], by document and segment. `places`
/// are the second coder's, where they are known.
///
/// # Errors
/// When the index cannot be read.
pub fn disagreements(
    corpus: &Corpus,
    codebook: &Codebook,
    units: &[Unit],
    (gold, found): (&Coder, &Coder),
    places: Option<&Codings>,
) -> std::io::Result<Vec<Disagreement>> {
    let mut all = Vec::new();
    for code in 0..codebook.codes.len() {
        let first = all.len();
        for (index, unit) in units.iter().enumerate() {
            let difference = match (gold.has[code][index], found.has[code][index]) {
                (true, false) => Difference::Missed,
                (false, true) => Difference::Extra,
                (true, true) => match (gold.stance[code][index], found.stance[code][index]) {
                    (Some(gold), found) if found != Some(gold) => Difference::Stance { gold, found },
                    _ => continue,
                },
                (false, false) => continue,
            };
            let row = corpus.part_of(unit.row).texts()?.get(unit.row)?;
            let tokens = Tokens::of(&row.text);
            let find = |Counted { code, mention, stance }: Counted<'_>| {
                let words = tokens.words().get(mention.from as usize..mention.to as usize)?;
                let quote = &row.text[words.first()?.start as usize..words.last()?.end as usize];
                // A person's mention has none.
                let pattern = codebook.codes[code].patterns.get(usize::from(mention.pattern));
                let pattern = pattern.map_or_else(String::new, |pattern| pattern.source.clone());
                Some(Find { quote: quote.to_owned(), pattern, stance })
            };
            let finds =
                places.map_or_else(Vec::new, |codings| codings.counted_in(code, unit.row).filter_map(find).collect());
            all.push(Disagreement { code, unit: *unit, difference, finds, text: row.text, line: row.line });
        }
        all[first..].sort_by_key(|one| match one.difference {
            Difference::Missed => 0,
            Difference::Extra => 1,
            Difference::Stance { .. } => 2,
        });
    }
    Ok(all)
}
