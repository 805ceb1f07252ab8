//! What stands around the sections: head, title, contents, data, script.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::html::{Html, quoted};
use super::{Page, SCRIPT, STYLE, Section};
use crate::report::Term;

/// A source of a content security policy: only what has this very text.
fn only(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}

impl Page<'_> {
    pub(super) fn open(&self, html: &mut Html) {
        // Nothing is loaded, nothing is sent, and no text of the study can become style or script.
        let policy = format!(
            "default-src 'none'; style-src {}; script-src {}; img-src data:; base-uri 'none'; form-action 'none'",
            only(STYLE),
            only(SCRIPT)
        );
        html.raw(&format!("<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n", self.lang.code()));
        html.raw(&format!("<meta http-equiv=\"Content-Security-Policy\" content={}>\n", quoted(&policy)));
        html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.raw("<meta name=\"referrer\" content=\"no-referrer\">\n<link rel=\"icon\" href=\"data:,\">\n");
        html.tag("title", &format!("{} – {}", self.report.project, self.term(Term::Report)));
        html.raw("\n<style>");
        html.raw(STYLE);
        html.raw("</style>\n</head>\n<body>\n");
        html.tag("a class=\"skip\" href=\"#content\"", self.term(Term::SkipToContent));
        html.raw("\n<header>\n");
        html.inside("div class=\"tools\"", |html| {
            html.tag("button class=\"plain\" id=\"theme\" type=\"button\" hidden", self.term(Term::Darkness));
        });
        html.tag("h1", &self.report.project);
        html.tag("p class=\"lead\"", &format!("{}. {}", self.term(Term::Report), self.term(Term::Tagline)));
    }

    pub(super) fn contents(&self, html: &mut Html, sections: &[Section]) {
        html.inside(&format!("nav class=\"contents\" aria-label={}", quoted(self.term(Term::Contents))), |html| {
            html.inside("ul", |html| {
                for (id, heading, _) in sections {
                    html.inside("li", |html| html.tag(&format!("a href=\"#{id}\""), self.term(*heading)));
                }
            });
        });
        html.raw("\n</header>\n");
    }

    pub(super) fn close(&self, html: &mut Html) {
        html.raw("<footer>");
        html.text(&format!("{} {}", self.term(Term::Tagline), self.report.run.temakart));
        html.raw("</footer>\n<script type=\"application/json\" id=\"data\">");
        html.raw(&self.data());
        html.raw("</script>\n<script>");
        html.raw(SCRIPT);
        html.raw("</script>\n</body>\n</html>\n");
    }
}
