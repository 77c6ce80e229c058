//! `touchstone bank coverage`: every topic of the source articles, its skill, its items.

use std::process::ExitCode;

use serde_json::json;

use super::Format;
use crate::catalog::coverage::{Covered, covered};
use crate::cli::say;
use crate::domain::id::{ItemCode, SkillSlug};
use crate::t;

/// How it is told.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// How it is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Only topics without an item
    #[arg(long)]
    gaps: bool,
}

/// Tells; exit code 1 when a topic has no item.
pub fn run(options: &Options) -> ExitCode {
    let all = covered();
    let gaps = all.iter().filter(|one| one.is_gap()).count();
    let shown = all.iter().filter(|one| !options.gaps || one.is_gap());
    match options.format {
        Format::Text => {
            for one in shown {
                say(line(one));
            }
            say(t!("bank-coverage-summary", topics = all.len(), gaps = gaps));
        }
        Format::Json => {
            let topics: Vec<_> = shown.map(document).collect();
            say(json!({ "topics": topics, "gaps": gaps }).to_string());
        }
    }
    if gaps == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn line(one: &Covered) -> String {
    let (reference, topic) = (one.reference.to_owned(), one.topic.to_owned());
    match one.skill {
        None => t!(
            "bank-coverage-note",
            reference = reference,
            topic = topic,
            note = one.note.unwrap_or_default().to_owned()
        ),
        Some(skill) => t!(
            "bank-coverage-line",
            reference = reference,
            topic = topic,
            skill = skill.to_string(),
            named = one.named.len(),
            items = one.items.len()
        ),
    }
}

fn document(one: &Covered) -> serde_json::Value {
    let codes =
        |codes: &[&ItemCode]| -> Vec<String> { codes.iter().map(ToString::to_string).collect() };
    json!({
        "ref": one.reference,
        "lines": one.lines,
        "topic": one.topic,
        "skill": one.skill.map(SkillSlug::as_str),
        "note": one.note,
        "named": codes(&one.named),
        "items": codes(&one.items),
    })
}
