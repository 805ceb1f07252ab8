//! Queries and filters as they are typed.

use std::path::Path;
use std::sync::Arc;

use crate::codebook::pattern::{Context, Pattern, PatternProblem, parse};
use crate::diag::{Diagnostic, Severity};

/// A query or filter as typed at `place`, which messages name.
///
/// # Errors
/// Everything that is wrong with it.
pub fn parse_query(source: &str, place: &str) -> Result<Pattern, Vec<Diagnostic>> {
    let text = Arc::from(source);
    let diagnostic = |problem: PatternProblem| problem.into_diagnostic_alone(Severity::Error, Path::new(place), &text);
    parse(source, Context::Query).map_err(|problems| problems.into_iter().map(diagnostic).collect())
}
