//! What every service function is given.

use std::future::Future;
use std::sync::Arc;

use tracing::Instrument as _;

use crate::config::Config;
use crate::service::attempt::{Shelf, Watch};
use crate::service::bank::Vault;
use crate::service::error::Refusal;
use crate::service::limiter::Limiter;
use crate::service::mailer::{MailError, Mailer};
use crate::store::pool::Pools;

/// The house's means: pools and settings. Cheap to clone.
#[derive(Clone)]
pub struct Ctx {
    /// One pool per database role.
    pub pools: Pools,
    /// The settings.
    pub config: Arc<Config>,
    /// Counts wrong tries at every door.
    pub limiter: Arc<Limiter>,
    /// Seals and sends mails.
    pub mailer: Arc<Mailer>,
    /// The questions of papers that are open.
    pub shelf: Arc<Shelf>,
    /// The item banks that were used.
    pub vault: Arc<Vault>,
    /// The pages that wait for news of their clock.
    pub watch: Arc<Watch>,
}

impl Ctx {
    /// Puts the means together; reads or makes the key of the mail queue.
    pub fn open(config: Config, pools: Pools) -> Result<Self, MailError> {
        let mailer = Arc::new(Mailer::open(&config)?);
        Ok(Self {
            pools,
            config: Arc::new(config),
            limiter: Arc::default(),
            mailer,
            shelf: Arc::default(),
            vault: Arc::default(),
            watch: Arc::default(),
        })
    }

    /// Runs a write to its end, even when the client that asked for it hangs up.
    ///
    /// A dropped request must not cancel a transaction half-way: the connection would go back to
    /// the pool in an unknown state.
    pub async fn detached<T, F>(&self, work: F) -> Result<T, Refusal>
    where
        T: Send + 'static,
        F: Future<Output = Result<T, Refusal>> + Send + 'static,
    {
        // Its lines in the log carry the id of the request that asked for it.
        match tokio::spawn(work.in_current_span()).await {
            Ok(outcome) => outcome,
            Err(panic) => Err(Refusal::Internal(panic.to_string())),
        }
    }
}
