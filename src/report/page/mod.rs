//! The report as one self-contained HTML page: no outside resource, readable without scripts, printable.
//!
//! - `html`: markup piece by piece. `head`: everything around the sections, and the policy that lets nothing in or out.
//! - `glance`: the main picture in a few numbers and sentences. `material`: what there is. `map`: the frequency table.
//! - `pictures`: change, together, over time, stance. `words`: what sets phases apart. `codes`: code by code.
//! - `claims`: evidence for and against claims.
//! - `quotes`: where quotes are chosen and read. `data`: what its script works on. `method`: how it was done.
//! - `page.css`, `page.js`: how it looks, and choosing, paging, folding, switching.

mod claims;
mod codes;
mod data;
mod glance;
mod head;
mod html;
mod map;
mod material;
mod method;
mod pictures;
mod quotes;
mod words;

use self::html::Html;
use super::{Lang, Report, Term};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// What every section is written from.
struct Page<'a> {
    report: &'a Report,
    lang: Lang,
}

impl Page<'_> {
    fn term(&self, term: Term) -> &'static str {
        self.lang.term(term)
    }

    fn label(&self, code: usize) -> &str {
        &self.report.codebook.codes[code].label
    }
}

/// A part of the page: its id, its heading, and what writes it.
type Section = (&'static str, Term, fn(&Page<'_>, &mut Html));

/// The page.
#[must_use]
pub fn page(report: &Report, lang: Lang) -> String {
    let page = Page { report, lang };
    let mut html = Html::default();
    page.open(&mut html);
    let sections = page.sections();
    page.contents(&mut html, &sections);
    html.raw("<main id=\"content\">\n");
    for (id, heading, write) in &sections {
        let open = format!("section aria-labelledby=\"{id}\"");
        html.inside(&open, |html| {
            html.tag(&format!("h2 id=\"{id}\" tabindex=\"-1\""), page.term(*heading));
            write(&page, html);
        });
        html.line();
    }
    html.raw("</main>\n");
    page.close(&mut html);
    html.finish()
}

impl Page<'_> {
    fn sections(&self) -> Vec<Section> {
        let report = self.report;
        let mut sections: Vec<Section> = vec![
            ("glance", Term::Glance, |page, html| page.glance(html)),
            ("material", Term::Material, |page, html| page.material(html)),
            ("map", Term::FrequencyMap, |page, html| page.map(html)),
            ("change", Term::ChangeSection, |page, html| page.change(html)),
        ];
        if report.together.pairs.iter().any(|pair| pair.segments[0].both > 0) {
            sections.push(("together", Term::TogetherSection, |page, html| page.together(html)));
        }
        if report.timeline.is_some() {
            sections.push(("timeline", Term::TimelineSection, |page, html| page.timeline(html)));
        }
        if report.words.len() > 1 {
            sections.push(("words", Term::WordsSection, |page, html| page.words_apart(html)));
        }
        if report.tells_stance() {
            sections.push(("stance", Term::StanceSection, |page, html| page.stance(html)));
        }
        sections.push(("codes", Term::CodesSection, |page, html| page.codes(html)));
        sections.push(("q", Term::QuotesSection, |page, html| page.quotes(html)));
        if !report.claims.is_empty() {
            sections.push(("claims", Term::EvidenceSection, |page, html| page.claims(html)));
        }
        sections.push(("method", Term::MethodSection, |page, html| page.method(html)));
        sections
    }
}
