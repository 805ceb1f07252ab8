//! From a codebook file to a [`Codebook`], or to everything that is wrong with it.
//!
//! This file knows the file as a whole: its bytes, its encoding, its head. A single code is read in
//! [`super::code`], what holds between codes is checked in [`super::check`].

use std::{
    fs::File,
    io::{ErrorKind, Read},
    path::Path,
};

use super::{
    check::{self, Written},
    choices::{COMPOUNDS, LANGUAGES, NORWEGIAN},
    code::{self, Defaults},
    model::Codebook,
};
use crate::{
    diag::{Diagnostic, Fields, Place, Severity, TomlFile, TomlIds},
    disk,
    language::Language,
};

/// The format of codebook files that this version reads.
const FORMAT: i64 = 1;
/// A codebook file has at most so many bytes: more patterns than anybody wrote, and still few enough that a file
/// made to be nothing but brackets and commas fits in memory as a tree.
const MAX_BYTES: u64 = 8 << 20;

const IDS: TomlIds = TomlIds {
    syntax: "codebook/syntax",
    unknown_key: "codebook/unknown-key",
    wrong_type: "codebook/wrong-type",
    unknown_value: "codebook/unknown-value",
    missing_key: "codebook/missing-key",
};

/// Reads and checks the codebook at `path`. Beside the codebook, what is odd about it: warnings.
///
/// # Errors
/// Everything that is wrong with the file, and the warnings, in the order of the file.
pub fn load(path: &Path) -> Result<(Codebook, Vec<Diagnostic>), Vec<Diagnostic>> {
    let bytes = read(path).map_err(|diagnostic| vec![diagnostic])?;
    let text = as_text(path, &bytes).map_err(|diagnostic| vec![diagnostic])?;
    from_text(path, text, &bytes)
}

/// Reads and checks a codebook whose text is at hand; `path` is only for its name and for messages.
///
/// # Errors
/// When the codebook has errors, all of them, as for [`load`].
pub fn from_str(path: &Path, text: &str) -> Result<(Codebook, Vec<Diagnostic>), Vec<Diagnostic>> {
    from_text(path, text.trim_start_matches('\u{feff}'), text.as_bytes())
}

fn read(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    let unreadable = |error: std::io::Error| {
        let message = match error.kind() {
            ErrorKind::NotFound => "the codebook does not exist".to_owned(),
            ErrorKind::IsADirectory => "this is a folder, not a codebook".to_owned(),
            ErrorKind::PermissionDenied => "there is no permission to read the codebook".to_owned(),
            _ => format!("the codebook cannot be read: {error}"),
        };
        let diagnostic = Diagnostic::error("codebook/unreadable", message).at(Place::file(path));
        match error.kind() {
            ErrorKind::NotFound => diagnostic
                .hint("name the one to use: `--codebook FILE`")
                .hint("`temakart new DIR` creates one to start from, also in a folder that has documents"),
            _ => diagnostic,
        }
    };
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes)).map_err(unreadable)?;
    if bytes.len() as u64 > MAX_BYTES {
        let message = format!("the codebook is larger than {} MB", MAX_BYTES >> 20);
        return Err(Diagnostic::error("codebook/too-large", message).at(Place::file(path)));
    }
    Ok(bytes)
}

fn as_text<'b>(path: &Path, bytes: &'b [u8]) -> Result<&'b str, Diagnostic> {
    let not_utf_8 =
        |message: &str| Diagnostic::error("codebook/not-utf-8", message.to_owned()).hint("save it again as UTF-8");
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(not_utf_8("the codebook is in UTF-16").at(Place::file(path)));
    }
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let shown = TomlFile::new(path, &String::from_utf8_lossy(bytes), IDS);
        // The lossy text is the same up to the first byte that it could not keep.
        let at = error.valid_up_to();
        let place = shown.place(at..at + 1, "this is the first byte that is not UTF-8");
        not_utf_8("the codebook is not in UTF-8").at(place)
    })
}

fn from_text(path: &Path, text: &str, bytes: &[u8]) -> Result<(Codebook, Vec<Diagnostic>), Vec<Diagnostic>> {
    let file = TomlFile::new(path, text, IDS);
    let table = file.parse()?;
    let mut fields = Fields::of_file(&file, &table);
    let mut found = Vec::new();
    check_format(&file, &mut fields)?;

    let name = fields.string("name", &mut found).map(|name| name.value.trim()).filter(|name| !name.is_empty());
    let languages = languages(&file, &mut fields, &mut found);
    let defaults = Defaults {
        compounds: fields.choice("compounds", COMPOUNDS, &mut found).unwrap_or_default(),
        derive: fields.boolean("derive", &mut found).unwrap_or(false),
    };
    let mut codes: Vec<Written<'_>> = fields
        .tables("code", &mut found)
        .into_iter()
        .map(|fields| code::read(&file, fields, defaults, &mut found))
        .collect();
    fields.finish(&mut found);
    // Where the codes are there under a wrong name, or are no tables, that has been said.
    let is_said = found.iter().any(|diagnostic| [IDS.unknown_key, IDS.wrong_type].contains(&diagnostic.id));
    if codes.is_empty() && !is_said {
        found.push(
            Diagnostic::error("codebook/no-codes", "the codebook has no codes")
                .at(file.place(0..0, "expected a `[[code]]` in this file")),
        );
    }
    check::between_codes(&file, &mut codes, &mut found);

    // In the order of the file; what has no place in it was sorted to the front.
    found.sort_by_key(|diagnostic| {
        diagnostic.places.first().and_then(|place| place.source.as_ref()).map(|(_, span)| span.start())
    });
    if found.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
        return Err(found);
    }
    let stem = || path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    let codebook = Codebook {
        path: path.to_owned(),
        name: name.map_or_else(stem, str::to_owned),
        languages,
        compounds: defaults.compounds,
        derive: defaults.derive,
        sha256: disk::sha256(bytes),
        codes: codes.into_iter().map(|written| written.code).collect(),
        text: file.text.clone(),
    };
    Ok((codebook, found))
}

/// A file of another format is not looked at any further: what else is in it means something else.
fn check_format(file: &TomlFile, fields: &mut Fields<'_>) -> Result<(), Vec<Diagnostic>> {
    let mut found = Vec::new();
    let error =
        |id, message: String, range, label: &str| vec![Diagnostic::error(id, message).at(file.place(range, label))];
    match fields.integer("format", &mut found) {
        Some((FORMAT, _)) => Ok(()),
        Some((newer, range)) if newer > FORMAT => {
            let message =
                format!("the codebook has format {newer}, which is newer than this version of temakart can read");
            let mut errors = error("codebook/format-too-new", message, range, "expected `format = 1`");
            errors[0].hints.push("update temakart to read it".to_owned());
            Err(errors)
        }
        Some((unknown, range)) => {
            let message = format!("unknown codebook format {unknown}");
            Err(error("codebook/unknown-format", message, range, "expected `format = 1`"))
        }
        None if found.is_empty() => {
            let message = "the codebook does not state its format".to_owned();
            Err(error("codebook/missing-format", message, 0..0, "expected `format = 1` at the top of the file"))
        }
        None => Err(found),
    }
}

fn languages(file: &TomlFile, fields: &mut Fields<'_>, found: &mut Vec<Diagnostic>) -> Vec<Language> {
    let mut languages = Vec::new();
    let written = fields.strings("languages", found);
    if written.is_empty() {
        return NORWEGIAN.to_vec();
    }
    for text in written {
        for language in text.choice(file, "`languages`", LANGUAGES, found).unwrap_or_default() {
            if !languages.contains(language) {
                languages.push(*language);
            }
        }
    }
    languages
}
