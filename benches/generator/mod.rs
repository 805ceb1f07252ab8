//! Material of any size to measure on: text in the words of the repository's own example studies, and codebooks
//! for it. The same size gives the same bytes on every machine.
//!
//! [`study`] writes the folder; what the text is made of is in [`source`], how codebooks are made in [`codebook`].

mod codebook;
mod random;
mod source;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use codebook::{LARGE, SMALL, codebook};
use random::Random;
use source::Source;

/// Raised whenever the same size would give other bytes: material of an older generator is made anew.
const VERSION: u32 = 1;
/// Files of one megabyte: 3,450 bytes each, as in the material that the aims were first measured on.
const FILES_PER_MB: usize = 290;
const CASES: [&str; 3] = ["nord", "midt", "sor"];
const PHASES: [&str; 3] = ["start", "underveis", "slutt"];
/// Every so many documents one is an interview with speakers.
const INTERVIEWS: usize = 5;

const PROJECT: &str = "\
format = 1
name = \"Speed\"
languages = [\"nb\", \"nn\"]
documents = [\"documents\"]

[case]
values = [{ id = \"nord\" }, { id = \"midt\" }, { id = \"sor\" }]

[phase]
values = [{ id = \"start\" }, { id = \"underveis\" }, { id = \"slutt\" }]

[layout]
path = \"{case}/{phase}/*\"

[speakers]
exclude = [\"Intervjuer\"]
";

/// A generated project folder, and what was written into it.
#[derive(Debug, Clone)]
pub(crate) struct Study {
    /// The folder.
    pub(crate) folder: PathBuf,
    /// Documents written.
    pub(crate) documents: usize,
    /// Paragraphs and turns in them: each must become one segment.
    pub(crate) segments: usize,
    /// Bytes of the documents.
    pub(crate) bytes: u64,
}

impl Study {
    /// The documents' files, in a fixed order.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        (0..self.documents).map(|number| file(&self.folder, number)).collect()
    }

    /// The codebook with 12 codes and 120 patterns.
    pub(crate) fn small_codebook(&self) -> PathBuf {
        self.folder.join("codebook.toml")
    }

    /// The codebook with 300 codes and 6,000 patterns.
    pub(crate) fn large_codebook(&self) -> PathBuf {
        self.folder.join("large.toml")
    }

    /// Megabytes, for rates.
    pub(crate) fn megabytes(&self) -> f64 {
        self.bytes as f64 / 1e6
    }
}

/// The study of so many megabytes below `target`, made now unless an earlier run left it.
///
/// # Errors
/// When the example studies cannot be read or the folder not be written.
pub(crate) fn study(target: &Path, megabytes: usize) -> io::Result<Study> {
    let folder = target.join(format!("speed-{VERSION}-{megabytes}-mb"));
    let made = folder.join(".made");
    let documents = megabytes * FILES_PER_MB;
    let known = fs::read_to_string(&made).ok().and_then(|text| {
        let (segments, bytes) = text.trim().split_once(' ')?;
        Some((segments.parse().ok()?, bytes.parse().ok()?))
    });
    if let Some((segments, bytes)) = known {
        return Ok(Study { folder, documents, segments, bytes });
    }
    let source = Source::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora"))?;
    for case in CASES {
        for phase in PHASES {
            fs::create_dir_all(folder.join("documents").join(case).join(phase))?;
        }
    }
    let mut random = Random::new(1);
    let (mut segments, mut bytes) = (0, 0);
    for number in 0..documents {
        let (text, n_segments) = document(&source, number, &mut random);
        segments += n_segments;
        bytes += text.len() as u64;
        fs::write(file(&folder, number), text)?;
    }
    fs::write(folder.join("temakart.toml"), PROJECT)?;
    fs::write(folder.join("codebook.toml"), codebook(&source, SMALL))?;
    fs::write(folder.join("large.toml"), codebook(&source, LARGE))?;
    fs::write(made, format!("{segments} {bytes}\n"))?;
    Ok(Study { folder, documents, segments, bytes })
}

fn file(folder: &Path, number: usize) -> PathBuf {
    let cell = number % (CASES.len() * PHASES.len());
    let (case, phase) = (CASES[cell / PHASES.len()], PHASES[cell % PHASES.len()]);
    folder.join("documents").join(case).join(phase).join(format!("{number:06}.txt"))
}

/// One document and its number of segments: paragraphs, or questions and answers by turns.
fn document(source: &Source, number: usize, random: &mut Random) -> (String, usize) {
    let is_interview = number.is_multiple_of(INTERVIEWS);
    let length = 1_000 + random.below(4_400);
    let mut text = String::new();
    let mut segments = 0;
    while text.len() < length {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let is_question = is_interview && segments % 2 == 0;
        match (is_interview, is_question) {
            (false, _) => {}
            (true, true) => text.push_str("Intervjuer: "),
            (true, false) => text.push_str(&format!("Informant {}: ", 1 + number % 3)),
        }
        let end = text.len() + if is_question { 60 } else { 250 + random.below(800) };
        while text.len() < end {
            source.sentence(random, &mut text);
        }
        text.truncate(text.trim_end().len());
        segments += 1;
    }
    // A last question has its answer.
    if is_interview && segments % 2 == 1 {
        text.push_str(&format!("\n\nInformant {}: ", 1 + number % 3));
        source.sentence(random, &mut text);
        text.truncate(text.trim_end().len());
        segments += 1;
    }
    text.push('\n');
    (text, segments)
}
