//! `touchstone verify`: every finished attempt is computed again from its log.

use std::process::ExitCode;

use super::database::with_house;
use super::{Failure, Outcome, complain, say};
use crate::config::Config;
use crate::domain::access::Actor;
use crate::domain::id::AttemptId;
use crate::service::Refusal;
use crate::service::result;
use crate::t;

/// What is computed again.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// One attempt, as files and addresses name it
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    attempt: Option<AttemptId>,
    /// Every finished attempt of every organisation
    #[arg(long)]
    all: bool,
}

/// Computes, compares, tells; exit code 1 when something is not as it was computed.
pub async fn run(config: Config, options: Options) -> Outcome {
    let found = with_house(config, |ctx| async move {
        result::verify(&ctx, &Actor::Operator, options.attempt).await.map_err(|refusal| {
            match refusal {
                Refusal::Hidden => Failure::new(t!("cli-verify-unknown")),
                other => other.into(),
            }
        })
    });
    let report = found.await?;
    for difference in &report.differences {
        let attempt = difference.attempt.map(|id| id.to_string()).unwrap_or_default();
        complain(&t!(
            "cli-verify-difference",
            attempt = attempt,
            what = difference.what.clone(),
            detail = difference.detail.clone()
        ));
    }
    say(t!(
        "cli-verify-summary",
        checked = report.checked,
        waiting = report.waiting,
        differences = report.differences.len()
    ));
    Ok(if report.differences.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
