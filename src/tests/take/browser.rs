//! A browser without scripts: keeps cookies, reads forms, presses buttons.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use reqwest::header::LOCATION;
use reqwest::redirect::Policy;
use reqwest::{Client, StatusCode};

use super::world::{Guest, World};

/// Somebody at a computer.
pub struct Browser {
    client: Client,
    origin: String,
    /// Every byte that came, headers included.
    pub seen: String,
    /// The page on the screen.
    pub page: String,
    /// Its address.
    pub path: String,
    /// Its status.
    pub status: StatusCode,
}

impl Browser {
    /// A browser that has never been here.
    pub fn new(world: &World) -> Self {
        let client = Client::builder()
            .cookie_store(true)
            .redirect(Policy::none())
            .build()
            .expect("a client");
        Self {
            client,
            origin: world.origin.clone(),
            seen: String::new(),
            page: String::new(),
            path: String::new(),
            status: StatusCode::OK,
        }
    }

    /// Opens the link.
    pub async fn opened(world: &World, guest: &Guest) -> Self {
        let mut browser = Self::new(world);
        browser.get(&guest.link).await;
        browser
    }

    /// Opens the link and starts.
    pub async fn started(world: &World, guest: &Guest) -> Self {
        let mut browser = Self::opened(world, guest).await;
        browser.post(&format!("/take/{}/start", guest.invitation), &[]).await;
        assert_eq!(browser.status, StatusCode::OK, "{}", browser.page);
        browser
    }

    /// Follows a link.
    pub async fn get(&mut self, path: &str) {
        let request = self.client.get(format!("{}{path}", self.origin));
        self.show(path, request).await;
    }

    /// Posts fields.
    pub async fn post(&mut self, path: &str, fields: &[(String, String)]) {
        let request = self.client.post(format!("{}{path}", self.origin)).form(fields);
        self.show(path, request).await;
    }

    /// Posts a body as it is.
    pub async fn post_raw(&mut self, path: &str, kind: &str, body: impl Into<reqwest::Body>) {
        let request = self
            .client
            .post(format!("{}{path}", self.origin))
            .header("content-type", kind)
            .body(body);
        self.show(path, request).await;
    }

    /// Calls a server function, as an island does.
    pub async fn call(
        &mut self,
        verb: &str,
        body: &serde_json::Value,
    ) -> (StatusCode, serde_json::Value) {
        let request = self.client.post(format!("{}/do/{verb}", self.origin)).json(body);
        let response = request.send().await.expect("an answer");
        let status = response.status();
        let text = response.text().await.expect("a text");
        self.seen.push_str(&text);
        (status, serde_json::from_str(&text).unwrap_or(serde_json::Value::Null))
    }

    /// Listens to a stream.
    pub async fn stream(&self, path: &str) -> Stream {
        let request = self.client.get(format!("{}{path}", self.origin));
        let response = request.send().await.expect("an answer");
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Stream { response, text: String::new() }
    }

    async fn show(&mut self, path: &str, request: reqwest::RequestBuilder) {
        let mut path = path.to_owned();
        let mut response = request.send().await.expect("an answer");
        while response.status() == StatusCode::SEE_OTHER {
            let _ = writeln!(self.seen, "{:?}", response.headers());
            let to = response.headers()[LOCATION].to_str().expect("an address").to_owned();
            response =
                self.client.get(format!("{}{to}", self.origin)).send().await.expect("an answer");
            path = to;
        }
        self.status = response.status();
        let _ = writeln!(self.seen, "{:?}", response.headers());
        self.page = response.text().await.expect("a text");
        self.seen.push_str(&self.page);
        self.path = path;
    }

    /// The page says this.
    pub fn shows(&self, text: &str) -> bool {
        self.page.contains(text)
    }

    /// What the form of the section would post, without any button.
    pub fn form(&self) -> Form {
        Form::read(&self.page, "section")
    }

    /// Presses a button of the section's form after these changes.
    pub async fn press(&mut self, change: impl FnOnce(&mut Form), name: &str, value: &str) {
        let mut form = self.form();
        change(&mut form);
        form.add(name, value);
        let path = form.action.clone();
        self.post(&path, &form.fields).await;
    }
}

/// A stream of events.
pub struct Stream {
    response: reqwest::Response,
    text: String,
}

impl Stream {
    /// The next event of this kind.
    pub async fn next(&mut self, kind: &str) -> serde_json::Value {
        loop {
            while let Some((event, rest)) = self.text.split_once("\n\n") {
                let (event, rest) = (event.to_owned(), rest.to_owned());
                self.text = rest;
                if event.lines().any(|line| line == format!("event: {kind}")) {
                    let data = event.lines().find_map(|line| line.strip_prefix("data: "));
                    return serde_json::from_str(data.unwrap_or_default()).expect("json");
                }
            }
            let chunk =
                tokio::time::timeout(std::time::Duration::from_secs(10), self.response.chunk());
            let chunk = chunk.await.expect("in time").expect("a stream").expect("more of it");
            self.text.push_str(&String::from_utf8_lossy(&chunk));
        }
    }
}

/// The fields of a form, in the order of the page.
#[derive(Clone, Debug, Default)]
pub struct Form {
    /// Where it posts.
    pub action: String,
    /// What it posts.
    pub fields: Vec<(String, String)>,
}

impl Form {
    /// The form of this id, as a browser reads it.
    pub fn read(page: &str, id: &str) -> Self {
        let mark = format!("<form id=\"{id}\"");
        let start = page.find(&mark).unwrap_or_else(|| panic!("no form {id} in {page}"));
        let end = page[start..].find("</form>").map_or(page.len(), |end| start + end);
        let text = &page[start..end];
        let action = attributes(&text[5..]).remove("action").unwrap_or_default();
        let mut fields = Vec::new();
        for tag in text.split("<input").skip(1) {
            let mut tag = attributes(tag);
            let kind = tag.remove("type").unwrap_or_default();
            let is_choice = matches!(kind.as_str(), "radio" | "checkbox");
            if tag.contains_key("disabled") || (is_choice && !tag.contains_key("checked")) {
                continue;
            }
            if let Some(name) = tag.remove("name") {
                fields.push((name, tag.remove("value").unwrap_or_default()));
            }
        }
        Self { action, fields }
    }

    /// Sets a field to one value.
    pub fn set(&mut self, name: &str, value: &str) {
        self.fields.retain(|(field, _)| field != name);
        self.add(name, value);
    }

    /// Adds a value.
    pub fn add(&mut self, name: &str, value: &str) {
        self.fields.push((name.to_owned(), value.to_owned()));
    }

    /// The value of a field.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }
}

/// The attributes of a tag, as far as its `>`.
fn attributes(tag: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut rest = tag.trim_start();
    while !rest.is_empty() && !rest.starts_with('>') && !rest.starts_with('/') {
        let end = rest.find(['=', ' ', '>', '/', '\n']).unwrap_or(rest.len());
        let name = rest[..end].to_owned();
        rest = &rest[end..];
        let mut value = String::new();
        if let Some(quoted) = rest.strip_prefix("=\"") {
            let close = quoted.find('"').unwrap_or(quoted.len());
            value = unescape(&quoted[..close]);
            rest = &quoted[(close + 1).min(quoted.len())..];
        }
        found.insert(name, value);
        rest = rest.trim_start();
    }
    found
}

fn unescape(text: &str) -> String {
    text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}
