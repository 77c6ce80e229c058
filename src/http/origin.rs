//! Requests that another site made the browser send, and requests for another host.

use axum::extract::{Request, State};
use axum::http::header::HOST;
use axum::http::{HeaderMap, Method, Uri};
use axum::middleware::Next;
use axum::response::Response;
use tower_http::csrf::CsrfLayer;

use crate::config::Config;
use crate::http::AppState;
use crate::http::fault::Fault;

/// Refuses writes of other sites, by what the browser says about their origin. No token is needed,
/// so it holds for plain forms, for islands and for doors that somebody adds in a year.
pub fn writes(config: &Config) -> CsrfLayer {
    CsrfLayer::new()
        .add_trusted_origin(&config.public_url)
        .expect("the public address was checked when it was read")
}

/// Refuses reads of other sites unless a person follows a link: no picture, script or frame of
/// theirs shall know whether somebody is signed in here.
pub async fn reads(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    if is_read && !is_own_or_followed(request.headers()) {
        return Fault::CrossSite.answer(&state, request.uri().path());
    }
    next.run(request).await
}

fn is_own_or_followed(headers: &HeaderMap) -> bool {
    let said = |name: &str| headers.get(name).map_or("", |value| value.to_str().unwrap_or("?"));
    match said("sec-fetch-site") {
        // An old browser says nothing; the session cookie is then guarded by `SameSite` alone.
        "" | "same-origin" | "none" => true,
        _ => said("sec-fetch-mode") == "navigate" && said("sec-fetch-dest") == "document",
    }
}

/// Refuses hosts that are not ours once an operator has said which one is: links in mails and
/// decisions about origins must not follow what a stranger wrote into a header.
pub async fn host(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let config = &state.ctx.config;
    let path = request.uri().path();
    // A monitor asks by whatever address it has.
    let is_health = matches!(path, "/livez" | "/readyz");
    if config.is_public_url_set && !is_health {
        let asked = asked_host(request.uri(), request.headers());
        if !asked.is_some_and(|asked| is_same_host(&asked, config)) {
            return Fault::UnknownHost.answer(&state, path);
        }
    }
    next.run(request).await
}

fn asked_host(uri: &Uri, headers: &HeaderMap) -> Option<String> {
    let from_header = || headers.get(HOST)?.to_str().ok().map(str::to_owned);
    uri.authority().map(|authority| authority.as_str().to_owned()).or_else(from_header)
}

fn is_same_host(asked: &str, config: &Config) -> bool {
    let usual_port = if config.is_https() { ":443" } else { ":80" };
    let asked = asked.to_ascii_lowercase();
    asked.strip_suffix(usual_port).unwrap_or(&asked) == config.public_host()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| {
                (axum::http::HeaderName::from_static(name), HeaderValue::from_static(value))
            })
            .collect()
    }

    #[test]
    fn a_followed_link_may_read_and_an_embedded_thing_may_not() {
        let from = |site, mode, dest| {
            is_own_or_followed(&headers(&[
                ("sec-fetch-site", site),
                ("sec-fetch-mode", mode),
                ("sec-fetch-dest", dest),
            ]))
        };
        assert!(from("cross-site", "navigate", "document"), "a link in a mail");
        assert!(from("same-origin", "cors", "empty"), "an island");
        assert!(from("none", "navigate", "document"), "typed");
        assert!(!from("cross-site", "no-cors", "image"));
        assert!(!from("cross-site", "navigate", "iframe"));
        assert!(!from("same-site", "cors", "empty"), "a neighbour is not us");
        assert!(is_own_or_followed(&headers(&[])));
    }

    #[test]
    fn the_host_is_compared_as_browsers_write_it() {
        let config = Config::read(|name| {
            (name == "TOUCHSTONE_PUBLIC_URL").then(|| "https://tests.example.org".to_owned())
        })
        .expect("valid");
        assert!(is_same_host("Tests.Example.org", &config));
        assert!(is_same_host("tests.example.org:443", &config));
        assert!(!is_same_host("tests.example.org:80", &config));
        assert!(!is_same_host("evil.example", &config));
        assert!(!is_same_host("tests.example.org.evil.example", &config));
    }
}
