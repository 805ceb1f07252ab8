//! JSON whose names keep the order that they are written in.

use serde::ser::{Serialize, SerializeMap as _, SerializeSeq as _, Serializer};

use crate::diag::Warning;

/// A JSON value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    /// No value.
    Null,
    /// A condition.
    Bool(bool),
    /// A whole number.
    Count(u64),
    /// Any other number.
    Number(f64),
    /// A text.
    Text(String),
    /// Values one after the other.
    List(Vec<Node>),
    /// Named values.
    Object(Vec<(String, Node)>),
}

/// What is written as JSON for people to read too, with a final line end.
pub(super) fn pretty(value: &impl Serialize) -> String {
    let mut json = serde_json::to_string_pretty(value).expect("what we write has text keys only");
    json.push('\n');
    json
}

/// An object: `object! { "name": value, … }`, every value whatever can become a [`Node`].
macro_rules! object {
    ($($name:literal: $value:expr),* $(,)?) => {
        $crate::report::ordered_json::Node::Object(vec![$(($name.to_owned(), $crate::report::ordered_json::Node::from($value))),*])
    };
}
pub(super) use object;

impl Node {
    /// The object with a further name before all others.
    pub(super) fn with_first(self, name: &str, value: impl Into<Self>) -> Self {
        match self {
            Self::Object(mut names) => {
                names.insert(0, (name.to_owned(), value.into()));
                Self::Object(names)
            }
            other => other,
        }
    }

    /// As a text in lines, with a final line end.
    pub(super) fn pretty(&self) -> String {
        pretty(self)
    }
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_none(),
            Self::Bool(is) => serializer.serialize_bool(*is),
            Self::Count(count) => serializer.serialize_u64(*count),
            Self::Number(number) if number.is_finite() => serializer.serialize_f64(*number),
            Self::Number(_) => serializer.serialize_none(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(list) => {
                let mut sequence = serializer.serialize_seq(Some(list.len()))?;
                list.iter().try_for_each(|node| sequence.serialize_element(node))?;
                sequence.end()
            }
            Self::Object(names) => {
                let mut map = serializer.serialize_map(Some(names.len()))?;
                names.iter().try_for_each(|(name, node)| map.serialize_entry(name, node))?;
                map.end()
            }
        }
    }
}

impl From<bool> for Node {
    fn from(is: bool) -> Self {
        Self::Bool(is)
    }
}

impl From<u64> for Node {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}

impl From<u32> for Node {
    fn from(count: u32) -> Self {
        Self::Count(u64::from(count))
    }
}

impl From<usize> for Node {
    fn from(count: usize) -> Self {
        Self::Count(count as u64)
    }
}

impl From<f64> for Node {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<&str> for Node {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Node {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl<T: Into<Self>> From<Option<T>> for Node {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl<T: Into<Self>> From<Vec<T>> for Node {
    fn from(list: Vec<T>) -> Self {
        Self::List(list.into_iter().map(Into::into).collect())
    }
}

/// The warnings that go with every output.
impl From<&[Warning]> for Node {
    fn from(warnings: &[Warning]) -> Self {
        let warning = |warning: &Warning| {
            let path = warning.path.iter().map(|path| ("path".to_owned(), Self::from(path.as_str())));
            let names = std::iter::once(("id".to_owned(), Self::from(&*warning.id)));
            let message = ("message".to_owned(), Self::from(warning.message.as_str()));
            Self::Object(names.chain(path).chain([message]).collect())
        };
        Self::List(warnings.iter().map(warning).collect())
    }
}
