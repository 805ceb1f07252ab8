//! Sources and their codings as a file has them, and what becomes of them once it is known how positions count.

use std::collections::{BTreeMap, BTreeSet};

use super::exchange::{Selection, Source};
use super::found::{Kind, LeftBehind};
use super::guid;
use super::offsets::{self, Counting, Marked, RawText, Verdict};
use super::own::{self, OwnSource};
use super::package::Package;
use super::write::is_rules;
use crate::ingest::Format;
use crate::interchange::draft::one_line;
use crate::interchange::tree::Element;

/// A source with its text, its codings still as the file counts.
pub(super) struct ReadSource<'x> {
    pub(super) guid: String,
    pub(super) name: String,
    pub(super) values: BTreeMap<String, String>,
    own: OwnSource,
    text: Text<'x>,
}

enum Text<'x> {
    /// With the elements that hold its selections.
    Plain(RawText, Vec<&'x Element>),
    /// A document in a format of its own: its extension, its bytes.
    File(String, Vec<u8>),
}

/// Who codes.
pub(super) struct People<'r> {
    pub(super) users: &'r BTreeMap<String, String>,
    /// Whose the codings are that do not say.
    pub(super) creator: &'r str,
}

/// What became of a source.
pub(super) enum Finished {
    Text(Source),
    File(String, Vec<u8>, BTreeMap<String, String>),
}

impl<'x> ReadSource<'x> {
    /// Reads a source of any kind; `None` for what is no text.
    pub(super) fn read(
        element: &'x Element,
        package: &mut Package<'_>,
        left: &mut LeftBehind,
    ) -> Result<Option<Self>, String> {
        let name = one_line(element.attribute("name").unwrap_or_default());
        // The elements that hold text and selections of it.
        let parts: Vec<&Element> = match &*element.name {
            "TextSource" => vec![element],
            "PDFSource" => element.all("Representation").collect(),
            "PictureSource" => element.all("TextDescription").collect(),
            "AudioSource" | "VideoSource" => element.all("Transcript").take(1).collect(),
            _ => return Ok(None),
        };
        let own = own::read::<OwnSource>(element.text_of("Description"));
        left_behind(element, own.is_some(), &parts, &name, left);
        let path =
            |part: &Element, name: &str| part.attribute(name).filter(|path| !path.trim().is_empty()).map(str::to_owned);
        let mut this = Self {
            guid: String::new(),
            name: name.clone(),
            values: BTreeMap::new(),
            own: own.unwrap_or_default(),
            text: Text::File(String::new(), Vec::new()),
        };
        this.guid = guid::plain(element.attribute("guid").unwrap_or_default());
        for part in &parts {
            let plain = path(part, "plainTextPath");
            if this.name.is_empty() {
                // Some programs only name the file.
                this.name = one_line(plain.as_deref().map_or("", stem));
            }
            let mut text = match &plain {
                Some(path) => package.text(path)?,
                None => None,
            };
            if text.is_none() {
                text = part.child("PlainTextContent").map(|content| content.text.clone());
            }
            if let Some(text) = text {
                let text = RawText::new(&text);
                if u32::try_from(text.text.len()).is_err() {
                    return Err(format!("the text of `{}` is too large", this.name));
                }
                this.text = Text::Plain(text, parts);
                return Ok(Some(this));
            }
        }
        // Without a plain text, the document itself may be one that is read here.
        let rich = parts.iter().find_map(|part| path(part, "richTextPath")).or_else(|| path(element, "path"));
        let is_document = |path: &String| {
            Format::of_path(path.as_ref()).is_some_and(|_| matches!(&*element.name, "TextSource" | "PDFSource"))
        };
        if let Some(path) = rich.filter(is_document)
            && let Some(bytes) = package.source(&path)?
        {
            let n_codings = parts.iter().flat_map(|part| part.all("PlainTextSelection")).map(codings).sum();
            left.many(Kind::CodingOfFormatted, n_codings, &this.name);
            if this.name.is_empty() {
                stem(&path).clone_into(&mut this.name);
            }
            let extension = path.rsplit('.').next().unwrap_or("docx").to_lowercase();
            // The name is often that of the file already.
            let cut = this.name.len().saturating_sub(extension.len() + 1);
            if this.name.get(cut..).is_some_and(|end| end.eq_ignore_ascii_case(&format!(".{extension}"))) {
                this.name.truncate(cut);
            }
            this.text = Text::File(extension, bytes);
            return Ok(Some(this));
        }
        let is_text = matches!(&*element.name, "TextSource" | "PDFSource");
        left.add(if is_text { Kind::NoText } else { Kind::NotText }, &this.name);
        Ok(None)
    }

    /// The codings in the text, by what `counting` says of positions.
    pub(super) fn finish(
        self,
        counting: Option<Counting>,
        codes: &BTreeMap<String, usize>,
        cases: &BTreeSet<String>,
        people: &People<'_>,
        left: &mut LeftBehind,
    ) -> Finished {
        let (text, parts) = match self.text {
            Text::Plain(text, parts) => (text, parts),
            Text::File(extension, bytes) => {
                return Finished::File(format!("{}.{extension}", self.name), bytes, self.values);
            }
        };
        let mut selections = Vec::new();
        for selection in parts.iter().flat_map(|part| part.all("PlainTextSelection")) {
            let n_codings = codings(selection);
            if n_codings == 0 {
                left.add(Kind::Annotation, selection.attribute("name").unwrap_or_default());
                continue;
            }
            left.many(Kind::Memo, selection.all("NoteRef").count(), "");
            let place = positions(selection)
                .zip(counting)
                .and_then(|((start, end), counting)| text.place(start, end, counting));
            let Some((start, end)) = place else {
                left.many(Kind::Outside, n_codings, &self.name);
                continue;
            };
            let note = selection.text_of("Description").trim().replace("\r\n", "\n");
            for coding in selection.all("Coding") {
                let target = coding.child("CodeRef").and_then(|of| of.attribute("targetGUID")).map(guid::plain);
                let target = target.unwrap_or_default();
                let Some(code) = codes.get(&target) else {
                    if !cases.contains(&target) {
                        left.add(Kind::NoCode, selection.attribute("name").unwrap_or_default());
                    }
                    continue;
                };
                let said = |name: &str| coding.attribute(name).or(selection.attribute(name));
                let user = said("creatingUser").map(guid::plain);
                let user = user.and_then(|user| people.users.get(&user)).map_or(people.creator, String::as_str);
                let user = if is_rules(user) { "" } else { user };
                let at = said("creationDateTime").unwrap_or_default().trim().to_owned();
                selections.push(Selection { start, end, code: *code, user: user.to_owned(), note: note.clone(), at });
            }
        }
        let mut source = Source { name: self.name, text: text.text, values: self.values, selections, own: self.own };
        left.many(Kind::Repeated, source.sort_selections(), &source.name);
        Finished::Text(source)
    }
}

/// Finds out how positions count; `None` without any.
pub(super) fn count(sources: &[ReadSource<'_>], origin: &str) -> Option<Verdict> {
    let mut marked = Vec::new();
    for source in sources {
        let Text::Plain(text, parts) = &source.text else { continue };
        for selection in parts.iter().flat_map(|part| part.all("PlainTextSelection")) {
            if let Some((start, end)) = positions(selection) {
                marked.push(Marked { text, name: selection.attribute("name").unwrap_or_default(), start, end });
            }
        }
    }
    (!marked.is_empty()).then(|| offsets::counting(&marked, origin))
}

fn positions(selection: &Element) -> Option<(i64, i64)> {
    let position = |name: &str| selection.attribute(name)?.trim().parse().ok();
    Some((position("startPosition")?, position("endPosition")?))
}

fn codings(selection: &Element) -> usize {
    selection.all("Coding").count()
}

/// Counts what of a source has no place here, whatever becomes of its text.
fn left_behind(element: &Element, is_ours: bool, parts: &[&Element], name: &str, left: &mut LeftBehind) {
    for of in [element].into_iter().chain(parts.iter().copied().filter(|part| !std::ptr::eq(*part, element))) {
        left.many(Kind::CodingOfWhole, codings(of), name);
        left.many(Kind::Memo, of.all("NoteRef").count(), "");
        let is_memo = !(is_ours && std::ptr::eq(of, element));
        if is_memo && !of.text_of("Description").trim().is_empty() {
            left.add(Kind::Memo, &one_line(of.text_of("Description")));
        }
        for child in
            of.children.iter().filter(|child| child.name.ends_with("Selection") && &*child.name != "PlainTextSelection")
        {
            left.many(Kind::CodingOfPicture, codings(child), name);
        }
    }
}

/// The name of a file without its folders and its extension.
fn stem(path: &str) -> &str {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
