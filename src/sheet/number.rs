//! Numbers as spreadsheets write them.

/// A whole number, also one that a spreadsheet wrote with a decimal: `3.0` or `3,0`.
pub(crate) fn whole_number(text: &str) -> Option<u32> {
    let text = text.strip_suffix(".0").or_else(|| text.strip_suffix(",0")).unwrap_or(text);
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::whole_number;

    #[test]
    fn a_whole_number_may_have_a_decimal_that_is_zero() {
        for (text, expected) in [("3", Some(3)), ("3.0", Some(3)), ("3,0", Some(3)), ("3,5", None), ("tre", None)] {
            assert_eq!(whole_number(text), expected, "{text}");
        }
    }
}
