//! `touchstone migrate`: roles, then tables.

use std::process::ExitCode;

use super::database::{Database, kind};
use super::{Outcome, say};
use crate::config::Config;
use crate::store;
use crate::t;

/// Applies what is missing.
pub async fn run(config: &Config) -> Outcome {
    let database = Database::for_command(config).await?;
    let outcome = store::migrate(&database.url(), kind(config)).await;
    database.close().await;
    outcome?;
    say(t!("cli-migrated", version = env!("CARGO_PKG_VERSION")));
    Ok(ExitCode::SUCCESS)
}
