//! A bar on a terminal for anything that takes over a second.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use super::output::Output;

/// Shows how far a count has come, once it has taken a second.
pub(super) struct Progress {
    bar: Option<ProgressBar>,
    started: Instant,
}

impl Progress {
    pub(super) fn new(output: &Output, what: &'static str) -> Self {
        let bar = output.is_terminal.then(|| {
            let bar = ProgressBar::hidden();
            let style = ProgressStyle::with_template("{msg} {wide_bar} {pos} of {len}");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar.set_message(what);
            bar
        });
        Self { bar, started: Instant::now() }
    }

    pub(super) fn set(&self, done: usize, all: usize) {
        if let Some(bar) = &self.bar
            && self.started.elapsed() > Duration::from_secs(1)
        {
            if bar.is_hidden() {
                bar.set_draw_target(indicatif::ProgressDrawTarget::stderr_with_hz(8));
            }
            bar.set_length(all as u64);
            bar.set_position(done as u64);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
