//! `temakart search`: keyword in context.

use std::borrow::Cow;
use std::path::Path;

use clap::{Args, ValueEnum};

use super::arguments::{Common, Format};
use super::exit::{Exit, Stop};
use super::output::Output;
use super::study::{self, request};
use crate::codebook::Codebook;
use crate::codebook::pattern::Pattern;
use crate::coding::Mentions;
use crate::diag::{Diagnostic, shortened};
use crate::index;
use crate::material::{Axis, RowState};
use crate::pipeline::{self, Study};
use crate::project;
use crate::report::{HitTotals, SearchReport};
use crate::search::{Answer, Excerpt, Order, SearchHit, Searcher, Window, did_you_mean, excerpts};

/// Find words, phrases, codes: every hit in its context, with its citation
#[derive(Debug, Args)]
#[command(
    override_usage = "temakart search [OPTIONS] [PROJECT] <QUERY>",
    after_help = concat!(
        "`--sort left` and `right` sort by the words of the segment before or after a hit, nearest first, whether or not ",
        "they are shown; case and punctuation are ignored, and æ, ø and å come last.\n",
        "\n",
        "Examples:\n",
        "  temakart search min-studie 'støtte NEAR/5 ledelse'\n",
        "  temakart search min-studie 'ildsjel AND phase:start' --sort rank --limit 10\n",
        "  temakart search min-studie 'code:forankring AND stance:missing'\n",
        "  temakart search min-studie 'code:forankring AND (stance:missing OR stance:needed)' --codes",
    )
)]
pub(super) struct Search {
    /// The query, or the project folder and the query
    #[arg(required = true, num_args = 1.., value_name = "QUERY")]
    pub(super) arguments: Vec<String>,
    /// Words shown on either side
    #[arg(long, value_name = "N", default_value = "12")]
    pub(super) context: usize,
    /// Hits shown; all are counted
    #[arg(long, value_name = "N", default_value = "50")]
    pub(super) limit: usize,
    /// Order of the hits
    #[arg(long, value_name = "ORDER", default_value = "document")]
    pub(super) sort: Sort,
    /// In the table, add a line below each hit with the codes of its segment and its stance, even where there is no code or
    /// the stance is `present`, which are not shown otherwise. JSON and CSV always have both
    #[arg(long)]
    pub(super) codes: bool,
    /// Print only the number of hits in the material
    #[arg(long)]
    pub(super) count: bool,
    #[command(flatten)]
    pub(super) common: Common,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Sort {
    Document,
    Rank,
    Left,
    Right,
}

impl From<Sort> for Order {
    fn from(sort: Sort) -> Self {
        match sort {
            Sort::Document => Self::Document,
            Sort::Rank => Self::Rank,
            Sort::Left => Self::Left,
            Sort::Right => Self::Right,
        }
    }
}

pub(super) fn run(verb: &Search, output: &Output) -> Result<Exit, Stop> {
    let (folder, query) = asked(&verb.arguments)?;
    output.diagnostics(marks_that_do_not_quote(query).as_slice());
    let pattern = pipeline::parse_query(query, "query")?;
    output.diagnostics(&pipeline::doubts_of_query(query, "query"));
    let request = request(folder, &verb.common);
    let study = study::open(&request, output)?;
    study::tell_asked_in_vain(&study, output);
    let codebook = codebook_or_none(&study, &verb.common)?;
    let mut mentions = Mentions::none(codebook.codes.len());
    // Only a filter can ask for codes; for hits by words, what their segments are coded with is enough.
    let may_ask_for_codes = query.contains(':');
    if may_ask_for_codes {
        mentions = pipeline::mentions(&study, &codebook)?;
    }
    let (corpus, material) = (&study.corpus, &study.material);
    let searcher = Searcher::new(corpus, material, &codebook, &mentions);
    if verb.count {
        let answer = searcher.unranked(&pattern)?;
        output.data(format!("{}\n", answer.total).as_bytes())?;
        if answer.hits.is_empty() {
            output.diagnostics(&material.asked_in_vain(corpus, &pattern));
        }
        let exit = Exit::found(study.skipped, !answer.hits.is_empty());
        study.leave();
        return Ok(exit);
    }
    let order = Order::from(verb.sort);
    let shows_scores = matches!(verb.common.format, Format::Json | Format::Csv);
    let answer = match shows_scores || order == Order::Rank {
        true => searcher.search(&pattern)?,
        false => searcher.unranked(&pattern)?,
    };
    let window = Window { words: verb.context };
    let chosen = order.first(&answer.hits, Some(verb.limit));
    let of_hits = if may_ask_for_codes { None } else { Some(mentions_of(&study, &codebook, &chosen)?) };
    let with_codes = of_hits.as_ref().map(|of_hits| Searcher::new(corpus, material, &codebook, of_hits));
    let searcher = with_codes.as_ref().unwrap_or(&searcher);
    let mut shown =
        excerpts(searcher, &pattern, &chosen, window, order, Some(verb.limit)).map_err(index::unreadable)?;
    let quotes = study::shows_quotes(&verb.common);
    if !quotes {
        shown.iter_mut().for_each(Excerpt::withhold);
    }
    let unread = study::tell_unread(&study, output);
    let report = SearchReport {
        query,
        total: answer.total,
        context_total: answer.context_total,
        by: totals(&study, verb.common.by.as_deref(), &answer)?,
        excerpts: &shown,
        corpus: &study.corpus,
        material: &study.material,
        codebook: &codebook,
        project: &study.project,
        warnings: &unread,
        tells_codes: verb.codes,
    };
    output.show(verb.common.format, &report)?;
    if answer.hits.is_empty() {
        tell_why_nothing(searcher, query, &pattern, quotes, output);
    }
    let exit = Exit::found(study.skipped, !answer.hits.is_empty());
    study.leave();
    Ok(exit)
}

/// The folder and the query. A folder alone, typed where there is no project, is hardly a word to be looked for.
fn asked(arguments: &[String]) -> Result<(&Path, &str), Stop> {
    match arguments {
        [word] if Path::new(word).is_dir() && !project::is_declared(Path::new(".")) => {
            let message = format!("`{}` is a folder, and no query is given", shortened(word));
            Err(Diagnostic::error("search/no-query", message)
                .hint("give a query after it")
                .hint(format!("to search the current folder for the word: `temakart search . {}`", shortened(word)))
                .into())
        }
        _ => study::folder_and(arguments),
    }
}

/// Words of the query that the material lacks, with those near them, and values that nothing has.
fn tell_why_nothing(searcher: &Searcher<'_>, query: &str, pattern: &Pattern, quotes: bool, output: &Output) {
    let vain = searcher.material.asked_in_vain(searcher.corpus, pattern);
    // Where a filter finds nothing, the words are not to blame.
    let suggestions = if quotes && vain.is_empty() { did_you_mean(searcher.corpus, pattern) } else { Vec::new() };
    for (word, near) in suggestions {
        let exact = format!("={word}");
        let own = if query.contains(&exact) { &exact } else { &word };
        let alone = pipeline::parse_query(own, "query").and_then(|own| searcher.unranked(&own));
        if alone.is_ok_and(|answer| answer.hits.is_empty()) {
            output.say(&format!("`{word}` does not occur in the material; similar words: {}", near.join(", ")));
        }
    }
    output.diagnostics(&vain);
}

/// The mentions of all codes in the segments of these hits.
fn mentions_of(study: &Study, codebook: &Codebook, hits: &[SearchHit]) -> Result<Mentions, Stop> {
    let mut open = vec![false; study.corpus.rows().len()];
    for hit in hits {
        let row = hit.mention.row as usize;
        open[row] = study.material.state(row) == RowState::Material;
    }
    Ok(pipeline::mentions_in(study, codebook, open)?)
}

/// A phrase in single quotation marks is read as its words, which a shell's habits do not let anybody expect.
fn marks_that_do_not_quote(query: &str) -> Option<Diagnostic> {
    let words: Vec<&str> = query.split([' ', '(', ')']).collect();
    let opening = words.iter().position(|word| word.starts_with('\'') || word.contains(":'"))?;
    let is_quoted = words[opening..].iter().any(|word| word.len() > 1 && word.ends_with('\''));
    is_quoted.then(|| {
        Diagnostic::note("search/single-quotes", "`'` does not quote in a query and is ignored; use `\"…\"`").hint(
            "words next to each other are a phrase without quotation marks; in `\"…\"`, operators are read as words",
        )
    })
}

/// The codebook, or an empty one where the project has none: searching needs none. One that is named must be there.
pub(super) fn codebook_or_none<'s>(study: &'s Study, common: &Common) -> Result<Cow<'s, Codebook>, Stop> {
    if common.codebook.is_none() && !study.project.codebook().exists() {
        return Ok(Cow::Owned(Codebook::empty()));
    }
    Ok(Cow::Borrowed(study.codebook()?.0))
}

/// Hits in material by cell, in the order of all tables; cells without a hit are left out.
fn totals(study: &Study, by: Option<&[String]>, answer: &Answer) -> Result<HitTotals, Vec<Diagnostic>> {
    let cells = pipeline::cells(study, by)?;
    let mut totals: std::collections::BTreeMap<Vec<usize>, u64> = std::collections::BTreeMap::new();
    for hit in answer.hits.iter().filter(|hit| !hit.context) {
        if let Some(place) = cells.place_of(hit.mention.row as usize) {
            *totals.entry(place).or_default() += 1;
        }
    }
    let values = |place: Vec<usize>| {
        let value = |(axis, value): (&Axis, usize)| Some(axis.values[value].clone());
        cells.axes().iter().zip(place).map(value).collect()
    };
    Ok(HitTotals {
        names: cells.axes().iter().map(|axis| axis.name.clone()).collect(),
        cells: totals.into_iter().map(|(places, total)| (values(places), total)).collect(),
    })
}
