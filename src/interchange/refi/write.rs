//! An [`Exchange`] as a `.qdpx`, in the form that all programs were seen to read; the same bytes for the same input.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Seek, Write};

use serde::Serialize;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::codes::Named;
use super::exchange::{Exchange, OffsetUnit, Selection, Source};
use super::guid::{self, Within};
use super::own;
use crate::interchange::tree::{attribute, content};
use crate::text::{date_time, is_date_time};

/// The program, as the names of all its versions begin.
pub(super) const PROGRAM: &str = "temakart ";
/// The program as others are told of it, and the user that codings by rules are of.
pub(super) const RULES_USER: &str = concat!("temakart ", env!("CARGO_PKG_VERSION"));
/// Quotes of more characters are cut where they are only names.
const MAX_NAME_LENGTH: usize = 200;

/// Whether a user of this name stands for the rules of this program, of whatever version.
#[must_use]
pub fn is_rules(name: &str) -> bool {
    let version = name.strip_prefix(PROGRAM).unwrap_or_default();
    let (numbers, rest) = version.split_at(version.find(['-', '+']).unwrap_or(version.len()));
    let is_number = |number: &str| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    numbers.split('.').count() == 3 && numbers.split('.').all(is_number) && !rest.contains(' ')
}

/// How a project is written.
#[derive(Debug, Clone, Default)]
pub struct Writing {
    /// What positions count.
    pub unit: OffsetUnit,
    /// When it was made, as XML has dates and times; without it two runs make the same bytes.
    pub timestamp: Option<String>,
}

/// Writes the project.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(exchange: &Exchange, how: &Writing, out: impl Write + Seek) -> std::io::Result<()> {
    let mut zip = ZipWriter::new(out);
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let writer = Writer::new(exchange, how);
    zip.start_file("project.qde", options)?;
    let mut buffered = std::io::BufWriter::with_capacity(1 << 16, &mut zip);
    writer.project(&mut buffered)?;
    buffered.flush()?;
    drop(buffered);
    let mut texts: Vec<(String, &str)> =
        exchange.sources.iter().map(|source| (writer.source_guid(source), source.text.as_str())).collect();
    texts.sort_unstable();
    for (guid, text) in texts {
        zip.start_file(format!("sources/{guid}.txt"), options)?;
        zip.write_all(text.as_bytes())?;
    }
    zip.finish()?.flush()
}

struct Writer<'e> {
    exchange: &'e Exchange,
    how: &'e Writing,
    within: Within,
    codes: Named<'e>,
    /// GUIDs of users; that of the rules by an empty name.
    users: BTreeMap<&'e str, String>,
    /// By the order of variables: what the values are, and the element that holds one.
    kinds: Vec<(&'static str, &'static str)>,
    date: Option<String>,
}

impl<'e> Writer<'e> {
    fn new(exchange: &'e Exchange, how: &'e Writing) -> Self {
        let mut users = BTreeMap::from([("", guid::of("user", RULES_USER))]);
        for selection in exchange.sources.iter().flat_map(|source| &source.selections) {
            let name = selection.user.as_str();
            if !is_rules(name) && !users.contains_key(name) {
                users.insert(name, guid::of("user", name));
            }
        }
        let date = how.timestamp.as_deref().and_then(date_time);
        Self {
            exchange,
            how,
            within: Within::project(&exchange.name),
            codes: Named::new(&exchange.codes, false),
            users,
            kinds: exchange.variables.iter().map(|variable| kind(exchange, &variable.name)).collect(),
            date,
        }
    }

    fn user(&self, name: &str) -> &str {
        self.users.get(name).unwrap_or(&self.users[""])
    }

    fn source_guid(&self, source: &Source) -> String {
        self.within.of("source", &source.name)
    }

    fn project(&self, out: &mut impl Write) -> std::io::Result<()> {
        let (name, rules) = (attribute(&self.exchange.name), self.user(""));
        writeln!(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>")?;
        write!(out, "<Project xmlns=\"urn:QDA-XML:project:1.0\" name=\"{name}\" origin=\"{RULES_USER}\"")?;
        write!(out, " creatingUserGUID=\"{rules}\"{}>", self.created(""))?;
        write!(out, "<Users>")?;
        for (name, guid) in &self.users {
            let name = if name.is_empty() { RULES_USER } else { name };
            write!(out, "<User guid=\"{guid}\" name=\"{}\"/>", attribute(name))?;
        }
        writeln!(out, "</Users>")?;
        // No container may be empty.
        if !self.exchange.codes.codes.is_empty() {
            writeln!(out, "<CodeBook><Codes>{}</Codes></CodeBook>", self.codes.xml())?;
        }
        self.variables(out)?;
        self.cases(out)?;
        if !self.exchange.sources.is_empty() {
            writeln!(out, "<Sources>")?;
            self.exchange.sources.iter().try_for_each(|source| self.source(source, out))?;
            writeln!(out, "</Sources>")?;
        }
        description(&self.exchange.own, out)?;
        writeln!(out, "</Project>")
    }

    fn variables(&self, out: &mut impl Write) -> std::io::Result<()> {
        if self.exchange.variables.is_empty() {
            return Ok(());
        }
        write!(out, "<Variables>")?;
        for (variable, (kind, _)) in self.exchange.variables.iter().zip(&self.kinds) {
            let guid = guid::of("variable", &variable.name);
            let name = attribute(&variable.name);
            write!(out, "<Variable guid=\"{guid}\" name=\"{name}\" typeOfVariable=\"{kind}\"/>")?;
        }
        writeln!(out, "</Variables>")
    }

    /// The values that group sources, as cases with the variable's name for a description.
    fn cases(&self, out: &mut impl Write) -> std::io::Result<()> {
        if self.exchange.variables.iter().all(|variable| variable.groups.is_empty()) {
            return Ok(());
        }
        let mut taken = BTreeSet::new();
        writeln!(out, "<Cases>")?;
        for variable in &self.exchange.variables {
            for group in &variable.groups {
                let is_free = taken.insert(group.to_lowercase());
                let name = if is_free { group.clone() } else { format!("{}: {group}", variable.name) };
                let guid = self.within.within("variable", &variable.name).of("case", group);
                write!(out, "<Case guid=\"{guid}\" name=\"{}\">", attribute(&name))?;
                write!(out, "<Description>{}</Description>", content(&variable.name))?;
                let is_in = |source: &&Source| source.values.get(&variable.name) == Some(group);
                for source in self.exchange.sources.iter().filter(is_in) {
                    write!(out, "<SourceRef targetGUID=\"{}\"/>", self.source_guid(source))?;
                }
                writeln!(out, "</Case>")?;
            }
        }
        writeln!(out, "</Cases>")
    }

    fn source(&self, source: &Source, out: &mut impl Write) -> std::io::Result<()> {
        let (guid, name) = (self.source_guid(source), attribute(&source.name));
        write!(out, "<TextSource guid=\"{guid}\" name=\"{name}\" plainTextPath=\"internal://{guid}.txt\"")?;
        writeln!(out, " creatingUser=\"{}\"{}>", self.user(""), self.created(""))?;
        description(&source.own, out)?;
        let mut units = Units::new(&source.text, self.how.unit);
        let within = self.within.within("source", &source.name);
        for selection in &source.selections {
            self.selection(selection, within, &mut units, out)?;
        }
        for (variable, (_, element)) in self.exchange.variables.iter().zip(&self.kinds) {
            let Some(value) = source.values.get(&variable.name) else { continue };
            let guid = guid::of("variable", &variable.name);
            write!(out, "<VariableValue><VariableRef targetGUID=\"{guid}\"/>")?;
            writeln!(out, "<{element}>{}</{element}></VariableValue>", content(value))?;
        }
        writeln!(out, "</TextSource>")
    }

    fn selection(
        &self,
        selection: &Selection,
        within: Within,
        units: &mut Units<'_>,
        out: &mut impl Write,
    ) -> std::io::Result<()> {
        let (start, end, quote) = units.of(selection.start, selection.end);
        let (code, user) = (&self.codes.guids[selection.code], self.user(&selection.user));
        // By code points, so that the same coding is called the same whatever positions count.
        let named = format!("{} {} {code} {user}", selection.start, selection.end);
        let (guid, coding) = (within.of("selection", &named), within.of("coding", &named));
        let by = format!(" creatingUser=\"{user}\"{}", self.created(&selection.at));
        let quote = name_of(quote);
        write!(out, "<PlainTextSelection guid=\"{guid}\" name=\"{}\"", attribute(&quote))?;
        write!(out, " startPosition=\"{start}\" endPosition=\"{end}\"{by}>")?;
        if !selection.note.is_empty() {
            write!(out, "<Description>{}</Description>", content(&selection.note))?;
        }
        write!(out, "<Coding guid=\"{coding}\"{by}><CodeRef targetGUID=\"{code}\"/></Coding>")?;
        writeln!(out, "</PlainTextSelection>")
    }

    /// The attribute that says when: `at`, or the time of all; nothing where neither tells.
    fn created(&self, at: &str) -> String {
        let when = date_time(at).or_else(|| self.date.clone());
        when.map_or(String::new(), |when| format!(" creationDateTime=\"{when}\""))
    }
}

/// What only a project of ours knows, if it is anything.
fn description<T: Serialize + Default + PartialEq>(own: &T, out: &mut impl Write) -> std::io::Result<()> {
    let said = own::description(own);
    if said.is_empty() { Ok(()) } else { writeln!(out, "<Description>{}</Description>", content(&said)) }
}

/// What the values of a variable are, and the element that holds one.
fn kind(exchange: &Exchange, variable: &str) -> (&'static str, &'static str) {
    let values: Vec<&str> =
        exchange.sources.iter().filter_map(|source| source.values.get(variable)).map(String::as_str).collect();
    let is_integer = |text: &&str| text.parse::<i64>().is_ok_and(|number| number.to_string() == **text);
    if values.is_empty() {
        ("Text", "TextValue")
    } else if values.iter().all(|text| is_date(text)) {
        ("Date", "DateValue")
    } else if values.iter().all(is_integer) {
        ("Integer", "IntegerValue")
    } else {
        ("Text", "TextValue")
    }
}

/// The beginning of a quote.
fn name_of(quote: &str) -> String {
    match quote.char_indices().nth(MAX_NAME_LENGTH) {
        None => quote.to_owned(),
        Some((end, _)) => format!("{}…", &quote[..end]),
    }
}

/// Positions in one text; quick for ascending starts.
struct Units<'t> {
    text: &'t str,
    unit: OffsetUnit,
    /// A place that was passed: code points, bytes, astral characters before it.
    at: (u32, usize, u32),
}

impl<'t> Units<'t> {
    fn new(text: &'t str, unit: OffsetUnit) -> Self {
        Self { text, unit, at: (0, 0, 0) }
    }

    /// Where `start..end` in code points stands in the file's units, and the text there.
    fn of(&mut self, start: u32, end: u32) -> (u32, u32, &'t str) {
        if start < self.at.0 {
            self.at = (0, 0, 0);
        }
        let from = advance(self.text, self.at, start);
        self.at = from;
        let to = advance(self.text, from, end);
        let written = |(code_points, _, astral): (u32, usize, u32)| match self.unit {
            OffsetUnit::CodePoint => code_points,
            OffsetUnit::Utf16 => code_points + astral,
        };
        (written(from), written(to), &self.text[from.1..to.1])
    }
}

fn advance(text: &str, (mut code_points, mut bytes, mut astral): (u32, usize, u32), to: u32) -> (u32, usize, u32) {
    for character in text[bytes..].chars() {
        if code_points >= to {
            break;
        }
        code_points += 1;
        bytes += character.len_utf8();
        astral += u32::from(character.len_utf8() == 4);
    }
    (code_points, bytes, astral)
}

fn is_date(text: &str) -> bool {
    text.len() == 10 && is_date_time(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_known_whatever_version_wrote_them() {
        for (name, expected) in [
            (RULES_USER, true),
            ("temakart 0.1.0", true),
            ("temakart 12.0.3-rc.1", true),
            ("temakart", false),
            ("temakart 0.1", false),
            ("temakart 1.2.x", false),
            ("temakart 0.1.0 Kari", false),
            ("temakart Kari", false),
            ("Kari", false),
            ("", false),
        ] {
            assert_eq!(is_rules(name), expected, "{name}");
        }
    }

    #[test]
    fn positions_count_what_is_asked_for() {
        let text = "a😀b😀c";
        let mut units = Units::new(text, OffsetUnit::Utf16);
        assert_eq!(units.of(2, 3), (3, 4, "b"));
        assert_eq!(units.of(1, 5), (1, 7, "😀b😀c"));
        assert_eq!(Units::new(text, OffsetUnit::CodePoint).of(4, 5), (4, 5, "c"));
        assert_eq!(Units::new(text, OffsetUnit::CodePoint).of(4, 50), (4, 5, "c"));
    }
}
