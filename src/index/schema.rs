//! The index's fields, and how words that are already known reach tantivy.

use std::cell::RefCell;

use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::language::Tokens;

/// Raised whenever words, fields or files of the index change their meaning: older indexes are built anew.
pub(super) const FORMAT: u32 = 13;

/// Longer forms are cut: nothing that long is a word.
const MAX_FORM_LENGTH: usize = 1_000;

const TOKENIZER: &str = "temakart";

/// The fields of a row. What else is known of it stands in a file of our own ([`super::row_file`]).
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    /// Only indexed.
    pub(super) words: Field,
    /// Only stored: see [`super::stored`].
    pub(super) stored: Field,
}

pub(super) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(TOKENIZER)
        .set_fieldnorms(false)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let fields = Fields {
        words: builder.add_text_field("words", TextOptions::default().set_indexing_options(indexing)),
        stored: builder.add_text_field("stored", TextOptions::default().set_stored()),
    };
    (builder.build(), fields)
}

pub(super) fn register_tokenizer(index: &tantivy::Index) {
    index.tokenizers().register(TOKENIZER, Primed::default());
}

thread_local! {
    /// The words that the next text value stands for. A segment is tokenised once, for its columns; the
    /// words reach tantivy in the same thread through here.
    static WORDS: RefCell<Tokens> = RefCell::new(Tokens::default());
}

/// Reads the words of `text` for the next row and hands them to `use_words`.
pub(super) fn prime<R>(text: &str, use_words: impl FnOnce(&Tokens) -> R) -> R {
    WORDS.with_borrow_mut(|tokens| {
        tokens.read(text);
        use_words(tokens)
    })
}

#[derive(Clone, Default)]
struct Primed {
    token: Token,
}

/// Holds the words for as long as it gives them.
struct PrimedStream<'a> {
    token: &'a mut Token,
    tokens: Tokens,
    next_word: usize,
    next_group: usize,
}

impl Tokenizer for Primed {
    type TokenStream<'a> = PrimedStream<'a>;

    fn token_stream<'a>(&'a mut self, _text: &'a str) -> PrimedStream<'a> {
        self.token.reset();
        let tokens = WORDS.take();
        PrimedStream { token: &mut self.token, tokens, next_word: 0, next_group: 0 }
    }
}

impl Drop for PrimedStream<'_> {
    fn drop(&mut self) {
        WORDS.set(std::mem::take(&mut self.tokens));
    }
}

impl TokenStream for PrimedStream<'_> {
    fn advance(&mut self) -> bool {
        // Groups come after the word that they begin with.
        if let Some(group) = self.tokens.groups().get(self.next_group)
            && (group.first as usize) < self.next_word
        {
            self.next_group += 1;
            let first = group.first as usize;
            give(self.token, position(first, self.tokens.words()[first].after_break), &group.form);
            return true;
        }
        let index = self.next_word;
        let Some(word) = self.tokens.words().get(index) else {
            return false;
        };
        self.next_word += 1;
        give(self.token, position(index, word.after_break), self.tokens.form(index));
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

/// As much of a form as is indexed.
pub(super) fn as_indexed(form: &str) -> &str {
    &form[..form.floor_char_boundary(MAX_FORM_LENGTH)]
}

/// What tantivy takes for the position of a word: its index in the segment and, in the lowest bit, whether a phrase
/// breaks before it. [`place_of`] takes it apart.
fn position(index: usize, after_break: bool) -> usize {
    index << 1 | usize::from(after_break)
}

/// The index of a word in its segment, and whether a phrase breaks before it.
pub(super) fn place_of(position: u32) -> (u32, bool) {
    (position >> 1, position & 1 == 1)
}

fn give(token: &mut Token, position: usize, form: &str) {
    token.position = position;
    token.text.clear();
    token.text.push_str(as_indexed(form));
}
