//! Names that differ in more than case: one that is taken already gets a number.

use std::collections::{BTreeMap, BTreeSet};

/// Hands them out.
#[derive(Debug, Default)]
pub(super) struct Unique {
    /// In lower case.
    taken: BTreeSet<String>,
    /// By name, the last number: a file may call everything the same, and counting anew each time would take for ever.
    last: BTreeMap<String, u32>,
}

impl Unique {
    pub(super) fn is_taken(&self, name: &str) -> bool {
        self.taken.contains(&name.to_lowercase())
    }

    /// `base`, or what `numbered` makes of it and of the first number, from 2, that makes it free.
    pub(super) fn take(&mut self, base: String, numbered: impl Fn(&str, u32) -> String) -> String {
        let lower = base.to_lowercase();
        if self.taken.insert(lower.clone()) {
            return base;
        }
        let n = self.last.entry(lower).or_insert(1);
        loop {
            *n += 1;
            let name = numbered(&base, *n);
            if self.taken.insert(name.to_lowercase()) {
                return name;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_taken_gets_the_next_free_number() {
        let mut unique = Unique::default();
        let mut take = |name: &str| unique.take(name.to_owned(), |base, n| format!("{base} ({n})"));
        let names = ["a", "A", "a (3)", "a", "b", "a"].map(&mut take);
        assert_eq!(names, ["a", "A (2)", "a (3)", "a (4)", "b", "a (5)"]);
    }

    #[test]
    fn each_number_is_tried_once() {
        let mut unique = Unique::default();
        let tried = std::cell::Cell::new(0);
        for _ in 0..10_000 {
            unique.take("dokument".to_owned(), |base, n| {
                tried.set(tried.get() + 1);
                format!("{base} ({n})")
            });
        }
        assert_eq!(tried.get(), 9_999);
    }
}
