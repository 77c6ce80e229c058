//! The actor of a request, and how a refusal becomes a code.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, REFERER};
use axum::response::{IntoResponse, Response};
use leptos::prelude::{provide_context, use_context};

use crate::api::error::ApiError;
use crate::domain::access::{Action, Actor};
use crate::http::AppState;
use crate::http::doors::Doors;
use crate::service::{Ctx, Refusal};

/// Every server function with the action that the policy is asked for.
pub fn doors(doors: Doors) -> Doors {
    doors
        .post("/do/save", Action::WorkOnOwnAttempt, serve)
        .post("/do/flag", Action::WorkOnOwnAttempt, serve)
        .post("/do/clock", Action::SeeOwnAttempt, serve)
        .post("/do/check", Action::SeeOwnAttempt, serve)
        .post("/do/line", Action::WorkOnOwnAttempt, serve)
        .get("/take/{invitation}/clock", Action::SeeOwnAttempt, super::stream::show)
}

/// Runs the server function of this path.
pub async fn serve(State(state): State<AppState>, mut request: Request<Body>) -> Response {
    if !is_json(&request) {
        // What any form of any site can send is no command of an island.
        return StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response();
    }
    let actor = request.extensions().get::<Actor>().copied();
    // Server functions lead plain forms back to where these came from. Ours are called by islands only.
    request.headers_mut().remove(REFERER);
    leptos_axum::handle_server_fns_with_context(
        move || {
            provide_context(state.ctx.clone());
            if let Some(actor) = actor {
                provide_context(actor);
            }
        },
        request,
    )
    .await
    .into_response()
}

fn is_json(request: &Request<Body>) -> bool {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let kind = kind.and_then(|kind| kind.split(';').next()).unwrap_or_default();
    kind.trim().eq_ignore_ascii_case("application/json")
}

/// The house's means, inside a server function.
pub fn ctx() -> Result<Ctx, ApiError> {
    use_context().ok_or(ApiError::Internal)
}

/// Who is asking, inside a server function.
pub fn actor() -> Result<Actor, ApiError> {
    use_context().ok_or(ApiError::Unauthenticated)
}

/// The status of the answer that carries a refusal.
pub fn status(error: &ApiError) -> StatusCode {
    match error {
        ApiError::Unauthenticated => StatusCode::UNAUTHORIZED,
        ApiError::Forbidden => StatusCode::FORBIDDEN,
        ApiError::Hidden => StatusCode::NOT_FOUND,
        ApiError::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        ApiError::Conflict(_) => StatusCode::CONFLICT,
        ApiError::Busy => StatusCode::TOO_MANY_REQUESTS,
        ApiError::Unavailable | ApiError::Unreachable => StatusCode::SERVICE_UNAVAILABLE,
        ApiError::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Unauthenticated => Self::Unauthenticated,
            Refusal::Forbidden => Self::Forbidden,
            Refusal::Hidden => Self::Hidden,
            Refusal::Invalid(fields) => Self::Invalid(
                fields.first().map_or_else(String::new, |field| field.code.to_owned()),
            ),
            Refusal::Conflict(code) => Self::Conflict(code.to_owned()),
            Refusal::Busy { .. } => Self::Busy,
            Refusal::Unavailable(cause) => {
                tracing::warn!(cause, "a server function found no database");
                Self::Unavailable
            }
            Refusal::Internal(cause) => {
                tracing::error!(cause, "a server function failed");
                Self::Internal
            }
        }
    }
}
