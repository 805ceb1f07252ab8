//! Text in lines of a terminal's width.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use super::escape::terminal;

/// Stands where text is left out.
pub(super) const CUT: &str = "[…]";

/// `text` in lines of at most `width` columns, broken at blanks; a word that is wider is broken where the line ends.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        for (index, piece) in pieces(word, width).into_iter().enumerate() {
            let line = lines.last_mut().expect("there is always a line");
            if line.is_empty() {
                line.push_str(piece);
            } else if index == 0 && line.width() + 1 + piece.width() <= width {
                line.push(' ');
                line.push_str(piece);
            } else {
                lines.push(piece.to_owned());
            }
        }
    }
    lines
}

/// `text` in lines of at most `width` columns for a terminal, each with `indent` in front; none where nothing is said.
pub(super) fn wrapped(text: &str, indent: &str, width: usize) -> String {
    let lines = wrap(&terminal(text), width.saturating_sub(indent.width()).max(1));
    lines.iter().filter(|line| !line.is_empty()).map(|line| format!("{indent}{line}\n")).collect()
}

/// `items` in lines of at most `width` columns with `blank` between; no item is broken that fits in a line.
pub(super) fn wrap_items(items: &[String], blank: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for item in items {
        match lines.last_mut() {
            Some(line) if line.width() + blank.width() + item.width() <= width => {
                line.push_str(blank);
                line.push_str(item);
            }
            _ => lines.extend(wrap(item, width)),
        }
    }
    lines
}

/// A word in pieces that are not wider than `width`.
fn pieces(word: &str, width: usize) -> Vec<&str> {
    let (mut pieces, mut start, mut columns) = (Vec::new(), 0, 0);
    if word.width() <= width {
        return vec![word];
    }
    for (at, character) in word.char_indices() {
        let own = character.width().unwrap_or(0);
        if columns + own > width && at > start {
            pieces.push(&word[start..at]);
            (start, columns) = (at, 0);
        }
        columns += own;
    }
    pieces.push(&word[start..]);
    pieces
}

/// The end of `text` that fits into `width` columns.
pub(super) fn cut_front(text: &str, width: usize) -> &str {
    let mut start = text.len();
    for (at, _) in text.char_indices().rev() {
        if text[at..].width() > width {
            break;
        }
        start = at;
    }
    &text[start..]
}

/// The start of `text` that fits into `width` columns.
pub(super) fn cut_back(text: &str, width: usize) -> &str {
    let mut end = 0;
    for (at, character) in text.char_indices() {
        if text[..at + character.len_utf8()].width() > width {
            break;
        }
        end = at + character.len_utf8();
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_to_the_width() {
        assert_eq!(wrap("et  langt\navsnitt her", 9), ["et langt", "avsnitt", "her"]);
        assert_eq!(wrap("mappe/navn.txt, linje 3", 6), ["mappe/", "navn.t", "xt,", "linje", "3"]);
        assert_eq!(wrap("日本語 a", 4), ["日本", "語 a"]);
        assert_eq!(wrap("", 9), [""]);
        assert_eq!(wrapped("et langt avsnitt her", "  ", 11), "  et langt\n  avsnitt\n  her\n");
        assert_eq!(wrapped(" ", "  ", 11), "");
        let items = ["nord · start 3", "sør 1"].map(str::to_owned);
        assert_eq!(wrap_items(&items, "   ", 22), ["nord · start 3   sør 1"]);
        assert_eq!(wrap_items(&items, "   ", 21), ["nord · start 3", "sør 1"]);
        assert_eq!(wrap_items(&[], "   ", 21), Vec::<String>::new());
    }

    #[test]
    fn cuts_go_by_columns() {
        assert_eq!(cut_front("forankring", 4), "ring");
        assert_eq!(cut_back("日本語", 5), "日本");
        assert_eq!(cut_back("kort", 80), "kort");
    }
}
