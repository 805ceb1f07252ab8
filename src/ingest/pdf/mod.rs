//! PDF: the text of its pages in reading order, as paragraphs.
//!
//! The steps, each in a file of its own: the objects of the file (`syntax`, `object`, `file`, `filter`, `crypt`),
//! its pages (`pages`), the characters on a page and where they stand (`content`, `font` and what it needs), pieces
//! of lines (`rows`), what repeats from page to page (`running`), columns (`columns`), lines (`lines`), paragraphs (`paragraphs`).
//!
//! A PDF knows characters and places, no words, lines or paragraphs. What is made of them here is a guess, a good
//! one for what office programs, browsers and TeX write.

mod cmap;
mod columns;
mod content;
mod crypt;
mod file;
mod filter;
mod font;
mod font_program;
mod geometry;
mod glyph_names;
mod hyphens;
mod lines;
mod metrics;
mod object;
mod pages;
mod paragraphs;
mod rows;
mod running;
mod strings;
mod syntax;

use super::builder::Builder;
use super::error::IngestError;
use super::extracted::Extracted;
use super::limits::Budget;
use content::{Fonts, Glyph, Interpreter, Page, UNKNOWN};
use file::File;
use geometry::{Direction, Matrix};
use object::{Dictionary, Object};
use pages::{PageEntry, Pages};
use rows::{Piece, pieces};
use strings::text_string;

/// The pieces of one page that run in one direction.
#[derive(Debug, Default)]
struct Sheet {
    /// From 1.
    number: u32,
    height: f32,
    pieces: Vec<Piece>,
}

/// Reads a PDF.
pub(crate) fn read(bytes: &[u8], budget: &Budget) -> Result<Extracted, IngestError> {
    let file = File::open(bytes, budget)?;
    let mut builder = Builder::new(budget);
    properties(&file, &mut builder)?;
    let mut reading = Reading { file: &file, fonts: Fonts::new(), sheets: Vec::new(), tally: Tally::default() };
    let mut pages = Pages::new(&file)?;
    while let Some(page) = pages.next()? {
        reading.page(&page)?;
    }
    reading.tally.missing = pages.missing;
    let Reading { mut sheets, tally, .. } = reading;
    tally.refuse_empty(&file, &sheets)?;
    running::remove(&mut sheets, &mut builder);
    paragraphs::build(sheets, budget, &mut builder)?;
    tally.report(&mut builder);
    Ok(builder.finish())
}

/// Pages on the way to pieces.
struct Reading<'file, 'pdf> {
    file: &'file File<'pdf>,
    fonts: Fonts,
    sheets: Vec<Sheet>,
    tally: Tally,
}

/// What is to be told about the pages.
#[derive(Debug, Default)]
struct Tally {
    pages: u32,
    damaged: Vec<u32>,
    missing: usize,
    with_images: usize,
    /// Pages with pictures and without letters.
    scanned: Vec<u32>,
    /// Letters, signs and figures; those among them that are letters or figures; those that the file does not tell.
    shown: usize,
    letters: usize,
    unknown: usize,
    comments: usize,
}

/// Of a text that people wrote, a larger share than this is letters and figures.
const MIN_LETTERS: f64 = 0.5;

/// Fewer characters than this tell nothing about the rest.
const TELLING: usize = 100;

impl Reading<'_, '_> {
    fn page(&mut self, entry: &PageEntry) -> Result<(), IngestError> {
        let budget = self.file.budget;
        self.tally.pages += 1;
        let number = self.tally.pages;
        budget.page(number as usize)?;
        budget.check_time()?;
        let page = self.content(entry)?;
        if page.is_damaged {
            self.tally.damaged.push(number);
        }
        self.tally.with_images += usize::from(page.has_images);
        if page.has_images && page.glyphs.iter().all(|glyph| glyph.character == ' ') {
            self.tally.scanned.push(number);
        }
        for glyph in page.glyphs.iter().filter(|glyph| !glyph.character.is_whitespace()) {
            self.tally.shown += 1;
            self.tally.letters += usize::from(glyph.character.is_alphanumeric());
            self.tally.unknown += usize::from(glyph.character == UNKNOWN);
        }
        let size = (to_f32(entry.size.0), to_f32(entry.size.1));
        let glyphs = visible(page.glyphs, size);
        for direction in by_frequency(&glyphs) {
            let pieces = pieces(&glyphs, direction, size, budget)?;
            for piece in &pieces {
                budget.keep_cell(piece.text.len() + size_of::<Piece>())?;
            }
            let is_upright = matches!(direction, Direction::Right | Direction::Left);
            self.sheets.push(Sheet { number, height: if is_upright { size.1 } else { size.0 }, pieces });
        }
        Ok(())
    }

    fn content(&mut self, entry: &PageEntry) -> Result<Page, IngestError> {
        let contents = match entry.dictionary.get("Contents").cloned().unwrap_or_default() {
            Object::Array(parts) => parts,
            single => match self.file.resolve(single.clone())? {
                Object::Array(parts) => parts,
                _ => vec![single],
            },
        };
        let mut interpreter = Interpreter::new(self.file, &mut self.fonts, entry.upright);
        let mut content = Vec::new();
        for part in contents {
            if matches!(part, Object::Null) {
                continue;
            }
            let Object::Stream(stream) = self.file.resolve(part)? else {
                interpreter.damaged();
                continue;
            };
            let data = self.file.data(&stream)?;
            if data.is_damaged {
                interpreter.damaged();
            }
            // An operator may not go on from one stream to the next, its operands may.
            content.extend(data.bytes);
            content.push(b'\n');
            self.file.budget.hold(content.len())?;
        }
        interpreter.run(&content, &entry.resources)?;
        self.tally.comments += annotations(self.file, entry, &mut interpreter)?;
        Ok(interpreter.finish())
    }
}

/// Carries out the appearance of form fields and of text typed onto the page; returns how many comments there are.
fn annotations(
    file: &File<'_>,
    entry: &PageEntry,
    interpreter: &mut Interpreter<'_, '_>,
) -> Result<usize, IngestError> {
    let mut comments = 0;
    let Object::Array(annotations) = file.lookup(&entry.dictionary, "Annots")? else { return Ok(0) };
    for annotation in annotations {
        let Object::Dictionary(annotation) = file.resolve(annotation)? else { continue };
        match annotation.name("Subtype") {
            Some("Widget" | "FreeText") => {}
            Some("Text" | "Highlight" | "Underline" | "StrikeOut" | "Squiggly" | "Caret") => {
                comments += usize::from(annotation.get("Contents").is_some());
                continue;
            }
            _ => continue,
        }
        let is_hidden = file.lookup(&annotation, "F")?.as_integer().unwrap_or(0) & 2 != 0;
        let Object::Dictionary(appearance) = file.lookup(&annotation, "AP")? else { continue };
        let normal = match file.lookup(&appearance, "N")? {
            Object::Dictionary(states) => match annotation.name("AS") {
                Some(state) => file.lookup(&states, state)?,
                None => Object::Null,
            },
            normal => normal,
        };
        if let (Object::Stream(form), false) = (normal, is_hidden) {
            let place = placed(file, &annotation, &form.dictionary)?;
            interpreter.form(&form, place, &entry.resources)?;
        }
    }
    Ok(comments)
}

/// Moves an appearance to the rectangle of its annotation.
fn placed(file: &File<'_>, annotation: &Dictionary, form: &Dictionary) -> Result<Matrix, IngestError> {
    let corner = |object: Object| -> Option<(f64, f64)> {
        let numbers: Vec<f64> = object.as_array()?.iter().filter_map(Object::as_number).collect();
        let [x, y, other_x, other_y] = numbers[..] else { return None };
        Some((x.min(other_x), y.min(other_y)))
    };
    let (Some(to), Some(from)) = (corner(file.lookup(annotation, "Rect")?), corner(file.lookup(form, "BBox")?)) else {
        return Ok(Matrix::IDENTITY);
    };
    Ok(Matrix { e: to.0 - from.0, f: to.1 - from.1, ..Matrix::IDENTITY })
}

/// What can be seen: on the page, and part of the text unless the file calls all of it artifacts.
fn visible(glyphs: Vec<Glyph>, (width, height): (f32, f32)) -> Vec<Glyph> {
    let is_on_page =
        |glyph: &Glyph| (-1.0..=width + 1.0).contains(&glyph.x) && (-1.0..=height + 1.0).contains(&glyph.y);
    let has_text = glyphs.iter().any(|glyph| !glyph.is_artifact && glyph.character != ' ');
    glyphs.into_iter().filter(|glyph| is_on_page(glyph) && !(has_text && glyph.is_artifact)).collect()
}

/// The directions that text runs in, the most frequent first; watermarks across the page are left out.
fn by_frequency(glyphs: &[Glyph]) -> Vec<Direction> {
    let mut counted: Vec<(usize, Direction)> = [Direction::Right, Direction::Up, Direction::Left, Direction::Down]
        .into_iter()
        .map(|direction| (glyphs.iter().filter(|glyph| glyph.direction == direction).count(), direction))
        .filter(|(n, _)| *n > 0)
        .collect();
    counted.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    counted.into_iter().map(|(_, direction)| direction).collect()
}

fn to_f32(points: f64) -> f32 {
    points as f32
}

/// Title and date of the document.
fn properties(file: &File<'_>, builder: &mut Builder<'_>) -> Result<(), IngestError> {
    let Object::Dictionary(info) = file.trailer("Info")? else { return Ok(()) };
    if let Some(title) = file.lookup(&info, "Title")?.as_string() {
        builder.property("title", &text_string(title));
    }
    for key in ["CreationDate", "ModDate"] {
        let date = file.lookup(&info, key)?;
        let date = date.as_string().map(text_string).unwrap_or_default();
        // `D:20160312…`
        let digits = date.trim_start_matches("D:");
        if let (Some(year), Some(month), Some(day)) = (digits.get(..4), digits.get(4..6), digits.get(6..8))
            && !builder.properties.document.contains_key("date")
        {
            builder.date(&format!("{year}-{month}-{day}"));
        }
    }
    Ok(())
}

impl Tally {
    /// Fails for a document without text; for a damaged one, the damage is the reason.
    fn refuse_empty(&self, file: &File<'_>, sheets: &[Sheet]) -> Result<(), IngestError> {
        if sheets.iter().any(|sheet| !sheet.pieces.is_empty()) {
            // Codes that nothing translates come out as signs; better no text than a false one.
            let is_readable = self.shown < TELLING || self.letters as f64 > MIN_LETTERS * self.shown as f64;
            let reason = "its fonts do not say which letters they show".to_owned();
            return if is_readable {
                Ok(())
            } else {
                Err(IngestError::NoText { format: file.budget.format(), reason })
            };
        }
        if !self.damaged.is_empty() || self.missing > 0 || self.pages == 0 {
            return Err(file.budget.unreadable("it is damaged or cut off, and no text could be found in what is left"));
        }
        let reason = match (self.pages, self.with_images > 0) {
            (1, true) => "its page contains only pictures".to_owned(),
            (n, true) => format!("its {n} pages contain only pictures"),
            (1, false) => "there are no letters on its page".to_owned(),
            (n, false) => format!("there are no letters on its {n} pages"),
        };
        Err(IngestError::NoText { format: file.budget.format(), reason })
    }

    fn report(&self, builder: &mut Builder<'_>) {
        if !self.damaged.is_empty() {
            let pages = listed(&self.damaged);
            builder.notice("ingest/damaged-page", format!("text may be missing from damaged pages: {pages}"));
        }
        if !self.scanned.is_empty() {
            let (n, pages) = (self.scanned.len(), listed(&self.scanned));
            let all = self.pages;
            let message = format!("{n} of {all} pages contain pictures but no text, perhaps scanned paper: {pages}");
            builder.notice("ingest/scanned-page", message);
        }
        builder.counted(
            "ingest/unknown-letters",
            self.unknown,
            "letter is unknown, since its font does not say which it is; it was read as `\u{fffd}`",
            "letters are unknown, since their fonts do not say which they are; they were read as `\u{fffd}`",
        );
        builder.counted(
            "ingest/damaged-page",
            self.missing,
            "page is missing from the file, which is damaged or cut off",
            "pages are missing from the file, which is damaged or cut off",
        );
        builder.counted(super::docx::COMMENTS, self.comments, "comment was left out", "comments were left out");
    }
}

/// The first ten numbers of pages, and how many more there are.
fn listed(pages: &[u32]) -> String {
    const MAX_PAGES: usize = 10;
    let listed: Vec<String> = pages.iter().take(MAX_PAGES).map(u32::to_string).collect();
    let more = pages.len().saturating_sub(MAX_PAGES);
    listed.join(", ") + &if more > 0 { format!(" and {more} more") } else { String::new() }
}
