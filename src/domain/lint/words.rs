//! Words, sentences and syllables of Markdown, code apart.

use super::lists::{ENDINGS, STOP_WORDS};
use std::collections::BTreeSet;

/// What stands for a piece of code in a sentence: short, so that code makes no text hard.
const CODE_WORD: &str = "code";

/// The prose of a Markdown text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prose {
    /// Words, in their case.
    pub words: Vec<String>,
    /// Sentences that hold words.
    pub sentences: u32,
}

impl Prose {
    /// Reads a text: fences away, each inline code as one short word.
    pub fn of(text: &str) -> Self {
        let plain = without_code(text, CODE_WORD);
        let mut prose = Self::default();
        for piece in sentences(&plain) {
            let words: Vec<String> =
                piece.split_whitespace().filter_map(word).map(ToOwned::to_owned).collect();
            if !words.is_empty() {
                prose.sentences += 1;
                prose.words.extend(words);
            }
        }
        prose
    }

    /// How many words.
    pub fn count(&self) -> u32 {
        u32::try_from(self.words.len()).unwrap_or(u32::MAX)
    }

    /// Adds another text.
    pub fn join(&mut self, other: Self) {
        self.words.extend(other.words);
        self.sentences += other.sentences;
    }

    /// Flesch-Kincaid grade in hundredths; 0 for an empty text.
    pub fn grade_hundredths(&self) -> i64 {
        let (words, sentences) = (i64::from(self.count()), i64::from(self.sentences));
        if words == 0 {
            return 0;
        }
        let syllables: i64 = self.words.iter().map(|word| syllables(word)).sum();
        39 * words / sentences + 1_180 * syllables / words - 1_559
    }
}

/// A word without the marks around it, if something is left.
fn word(raw: &str) -> Option<&str> {
    let bare = raw.trim_matches(|c: char| !c.is_alphanumeric());
    (!bare.is_empty()).then_some(bare)
}

/// Ends of sentences: a mark before a blank, an empty line, a list item, the end.
fn sentences(text: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        let next = letters.peek().copied();
        let is_break = c == '\n' && matches!(next, Some('\n' | '-' | '*' | '|'));
        let is_stop = matches!(c, '.' | '!' | '?' | ':') && next.is_none_or(char::is_whitespace);
        if is_break || is_stop {
            pieces.push(String::new());
        } else if let Some(last) = pieces.last_mut() {
            last.push(c);
        }
    }
    pieces
}

/// Groups of vowels, with the usual silent endings; numbers count one.
fn syllables(word: &str) -> i64 {
    let lower = word.to_lowercase();
    let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let mut count = 0;
    let mut was_vowel = false;
    for c in lower.chars() {
        let is = is_vowel(c);
        count += i64::from(is && !was_vowel);
        was_vowel = is;
    }
    let is_silent = lower.ends_with('e') && !lower.ends_with("le")
        || lower.ends_with("ed") && !lower.ends_with("ted") && !lower.ends_with("ded")
        || lower.ends_with("es")
            && !["ies", "ses", "ces", "ges", "xes", "zes", "shes", "ches"]
                .iter()
                .any(|end| lower.ends_with(end));
    (count - i64::from(is_silent && count > 1)).max(1)
}

/// The text with fences taken out and inline code replaced.
pub fn without_code(text: &str, instead: &str) -> String {
    let mut prose = String::with_capacity(text.len());
    let mut is_code = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            is_code = !is_code;
            prose.push('\n');
        } else if !is_code {
            prose.push_str(line);
            prose.push('\n');
        }
    }
    let mut out = String::with_capacity(prose.len());
    for (at, piece) in prose.split('`').enumerate() {
        out.push_str(if at % 2 == 0 { piece } else { instead });
    }
    out
}

/// Lower-case tokens in order; each inline code is one token, kept as it is.
pub fn token_list(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    for (at, piece) in text.split('`').enumerate() {
        if at % 2 == 1 {
            all.push(piece.to_owned());
        } else {
            let words = piece.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
            all.extend(words.map(str::to_lowercase));
        }
    }
    all
}

/// The same as a set.
pub fn tokens(text: &str) -> BTreeSet<String> {
    token_list(text).into_iter().collect()
}

/// Words that carry the meaning, without their endings.
pub fn content(text: &str) -> BTreeSet<String> {
    let plain = without_code(text, " ");
    plain
        .split(|c: char| !c.is_alphanumeric())
        .map(str::to_lowercase)
        .filter(|word| word.len() > 3 && !STOP_WORDS.contains(&word.as_str()))
        .map(|word| stem(&word))
        .collect()
}

/// A word without its commonest endings: enough to see "retry" in "retries".
fn stem(word: &str) -> String {
    for (ending, instead) in ENDINGS {
        if let Some(root) = word.strip_suffix(ending)
            && root.len() > 2
        {
            return format!("{root}{instead}");
        }
    }
    word.to_owned()
}

/// Lower case, one blank between words, no marks: equal texts look equal.
pub fn normal(text: &str) -> String {
    if let Some(code) = whole_code(text) {
        return code.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect::<Vec<_>>()
        .join(" ")
}

/// The code of a text that is nothing but code.
pub fn whole_code(text: &str) -> Option<&str> {
    let text = text.trim();
    if let Some(rest) = text.strip_prefix("```") {
        return rest.strip_suffix("```");
    }
    let inner = text.strip_prefix('`')?.strip_suffix('`')?;
    (!inner.contains('`')).then_some(inner)
}

/// Lower-case words in order, for phrases.
pub fn phrase_words(text: &str) -> Vec<String> {
    without_code(text, CODE_WORD)
        .split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '-'))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Does the sequence of words occur?
pub fn has_phrase(words: &[String], phrase: &str) -> bool {
    let wanted: Vec<&str> = phrase.split(' ').collect();
    words.windows(wanted.len()).any(|window| window.iter().zip(&wanted).all(|(a, b)| a == b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_no_prose() {
        let prose =
            Prose::of("A table is slow. Why?\n\n```sql\nSELECT 1. 2. 3;\n```\nUse `a b c`.");
        assert_eq!((prose.sentences, prose.count()), (3, 7), "{prose:?}");
    }

    #[test]
    fn long_words_in_long_sentences_are_hard() {
        let easy = Prose::of("The job runs. It is slow. It stops.").grade_hundredths();
        let hard = Prose::of(
            "Organisational considerations notwithstanding, architectural deliberation \
             necessitates comprehensive interdepartmental communication beforehand.",
        );
        assert!(easy < 300 && hard.grade_hundredths() > 2_000, "{easy}");
    }

    #[test]
    fn syllables_are_about_right() {
        let words = [("cache", 1), ("table", 2), ("retries", 2), ("database", 3), ("40", 1)];
        for (word, count) in words {
            assert_eq!(syllables(word), count, "{word}");
        }
    }

    #[test]
    fn an_inline_code_is_one_token() {
        assert_eq!(tokens("Set `a = 1` now").len(), 3);
        assert_ne!(tokens("`a < b`"), tokens("`a > b`"));
        assert_eq!(normal("The Same,  thing."), normal("the same thing"));
        assert_ne!(normal("`a < b`"), normal("`a > b`"));
    }
}
