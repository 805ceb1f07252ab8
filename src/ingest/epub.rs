//! Electronic books: their chapters in reading order, each a web page.
//!
//! The table of contents is left out. A book whose chapters are locked for one reading program is said to be so.

use std::collections::{BTreeMap, BTreeSet};

use super::archive::{Archive, part_at};
use super::builder::Builder;
use super::error::IngestError;
use super::extracted::Extracted;
use super::html;
use super::limits::Budget;
use super::xml::{Node, Xml};

/// Reads the book in an open package.
pub(crate) fn read(archive: &mut Archive<'_>, budget: &Budget) -> Result<Extracted, IngestError> {
    let package = package_path(archive, budget)?;
    let locked = locked_parts(archive, budget)?;
    let mut builder = Builder::new(budget);
    let chapters = chapters(archive, &package, &mut builder, budget)?;
    let mut missing = 0;
    for chapter in &chapters {
        budget.tick()?;
        if locked.contains(chapter) {
            return Err(budget.encrypted());
        }
        match archive.bytes(chapter)? {
            Some(bytes) => html::read_chapter(&bytes, &mut builder, budget)?,
            None => missing += 1,
        }
    }
    if missing > 0 && missing == chapters.len() {
        return Err(budget.unreadable("it contains none of its chapters"));
    }
    builder.counted(
        "ingest/missing-part",
        missing,
        "chapter is not inside the file",
        "chapters are not inside the file",
    );
    Ok(builder.finish())
}

/// The part that lists the book's parts.
fn package_path(archive: &mut Archive<'_>, budget: &Budget) -> Result<String, IngestError> {
    let container = "META-INF/container.xml";
    if let Some(part) = archive.part(container)? {
        let mut xml = Xml::new(part, container, budget)?;
        loop {
            match xml.next()? {
                Node::Start(element) if element.name() == "rootfile" => {
                    if let Some(path) = element.attribute("full-path") {
                        return Ok(path);
                    }
                }
                Node::Done => break,
                _ => {}
            }
        }
    }
    let other = archive.names().find(|name| name.ends_with(".opf")).map(std::borrow::Cow::into_owned);
    other.ok_or_else(|| budget.unreadable("expected a list of its chapters (.opf), found none"))
}

/// Parts that are encrypted; fonts often are, without harm.
fn locked_parts(archive: &mut Archive<'_>, budget: &Budget) -> Result<BTreeSet<String>, IngestError> {
    let name = "META-INF/encryption.xml";
    let mut locked = BTreeSet::new();
    let Some(part) = archive.part(name)? else { return Ok(locked) };
    let mut xml = Xml::new(part, name, budget)?;
    loop {
        match xml.next()? {
            Node::Start(element) if element.name() == "CipherReference" => {
                locked.extend(element.attribute("URI").map(|uri| percent_decoded(&uri)));
            }
            Node::Done => return Ok(locked),
            _ => {}
        }
    }
}

/// The parts of the reading order; title and date go to the builder.
fn chapters(
    archive: &mut Archive<'_>,
    package: &str,
    builder: &mut Builder<'_>,
    budget: &Budget,
) -> Result<Vec<String>, IngestError> {
    let folder = package.rsplit_once('/').map_or("", |(folder, _)| folder);
    let Some(part) = archive.part(package)? else {
        return Err(budget.unreadable(format!("expected the part `{package}`, found no such part")));
    };
    let mut xml = Xml::new(part, package, budget)?;
    let mut parts: BTreeMap<String, String> = BTreeMap::new();
    let mut order = Vec::new();
    loop {
        match xml.next()? {
            Node::Start(element) => match element.name() {
                "title" if !builder.properties.document.contains_key("title") => {
                    let title = xml.text()?;
                    builder.property("title", &title);
                }
                "date" if !builder.properties.document.contains_key("date") => {
                    let date = xml.text()?;
                    builder.date(&date);
                }
                "item" => {
                    let properties = element.attribute("properties").unwrap_or_default();
                    let is_contents = properties.split_ascii_whitespace().any(|property| property == "nav");
                    let kind = element.attribute("media-type").unwrap_or_default();
                    let is_page = kind.contains("html") || kind == "text/x-oeb1-document" || kind.is_empty();
                    if let (Some(id), Some(target), true) =
                        (element.attribute("id"), element.attribute("href"), is_page && !is_contents)
                    {
                        parts.insert(id, resolve(folder, &target));
                    }
                }
                "itemref" => order.extend(element.attribute("idref")),
                _ => {}
            },
            Node::Done => break,
            _ => {}
        }
    }
    Ok(order.iter().filter_map(|id| parts.get(id).cloned()).collect())
}

/// A link to a part from one in `folder`, without the place in it, as the name of the part.
fn resolve(folder: &str, target: &str) -> String {
    part_at(folder, &percent_decoded(target.split('#').next().unwrap_or(target)))
}

/// `%C3%A5` as `å`.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| *first == b'%').and_then(|hex| std::str::from_utf8(hex).ok());
        match code.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn chapters_are_found_beside_the_list() {
        assert_eq!(resolve("EPUB", "text/ch1.xhtml#del"), "EPUB/text/ch1.xhtml");
        assert_eq!(resolve("", "ch%C3%A5.xhtml"), "chå.xhtml");
        assert_eq!(resolve("a/b", "../c.xhtml"), "a/c.xhtml");
        assert_eq!(resolve("a", "100%.xhtml"), "a/100%.xhtml");
    }
}
