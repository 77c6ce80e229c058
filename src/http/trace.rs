//! The id of a request, from the proxy to the log and back to the person, and the access log.

use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument as _;

use crate::http::AppState;
use crate::telemetry::Stopwatch;

/// Where the id travels.
const HEADER: HeaderName = HeaderName::from_static("x-request-id");
/// Longest id that is taken over from a proxy.
const LONGEST: usize = 64;

tokio::task_local! {
    static CURRENT: RequestId;
}

/// Names one request in the log, in the answer and on pages about faults.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(Arc<str>);

impl RequestId {
    /// The id of the request that is being answered; `-` outside of one.
    pub fn current() -> Self {
        CURRENT.try_with(Clone::clone).unwrap_or_else(|_| Self("-".into()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "names a line of the log, nothing of the product"
    )]
    fn fresh() -> Self {
        Self(uuid::Uuid::now_v7().simple().to_string().into())
    }

    /// Takes over what a proxy of ours has given, if it is fit for a line of the log.
    fn given(value: &HeaderValue) -> Option<Self> {
        let text = value.to_str().ok()?;
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        let is_fit = (1..=LONGEST).contains(&text.len()) && text.bytes().all(is_plain);
        is_fit.then(|| Self(text.into()))
    }
}

/// Names the request and writes one line about it: which door, which answer, how long. Never a
/// path, because links are secrets; never an address, because it is a person's.
pub async fn trace(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let watch = Stopwatch::start();
    let id = request
        .headers()
        .get(&HEADER)
        .filter(|_| state.ctx.config.trusted_proxies > 0)
        .and_then(RequestId::given)
        .unwrap_or_else(RequestId::fresh);
    let method = request.method().clone();
    let door = request.extensions().get::<MatchedPath>().cloned();
    let door = door.as_ref().map_or("none", MatchedPath::as_str);
    let span = tracing::info_span!("request", request_id = id.as_str());
    let answering = CURRENT.scope(id.clone(), next.run(request));
    let mut response = answering.instrument(span.clone()).await;
    if let Ok(value) = HeaderValue::from_str(id.as_str()) {
        response.headers_mut().insert(HEADER, value);
    }
    let _entered = span.enter();
    note(&method, door, response.status().as_u16(), watch.ms());
    response
}

fn note(method: &Method, door: &str, status: u16, ms: u64) {
    match status {
        500.. => tracing::error!(%method, door, status, ms, "answered"),
        // What a monitor and every page ask for would hide the rest.
        ..400 if is_noise(door) => tracing::debug!(%method, door, status, ms, "answered"),
        _ => tracing::info!(%method, door, status, ms, "answered"),
    }
}

fn is_noise(door: &str) -> bool {
    matches!(door, "/livez" | "/readyz") || super::site::is_file(door)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_from_outside_must_fit_into_the_log() {
        let given = |text: &'static str| RequestId::given(&HeaderValue::from_static(text));
        assert_eq!(given("a-B_3.x").map(|id| id.as_str().to_owned()).as_deref(), Some("a-B_3.x"));
        for bad in [
            "",
            "a b",
            "{\"x\":1}",
            "0123456789012345678901234567890123456789012345678901234567890123456789",
        ] {
            assert_eq!(given(bad), None, "{bad}");
        }
    }

    #[tokio::test]
    async fn outside_of_a_request_there_is_no_id() {
        assert_eq!(RequestId::current().as_str(), "-");
    }
}
