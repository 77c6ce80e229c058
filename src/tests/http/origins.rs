//! Requests that other sites make the browser send, and requests for other hosts.

use axum::http::{Method, StatusCode};

use crate::app::{App, request};

/// A path of a door with something in the place of its parameters.
fn path(door: &str) -> String {
    let parts = door.split('/').map(|part| if part.starts_with('{') { "x" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn no_write_of_another_site_gets_through_any_door() {
    let app = App::fresh().await;
    let mut tried = 0;
    for door in app.doors.iter().filter(|door| door.method != Method::GET) {
        for headers in [
            vec![("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")],
            vec![("sec-fetch-site", "same-site"), ("origin", "http://neighbour.127.0.0.1:3000")],
            vec![("sec-fetch-site", "cross-site")],
            vec![("origin", "https://evil.example")],
            vec![("origin", "null")],
            vec![("origin", "http://127.0.0.1:3001")],
            vec![("sec-fetch-site", "cross-site"), ("content-type", "text/plain")],
        ] {
            let answer = app.send(request(door.method.as_str(), &path(door.path), &headers)).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{} {headers:?}", door.path);
            let is_in_words = answer.body.contains("This did not come from this site")
                || answer.body == r#""Forbidden""#;
            assert!(is_in_words, "{} {headers:?}: {}", door.path, answer.body);
            tried += 1;
        }
    }
    assert!(tried > 50, "only {tried}");
}

#[tokio::test]
async fn no_picture_script_or_frame_of_another_site_learns_anything() {
    let app = App::fresh().await;
    for door in app.doors.iter().filter(|door| door.method == Method::GET) {
        for (mode, dest) in [
            ("no-cors", "image"),
            ("no-cors", "script"),
            ("navigate", "iframe"),
            ("navigate", "object"),
            ("cors", "empty"),
        ] {
            let headers = [
                ("sec-fetch-site", "cross-site"),
                ("sec-fetch-mode", mode),
                ("sec-fetch-dest", dest),
            ];
            let answer = app.send(request("GET", &path(door.path), &headers)).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{} {dest}", door.path);
        }
    }
    let followed = [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-mode", "navigate"),
        ("sec-fetch-dest", "document"),
    ];
    let answer = app.send(request("GET", "/sign-in", &followed)).await;
    assert_eq!(answer.status, StatusCode::OK, "a link in a mail is followed");
}

#[tokio::test]
async fn another_host_is_refused_once_ours_is_known() {
    let app = App::with(&[("TOUCHSTONE_PUBLIC_URL", "https://tests.example.org")]).await;
    for (host, expected) in [
        ("tests.example.org", 200),
        ("TESTS.example.org:443", 200),
        ("evil.example", 400),
        ("tests.example.org:8080", 400),
        ("127.0.0.1:3000", 400),
        ("", 400),
    ] {
        let answer = app.send(request("GET", "/sign-in", &[("host", host)])).await;
        assert_eq!(answer.status.as_u16(), expected, "{host}");
        assert!(!answer.body.contains("evil.example"));
        let health = app.send(request("GET", "/livez", &[("host", host)])).await;
        assert_eq!(health.status, StatusCode::NO_CONTENT, "{host}");
    }
    let forwarded = request(
        "GET",
        "/sign-in",
        &[("host", "tests.example.org"), ("x-forwarded-host", "evil.example")],
    );
    assert!(!app.send(forwarded).await.body.contains("evil.example"));
}

#[tokio::test]
async fn nothing_answers_a_preflight() {
    let app = App::fresh().await;
    for door in app.doors.iter() {
        let asked = request(
            "OPTIONS",
            &path(door.path),
            &[("origin", "https://evil.example"), ("access-control-request-method", "POST")],
        );
        let answer = app.send(asked).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{}", door.path);
        assert_eq!(answer.header("access-control-allow-origin"), "", "{}", door.path);
    }
}
