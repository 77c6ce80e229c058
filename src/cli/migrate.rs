//! `touchstone migrate`: roles, then tables.

use super::Outcome;
use crate::config::Config;
use crate::store;

/// Applies what is missing to the database named by `DATABASE_URL`.
pub async fn run(config: &Config) -> Outcome {
    let url = config.database_url.as_deref().ok_or("DATABASE_URL names no database")?;
    let kind = if config.is_demo { store::Kind::Demo } else { store::Kind::Live };
    store::migrate(url, kind).await?;
    Ok(())
}
