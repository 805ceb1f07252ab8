//! In which order passages are shown: the best first, then so that one long document does not fill the list.

use std::collections::BTreeMap;

use super::rank::Ranked;

/// Each passage shown of a document lowers the next one's score to this share.
const SAME_DOCUMENT: f64 = 0.8;
/// Each passage shown of a case and phase lowers the next one's to this share.
const SAME_CELL: f64 = 0.95;
/// A passage that scores less than this share of the best is no evidence beside it.
const FAINT: f64 = 0.12;

/// Where a passage comes from, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Origin {
    pub(super) document: usize,
    pub(super) cell: usize,
    /// What tells repeated text; 0 for none.
    pub(super) repeat: u64,
}

/// Those that are evidence beside the best. For a claim that is of a theme and nothing else, all that are coded with
/// the theme, by whichever words.
pub(super) fn evident(ranked: &[Ranked], is_of_theme: bool) -> Vec<usize> {
    let faint = ranked.first().map_or(0.0, |best| best.score * FAINT).max(0.0);
    let is_evident = |passage: &Ranked| passage.score > faint || is_of_theme && passage.is_coded;
    (0..ranked.len()).filter(|index| is_evident(&ranked[*index])).collect()
}

/// The indices `left` in the order in which their passages are shown; of repeated text the best.
pub(super) fn spread(ranked: &[Ranked], origins: &[Origin], mut left: Vec<usize>) -> Vec<usize> {
    let mut shown: Vec<usize> = Vec::new();
    let (mut of_document, mut of_cell) = (BTreeMap::new(), BTreeMap::new());
    while !left.is_empty() {
        let worth = |index: usize| {
            let Origin { document, cell, .. } = origins[index];
            let lowered = |share: f64, by: &BTreeMap<usize, i32>, key| share.powi(by.get(&key).copied().unwrap_or(0));
            let (of_document, of_cell) =
                (lowered(SAME_DOCUMENT, &of_document, document), lowered(SAME_CELL, &of_cell, cell));
            ranked[index].score * of_document * of_cell
        };
        let Some(best) =
            (0..left.len()).max_by(|a, b| worth(left[*a]).total_cmp(&worth(left[*b])).then(left[*b].cmp(&left[*a])))
        else {
            break;
        };
        let index = left.remove(best);
        let Origin { document, cell, repeat } = origins[index];
        left.retain(|other| repeat == 0 || origins[*other].repeat != repeat);
        *of_document.entry(document).or_default() += 1;
        *of_cell.entry(cell).or_default() += 1;
        shown.push(index);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_document_gives_way_and_repeated_text_stands_once() {
        let passage = |score: f64| {
            let is_coded = score < 1.0;
            Ranked { document: 0, rows: 0..1, score, coverage: 1.0, n_words: 2.0, is_coded }
        };
        let ranked: Vec<Ranked> = [10.0, 9.0, 8.5, 8.0, 0.1].into_iter().map(passage).collect();
        let origin = |document: usize, repeat: u64| Origin { document, cell: document, repeat };
        let origins = [origin(0, 0), origin(0, 0), origin(1, 7), origin(2, 7), origin(3, 0)];
        let of = |is_of_theme: bool| evident(&ranked, is_of_theme);
        assert_eq!(spread(&ranked, &origins, of(false)), [0, 2, 1]);
        assert_eq!(spread(&ranked, &origins, of(true)), [0, 2, 1, 4], "what is coded with the theme is evidence");
        assert_eq!(spread(&[], &[], Vec::new()), [] as [usize; 0]);
    }
}
