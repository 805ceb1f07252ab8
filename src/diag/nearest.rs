//! "Did you mean" for paths: the known path that a misspelt one most likely means.

use super::did_you_mean;

/// Which of `paths` `path` most likely means: one that ends with it, or one that is spelt nearly so.
pub(crate) fn nearest_path<'a>(path: &str, paths: &[&'a str]) -> Option<&'a str> {
    let path = path.to_lowercase();
    let ends_so = |other: &&&str| {
        let other = other.to_lowercase();
        other == path || other.strip_suffix(path.as_str()).is_some_and(|rest| rest.ends_with('/'))
    };
    paths.iter().find(ends_so).copied().or_else(|| {
        let name = |path: &'a str| path.rsplit('/').next().unwrap_or(path);
        let own = path.rsplit('/').next().unwrap_or(&path);
        // Spelling is compared name by name: long paths are near each other by their folders alone.
        let in_place = paths.iter().copied().filter(|other| folder(other).to_lowercase() == folder(&path));
        let near = did_you_mean(own, in_place.clone().map(name))?;
        in_place.into_iter().find(|other| name(other) == near)
    })
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_path_ends_or_is_spelt_alike() {
        let paths = ["documents/hadeland/start/intervju-1.txt", "documents/hadeland/start/referat.txt"];
        for (path, expected) in [
            ("hadeland/start/referat.txt", Some(paths[1])),
            ("documents/hadeland/start/INTERVJU-1.txt", Some(paths[0])),
            ("documents/hadeland/start/refrat.txt", Some(paths[1])),
            ("documents/hadeland/slutt/helt-annet.txt", None),
        ] {
            assert_eq!(nearest_path(path, &paths), expected, "{path}");
        }
    }
}
