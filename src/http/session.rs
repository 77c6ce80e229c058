//! Who is asking: the session of staff, and the policy before every door.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

use crate::domain::access::{Action, Actor, Decision, decide};
use crate::http::AppState;

/// Puts the actor of the request where handlers find it.
pub async fn recall(State(_state): State<AppState>, mut request: Request, next: Next) -> Response {
    let actor = Actor::Anonymous;
    request.extensions_mut().insert(Arc::new(actor));
    next.run(request).await
}

/// Asks the policy before the handler runs.
pub async fn gate(_state: AppState, action: Action, request: Request, next: Next) -> Response {
    let decision = request.extensions().get::<Arc<Actor>>().map_or(Decision::Hide, |actor| decide(actor, action));
    match decision {
        Decision::Allow => next.run(request).await,
        Decision::Deny => StatusCode::FORBIDDEN.into_response(),
        Decision::Hide => StatusCode::NOT_FOUND.into_response(),
    }
}
