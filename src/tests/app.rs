//! The whole server without its socket: a router on a fresh database.

use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use touchstone::config::Config;
use touchstone::http::doors::{Built, Door};
use touchstone::http::{self, AppState};
use touchstone::service::Ctx;
use tower::ServiceExt as _;

use crate::database::{Db, fresh_id};

/// A server of one test.
pub struct App {
    /// Its database.
    pub db: Db,
    /// Its means.
    pub ctx: Ctx,
    /// Every door.
    pub doors: Arc<[Door]>,
    router: Router,
    folder: PathBuf,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// Status.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// Body as text.
    pub body: String,
}

impl Answer {
    /// A header as text; empty when it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("plain text"))
    }
}

impl App {
    /// A server with the usual settings.
    pub async fn fresh() -> Self {
        Self::with(&[]).await
    }

    /// A server with these settings above the usual ones.
    pub async fn with(settings: &[(&str, &str)]) -> Self {
        let db = Db::fresh().await;
        let folder = std::env::temp_dir().join(format!("touchstone-test-{}", fresh_id().simple()));
        std::fs::create_dir(&folder).expect("a fresh folder");
        let config = Config::read(|name| match name {
            "TOUCHSTONE_DATA" => Some(folder.join("data").display().to_string()),
            "LEPTOS_SITE_ROOT" => Some(folder.join("site").display().to_string()),
            _ => {
                settings.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
            }
        });
        let ctx = Ctx::open(config.expect("valid settings"), db.pools.clone()).expect("means");
        let (router, doors) = http::router(AppState::new(ctx.clone()));
        Self { db, ctx, doors, router, folder }
    }

    /// The same server with other doors.
    pub fn with_doors(self, doors: Built) -> Self {
        let state = AppState::new(self.ctx.clone());
        self.with_doors_and(doors, state)
    }

    /// The same server with other doors and another state.
    pub fn with_doors_and(mut self, doors: Built, state: AppState) -> Self {
        self.doors = Arc::clone(&doors.list);
        self.router = http::behind_layers(doors, state);
        self
    }

    /// Writes a file of the site.
    pub fn site_file(&self, name: &str, content: &[u8]) {
        let path = self.folder.join("site").join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, content).expect("written");
    }

    /// Sends one request. The host is the usual one unless the request names another.
    pub async fn send(&self, mut request: Request<Body>) -> Answer {
        let host = axum::http::HeaderValue::from_static("127.0.0.1:3000");
        request.headers_mut().entry("host").or_insert(host);
        let response = self.router.clone().oneshot(request).await.expect("never fails");
        let (head, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("a whole body");
        let body = String::from_utf8_lossy(&body).into_owned();
        Answer { status: head.status, headers: head.headers, body }
    }

    /// Reads a path.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(request("GET", path, &[])).await
    }
}

impl Drop for App {
    fn drop(&mut self) {
        let _gone = std::fs::remove_dir_all(&self.folder);
    }
}

/// A request without a body.
pub fn request(method: &str, path: &str, headers: &[(&str, &str)]) -> Request<Body> {
    let builder =
        headers.iter().fold(Request::builder(), |it, (name, value)| it.header(*name, *value));
    builder.method(method).uri(path).body(Body::empty()).expect("a request")
}

/// A form of a browser that is on our own page.
pub fn form(path: &str, body: impl Into<Body>) -> Request<Body> {
    Request::post(path)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .header("origin", "http://127.0.0.1:3000")
        .body(body.into())
        .expect("a request")
}
