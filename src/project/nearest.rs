//! The document that a misspelt path most likely means.

use crate::diag::did_you_mean;

/// The document that `path` most likely means: one that ends with it, or one that is spelt nearly so.
pub(crate) fn nearest<'a>(path: &str, documents: &[&'a str]) -> Option<&'a str> {
    let path = path.to_lowercase();
    let ends_so = |document: &&&str| {
        let document = document.to_lowercase();
        document == path || document.strip_suffix(path.as_str()).is_some_and(|rest| rest.ends_with('/'))
    };
    documents.iter().find(ends_so).copied().or_else(|| {
        let name = |path: &'a str| path.rsplit('/').next().unwrap_or(path);
        let own = path.rsplit('/').next().unwrap_or(&path);
        // Spelling is compared name by name: long paths are near each other by their folders alone.
        let in_place = documents.iter().copied().filter(|document| folder(document).to_lowercase() == folder(&path));
        let near = did_you_mean(own, in_place.clone().map(name))?;
        in_place.into_iter().find(|document| name(document) == near)
    })
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_document_ends_or_is_spelt_alike() {
        let documents = ["documents/hadeland/start/intervju-1.txt", "documents/hadeland/start/referat.txt"];
        for (path, expected) in [
            ("hadeland/start/referat.txt", Some(documents[1])),
            ("documents/hadeland/start/INTERVJU-1.txt", Some(documents[0])),
            ("documents/hadeland/start/refrat.txt", Some(documents[1])),
            ("documents/hadeland/slutt/helt-annet.txt", None),
        ] {
            assert_eq!(nearest(path, &documents), expected, "{path}");
        }
    }
}
