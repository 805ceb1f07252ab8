//! What stands behind claims: a page for people, JSON and CSV for programs, quotes for reports.

use serde::Serialize;

use super::citation::{AnswerRow, Answered, Cited, citation};
use super::codings::time_code;
use super::csv::text_csv;
use super::escape::{markdown, terminal};
use super::number::round;
use super::ordered_json::pretty;
use super::quoting::Quotes;
use super::table::TableStyle;
use super::views::Views;
use super::wording::{Lang, PassageNumbers, Term};
use super::wrap::{CUT, wrap};
use crate::codebook::Codebook;
use crate::diag::{Warning, counted};
use crate::index::Corpus;
use crate::material::Material;
use crate::project::{CASE, Dimension, PHASE, Project};
use crate::search::{Behind, ClaimEvidence, Direction, Directions, Flag, Passage, Role};

/// Claims with their evidence, ready to be written.
#[derive(Debug)]
pub struct EvidenceReport<'a> {
    /// What was found.
    pub claims: &'a [ClaimEvidence],
    /// The index.
    pub corpus: &'a Corpus,
    /// The material.
    pub material: &'a Material,
    /// The codebook.
    pub codebook: &'a Codebook,
    /// The project: what cases and phases are called, and how places are cited.
    pub project: &'a Project,
    /// Whether words of the material may stand in the output.
    pub quotes: Quotes,
    /// What must be known with what was found.
    pub warnings: &'a [Warning],
}

/// What stands over the passages of each direction, in the order in which people read them.
const TITLES: [(Direction, &str); 3] = [
    (Direction::Same, "Says the same"),
    (Direction::Opposite, "Says the opposite"),
    (Direction::Unclear, "Mentions it; the rules cannot tell the direction"),
];

/// Said in every output.
const BY_RULE: &str = "direction is assigned by rule from cue words: read the passages before you rely on it";

#[derive(Serialize)]
struct Object<'a> {
    format: u32,
    direction: &'static str,
    claims: Vec<ClaimRow<'a>>,
    warnings: &'a [Warning],
}

#[derive(Serialize)]
struct ClaimRow<'a> {
    id: &'a str,
    claim: &'a str,
    passages: Vec<PassageRow<'a>>,
    found: usize,
    more: bool,
    same: usize,
    opposite: usize,
    unclear: usize,
    documents: u64,
    speakers: Option<u64>,
    cases: &'a [String],
    phases: &'a [String],
    flags: &'a [Flag],
    understood: Understood<'a>,
}

#[derive(Serialize)]
struct Understood<'a> {
    words: Vec<&'a str>,
    codes: Vec<&'a str>,
    cases: &'a [String],
    phases: &'a [String],
    speakers: &'a [String],
}

#[derive(Serialize)]
struct PassageRow<'a> {
    document: &'a str,
    segment: u32,
    segment_to: u32,
    start: u32,
    end: u32,
    text: Option<&'a str>,
    quote: Option<&'a str>,
    score: f64,
    direction: Direction,
    cue: Option<&'a str>,
    case: Option<&'a str>,
    phase: Option<&'a str>,
    speaker: Option<&'a str>,
    #[serde(flatten)]
    answer: Option<AnswerRow>,
    line: u32,
    page: Option<u32>,
    time: Option<String>,
    codes: Vec<&'a str>,
}

impl Views for EvidenceReport<'_> {
    /// One JSON object, with a final line end.
    fn json(&self) -> String {
        let claims = self.claims.iter().map(|found| ClaimRow {
            id: &found.claim.id,
            claim: &found.claim.text,
            passages: found.passages.iter().map(|passage| self.row(passage)).collect(),
            found: found.found.total(),
            more: found.has_more,
            same: found.found.same,
            opposite: found.found.opposite,
            unclear: found.found.unclear,
            documents: found.behind.documents,
            speakers: found.behind.speakers,
            cases: &found.behind.cases,
            phases: &found.behind.phases,
            flags: &found.flags,
            understood: Understood {
                words: found.words.iter().map(|(word, _)| word.as_str()).collect(),
                codes: self.code_ids(&found.codes),
                cases: &found.cases,
                phases: &found.phases,
                speakers: &found.speakers,
            },
        });
        let object = Object { format: 1, direction: BY_RULE, claims: claims.collect(), warnings: self.warnings };
        pretty(&object)
    }

    /// One row a passage, with what its claim rests on in each; a claim without any has one row with its flag.
    fn csv(&self) -> Vec<u8> {
        let mut header = vec![
            "id",
            "claim",
            "flags",
            "passages",
            "documents",
            "speakers",
            "cases",
            "phases",
            "found",
            "more",
            "same",
            "opposite",
            "unclear",
            "rank",
            "direction_by_rule",
            "cue",
            "quote",
            "document",
            "segment",
            "segment_to",
            "case",
            "phase",
            "speaker",
            "line",
            "page",
            "time",
            "codes",
            "score",
            "citation",
        ];
        let has_answers = AnswerRow::are_in(self.corpus);
        header.extend(has_answers.then_some(AnswerRow::NAMES).into_iter().flatten());
        let rows = self.claims.iter().flat_map(|found| {
            let flags: Vec<&str> = found.flags.iter().map(|flag| flag_name(*flag)).collect();
            let behind = &found.behind;
            let Directions { same, opposite, unclear } = found.found;
            let [n, same, opposite, unclear] = [found.found.total(), same, opposite, unclear].map(|n| n.to_string());
            let counts = [n, found.has_more.to_string(), same, opposite, unclear];
            let start = [
                found.claim.id.clone(),
                found.claim.text.clone(),
                flags.join(";"),
                found.passages.len().to_string(),
                behind.documents.to_string(),
                behind.speakers.map(|speakers| speakers.to_string()).unwrap_or_default(),
                behind.cases.join(";"),
                behind.phases.join(";"),
            ];
            let start = [&start[..], &counts[..]].concat();
            if found.passages.is_empty() {
                let mut row = start;
                row.resize(header.len(), String::new());
                return vec![row];
            }
            let rows = found.passages.iter().enumerate().map(|(index, passage)| {
                let own = self.row(passage);
                let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
                let mut row = start.clone();
                row.extend([
                    (index + 1).to_string(),
                    direction_name(own.direction).to_owned(),
                    text(own.cue),
                    text(own.quote),
                    own.document.to_owned(),
                    own.segment.to_string(),
                    own.segment_to.to_string(),
                    text(own.case),
                    text(own.phase),
                    text(own.speaker),
                    own.line.to_string(),
                    own.page.map(|page| page.to_string()).unwrap_or_default(),
                    own.time.unwrap_or_default(),
                    own.codes.join(";"),
                    own.score.to_string(),
                    self.citation(self.lang(), passage),
                ]);
                row.extend(has_answers.then(|| own.answer.unwrap_or_default().cells()).into_iter().flatten());
                row
            });
            rows.collect()
        });
        text_csv(&header, rows)
    }

    /// Claims with quotes ready to paste, in the project's language.
    fn markdown(&self) -> String {
        let lang = self.lang();
        let mut out = if self.claims.len() > 1 { self.overview_markdown(lang) } else { String::new() };
        for found in self.claims {
            out.push_str(&format!("## {}\n\n", markdown(&found.claim.text)));
            for (direction, _) in TITLES {
                let of_direction: Vec<&Passage> =
                    found.passages.iter().filter(|passage| passage.direction == direction).collect();
                if of_direction.is_empty() {
                    continue;
                }
                out.push_str(&format!("**{}**\n\n", lang.direction(direction)));
                for passage in of_direction {
                    let quote = quoted(passage, &markdown(&passage.quote));
                    let quote = if self.quotes.are_shown() { format!("«{quote}» ") } else { String::new() };
                    out.push_str(&format!("> {quote}({})\n\n", markdown(&self.citation(self.lang(), passage))));
                }
            }
            let Behind { documents, speakers, .. } = found.behind;
            let numbers =
                PassageNumbers { shown: found.passages.len(), found: found.found.total(), has_more: found.has_more };
            let behind = (!found.passages.is_empty()).then(|| lang.passages_from(numbers, documents, speakers));
            let flags = lang.flags(&found.flags).into_iter().map(str::to_owned);
            let sentences: Vec<String> = behind.into_iter().chain(flags).collect();
            out.push_str(&format!("{}\n\n", markdown(&sentences.join(" "))));
        }
        out.push_str(&format!("*{}*\n", lang.term(Term::ClaimsHow)));
        out
    }

    /// Claims with their passages, for a terminal.
    fn text(&self, style: TableStyle) -> String {
        let bold = |text: &str| if style.color { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() };
        let mut out = if self.claims.len() > 1 { self.overview_text(style) } else { String::new() };
        for found in self.claims {
            let claim = terminal(&found.claim.text);
            let title = if self.claims.len() > 1 { format!("{}  {claim}", terminal(&found.claim.id)) } else { claim };
            for line in wrap(&title, style.width) {
                out.push_str(&format!("{}\n", bold(&line)));
            }
            for line in self.understood(found) {
                wrap(&terminal(&line), style.width.saturating_sub(2))
                    .iter()
                    .for_each(|line| out.push_str(&format!("  {line}\n")));
            }
            for (direction, title) in TITLES {
                let passages: Vec<&Passage> =
                    found.passages.iter().filter(|passage| passage.direction == direction).collect();
                if passages.is_empty() {
                    continue;
                }
                for (index, passage) in passages.into_iter().enumerate() {
                    out.push('\n');
                    if index == 0 {
                        out.push_str(&format!("  {}\n", bold(&title.to_lowercase())));
                    }
                    let mut lines = Vec::new();
                    if self.quotes.are_shown() {
                        lines.extend(wrap(&quoted(passage, &terminal(&passage.quote)), style.width.saturating_sub(4)));
                    }
                    lines.extend(wrap(&terminal(&self.about(passage)), style.width.saturating_sub(4)));
                    lines.iter().for_each(|line| out.push_str(&format!("    {line}\n")));
                }
            }
            out.push('\n');
            let rests_on = self.rests_on(found);
            wrap(&rests_on, style.width.saturating_sub(2)).iter().for_each(|line| out.push_str(&format!("  {line}\n")));
            out.push('\n');
        }
        out.push_str(&format!("{BY_RULE}\n"));
        out
    }
}

impl EvidenceReport<'_> {
    fn row<'a>(&'a self, passage: &'a Passage) -> PassageRow<'a> {
        PassageRow {
            document: &self.corpus.documents()[passage.document].path,
            segment: self.corpus.rows().number(passage.rows.start),
            segment_to: self.corpus.rows().number(passage.rows.end - 1),
            start: passage.start,
            end: passage.end,
            text: self.quotes.are_shown().then_some(passage.text.as_str()),
            quote: self.quotes.are_shown().then_some(passage.quote.as_str()),
            score: round(passage.score),
            direction: passage.direction,
            cue: passage.cue.as_deref().filter(|_| self.quotes.are_shown()),
            case: self.material.value(self.corpus, passage.row, CASE),
            phase: self.material.value(self.corpus, passage.row, PHASE),
            speaker: self.material.speaker(passage.row),
            answer: Answered::of(self.corpus, self.material, passage.row).map(AnswerRow::from),
            line: passage.line,
            page: passage.page,
            time: passage.time.map(time_code),
            codes: passage.codes.iter().map(|code| self.codebook.codes[*code].id.as_str()).collect(),
        }
    }

    /// The language of what people paste elsewhere: the project's.
    fn lang(&self) -> Lang {
        Lang::of(self.project.languages().first().map_or("nb", String::as_str))
    }

    fn code_ids<'a>(&'a self, codes: &'a [usize]) -> Vec<&'a str> {
        codes.iter().map(|code| self.codebook.codes[*code].id.as_str()).collect()
    }

    /// How the claim was read: themes and names, and what was made of them.
    fn understood(&self, found: &ClaimEvidence) -> Vec<String> {
        let mut lines = Vec::new();
        let of_role = |role: Role| -> Vec<&str> {
            found.words.iter().filter(|(_, own)| *own == role).map(|(word, _)| word.as_str()).collect()
        };
        let subjects = of_role(Role::Subject);
        if !subjects.is_empty() {
            lines.push(format!("searched for: {}", subjects.join(", ")));
        }
        let absent: Vec<&str> = found
            .forms
            .iter()
            .filter(|(word, forms)| forms.is_empty() && subjects.contains(&word.as_str()))
            .map(|(word, _)| word.as_str())
            .collect();
        if !absent.is_empty() && absent.len() < subjects.len() {
            lines.push(format!("not in the material: {}", absent.join(", ")));
        }
        if !found.codes.is_empty() {
            lines.push(format!(
                "themes: {} (passages with these codes rank higher)",
                self.code_ids(&found.codes).join(", ")
            ));
        }
        let names: Vec<String> = found
            .cases
            .iter()
            .map(|id| format!("{} (case)", self.project.case().label_of(id)))
            .chain(found.phases.iter().map(|id| format!("{} (phase)", self.project.phase().label_of(id))))
            .chain(found.speakers.iter().map(|label| format!("{label} (speaker)")))
            .collect();
        if !names.is_empty() {
            lines.push(format!("named: {}; passages from there rank higher, others are kept", names.join(", ")));
        }
        lines
    }

    fn citation(&self, lang: Lang, passage: &Passage) -> String {
        let Passage { document, row, line, page, time, .. } = *passage;
        citation(lang, self.project, self.corpus, self.material, Cited { document, row, line, page, time })
    }

    fn about(&self, passage: &Passage) -> String {
        let codes = self.code_ids(&passage.codes);
        let codes = if codes.is_empty() { String::new() } else { format!(" · {}", codes.join(", ")) };
        let cue = passage.cue.as_ref().filter(|_| self.quotes.are_shown());
        let cue = cue.map_or(String::new(), |cue| format!(" · by `{cue}`"));
        format!("{}{cue}{codes}", self.citation(Lang::En, passage))
    }

    /// One line: numbers, then flags in words.
    fn rests_on(&self, found: &ClaimEvidence) -> String {
        if found.words.is_empty() {
            return "nothing to search for: the claim consists of function words only".to_owned();
        }
        if found.found.total() == 0 {
            return "no evidence found: no passage contains enough of the claim's words".to_owned();
        }
        let behind = &found.behind;
        let mut parts = vec![
            numbers(found),
            counted(behind.documents as usize, "document", "documents"),
            behind.speakers.map_or("speakers unknown".to_owned(), |n| counted(n as usize, "speaker", "speakers")),
        ];
        let names = |ids: &[String], of: &Dimension| {
            ids.iter().map(|id| of.label_of(id).to_owned()).collect::<Vec<_>>().join(", ")
        };
        if !behind.cases.is_empty() {
            parts.push(names(&behind.cases, self.project.case()));
        }
        if !behind.phases.is_empty() {
            parts.push(names(&behind.phases, self.project.phase()));
        }
        let flags = flag_words(&found.flags);
        let flags = if flags.is_empty() { String::new() } else { format!(" | {flags}") };
        terminal(&format!("{}{flags}", parts.join(" · ")))
    }
}

/// How many passages are shown of how many, and what those do that were found: all that stands behind it is of these.
fn numbers(found: &ClaimEvidence) -> String {
    let Directions { same, opposite, unclear } = found.found;
    let n_shown = found.passages.len();
    let passages = match found.found.total() {
        1 => "1 passage".to_owned(),
        n if found.has_more => format!("the {n} best passages"),
        n => format!("{n} passages"),
    };
    if n_shown == found.found.total() {
        return passages;
    }
    format!("{n_shown} shown of {passages} found: {same} same, {opposite} opposite, {unclear} unclear")
}

/// The sentence, with `[…]` where the segment goes on.
fn quoted(passage: &Passage, quote: &str) -> String {
    let (before, after) = passage.is_cut;
    let mark = |is_cut: bool| if is_cut { CUT } else { "" };
    format!("{} {quote} {}", mark(before), mark(after)).trim().to_owned()
}

fn direction_name(direction: Direction) -> &'static str {
    match direction {
        Direction::Same => "same",
        Direction::Opposite => "opposite",
        Direction::Unclear => "unclear",
    }
}

fn flag_name(flag: Flag) -> &'static str {
    match flag {
        Flag::NoEvidence => "no-evidence",
        Flag::OneDocument => "one-document",
        Flag::OneSpeaker => "one-speaker",
        Flag::OneCase => "one-case",
        Flag::CounterEvidence => "counter-evidence",
        Flag::NothingSaysSame => "nothing-says-same",
    }
}

/// Flags in words; what rests on one of something is what says the same, if anything does.
fn flag_words(flags: &[Flag]) -> String {
    let one_of = [(Flag::OneDocument, "document"), (Flag::OneSpeaker, "speaker"), (Flag::OneCase, "case")];
    let ones: Vec<String> =
        one_of.iter().filter(|(flag, _)| flags.contains(flag)).map(|(_, what)| format!("one {what}")).collect();
    let what = if flags.contains(&Flag::NothingSaysSame) { "rests" } else { "what says the same rests" };
    let rests = (!ones.is_empty()).then(|| format!("{what} on {}", ones.join(", ")));
    let others = flags.iter().filter_map(|flag| match flag {
        Flag::NoEvidence => Some("no evidence found"),
        Flag::CounterEvidence => Some("counter-evidence exists"),
        Flag::NothingSaysSame => Some("no passage says the same, by rule"),
        Flag::OneDocument | Flag::OneSpeaker | Flag::OneCase => None,
    });
    rests.into_iter().chain(others.map(str::to_owned)).collect::<Vec<_>>().join("; ")
}
