//! Can the house serve?

use crate::service::Ctx;
use crate::store;

/// The candidate's pool answers: a save would be possible now.
pub async fn check(ctx: &Ctx) -> Result<(), store::StoreError> {
    store::health::ping(&ctx.pools.candidate).await
}
