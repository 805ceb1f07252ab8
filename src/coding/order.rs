//! Sorting what lies in rows: there is much of it, and rows are numbered, so it is distributed instead of compared.

/// Where fewer than one row in so many has an item, comparing is as fast.
const SPARSE: usize = 8;

/// Sorts `items`, whose order is by row first. `row` gives the row's number, below `n_rows`.
pub(super) fn sort_in_rows<T: Copy + Ord>(items: &mut Vec<T>, n_rows: usize, row: impl Fn(&T) -> usize) {
    if items.is_sorted() {
        return;
    }
    if items.len() < n_rows / SPARSE || u32::try_from(items.len()).is_err() {
        // Stable, since that makes use of runs: each form's places are in order.
        return items.sort();
    }
    // Where each row starts; while items are distributed, where its next item goes; at last where it ends.
    let mut places = vec![0_u32; n_rows + 1];
    for item in &*items {
        places[row(item) + 1] += 1;
    }
    for number in 0..n_rows {
        places[number + 1] += places[number];
    }
    let mut sorted = items.clone();
    for item in &*items {
        let place = &mut places[row(item)];
        sorted[*place as usize] = *item;
        *place += 1;
    }
    let mut start = 0;
    for end in &places[..n_rows] {
        let end = *end as usize;
        match &mut sorted[start..end] {
            [] | [_] => {}
            [first, second] => {
                if second < first {
                    std::mem::swap(first, second);
                }
            }
            more => more.sort_unstable(),
        }
        start = end;
    }
    *items = sorted;
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn dealing_out_sorts(items in proptest::collection::vec((0_usize..20, 0_u8..9), 0..60), more_rows in 0_usize..900) {
            let mut dealt = items.clone();
            sort_in_rows(&mut dealt, 20 + more_rows, |item| item.0);
            let mut sorted = items;
            sorted.sort_unstable();
            proptest::prop_assert_eq!(dealt, sorted);
        }
    }
}
