//! Word documents: the parts of the package, and what of each ends up in the text.
//!
//! Headers and footers are left out, since they repeat; comments are left out and counted; tracked changes
//! are read as accepted; footnotes and endnotes stand at the end, in the order of their references.

mod body;
mod relations;
mod styles;

use super::archive::Archive;
use super::builder::Builder;
use super::error::IngestError;
use super::extracted::{BlockKind, Extracted};
use super::limits::Budget;
use super::xml::{Node, Xml};
use body::{Body, Item, NoteReference};
use relations::Relations;
use styles::Styles;

/// The id of the notice that counts comments.
pub(super) const COMMENTS: &str = "ingest/comments-left-out";

/// Reads the document of an open package.
pub(crate) fn read(archive: &mut Archive<'_>, budget: &Budget) -> Result<Extracted, IngestError> {
    let main = relations::main_part(archive, budget)?;
    let relations = Relations::of(archive, &main, budget)?;
    let mut builder = Builder::new(budget);
    properties(archive, &mut builder, budget)?;
    let styles = match part(archive, relations.target("styles"), budget)? {
        Some(mut xml) => Styles::read(&mut xml)?,
        None => Styles::default(),
    };

    let Some(xml) = part(archive, Some(&main), budget)? else {
        return Err(budget.unreadable(format!("expected the part `{main}`, found no such part")));
    };
    let mut body = Body::new(xml, &styles, budget);
    emit(&mut body, &mut builder)?;
    let tally = body.into_tally();
    for (kind, relation) in [(NoteReference::Footnote, "footnotes"), (NoteReference::Endnote, "endnotes")] {
        if !tally.notes.iter().any(|(of, _)| *of == kind) {
            continue;
        }
        let Some(xml) = part(archive, relations.target(relation), budget)? else { continue };
        let notes = body::notes(xml, &styles, budget)?;
        for (_, id) in tally.notes.iter().filter(|(of, _)| *of == kind) {
            if let Some(text) = notes.get(id) {
                builder.block(BlockKind::Footnote, text)?;
            }
        }
    }

    if let Some(comments) = part(archive, relations.target("comments"), budget)? {
        let n = count_comments(comments)?;
        builder.counted(COMMENTS, n, "comment was left out", "comments were left out");
    }
    tally.report(&mut builder);
    if archive.has_duplicates() {
        builder.notice(
            "ingest/duplicate-part",
            "a part of the file occurs twice, so programs may show different texts; the last one was read",
        );
    }
    Ok(builder.finish())
}

/// Reads a document that is one XML file: Word 2003 XML, or a package written flat.
pub(crate) fn read_flat(bytes: &[u8], budget: &Budget) -> Result<Extracted, IngestError> {
    let styles = Styles::read(&mut Xml::new(bytes, "the document", budget)?)?;
    let mut builder = Builder::new(budget);
    let mut body = Body::new(Xml::new(bytes, "the document", budget)?, &styles, budget);
    emit(&mut body, &mut builder)?;
    body.into_tally().report(&mut builder);
    Ok(builder.finish())
}

fn emit(body: &mut Body<'_>, builder: &mut Builder<'_>) -> Result<(), IngestError> {
    while let Some(item) = body.next()? {
        match item {
            Item::Row => builder.start_row(),
            Item::Paragraph { kind, text } => {
                builder.block(kind, &text)?;
            }
            Item::Note { .. } => {}
        }
    }
    Ok(())
}

fn part<'archive>(
    archive: &'archive mut Archive<'_>,
    name: Option<&str>,
    budget: &'archive Budget,
) -> Result<Option<Xml<'archive>>, IngestError> {
    let Some(name) = name else { return Ok(None) };
    match archive.part(name)? {
        Some(part) => Xml::new(part, name, budget).map(Some),
        None => Ok(None),
    }
}

/// Title and date from the package's core properties.
fn properties(archive: &mut Archive<'_>, builder: &mut Builder<'_>, budget: &Budget) -> Result<(), IngestError> {
    let Some(mut xml) = part(archive, Some("docProps/core.xml"), budget)? else { return Ok(()) };
    let mut modified = None;
    loop {
        let Node::Start(element) = (match xml.next()? {
            Node::Done => break,
            node => node,
        }) else {
            continue;
        };
        match element.name() {
            "title" => builder.property("title", &xml.text()?),
            "created" => builder.date(&xml.text()?),
            "modified" => modified = Some(xml.text()?),
            _ => {}
        }
    }
    if !builder.properties.document.contains_key("date")
        && let Some(modified) = modified
    {
        builder.date(&modified);
    }
    Ok(())
}

fn count_comments(mut xml: Xml<'_>) -> Result<usize, IngestError> {
    let mut n = 0;
    loop {
        match xml.next()? {
            Node::Start(element) if element.name() == "comment" => n += 1,
            Node::Done => return Ok(n),
            _ => {}
        }
    }
}
