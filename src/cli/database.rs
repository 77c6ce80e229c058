//! The database of a command: an outside one, or the private one.

use std::future::Future;
use std::time::Duration;

use super::Failure;
use crate::config::Config;
use crate::embedded::Embedded;
use crate::service::Ctx;
use crate::store::{self, pool::Pools, pool::Sizes};

/// How long the private database may take to stop in an orderly way: it writes everything down.
const STOP: Duration = Duration::from_secs(30);
/// How long connections may take to end.
const CLOSE: Duration = Duration::from_secs(5);

/// A database that answers.
pub enum Database {
    /// Named by `DATABASE_URL`.
    Outside(String),
    /// Ours, running now.
    Private(Embedded),
}

impl Database {
    /// For the server: nobody else may run the private database.
    pub async fn for_server(config: &Config) -> Result<Self, Failure> {
        match &config.database_url {
            Some(url) => Ok(Self::Outside(url.clone())),
            None => Ok(Self::Private(Embedded::start(&config.embedded()).await?)),
        }
    }

    /// For a command, beside a running server or without one.
    pub async fn for_command(config: &Config) -> Result<Self, Failure> {
        match &config.database_url {
            Some(url) => Ok(Self::Outside(url.clone())),
            None => Ok(Self::Private(Embedded::start_or_join(&config.embedded()).await?)),
        }
    }

    /// Where sqlx connects.
    pub fn url(&self) -> String {
        match self {
            Self::Outside(url) => url.clone(),
            Self::Private(embedded) => embedded.url(),
        }
    }

    /// Stops what this command started.
    pub async fn close(self) {
        if let Self::Private(embedded) = self {
            embedded.stop(STOP).await;
        }
    }
}

/// What a new database is founded as.
pub fn kind(config: &Config) -> store::Kind {
    if config.is_demo { store::Kind::Demo } else { store::Kind::Live }
}

/// Runs a command that needs services, on a database of this version.
pub async fn with_house<T, F>(config: Config, command: impl FnOnce(Ctx) -> F) -> Result<T, Failure>
where
    F: Future<Output = Result<T, Failure>>,
{
    let database = Database::for_command(&config).await?;
    let outcome = async {
        let url = database.url();
        store::migrate(&url, kind(&config)).await?;
        let sizes = Sizes { candidate: 1, staff: 2, scorer: 2 };
        let ctx = Ctx::open(config, Pools::connect_sized(&url, sizes).await?)?;
        let outcome = command(ctx.clone()).await;
        close_pools(&ctx).await;
        outcome
    };
    let outcome = outcome.await;
    database.close().await;
    outcome
}

/// Ends the connections; one that hangs does not hold up the rest.
pub async fn close_pools(ctx: &Ctx) {
    if tokio::time::timeout(CLOSE, ctx.pools.close()).await.is_err() {
        tracing::warn!("some connections to the database did not end in time");
    }
}
