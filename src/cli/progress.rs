//! Progress on a terminal: one bar a stage, on standard error, nowhere else.

use crate::progress::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Stages of fewer steps are over before a bar could be read.
const SHORTEST_STAGE: u64 = 2_000;

/// Draws a bar for the present stage; silent with `--quiet` and where standard error is no terminal.
pub(super) struct Bars {
    quiet: bool,
    present: Mutex<Option<ProgressBar>>,
}

impl Bars {
    pub(super) fn new(quiet: bool) -> Self {
        Self { quiet, present: Mutex::new(None) }
    }

    /// Takes the last bar off the screen.
    pub(super) fn finish(&self) {
        if let Some(bar) = self.present.lock().unwrap_or_else(PoisonError::into_inner).take() {
            bar.finish_and_clear();
        }
    }
}

impl Progress for Bars {
    fn stage(&self, name: &'static str, total: u64) {
        self.finish();
        if self.quiet || (total > 0 && total < SHORTEST_STAGE) {
            return;
        }
        let bar = ProgressBar::with_draw_target((total > 0).then_some(total), ProgressDrawTarget::stderr_with_hz(10));
        let template =
            if total > 0 { "{msg:28} [{bar:30}] {human_pos} of {human_len}, {eta} left" } else { "{msg:28} {spinner} {human_pos}" };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("=> "));
        }
        bar.set_message(name);
        bar.enable_steady_tick(Duration::from_millis(100));
        *self.present.lock().unwrap_or_else(PoisonError::into_inner) = Some(bar);
    }

    fn advance(&self, steps: u64) {
        if let Some(bar) = self.present.lock().unwrap_or_else(PoisonError::into_inner).as_ref() {
            bar.inc(steps);
        }
    }
}
