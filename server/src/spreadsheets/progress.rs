//! A bar that shows how far a long import is; only a terminal sees it.

use indicatif::{ProgressBar, ProgressStyle};

/// How many rows are written, on standard error.
pub(super) struct Progress(ProgressBar);

impl Progress {
    pub(super) fn new(rows: usize) -> Self {
        let bar = ProgressBar::new(rows as u64);
        if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos} of {len} rows, {eta} to go") {
            bar.set_style(style);
        }
        Self(bar)
    }

    pub(super) fn set(&self, rows: usize) {
        self.0.set_position(rows as u64);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
