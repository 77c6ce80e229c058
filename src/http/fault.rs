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
    /// Too many tries.
    Busy,
    /// The database cannot be asked at the moment.
    Unavailable,
    /// A fault of ours.
    Internal,
}

/// Seconds after which a client may try again when the database was away.
const RETRY_SECONDS: u16 = 2;

impl Fault {
    /// Every fault.
    pub const ALL: [Self; 12] = [
        Self::UnknownHost,
        Self::Unreadable,
        Self::SignedOut,
        Self::Forbidden,
        Self::CrossSite,
        Self::NotFound,
        Self::Method,
        Self::Timeout,
        Self::TooLarge,
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
            Self::Unreadable => ApiError::Invalid("unreadable".to_owned()),
            Self::TooLarge => ApiError::Invalid("too-large".to_owned()),
            Self::Timeout | Self::Busy | Self::Unavailable => ApiError::Busy,
            Self::Internal => ApiError::Internal,
        }
    }

    /// The answer: a code for an island, a page for a person.
    pub fn answer(self, state: &AppState, path: &str) -> Response {
        let mut response = if path.starts_with("/do/") {
            (self.status(), Json(self.code())).into_response()
        } else {
            crate::pages::fault::page(state, self, path)
        };
        if self == Self::Unavailable {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(RETRY_SECONDS));
        }
        response
    }
}

/// Gives words to errors that have none: refusals of layers, of extractors and of the router.
pub async fn dress(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let path: Arc<str> = request.uri().path().into();
    let bare = next.run(request).await;
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
