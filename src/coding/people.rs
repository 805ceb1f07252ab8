//! The people who support mentions, besides the rules: who made or accepted them.

use super::mention::Mention;
use crate::text::narrow;

/// Code, row, first word, one past the last word.
type Key = (u32, u32, u32, u32);

/// The people who made or accepted mentions; empty where nobody decided anything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct People {
    names: Vec<String>,
    /// By key, then by name.
    by_mention: Vec<(Key, u32)>,
}

impl People {
    /// Nobody yet, of those with these names.
    #[must_use]
    pub fn new(names: Vec<String>) -> Self {
        Self { names, by_mention: Vec::new() }
    }

    /// The person `name` (an index) supports a mention of `code`.
    pub fn add(&mut self, code: usize, mention: &Mention, name: u32) {
        self.by_mention.push((key(code, mention), name));
    }

    /// Makes what was added known.
    #[must_use]
    pub fn finish(mut self) -> Self {
        self.by_mention.sort_unstable();
        self.by_mention.dedup();
        self
    }

    /// The people who support a mention, by name.
    pub fn of(&self, code: usize, mention: &Mention) -> impl Iterator<Item = &str> {
        let key = key(code, mention);
        let first = self.by_mention.partition_point(|(own, _)| *own < key);
        let own = self.by_mention[first..].iter().take_while(move |(own, _)| *own == key);
        own.filter_map(|(_, name)| self.names.get(*name as usize).map(String::as_str))
    }
}

fn key(code: usize, mention: &Mention) -> Key {
    let code = narrow(code);
    (code, mention.row, mention.from, mention.to)
}
