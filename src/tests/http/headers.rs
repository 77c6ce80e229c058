//! Headers on every kind of answer.

use axum::http::StatusCode;

use super::faults::{odd_app, panicking};
use crate::app::{Answer, App, form, request};

#[track_caller]
fn is_covered(what: &str, answer: &Answer) {
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(answer.header(name), value, "{what}: {name}");
    }
    let policy = answer.header("content-security-policy");
    for rule in ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"] {
        assert!(policy.contains(rule), "{what}: {policy}");
    }
    assert!(!policy.contains("unsafe-inline"), "{what}: {policy}");
    assert!(!answer.header("permissions-policy").is_empty(), "{what}");
    assert!(!answer.header("x-request-id").is_empty(), "{what}");
    assert!(!answer.header("cache-control").is_empty(), "{what}");
    assert_eq!(answer.header("access-control-allow-origin"), "", "{what}");
}

#[tokio::test]
async fn every_kind_of_answer_carries_the_security_headers() {
    let app = odd_app().await;
    app.site_file("pkg/touchstone.css", b"body{}");
    let large = form("/echo", vec![b'a'; 600 * 1024]);
    let foreign = request("POST", "/echo", &[("sec-fetch-site", "cross-site")]);
    let odd = request("PATCH", "/echo", &[]);
    for (what, expected, request) in [
        ("a page", StatusCode::OK, request("GET", "/fine", &[])),
        ("a redirect", StatusCode::SEE_OTHER, request("GET", "/elsewhere", &[])),
        ("nothing there", StatusCode::NOT_FOUND, request("GET", "/nowhere", &[])),
        ("a wrong method", StatusCode::METHOD_NOT_ALLOWED, odd),
        ("another site", StatusCode::FORBIDDEN, foreign),
        ("a large body", StatusCode::PAYLOAD_TOO_LARGE, large),
        ("a panic", StatusCode::INTERNAL_SERVER_ERROR, panicking()),
        ("health", StatusCode::NO_CONTENT, request("GET", "/livez", &[])),
        ("a file", StatusCode::OK, request("GET", "/pkg/touchstone.css", &[])),
        ("no file", StatusCode::NOT_FOUND, request("GET", "/pkg/none.css", &[])),
    ] {
        let answer = app.send(request).await;
        assert_eq!(answer.status, expected, "{what}");
        is_covered(what, &answer);
        assert_eq!(answer.header("strict-transport-security"), "", "{what}");
        let is_kept = answer.status == StatusCode::OK && what == "a file";
        assert_eq!(answer.header("cache-control") == "no-store", !is_kept, "{what}");
    }
}

#[tokio::test]
async fn a_public_address_with_tls_is_kept_by_browsers() {
    let app = App::with(&[("TOUCHSTONE_PUBLIC_URL", "https://tests.example.org")]).await;
    for path in ["/sign-in", "/nowhere", "/pkg/none.css"] {
        let answer = app.send(request("GET", path, &[("host", "tests.example.org")])).await;
        let rule = answer.header("strict-transport-security");
        assert!(rule.starts_with("max-age=31536000"), "{path}: {rule}");
    }
}

#[tokio::test]
async fn a_page_has_a_nonce_of_its_own() {
    let app = App::fresh().await;
    let mut nonces = Vec::new();
    for _ in 0..2 {
        let answer = app.get("/sign-in").await;
        assert_eq!(answer.status, StatusCode::OK);
        let policy = answer.header("content-security-policy").to_owned();
        let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next());
        nonces.push(nonce.expect("a nonce").to_owned());
        assert!(policy.contains("object-src 'none'"), "{policy}");
    }
    assert_ne!(nonces[0], nonces[1]);
    assert!(nonces[0].len() >= 20);
}

#[tokio::test]
async fn files_are_asked_for_again_or_kept_for_a_year() {
    let app = App::fresh().await;
    app.site_file("pkg/touchstone.css", b"body{color:red}");
    app.site_file("pkg/touchstone.css.br", b"compressed");
    app.site_file("pkg/touchstone.hk3mmCnZzVJVBrNaLMSmRw.js", b"1");
    app.site_file("secret.txt", b"not a file of the site");

    let plain = app.get("/pkg/touchstone.css").await;
    assert_eq!(plain.header("cache-control"), "public, no-cache");
    assert_eq!(plain.header("content-type"), "text/css");
    let tag = plain.header("etag").to_owned();
    assert!(!tag.is_empty());
    let again = request("GET", "/pkg/touchstone.css", &[("if-none-match", &tag)]);
    let again = app.send(again).await;
    assert_eq!((again.status, again.body.as_str()), (StatusCode::NOT_MODIFIED, ""));

    let small = request("GET", "/pkg/touchstone.css", &[("accept-encoding", "br")]);
    let small = app.send(small).await;
    assert_eq!((small.header("content-encoding"), small.body.as_str()), ("br", "compressed"));
    assert!(small.header("vary").contains("accept-encoding"), "{:?}", small.headers);
    assert_ne!(small.header("etag"), tag, "another form is another thing");

    let hashed = app.get("/pkg/touchstone.hk3mmCnZzVJVBrNaLMSmRw.js").await;
    assert_eq!(hashed.header("cache-control"), "public, max-age=31536000, immutable");

    for path in
        ["/secret.txt", "/pkg/../secret.txt", "/pkg/%2e%2e/secret.txt", "/pkg/..%2fsecret.txt"]
    {
        let answer = app.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
}
