//! `touchstone bank lint`: what is wrong, where, why, and what to do.

use std::path::PathBuf;
use std::process::ExitCode;

use serde_json::json;

use super::{Format, files};
use crate::catalog::lint::{Located, check_files, has_errors};
use crate::cli::{Outcome, say};
use crate::domain::id::ItemCode;
use crate::domain::lint::Severity;
use crate::t;
use crate::text::lint::{advice, reason};

/// What is checked.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// A folder of item files (TOML), or one file. Without it, the items that are built in
    path: Option<PathBuf>,
    /// How it is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Checks and tells; exit code 1 when something must be mended.
pub fn run(options: &Options) -> Outcome {
    let files = files::read(options.path.as_deref())?;
    let (items, findings) =
        check_files(files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_ref())));
    let count =
        |severity| findings.iter().filter(|located| located.finding.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    match options.format {
        Format::Text => {
            for located in &findings {
                say(line(located));
            }
            say(t!(
                "bank-lint-summary",
                files = files.len(),
                items = items.len(),
                errors = errors,
                warnings = warnings
            ));
        }
        Format::Json => say(json!({
            "files": files.len(),
            "items": items.len(),
            "errors": errors,
            "warnings": warnings,
            "findings": findings.iter().map(document).collect::<Vec<_>>(),
        })
        .to_string()),
    }
    Ok(if has_errors(&findings) { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn severity(located: &Located) -> String {
    match located.finding.severity {
        Severity::Error => t!("lint-severity-error"),
        Severity::Warning => t!("lint-severity-warning"),
    }
}

fn line(located: &Located) -> String {
    let finding = &located.finding;
    let place = if located.path.is_empty() {
        t!("bank-lint-all")
    } else {
        format!("{}:{}", located.path, located.line)
    };
    format!(
        "{place}: {} {}: {} {}",
        finding.rule,
        severity(located),
        reason(finding.code, &finding.args),
        advice(finding.code, &finding.args)
    )
}

fn document(located: &Located) -> serde_json::Value {
    let finding = &located.finding;
    json!({
        "file": located.path,
        "line": located.line,
        "item": finding.item.as_ref().map(ItemCode::as_str),
        "rule": finding.rule.to_string(),
        "severity": finding.severity,
        "code": finding.code,
        "reason": reason(finding.code, &finding.args),
        "advice": advice(finding.code, &finding.args),
    })
}
