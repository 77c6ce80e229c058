//! Work of the server that nobody asks for: it is done again and again until the server stops.

use std::future::Future;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::MissedTickBehavior;

use crate::service::{Ctx, Refusal, outbox, overdue, upkeep};

/// How long a round may still take after the signal to stop.
const LAST_ROUND: Duration = Duration::from_secs(5);

/// The running work.
pub struct Background {
    tasks: JoinSet<()>,
}

impl Background {
    /// Starts all of it.
    pub fn start(ctx: &Ctx, stop: &watch::Receiver<bool>) -> Self {
        let mut tasks = JoinSet::new();
        let seconds = Duration::from_secs;
        let mut every = |name, pause, work: Work| {
            tasks.spawn(again_and_again(name, pause, work, ctx.clone(), stop.clone()));
        };
        every("heartbeat", seconds(2), |ctx| {
            Box::pin(async move { upkeep::beat(&ctx).await.map(drop) })
        });
        every("closing and scoring", seconds(1), |ctx| {
            Box::pin(async move { overdue::sweep(&ctx).await.map(drop) })
        });
        every("mail", seconds(5), |ctx| {
            Box::pin(async move { outbox::send_due(&ctx).await.map(drop) })
        });
        every("clearing out", seconds(60 * 60), |ctx| {
            Box::pin(async move { upkeep::clear_out(&ctx).await.map(drop) })
        });
        Self { tasks }
    }

    /// Waits for the rounds that are under way.
    pub async fn ended(mut self) {
        let all_ended = async { while self.tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(LAST_ROUND, all_ended).await.is_err() {
            tracing::warn!(
                left = self.tasks.len(),
                "some work in the background did not end in time"
            );
            self.tasks.shutdown().await;
        }
    }
}

type Round = std::pin::Pin<Box<dyn Future<Output = Result<(), Refusal>> + Send>>;
type Work = fn(Ctx) -> Round;

async fn again_and_again(
    name: &'static str,
    pause: Duration,
    work: Work,
    ctx: Ctx,
    mut stop: watch::Receiver<bool>,
) {
    let mut clock = tokio::time::interval(pause);
    clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut failures: u32 = 0;
    loop {
        tokio::select! {
            _ = clock.tick() => {}
            _ = stop.changed() => return,
        }
        // A task of its own, so that a panic ends one round and not the work.
        match tokio::spawn(work(ctx.clone())).await {
            Ok(Ok(())) => {
                if failures > 0 {
                    tracing::info!(work = name, failures, "works again");
                }
                failures = 0;
            }
            Ok(Err(cause)) => note(name, &mut failures, &cause.to_string()),
            Err(cause) => note(name, &mut failures, &cause.to_string()),
        }
    }
}

/// Says the first failure of a row, and then ever more seldom: a database that is away for an hour
/// is one event.
fn note(name: &str, failures: &mut u32, cause: &str) {
    *failures = failures.saturating_add(1);
    if failures.is_power_of_two() {
        tracing::warn!(work = name, failures, cause, "work in the background failed");
    }
}
