//! Is the process alive, and can it serve?

use axum::extract::State;
use axum::http::StatusCode;

use crate::service::{self, Ctx};

/// The process answers.
pub async fn live() -> StatusCode {
    StatusCode::NO_CONTENT
}

/// The database answers and is migrated.
pub async fn ready(State(ctx): State<Ctx>) -> StatusCode {
    match service::health::check(&ctx).await {
        Ok(()) => StatusCode::NO_CONTENT,
        Err(cause) => {
            tracing::warn!(%cause, "not ready");
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}
