//! What only projects of ours know of themselves: how they are cut into segments, who is context, who speaks, who has
//! read what.
//!
//! REFI-QDA has no element for it. It stands in the descriptions of project and sources, which other programs show as
//! memos, for people to read and for [`super::unpack()`] to count by.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// The line that such a description begins with.
const MARK: &str = "# temakart: what it needs to count this as before";

/// Of the project.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OwnProject {
    /// Its languages, where they are not the usual ones.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
    /// What segments are, where they are no paragraphs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub segments: Option<String>,
    /// The variable that is the case, where its name does not tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// The one that is the phase, likewise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phase: Option<String>,
    /// The labels of those who ask, where the project names them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exclude: Option<Vec<String>>,
    /// What segments are in documents of some types.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub types: BTreeMap<String, String>,
    /// Cases whose ids differ from their labels, or that have other names too.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cases: Vec<OwnValue>,
    /// Phases likewise.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub phases: Vec<OwnValue>,
}

/// A case or phase under all its names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OwnValue {
    /// What stands in results.
    pub id: String,
    /// What other programs call it.
    pub label: String,
    /// Its other names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
}

/// Of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OwnSource {
    /// What its text is, where it is more than plain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<OwnFormat>,
    /// Who speaks in it, as far as anything is known of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub speakers: Vec<OwnSpeaker>,
    /// Who has read it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub read: Vec<OwnReading>,
}

/// A format whose files are the text itself, marks and all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OwnFormat {
    /// Markdown, whose headings are context.
    Markdown,
}

/// A speaker of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OwnSpeaker {
    /// The label, as it stands in the text.
    pub label: String,
    /// The person, the same across documents.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What the person is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The id of the case that the person speaks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// What stands for the label in what we write.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pseudonym: Option<String>,
    /// Whether the person's words are context.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exclude: Option<bool>,
}

/// What a coder has read of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OwnReading {
    /// Who.
    pub coder: String,
    /// The segments, by the first and last number of each run of them; none where it is all of them.
    #[serde(with = "runs", skip_serializing_if = "Vec::is_empty")]
    pub segments: Vec<(u32, u32)>,
}

impl OwnReading {
    /// What `coder` has read, by numbers that rise.
    #[must_use]
    pub fn of(coder: &str, numbers: impl IntoIterator<Item = u32>) -> Self {
        let runs = numbers.into_iter().map(|number| (number, number)).collect();
        Self { coder: coder.to_owned(), segments: runs::joined(runs) }
    }

    /// Whether a segment is one of `segments`.
    #[must_use]
    pub fn has(&self, number: u32) -> bool {
        let after = self.segments.partition_point(|(first, _)| *first <= number);
        after.checked_sub(1).is_some_and(|index| number <= self.segments[index].1)
    }
}

/// Runs of numbers as `1-3, 5`.
mod runs {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(runs: &[(u32, u32)], serializer: S) -> Result<S::Ok, S::Error> {
        let of = |(first, last): &(u32, u32)| if first == last { first.to_string() } else { format!("{first}-{last}") };
        serializer.serialize_str(&runs.iter().map(of).collect::<Vec<_>>().join(", "))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<(u32, u32)>, D::Error> {
        let run = |text: &str| {
            let (first, last) = text.split_once('-').unwrap_or((text, text));
            let (first, last) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
            (first <= last).then_some((first, last))
        };
        let runs: Option<Vec<(u32, u32)>> = String::deserialize(deserializer)?.split(',').map(run).collect();
        // Of none it would mean all.
        let runs = runs.map(joined).filter(|runs| !runs.is_empty());
        runs.ok_or_else(|| D::Error::custom("expected ranges of numbers"))
    }

    /// The ranges in order, with adjacent ones joined.
    pub(super) fn joined(mut runs: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
        runs.sort_unstable();
        let mut joined: Vec<(u32, u32)> = Vec::new();
        for (first, last) in runs {
            match joined.last_mut() {
                Some(before) if first <= before.1.saturating_add(1) => before.1 = before.1.max(last),
                _ => joined.push((first, last)),
            }
        }
        joined
    }
}

/// The description that says it; empty where there is nothing to say.
pub(super) fn description<T: Serialize + Default + PartialEq>(own: &T) -> String {
    if *own == T::default() {
        return String::new();
    }
    let said = toml::to_string(own).expect("names, texts and lists are TOML");
    format!("{MARK}\n{said}")
}

/// Longer descriptions, in bytes, are not ours: one of 10,000 speakers is shorter.
const MAX_LENGTH: usize = 1 << 20;

/// Whether a description is so long that it is not read when it comes back.
#[must_use]
pub fn is_too_long<T: Serialize + Default + PartialEq>(own: &T) -> bool {
    description(own).len() > MAX_LENGTH
}

/// What a description says that begins as ours do; `None` for a person's own.
pub(super) fn read<T: DeserializeOwned>(description: &str) -> Option<T> {
    if description.len() > MAX_LENGTH {
        return None;
    }
    let said = description.trim().strip_prefix(MARK)?;
    toml::from_str(said).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let speaker = OwnSpeaker {
            label: "Informant \"1\"\n".to_owned(),
            pseudonym: Some("Bjørk <&>".to_owned()),
            exclude: Some(false),
            ..OwnSpeaker::default()
        };
        let read = vec![OwnReading::of("kn", [1, 2, 3, 5]), OwnReading::of("ab", [])];
        let source = OwnSource { format: Some(OwnFormat::Markdown), speakers: vec![speaker], read };
        assert_eq!(super::read(&description(&source)), Some(source));
        let value = OwnValue { id: "a".to_owned(), label: "Anne".to_owned(), aliases: vec!["Aa".to_owned()] };
        let project = OwnProject {
            exclude: Some(Vec::new()),
            types: BTreeMap::from([("møte = 1".to_owned(), "turn".to_owned())]),
            cases: vec![value],
            ..OwnProject::default()
        };
        assert_eq!(super::read(&description(&project)), Some(project));
        assert_eq!(description(&OwnSource::default()), "");
    }

    #[test]
    fn readings_are_runs_of_segments() {
        #[track_caller]
        fn check(segments: &str, expected: Option<&[(u32, u32)]>) {
            let said = format!("{MARK}\n[[read]]\ncoder = \"kn\"\nsegments = {segments}\n");
            let read = read::<OwnSource>(&said).map(|source| source.read[0].segments.clone());
            assert_eq!(read.as_deref(), expected, "{segments}");
        }
        let reading = OwnReading::of("kn", [1, 2, 3, 5]);
        assert_eq!((1..7).filter(|number| reading.has(*number)).collect::<Vec<_>>(), [1, 2, 3, 5]);
        let source = OwnSource { read: vec![OwnReading::of("kn", 1..=1_000_000)], ..OwnSource::default() };
        assert!(description(&source).contains("segments = \"1-1000000\"") && !is_too_long(&source));
        check("\"1-3, 5\"", Some(&[(1, 3), (5, 5)]));
        check("\"5, 1, 2, 3\"", Some(&[(1, 3), (5, 5)]));
        check("\"4-9, 1-4294967295\"", Some(&[(1, u32::MAX)]));
        for none in ["\"en\"", "\"7-2\"", "\"4-9, 7-2\"", "\"\"", "[]", "[1]"] {
            check(none, None);
        }
    }

    #[test]
    fn what_people_write_is_theirs() {
        for text in ["", "Et notat", "# temakart", "# temakart: what it needs to count this as before\nformat = 7"] {
            assert_eq!(read::<OwnSource>(text), None, "{text}");
        }
    }
}
