//! A study in a folder of its own, for tests that go through the whole run.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::test_runner::Config;
use temakart::codebook::Codebook;
use temakart::diag::Warning;
use temakart::index::Corpus;
use temakart::material::Material;
use temakart::pipeline::{self, Coded, Observer, Request};
use temakart::report::Quotes;

use crate::root;

/// So many cases, or as many as `PROPTEST_CASES` says, and no file beside the sources that remembers failures.
pub(crate) fn quick(cases: u32) -> Config {
    let given = Config::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { given.cases } else { cases };
    Config { cases, failure_persistence: None, max_shrink_iters: 400, ..given }
}

/// A project folder that goes away with it.
#[derive(Debug)]
pub(crate) struct Study {
    folder: tempfile::TempDir,
}

/// What a run of `code` yields: its numbers, and the bytes of its `codings.jsonl`. It holds the lock of its folder: drop
/// it before the next run there.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) study: Opened,
    pub(crate) coded: Coded,
    pub(crate) lines: Vec<u8>,
}

/// What tests ask of an opened study. It does not hold the lock of the index, so a project can be run twice.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(crate) corpus: Corpus,
    pub(crate) material: Material,
    pub(crate) warnings: Vec<Warning>,
}

impl Study {
    pub(crate) fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// The example study that the repository ships, with its codebook.
    pub(crate) fn example() -> Self {
        let study = Self::copy_of(&root().join("corpora/fjellregionen"));
        study.write("codebook.toml", fs::read_to_string(root().join("codebooks/piloten.toml")).unwrap());
        let file = fs::read_to_string(study.path().join("temakart.toml")).unwrap();
        study.write("temakart.toml", file.replace("../../codebooks/piloten.toml", "codebook.toml"));
        study
    }

    /// A folder's files, without what an earlier run left there.
    pub(crate) fn copy_of(folder: &Path) -> Self {
        let study = Self::empty();
        copy(folder, study.path());
        study
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, path: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    /// All paragraphs of its plain texts, by path.
    pub(crate) fn paragraphs(&self) -> Vec<String> {
        let mut paths = files(&self.path().join("documents"));
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
        let texts = paths.iter().map(|path| fs::read_to_string(path).unwrap());
        texts.flat_map(|text| text.split("\n\n").map(|p| p.trim().to_owned()).collect::<Vec<_>>()).collect()
    }

    pub(crate) fn request(&self) -> Request {
        Request::of(self.path(), 2)
    }

    pub(crate) fn open(&self) -> pipeline::Study {
        open(&self.request())
    }

    pub(crate) fn run(&self) -> Run {
        run(&self.request())
    }
}

impl Run {
    pub(crate) fn codebook(&self) -> &Codebook {
        &self.coded.codebook
    }
}

pub(crate) fn open(request: &Request) -> pipeline::Study {
    let observer = Observer { reading: &|_, _| {}, waiting: &|_| {} };
    pipeline::open(request, &observer).unwrap_or_else(|messages| panic!("{messages:#?}"))
}

/// A whole run, with as many threads for coding as for reading.
pub(crate) fn run(request: &Request) -> Run {
    let study = open(request);
    let mut lines = Vec::new();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(request.threads).build().unwrap();
    let coded = pool.install(|| pipeline::code(&study, request.by.as_deref(), Quotes::Shown, &mut lines));
    let coded = coded.unwrap_or_else(|messages| panic!("{messages:#?}"));
    let warnings = study.warnings().to_vec();
    let pipeline::Study { corpus, material, .. } = study;
    Run { coded, study: Opened { corpus, material, warnings }, lines }
}

/// All files under a folder, by path; nothing of an index.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.ends_with(".temakart") || path.ends_with("results") {
        } else if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Copies all files under one folder to another.
pub(crate) fn copy(from: &Path, to: &Path) {
    for path in files(from) {
        let target = to.join(path.strip_prefix(from).unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(&target, fs::read(&path).unwrap()).unwrap();
    }
}
