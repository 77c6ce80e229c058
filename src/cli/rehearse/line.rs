//! One connection of one browser, kept open.

use std::net::SocketAddr;

use axum::body::{Body, to_bytes};
use axum::http::header::{CONTENT_TYPE, COOKIE, HOST, LOCATION, SET_COOKIE};
use axum::http::{HeaderName, Method, Request, StatusCode};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::cli::Failure;

/// No page is longer.
const MOST_BYTES: usize = 4 << 20;

/// A connection, the cookie included.
pub struct Line {
    server: SocketAddr,
    sender: Option<SendRequest<Body>>,
    cookie: String,
}

/// What came back.
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// Where to go next.
    pub location: String,
    /// The whole body.
    pub text: String,
}

/// What is sent along.
pub enum Load {
    /// Nothing.
    None,
    /// The fields of a form, already encoded.
    Form(&'static str),
    /// A server function's argument.
    Json(String),
}

impl Line {
    /// To a server; nothing is sent yet.
    pub fn new(server: SocketAddr) -> Self {
        Self { server, sender: None, cookie: String::new() }
    }

    /// The value of the cookie.
    pub fn secret(&self) -> &str {
        self.cookie.split_once('=').map_or("", |(_, value)| value)
    }

    /// Asks and reads the answer to its end. A connection that the server has closed is opened anew.
    pub async fn send(
        &mut self,
        method: Method,
        path: &str,
        load: Load,
    ) -> Result<Answer, Failure> {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(HOST, self.server.to_string())
            .header(COOKIE, &self.cookie);
        let request = match load {
            Load::None => request.body(Body::empty()),
            Load::Form(fields) => request
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(Body::from(fields)),
            Load::Json(text) => {
                request.header(CONTENT_TYPE, "application/json").body(Body::from(text))
            }
        };
        let request = request.map_err(broken)?;
        let answer = self.sender().await?.send_request(request).await.map_err(broken)?;
        let (head, body) = answer.into_parts();
        let header = |name: HeaderName| {
            head.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
        };
        if let Some((cookie, _)) = header(SET_COOKIE).split_once(';') {
            cookie.clone_into(&mut self.cookie);
        }
        let location = header(LOCATION).to_owned();
        let bytes = to_bytes(Body::new(body), MOST_BYTES).await.map_err(broken)?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Ok(Answer { status: head.status, location, text })
    }

    async fn sender(&mut self) -> Result<&mut SendRequest<Body>, Failure> {
        let is_open = match &mut self.sender {
            Some(sender) => sender.ready().await.is_ok(),
            None => false,
        };
        if !is_open {
            self.sender = None;
        }
        if self.sender.is_none() {
            let stream = TcpStream::connect(self.server).await?;
            stream.set_nodelay(true)?;
            let (sender, connection) = handshake(TokioIo::new(stream)).await.map_err(broken)?;
            tokio::spawn(connection);
            self.sender = Some(sender);
        }
        self.sender.as_mut().ok_or_else(|| Failure::new("no connection"))
    }
}

fn broken(cause: impl std::fmt::Display) -> Failure {
    Failure::new(cause.to_string())
}
