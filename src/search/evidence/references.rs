//! What is in a claim's text but not part of it: list marks, markup and references.
//!
//! Marks and markup are taken off a claim for good. References stay in what is shown; only who looks for the claim's words
//! does without them, since `Rønning og Stok 2016` is no part of what is said to be so.

use std::sync::LazyLock;

use regex::Regex;

/// `Funn 3:`, `3.`, `1)`, `a)`, `-`, `[x]` at the start of a line.
static MARK: LazyLock<Regex> = LazyLock::new(|| {
    let mark = r"^\s*(?:[-–—*•·]\s+|\[[ xX]\]\s+|(?:\d{1,3}|[a-zæøå])\)\s+|\d{1,3}(?:\.\d{1,3})*\.\s+|\(\d{1,3}\)\s+|(?i:funn|påstand|pastand|konklusjon|claim|finding|utsagn|tese)\s+\d{1,3}(?:\.\d{1,3})*\s*[:.)–-]\s*)";
    Regex::new(mark).expect("a pattern of ours")
});

/// Emphasis and code: a mark directly before a word, and the same mark directly after one.
static EMPHASIS: LazyLock<Regex> = LazyLock::new(|| {
    let marked = r"(^|[\s(«“])(?:\*{1,3}|_{1,3}|`)([^\s*_`](?:[^*_`]*[^\s*_`])?)(?:\*{1,3}|_{1,3}|`)";
    Regex::new(marked).expect("a pattern of ours")
});

/// `[lenke](http://…)`.
static LINK: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\[([^\]]+)\]\([^)\s]*\)").expect("a pattern of ours"));

/// Brackets with a name and a year (`(HSG, 2016)`), with numbers only (`[12]`, `[3, 4]`), or that refer; and what `jf.` brings, to
/// the end of its clause.
static REFERENCE: LazyLock<Regex> = LazyLock::new(|| {
    let year = r"\([^()]*\p{Lu}[^()]*\b(?:1[89]|20)\d\d[a-z]?(?:\s*[:,]\s*[^()]*)?\)";
    let numbers = r"\[\s*\d{1,3}(?:\s*[,–-]\s*\d{1,3})*\s*\]|\[\^[^\]]*\]";
    let place = r"(?:kapittel|kap|avsnitt|avsn|tabell|tab|figur|fig|vedlegg|side|s|punkt|pkt|chapter|ch|section|sec|table|figure|appendix|p|pp)";
    let refers = r"(?i:\(\s*(?:(?:jf|jfr|cf|se|sjå|see|ibid)\b)[^()]*\))";
    let follows =
        format!(r"(?i:,?\s*\b(?:jf|jfr|cf)\b\.?\s+[^,;()\[\]]*|,\s*(?:se|sjå|see)\s+{place}\b\.?\s*\d[\d.]*)");
    Regex::new(&format!(r"\s*(?:{year}|{numbers}|{refers})|{follows}")).expect("a pattern of ours")
});

/// A line of a list without its mark.
pub(super) fn without_mark(line: &str) -> &str {
    let mut rest = line.trim();
    while let Some(mark) = MARK.find(rest) {
        let behind = rest[mark.end()..].trim_start();
        // A mark with nothing behind it is all there is; `12. mai` is a day.
        let is_day = mark.as_str().trim_end().ends_with('.') && behind.starts_with(char::is_lowercase);
        if behind.is_empty() || is_day {
            break;
        }
        rest = behind;
    }
    rest
}

/// Text without Markdown's emphasis, code and links.
pub(super) fn without_markup(text: &str) -> String {
    let text = LINK.replace_all(text, "$1");
    let once = EMPHASIS.replace_all(&text, "$1$2");
    EMPHASIS.replace_all(&once, "$1$2").into_owned()
}

/// A claim without what it refers to; all of it where nothing else is there.
pub(super) fn without_references(claim: &str) -> String {
    let text = REFERENCE.replace_all(claim, "");
    let has_word = text.contains(|c: char| c.is_alphanumeric());
    if has_word { text.into_owned() } else { claim.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, shown: &str, looked_for: &str) {
        let text = without_markup(without_mark(line));
        assert_eq!(text, shown);
        assert_eq!(without_references(&text), looked_for);
    }

    #[test]
    fn marks_of_lists_and_markup_are_taken_off() {
        for line in ["- Det gikk bra", "3. Det gikk bra", "1) Det gikk bra", "Funn 3: Det gikk bra", "[ ] Det gikk bra"]
        {
            check(line, "Det gikk bra", "Det gikk bra");
        }
        check("- [x] Det *gikk* **svært** _bra_", "Det gikk svært bra", "Det gikk svært bra");
        check("Omsorg 3.0 gikk bra", "Omsorg 3.0 gikk bra", "Omsorg 3.0 gikk bra");
        check("3 av 4 var med", "3 av 4 var med", "3 av 4 var med");
        check("12. mai var bra", "12. mai var bra", "12. mai var bra");
        check("2016 var bra (høsten 2016)", "2016 var bra (høsten 2016)", "2016 var bra (høsten 2016)");
        check("2016 var bra", "2016 var bra", "2016 var bra");
        check("Se [rapporten](http://x.no) her", "Se rapporten her", "Se rapporten her");
        check("fil_navn_her er med, 2*3*4 også", "fil_navn_her er med, 2*3*4 også", "fil_navn_her er med, 2*3*4 også");
        check("7.", "7.", "7.");
    }

    #[test]
    fn references_are_shown_and_not_looked_for() {
        let shown = "Den var svak (Rønning og Stok 2016), jf. kap. 4 [12].";
        check(shown, shown, "Den var svak.");
        check("Den var svak [3, 4] i Øyer (lite)", "Den var svak [3, 4] i Øyer (lite)", "Den var svak i Øyer (lite)");
        check("Den var svak, se tabell 3.", "Den var svak, se tabell 3.", "Den var svak");
        check("(HSG, 2016)", "(HSG, 2016)", "(HSG, 2016)");
    }
}
