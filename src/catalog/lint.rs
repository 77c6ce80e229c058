//! Checks item files: first whether they can be read at all, then the rules of `domain::lint`, each
//! finding with its file and line. Nothing is kept of a file that has an error.

use super::item_file::read_file;
use super::lines::line_of_spot;
use super::{BadFile, bank, demands, line_of, skills};
use crate::domain::id::ItemCode;
use crate::domain::item::Item;
use crate::domain::lint::{self, Around, Finding, Rule, Severity, Spot};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A file of one item is never larger; the largest that is shipped has 6 KiB.
pub const MOST_BYTES: usize = 64 * 1024;

/// A finding with its file and line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// The file, as it was named; empty for findings over all files.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub finding: Finding,
}

/// What is known about one file.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The item, if the file could be read.
    pub item: Option<Item>,
    /// What is wrong, by line.
    pub findings: Vec<Located>,
}

impl Checked {
    /// Nothing that stops the item?
    pub fn is_usable(&self) -> bool {
        self.item.is_some() && !has_errors(&self.findings)
    }
}

/// Anything that stops an item?
pub fn has_errors(findings: &[Located]) -> bool {
    findings.iter().any(|located| located.finding.severity == Severity::Error)
}

/// What an item may refer to: the shipped skills and source topics.
pub fn around() -> &'static Around {
    static AROUND: OnceLock<Around> = OnceLock::new();
    AROUND.get_or_init(|| Around {
        skills: skills().map(|skill| skill.slug.clone()).collect(),
        seeds: demands().iter().map(|demand| demand.reference.clone()).collect(),
        ..Around::default()
    })
}

/// Checks one item as it is typed; `path` is for the reports.
pub fn check_text(path: &str, text: &str) -> Checked {
    if text.len() > MOST_BYTES {
        let finding = unreadable("file-large").with("most", MOST_BYTES / 1024);
        return refused(path, 1, finding);
    }
    match read_file(path, text) {
        Err(BadFile { line, message, .. }) => {
            // An end that is missing is found behind the last line.
            let line = line.min(text.lines().count().max(1));
            refused(path, line, unreadable("file").with("text", message))
        }
        Ok((item, beside)) => {
            let around = Around {
                reviewers: beside.reviewers,
                pilots: beside.pilots,
                has_formula: beside.has_formula,
                ..around().clone()
            };
            let mut findings: Vec<Located> = lint::one(&item, &around)
                .into_iter()
                .map(|finding| locate(path, text, finding))
                .collect();
            findings.sort_by_key(|one| (one.line, one.finding.rule));
            Checked { item: Some(item), findings }
        }
    }
}

/// Checks one file as it lies on the disk.
pub fn check_bytes(path: &str, bytes: &[u8]) -> Checked {
    if bytes.len() > MOST_BYTES {
        let finding = unreadable("file-large").with("most", MOST_BYTES / 1024);
        return refused(path, 1, finding);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => check_text(path, text),
        Err(error) => {
            let good = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
            let line = line_of(&good, good.len());
            refused(path, line, unreadable("file-encoding"))
        }
    }
}

/// Checks many files, each by itself and all together.
pub fn check_files<'a>(
    files: impl IntoIterator<Item = (&'a str, &'a [u8])>,
) -> (Vec<Item>, Vec<Located>) {
    let mut findings = Vec::new();
    let mut items: Vec<(&str, &str, Item)> = Vec::new();
    for (path, bytes) in files {
        let checked = check_bytes(path, bytes);
        findings.extend(checked.findings);
        if let Some(item) = checked.item {
            items.push((path, std::str::from_utf8(bytes).unwrap_or_default(), item));
        }
    }
    let mut places: BTreeMap<ItemCode, (&str, &str)> = BTreeMap::new();
    let mut once: Vec<&Item> = Vec::new();
    for (path, text, item) in &items {
        let code = &item.facts.code;
        if let Some((other, _)) = places.get(code) {
            let finding = Finding::error(Rule::L00, Spot::Field("id", 0), "id-twice")
                .with("id", code)
                .with("other", other);
            findings.push(locate(path, text, finding));
        } else {
            places.insert(code.clone(), (path, text));
            once.push(item);
        }
    }
    for (path, text, item) in &items {
        let is_lost =
            |enemy: &&ItemCode| !places.contains_key(enemy) && bank().item(enemy).is_none();
        for enemy in item.facts.enemies.iter().filter(is_lost) {
            let finding = Finding::error(Rule::L17, Spot::Field("enemy", 0), "enemy-unknown")
                .with("other", enemy);
            findings.push(locate(path, text, finding));
        }
    }
    for finding in lint::whole(once.iter().copied()) {
        let place = finding.item.as_ref().and_then(|code| places.get(code));
        let (path, text) = place.copied().unwrap_or_default();
        findings.push(locate(path, text, finding));
    }
    findings.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
    (items.into_iter().map(|(_, _, item)| item).collect(), findings)
}

fn unreadable(code: &'static str) -> Finding {
    Finding::error(Rule::L00, Spot::Field("file", 0), code)
}

fn refused(path: &str, line: usize, finding: Finding) -> Checked {
    Checked { item: None, findings: vec![Located { path: path.to_owned(), line, finding }] }
}

fn locate(path: &str, text: &str, finding: Finding) -> Located {
    Located { path: path.to_owned(), line: line_of_spot(text, &finding.spot), finding }
}

#[cfg(test)]
#[path = "lint_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "lint_many_tests.rs"]
mod many_tests;

#[cfg(test)]
#[path = "lint_safe_tests.rs"]
mod safe_tests;
