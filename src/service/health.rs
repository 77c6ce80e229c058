//! Can the house serve?

use crate::service::{Ctx, Refusal};
use crate::store::health;

/// A save would be possible now, and what it confirms would be safe.
pub async fn check(ctx: &Ctx) -> Result<(), Refusal> {
    health::ping(&ctx.pools.candidate).await?;
    if health::keeps_promise(&ctx.pools.staff).await? {
        Ok(())
    } else {
        Err(Refusal::Internal("the settings of the database break the promise".to_owned()))
    }
}
