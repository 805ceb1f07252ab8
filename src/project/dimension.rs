//! Case and phase: what a project calls them and which values they may take.

use std::collections::BTreeMap;

use super::names::comparable;
use crate::diag::did_you_mean;
use crate::text::tidy;

/// One of the two attributes that every report is built on.
#[derive(Debug, Clone, Default)]
pub struct Dimension {
    label: String,
    /// The label of whoever gives it none.
    usual: &'static str,
    values: Vec<Value>,
    /// Index in `values` of every id, label and alias, in the form in which they are compared.
    names: BTreeMap<String, usize>,
}

/// A declared value of a dimension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// What stands in results.
    pub id: String,
    /// For people; the id where none is given.
    pub label: String,
    /// Further names of folders, cells and front matter that mean this value.
    pub aliases: Vec<String>,
}

impl Dimension {
    /// A dimension whose values are whatever the material brings, and whose label is `usual` unless it is given one.
    #[must_use]
    pub fn open(usual: &'static str) -> Self {
        Self { label: usual.to_owned(), usual, ..Self::default() }
    }

    /// This dimension with a label of its own.
    pub(super) fn called(self, label: String) -> Self {
        Self { label, ..self }
    }

    /// Declares one more value. The name that another value already goes by is returned with that value's id.
    pub(super) fn declare(&mut self, value: Value) -> Result<(), (String, String)> {
        let index = self.values.len();
        let mut taken = None;
        for name in std::iter::once(&value.id).chain([&value.label]).chain(&value.aliases) {
            let other = *self.names.entry(comparable(name)).or_insert(index);
            if other != index {
                taken = taken.or(Some((name.clone(), self.values[other].id.clone())));
            }
        }
        self.values.push(value);
        taken.map_or(Ok(()), Err)
    }

    /// What the project calls this attribute: `Delpilot`.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// What the project calls this attribute, if that says more than what it is called anyhow.
    #[must_use]
    pub fn own_label(&self) -> Option<&str> {
        Some(self.label.as_str()).filter(|label| *label != self.usual)
    }

    /// The declared values in their order; empty where none are declared.
    #[must_use]
    pub fn values(&self) -> &[Value] {
        &self.values
    }

    /// The id of the value that a file calls `raw`: by id, label or alias, without regard to case and composition.
    ///
    /// Where no values are declared every value is its own id. `None` when values are declared and this is none.
    #[must_use]
    pub fn resolve(&self, raw: &str) -> Option<String> {
        if self.values.is_empty() {
            return Some(tidy(raw).into_owned());
        }
        self.names.get(&comparable(raw)).map(|index| self.values[*index].id.clone())
    }

    /// The label of the value `id`; the id itself where none is declared.
    #[must_use]
    pub fn label_of<'a>(&'a self, id: &'a str) -> &'a str {
        self.values.iter().find(|value| value.id == id).map_or(id, |value| &value.label)
    }

    /// What to say about `raw`, which is none of the declared values.
    pub(super) fn hint(&self, raw: &str) -> String {
        let names = self.values.iter().flat_map(|value| [&value.id, &value.label].into_iter().chain(&value.aliases));
        match did_you_mean(&tidy(raw), names.map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => {
                let ids: Vec<String> = self.values.iter().map(|value| format!("`{}`", value.id)).collect();
                format!("declared: {}", ids.join(", "))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cases() -> Dimension {
        let mut dimension = Dimension::open("Delpilot");
        for (id, label, aliases) in
            [("omsorg-3.0", "Omsorg 3.0", vec!["Øyer", "Gausdal"]), ("hadeland", "Hadeland", vec![])]
        {
            let aliases = aliases.into_iter().map(str::to_owned).collect();
            dimension.declare(Value { id: id.to_owned(), label: label.to_owned(), aliases }).expect("names differ");
        }
        dimension
    }

    #[track_caller]
    fn check(raw: &str, expected: Option<&str>) {
        assert_eq!(cases().resolve(raw).as_deref(), expected, "{raw}");
    }

    #[test]
    fn a_value_goes_by_id_label_and_alias_in_any_case_and_composition() {
        check("omsorg-3.0", Some("omsorg-3.0"));
        check("OMSORG  3.0", Some("omsorg-3.0"));
        check("øyer", Some("omsorg-3.0"));
        check("Omsorg", None);
        let mut dimension = Dimension::open("Sted");
        dimension
            .declare(Value { id: "a".to_owned(), label: "Åmot".to_owned(), aliases: vec![] })
            .expect("the only one");
        assert_eq!(dimension.resolve("A\u{30a}MOT").as_deref(), Some("a"));
    }

    #[test]
    fn without_declared_values_each_is_its_own_id_in_nfc() {
        assert_eq!(Dimension::open("Delpilot").resolve(" A\u{30a}mot ").as_deref(), Some("Åmot"));
    }

    #[test]
    fn two_values_cannot_go_by_one_name() {
        let value = Value { id: "ringebu".to_owned(), label: "gausdal".to_owned(), aliases: vec![] };
        assert_eq!(cases().declare(value), Err(("gausdal".to_owned(), "omsorg-3.0".to_owned())));
    }

    #[test]
    fn the_hint_names_the_nearest_or_all() {
        assert_eq!(cases().hint("hadelan"), "did you mean `hadeland`?");
        assert_eq!(cases().hint("xyz"), "declared: `omsorg-3.0`, `hadeland`");
    }
}
