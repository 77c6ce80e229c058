//! What the house does by itself because time passes.

use crate::service::{Ctx, Refusal};
use crate::store::clock;

/// A pause of the server that nobody needs time back for: shorter than a candidate would notice.
const UNNOTICED_SECONDS: f64 = 2.0;
/// Invitations that are deleted in one transaction: other work must get its turn.
const ERASE_AT_ONCE: i32 = 100;

/// Gives back the time that the house was away. Before anything is closed and before the first save.
pub async fn credit_outage(ctx: &Ctx) -> Result<i32, Refusal> {
    let mut conn = ctx.pools.scorer.acquire().await?;
    Ok(clock::credit_outage(&mut conn, UNNOTICED_SECONDS).await?)
}

/// Says that the house is open. Not through the pool that exports may hold: a heart that waits for a
/// connection would look like an outage.
pub async fn beat(ctx: &Ctx) -> Result<i32, Refusal> {
    let mut conn = ctx.pools.scorer.acquire().await?;
    Ok(clock::beat(&mut conn).await?)
}

/// Deletes what is past its date, forgets sessions that are over. Says how many invitations went.
pub async fn clear_out(ctx: &Ctx) -> Result<i32, Refusal> {
    let mut gone = 0;
    loop {
        let mut conn = ctx.pools.staff.acquire().await?;
        let now = clock::erase_due(&mut conn, ERASE_AT_ONCE).await?;
        gone += now;
        if now < ERASE_AT_ONCE {
            clock::sweep_people(&mut conn).await?;
            break;
        }
    }
    ctx.limiter.tidy();
    Ok(gone)
}
