//! HTML that is written piece by piece. Markup is ours; words go through [`markup`].

use crate::report::escape::markup;

/// A page that grows.
#[derive(Debug, Default)]
pub(super) struct Html {
    out: String,
}

impl Html {
    /// Markup as it is.
    pub(super) fn raw(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    /// Words, made harmless.
    pub(super) fn text(&mut self, words: &str) {
        self.out.push_str(&markup(words));
    }

    /// An element with words in it; `open` is its name and attributes: `th scope="row"`.
    pub(super) fn tag(&mut self, open: &str, words: &str) {
        self.inside(open, |html| html.text(words));
    }

    /// An element with whatever `fill` writes in it.
    pub(super) fn inside(&mut self, open: &str, fill: impl FnOnce(&mut Self)) {
        let name = open.split(' ').next().unwrap_or(open);
        self.out.push('<');
        self.out.push_str(open);
        self.out.push('>');
        fill(self);
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    pub(super) fn line(&mut self) {
        self.out.push('\n');
    }

    pub(super) fn finish(self) -> String {
        self.out
    }
}

/// Words for an attribute, with its quotation marks.
pub(super) fn quoted(words: &str) -> String {
    format!("\"{}\"", markup(words))
}
