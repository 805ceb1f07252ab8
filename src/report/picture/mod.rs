//! Pictures of a report as SVG: for the page, for papers, for other documents.
//!
//! Written by hand: what is drawn are rectangles, circles, lines and words, every mark must lead to its quotes and have
//! a name for screen readers, and the same numbers must give the same bytes. No plotting library gives the last three.
//!
//! Colours stand as attributes, with a class beside each, so that a picture is whole by itself and a page can give it
//! the colours of its own light or dark theme.
//!
//! - `canvas`: shapes, words and colours. `link`: where a mark leads.
//! - `heatmap`, `change`, `together`, `timeline`, `stance`: one picture each.

mod canvas;
mod change;
mod heatmap;
mod link;
mod stance;
mod timeline;
mod together;

pub use change::{change, change_within};
pub use heatmap::{Unit, heatmap};
pub use link::Place;
pub use stance::stance;
pub use timeline::timeline;
pub use together::together;

pub(super) use heatmap::level;
pub(super) use link::{STANCES, stance_number};
pub(super) use stance::of_stance;

/// A picture with what must be said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// One line.
    pub title: String,
    /// How it is read.
    pub description: String,
    /// The `svg` element.
    pub svg: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

impl Picture {
    /// A file of its own.
    #[must_use]
    pub fn file(&self) -> String {
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}\n", self.svg)
    }
}

/// Whether marks lead to the quotes of the page that the picture stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Links {
    /// To the quotes behind each mark.
    ToQuotes,
    /// Nowhere: the picture stands by itself.
    None,
}
