//! Connections: accepted, timed, counted and ended in an orderly way.
//!
//! axum's own loop has no time limit for headers, so slow clients could hold connections for ever.

use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;
use tower::ServiceExt as _;

/// What a client may take of time and room.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Time to send the head of a request, and to begin the next one.
    pub head_time: Duration,
    /// Largest head of a request, in bytes; beyond it the answer is 431.
    pub head_bytes: usize,
    /// Connections at once; further ones wait in the system's queue.
    pub connections: usize,
    /// Time for requests that are under way when the server stops.
    pub drain: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head_time: Duration::from_secs(20),
            head_bytes: 32 * 1024,
            connections: 8192,
            drain: Duration::from_secs(10),
        }
    }
}

/// Tells an answer without an end that the server stops. Part of every request.
#[derive(Debug, Clone)]
pub struct Stopping(watch::Receiver<bool>);

impl Stopping {
    /// Waits for it.
    pub async fn wait(&mut self) {
        stopped(&mut self.0).await;
    }
}

/// A pause when the system has no room for another connection.
const PAUSE: Duration = Duration::from_millis(100);

/// Serves until `stop` says so, then lets what is under way end.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    mut stop: watch::Receiver<bool>,
    limits: Limits,
) {
    let mut connections = JoinSet::new();
    let room = Arc::new(Semaphore::new(limits.connections));
    loop {
        let (stream, peer, permit) = tokio::select! {
            accepted = accept(&listener, &room) => accepted,
            _ = connections.join_next(), if !connections.is_empty() => continue,
            () = stopped(&mut stop) => break,
        };
        connections.spawn(connection(stream, peer, permit, router.clone(), stop.clone(), limits));
    }
    // Whoever comes now is refused at once and can go elsewhere.
    drop(listener);
    let all_ended = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(limits.drain, all_ended).await.is_err() {
        tracing::warn!(connections = connections.len(), "some requests did not end in time");
        connections.shutdown().await;
    }
}

async fn stopped(stop: &mut watch::Receiver<bool>) {
    // When nobody can say it any more, it is as good as said.
    let _sender_is_gone = stop.wait_for(|stop| *stop).await.is_err();
}

async fn accept(
    listener: &TcpListener,
    room: &Arc<Semaphore>,
) -> (TcpStream, SocketAddr, OwnedSemaphorePermit) {
    let permit = Arc::clone(room).acquire_owned().await.expect("the semaphore is never closed");
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => return (stream, peer, permit),
            Err(cause) => {
                tracing::warn!(%cause, "a connection could not be accepted");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    _permit: OwnedSemaphorePermit,
    router: Router,
    mut stop: watch::Receiver<bool>,
    limits: Limits,
) {
    // Answers are small and wanted at once.
    let _only_slower = stream.set_nodelay(true);
    let stopping = Stopping(stop.clone());
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(stopping.clone());
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head_time)
        .max_buf_size(limits.head_bytes)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stopped(&mut stop) => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(cause) = ended {
        // Mostly a client that went away or was too slow.
        tracing::debug!(%cause, "a connection ended early");
    }
}
