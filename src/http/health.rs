//! Is the process alive, and can it serve?

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::response::{Extension, IntoResponse, Response};

use crate::http::fault::Plain;
use crate::service::{self, Ctx};

/// The process answers. Asks nobody else: a database that is away is no reason to be restarted.
pub async fn live() -> StatusCode {
    StatusCode::NO_CONTENT
}

/// A save would be possible now.
pub async fn ready(State(ctx): State<Ctx>) -> Response {
    match service::health::check(&ctx).await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(cause) => {
            tracing::warn!(%cause, "not ready");
            let body = "not ready: see the log of the server, or run touchstone doctor\n";
            let headers = [(RETRY_AFTER, "2")];
            (StatusCode::SERVICE_UNAVAILABLE, headers, Extension(Plain), body).into_response()
        }
    }
}
