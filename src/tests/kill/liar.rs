//! What must be caught: something in front of the server that says "saved" and writes afterwards.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::COOKIE;
use axum::response::{IntoResponse, Json, Response};
use axum::routing::post;
use serde_json::json;
use tokio::sync::Semaphore;

/// A desk that confirms at once.
pub struct Liar {
    /// Where it is.
    pub address: String,
    tally: Arc<Tally>,
}

struct Tally {
    house: String,
    client: reqwest::Client,
    room: Semaphore,
    dropped: AtomicUsize,
}

/// How much is confirmed and not yet written at any time.
const ROOM: usize = 6;

impl Liar {
    /// Stands in front of a house.
    pub async fn before(house: &str) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address").to_string();
        let tally = Arc::new(Tally {
            house: house.to_owned(),
            client: reqwest::Client::new(),
            room: Semaphore::new(ROOM),
            dropped: AtomicUsize::default(),
        });
        let router = Router::new().route("/do/save", post(save)).with_state(Arc::clone(&tally));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, tally }
    }

    /// How many confirmed saves never reached the house.
    pub fn dropped(&self) -> usize {
        self.tally.dropped.load(Ordering::Relaxed)
    }

    /// Waits until everything that can be written is written.
    pub async fn rest(&self) {
        let all = u32::try_from(ROOM).expect("small");
        let _everything_is_back = self.tally.room.acquire_many(all).await.expect("open");
    }
}

/// Confirms, and only then sends on; what meets a dead house is forgotten, as a buffer would be.
async fn save(State(tally): State<Arc<Tally>>, headers: HeaderMap, body: Bytes) -> Response {
    let cookie = headers.get(COOKIE).cloned();
    tally.room.acquire().await.expect("open").forget();
    tokio::spawn(async move {
        let url = format!("http://{}/do/save", tally.house);
        let mut request = tally.client.post(url).header("content-type", "application/json");
        if let Some(cookie) = cookie {
            request = request.header("cookie", cookie.as_bytes());
        }
        let sent = request.body(body).send().await;
        if !sent.is_ok_and(|answer| answer.status().is_success()) {
            tally.dropped.fetch_add(1, Ordering::Relaxed);
        }
        tally.room.add_permits(1);
    });
    Json(json!({ "version": 1 })).into_response()
}
