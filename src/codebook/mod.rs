//! The codebook: from its file to codes with parsed patterns, and the pattern language itself.
//!
//! ```
//! use std::path::Path;
//!
//! let text = r#"
//!     format = 1
//!     [[code]]
//!     id = "forankring"
//!     patterns = ["forankring", "støtte NEAR/5 ledelse"]
//! "#;
//! let (codebook, warnings) = temakart::codebook::from_str(Path::new("codebook.toml"), text).unwrap();
//! assert_eq!(codebook.codes[0].patterns.len(), 2);
//! assert!(warnings.is_empty());
//! ```

mod check;
mod choices;
mod code;
mod load;
mod model;
mod signs;
pub mod pattern;

pub(crate) use choices::{COMPOUNDS, LANGUAGES, STANCES};
pub use load::{from_str, load};
pub use model::{Code, CodePattern, Codebook, Cues, Example};
pub(crate) use signs::with_dropped_sign;
