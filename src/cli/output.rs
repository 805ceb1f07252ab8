//! Where output goes: data to stdout, all else to stderr, colour only on a terminal.

use std::io::{IsTerminal as _, Write as _};

use super::arguments::Format;
use super::exit::Stop;
use crate::diag::{self, Diagnostic};
use crate::report::{TableStyle, Views};

/// The two streams and how they are written to.
#[derive(Debug)]
pub(super) struct Output {
    width: usize,
    color_out: bool,
    color_err: bool,
    pub(super) is_terminal: bool,
}

impl Output {
    pub(super) fn new() -> Self {
        let wants_color = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let width = columns.or_else(|| terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)));
        Self {
            width: width.filter(|width| *width >= 40).unwrap_or(80),
            color_out: wants_color && std::io::stdout().is_terminal(),
            color_err: wants_color && std::io::stderr().is_terminal(),
            is_terminal: std::io::stderr().is_terminal(),
        }
    }

    /// Writes what a verb found to stdout, in the form that is asked for.
    pub(super) fn show(&self, format: Format, found: &impl Views) -> Result<(), Stop> {
        let style = TableStyle { width: self.width, color: self.color_out };
        match format {
            Format::Json => self.data(found.json().as_bytes()),
            Format::Csv => self.data(&found.csv()),
            Format::Markdown => self.data(found.markdown().as_bytes()),
            Format::Table => self.data(found.text(style).as_bytes()),
        }
    }

    /// Writes data to stdout.
    pub(super) fn data(&self, data: &[u8]) -> Result<(), Stop> {
        let mut stdout = std::io::stdout().lock();
        match stdout.write_all(data).and_then(|()| stdout.flush()) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Err(Stop::PipeClosed),
            Err(error) => Err(Stop::io("output/unwritable", "write to", "standard output".as_ref(), &error)),
        }
    }

    /// A line for people, on stderr. A stderr that is gone has nobody to be told.
    pub(super) fn say(&self, line: &str) {
        let _ = writeln!(std::io::stderr().lock(), "{line}");
    }

    /// Messages, on stderr.
    pub(super) fn diagnostics(&self, diagnostics: &[Diagnostic]) {
        if !diagnostics.is_empty() {
            let style = diag::Style { color: self.color_err, width: self.width };
            let _ = write!(std::io::stderr().lock(), "{}", diag::render(diagnostics, style));
        }
    }
}
