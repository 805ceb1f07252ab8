//! The pages of a file, with what they inherit from the tree they stand in.

use std::collections::BTreeSet;

use super::super::error::IngestError;
use super::content::Matrix;
use super::file::File;
use super::object::{Dictionary, Object, Reference};

/// One page.
#[derive(Debug, Clone)]
pub(super) struct PageEntry {
    pub(super) dictionary: Dictionary,
    pub(super) resources: Dictionary,
    /// Width and height as the page is shown, in points.
    pub(super) size: (f64, f64),
    /// From the page's coordinates to upright ones with the origin at the lower left.
    pub(super) upright: Matrix,
}

/// What a node of the tree hands down.
#[derive(Debug, Clone, Default)]
struct Inherited {
    resources: Option<Dictionary>,
    media: Option<[f64; 4]>,
    crop: Option<[f64; 4]>,
    rotate: i64,
}

/// A sheet of A4, for pages that do not say how large they are.
const A4: [f64; 4] = [0.0, 0.0, 595.0, 842.0];

/// Walks through the tree of pages, page by page.
pub(super) struct Pages<'file, 'pdf> {
    file: &'file File<'pdf>,
    open: Vec<(Object, Inherited)>,
    seen: BTreeSet<Reference>,
    /// Pages that the tree names and the file does not have.
    pub(super) missing: usize,
}

impl<'file, 'pdf> Pages<'file, 'pdf> {
    /// A walk that begins at the first page.
    pub(super) fn new(file: &'file File<'pdf>) -> Result<Self, IngestError> {
        let root = file.trailer("Root")?;
        let top = root.as_dictionary().and_then(|root| root.get("Pages")).cloned().unwrap_or_default();
        Ok(Self { file, open: vec![(top, Inherited::default())], seen: BTreeSet::new(), missing: 0 })
    }

    /// The next page.
    pub(super) fn next(&mut self) -> Result<Option<PageEntry>, IngestError> {
        while let Some((node, inherited)) = self.open.pop() {
            self.file.budget.tick()?;
            // A tree that bites its own tail is damage or malice.
            if let Some(reference) = node.as_reference()
                && !self.seen.insert(reference)
            {
                continue;
            }
            let Object::Dictionary(dictionary) = self.file.resolve(node)? else {
                self.missing += 1;
                continue;
            };
            let inherited = self.inherit(&dictionary, inherited)?;
            match self.file.lookup(&dictionary, "Kids")? {
                Object::Array(kids) => {
                    self.file.budget.page(kids.len())?;
                    self.open.extend(kids.into_iter().rev().map(|kid| (kid, inherited.clone())));
                }
                _ => return Ok(Some(page(dictionary, inherited))),
            }
        }
        Ok(None)
    }

    fn inherit(&self, dictionary: &Dictionary, from: Inherited) -> Result<Inherited, IngestError> {
        let resources = match self.file.lookup(dictionary, "Resources")? {
            Object::Dictionary(own) => Some(own),
            _ => from.resources,
        };
        Ok(Inherited {
            resources,
            media: self.rectangle(dictionary, "MediaBox")?.or(from.media),
            crop: self.rectangle(dictionary, "CropBox")?.or(from.crop),
            rotate: self.file.lookup(dictionary, "Rotate")?.as_integer().unwrap_or(from.rotate),
        })
    }

    /// Left, lower, right and upper edge.
    fn rectangle(&self, dictionary: &Dictionary, key: &str) -> Result<Option<[f64; 4]>, IngestError> {
        let Object::Array(numbers) = self.file.lookup(dictionary, key)? else { return Ok(None) };
        let mut edges = Vec::with_capacity(4);
        for number in numbers.into_iter().take(4) {
            edges.extend(self.file.resolve(number)?.as_number());
        }
        let [x, y, other_x, other_y] = edges[..] else { return Ok(None) };
        let edges = [x.min(other_x), y.min(other_y), x.max(other_x), y.max(other_y)];
        let is_real = edges.iter().all(|edge| edge.is_finite()) && edges[2] - edges[0] > 1.0 && edges[3] - edges[1] > 1.0;
        Ok(is_real.then_some(edges))
    }
}

fn page(dictionary: Dictionary, inherited: Inherited) -> PageEntry {
    let media = inherited.media.unwrap_or(A4);
    let crop = inherited.crop.unwrap_or(media);
    let both = [crop[0].max(media[0]), crop[1].max(media[1]), crop[2].min(media[2]), crop[3].min(media[3])];
    let [left, lower, right, upper] = if both[2] - both[0] > 1.0 && both[3] - both[1] > 1.0 { both } else { media };
    let (width, height) = (right - left, upper - lower);
    let origin = Matrix { e: -left, f: -lower, ..Matrix::IDENTITY };
    let (turn, size) = match inherited.rotate.rem_euclid(360) {
        90 => (Matrix { a: 0.0, b: -1.0, c: 1.0, d: 0.0, e: 0.0, f: width }, (height, width)),
        180 => (Matrix { a: -1.0, b: 0.0, c: 0.0, d: -1.0, e: width, f: height }, (width, height)),
        270 => (Matrix { a: 0.0, b: 1.0, c: -1.0, d: 0.0, e: height, f: 0.0 }, (height, width)),
        _ => (Matrix::IDENTITY, (width, height)),
    };
    PageEntry { dictionary, resources: inherited.resources.unwrap_or_default(), size, upright: origin.then(turn) }
}
