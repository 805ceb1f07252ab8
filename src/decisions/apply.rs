//! Placed decisions × mentions → mentions: what counts when people have had their say.

use super::place::{PlacedDecisions, Vote};
use crate::codebook::Codebook;
use crate::coding::{Mention, Mentions, People, resolve_overlaps};
use crate::index::Corpus;

impl PlacedDecisions {
    /// Applies the decisions to what the rules found. `open` says, by row, where mentions may be.
    #[must_use]
    pub fn apply(&self, codebook: &Codebook, mut all: Mentions, open: &[bool]) -> Mentions {
        if self.votes.is_empty() {
            return all;
        }
        let mut people = People::new(self.coders.clone());
        for votes in self.votes.chunk_by(|a, b| a.code == b.code) {
            let Some(code) = codebook.index_of(&self.codes[votes[0].code as usize]) else { continue };
            let votes: Vec<&Vote> = votes.iter().filter(|vote| open[vote.piece.row as usize]).collect();
            let mentions = std::mem::take(&mut all.codes[code]);
            all.codes[code] = of_code(mentions, &votes);
            for vote in votes.iter().filter(|vote| vote.is_for) {
                people.add(code, &mention(vote), vote.coder);
            }
        }
        all.people = people.finish();
        all
    }

    /// What `coder` stands for, every place accepted, added or recoded to, by the overlap rule; and by row whether the
    /// coder has read it, so that "no code" is an answer. `None` if this coder decided nothing. `open` tells by row where
    /// mentions may stand.
    #[must_use]
    pub fn of_coder(
        &self,
        coder: &str,
        codebook: &Codebook,
        corpus: &Corpus,
        open: &[bool],
    ) -> Option<(Mentions, Vec<bool>)> {
        let coder = self.coders.iter().position(|name| name == coder)?;
        let is_own = |own: u32| own as usize == coder;
        let mut all = Mentions::none(codebook.codes.len());
        let own = self.votes.iter().filter(|vote| is_own(vote.coder) && vote.is_for && open[vote.piece.row as usize]);
        for vote in own {
            if let Some(code) = codebook.index_of(&self.codes[vote.code as usize]) {
                all.codes[code].push(mention(vote));
            }
        }
        for mentions in &mut all.codes {
            *mentions = resolve_overlaps::<Mention, Mention>(std::mem::take(mentions), &[]);
        }
        let mut has_read = vec![false; corpus.rows().len()];
        self.read.iter().filter(|(own, _)| is_own(*own)).for_each(|(_, row)| has_read[*row as usize] = true);
        Some((all, has_read))
    }
}

/// The mentions of one code: those that the rules found and nobody voted against, or somebody voted for; and every other
/// place that somebody voted for.
fn of_code(mut mentions: Vec<Mention>, votes: &[&Vote]) -> Vec<Mention> {
    let place = |mention: &Mention| (mention.row, mention.from, mention.to);
    let stands_for = |mention: &Mention| {
        let first = votes.partition_point(|vote| key(vote) < place(mention));
        votes[first..].iter().take_while(|vote| key(vote) == place(mention)).any(|vote| vote.is_for)
    };
    let mut is_out = vec![false; mentions.len()];
    for vote in votes.iter().filter(|vote| !vote.is_for) {
        let first = mentions.partition_point(|own| (own.row, own.to) <= (vote.piece.row, vote.piece.from));
        let met = mentions[first..].iter().enumerate();
        let met = met.take_while(|(_, own)| own.row == vote.piece.row && own.from < vote.piece.to);
        for (index, own) in met {
            is_out[first + index] = !stands_for(own);
        }
    }
    // Of several people on one place, the first by name who says so tells its stance.
    let of_place = votes.chunk_by(|a, b| key(a) == key(b)).filter_map(|votes| {
        let own = || votes.iter().filter(|vote| vote.is_for);
        own().find(|vote| vote.stance.is_some()).or_else(|| own().next())
    });
    let mut added: Vec<Mention> = of_place.map(|vote| mention(vote)).collect();
    added.retain(|own| mentions.binary_search_by_key(&place(own), place).is_err());
    let mut index = 0;
    mentions.retain(|_| {
        index += 1;
        !is_out[index - 1]
    });
    if added.is_empty() {
        return mentions;
    }
    mentions.extend(added);
    mentions.sort_unstable();
    resolve_overlaps::<Mention, Mention>(mentions, &[])
}

fn key(vote: &Vote) -> (u32, u32, u32) {
    (vote.piece.row, vote.piece.from, vote.piece.to)
}

fn mention(vote: &Vote) -> Mention {
    Mention::manual(vote.piece.row, vote.piece.from..vote.piece.to, vote.stance)
}
