//! Which part of the package plays which role: its relationships.

use std::collections::BTreeMap;

use super::super::archive::{Archive, part_at};
use super::super::error::IngestError;
use super::super::limits::Budget;
use super::super::xml::{Node, Xml};

/// Part names by the last word of their role (`styles`, `footnotes`, …).
#[derive(Debug, Default)]
pub(super) struct Relations(BTreeMap<String, String>);

impl Relations {
    /// The relationships of the part `of`.
    pub(super) fn of(archive: &mut Archive<'_>, of: &str, budget: &Budget) -> Result<Self, IngestError> {
        let (folder, file) = of.rsplit_once('/').unwrap_or(("", of));
        let name = format!("{folder}/_rels/{file}.rels");
        let mut relations = BTreeMap::new();
        let Some(part) = archive.part(&name)? else { return Ok(Self(relations)) };
        let mut xml = Xml::new(part, &name, budget)?;
        loop {
            match xml.next()? {
                Node::Start(element) if element.name() == "Relationship" => {
                    let (Some(role), Some(target)) = (element.attribute("Type"), element.attribute("Target")) else {
                        continue;
                    };
                    if element.attribute("TargetMode").as_deref() == Some("External") {
                        continue;
                    }
                    let role = role.rsplit('/').next().unwrap_or(&role).to_owned();
                    relations.entry(role).or_insert_with(|| part_at(folder, &target));
                }
                Node::Done => return Ok(Self(relations)),
                _ => {}
            }
        }
    }

    /// The part that plays `role`.
    pub(super) fn target(&self, role: &str) -> Option<&str> {
        self.0.get(role).map(String::as_str)
    }
}

/// The name of the document's main part.
pub(super) fn main_part(archive: &mut Archive<'_>, budget: &Budget) -> Result<String, IngestError> {
    let usual = "word/document.xml";
    let relations = Relations::of(archive, "", budget)?;
    if let Some(target) = relations.target("officeDocument")
        && archive.part(target)?.is_some()
    {
        return Ok(target.to_owned());
    }
    if archive.part(usual)?.is_some() {
        return Ok(usual.to_owned());
    }
    let other = archive.names().find(|name| {
        let name = name.replace('\\', "/").to_ascii_lowercase();
        name.starts_with("word/document") && name.ends_with(".xml")
    });
    Ok(other.map_or_else(|| usual.to_owned(), |name| name.replace('\\', "/")))
}
