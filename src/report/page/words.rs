//! The words that set each phase apart from the others.

use super::Page;
use super::html::Html;
use crate::compare::Word;
use crate::report::{Term, WordList};

/// Words of each phase.
const MAX_WORDS: usize = 12;

impl Page<'_> {
    pub(super) fn words_apart(&self, html: &mut Html) {
        html.tag("p class=\"how\"", self.term(Term::WordsHow));
        let lists: Vec<(&str, &WordList, Vec<&Word>)> = self
            .report
            .words
            .iter()
            .map(|list| {
                let value = self.report.phase.values.iter().position(|value| value.id == list.name);
                let name = value.map_or(list.name.as_str(), |value| self.lang.value(&self.report.phase, value));
                let more = list.group.words.iter().filter(|word| word.keyness.g2 >= 0.0).take(MAX_WORDS).collect();
                (name, list, more)
            })
            .collect();
        self.region(html, Term::WordsSection, |html| {
            html.inside("div class=\"beside\"", |html| {
                for (name, list, words) in &lists {
                    self.words_of(html, name, list, words);
                }
            });
        });
    }

    fn words_of(&self, html: &mut Html, name: &str, list: &WordList, words: &[&Word]) {
        let total = self.lang.counted(list.group.words_total, Term::Word, Term::Words);
        html.inside("table", |html| {
            html.tag("caption", &format!("{name} ({total})"));
            html.inside("thead", |html| {
                html.inside("tr", |html| {
                    html.tag("th scope=\"col\" class=\"first\"", self.term(Term::WordForm));
                    html.tag("th scope=\"col\"", self.term(Term::HereDocuments));
                    html.tag("th scope=\"col\"", self.term(Term::ElsewhereDocuments));
                    html.tag("th scope=\"col\"", self.term(Term::LogRatio));
                });
            });
            html.inside("tbody", |html| {
                if words.is_empty() {
                    html.inside("tr", |html| html.tag("td class=\"words\" colspan=\"4\"", self.term(Term::NoWords)));
                }
                for word in words {
                    html.inside("tr", |html| {
                        html.tag("th scope=\"row\"", &word.form);
                        let number = |count: u64, documents: usize| {
                            format!("{} ({})", self.lang.count(count), self.lang.count(documents as u64))
                        };
                        html.tag("td", &number(word.count, word.documents));
                        html.tag("td", &number(word.rest_count, word.rest_documents));
                        html.tag("td", &self.lang.log_ratio(word));
                    });
                }
            });
        });
    }
}
