//! Numbers and dates as each language writes them.

use super::{Lang, Term};
use crate::compare::Word;
use crate::report::study::{Grain, Period};

/// Between groups of three digits: narrow, and no line breaks at it.
const THIN_SPACE: char = '\u{202f}';

const MONTHS: [[&str; 2]; 12] = [
    ["jan.", "Jan"],
    ["feb.", "Feb"],
    ["mars", "Mar"],
    ["april", "Apr"],
    ["mai", "May"],
    ["juni", "Jun"],
    ["juli", "Jul"],
    ["aug.", "Aug"],
    ["sep.", "Sep"],
    ["okt.", "Oct"],
    ["nov.", "Nov"],
    ["des.", "Dec"],
];

impl Lang {
    /// A count, in groups of three digits.
    #[must_use]
    pub fn count(self, count: u64) -> String {
        let (_, separator) = self.separators();
        let digits = count.to_string();
        let mut text = String::with_capacity(digits.len() + digits.len() / 3);
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                text.push(separator);
            }
            text.push(digit);
        }
        text
    }

    /// What stands before decimals, and between groups of three digits.
    #[must_use]
    pub fn separators(self) -> (char, char) {
        self.pick((',', THIN_SPACE), (',', THIN_SPACE), ('.', ','))
    }

    /// A number with so many decimals; minus as a minus sign, and no minus before 0.
    #[must_use]
    pub fn decimal(self, number: f64, decimals: usize) -> String {
        let text = format!("{number:.decimals$}");
        let digits = text.strip_prefix('-');
        let is_zero = text.chars().all(|character| matches!(character, '-' | '0' | '.'));
        let text = match digits {
            Some(digits) if is_zero => digits.to_owned(),
            Some(digits) => format!("\u{2212}{digits}"),
            None => text,
        };
        if self == Self::En { text } else { text.replace('.', ",") }
    }

    /// A number with its sign, whichever it is.
    #[must_use]
    pub fn signed(self, number: f64, decimals: usize) -> String {
        let text = self.decimal(number, decimals);
        let is_above = number > 0.0 && text.chars().any(|character| ('1'..='9').contains(&character));
        if is_above { format!("+{text}") } else { text }
    }

    /// How many times a word's rate is doubled; `~` where a 0 was counted as a half.
    #[must_use]
    pub fn log_ratio(self, word: &Word) -> String {
        let about = if word.count.min(word.rest_count) == 0 { "~" } else { "" };
        format!("{about}{}", self.signed(word.keyness.log_ratio, 1))
    }

    /// A rate per 1,000 words: two decimals; `–` where there is none.
    #[must_use]
    pub fn rate(self, rate: Option<f64>) -> String {
        rate.map_or_else(|| "–".to_owned(), |rate| self.decimal(rate, 2))
    }

    /// A share from 0 to 1 in per cent.
    #[must_use]
    pub fn percent(self, share: f64) -> String {
        let number = self.decimal(100.0 * share, 0);
        if self == Self::En { format!("{number}%") } else { format!("{number}\u{a0}%") }
    }

    /// A share that may be small, in per cent with one decimal.
    #[must_use]
    pub fn percent_finely(self, share: f64) -> String {
        let is_tiny = share > 0.0 && share < 0.000_5;
        let under = if is_tiny { "under " } else { "" };
        let number = self.decimal(if is_tiny { 0.1 } else { 100.0 * share }, 1);
        if self == Self::En { format!("{under}{number}%") } else { format!("{under}{number}\u{a0}%") }
    }

    /// A p value: `p = 0,042`, `p < 0,001`.
    #[must_use]
    pub fn p(self, p: f64) -> String {
        if p < 0.001 {
            format!("p\u{a0}<\u{a0}{}", self.decimal(0.001, 3))
        } else {
            format!("p\u{a0}=\u{a0}{}", self.decimal(p, 3))
        }
    }

    /// An ISO date, or the beginning of one, as people write it; anything else as it is.
    #[must_use]
    pub fn date(self, iso: &str) -> String {
        let parts: Vec<&str> = iso.splitn(3, '-').collect();
        let is_date = parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
        match (self, parts.as_slice()) {
            (Self::Nb | Self::Nn, [year, month, day]) if is_date => format!("{day}.{month}.{year}"),
            (Self::Nb | Self::Nn, [year, month]) if is_date => format!("{month}.{year}"),
            _ => iso.to_owned(),
        }
    }

    /// A period: `mars 2016`, `2. kv. 2016`, `2016`.
    #[must_use]
    pub fn period(self, grain: Grain, period: &Period) -> String {
        match grain {
            Grain::Year => period.year.to_string(),
            Grain::Quarter => self.pick(
                format!("{}. kv. {}", period.part, period.year),
                format!("{}. kv. {}", period.part, period.year),
                format!("Q{} {}", period.part, period.year),
            ),
            Grain::Month => {
                let month = MONTHS[(period.part.clamp(1, 12) - 1) as usize];
                format!("{} {}", month[usize::from(self == Self::En)], period.year)
            }
        }
    }

    /// `1 dokument`, `3 dokumenter`.
    #[must_use]
    pub fn counted(self, count: u64, one: Term, many: Term) -> String {
        format!("{}\u{a0}{}", self.count(count), self.term(if count == 1 { one } else { many }))
    }

    /// `Start, Underveis og Slutt`.
    #[must_use]
    pub fn list(self, items: &[String]) -> String {
        let and = self.pick(" og ", " og ", " and ");
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [rest @ .., last] => format!("{}{and}{last}", rest.join(", ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_language_writes_them() {
        assert_eq!(Lang::Nb.count(1_234_567), "1\u{202f}234\u{202f}567");
        assert_eq!(Lang::En.count(1_411), "1,411");
        assert_eq!(Lang::Nb.decimal(-0.284, 2), "\u{2212}0,28");
        assert_eq!(Lang::Nn.decimal(-0.001, 2), "0,00");
        assert_eq!(Lang::Nb.signed(0.5, 1), "+0,5");
        assert_eq!(Lang::Nb.signed(0.001, 2), "0,00");
        assert_eq!(Lang::Nb.percent(0.364), "36\u{a0}%");
        assert_eq!(Lang::Nb.percent_finely(0.0214), "2,1\u{a0}%");
        assert_eq!(Lang::En.percent_finely(0.000_4), "under 0.1%");
        assert_eq!(Lang::Nb.p(0.0004), "p\u{a0}<\u{a0}0,001");
    }

    #[test]
    fn dates_are_turned_round_and_other_texts_are_not() {
        assert_eq!(Lang::Nb.date("2016-03-12"), "12.03.2016");
        assert_eq!(Lang::Nn.date("2016-03"), "03.2016");
        assert_eq!(Lang::En.date("2016-03-12"), "2016-03-12");
        assert_eq!(Lang::Nb.date("våren-2016"), "våren-2016");
    }

    #[test]
    fn lists_end_with_and() {
        let items = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(Lang::Nb.list(&items), "a, b og c");
        assert_eq!(Lang::En.list(&items[..2]), "a and b");
    }
}
