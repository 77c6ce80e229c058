//! Real sockets: slow clients, large heads, an orderly end.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use touchstone::http::server::{Limits, serve};
use touchstone::telemetry::Stopwatch;

struct Server {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

const LIMITS: Limits = Limits {
    head_time: Duration::from_millis(300),
    head_bytes: 16 * 1024,
    connections: 4,
    drain: Duration::from_millis(500),
};

async fn start() -> Server {
    let router = Router::new()
        .route("/", get(async || "fine"))
        .route(
            "/work",
            get(async || {
                tokio::time::sleep(Duration::from_millis(200)).await;
                "done"
            }),
        )
        .route(
            "/hang",
            get(async || {
                tokio::time::sleep(Duration::from_mins(1)).await;
                "never"
            }),
        );
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let (stop, stopped) = watch::channel(false);
    let task = tokio::spawn(serve(listener, router, stopped, LIMITS));
    Server { address, stop, task }
}

impl Server {
    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.expect("a connection")
    }

    async fn send(&self, text: &str) -> TcpStream {
        let mut stream = self.connect().await;
        stream.write_all(text.as_bytes()).await.expect("sent");
        stream
    }
}

async fn rest(mut stream: TcpStream) -> String {
    let mut text = Vec::new();
    let reading = stream.read_to_end(&mut text);
    let _reset = tokio::time::timeout(Duration::from_secs(5), reading).await.expect("an end");
    String::from_utf8_lossy(&text).into_owned()
}

#[tokio::test]
async fn a_client_that_never_finishes_its_head_is_cut_off_and_the_next_one_served() {
    let server = start().await;
    let mut slow = Vec::new();
    for _ in 0..LIMITS.connections {
        slow.push(server.send("GET / HTTP/1.1\r\nhost: x\r\nslow: ").await);
    }
    let watch = Stopwatch::start();
    // Has to wait for room.
    let fine = server.send("GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await;
    assert!(rest(fine).await.ends_with("fine"));
    assert!(watch.elapsed() < Duration::from_secs(3));
    for stream in slow {
        assert!(!rest(stream).await.contains("200 OK"));
    }
}

#[tokio::test]
async fn a_connection_that_says_nothing_more_is_closed() {
    let server = start().await;
    let stream = server.send("GET / HTTP/1.1\r\nhost: x\r\n\r\n").await;
    let watch = Stopwatch::start();
    assert!(rest(stream).await.contains("fine"));
    assert!(watch.elapsed() < Duration::from_secs(3));
    let silent = server.connect().await;
    assert_eq!(rest(silent).await, "");
}

#[tokio::test]
async fn a_head_that_is_too_large_is_refused() {
    let server = start().await;
    let head = format!("GET / HTTP/1.1\r\nhost: x\r\nbig: {}\r\n\r\n", "a".repeat(20 * 1024));
    let answer = rest(server.send(&head).await).await;
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431"), "{answer}");
}

#[tokio::test]
async fn requests_under_way_are_answered_and_hanging_ones_do_not_hold_up_the_end() {
    let server = start().await;
    let request = |path| format!("GET {path} HTTP/1.1\r\nhost: x\r\n\r\n");
    let (work, hang) = (server.send(&request("/work")).await, server.send(&request("/hang")).await);
    let idle = server.connect().await;
    tokio::time::sleep(Duration::from_millis(50)).await;
    server.stop.send_replace(true);
    assert!(rest(work).await.ends_with("done"));
    assert!(TcpStream::connect(server.address).await.is_err(), "nobody new gets in");
    let watch = Stopwatch::start();
    server.task.await.expect("an orderly end");
    assert!(watch.elapsed() < Duration::from_secs(2));
    assert_eq!(rest(hang).await, "");
    assert_eq!(rest(idle).await, "");
}
