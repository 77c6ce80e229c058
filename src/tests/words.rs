//! The sentences of `src/text` and the sources that say them: neither has what the other lacks.
//!
//! Codes of refusals and of the linter have tests of their own, beside the tables of their sentences.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use touchstone::text::FILES;

/// The sources of the product as one text each.
fn sources(folder: &Path, all: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            if !path.ends_with("src/tests") {
                sources(&path, all);
            }
        } else if path.extension().is_some_and(|end| end == "rs") {
            let text = fs::read_to_string(&path).expect("text");
            let is_code = |line: &&str| !line.trim_start().starts_with("//");
            let code: Vec<&str> = text.lines().filter(is_code).collect();
            all.push((path.display().to_string(), code.join("\n")));
        }
    }
}

fn product() -> Vec<(String, String)> {
    let mut all = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut all);
    assert!(all.len() > 150, "only {} sources", all.len());
    all
}

/// Every key with the names of its arguments.
fn keys() -> BTreeMap<String, BTreeSet<String>> {
    let mut keys: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut last = String::new();
    for line in FILES.iter().flat_map(|(_, file)| file.lines()) {
        let begins = line.starts_with(|c: char| c.is_ascii_lowercase());
        if let (true, Some((key, _))) = (begins, line.split_once(" =")) {
            key.clone_into(&mut last);
            keys.entry(last.clone()).or_default();
        }
        if line.starts_with('#') {
            continue;
        }
        for piece in line.split('$').skip(1) {
            let name = piece.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_');
            keys.entry(last.clone()).or_default().insert(name.collect());
        }
    }
    assert!(keys.len() > 300, "only {} sentences", keys.len());
    keys
}

/// The calls of `t!` in a source: the key and everything between the parentheses.
fn calls(code: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("t!(") {
        // The end of another macro's name, such as `assert!`, is none of ours.
        if code[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_') {
            continue;
        }
        let inside = &code[at + 3..];
        let mut depth = 1;
        let mut is_text = false;
        let end = inside.char_indices().find(|(at, c)| {
            match c {
                '"' if !inside[..*at].ends_with('\\') => is_text = !is_text,
                '(' if !is_text => depth += 1,
                ')' if !is_text => depth -= 1,
                _ => {}
            }
            depth == 0
        });
        let inside = end.map_or(inside, |(end, _)| &inside[..end]);
        if let Some(key) = inside.trim_start().strip_prefix('"').and_then(|it| it.split('"').next())
        {
            found.push((key, inside));
        }
    }
    found
}

#[test]
fn every_sentence_that_is_said_is_written_with_its_arguments() {
    let keys = keys();
    let mut problems = Vec::new();
    let mut said = 0;
    for (path, code) in product() {
        for (key, inside) in calls(&code) {
            said += 1;
            let Some(arguments) = keys.get(key) else {
                problems.push(format!("{path}: {key} has no sentence"));
                continue;
            };
            for argument in arguments {
                if !inside.contains(&format!("{argument} =")) {
                    problems.push(format!("{path}: {key} is not given {argument}"));
                }
            }
        }
        // Mails and the command line name the language.
        for piece in code.split("say(").skip(1) {
            let piece = piece.trim_start();
            let piece = ["locale, ", "self.locale, ", "ctx.config.locale, "]
                .iter()
                .find_map(|language| piece.strip_prefix(language))
                .unwrap_or(piece);
            let Some(key) = piece.strip_prefix('"').and_then(|it| it.split('"').next()) else {
                continue;
            };
            let is_key = FILES.iter().any(|(file, _)| key.starts_with(&format!("{file}-")));
            if is_key && !keys.contains_key(key) {
                problems.push(format!("{path}: {key} has no sentence"));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(said > 300, "only {said} sentences are said");
}

#[test]
fn every_sentence_that_is_written_is_said() {
    let mut literals = BTreeSet::new();
    for (_, code) in product() {
        // What stands between two literals is looked at too: nothing else looks like a key.
        for literal in code.split('"') {
            let is_key = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            if literal.contains('-') && literal.chars().all(is_key) {
                literals.insert(literal.to_owned());
            }
        }
    }
    let unsaid: Vec<String> = keys()
        .into_keys()
        .filter(|key| !["refusal-", "lint-"].iter().any(|coded| key.starts_with(coded)))
        .filter(|key| !literals.contains(key))
        .collect();
    assert!(unsaid.is_empty(), "{unsaid:#?}");
}

#[test]
fn a_file_holds_its_own_subject() {
    for (name, file) in FILES {
        for line in file.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase())) {
            let key = line.split(' ').next().unwrap_or_default();
            assert!(key.starts_with(&format!("{name}-")), "{name}.ftl holds {key}");
        }
    }
}
