//! Queries and filters as they are typed.

use std::path::Path;
use std::sync::Arc;

use crate::codebook::pattern::{Context, Pattern, PatternProblem, lint, parse};
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

/// What in a query or filter hardly says what was meant.
#[must_use]
pub fn doubts_of_query(source: &str, place: &str) -> Vec<Diagnostic> {
    let text = Arc::from(source);
    let doubts = lint(source, Context::Query).into_iter();
    doubts.map(|doubt| doubt.into_diagnostic_alone(Severity::Warning, Path::new(place), &text)).collect()
}
