//! How it was done: paragraphs to paste, rules, limits, and what the run was made from.

use super::Page;
use super::html::{Html, quoted};
use crate::report::Term;

/// Documents whose checksums are listed on the page; `run.json` has all.
const MAX_FILES: usize = 200;

impl Page<'_> {
    pub(super) fn method(&self, html: &mut Html) {
        self.paragraph(html, "method-text", Term::MethodParagraph, &self.lang.method_paragraph(self.report));
        self.paragraph(html, "data-text", Term::DataParagraph, &self.lang.data_paragraph(self.report));
        let rules = self.lang.counting_rules().to_vec();
        for (heading, items) in [(Term::CountingRules, rules), (Term::Limits, self.lang.limits(self.report))] {
            html.tag("h3", self.term(heading));
            html.inside("ul", |html| items.iter().for_each(|item| html.inside("li", |html| html.tag("p", item))));
        }
        self.messages(html);
        self.versions(html);
    }

    fn paragraph(&self, html: &mut Html, id: &str, heading: Term, text: &str) {
        html.tag("h3", self.term(heading));
        html.inside("div class=\"paste\"", |html| {
            html.tag(&format!("p id=\"{id}\""), text);
            let name = format!("{}: {}", self.term(Term::Copy), self.term(heading));
            let open = format!(
                "button class=\"plain\" type=\"button\" data-copy=\"{id}\" hidden aria-label={}",
                quoted(&name)
            );
            html.tag(&open, self.term(Term::Copy));
        });
    }

    /// The program's own messages, word for word.
    fn messages(&self, html: &mut Html) {
        let warnings = &self.report.run.warnings;
        if warnings.is_empty() {
            return;
        }
        html.inside("details", |html| {
            html.tag("summary", self.term(Term::ProgramMessages));
            html.inside("ul lang=\"en\"", |html| {
                for warning in warnings {
                    html.inside("li", |html| {
                        html.tag("code", &warning.id);
                        let path = warning.path.as_ref().map_or_else(String::new, |path| format!("{path}: "));
                        html.text(&format!(" {path}{}", warning.message));
                    });
                }
            });
        });
    }

    fn versions(&self, html: &mut Html) {
        let (run, report) = (&self.report.run, self.report);
        html.tag("h3", self.term(Term::Versions));
        html.inside("dl", |html| {
            let mut entry = |term: Term, words: &str| {
                html.tag("dt", self.term(term));
                html.tag("dd", words);
            };
            entry(Term::Program, &format!("temakart {}", run.temakart));
            entry(Term::CodebookLabel, &format!("{} ({})", report.codebook.name, run.codebook.path));
            if let Some(filter) = &run.options.filter {
                entry(Term::ChosenMaterial, filter);
            }
            let repeated = if run.options.unique { Term::CountedOnce } else { Term::CountedEachTime };
            entry(Term::RepeatedText, self.term(repeated));
            let whose = match run.options.decisions.as_str() {
                "all" => self.term(Term::All),
                "none" => self.term(Term::Nobody),
                names => names,
            };
            entry(Term::Decisions, whose);
            if let Some(comparison) = &report.comparison {
                entry(Term::Seed, &comparison.plan.seed.to_string());
            }
        });
        html.inside("details", |html| {
            html.tag("summary", &format!("{} ({})", self.term(Term::Files), self.term(Term::Checksum)));
            self.region(html, Term::Files, |html| {
                html.inside("table", |html| {
                    html.inside("thead", |html| {
                        html.inside("tr", |html| {
                            html.tag("th scope=\"col\" class=\"first\"", self.term(Term::File));
                            html.tag("th scope=\"col\" class=\"first\"", self.term(Term::Checksum));
                        });
                    });
                    html.inside("tbody", |html| {
                        let files = std::iter::once(&run.codebook).chain(&run.project_files);
                        for file in files.chain(report.files.iter().take(MAX_FILES)) {
                            html.inside("tr", |html| {
                                html.tag("th scope=\"row\"", &file.path);
                                html.inside("td class=\"words\"", |html| html.tag("code class=\"hash\"", &file.sha256));
                            });
                        }
                    });
                });
            });
            if report.files.len() > MAX_FILES {
                html.tag("p", &self.lang.further((report.files.len() - MAX_FILES) as u64));
            }
        });
    }
}
