//! Style, script and icons: the same bytes for everybody.

use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use leptos::config::LeptosOptions;
use tower_http::services::ServeDir;

use crate::domain::access::Action;
use crate::http::doors::Doors;

/// The built files.
const PKG: &str = "/pkg/{*file}";
/// Files at fixed places, which browsers and robots look for there.
const FIXED: [&str; 5] = ["/favicon.svg", "/keep.js", "/mark.svg", "/robots.txt", WORKER];
/// The service worker of the candidate's pages.
const WORKER: &str = "/worker.js";
/// It loads one file and speaks with this house.
const WORKER_CSP: &str = "default-src 'none'; script-src 'self'; connect-src 'self'";
/// Letters and digits in a part of a name that changes with the content.
const HASH_LENGTH: usize = 16;

/// Registers the files; each may lie there compressed already.
pub fn doors(mut doors: Doors, options: &LeptosOptions) -> Doors {
    let files = ServeDir::new(options.site_root.as_ref())
        .precompressed_br()
        .precompressed_gzip()
        .append_index_html_on_directories(false);
    for path in FIXED.into_iter().chain([PKG]) {
        doors = doors.files(path, Action::ReadAsset, files.clone());
    }
    doors
}

/// Whether a door leads to files.
pub fn is_file(door: &str) -> bool {
    door == PKG || FIXED.contains(&door)
}

/// A name with a hash is kept for a year, any other is asked for again and mostly not sent.
pub async fn cached(request: Request, next: Next) -> Response {
    let is_forever = has_hash(request.uri().path());
    let is_worker = request.uri().path() == WORKER;
    let mut response = next.run(request).await;
    let rule = match response.status() {
        StatusCode::OK | StatusCode::NOT_MODIFIED if is_forever => {
            "public, max-age=31536000, immutable"
        }
        StatusCode::OK | StatusCode::NOT_MODIFIED => "public, no-cache",
        _ => return response,
    };
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(rule));
    if is_worker {
        let policy = HeaderValue::from_static(WORKER_CSP);
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// `touchstone.x1y2….css`, as the build writes it when it hashes names.
fn has_hash(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let parts: Vec<&str> = name.split('.').collect();
    let is_hash = |part: &&str| {
        part.len() >= HASH_LENGTH
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    };
    // Neither the first part, which is a word, nor the last, which is the type.
    parts.len() > 2 && parts[1..parts.len() - 1].iter().any(is_hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_change_with_their_content_are_kept_for_ever() {
        assert!(has_hash("/pkg/touchstone.hk3mmCnZzVJVBrNaLMSmRw.css"));
        assert!(!has_hash("/pkg/touchstone.css"));
        assert!(!has_hash("/pkg/touchstone.min.css"));
        assert!(!has_hash("/favicon.svg"));
    }
}
