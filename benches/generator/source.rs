//! What generated text is made of: pieces of running text from the example studies, with rare compounds put in.
//!
//! Words that are frequent there are frequent here and in the same company, so phrases come back. As material
//! grows, so does its vocabulary: compounds of two words of the studies follow Zipf's law without end.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use super::random::Random;

/// One word in so many is a compound.
const COMPOUNDS: usize = 20;
/// Compounds have ranks below 2 to this power.
const COMPOUND_BITS: usize = 20;

/// The words of the example studies.
#[derive(Debug)]
pub(crate) struct Source {
    /// Running words as written, with what punctuation clings to them, but for the ends of sentences.
    running: Vec<String>,
    /// Words of letters that compounds are made of.
    parts: Vec<String>,
}

impl Source {
    /// Reads all documents below `folder`, in the order of their paths.
    pub(crate) fn read(folder: &Path) -> io::Result<Self> {
        let mut files = Vec::new();
        collect(folder, &mut files)?;
        files.sort();
        let mut running = Vec::new();
        for file in files {
            let text = fs::read_to_string(file)?;
            // Front matter, headings, lists and labels are marks of a format, no running text.
            let lines = text.lines().filter(|line| line.len() > 80 && !line.starts_with(['-', '#', '|']));
            for line in lines {
                let said = line.split_once(": ").filter(|(label, _)| label.len() < 40).map_or(line, |(_, said)| said);
                running.extend(said.split_whitespace().filter(|word| !word.ends_with(':')).map(str::to_owned));
            }
        }
        let mut parts: Vec<String> = running.iter().filter(|word| is_plain(word, 4)).cloned().collect();
        parts.sort();
        parts.dedup();
        Ok(Self { running, parts })
    }

    /// Appends a sentence and a blank.
    pub(crate) fn sentence(&self, random: &mut Random, text: &mut String) {
        let length = 6 + random.below(15);
        let mut written = 0;
        while written < length {
            let start = random.below(self.running.len() - 8);
            for word in &self.running[start..start + 3 + random.below(5)] {
                let word = word.trim_end_matches(['.', '?', '!', '…', ':']);
                match (written, random.below(COMPOUNDS)) {
                    (0, _) => text.extend(capitalised(word)),
                    (_, 0) => self.compound(random.rank(COMPOUND_BITS), text),
                    _ => text.push_str(word),
                }
                text.push(' ');
                written += 1;
            }
        }
        text.truncate(text.trim_end_matches([' ', ',', ';']).len());
        text.push_str(". ");
    }

    /// The compound of this rank, as two words and perhaps a linking s.
    fn compound(&self, rank: u64, text: &mut String) {
        let mut random = Random::new(rank);
        text.push_str(&self.parts[random.below(self.parts.len())]);
        text.push_str(if random.below(2) == 0 { "s" } else { "" });
        text.push_str(&self.parts[random.below(self.parts.len())]);
    }

    /// Words of at least five letters, the most frequent first, then so many compounds, likewise.
    pub(crate) fn words(&self, compounds: u64) -> Vec<String> {
        let plain = by_frequency(self.running.iter().filter(|word| is_plain(word, 5)).map(String::as_str));
        let compounds = (0..compounds).map(|rank| {
            let mut word = String::new();
            self.compound(rank, &mut word);
            word
        });
        plain.into_iter().map(str::to_owned).chain(compounds).collect()
    }

    /// Pairs of such words that stand side by side, the most frequent first.
    pub(crate) fn pairs(&self) -> Vec<(&str, &str)> {
        let pairs = self.running.windows(2).filter(|pair| pair.iter().all(|word| is_plain(word, 4)));
        by_frequency(pairs.map(|pair| (pair[0].as_str(), pair[1].as_str())))
    }
}

fn by_frequency<T: Ord + Copy>(things: impl Iterator<Item = T>) -> Vec<T> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    things.for_each(|thing| *counts.entry(thing).or_default() += 1);
    let mut sorted: Vec<(T, usize)> = counts.into_iter().collect();
    // The sort is stable: of equally frequent ones the first in the alphabet comes first.
    sorted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    sorted.into_iter().map(|(thing, _)| thing).collect()
}

fn is_plain(word: &str, length: usize) -> bool {
    word.chars().count() >= length && word.chars().all(char::is_lowercase)
}

fn capitalised(word: &str) -> impl Iterator<Item = char> {
    let mut letters = word.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters)
}

fn collect(folder: &Path, files: &mut Vec<std::path::PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if path.is_dir() && !is_hidden {
            collect(&path, files)?;
        } else if path.components().any(|part| part.as_os_str() == "documents")
            && path.extension().is_some_and(|extension| extension == "txt" || extension == "md")
        {
            files.push(path);
        }
    }
    Ok(())
}
