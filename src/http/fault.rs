//! Answers that no handler has drawn: every one gets words, the look and the request's id.

use std::any::Any;
use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{ALLOW, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tower_http::csrf::ProtectionError;

use crate::api::error::ApiError;
use crate::http::AppState;
use crate::service::Refusal;

/// What can go wrong before or beside a handler.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The host in the request is not the public address.
    UnknownHost,
    /// What was sent cannot be read.
    Unreadable,
    /// Nobody is signed in.
    SignedOut,
    /// Not allowed.
    Forbidden,
    /// Another site made the browser send it.
    CrossSite,
    /// Nothing there.
    NotFound,
    /// The door exists, but not for this method.
    Method,
    /// It took too long to arrive or to be answered.
    Timeout,
    /// What was sent is too large.
    TooLarge,
    /// What was sent can be read but not accepted.
    Invalid,
    /// The state does not allow it (any more).
    Conflict,
    /// Too many tries.
    Busy,
    /// The database cannot be asked at the moment.
    Unavailable,
    /// A fault of ours.
    Internal,
}

/// Seconds after which a client may try again when the database was away.
const RETRY_SECONDS: u64 = 2;

impl Fault {
    /// Every fault.
    pub const ALL: [Self; 14] = [
        Self::UnknownHost,
        Self::Unreadable,
        Self::SignedOut,
        Self::Forbidden,
        Self::CrossSite,
        Self::NotFound,
        Self::Method,
        Self::Timeout,
        Self::TooLarge,
        Self::Invalid,
        Self::Conflict,
        Self::Busy,
        Self::Unavailable,
        Self::Internal,
    ];

    /// The status of the answer.
    pub fn status(self) -> StatusCode {
        match self {
            Self::UnknownHost | Self::Unreadable => StatusCode::BAD_REQUEST,
            Self::SignedOut => StatusCode::UNAUTHORIZED,
            Self::Forbidden | Self::CrossSite => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::Timeout => StatusCode::REQUEST_TIMEOUT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Conflict => StatusCode::CONFLICT,
            Self::Busy => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn of(response: &Response) -> Self {
        if response.extensions().get::<ProtectionError>().is_some() {
            return Self::CrossSite;
        }
        match response.status() {
            StatusCode::UNAUTHORIZED => Self::SignedOut,
            StatusCode::FORBIDDEN => Self::Forbidden,
            StatusCode::NOT_FOUND | StatusCode::GONE => Self::NotFound,
            StatusCode::METHOD_NOT_ALLOWED => Self::Method,
            StatusCode::REQUEST_TIMEOUT => Self::Timeout,
            StatusCode::PAYLOAD_TOO_LARGE | StatusCode::URI_TOO_LONG => Self::TooLarge,
            StatusCode::UNPROCESSABLE_ENTITY => Self::Invalid,
            StatusCode::CONFLICT => Self::Conflict,
            StatusCode::TOO_MANY_REQUESTS => Self::Busy,
            StatusCode::BAD_GATEWAY
            | StatusCode::SERVICE_UNAVAILABLE
            | StatusCode::GATEWAY_TIMEOUT => Self::Unavailable,
            status if status.is_server_error() => Self::Internal,
            _ => Self::Unreadable,
        }
    }

    /// The code for islands.
    fn code(self) -> ApiError {
        match self {
            Self::UnknownHost | Self::Forbidden | Self::CrossSite => ApiError::Forbidden,
            Self::SignedOut => ApiError::Unauthenticated,
            Self::NotFound | Self::Method => ApiError::Hidden,
            Self::Unreadable | Self::Invalid => ApiError::Invalid("unreadable".to_owned()),
            Self::TooLarge => ApiError::Invalid("too-large".to_owned()),
            Self::Conflict => ApiError::Conflict("unknown".to_owned()),
            Self::Busy => ApiError::Busy,
            Self::Timeout | Self::Unavailable => ApiError::Unavailable,
            Self::Internal => ApiError::Internal,
        }
    }

    /// The answer: a code for an island, a page for a person.
    pub fn answer(self, state: &AppState, path: &str) -> Response {
        self.answer_in_detail(state, path, None)
    }

    fn answer_in_detail(self, state: &AppState, path: &str, refusal: Option<&Refusal>) -> Response {
        let mut response = if path.starts_with("/do/") {
            let code = refusal.map_or_else(|| self.code(), |refusal| refusal.clone().into());
            (self.status(), Json(code)).into_response()
        } else {
            crate::pages::fault::page(state, self, refusal, path)
        };
        let wait = match refusal {
            Some(Refusal::Busy { retry_after }) => Some(*retry_after),
            _ => (self == Self::Unavailable).then_some(RETRY_SECONDS),
        };
        if let Some(seconds) = wait {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<&Refusal> for Fault {
    fn from(refusal: &Refusal) -> Self {
        match refusal {
            Refusal::Unauthenticated => Self::SignedOut,
            Refusal::Forbidden => Self::Forbidden,
            Refusal::Hidden => Self::NotFound,
            Refusal::Invalid(_) => Self::Invalid,
            Refusal::Conflict(_) => Self::Conflict,
            Refusal::Busy { .. } => Self::Busy,
            Refusal::Unavailable(_) => Self::Unavailable,
            Refusal::Internal(_) => Self::Internal,
        }
    }
}

/// A refusal that a handler gives back is drawn by [`dress`], which knows how the request is to be
/// answered. Causes are for the log, here and nowhere else.
impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match &self {
            Self::Internal(cause) => tracing::error!(cause, "a request failed"),
            Self::Unavailable(cause) => tracing::warn!(cause, "a request found no database"),
            _ => {}
        }
        let mut response = Fault::from(&self).status().into_response();
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

/// Gives words to errors that have none: refusals of handlers, of layers, of extractors and of the
/// router.
pub async fn dress(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let path: Arc<str> = request.uri().path().into();
    let bare = next.run(request).await;
    if let Some(refusal) = bare.extensions().get::<Arc<Refusal>>() {
        return Fault::from(&**refusal).answer_in_detail(&state, &path, Some(refusal));
    }
    let is_error = bare.status().is_client_error() || bare.status().is_server_error();
    if !is_error || is_dressed(&bare) || bare.extensions().get::<Plain>().is_some() {
        return bare;
    }
    let mut dressed = Fault::of(&bare).answer(&state, &path);
    *dressed.status_mut() = bare.status();
    for name in [ALLOW, RETRY_AFTER] {
        if let Some(value) = bare.headers().get(&name) {
            dressed.headers_mut().insert(name, value.clone());
        }
    }
    dressed
}

/// Marks an answer for machines, which shall stay as it is.
#[derive(Debug, Clone, Copy)]
pub struct Plain;

fn is_dressed(response: &Response) -> bool {
    let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("text/html") || kind.starts_with("application/json"))
}

/// The answer when a handler panicked: the process lives on, and the page comes from [`dress`].
#[expect(clippy::needless_pass_by_value, reason = "the layer gives it away")]
pub fn after_panic(panic: Box<dyn Any + Send + 'static>) -> Response<Body> {
    let cause = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("unknown");
    tracing::error!(cause, "a handler panicked");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_recognised_by_the_status_that_it_gives() {
        for fault in Fault::ALL {
            let bare = fault.status().into_response();
            let same_status = matches!(fault, Fault::UnknownHost | Fault::CrossSite);
            assert_eq!(Fault::of(&bare) == fault, !same_status, "{fault:?}");
        }
    }
}
