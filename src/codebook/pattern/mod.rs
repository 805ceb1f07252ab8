//! The pattern language: what recognises a code in text, and what a search asks for.
//!
//! [`parse`] turns a pattern into a tree, [`Pattern`]; whether that tree matches anything, and where, is decided
//! elsewhere. A pattern that cannot be read gives [`PatternProblem`]s, each with its place, what was expected
//! there, and a hint. `Display` writes a pattern in its plain form, which parses to the same pattern again.
//!
//! # Words
//!
//! | pattern | matches |
//! |---|---|
//! | `forankring` | the word in every inflected form, and compounds as the codebook says |
//! | `=forankret` | that form only, capitals or not |
//! | `==SI` | that form in that case |
//! | `forankr*`, `*sjel*`, `prosjektt?etthet` | `*` is any run of characters, `?` is one; over the whole word |
//! | `prosjekttretthet~1` | the word with up to 1 (or 2) characters put in, left out, changed or swapped |
//! | `/forankr(et\|a)/` | a regular expression over the whole word |
//!
//! Letters match without regard to case; `é è ê ó ò ô à` match as their plain letter, `æ ø å` never do.
//! A word with hyphens is one word. What is a word at all, the tokeniser of the text decides: `f.eks.` is one,
//! `12.5%` is the word `12.5`, `R&D` is two words next to each other.
//!
//! ```
//! use temakart::codebook::pattern::{Context, parse};
//!
//! let plain = |source| parse(source, Context::Codebook).map(|pattern| pattern.to_string());
//! assert_eq!(plain("Forankring").as_deref(), Ok("forankring"));
//! assert_eq!(plain("==SI").as_deref(), Ok("==SI"));
//! assert_eq!(plain("idé*").as_deref(), Ok("ide*"));
//! assert_eq!(plain("e-læring").as_deref(), Ok("e-læring"));
//! assert_eq!(plain("12.5%").as_deref(), Ok("12.5"));
//! assert_eq!(plain("R&D").as_deref(), Ok("\"r d\""));
//! assert_eq!(plain("/forankr(et|a)/").as_deref(), Ok("/forankr(et|a)/"));
//! ```
//!
//! # Phrases
//!
//! Words side by side, in quotation marks or not, are a phrase: `institusjonell forankring`. Each word matches as
//! it would alone, so every form of a word above is allowed: `"=ny =giv"`, `støtt* ledelse~1`. A `*` alone
//! stands for any one word. Between quotation marks nothing is an operator. Typographic quotation marks do too.
//!
//! A phrase never goes on across `. , ; : ? ! …`, brackets, `/` or a spaced dash, so a pattern with one of these
//! inside (`og/eller`) is an error; `og THEN/1 eller` is what finds it.
//!
//! ```
//! # use temakart::codebook::pattern::{Context, parse};
//! # let plain = |source| parse(source, Context::Codebook).map(|pattern| pattern.to_string());
//! assert_eq!(plain("støtte * ledelsen").as_deref(), Ok("\"støtte * ledelsen\""));
//! assert_eq!(plain("«ny giv»").as_deref(), Ok("\"ny giv\""));
//! assert_eq!(plain("og/eller").unwrap_err()[0].id, "pattern/broken-phrase");
//! ```
//!
//! # Operators
//!
//! In capitals, tightest first:
//!
//! | operator | matches |
//! |---|---|
//! | `a NEAR/5 b` | both, at most 4 words between, in either order |
//! | `a THEN/5 b` | the same, in this order |
//! | `a NOT NEAR/5 b` | `a` where no other `b` stands that near |
//! | `NOT a` | a segment without `a`; beside something that matches: `b AND NOT a` |
//! | `a AND b` | both in the same segment |
//! | `a OR b` | any of them |
//!
//! Several NEAR in a row are read from the left. Parentheses group, up to 100 deep.
//!
//! ```
//! # use temakart::codebook::pattern::{Context, parse};
//! # let plain = |source| parse(source, Context::Codebook).map(|pattern| pattern.to_string());
//! assert_eq!(plain("a OR b AND c").as_deref(), Ok("a OR (b AND c)"));
//! assert_eq!(plain("ny giv NEAR/5 (fylke OR kommune)").as_deref(), Ok("\"ny giv\" NEAR/5 (fylke OR kommune)"));
//! assert_eq!(plain("a NEAR/1 b THEN/2 c").as_deref(), Ok("a NEAR/1 b THEN/2 c"));
//! assert_eq!(plain("a NEAR/1 (b THEN/2 c)").as_deref(), Ok("a NEAR/1 (b THEN/2 c)"));
//! assert_eq!(plain("NOT a").unwrap_err()[0].id, "pattern/lone-not");
//! ```
//!
//! # Escapes
//!
//! A backslash makes the next character ordinary: `\*`, `\"`, and `\NEAR` for the word.
//!
//! # Filters
//!
//! `name:value` restricts a query to some segments: `case:hadeland`, `speaker:"Informant 3"`,
//! `date:2016-01..2016-06` (either end may be open; a date fits where all of it lies in the range). Filters are for
//! queries; in a codebook they are an error. A NOT of nothing but filters may stand alone.
//!
//! `code:forankring` asks for segments with a mention of the code or of a code below it, `stance:missing` for those
//! with a mention put so. In one AND both are asked of the same mention, and `NOT stance:missing` is of a mention too,
//! one that is put otherwise. Any other NOT is of the segment.
//!
//! ```
//! # use temakart::codebook::pattern::{Context, parse};
//! let query = |source| parse(source, Context::Query).map(|pattern| pattern.to_string());
//! assert_eq!(query("ildsjel AND NOT phase:start").as_deref(), Ok("ildsjel AND NOT phase:start"));
//! assert_eq!(query("date:2016-01.. AND speaker:«Informant 3»").as_deref(),
//!     Ok("date:2016-01.. AND speaker:\"Informant 3\""));
//! assert_eq!(parse("case:hadeland", Context::Codebook).unwrap_err()[0].id, "pattern/filter-in-codebook");
//! ```
//!
//! # Limits
//!
//! 10,000 characters; 500 words, 100 of them in one phrase, 200 characters in one word; 100 levels of parentheses and operators; distances up to 10,000; a regular expression of
//! 1 MB once compiled.

mod ast;
mod display;
mod filter;
mod lexer;
mod limits;
mod lint;
mod parser;
mod phrase;
mod problem;
mod regular;
mod word;

#[cfg(test)]
mod tests;

pub use ast::{Atom, AtomKind, Atoms, Element, Filter, FilterValue, GlobPart, Pattern};
pub use lint::lint;
pub use problem::PatternProblem;
pub use regular::word_regex;

/// Where a pattern stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// In a codebook: it recognises words, wherever they are.
    Codebook,
    /// In a search or `--where`: it may restrict to segments by filters.
    Query,
}

/// Reads a pattern.
///
/// # Errors
/// Everything that is wrong with it, as far as it can be read; at least one problem.
pub fn parse(source: &str, context: Context) -> Result<Pattern, Vec<PatternProblem>> {
    parser::parse(source, context)
}
