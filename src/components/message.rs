//! The one table from the code of a refusal to its sentence: `text/en/refusal.ftl`.
//!
//! A refusal with the code `required` says the sentence `refusal-required`. **One more refusal**: a
//! line in that file. A test finds codes without a sentence and sentences without a code.

use crate::text::{FluentValue, here, knows};

/// The sentence of a refusal, in the language of the page.
///
/// A code that nobody has written a sentence for is logged and answered with a sentence that is
/// always true.
pub fn sentence(code: &str, args: &[(&'static str, String)]) -> String {
    let key = format!("refusal-{code}");
    let args: Vec<_> = args.iter().map(|(name, value)| (*name, argument(value))).collect();
    if knows(&key) {
        return here(&key, &args);
    }
    tracing::error!(code, "no sentence for this refusal");
    here("refusal-unknown", &[])
}

/// A whole number is one, so that sentences can tell one item from two.
fn argument(value: &str) -> FluentValue<'static> {
    match value.parse::<i64>() {
        Ok(number) if number.to_string() == value => number.into(),
        _ => value.to_owned().into(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::components::testing::html;

    #[test]
    fn a_code_without_a_sentence_still_says_something_true() {
        let drawn = html(|| sentence("nobody-wrote-this", &[]));
        assert!(!drawn.contains("nobody") && drawn.len() > 10);
    }

    /// The text of every source file.
    fn sources(folder: &Path, all: &mut String) {
        for entry in fs::read_dir(folder).expect("a folder of sources").flatten() {
            let path = entry.path();
            if path.is_dir() {
                sources(&path, all);
            } else if path.extension().is_some_and(|end| end == "rs") {
                all.push_str(&fs::read_to_string(&path).expect("readable"));
            }
        }
    }

    fn codes_with_sentences() -> BTreeSet<&'static str> {
        let (_, file) = crate::text::FILES.iter().find(|(name, _)| *name == "refusal").expect("it");
        file.lines()
            .filter_map(|line| line.strip_prefix("refusal-")?.split_once(" ="))
            .map(|(code, _)| code)
            .collect()
    }

    #[test]
    fn every_code_has_a_sentence_and_every_sentence_a_code() {
        let mut all = String::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut all);
        let sentences = codes_with_sentences();
        // Codes are the last text of the calls that make a refusal.
        let mut missing = BTreeSet::new();
        for call in ["FieldError::new(", "Refusal::field(", "Problem::new(", "Conflict("] {
            for rest in all.split(call).skip(1) {
                let call = rest.split([')', ';', '\n']).next().unwrap_or_default();
                let Some(code) = call.rsplit('"').nth(1) else { continue };
                let is_code = code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
                if is_code && call.trim_end().ends_with('"') && !sentences.contains(code) {
                    missing.insert(code.to_owned());
                }
            }
        }
        assert_eq!(missing, BTreeSet::new(), "codes without a sentence in refusal.ftl");
        // `email-` goes in front of the codes of addresses.
        let is_used = |code: &str| {
            let named = |code: &str| all.contains(&format!("\"{code}\""));
            named(code) || code.strip_prefix("email-").is_some_and(named)
        };
        let unused: Vec<_> = sentences.iter().filter(|code| !is_used(code)).collect();
        assert!(unused.is_empty(), "sentences that no code uses: {unused:?}");
    }

    #[test]
    fn a_sentence_counts() {
        let of = |count: &str| {
            sentence("kind-missing", &[("section", "A".into()), ("count", count.into())])
        };
        assert!(html(|| of("1")).contains("one planned item is"));
        assert!(html(|| of("2")).contains("2 planned items are"));
    }
}
