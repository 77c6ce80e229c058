//! `touchstone doctor`: findings of the service, with words and a way to mend each.

use std::process::ExitCode;

use clap::ValueEnum;
use serde_json::json;

use super::database::Database;
use super::{Outcome, say};
use crate::config::Config;
use crate::embedded::Embedded;
use crate::service::doctor::{Check, Finding, State, examine, surroundings};
use crate::t;

/// How the doctor speaks.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Form of the answer
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Lines for people
    Text,
    /// One JSON document
    Json,
}

/// Examines and tells; exit code 1 when something breaks the promise.
pub async fn run(config: Config, options: &Options) -> Outcome {
    let findings = find(&config).await;
    match options.format {
        Format::Text => tell(&findings),
        Format::Json => say(document(&findings)),
    }
    let is_broken = findings.iter().any(|finding| finding.state == State::Broken);
    Ok(if is_broken { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

async fn find(config: &Config) -> Vec<Finding> {
    let is_made = config.database_url.is_some() || Embedded::exists(&config.embedded());
    if !is_made {
        // Looking must not make one; `serve` does.
        return without_database(config, State::Warning, t!("cli-doctor-not-made")).await;
    }
    match Database::for_command(config).await {
        Ok(database) => {
            let findings = examine(config, &database.url()).await;
            database.close().await;
            findings
        }
        Err(failure) => without_database(config, State::Broken, failure.to_string()).await,
    }
}

async fn without_database(config: &Config, state: State, found: String) -> Vec<Finding> {
    let mut findings = vec![Finding { check: Check::Reachable, state, found }];
    findings.extend(surroundings(config).await);
    findings
}

fn tell(findings: &[Finding]) {
    for finding in findings {
        say(line(finding));
        if finding.state != State::Good {
            say(format!("         {}", mend(finding.check).replace('\n', "\n         ")));
        }
    }
    let count = |state| findings.iter().filter(|finding| finding.state == state).count();
    let (broken, warnings) = (count(State::Broken), count(State::Warning));
    say("");
    say(match (broken, warnings) {
        (0, 0) => t!("cli-doctor-well"),
        (0, _) => t!("cli-doctor-warnings", warnings = warnings),
        _ => t!("cli-doctor-broken", broken = broken, warnings = warnings),
    });
}

/// One finding in one line.
pub fn line(finding: &Finding) -> String {
    let state = match finding.state {
        State::Good => t!("cli-doctor-state-good"),
        State::Warning => t!("cli-doctor-state-warning"),
        State::Broken => t!("cli-doctor-state-broken"),
    };
    let title = title(finding.check);
    if finding.found.is_empty() {
        format!("{state:<8} {title}")
    } else {
        format!("{state:<8} {title}: {}", finding.found)
    }
}

fn document(findings: &[Finding]) -> String {
    let findings: Vec<_> = findings
        .iter()
        .map(|finding| {
            let is_good = finding.state == State::Good;
            json!({
                "check": code(finding.check),
                "state": match finding.state {
                    State::Good => "good",
                    State::Warning => "warning",
                    State::Broken => "broken",
                },
                "found": finding.found,
                "mend": (!is_good).then(|| mend(finding.check)),
            })
        })
        .collect();
    format!("{:#}", json!({ "findings": findings }))
}

/// The name of a check for programs. It does not change.
fn code(check: Check) -> &'static str {
    match check {
        Check::Reachable => "reachable",
        Check::Version => "version",
        Check::Fsync => "fsync",
        Check::SynchronousCommit => "synchronous_commit",
        Check::FullPageWrites => "full_page_writes",
        Check::Checksums => "data_checksums",
        Check::Encoding => "encoding",
        Check::Connections => "connections",
        Check::Exposed => "database_tls",
        Check::Clock => "clock",
        Check::Roles => "roles",
        Check::Migrations => "migrations",
        Check::Guards => "guards",
        Check::Integrity => "integrity",
        Check::PublicUrl => "public_url",
        Check::Mail => "mail",
        Check::Disk => "disk",
    }
}

fn title(check: Check) -> String {
    match check {
        Check::Reachable => t!("cli-doctor-reachable"),
        Check::Version => t!("cli-doctor-version"),
        Check::Fsync => t!("cli-doctor-fsync"),
        Check::SynchronousCommit => t!("cli-doctor-synchronous-commit"),
        Check::FullPageWrites => t!("cli-doctor-full-page-writes"),
        Check::Checksums => t!("cli-doctor-checksums"),
        Check::Encoding => t!("cli-doctor-encoding"),
        Check::Connections => t!("cli-doctor-connections"),
        Check::Exposed => t!("cli-doctor-exposed"),
        Check::Clock => t!("cli-doctor-clock"),
        Check::Roles => t!("cli-doctor-roles"),
        Check::Migrations => t!("cli-doctor-migrations"),
        Check::Guards => t!("cli-doctor-guards"),
        Check::Integrity => t!("cli-doctor-integrity"),
        Check::PublicUrl => t!("cli-doctor-public-url"),
        Check::Mail => t!("cli-doctor-mail"),
        Check::Disk => t!("cli-doctor-disk"),
    }
}

fn mend(check: Check) -> String {
    match check {
        Check::Reachable => t!("cli-doctor-reachable-mend"),
        Check::Version => t!("cli-doctor-version-mend"),
        Check::Fsync => t!("cli-doctor-fsync-mend"),
        Check::SynchronousCommit => t!("cli-doctor-synchronous-commit-mend"),
        Check::FullPageWrites => t!("cli-doctor-full-page-writes-mend"),
        Check::Checksums => t!("cli-doctor-checksums-mend"),
        Check::Encoding => t!("cli-doctor-encoding-mend"),
        Check::Connections => t!("cli-doctor-connections-mend"),
        Check::Exposed => t!("cli-doctor-exposed-mend"),
        Check::Clock => t!("cli-doctor-clock-mend"),
        Check::Roles => t!("cli-doctor-roles-mend"),
        Check::Migrations => t!("cli-doctor-migrations-mend"),
        Check::Guards => t!("cli-doctor-guards-mend"),
        Check::Integrity => t!("cli-doctor-integrity-mend"),
        Check::PublicUrl => t!("cli-doctor-public-url-mend"),
        Check::Mail => t!("cli-doctor-mail-mend"),
        Check::Disk => t!("cli-doctor-disk-mend"),
    }
}
