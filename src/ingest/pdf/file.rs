//! Where the objects of a PDF lie, and how to get at them: cross-reference tables, or a search when they lie.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use memchr::memmem;

use super::super::error::IngestError;
use super::super::limits::Budget;
use super::crypt::Crypt;
use super::filter::{self, Decoded, Predictor};
use super::object::{Dictionary, Object, Reference, Stream, indirect};
use super::syntax::{Scanner, is_space};

/// An open file.
pub(super) struct File<'pdf> {
    bytes: &'pdf [u8],
    pub(super) budget: &'pdf Budget,
    places: RefCell<BTreeMap<u32, Place>>,
    trailer: RefCell<Dictionary>,
    crypt: Option<Crypt>,
    containers: RefCell<BTreeMap<u32, Rc<Container>>>,
    container_bytes: Cell<usize>,
    /// Whether the tables were wrong and the objects had to be searched for.
    was_searched: Cell<bool>,
    /// From here on no stream has an end.
    endless_from: Cell<usize>,
}

/// Where an object lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// At a byte of the file.
    At(usize),
    /// Inside an object stream.
    In { container: u32 },
}

/// The content of an object stream.
#[derive(Debug, Default)]
struct Container {
    bytes: Vec<u8>,
    /// Object numbers, and where each begins.
    objects: Vec<(u32, usize)>,
}

/// References are followed so often at most.
const MAX_CHAIN: usize = 16;

/// More objects than this no document has.
const MAX_OBJECTS: usize = 1_000_000;

/// Object streams are kept for the next look up to so many bytes.
const KEPT_CONTAINERS: usize = 16 << 20;

impl<'pdf> File<'pdf> {
    /// Finds the objects in `bytes`.
    pub(super) fn open(bytes: &'pdf [u8], budget: &'pdf Budget) -> Result<Self, IngestError> {
        let header = memmem::find(&bytes[..bytes.len().min(1024)], b"%PDF-").unwrap_or(0);
        let mut file = Self {
            bytes: &bytes[header..],
            budget,
            places: RefCell::default(),
            trailer: RefCell::default(),
            crypt: None,
            containers: RefCell::default(),
            container_bytes: Cell::new(0),
            was_searched: Cell::new(false),
            endless_from: Cell::new(usize::MAX),
        };
        file.read_tables()?;
        file.crypt = file.open_crypt()?;
        if !file.has_pages()? {
            file.search()?;
            file.crypt = file.open_crypt()?;
        }
        if !file.has_pages()? {
            return Err(budget.unreadable("it has no list of pages, or is cut off before it"));
        }
        Ok(file)
    }

    /// The dictionary that names the root and the properties.
    pub(super) fn trailer(&self, key: &str) -> Result<Object, IngestError> {
        let value = self.trailer.borrow().get(key).cloned().unwrap_or_default();
        self.resolve(value)
    }

    /// `object`, or what it refers to.
    pub(super) fn resolve(&self, object: Object) -> Result<Object, IngestError> {
        let mut object = object;
        for _ in 0..MAX_CHAIN {
            match object {
                Object::Reference(reference) => object = self.get(reference)?,
                other => return Ok(other),
            }
        }
        Ok(Object::Null)
    }

    /// The value of `key`, with references followed; null when there is none.
    pub(super) fn lookup(&self, dictionary: &Dictionary, key: &str) -> Result<Object, IngestError> {
        self.resolve(dictionary.get(key).cloned().unwrap_or_default())
    }

    /// The object of this number; null when there is none.
    fn get(&self, reference: Reference) -> Result<Object, IngestError> {
        self.budget.tick()?;
        let place = self.places.borrow().get(&reference.number).copied();
        match place {
            None => Ok(Object::Null),
            Some(Place::At(at)) => match indirect(self.bytes, at) {
                Some((owner, object)) if owner.number == reference.number => Ok(self.decrypted(object, owner)),
                _ if self.was_searched.get() => Ok(Object::Null),
                _ => {
                    self.search()?;
                    self.get(reference)
                }
            },
            Some(Place::In { container }) => {
                let container = self.container(container)?;
                let found = container.objects.iter().rev().find(|(number, _)| *number == reference.number);
                let object = found.and_then(|(_, at)| Scanner::new(&container.bytes, *at).object());
                Ok(object.unwrap_or_default())
            }
        }
    }

    /// The bytes of a stream with its filters undone; none for a picture.
    pub(super) fn data(&self, stream: &Stream) -> Result<Decoded, IngestError> {
        let raw = self.raw(stream)?;
        let is_plain = stream.dictionary.name("Type") == Some("XRef") || self.has_own_crypt_filter(stream);
        let mut bytes = match &self.crypt {
            Some(crypt) if !is_plain => Cow::Owned(crypt.stream(raw, stream.owner)),
            _ => Cow::Borrowed(raw),
        };
        let mut is_damaged = false;
        let dictionary = &stream.dictionary;
        let first = |keys: [&str; 2]| match self.lookup(dictionary, keys[0])? {
            Object::Null => self.lookup(dictionary, keys[1]),
            found => Ok(found),
        };
        let filters = match first(["Filter", "F"])? {
            Object::Array(filters) => filters,
            Object::Null => Vec::new(),
            single => vec![single],
        };
        let parameters = match first(["DecodeParms", "DP"])? {
            Object::Array(parameters) => parameters,
            single => vec![single],
        };
        // A chain of many filters has no use but to grow.
        for (at, filter) in filters.into_iter().take(8).enumerate() {
            let filter = self.resolve(filter)?;
            let parameters = self.resolve(parameters.get(at).cloned().unwrap_or_default())?;
            let number =
                |key: &str| parameters.as_dictionary().and_then(|own| own.get(key)).and_then(Object::as_integer);
            let predictor = predictor(&number);
            let early_change = number("EarlyChange") != Some(0);
            let name = filter.as_name().unwrap_or_default();
            match filter::decode(name, &bytes, predictor, early_change, self.budget)? {
                Some(next) => {
                    is_damaged |= next.is_damaged;
                    bytes = Cow::Owned(next.bytes);
                }
                None => return Ok(Decoded::default()),
            }
        }
        self.budget.hold(bytes.len())?;
        Ok(Decoded { bytes: bytes.into_owned(), is_damaged })
    }

    fn has_own_crypt_filter(&self, stream: &Stream) -> bool {
        let filter = stream.dictionary.get("Filter");
        let first = filter.and_then(|filter| filter.as_array().map_or(Some(filter), <[Object]>::first));
        first.and_then(Object::as_name) == Some("Crypt")
    }

    /// The bytes of a stream as they lie in the file. Its length may be missing or wrong.
    fn raw(&self, stream: &Stream) -> Result<&'pdf [u8], IngestError> {
        self.budget.check_time()?;
        let rest = self.bytes.get(stream.start..).unwrap_or_default();
        let length = self.lookup(&stream.dictionary, "Length")?.as_integer();
        if let Some(length) = length.and_then(|length| usize::try_from(length).ok())
            && let Some(after) = rest.get(length..)
        {
            let end = after.iter().take(8).position(|byte| !is_space(*byte)).unwrap_or(0);
            if after[end..].starts_with(b"endstream") || after[end..].starts_with(b"endobj") {
                return Ok(&rest[..length]);
            }
        }
        // Streams of a damaged file may all lack their end, and looking for each would take long.
        if stream.start >= self.endless_from.get() {
            return Ok(rest);
        }
        let end = memmem::find(rest, b"endstream");
        if end.is_none() {
            self.endless_from.set(stream.start);
        }
        Ok(&rest[..end.unwrap_or(rest.len())])
    }

    fn decrypted(&self, object: Object, owner: Reference) -> Object {
        let Some(crypt) = &self.crypt else { return object };
        let mut object = object;
        let mut open = vec![&mut object];
        while let Some(object) = open.pop() {
            match object {
                Object::String(bytes) => *bytes = crypt.string(bytes, owner),
                Object::Array(items) => open.extend(items),
                Object::Dictionary(dictionary) => open.extend(dictionary.values_mut()),
                Object::Stream(stream) => open.extend(stream.dictionary.values_mut()),
                _ => {}
            }
        }
        object
    }

    fn container(&self, number: u32) -> Result<Rc<Container>, IngestError> {
        if let Some(container) = self.containers.borrow().get(&number) {
            return Ok(Rc::clone(container));
        }
        let at = self.places.borrow().get(&number).copied();
        let mut container = Container::default();
        if let Some(Place::At(at)) = at
            && let Some((_, Object::Stream(stream))) = indirect(self.bytes, at)
        {
            container = self.read_container(&stream)?;
        }
        let container = Rc::new(container);
        let total = self.container_bytes.get() + container.bytes.len();
        let mut containers = self.containers.borrow_mut();
        if total > KEPT_CONTAINERS {
            containers.clear();
            self.container_bytes.set(container.bytes.len());
        } else {
            self.container_bytes.set(total);
        }
        containers.insert(number, Rc::clone(&container));
        Ok(container)
    }

    fn read_container(&self, stream: &Stream) -> Result<Container, IngestError> {
        let bytes = self.data(stream)?.bytes;
        let number = |key: &str| -> Result<usize, IngestError> {
            let value = self.lookup(&stream.dictionary, key)?.as_integer();
            Ok(value.and_then(|value| usize::try_from(value).ok()).unwrap_or(0))
        };
        let (n, first) = (number("N")?, number("First")?);
        let mut scanner = Scanner::new(&bytes, 0);
        let mut objects = Vec::new();
        for _ in 0..n.min(MAX_OBJECTS) {
            let (Some(number), Some(offset)) = (scanner.integer(), scanner.integer()) else { break };
            let (Ok(number), Ok(offset)) = (u32::try_from(number), usize::try_from(offset)) else { break };
            objects.push((number, first.saturating_add(offset)));
        }
        Ok(Container { bytes, objects })
    }

    fn open_crypt(&self) -> Result<Option<Crypt>, IngestError> {
        let Object::Dictionary(dictionary) = self.trailer("Encrypt")? else { return Ok(None) };
        let mut resolved = Dictionary::default();
        for (key, value) in dictionary.iter() {
            resolved.push(key.to_owned(), self.resolve(value.clone())?);
        }
        let id = self.trailer("ID")?;
        let id = id.as_array().and_then(<[Object]>::first).and_then(Object::as_string).unwrap_or_default();
        Crypt::open(&resolved, id).map(Some).ok_or_else(|| self.budget.encrypted())
    }

    fn has_pages(&self) -> Result<bool, IngestError> {
        let Object::Dictionary(root) = self.trailer("Root")? else { return Ok(false) };
        Ok(matches!(self.lookup(&root, "Pages")?, Object::Dictionary(_)))
    }

    /// Follows the tables from the last one to the first. Where one cannot be read, a search will do instead.
    fn read_tables(&self) -> Result<(), IngestError> {
        let tail = self.bytes.len().saturating_sub(2048);
        let Some(found) = memmem::rfind(&self.bytes[tail..], b"startxref") else { return Ok(()) };
        let mut next = Scanner::new(self.bytes, tail + found + b"startxref".len()).integer();
        let mut seen = Vec::new();
        while let Some(at) = next.take().and_then(|at| usize::try_from(at).ok()) {
            if at >= self.bytes.len() || seen.contains(&at) || seen.len() > 1000 {
                break;
            }
            seen.push(at);
            self.budget.check_time()?;
            let mut scanner = Scanner::new(self.bytes, at);
            let trailer = if scanner.keyword(b"xref") { self.table(&mut scanner)? } else { self.table_stream(at)? };
            let Some(trailer) = trailer else { break };
            if let Some(hybrid) = trailer.get("XRefStm").and_then(Object::as_integer)
                && let Ok(at) = usize::try_from(hybrid)
            {
                self.table_stream(at)?;
            }
            next = trailer.get("Prev").and_then(Object::as_integer);
            let mut first = self.trailer.borrow_mut();
            for (key, value) in trailer.iter() {
                if first.get(key).is_none() {
                    first.push(key.to_owned(), value.clone());
                }
            }
        }
        Ok(())
    }

    /// A table in lines of text.
    fn table(&self, scanner: &mut Scanner<'_>) -> Result<Option<Dictionary>, IngestError> {
        loop {
            if scanner.keyword(b"trailer") {
                return Ok(match scanner.object() {
                    Some(Object::Dictionary(trailer)) => Some(trailer),
                    _ => None,
                });
            }
            let (Some(first), Some(n)) = (scanner.integer(), scanner.integer()) else { return Ok(None) };
            for number in first..first.saturating_add(n) {
                self.budget.tick()?;
                let (Some(offset), Some(_)) = (scanner.integer(), scanner.integer()) else { return Ok(None) };
                let is_used = scanner.keyword(b"n");
                if !is_used && !scanner.keyword(b"f") {
                    return Ok(None);
                }
                if let (true, Ok(number), Ok(offset)) = (is_used, u32::try_from(number), usize::try_from(offset)) {
                    self.place(number, Place::At(offset))?;
                }
            }
        }
    }

    /// A table in a stream.
    fn table_stream(&self, at: usize) -> Result<Option<Dictionary>, IngestError> {
        let Some((_, Object::Stream(stream))) = indirect(self.bytes, at) else { return Ok(None) };
        let dictionary = &stream.dictionary;
        let Some(widths) = dictionary.get("W").and_then(Object::as_array) else { return Ok(None) };
        let width = |at: usize| {
            widths.get(at).and_then(Object::as_integer).map_or(0, |n| usize::try_from(n).unwrap_or(0).min(8))
        };
        let (kind, second, third) = (width(0), width(1), width(2));
        let size = dictionary.get("Size").and_then(Object::as_integer).unwrap_or(0);
        let index: Vec<i64> = match dictionary.get("Index").and_then(Object::as_array) {
            Some(index) => index.iter().filter_map(Object::as_integer).collect(),
            None => vec![0, size],
        };
        let bytes = self.data(&stream)?.bytes;
        let mut entries = bytes.chunks_exact((kind + second + third).max(1));
        let field = |bytes: &[u8]| bytes.iter().fold(0_u64, |value, byte| value << 8 | u64::from(*byte));
        'sections: for section in index.chunks_exact(2) {
            for number in section[0]..section[0].saturating_add(section[1]) {
                let Some(entry) = entries.next() else { break 'sections };
                self.budget.tick()?;
                let what = if kind == 0 { 1 } else { field(&entry[..kind]) };
                let value = field(&entry[kind..kind + second]);
                let Ok(number) = u32::try_from(number) else { continue };
                match what {
                    1 => self.place(number, Place::At(usize::try_from(value).unwrap_or(usize::MAX)))?,
                    2 => self.place(number, Place::In { container: u32::try_from(value).unwrap_or(u32::MAX) })?,
                    _ => {}
                }
            }
        }
        Ok(Some(stream.dictionary))
    }

    /// Remembers where an object lies; later tables of the file are read first and count.
    fn place(&self, number: u32, place: Place) -> Result<(), IngestError> {
        let mut places = self.places.borrow_mut();
        places.entry(number).or_insert(place);
        if places.len() > MAX_OBJECTS { Err(self.budget.too_many_objects(MAX_OBJECTS as u64)) } else { Ok(()) }
    }

    /// Looks through the whole file for objects, as every program does with a damaged one.
    fn search(&self) -> Result<(), IngestError> {
        self.was_searched.set(true);
        self.places.borrow_mut().clear();
        self.containers.borrow_mut().clear();
        let mut found: BTreeMap<u32, usize> = BTreeMap::new();
        for at in memmem::find_iter(self.bytes, b"obj") {
            self.budget.tick()?;
            if let Some((number, start)) = numbers_before(self.bytes, at) {
                found.insert(number, start);
            }
            if found.len() > MAX_OBJECTS {
                return Err(self.budget.too_many_objects(MAX_OBJECTS as u64));
            }
        }
        let mut trailer = Dictionary::default();
        for at in memmem::find_iter(self.bytes, b"trailer") {
            if let Some(Object::Dictionary(candidate)) = Scanner::new(self.bytes, at + 7).object()
                && candidate.get("Root").is_some()
            {
                trailer = candidate;
            }
        }
        let mut containers = Vec::new();
        for (number, at) in &found {
            self.budget.tick()?;
            self.place(*number, Place::At(*at))?;
            let Some((_, object)) = indirect(self.bytes, *at) else { continue };
            let Some(dictionary) = object.as_dictionary() else { continue };
            match dictionary.name("Type") {
                Some("ObjStm") => containers.push(*number),
                Some("XRef") if dictionary.get("Root").is_some() => trailer = dictionary.clone(),
                Some("Catalog") if trailer.get("Root").is_none() => {
                    let reference = Reference { number: *number, generation: 0 };
                    trailer.push("Root".to_owned(), Object::Reference(reference));
                }
                _ => {}
            }
        }
        *self.trailer.borrow_mut() = trailer;
        for container in containers {
            let content = self.container(container)?;
            for (number, _) in &content.objects {
                self.place(*number, Place::In { container })?;
            }
        }
        Ok(())
    }
}

/// How a stream's parameters say its bytes were arranged.
fn predictor(number: &impl Fn(&str) -> Option<i64>) -> Option<Predictor> {
    let kind = number("Predictor").filter(|kind| *kind > 1)?;
    let positive = |key: &str, default: i64, most: i64| {
        usize::try_from(number(key).unwrap_or(default).clamp(1, most)).unwrap_or(1)
    };
    let bits = positive("Colors", 1, 32) * positive("BitsPerComponent", 8, 16);
    let row = (positive("Columns", 1, 1 << 20) * bits).div_ceil(8);
    Some(Predictor { kind, row, pixel: bits.div_ceil(8) })
}

/// The object number in `12 0 obj`, whose `obj` stands at `at`, and where it begins.
fn numbers_before(bytes: &[u8], at: usize) -> Option<(u32, usize)> {
    let digits_before = |end: usize| {
        let text = &bytes[..end];
        let n = text.iter().rev().take(10).take_while(|byte| byte.is_ascii_digit()).count();
        (n > 0).then(|| end - n)
    };
    let space_before = |end: usize| end - bytes[..end].iter().rev().take(8).take_while(|byte| is_space(**byte)).count();
    let generation = digits_before(space_before(at))?;
    let gap = space_before(generation);
    if gap == generation {
        return None;
    }
    let start = digits_before(gap)?;
    let number = std::str::from_utf8(&bytes[start..gap]).ok()?.parse().ok()?;
    Some((number, start))
}
