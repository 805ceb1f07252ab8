//! Reading a TOML table key by key, with every error at once.
//!
//! serde stops at the first thing it does not like. A researcher who has misspelt three keys wants to hear of all
//! three, so our own files are read through [`Fields`]: each key is asked for once, by name and kind; whatever is
//! wrong is added to a list and reading goes on; keys that nobody asked for are unknown.

use std::ops::Range;

use ::toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    Diagnostic, did_you_mean, shortened,
    toml::{TomlFile, in_backticks},
    toml_string::offset_in_source,
};

/// Beside a caret there is room for so many characters.
const MAX_LABEL_LENGTH: usize = 60;

/// One table of a TOML file, and which of its keys have been asked for.
#[derive(Debug)]
pub struct Fields<'t> {
    file: &'t TomlFile,
    table: &'t DeTable<'t>,
    range: Range<usize>,
    asked: Vec<&'static str>,
}

/// A string of a TOML file and where it stands, its quotes included.
#[derive(Debug, Clone)]
pub struct Text<'t> {
    /// What it says, escapes resolved.
    pub value: &'t str,
    /// Bytes of the file.
    pub range: Range<usize>,
}

impl<'t> Fields<'t> {
    /// The keys of `table`, which is the file itself.
    #[must_use]
    pub fn of_file(file: &'t TomlFile, table: &'t DeTable<'t>) -> Self {
        Self { file, table, range: 0..0, asked: Vec::new() }
    }

    /// The keys of `value`; an error where it is no table.
    pub fn of_value(
        file: &'t TomlFile,
        value: &'t Spanned<DeValue<'t>>,
        what: &str,
        errors: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        match value.get_ref() {
            DeValue::Table(table) => Some(Self { file, table, range: value.span(), asked: Vec::new() }),
            other => {
                errors.push(wrong_type(file, value.span(), what, "a table", other));
                None
            }
        }
    }

    /// Where the table stands: its header, or the braces and what is between them. Empty for the file itself.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.range.clone()
    }

    /// Where `key` itself stands, if the table has it.
    #[must_use]
    pub fn key_range(&self, key: &str) -> Option<Range<usize>> {
        self.table.get_key_value(key).map(|(key, _)| key.span())
    }

    /// The value of `key`, whatever its kind.
    pub fn value(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.asked.push(key);
        self.table.get(key)
    }

    /// The string under `key`.
    pub fn string(&mut self, key: &'static str, errors: &mut Vec<Diagnostic>) -> Option<Text<'t>> {
        let value = self.value(key)?;
        Text::of_value(self.file, value, &format!("`{key}`"), errors)
    }

    /// The string under `key`; an error where there is none.
    pub fn required_string(&mut self, key: &'static str, errors: &mut Vec<Diagnostic>) -> Option<Text<'t>> {
        if !self.table.contains_key(key) {
            self.asked.push(key);
            errors.push(
                Diagnostic::error(self.file.ids.missing_key, format!("the key `{key}` is missing"))
                    .at(self.file.place(self.range.clone(), format!("expected `{key} = \"…\"` in this table"))),
            );
            return None;
        }
        self.string(key, errors)
    }

    /// The strings of the array under `key`, those that are none reported and left out.
    pub fn strings(&mut self, key: &'static str, errors: &mut Vec<Diagnostic>) -> Vec<Text<'t>> {
        let each = format!("each of `{key}`");
        let file = self.file;
        self.elements(key, errors).iter().filter_map(|value| Text::of_value(file, value, &each, errors)).collect()
    }

    /// What the array under `key` holds; nothing, and an error, where the value is no array.
    pub fn elements(&mut self, key: &'static str, errors: &mut Vec<Diagnostic>) -> &'t [Spanned<DeValue<'t>>] {
        let Some(value) = self.value(key) else { return &[] };
        match value.get_ref() {
            DeValue::Array(array) => array,
            other => {
                errors.push(wrong_type(self.file, value.span(), &format!("`{key}`"), "an array: `[…]`", other));
                &[]
            }
        }
    }

    /// Whether `key` is there and holds anything but an empty array.
    #[must_use]
    pub fn says(&self, key: &str) -> bool {
        self.table.get(key).is_some_and(|value| value.get_ref().as_array().is_none_or(|array| !array.is_empty()))
    }

    /// The tables of `[[key]]`, or of the array of tables under `key`.
    pub fn tables(&mut self, key: &'static str, errors: &mut Vec<Diagnostic>) -> Vec<Self> {
        let file = self.file;
        let each = format!("each of `{key}`");
        let elements: &'t [Spanned<DeValue<'t>>] = match self.table.get(key).map(|value| (value, value.get_ref())) {
            Some((value, other @ DeValue::Table(_))) => {
                self.asked.push(key);
                let double = format!("a list of tables: write `[[{key}]]` for each");
                errors.push(wrong_type(file, value.span(), &format!("`{key}`"), &double, other));
                &[]
            }
            _ => self.elements(key, errors),
        };
        elements.iter().filter_map(|value| Self::of_value(file, value, &each, errors)).collect()
    }

    /// The table under `key`.
    pub fn table(&mut self, key: &'static str, errors: &mut Vec<Diagnostic>) -> Option<Self> {
        let value = self.value(key)?;
        Self::of_value(self.file, value, &format!("`{key}`"), errors)
    }

    /// `true` or `false` under `key`.
    pub fn boolean(&mut self, key: &'static str, errors: &mut Vec<Diagnostic>) -> Option<bool> {
        let value = self.value(key)?;
        if let DeValue::Boolean(answer) = value.get_ref() {
            return Some(*answer);
        }
        errors.push(wrong_type(self.file, value.span(), &format!("`{key}`"), "`true` or `false`", value.get_ref()));
        None
    }

    /// The whole number under `key`, and where it stands.
    pub fn integer(&mut self, key: &'static str, errors: &mut Vec<Diagnostic>) -> Option<(i64, Range<usize>)> {
        let value = self.value(key)?;
        if let DeValue::Integer(number) = value.get_ref()
            && let Ok(number) = i64::from_str_radix(number.as_str(), number.radix())
        {
            return Some((number, value.span()));
        }
        errors.push(wrong_type(self.file, value.span(), &format!("`{key}`"), "a whole number", value.get_ref()));
        None
    }

    /// What the string under `key` stands for among `choices`; an error with all of them where it is none.
    pub fn choice<T: Copy>(
        &mut self,
        key: &'static str,
        choices: &[(&'static str, T)],
        errors: &mut Vec<Diagnostic>,
    ) -> Option<T> {
        let text = self.string(key, errors)?;
        text.choice(self.file, &format!("`{key}`"), choices, errors)
    }

    /// Reports the keys that nobody asked for, in the order of the file.
    pub fn finish(self, errors: &mut Vec<Diagnostic>) {
        self.finish_knowing(|_| None, errors);
    }

    /// The same, where `meant` knows which key is meant by another name for it.
    pub fn finish_knowing(self, meant: impl Fn(&str) -> Option<String>, errors: &mut Vec<Diagnostic>) {
        let mut unknown: Vec<_> =
            self.table.keys().filter(|key| !self.asked.contains(&key.get_ref().as_ref())).collect();
        unknown.sort_by_key(|key| key.span().start);
        errors.extend(unknown.iter().map(|key| {
            let meant = meant(key.get_ref()).filter(|meant| self.asked.contains(&meant.as_str()));
            unknown_key(self.file, key.span(), key.get_ref(), meant.as_deref(), &self.asked)
        }));
    }
}

impl<'t> Text<'t> {
    /// The string that `value` is; an error that calls it `what` where it is none.
    pub fn of_value(
        file: &TomlFile,
        value: &'t Spanned<DeValue<'t>>,
        what: &str,
        errors: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        match value.get_ref() {
            DeValue::String(text) => Some(Self { value: text, range: value.span() }),
            other => {
                errors.push(wrong_type(file, value.span(), what, "a string: `\"…\"`", other));
                None
            }
        }
    }

    /// What the string stands for among `choices`; an error with all of them where it is none.
    pub fn choice<T: Copy>(
        &self,
        file: &TomlFile,
        what: &str,
        choices: &[(&'static str, T)],
        errors: &mut Vec<Diagnostic>,
    ) -> Option<T> {
        if let Some((_, value)) = choices.iter().find(|(name, _)| *name == self.value) {
            return Some(*value);
        }
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        let expected = in_backticks(&names);
        let is_short = expected.len() <= MAX_LABEL_LENGTH;
        let label = if is_short { format!("expected one of {expected}") } else { "expected another value".to_owned() };
        let mut error = Diagnostic::error(
            file.ids.unknown_value,
            format!("`{}` is not a valid value for {what}", shortened(self.value)),
        )
        .at(file.place(self.range.clone(), label));
        if let Some(near) = did_you_mean(self.value, names.iter().copied()) {
            error = error.hint(format!("did you mean `{near}`?"));
        }
        if !is_short {
            error = error.hint(format!("the values are {expected}"));
        }
        errors.push(error);
        None
    }

    /// Where bytes `inner` of the string's value stand in the file, through the escapes it is written with.
    #[must_use]
    pub fn place_of(&self, file: &TomlFile, inner: Range<usize>) -> Range<usize> {
        let raw = &file.text[self.range.clone()];
        let offset = |at| self.range.start + offset_in_source(raw, self.value, at);
        offset(inner.start)..offset(inner.end.max(inner.start))
    }
}

fn unknown_key(file: &TomlFile, range: Range<usize>, key: &str, meant: Option<&str>, known: &[&str]) -> Diagnostic {
    let error = Diagnostic::error(file.ids.unknown_key, format!("unknown key `{}`", shortened(key)))
        .at(file.place(range, "not a key of this table"));
    match meant.or_else(|| did_you_mean(key, known.iter().copied())) {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => error.hint(format!("the keys here are {}", in_backticks(known))),
    }
}

fn wrong_type(file: &TomlFile, range: Range<usize>, what: &str, expected: &str, found: &DeValue<'_>) -> Diagnostic {
    let found = match found {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "`true` or `false`",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "an array",
        DeValue::Table(_) => "a table",
    };
    Diagnostic::error(file.ids.wrong_type, format!("{what} must be {expected}"))
        .at(file.place(range, format!("this is {found}")))
}
