//! `/take/{invitation}/clock`: a stream that beats, and says how the attempt stands when that changes.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::sse::{Event, Sse};
use axum::response::{Extension, IntoResponse, Response};
use futures::stream;
use tokio::sync::watch::Receiver;

use super::desk;
use crate::domain::time::Instant;
use crate::http::server::Stopping;
use crate::service::attempt::{self, Bearer, Pushed, Standing};
use crate::service::{Ctx, Refusal};

/// A page that hears nothing for longer than this asks by itself. Events without data are dropped by
/// browsers, so there is some.
const BEAT: Duration = Duration::from_secs(2);
/// A browser whose stream broke tries again after this long.
const AGAIN: Duration = Duration::from_secs(1);

struct Page {
    bearer: Bearer,
    timezone: String,
    news: Receiver<Option<(Pushed, Instant)>>,
    stopping: Option<Stopping>,
    is_over: bool,
}

/// The stream of a running attempt. For one that has ended there is none, and no second try.
pub async fn show(
    State(ctx): State<Ctx>,
    bearer: Bearer,
    stopping: Option<Extension<Stopping>>,
) -> Result<Response, Refusal> {
    let Standing { attempt_id, state, timezone, .. } = attempt::clock(&ctx, bearer).await?;
    if state != "running" {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let stopping = stopping.map(|Extension(stopping)| stopping);
    let news = ctx.watch.follow(&ctx, attempt_id);
    let page = Page { bearer, timezone, news, stopping, is_over: false };
    Ok(Sse::new(stream::unfold(page, next)).into_response())
}

async fn next(mut page: Page) -> Option<(Result<Event, Infallible>, Page)> {
    if page.is_over {
        return None;
    }
    let event = tokio::select! {
        changed = page.news.changed() => {
            changed.ok()?;
            let news = page.news.borrow_and_update().clone();
            let (pushed, now) = news?;
            page.is_over = pushed.state != "running";
            let state = desk::clock_pushed(&page.bearer, &pushed, now, &page.timezone);
            Event::default().event("clock").json_data(state).ok()?
        }
        () = tokio::time::sleep(BEAT) => Event::default().event("beat").data("1"),
        () = stop(page.stopping.as_mut()) => return None,
    };
    // Where nobody could end it, it is not endless.
    page.is_over |= page.stopping.is_none();
    Some((Ok(event.retry(AGAIN)), page))
}

async fn stop(stopping: Option<&mut Stopping>) {
    match stopping {
        Some(stopping) => stopping.wait().await,
        None => std::future::pending().await,
    }
}
