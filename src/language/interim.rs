//! Interim stand-ins, replaced as soon as the real ones are in place.

use super::Grade;

impl Grade {
    /// Interim.
    pub fn explanation(self) -> &'static str {
        "form"
    }
}
