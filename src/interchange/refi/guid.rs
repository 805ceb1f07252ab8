//! GUIDs that are the same in every run: of what a thing is and is called (version 5), never of chance.

use uuid::Uuid;

/// The space of all our names: version 5 of `urn:temakart` among URLs.
fn space() -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_URL, b"urn:temakart")
}

/// The GUID of a thing that is the same in all projects: a code, a person, a variable.
pub(super) fn of(kind: &str, name: &str) -> String {
    written(Uuid::new_v5(&space(), format!("{kind}/{name}").as_bytes()))
}

/// Names within one project.
#[derive(Debug, Clone, Copy)]
pub(super) struct Within(Uuid);

impl Within {
    pub(super) fn project(name: &str) -> Self {
        Self(Uuid::new_v5(&space(), format!("project/{name}").as_bytes()))
    }

    pub(super) fn of(self, kind: &str, name: &str) -> String {
        written(self.id(kind, name))
    }

    /// Names within a thing of the project.
    pub(super) fn within(self, kind: &str, name: &str) -> Self {
        Self(self.id(kind, name))
    }

    fn id(self, kind: &str, name: &str) -> Uuid {
        Uuid::new_v5(&self.0, format!("{kind}/{name}").as_bytes())
    }
}

/// In capitals and without braces: some programs compare letter by letter.
fn written(id: Uuid) -> String {
    let mut buffer = Uuid::encode_buffer();
    id.hyphenated().encode_upper(&mut buffer).to_owned()
}

/// A GUID as others write it, so that equal ones are equal: without braces, in capitals.
pub(super) fn plain(written: &str) -> String {
    written.trim().trim_start_matches('{').trim_end_matches('}').to_ascii_uppercase()
}
