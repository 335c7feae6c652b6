//! How long work tells the outside how far it is. The library calls it; `cli` draws it; `()` stays silent.

/// Receives the progress of one run, possibly from many threads at once.
///
/// An implementer must cope with stages of unknown length (total 0) and must never block for long.
pub trait Progress: Sync {
    /// A new stage begins: `name` is for a person, `total` the number of steps, 0 where it is not known.
    fn stage(&self, name: &'static str, total: u64);

    /// `steps` more steps of the present stage are done.
    fn advance(&self, steps: u64);
}

impl Progress for () {
    fn stage(&self, _name: &'static str, _total: u64) {}

    fn advance(&self, _steps: u64) {}
}
