//! What stands between a draft and its review: the rules of good items, found as one types.

use std::sync::Arc;

use crate::catalog::item_source::Source;
use crate::catalog::lint::check_text;
use crate::catalog::{self, BadFile, Written};
use crate::domain::lint::{Severity, Spot};
use crate::service::FieldError;
use crate::service::bank::{Entry, Stock, trigrams, write};
use crate::t;
use crate::text::lint::{advice, reason};

/// One thing to look at.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The line of the file.
    pub line: usize,
    /// It stops the review; otherwise it is for thought.
    pub is_error: bool,
    /// The field of the form, such as `option.2.why`; none: it is about the whole file.
    pub field: Option<String>,
    /// The name of the rule.
    pub rule: Option<String>,
    /// What is wrong, for the author.
    pub message: String,
    /// What to do about it.
    pub advice: Option<String>,
}

impl Finding {
    fn of(bad: &BadFile) -> Self {
        let message = bad.message.clone();
        let (field, rule, advice) = (None, None, None);
        Self { line: bad.line, is_error: true, field, rule, message, advice }
    }

    /// As the refusal of a form.
    pub fn refused(&self) -> FieldError {
        FieldError::new(self.field.clone().unwrap_or_default(), "item-source")
            .with("line", self.line)
            .with("message", &self.message)
    }
}

/// What was found about a file.
#[derive(Debug)]
pub struct Checked {
    /// What could be read of it.
    pub written: Result<Written, BadFile>,
    /// What to look at, in the order of lines.
    pub findings: Vec<Finding>,
    /// Items that say nearly the same, with the share of common trigrams in ten-thousandths.
    pub near: Vec<(Arc<Entry>, u32)>,
}

impl Checked {
    /// What stops the review.
    pub fn errors(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|one| one.is_error)
    }
}

/// Checks a file against the rules and against the rest of the bank.
pub fn check(stock: &Stock, source: &str) -> Checked {
    let written = catalog::read_written("item", source);
    let mut findings = Vec::new();
    let mut near = Vec::new();
    match &written {
        Err(bad) => findings.push(Finding::of(bad)),
        Ok(read) => {
            match &read.item {
                Err(bad) => findings.push(Finding::of(bad)),
                Ok(item) => {
                    let is_lost = |enemy: &&_| stock.entry(enemy).is_none();
                    if let Some(enemy) = item.facts.enemies.iter().find(is_lost) {
                        let at = source.find("enemy");
                        let line = at.map_or(1, |at| catalog::line_of(source, at));
                        let message = t!("refusal-item-unknown", item = enemy.to_string());
                        let field = Some("enemy".to_owned());
                        let bad = BadFile { path: String::new(), line, message };
                        findings.push(Finding { field, ..Finding::of(&bad) });
                    }
                    findings.extend(rules(source));
                }
            }
            // What may not even be kept, unless a rule has said so already.
            if let Err(bad) = write::read("item", source)
                && findings.iter().all(|one| one.line != bad.line)
            {
                findings.push(Finding::of(&bad));
            }
            near = stock.near(&trigrams(read), &read.code);
        }
    }
    Checked { written, findings, near }
}

/// The rules of good items, as far as they are about one item of an organisation.
fn rules(text: &str) -> Vec<Finding> {
    let source = Source::read("item", text).ok();
    let found = check_text("item", text).findings.into_iter();
    // Source articles are those of the shipped items: what an organisation asks may come from anywhere.
    let found = found.filter(|one| !matches!(one.finding.spot, Spot::Field("seeds", _)));
    found
        .map(|one| {
            let finding = one.finding;
            Finding {
                line: one.line,
                is_error: finding.severity == Severity::Error,
                field: source.as_ref().and_then(|source| field(source, &finding.spot)),
                rule: Some(finding.rule.to_string()),
                message: reason(finding.code, &finding.args),
                advice: Some(advice(finding.code, &finding.args)),
            }
        })
        .collect()
}

/// The place of an entry in a list.
fn place(source: &Source, list: &str, name: &str, wanted: &str) -> Option<usize> {
    let is_it = |at: &usize| {
        source
            .get(&format!("{list}.{at}.{name}"))
            .is_some_and(|found| found.trim() == wanted.trim())
    };
    (0..source.count(list)).find(is_it)
}

/// The field of the form that a spot means.
fn field(source: &Source, spot: &Spot) -> Option<String> {
    match spot {
        Spot::Field("type" | "run" | "file" | "bank", _) => None,
        Spot::Field(name, _) => Some((*name).to_owned()),
        Spot::Step(text) => place(source, "step", "text", text).map(|at| format!("step.{at}.text")),
        Spot::Entry("part.option", id, name) => {
            let (part, id) = id.split_once('.')?;
            let part = place(source, "part", "id", part)?;
            let list = format!("part.{part}.option");
            Some(format!("{list}.{}.{name}", place(source, &list, "id", id)?))
        }
        Spot::Entry("answer.partial", value, name) => {
            let at = place(source, "answer.partial", "value", value)?;
            Some(format!("answer.partial.{at}.{name}"))
        }
        Spot::Entry(list, id, name) => {
            Some(format!("{list}.{}.{name}", place(source, list, "id", id)?))
        }
    }
}
