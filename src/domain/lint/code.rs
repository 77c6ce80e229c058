//! L21 and L22: code that can be read, and keys that were run.

use super::view::View;
use super::words::whole_code;
use super::{Around, Finding, Rule, Spot};
use crate::domain::interaction::Kind;

/// Lines of a listing.
const MOST_LINES: usize = 25;
/// Columns of a listing; a line of a log may be longer, because it wraps.
const MOST_COLUMNS: usize = 90;
/// Columns of a line of an exhibit.
const MOST_EXHIBIT_COLUMNS: usize = 110;
/// What can run a proof. Arithmetic is a Python expression; its value is compared as text.
pub const LANGUAGES: &[&str] = &["arithmetic", "python", "javascript", "bash", "sql"];

pub fn check(view: &View<'_>, around: &Around, found: &mut Vec<Finding>) {
    for (spot, text) in view.prose() {
        listings(&spot, text, found);
    }
    let lines = view.exhibit();
    if lines.len() > MOST_LINES {
        let spot = Spot::Entry("log", lines[MOST_LINES].id.clone(), "id");
        found.push(Finding::error(Rule::L21, spot, "code-long").with("most", MOST_LINES));
    }
    for line in lines.iter().filter(|line| line.text.chars().count() > MOST_EXHIBIT_COLUMNS) {
        let spot = Spot::Entry("log", line.id.clone(), "text");
        found.push(Finding::error(Rule::L21, spot, "code-wide").with("most", MOST_EXHIBIT_COLUMNS));
    }
    proof(view, around, found);
}

/// The spot some lines further down.
fn below(spot: &Spot, lines: usize) -> Spot {
    match spot {
        Spot::Field(name, at) => Spot::Field(name, at + lines),
        other => other.clone(),
    }
}

fn listings(spot: &Spot, text: &str, found: &mut Vec<Finding>) {
    let mut open: Option<(usize, usize)> = None;
    for (at, line) in text.lines().enumerate() {
        let here = || below(spot, at);
        let fence = line.trim_start().strip_prefix("```");
        match (open, fence) {
            (None, Some(language)) => {
                open = Some((at, 0));
                if language.trim().is_empty() {
                    found.push(Finding::error(Rule::L21, here(), "code-no-language"));
                }
            }
            (Some(_), Some(_)) => open = None,
            (Some((from, lines)), None) => {
                open = Some((from, lines + 1));
                if lines == MOST_LINES {
                    found.push(
                        Finding::error(Rule::L21, here(), "code-long").with("most", MOST_LINES),
                    );
                }
                if line.chars().count() > MOST_COLUMNS {
                    found.push(
                        Finding::error(Rule::L21, here(), "code-wide").with("most", MOST_COLUMNS),
                    );
                }
            }
            (None, None) => {}
        }
    }
    if let Some((from, _)) = open {
        found.push(Finding::error(Rule::L21, below(spot, from), "code-open"));
    }
}

fn proof(view: &View<'_>, around: &Around, found: &mut Vec<Finding>) {
    let (facts, key) = (&view.item.facts, &view.item.key);
    let spot = || Spot::Field("run", 0);
    if let Some(run) = &key.run {
        if !LANGUAGES.contains(&run.language.as_str()) {
            found.push(
                Finding::error(Rule::L22, spot(), "run-language")
                    .with("language", &run.language)
                    .with("known", LANGUAGES.join(", ")),
            );
        }
        let parts = [&run.version, &run.source, &run.expect];
        if parts.iter().any(|part| part.trim().is_empty()) {
            found.push(Finding::error(Rule::L22, spot(), "run-empty"));
        }
        return;
    }
    // A number and what a program prints can be shown by running something. A formula counts; where
    // no interpreter can be asked, such as for a query plan, the author says how it was tried.
    let can_be_run = facts.kind == Kind::Numeric && !around.has_formula
        || facts.is_code_reading()
        || view.groups.iter().any(|group| {
            group.options.len() > 1
                && group.options.iter().all(|option| whole_code(&option.text).is_some())
                && view.item.body.stem.contains("```")
        });
    if can_be_run && key.evidence.is_none() {
        found.push(Finding::error(Rule::L22, Spot::Field("type", 0), "run-missing"));
    }
}
