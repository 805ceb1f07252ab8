//! What is known of each row without reading its text.

use tantivy::index::SegmentReader;

use super::build::kind_of;
use crate::segment::SegmentKind;

/// No document, or no label.
pub(super) const NONE: u32 = u32::MAX;

/// What is known of each row without reading its text. Rows are numbered through all parts.
#[derive(Default)]
pub struct Rows {
    document: Vec<u32>,
    number: Vec<u32>,
    n_words: Vec<u32>,
    kind: Vec<u8>,
    repeat: Vec<u64>,
    speaker: Vec<u32>,
    question: Vec<u32>,
    informant: Vec<u32>,
}

impl Rows {
    /// How many rows, dead ones included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.document.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.document.is_empty()
    }

    pub(super) fn len_u32(&self) -> u32 {
        u32::try_from(self.len()).expect("an index has fewer than 2^32 rows")
    }

    /// Index of the row's document in [`super::Corpus::documents`]; `None` for a row of an older reading.
    #[must_use]
    pub fn document(&self, row: usize) -> Option<usize> {
        some(self.document[row]).map(|document| document as usize)
    }

    /// The segment's number in its document, from 1.
    #[must_use]
    pub fn number(&self, row: usize) -> u32 {
        self.number[row]
    }

    /// How many words it has.
    #[must_use]
    pub fn n_words(&self, row: usize) -> u32 {
        self.n_words[row]
    }

    /// What it is.
    #[must_use]
    pub fn kind(&self, row: usize) -> SegmentKind {
        kind_of(u64::from(self.kind[row]))
    }

    /// Equal for segments with the same twelve words or more; 0 for shorter ones.
    #[must_use]
    pub fn repeat(&self, row: usize) -> u64 {
        self.repeat[row]
    }

    /// The label of its speaker.
    #[must_use]
    pub fn speaker(&self, row: usize) -> Option<u32> {
        some(self.speaker[row])
    }

    /// The question that it answers.
    #[must_use]
    pub fn question(&self, row: usize) -> Option<u32> {
        some(self.question[row])
    }

    /// The respondent who answers.
    #[must_use]
    pub fn informant(&self, row: usize) -> Option<u32> {
        some(self.informant[row])
    }

    pub(super) fn read(
        &mut self,
        reader: &SegmentReader,
        index_of_id: &[u32],
        labels: &mut Labels,
    ) -> tantivy::Result<()> {
        let n_rows = reader.max_doc() as usize;
        let mut values = vec![0_u64; n_rows];
        let narrow = |value: u64| u32::try_from(value).unwrap_or(NONE);
        let mut column = |name: &str, take: &mut dyn FnMut(u64)| -> tantivy::Result<()> {
            reader.fast_fields().column_first_or_default::<u64>(name)?.get_range(0, &mut values);
            values.iter().for_each(|value| take(*value));
            Ok(())
        };
        column("document", &mut |id| {
            self.document.push(index_of_id.get(narrow(id) as usize).copied().unwrap_or(NONE));
        })?;
        column("number", &mut |number| self.number.push(narrow(number)))?;
        column("n_words", &mut |n_words| self.n_words.push(narrow(n_words)))?;
        column("kind", &mut |kind| self.kind.push(u8::try_from(kind).unwrap_or(0)))?;
        column("repeat", &mut |repeat| self.repeat.push(repeat))?;
        for (name, target) in
            [("speaker", &mut self.speaker), ("question", &mut self.question), ("informant", &mut self.informant)]
        {
            let first = target.len();
            target.resize(first + n_rows, NONE);
            let Some(column) = reader.fast_fields().str(name)? else { continue };
            let mut numbers = Vec::with_capacity(column.num_terms());
            let mut label = String::new();
            for ord in 0..column.num_terms() as u64 {
                label.clear();
                column.ord_to_str(ord, &mut label)?;
                numbers.push(labels.number(&label));
            }
            for row in 0..reader.max_doc() {
                if let Some(ord) = column.term_ords(row).next() {
                    target[first + row as usize] = numbers[ord as usize];
                }
            }
        }
        Ok(())
    }

    /// Adds the rows of the next part, whose labels are called by `numbers` among all.
    pub(super) fn append(&mut self, mut other: Self, numbers: &[u32]) {
        let named = |label: u32| if label == NONE { NONE } else { numbers[label as usize] };
        self.document.append(&mut other.document);
        self.number.append(&mut other.number);
        self.n_words.append(&mut other.n_words);
        self.kind.append(&mut other.kind);
        self.repeat.append(&mut other.repeat);
        self.speaker.extend(other.speaker.into_iter().map(named));
        self.question.extend(other.question.into_iter().map(named));
        self.informant.extend(other.informant.into_iter().map(named));
    }

    /// Whether no row is of an older reading.
    pub(super) fn are_all_alive(&self) -> bool {
        self.document.iter().all(|document| *document != NONE)
    }

    /// First row and number of rows of each document.
    pub(super) fn ranges(&self, n_documents: usize) -> Vec<(u32, u32)> {
        let mut ranges = vec![(0, 0); n_documents];
        for (row, document) in (0..).zip(&self.document) {
            if *document != NONE {
                let (first, count): &mut (u32, u32) = &mut ranges[*document as usize];
                if *count == 0 {
                    *first = row;
                }
                // A document lies in one part, its segments in order; a gap shows as a wrong count.
                if *first + *count == row {
                    *count += 1;
                }
            }
        }
        ranges
    }
}

fn some(number: u32) -> Option<u32> {
    (number != NONE).then_some(number)
}

/// Labels by number while rows are read.
#[derive(Default)]
pub(super) struct Labels {
    numbers: std::collections::BTreeMap<String, u32>,
}

impl Labels {
    pub(super) fn number(&mut self, label: &str) -> u32 {
        if let Some(number) = self.numbers.get(label) {
            return *number;
        }
        let number = u32::try_from(self.numbers.len()).expect("an index has fewer than 2^32 labels");
        self.numbers.insert(label.to_owned(), number);
        number
    }

    pub(super) fn finish(self) -> Vec<String> {
        let mut labels = vec![String::new(); self.numbers.len()];
        for (label, number) in self.numbers {
            labels[number as usize] = label;
        }
        labels
    }
}
