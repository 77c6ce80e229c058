//! One made-up candidate.

use std::net::SocketAddr;

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use super::QUESTIONS;
use super::line::{Line, Load};
use crate::cli::Failure;
use crate::domain::id::AttemptId;
use crate::service::fresh;
use crate::service::secret::Secret;
use crate::store::rehearsal::Seat;
use crate::t;

/// Somebody with a link and a browser.
pub struct Guest {
    line: Line,
    page: String,
    attempt: String,
    /// The newest version of each answer.
    versions: [i64; QUESTIONS],
    turn: usize,
}

impl Guest {
    /// Opens the personal link.
    pub async fn open(server: SocketAddr, link: &str) -> Result<Self, Failure> {
        let mut line = Line::new(server);
        let opened = line.send(Method::GET, link, Load::None).await?;
        if opened.status != StatusCode::SEE_OTHER {
            return Err(refused("the link", opened.status));
        }
        let page = opened.location;
        Ok(Self { line, page, attempt: String::new(), versions: [0; QUESTIONS], turn: 0 })
    }

    /// Presses "start"; false when the server asks to wait.
    pub async fn start(&mut self) -> Result<bool, Failure> {
        let path = format!("{}/start", self.page);
        let answer = self.line.send(Method::POST, &path, Load::Form("name=")).await?;
        match answer.status {
            StatusCode::SEE_OTHER => {
                self.page = answer.location;
                Ok(true)
            }
            StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS => Ok(false),
            other => Err(refused("the start", other)),
        }
    }

    /// Reads the first question; false when the server asks to wait.
    pub async fn read(&mut self) -> Result<bool, Failure> {
        let path = self.page.clone();
        let answer = self.line.send(Method::GET, &path, Load::None).await?;
        if answer.status == StatusCode::SERVICE_UNAVAILABLE {
            return Ok(false);
        }
        let field = answer.text.split_once("name=\"attempt\"").map_or("", |(_, after)| after);
        let value = field.split_once("value=\"").and_then(|(_, rest)| rest.split_once('"'));
        let Some((attempt, _)) = value else { return Err(refused("the page", answer.status)) };
        attempt.clone_into(&mut self.attempt);
        Ok(true)
    }

    /// Changes the next answer, and waits until the server says that it is kept.
    pub async fn save(&mut self) -> Result<(), Failure> {
        let at = self.turn % QUESTIONS;
        let choice = ["a", "b", "c"][(self.turn / QUESTIONS + at) % 3];
        let change = json!({ "change": {
            "invitation": self.invitation(), "attempt": self.attempt, "position": at + 1,
            "base": self.versions[at], "save": fresh::id(), "fields": [["choice", choice]],
        }});
        let load = Load::Json(change.to_string());
        let answer = self.line.send(Method::POST, "/do/save", load).await?;
        let told: Value = serde_json::from_str(&answer.text).unwrap_or_default();
        let Some(version) = told["version"].as_i64().filter(|_| answer.status.is_success()) else {
            return Err(refused("a save", answer.status));
        };
        self.versions[at] = version;
        self.turn += 1;
        Ok(())
    }

    /// The same person for the database's own tool.
    pub fn seat(&self) -> Option<Seat> {
        let attempt: AttemptId = self.attempt.parse().ok()?;
        Some(Seat { session: Secret::parse(self.line.secret())?.digest(), attempt })
    }

    fn invitation(&self) -> &str {
        self.page.trim_start_matches("/take/").split('/').next().unwrap_or_default()
    }
}

fn refused(what: &'static str, status: StatusCode) -> Failure {
    Failure::new(t!("rehearse-refused", what = what, status = status.as_u16()))
}
