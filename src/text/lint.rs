//! The two sentences of a linter's finding: what is wrong, and what to do.

use super::{FluentValue, here};

/// Why a finding was made.
pub fn reason(code: &str, args: &[(&'static str, String)]) -> String {
    sentence(&format!("lint-{code}"), args)
}

/// What to do about it.
pub fn advice(code: &str, args: &[(&'static str, String)]) -> String {
    sentence(&format!("lint-{code}-advice"), args)
}

fn sentence(key: &str, args: &[(&'static str, String)]) -> String {
    let value = |text: &String| match text.parse::<i64>() {
        Ok(number) if number.to_string() == *text => FluentValue::from(number),
        _ => FluentValue::from(text.clone()),
    };
    let args: Vec<_> = args.iter().map(|(name, text)| (*name, value(text))).collect();
    here(key, &args)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use crate::text::{FILES, knows};

    #[test]
    fn every_finding_has_its_two_sentences_and_every_sentence_a_finding() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut sources = fs::read_to_string(root.join("catalog/lint.rs")).expect("readable");
        for entry in fs::read_dir(root.join("domain/lint")).expect("the rules").flatten() {
            sources.push_str(&fs::read_to_string(entry.path()).expect("readable"));
        }
        let (_, file) = FILES.iter().find(|(name, _)| *name == "lint").expect("the sentences");
        let written: BTreeSet<&str> = file
            .lines()
            .filter_map(|line| Some(line.strip_prefix("lint-")?.split_once(" =")?.0))
            .filter(|key| !key.starts_with("severity-"))
            .map(|key| key.strip_suffix("-advice").unwrap_or(key))
            .collect();
        for code in &written {
            assert!(sources.contains(&format!("\"{code}\"")), "no finding says {code}");
            assert!(
                knows(&format!("lint-{code}")) && knows(&format!("lint-{code}-advice")),
                "{code}"
            );
        }
        // Codes are the last text of the calls that make a finding.
        for call in ["Finding::error(", "Finding::warning(", "unreadable("] {
            for rest in sources.split(call).skip(1) {
                let call = rest.split([')', ';']).next().unwrap_or_default();
                let Some(code) = call.rsplit('"').nth(1) else { continue };
                let is_code =
                    !code.is_empty() && code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
                if is_code && call.trim_end().trim_end_matches(',').ends_with('"') {
                    assert!(written.contains(code), "{code} has no sentence");
                }
            }
        }
    }
}
