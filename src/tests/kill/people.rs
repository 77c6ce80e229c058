//! People who answer one question after the other and send again what was not confirmed.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use tokio::task::JoinSet;
use touchstone::telemetry::Stopwatch;

use super::check::Ledger;
use super::site::QUESTIONS;
use crate::database::fresh_id;
use crate::take::browser::Form;

const PATIENCE: Duration = Duration::from_mins(1);
/// Between an answer and the next one, and before the same one is sent again.
const PAUSE: Duration = Duration::from_millis(15);

/// Everybody who works.
pub struct Crowd {
    people: JoinSet<Ledger>,
    saved: Arc<AtomicUsize>,
    is_over: Arc<AtomicBool>,
}

impl Crowd {
    /// Everybody opens the link at `house` and starts; so many answers of each go to `desk`.
    pub async fn start(links: &[String], house: &str, desk: &str, turns: usize) -> Self {
        let mut crowd =
            Self { people: JoinSet::new(), saved: Arc::default(), is_over: Arc::default() };
        let mut people = Vec::new();
        for link in links {
            people.push(Person::start(link, house, desk).await);
        }
        for person in people {
            let (saved, is_over) = (Arc::clone(&crowd.saved), Arc::clone(&crowd.is_over));
            crowd.people.spawn(person.work(turns, saved, is_over));
        }
        crowd
    }

    /// Waits until so many more saves are confirmed.
    pub async fn saved_more(&self, count: usize) {
        self.saved_in_all(self.saved.load(Ordering::Relaxed) + count).await;
    }

    /// Waits until so many saves are confirmed.
    pub async fn saved_in_all(&self, count: usize) {
        let started = Stopwatch::start();
        while self.saved.load(Ordering::Relaxed) < count {
            assert!(started.elapsed() < PATIENCE, "nobody is answered any more");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Everybody hands in.
    pub async fn finish(mut self) -> Ledger {
        self.is_over.store(true, Ordering::Relaxed);
        let mut all = Ledger::default();
        while let Some(ledger) = self.people.join_next().await {
            all.merge(ledger.expect("a person's work"));
        }
        all
    }
}

struct Person {
    client: Client,
    house: String,
    desk: String,
    invitation: String,
    attempt: String,
    ledger: Ledger,
}

impl Person {
    async fn start(link: &str, house: &str, desk: &str) -> Self {
        let client = Client::builder()
            .cookie_store(true)
            .timeout(Duration::from_secs(10))
            .build()
            .expect("a client");
        let welcome = client.get(format!("http://{house}{link}")).send().await.expect("a page");
        let invitation = welcome.url().path().rsplit('/').next().expect("an id").to_owned();
        let path = format!("http://{house}/take/{invitation}/start");
        let started = Stopwatch::start();
        let page = loop {
            // A busy machine may refuse at first; starting twice is starting once.
            let page = client.post(&path).form(&[("name", "")]).send().await.expect("an answer");
            if page.status().is_success() {
                break page.text().await.expect("a page");
            }
            assert!(started.elapsed() < PATIENCE, "nobody can start: {}", page.status());
            tokio::time::sleep(PAUSE).await;
        };
        let attempt = Form::read(&page, "section").value("attempt").expect("an attempt").to_owned();
        let (house, desk) = (house.to_owned(), desk.to_owned());
        Self { client, house, desk, invitation, attempt, ledger: Ledger::default() }
    }

    /// Answers until it is over, and hands in.
    async fn work(
        mut self,
        turns: usize,
        saved: Arc<AtomicUsize>,
        is_over: Arc<AtomicBool>,
    ) -> Ledger {
        let mut versions = vec![0_i64; QUESTIONS];
        let goes_on = || !is_over.load(Ordering::Relaxed);
        for turn in (0..turns).take_while(|_| goes_on()) {
            let at = turn % QUESTIONS;
            let value = ["a", "b", "c"][(turn / QUESTIONS + at) % 3];
            versions[at] = self.save(at + 1, versions[at], value).await;
            saved.fetch_add(1, Ordering::Relaxed);
            tokio::time::sleep(PAUSE).await;
        }
        while goes_on() {
            tokio::time::sleep(PAUSE).await;
        }
        self.hand_in().await;
        self.ledger
    }

    /// Sends one answer until it is confirmed; gives its version.
    async fn save(&mut self, position: usize, base: i64, value: &str) -> i64 {
        let body = json!({ "change": {
            "invitation": self.invitation, "attempt": self.attempt, "position": position,
            "base": base, "save": fresh_id(), "fields": [["choice", value]],
        }});
        let started = Stopwatch::start();
        loop {
            let sent = self.client.post(format!("http://{}/do/save", self.desk)).json(&body).send();
            match answer(sent.await).await {
                Some((StatusCode::OK, told)) => {
                    let position = u32::try_from(position).expect("small");
                    self.ledger.note(&self.attempt, position, value);
                    return told["version"].as_i64().expect("a version");
                }
                Some((status, told)) if !is_passing(status) => {
                    panic!("{position} of {}: {status} {told}", self.attempt);
                }
                _ => self.ledger.note_cut(),
            }
            assert!(started.elapsed() < PATIENCE, "an answer is never confirmed");
            tokio::time::sleep(PAUSE).await;
        }
    }

    async fn hand_in(&self) {
        let path = format!("http://{}/take/{}/submit", self.house, self.invitation);
        let started = Stopwatch::start();
        loop {
            let none: [(&str, &str); 0] = [];
            match self.client.post(&path).form(&none).send().await {
                Ok(answer) if answer.status().is_success() => return,
                Ok(answer) if !is_passing(answer.status()) => panic!("{}", answer.status()),
                _ => {}
            }
            assert!(started.elapsed() < PATIENCE, "nobody can hand in");
            tokio::time::sleep(PAUSE).await;
        }
    }
}

/// A refusal after which the same command is sent again.
fn is_passing(status: StatusCode) -> bool {
    status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS
}

/// The whole answer; nothing when it was cut off.
async fn answer(sent: reqwest::Result<reqwest::Response>) -> Option<(StatusCode, Value)> {
    let answer = sent.ok()?;
    let status = answer.status();
    let text = answer.text().await.ok()?;
    Some((status, serde_json::from_str(&text).unwrap_or(Value::Null)))
}
