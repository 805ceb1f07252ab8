//! Words of the material → a decision that can find them again: position, quote, and the text around it.

use crate::index::{Corpus, Row, Texts};
use crate::language::Tokens;

use super::decision::{Action, Decision};
use super::locate::{Places, Reader, WordSpan};
use crate::coding::coding_id;
use crate::text::narrow;

/// Characters of its own segment that are kept on either side of a quote: parallel passages differ in a word or two.
const OWN: usize = 160;
/// Characters beyond the segment that are kept on either side: they tell an edited passage from one like it.
const BEYOND: usize = 80;

/// Makes decisions of places in a corpus, and finds those of quotes; quickest for rows that ascend.
pub struct Anchors<'a> {
    corpus: &'a Corpus,
    /// By part.
    texts: Vec<Option<Texts<'a>>>,
    last: Option<(usize, Row, Tokens)>,
    /// The document in which a quote was looked for last, read as far as that needed.
    reader: Option<Reader<'a>>,
}

impl std::fmt::Debug for Anchors<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Anchors").finish_non_exhaustive()
    }
}

impl<'a> Anchors<'a> {
    /// Of this corpus.
    #[must_use]
    pub fn new(corpus: &'a Corpus) -> Self {
        Self { corpus, texts: corpus.parts().iter().map(|_| None).collect(), last: None, reader: None }
    }

    /// A decision on consecutive words, given by segment; none if `words` is empty or past the end of a segment.
    /// `code` is part of what the coding's id is made from.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn decision(&mut self, action: Action, words: &[WordSpan], code: &str) -> std::io::Result<Option<Decision>> {
        let Some((first, last)) = words.first().zip(words.last()) else { return Ok(None) };
        let Some(document) = self.corpus.rows().document(first.row as usize) else { return Ok(None) };
        let path = self.corpus.documents()[document].path.as_str();
        let rows = self.corpus.rows_of(document);
        let Some((start, before)) = self.left(first, &rows)? else { return Ok(None) };
        let mut quote = String::new();
        let mut end = start;
        for words in words {
            let (row, tokens) = self.row(words.row as usize)?;
            let Some(span) = span(tokens, words) else { return Ok(None) };
            if !quote.is_empty() {
                quote.push('\n');
            }
            quote.push_str(&row.text[span.clone()]);
            end = row.code_point + narrow(row.text[..span.end].chars().count());
        }
        let after = self.right(last, &rows)?;
        Ok(Some(Decision {
            id: Some(coding_id(path, code, start, end)),
            segment: Some(self.corpus.rows().number(first.row as usize)),
            start: Some(start),
            end: Some(end),
            quote,
            before,
            after,
            code: Some(code.to_owned()),
            ..Decision::new(action, path)
        }))
    }

    /// Where the words of `wanted`'s quote stand in a document: every place that its context and segment leave in
    /// question.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn places(&mut self, document: usize, wanted: &Decision) -> std::io::Result<Places> {
        let reader = match self.reader.take().filter(|reader| reader.is_of(document)) {
            Some(reader) => reader,
            None => Reader::new(self.corpus, document),
        };
        self.reader.insert(reader).places(wanted)
    }

    /// The first code point of the words, and what stands before them.
    fn left(&mut self, words: &WordSpan, rows: &std::ops::Range<usize>) -> std::io::Result<Option<(u32, String)>> {
        let (row, tokens) = self.row(words.row as usize)?;
        let Some(span) = span(tokens, words) else { return Ok(None) };
        let start = row.code_point + narrow(row.text[..span.start].chars().count());
        let own = tail(&row.text[..span.start], OWN + 1).to_owned();
        let beyond = (rows.start..words.row as usize).rev().map(|row| Ok(self.read(row)?.text));
        Ok(Some((start, before(start, &own, beyond)?)))
    }

    fn right(&mut self, words: &WordSpan, rows: &std::ops::Range<usize>) -> std::io::Result<String> {
        let (row, tokens) = self.row(words.row as usize)?;
        let Some(span) = span(tokens, words) else { return Ok(String::new()) };
        let own = head(&row.text[span.end..], OWN + 1).to_owned();
        after(&own, (words.row as usize + 1..rows.end).map(|row| Ok(self.read(row)?.text)))
    }

    fn read(&mut self, row: usize) -> std::io::Result<Row> {
        let part = self.corpus.part_index(row);
        let texts = match &self.texts[part] {
            Some(texts) => texts,
            None => self.texts[part].insert(self.corpus.parts()[part].texts()?),
        };
        texts.get(row)
    }

    fn row(&mut self, row: usize) -> std::io::Result<(&Row, &Tokens)> {
        if self.last.as_ref().is_none_or(|(last, ..)| *last != row) {
            let read = self.read(row)?;
            let tokens = Tokens::of(&read.text);
            self.last = Some((row, read, tokens));
        }
        let (_, row, tokens) = self.last.as_ref().expect("it was read");
        Ok((row, tokens))
    }
}

/// What is kept of the text before a quote that begins at code point `start`: of its own segment, and of those beyond,
/// the nearest first. A line end before all of it says that nothing stands there, where `start` does not.
///
/// # Errors
/// When those beyond cannot be read.
pub fn before<T: AsRef<str>>(
    start: u32,
    own: &str,
    beyond: impl Iterator<Item = std::io::Result<T>>,
) -> std::io::Result<String> {
    let (mut before, is_all) = context(own, beyond, tail, |near, far| format!("{far}\n{near}"))?;
    if is_all && before.chars().count() != start as usize {
        before.insert(0, '\n');
    }
    Ok(before)
}

/// The text after a quote, from its own segment and those beyond; a final line end says that the document ends there.
///
/// # Errors
/// When those beyond cannot be read.
pub fn after<T: AsRef<str>>(own: &str, beyond: impl Iterator<Item = std::io::Result<T>>) -> std::io::Result<String> {
    let (mut after, is_all) = context(own, beyond, head, |near, far| format!("{near}\n{far}"))?;
    if is_all {
        after.push('\n');
    }
    Ok(after)
}

/// The context on one side, and whether it reaches the edge of the document.
fn context<T: AsRef<str>>(
    own: &str,
    beyond: impl Iterator<Item = std::io::Result<T>>,
    cut: fn(&str, usize) -> &str,
    join: fn(&str, &str) -> String,
) -> std::io::Result<(String, bool)> {
    let mut context = cut(own, OWN).to_owned();
    if context.len() < own.len() {
        return Ok((context, false));
    }
    let most = context.chars().count() + BEYOND;
    for text in beyond {
        if context.chars().count() >= most {
            return Ok((context, false));
        }
        let text = text?;
        let all = join(&context, cut(text.as_ref(), BEYOND + 1));
        context = cut(&all, most).to_owned();
        if context.len() < all.len() {
            return Ok((context, false));
        }
    }
    Ok((context, true))
}

fn span(tokens: &Tokens, words: &WordSpan) -> Option<std::ops::Range<usize>> {
    let words = tokens.words().get(words.from as usize..words.to as usize)?;
    Some(words.first()?.start as usize..words.last()?.end as usize)
}

/// The last `most` characters.
fn tail(text: &str, most: usize) -> &str {
    text.char_indices().rev().nth(most - 1).map_or(text, |(at, _)| &text[at..])
}

/// The first `most` characters.
fn head(text: &str, most: usize) -> &str {
    text.char_indices().nth(most).map_or(text, |(at, _)| &text[..at])
}
