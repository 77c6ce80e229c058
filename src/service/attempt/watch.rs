//! Pages that wait for news of their clock. However many they are, the database is asked once a
//! second for all of them, and only while there is one.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch::{self, Receiver, Sender};

use crate::domain::id::AttemptId;
use crate::domain::time::Instant;
use crate::service::{Ctx, Refusal};
use crate::store::clock::{self, Standing};

/// Between two rounds: what staff do is on the page within two seconds.
const ROUND: Duration = Duration::from_secs(1);

/// The last news of an attempt, with the database's time.
pub type News = Option<(Standing, Instant)>;

/// Who waits.
#[derive(Default)]
pub struct Watch(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    pages: HashMap<AttemptId, Sender<News>>,
    is_running: bool,
}

impl Watch {
    /// News of an attempt from now on.
    pub fn follow(self: &Arc<Self>, ctx: &Ctx, attempt: AttemptId) -> Receiver<News> {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let news = inner.pages.entry(attempt).or_insert_with(|| watch::channel(None).0).subscribe();
        if !inner.is_running {
            inner.is_running = true;
            tokio::spawn(ask_again_and_again(ctx.clone()));
        }
        news
    }

    /// The attempts that a page waits for; the round ends with the last of them.
    fn wanted(&self) -> Vec<AttemptId> {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        inner.pages.retain(|_, sender| sender.receiver_count() > 0);
        inner.is_running = !inner.pages.is_empty();
        inner.pages.keys().copied().collect()
    }

    fn tell(&self, standing: Standing, now: Instant) {
        let inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(sender) = inner.pages.get(&standing.attempt) else { return };
        sender.send_if_modified(|news| {
            let is_news = news.as_ref().is_none_or(|(before, _)| *before != standing);
            // The time goes on without being news.
            *news = Some((standing, now));
            is_news
        });
    }
}

async fn ask_again_and_again(ctx: Ctx) {
    loop {
        let wanted = ctx.watch.wanted();
        if wanted.is_empty() {
            return;
        }
        // While the database is away the pages learn it from their own questions.
        if let Err(cause) = ask(&ctx, &wanted).await {
            tracing::debug!(%cause, "the clocks could not be read");
        }
        tokio::time::sleep(ROUND).await;
    }
}

async fn ask(ctx: &Ctx, wanted: &[AttemptId]) -> Result<(), Refusal> {
    let mut conn = ctx.pools.scorer.acquire().await?;
    for (standing, now) in clock::list_standing(&mut conn, wanted).await? {
        ctx.watch.tell(standing, now);
    }
    Ok(())
}
