//! What every service function is given.

use std::future::Future;
use std::sync::Arc;

use crate::config::Config;
use crate::service::error::Refusal;
use crate::store::pool::Pools;

/// The house's means: pools and settings. Cheap to clone.
#[derive(Clone)]
pub struct Ctx {
    /// One pool per database role.
    pub pools: Pools,
    /// The settings.
    pub config: Arc<Config>,
}

impl Ctx {
    /// Runs a write to its end, even when the client that asked for it hangs up.
    ///
    /// A dropped request must not cancel a transaction half-way: the connection would go back to
    /// the pool in an unknown state.
    pub async fn detached<T, F>(&self, work: F) -> Result<T, Refusal>
    where
        T: Send + 'static,
        F: Future<Output = Result<T, Refusal>> + Send + 'static,
    {
        match tokio::spawn(work).await {
            Ok(outcome) => outcome,
            Err(panic) => Err(Refusal::Internal(panic.to_string())),
        }
    }
}
