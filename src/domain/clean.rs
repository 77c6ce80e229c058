//! Text that people type, made fit to be stored and shown.

/// What stands in the place of U+0000, which the database's JSON refuses.
pub const REPLACEMENT: char = '\u{FFFD}';

/// A text after cleaning, and whether the typist should be told that it changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cleaned<T> {
    /// The value to store.
    pub value: T,
    /// True when a character was replaced, not when only outer blanks went away.
    pub was_changed: bool,
}

/// Replaces U+0000 and keeps every other character, line breaks included.
pub fn text(raw: &str) -> Cleaned<String> {
    let was_changed = raw.contains('\0');
    let value = if was_changed { raw.replace('\0', "\u{FFFD}") } else { raw.to_owned() };
    Cleaned { value, was_changed }
}

/// One line: U+0000 replaced, every run of blanks and control characters is one space, no outer blanks.
pub fn line(raw: &str) -> Cleaned<String> {
    let mut value = String::with_capacity(raw.len());
    let mut was_changed = false;
    let mut is_gap = false;
    for character in raw.chars() {
        if character == '\0' || !(character.is_whitespace() || character.is_control()) {
            if is_gap && !value.is_empty() {
                value.push(' ');
            }
            is_gap = false;
            was_changed |= character == '\0';
            value.push(if character == '\0' { REPLACEMENT } else { character });
        } else {
            was_changed |= character.is_control();
            is_gap = true;
        }
    }
    Cleaned { value, was_changed }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nul_is_replaced_and_the_change_is_told() {
        assert_eq!(text("a\0b"), Cleaned { value: "a\u{FFFD}b".into(), was_changed: true });
        assert_eq!(text("a\nb"), Cleaned { value: "a\nb".into(), was_changed: false });
        assert_eq!(line("\0x"), Cleaned { value: "\u{FFFD}x".into(), was_changed: true });
    }

    #[test]
    fn a_line_has_no_breaks_and_no_outer_blanks() {
        assert_eq!(
            line("  Ada \t Lovelace "),
            Cleaned { value: "Ada Lovelace".into(), was_changed: true }
        );
        assert_eq!(
            line("Ada   Lovelace"),
            Cleaned { value: "Ada Lovelace".into(), was_changed: false }
        );
        assert_eq!(line(" \r\n ").value, "");
    }
}
