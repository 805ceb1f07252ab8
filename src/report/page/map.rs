//! The frequency table: codes × (case × phase) in shades with the numbers in them, every number a way to its quotes.

use super::Page;
use super::html::{Html, quoted};
use crate::report::picture::level;
use crate::report::{Place, Summed, Term, Unit};

/// The units that the table can show, mentions first: what is there without a script.
const UNITS: [Unit; 4] = [Unit::Mentions, Unit::Segments, Unit::Documents, Unit::Rate];

/// One of the denominators of a cell.
type Denominator = fn(&crate::tally::Totals) -> Option<u64>;

impl Page<'_> {
    /// The columns: all cells, then sums over cases where there are several, then everything.
    pub(super) fn columns(&self) -> Vec<Summed> {
        let report = self.report;
        let margins = (0..report.phase.values.len()).map(Summed::Phase);
        let margins = margins.filter(|_| report.case.values.len() > 1 && report.phase.values.len() > 1);
        report.cells().chain(margins).chain([Summed::All]).collect()
    }

    pub(super) fn map(&self, html: &mut Html) {
        html.inside("p class=\"how\"", |html| {
            html.text(self.term(Term::HeatmapHow));
            html.tag("span class=\"act\"", &format!(" {}", self.term(Term::ChooseCell)));
        });
        html.inside("fieldset class=\"switch\" id=\"units\" hidden", |html| {
            html.tag("legend", self.term(Term::Unit));
            for (index, unit) in UNITS.iter().enumerate() {
                let checked = if index == 0 { " checked" } else { "" };
                html.inside("label", |html| {
                    html.raw(&format!("<input type=\"radio\" name=\"unit\" value=\"{index}\"{checked}>"));
                    html.text(self.term(unit.term()));
                });
            }
        });
        self.wide(html, Term::FrequencyMap, |html| {
            html.inside("table class=\"heat\" id=\"heat\"", |html| {
                self.map_head(html);
                self.map_body(html);
                self.map_foot(html);
            });
        });
        html.tag("p class=\"key\"", self.term(Term::HeatmapKey));
        if let Some(few) = self.lang.few_persons(self.report) {
            html.inside("div class=\"note\"", |html| html.tag("p", &few));
        }
    }

    fn map_head(&self, html: &mut Html) {
        let report = self.report;
        let phases = report.phase.values.len();
        let has_margins = self.columns().iter().any(|column| matches!(column, Summed::Phase(_)));
        html.inside("thead", |html| {
            html.inside("tr", |html| {
                html.tag("th scope=\"col\" rowspan=\"2\" class=\"first\"", self.term(Term::Theme));
                let open = format!("th scope=\"colgroup\" colspan=\"{phases}\"");
                for case in 0..report.case.values.len() {
                    html.tag(&open, self.lang.value(&report.case, case));
                }
                if has_margins {
                    html.tag(&open, self.term(Term::All));
                }
                html.tag("th scope=\"col\" rowspan=\"2\" class=\"total\"", self.term(Term::Total));
            });
            html.inside("tr", |html| {
                for column in self.columns() {
                    let (Summed::Cell(_, phase) | Summed::Phase(phase)) = column else { continue };
                    html.tag(
                        &format!("th scope=\"col\" class=\"{}\"", edge(column)),
                        self.lang.value(&report.phase, phase),
                    );
                }
            });
        });
    }

    fn map_body(&self, html: &mut Html) {
        let report = self.report;
        let columns = self.columns();
        let mentions = |code: usize, cell: Summed| report.headline(code, cell).map(|all| all.counts.mentions);
        let codes = report.tree();
        let most = codes.iter().flat_map(|code| report.cells().filter_map(move |cell| mentions(*code, cell))).max();
        let most = most.unwrap_or(0) as f64;
        html.inside("tbody", |html| {
            for (row, code) in codes.iter().enumerate() {
                let parent = report.codebook.codes[*code].parent;
                let parent = parent.map_or_else(String::new, |parent| format!(" data-parent=\"{parent}\""));
                html.inside(&format!("tr data-code=\"{code}\"{parent}"), |html| {
                    let depth = report.depth(*code).min(3);
                    html.inside(&format!("th scope=\"row\" class=\"d{depth}\""), |html| {
                        if report.has_children(*code) {
                            let name = format!("{} {}", self.term(Term::Fold), self.label(*code));
                            html.raw(&format!(
                                "<button type=\"button\" class=\"fold\" aria-expanded=\"true\" hidden aria-label={}>▾</button>",
                                quoted(&name)
                            ));
                        }
                        html.text(self.label(*code));
                    });
                    for (index, column) in columns.iter().enumerate() {
                        self.map_cell(html, *code, *column, row * columns.len() + index, most);
                    }
                });
                html.line();
            }
        });
    }

    fn map_cell(&self, html: &mut Html, code: usize, column: Summed, index: usize, most: f64) {
        let edge = edge(column);
        let Some(found) = self.report.headline(code, column) else {
            html.inside(&format!("td class=\"none {edge}\""), |html| {
                html.raw("<span><span aria-hidden=\"true\">–</span>");
                html.tag("span class=\"vh\"", self.term(Term::NoMaterial));
                html.raw("</span>");
            });
            return;
        };
        let is_sum = !matches!(column, Summed::Cell(..));
        let step = level(found.counts.mentions as f64, most);
        let shade = if is_sum { "sum".to_owned() } else { format!("h{step}") };
        let few = if (1..5).contains(&found.counts.mentions) { " few" } else { "" };
        let sum = if is_sum { " data-sum=\"1\"" } else { "" };
        html.inside(&format!("td class=\"{shade}{few} {edge}\" data-i=\"{index}\"{sum}"), |html| {
            let mark = if found.points_at_few() { "°" } else { "" };
            let href = Place::new(code, column).href().replace('&', "&amp;");
            let all = quoted(&self.lang.headline(&found));
            html.tag(
                &format!("a href=\"{href}\" title={all}"),
                &format!("{}{mark}", self.lang.count(found.counts.mentions)),
            );
        });
    }

    /// The denominators.
    fn map_foot(&self, html: &mut Html) {
        let rows: [(Term, Denominator); 4] = [
            (Term::Words, |totals| Some(totals.words_total)),
            (Term::Segments, |totals| Some(totals.segments_total)),
            (Term::Documents, |totals| Some(totals.documents_total)),
            (Term::Speakers, |totals| totals.speakers_total),
        ];
        html.inside("tfoot", |html| {
            for (term, of) in rows {
                html.inside("tr", |html| {
                    html.tag("th scope=\"row\"", &format!("{} {}", self.term(term), self.term(Term::InAll)));
                    for column in self.columns() {
                        let number = self.report.totals(column).as_ref().and_then(of);
                        let unknown =
                            if self.report.totals(column).is_some() { self.term(Term::Unknown) } else { "–" };
                        html.tag(
                            &format!("td class=\"{}\"", edge(column)),
                            &number.map_or_else(|| unknown.to_owned(), |n| self.lang.count(n)),
                        );
                    }
                });
            }
        });
    }
}

/// The class of columns that stand first in their group, and of the sum of all, which stays in sight where the rest
/// scrolls.
fn edge(column: Summed) -> &'static str {
    match column {
        Summed::Cell(_, 0) | Summed::Phase(0) => "edge",
        Summed::All => "total",
        _ => "",
    }
}
