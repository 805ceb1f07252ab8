//! The limits that every document is read under, and the budget that one reading spends from them.
//!
//! Any file may be hostile, and every limit is far above what a real document needs. Readers ask the budget
//! before they keep or unpack anything, so that memory and time are bounded whatever a file claims.

use std::cell::Cell;
use std::fmt;
use std::time::{Duration, Instant};

use super::error::{IngestError, Measure};
use super::extracted::Block;
use super::format::Format;

/// What one document may cost at most. [`Limits::DEFAULT`] is what every command uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Size of the file, in bytes.
    pub file_bytes: u64,
    /// Size of the extracted text, and of a file that is text itself, in bytes.
    pub text_bytes: u64,
    /// Number of blocks.
    pub blocks: u64,
    /// Number of cells of a sheet that are not empty.
    pub cells: u64,
    /// Everything that is unpacked from an archive or from compressed streams, in bytes.
    pub unpacked_bytes: u64,
    /// Unpacked bytes per byte of the file, once [`Limits::ratio_from`] bytes are unpacked.
    pub ratio: u64,
    /// Below this many unpacked bytes no ratio is suspicious: empty forms and sheets compress well.
    pub ratio_from: u64,
    /// Size of one piece that must be held as a whole: an XML token, a compressed stream of a PDF; in bytes.
    pub part_bytes: u64,
    /// Number of entries of an archive.
    pub entries: u64,
    /// Depth of nesting: XML elements, RTF groups, PDF forms.
    pub nesting: u32,
    /// Number of pages.
    pub pages: u32,
    /// Time from the first byte to the last block.
    pub time: Duration,
}

impl Limits {
    /// The limits of every command.
    pub const DEFAULT: Self = Self {
        file_bytes: 200 << 20,
        text_bytes: 32 << 20,
        blocks: 500_000,
        cells: 2_000_000,
        unpacked_bytes: 256 << 20,
        ratio: 150,
        ratio_from: 24 << 20,
        part_bytes: 32 << 20,
        entries: 100_000,
        nesting: 2_000,
        pages: 20_000,
        time: Duration::from_secs(8),
    };
}

/// All limits in one line, as documentation and help state them.
impl fmt::Display for Limits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} MB a file, {} MB of text, {} MB unpacked and {} times the file's size (beyond {} MB), {} MB in one piece, \
             {} paragraphs, {} cells, {} pages, {} parts of an archive, {} levels of nesting, {} seconds",
            self.file_bytes >> 20,
            self.text_bytes >> 20,
            self.unpacked_bytes >> 20,
            self.ratio,
            self.ratio_from >> 20,
            self.part_bytes >> 20,
            self.blocks,
            self.cells,
            self.pages,
            self.entries,
            self.nesting,
            self.time.as_secs()
        )
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// What a document may hold in memory while others are read beside it; a larger one is read alone.
pub(crate) const SHARED_ROOM: u64 = 12 << 20;

/// What a cell takes beside its text.
const CELL_BYTES: u64 = 40;

/// What one reading has spent, and when it must be done.
#[derive(Debug)]
pub(crate) struct Budget {
    limits: Limits,
    format: Cell<Format>,
    file_bytes: u64,
    started: Instant,
    ticks: Cell<u32>,
    room: Option<u64>,
    is_short_of_room: Cell<bool>,
    text_bytes: Cell<u64>,
    blocks: Cell<u64>,
    cells: Cell<u64>,
    cell_bytes: Cell<u64>,
    unpacked_bytes: Cell<u64>,
}

impl Budget {
    /// A budget for a file of `file_bytes` that is taken to be `format`.
    ///
    /// With `room`, the reading stops when it would hold more than that many bytes, see
    /// [`Budget::is_short_of_room`].
    pub(crate) fn new(limits: Limits, format: Format, file_bytes: u64, room: Option<u64>) -> Self {
        Self {
            limits,
            format: Cell::new(format),
            file_bytes,
            started: Instant::now(),
            ticks: Cell::new(0),
            room,
            is_short_of_room: Cell::new(false),
            text_bytes: Cell::new(0),
            blocks: Cell::new(0),
            cells: Cell::new(0),
            cell_bytes: Cell::new(0),
            unpacked_bytes: Cell::new(0),
        }
    }

    /// The limits that it was made from.
    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The format that is being read, for messages.
    pub(crate) fn format(&self) -> Format {
        self.format.get()
    }

    /// Corrects the format once the content has told it.
    pub(crate) fn set_format(&self, format: Format) {
        self.format.set(format);
    }

    /// Whether the reading stopped only because it was not alone.
    pub(crate) fn is_short_of_room(&self) -> bool {
        self.is_short_of_room.get()
    }

    /// Says that a little work was done; fails when the time is up. Cheap: looks at the clock now and then.
    pub(crate) fn tick(&self) -> Result<(), IngestError> {
        let ticks = self.ticks.get().wrapping_add(1);
        self.ticks.set(ticks);
        if ticks.is_multiple_of(256) { self.check_time() } else { Ok(()) }
    }

    /// Fails when the time is up.
    pub(crate) fn check_time(&self) -> Result<(), IngestError> {
        if self.started.elapsed() > self.limits.time {
            return Err(IngestError::Timeout { format: self.format() });
        }
        Ok(())
    }

    /// Accounts for `bytes` of text that are kept.
    pub(crate) fn keep_text(&self, bytes: usize) -> Result<(), IngestError> {
        let total = self.text_bytes.get() + bytes as u64;
        self.text_bytes.set(total);
        if total > self.limits.text_bytes {
            return Err(self.too_large(Measure::TextBytes, self.limits.text_bytes));
        }
        self.check_room(0)
    }

    /// Accounts for a block that is kept.
    pub(crate) fn keep_block(&self) -> Result<(), IngestError> {
        let total = self.blocks.get() + 1;
        self.blocks.set(total);
        if total > self.limits.blocks {
            return Err(self.too_large(Measure::Blocks, self.limits.blocks));
        }
        self.check_room(0)
    }

    /// Accounts for a cell of `bytes` that is kept until its sheet has been understood.
    pub(crate) fn keep_cell(&self, bytes: usize) -> Result<(), IngestError> {
        self.tick()?;
        self.cells.set(self.cells.get() + 1);
        self.cell_bytes.set(self.cell_bytes.get() + bytes as u64);
        if self.cells.get() > self.limits.cells {
            return Err(self.too_large(Measure::Cells, self.limits.cells));
        }
        if self.cell_bytes.get() > self.limits.text_bytes {
            return Err(self.too_large(Measure::TextBytes, self.limits.text_bytes));
        }
        self.check_room(0)
    }

    /// Fails when a sheet has far more places for cells than cells can be kept.
    pub(crate) fn cells(&self, places: usize) -> Result<(), IngestError> {
        if places as u64 > 4 * self.limits.cells {
            return Err(self.too_large(Measure::Cells, self.limits.cells));
        }
        Ok(())
    }

    /// Accounts for `bytes` that came out of a compressed part.
    pub(crate) fn unpack(&self, bytes: usize) -> Result<(), IngestError> {
        self.tick()?;
        let total = self.unpacked_bytes.get() + bytes as u64;
        self.unpacked_bytes.set(total);
        if total > self.limits.unpacked_bytes {
            return Err(self.bomb(Measure::UnpackedBytes, self.limits.unpacked_bytes));
        }
        if total > self.limits.ratio_from && total > self.limits.ratio.saturating_mul(self.file_bytes) {
            return Err(self.bomb(Measure::Ratio, self.limits.ratio));
        }
        Ok(())
    }

    /// Fails when a piece of `bytes` may not be held as a whole.
    pub(crate) fn hold(&self, bytes: usize) -> Result<(), IngestError> {
        if bytes as u64 > self.limits.part_bytes {
            return Err(self.bomb(Measure::PartBytes, self.limits.part_bytes));
        }
        self.check_room(bytes as u64)
    }

    /// Fails when `depth` levels are too many.
    pub(crate) fn nest(&self, depth: usize) -> Result<(), IngestError> {
        if depth > self.limits.nesting as usize {
            return Err(IngestError::Nesting { format: self.format(), limit: self.limits.nesting });
        }
        Ok(())
    }

    /// Fails when there are too many pages.
    pub(crate) fn page(&self, number: usize) -> Result<(), IngestError> {
        if number > self.limits.pages as usize {
            return Err(self.too_large(Measure::Pages, u64::from(self.limits.pages)));
        }
        Ok(())
    }

    /// Fails when a text has more lines than paragraphs could be kept of it.
    pub(crate) fn lines(&self, number: usize) -> Result<(), IngestError> {
        if number as u64 > 2 * self.limits.blocks {
            return Err(self.too_large(Measure::Blocks, self.limits.blocks));
        }
        Ok(())
    }

    /// Fails when an archive has too many entries.
    pub(crate) fn entries(&self, number: u64) -> Result<(), IngestError> {
        if number > self.limits.entries {
            return Err(self.bomb(Measure::Entries, self.limits.entries));
        }
        Ok(())
    }

    /// The error for a file with more than `limit` objects inside.
    pub(crate) fn too_many_objects(&self, limit: u64) -> IngestError {
        self.too_large(Measure::Entries, limit)
    }

    /// The error for a file that breaks its own format's rules; `reason` says what was found where.
    pub(crate) fn unreadable(&self, reason: impl Into<String>) -> IngestError {
        IngestError::Unreadable { format: self.format(), reason: reason.into() }
    }

    /// The error for a file that has a password.
    pub(crate) fn encrypted(&self) -> IngestError {
        IngestError::Encrypted { format: self.format() }
    }

    fn too_large(&self, measure: Measure, limit: u64) -> IngestError {
        IngestError::TooLarge { format: self.format(), measure, limit }
    }

    fn bomb(&self, measure: Measure, limit: u64) -> IngestError {
        IngestError::Bomb { format: self.format(), measure, limit }
    }

    fn check_room(&self, bytes: u64) -> Result<(), IngestError> {
        let Some(room) = self.room else { return Ok(()) };
        let kept = self.text_bytes.get()
            + self.blocks.get() * size_of::<Block>() as u64
            + self.cell_bytes.get()
            + self.cells.get() * CELL_BYTES;
        if kept + bytes > room {
            self.is_short_of_room.set(true);
            return Err(self.too_large(Measure::TextBytes, room));
        }
        Ok(())
    }
}
