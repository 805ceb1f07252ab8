//! Codings kept, where they are not written to a file.

use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::FormatCoding;
use crate::codebook::Codebook;
use crate::coding::Coding;
use crate::diag::Diagnostic;

/// What `make` makes of each coding, in the order of documents and places; beside it, what `run` gives, which hands
/// every coding to what it gets.
pub(super) fn collected<R, T: Send>(
    make: &(dyn Fn(&Coding<'_>, &Codebook) -> T + Sync),
    run: impl FnOnce(&FormatCoding<'_>) -> Result<R, Vec<Diagnostic>>,
) -> Result<(R, Vec<T>), Vec<Diagnostic>> {
    type Place = (usize, u32, u32, usize);
    let made: Mutex<Vec<(Place, T)>> = Mutex::new(Vec::new());
    let done = run(&|coding, codebook, _| {
        let place = (coding.document, coding.start, coding.end, coding.code);
        let own = make(coding, codebook);
        made.lock().unwrap_or_else(PoisonError::into_inner).push((place, own));
    })?;
    let mut made = made.into_inner().unwrap_or_else(PoisonError::into_inner);
    // Threads hand them in as they come.
    made.par_sort_unstable_by_key(|(place, _)| *place);
    Ok((done, made.into_iter().map(|(_, own)| own).collect()))
}
