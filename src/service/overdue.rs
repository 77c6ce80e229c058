//! What time does: attempts whose time has passed are closed, and what has ended is scored.

use crate::domain::id::AttemptId;
use crate::service::{Ctx, Refusal, result};
use crate::store::clock;

/// Attempts of one round: other work must get its turn.
const AT_ONCE: i32 = 100;

/// What a round has done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    /// Attempts that were closed because their time had passed.
    pub closed: usize,
    /// Attempts that were scored.
    pub scored: usize,
}

/// Closes what is overdue and scores what has ended. Every second, by every server.
pub async fn sweep(ctx: &Ctx) -> Result<Swept, Refusal> {
    let closed = close(ctx).await?;
    let scored = score_awaiting(ctx).await?;
    if closed + scored > 0 {
        tracing::info!(closed, scored, "attempts ended");
    }
    Ok(Swept { closed, scored })
}

async fn close(ctx: &Ctx) -> Result<usize, Refusal> {
    let work = ctx.clone();
    ctx.detached(async move {
        let mut closed = 0;
        loop {
            let mut conn = work.pools.staff.acquire().await?;
            let now = clock::close_overdue(&mut conn, AT_ONCE).await?.len();
            closed += now;
            if i32::try_from(now).unwrap_or(AT_ONCE) < AT_ONCE {
                return Ok(closed);
            }
        }
    })
    .await
}

/// Scores every ended attempt that waits for it. One that cannot be scored is logged and does not
/// keep the others waiting.
pub async fn score_awaiting(ctx: &Ctx) -> Result<usize, Refusal> {
    let mut scored = 0;
    loop {
        let mut conn = ctx.pools.scorer.acquire().await?;
        let waiting = clock::list_awaiting_result(&mut conn, AT_ONCE).await?;
        drop(conn);
        let all = waiting.len();
        let mut now = 0;
        for (organisation, attempt) in waiting {
            match result::score(ctx, organisation, attempt).await {
                Ok(is_added) => now += usize::from(is_added),
                Err(outage @ Refusal::Unavailable(_)) => return Err(outage),
                Err(cause) => tracing::error!(%attempt, %cause, "cannot be scored"),
            }
        }
        scored += now;
        if now == 0 || i32::try_from(all).unwrap_or(AT_ONCE) < AT_ONCE {
            return Ok(scored);
        }
    }
}

/// Scores an attempt that has just been handed in. The next round would do it too, so a failure is
/// only logged: the candidate's receipt does not wait for a score.
pub async fn after_submit(ctx: &Ctx, attempt: AttemptId) {
    if let Err(cause) = result::score_finished(ctx, attempt).await {
        tracing::warn!(%attempt, %cause, "will be scored by the next round");
    }
}
