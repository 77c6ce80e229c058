//! Errors that no handler draws: words, the look, the number of the request.

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use axum::response::Redirect;
use touchstone::domain::access::Action;
use touchstone::http::AppState;
use touchstone::http::doors::{Built, Doors};
use touchstone::service::Refusal;

use crate::app::{App, form, request};

/// Doors that behave in every odd way, beside the usual ones.
pub fn odd_doors(app: &App) -> Built {
    let pkg = touchstone::http::doors(&AppState::new(app.ctx.clone()).leptos).open;
    let mut built = Doors::default()
        .get("/fine", Action::SeeHome, async || axum::response::Html("fine"))
        .get("/elsewhere", Action::SeeHome, async || Redirect::to("/fine"))
        .post("/echo", Action::SignIn, async |body: String| body)
        .post("/do/echo", Action::SignIn, async |body: String| body)
        .upload("/large", Action::SignIn, 2 * 1024 * 1024, async |body: String| {
            body.len().to_string()
        })
        .get("/panic", Action::SeeHome, async || -> StatusCode { panic!("secret of the inside") })
        .get("/slow", Action::SeeHome, async || {
            tokio::time::sleep(Duration::from_mins(1)).await;
            "late"
        })
        .get("/internal", Action::SeeHome, async || Refusal::Internal("select secret".to_owned()))
        .get("/away", Action::SeeHome, async || Refusal::Unavailable("10.0.0.5:5432".to_owned()))
        .get("/bare", Action::SeeHome, async || StatusCode::BAD_GATEWAY)
        .get("/take/x/internal", Action::SeeHome, async || StatusCode::INTERNAL_SERVER_ERROR)
        .finish();
    built.open = Router::new().merge(pkg);
    built
}

/// A server with them.
pub async fn odd_app() -> App {
    let app = App::fresh().await;
    let doors = odd_doors(&app);
    app.with_doors(doors)
}

fn leptos_options() -> leptos::config::LeptosOptions {
    leptos::config::LeptosOptions::builder().output_name("touchstone").build()
}

/// A request whose handler panics.
pub fn panicking() -> Request<Body> {
    request("GET", "/panic", &[])
}

#[tokio::test]
async fn every_fault_says_what_happened_and_how_to_ask_for_help() {
    let app = odd_app().await;
    let unreadable = form("/echo", vec![0xff, 0xfe]);
    for (expected, request) in [
        (404, request("GET", "/nowhere", &[])),
        (405, request("GET", "/echo", &[])),
        (400, unreadable),
        (413, form("/echo", "a".repeat(600 * 1024))),
        (500, panicking()),
        (500, request("GET", "/internal", &[])),
        (503, request("GET", "/away", &[])),
        (502, request("GET", "/bare", &[])),
    ] {
        let answer = app.send(request).await;
        assert_eq!(answer.status.as_u16(), expected);
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8", "{expected}");
        assert_eq!(answer.body.matches("<h1>").count(), 1, "{expected}");
        assert!(answer.body.contains("What you can do"), "{expected}: {}", answer.body);
        assert!(answer.body.contains(answer.header("x-request-id")), "{expected}");
        for inside in ["secret", "10.0.0.5", "select"] {
            assert!(!answer.body.contains(inside), "{expected} tells about the inside");
        }
        let retry = answer.header("retry-after");
        assert_eq!(retry.is_empty(), !matches!(expected, 502 | 503), "{expected}");
    }
    let wrong = app.send(request("DELETE", "/echo", &[])).await;
    assert_eq!(wrong.header("allow"), "POST");
}

#[tokio::test]
async fn a_candidate_is_not_sent_to_the_pages_of_staff() {
    let app = odd_app().await;
    let answer = app.get("/take/x/internal").await;
    assert!(answer.body.contains(r#"<body class="cand""#), "{}", answer.body);
    assert!(!answer.body.contains(r#"href="/""#), "{}", answer.body);
}

#[tokio::test]
async fn an_island_gets_a_code_instead_of_a_page() {
    let app = odd_app().await;
    for (expected, request) in [
        (r#""Hidden""#, form("/do/nothing", "")),
        (r#"{"Invalid":"too-large"}"#, form("/do/echo", "a".repeat(600 * 1024))),
        (r#""Forbidden""#, request("POST", "/do/echo", &[("origin", "https://evil.example")])),
    ] {
        let answer = app.send(request).await;
        assert!(answer.status.is_client_error());
        assert_eq!(answer.body, expected);
        assert_eq!(answer.header("content-type"), "application/json");
    }
}

#[tokio::test]
async fn what_takes_too_long_is_ended() {
    let app = App::fresh().await;
    let mut state = AppState::new(app.ctx.clone());
    state.request_time = Duration::from_millis(100);
    let doors = odd_doors(&app);
    let app = app.with_doors_and(doors, state);
    let answer = app.get("/slow").await;
    assert_eq!(answer.status, StatusCode::REQUEST_TIMEOUT);
    assert!(answer.body.contains("What you can do"));
}

#[tokio::test]
async fn bodies_are_limited_by_the_door_whether_they_say_their_size_or_not() {
    let app = odd_app().await;
    let kilobyte = || Ok::<_, std::io::Error>(vec![b'a'; 1024]);
    let stream = |kilobytes: usize| {
        Body::from_stream(futures::stream::iter((0..kilobytes).map(move |_| kilobyte())))
    };
    assert_eq!(app.send(form("/echo", stream(511))).await.status, StatusCode::OK);
    assert_eq!(app.send(form("/echo", stream(600))).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(app.send(form("/large", stream(1900))).await.body, (1900 * 1024).to_string());
    assert_eq!(app.send(form("/large", stream(2100))).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn every_door_has_a_limit() {
    let app = App::fresh().await;
    for door in app.doors.iter() {
        assert!(door.body_limit <= 4 * 1024 * 1024, "{door:?}");
    }
}

#[tokio::test]
async fn without_a_database_the_server_lives_and_says_that_it_is_not_ready() {
    let app = App::fresh().await;
    assert_eq!(app.get("/readyz").await.status, StatusCode::NO_CONTENT);
    app.db.pools.close().await;
    let answer = app.get("/readyz").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.body.contains("touchstone doctor"), "{}", answer.body);
    assert_eq!(app.get("/livez").await.status, StatusCode::NO_CONTENT);
    let with_session = request("GET", "/livez", &[("cookie", "touchstone-staff=x")]);
    assert_eq!(app.send(with_session).await.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn an_id_is_taken_from_a_proxy_of_ours_only() {
    let given = [("x-request-id", "from-outside-1")];
    let app = App::fresh().await;
    let own = app.send(request("GET", "/livez", &given)).await;
    assert_ne!(own.header("x-request-id"), "from-outside-1");
    let app = App::with(&[("TOUCHSTONE_TRUSTED_PROXIES", "1")]).await;
    let taken = app.send(request("GET", "/livez", &given)).await;
    assert_eq!(taken.header("x-request-id"), "from-outside-1");
    let odd = app.send(request("GET", "/livez", &[("x-request-id", "a b\"c")])).await;
    assert_ne!(odd.header("x-request-id"), "a b\"c");
}

#[test]
fn health_needs_no_session() {
    let open = touchstone::http::doors(&leptos_options());
    for path in ["/livez", "/readyz"] {
        assert!(open.list.iter().any(|door| door.path == path && door.body_limit == 0));
    }
}
