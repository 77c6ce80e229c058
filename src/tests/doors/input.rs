//! What nobody can mean: the right refusal, nothing changed, and never a fault of ours.

use std::collections::BTreeMap;

use axum::http::Method;
use serde_json::{Value, json};
use touchstone::domain::access::Action;
use touchstone::domain::account::Role;
use touchstone::http::doors::Door;

use super::estate::{Estate, owned};
use super::payload::{Fitting, Payload};
use crate::app::Answer;
use crate::database::fresh_id;

/// An estate, and somebody who may do everything in it.
struct Trial {
    estate: Estate,
    cookie: String,
    before: BTreeMap<String, String>,
    wrong: Vec<String>,
    tried: usize,
}

impl Trial {
    async fn begin() -> Self {
        let estate = Estate::build().await;
        let ours = &estate.ours;
        let cookie = format!("{}; {}", ours.of(Role::Owner).cookie, ours.walker.cookie);
        let mut trial =
            Self { estate, cookie, before: BTreeMap::new(), wrong: Vec::new(), tried: 0 };
        trial.before = trial.rows().await;
        trial
    }

    /// Everything but when sessions were last used.
    async fn rows(&self) -> BTreeMap<String, String> {
        let mut rows = self.estate.rows(&self.estate.ours).await;
        rows.retain(|table, _| !["staff_session", "candidate_session"].contains(&table.as_str()));
        rows
    }

    /// Sends it. A refusal must have changed nothing, and nothing may be a fault of ours.
    async fn send(&mut self, door: &Door, path: &str, with: Payload, what: &str) -> Answer {
        let answer = self.estate.send(&door.method, path, &self.cookie, with).await;
        let status = answer.status;
        let what = format!("{} {path:.120} {what:.80}: {status}", door.method);
        self.tried += 1;
        if status.is_server_error() {
            self.wrong.push(format!("{what} is our fault"));
        }
        if answer.body.contains("<script>alert") {
            self.wrong.push(format!("{what} says it again as markup"));
        }
        if door.method != Method::GET {
            let after = self.rows().await;
            if status.is_client_error() {
                let changed =
                    after.iter().filter(|(table, rows)| self.before.get(*table) != Some(rows));
                let changed: Vec<_> = changed.map(|(table, _)| table.as_str()).collect();
                if !changed.is_empty() {
                    self.wrong.push(format!("{what} changed {changed:?}"));
                }
            }
            self.before = after;
        }
        answer
    }

    /// As if the page of the builder had just been drawn.
    async fn as_drawn_now(&self, fields: &mut [(String, String)]) {
        let Some(field) = fields.iter_mut().find(|(name, _)| name == "revision") else { return };
        let id = self.estate.ours.assessment.uuid();
        let revision = sqlx::query_scalar!(
            "select draft_revision from assessment where assessment_id = $1",
            id
        );
        field.1 = revision.fetch_one(&self.estate.app.db.owner).await.expect("there").to_string();
    }

    fn refused(&mut self, answer: &Answer, right: &[u16], what: &str) {
        if !right.contains(&answer.status.as_u16()) {
            self.wrong.push(format!("{what:.160}: {} and not {right:?}", answer.status));
        }
    }

    fn end(self, at_least: usize) {
        assert!(self.wrong.is_empty(), "{}", self.wrong.join("\n"));
        assert!(self.tried >= at_least, "only {}", self.tried);
    }

    /// The doors at which there is something to say; what ends a thing comes last.
    fn doors(&self) -> Vec<Door> {
        let ends = ["/end", "/void", "/revoke", "/archive", "/submit", "/decline"];
        let mut doors: Vec<Door> = self.estate.app.doors.to_vec();
        doors.retain(|door| door.action != Action::ReadAsset && door.path != "/sign-out");
        doors.sort_by_key(|door| ends.iter().any(|end| door.path.ends_with(end)));
        doors
    }
}

#[tokio::test]
async fn ids_that_are_none_are_not_found() {
    let mut trial = Trial::begin().await;
    let bad = [
        "x".to_owned(),
        "0".to_owned(),
        "-1".to_owned(),
        "%00".to_owned(),
        "%FF%FE".to_owned(),
        "..%2F..%2Fetc%2Fpasswd".to_owned(),
        "%27%20or%201=1--".to_owned(),
        "%3Cscript%3Ealert(1)%3C%2Fscript%3E".to_owned(),
        "00000000-0000-0000-0000-000000000000".to_owned(),
        "a".repeat(5_000),
        fresh_id().to_string(),
        // As long as a secret.
        "A".repeat(43),
    ];
    for door in trial.doors() {
        let ids = trial.estate.ours.ids(&door);
        let places = owned(&door).into_iter().chain(["token", "skill", "item", "section"]);
        for place in places.filter(|place| door.path.contains(&format!("{{{place}}}"))) {
            for value in &bad {
                let path = ids.clone().with(place, value).path(&door);
                let body = Fitting::of(&door, &trial.estate.ours).payload();
                let answer = trial.send(&door, &path, body, "").await;
                let what = format!("{} {path}", door.method);
                match place {
                    // A number can be meant, even where there is no such section.
                    "section" if ["0", "-1"].contains(&value.as_str()) => {
                        trial.refused(&answer, &[303, 404, 409], &what);
                    }
                    _ => trial.refused(&answer, &[400, 404], &what),
                }
            }
        }
    }
    trial.end(400);
}

#[tokio::test]
async fn queries_that_nobody_can_mean_break_no_page() {
    let mut trial = Trial::begin().await;
    let words = [
        "q",
        "status",
        "sort",
        "order",
        "dir",
        "attempt",
        "done",
        "at",
        "look",
        "archived",
        "next",
        "out",
        "file",
        "dialect",
        "separator",
        "skill",
        "area",
        "kind",
        "level",
        "min",
        "max",
        "from",
        "to",
        "band",
        "cut",
    ];
    let numbers = ["page", "sent", "left_out"];
    for door in trial.doors().into_iter().filter(|door| door.method == Method::GET) {
        let path = trial.estate.ours.ids(&door).path(&door);
        for value in [
            "-1",
            "99999999999999999999",
            "9223372036854775807",
            "%00",
            "a%00b",
            "%FF",
            "%",
            "%3Cscript%3Ealert(1)%3C/script%3E",
            "%3D1%2B1%25%5C_",
            &"x".repeat(2_000),
        ] {
            for names in [&words[..], &numbers[..]] {
                let pairs: Vec<_> = names.iter().map(|name| format!("{name}={value}")).collect();
                let asked = format!("{path}?{}", pairs.join("&"));
                trial.send(&door, &asked, Payload::none(), "").await;
            }
        }
    }
    trial.end(500);
}

/// Values that some field somewhere may choke on.
fn poisons() -> Vec<String> {
    [
        "",
        " ",
        "-1",
        "0",
        "1e9",
        "99999999999999999999",
        "NaN",
        "a\0b",
        "\u{202e}live\u{2066}",
        "=cmd|' /C calc'!A0",
        "<script>alert(1)</script>",
        "'); drop table attempt; --",
        "%FF",
        "2026-02-31",
        "0000-00-00",
        "no such thing",
        "\r\nSet-Cookie: a=b",
        "../../etc/passwd",
    ]
    .into_iter()
    .map(str::to_owned)
    .chain([fresh_id().to_string(), "x".repeat(60_000), "é".repeat(9_000)])
    .collect()
}

/// Fields that have few right values: what is none of them must be refused.
fn must_refuse(door: &Door, field: &str, value: &str) -> bool {
    let is_act = door.path.contains("/attempts/{attempt}/");
    let is_reason = field == "reason" && (value.trim().is_empty() || value.len() > 9_000);
    let is_timed = door.path.ends_with("/incident") || door.path.ends_with("/accommodation");
    match field {
        "email" if door.path != "/sign-in" => true,
        "role" => door.path.starts_with("/people"),
        "minutes" => is_timed,
        "until" | "time" => !value.trim().is_empty() || field == "until",
        "attempt" | "at" => value != "0",
        "name" | "title" => value.len() > 9_000 && door.path.starts_with("/people"),
        "reason" => is_act && is_reason,
        _ => false,
    }
}

#[tokio::test]
async fn fields_that_nobody_can_mean_are_refused_and_change_nothing() {
    let mut trial = Trial::begin().await;
    for door in trial.doors().into_iter().filter(|door| door.method == Method::POST) {
        let path = trial.estate.ours.ids(&door).path(&door);
        let fitting = Fitting::of(&door, &trial.estate.ours);
        let (Fitting::Form(fields) | Fitting::Upload(fields)) = &fitting else { continue };
        for at in 0..fields.len() {
            for poison in poisons() {
                let mut fields = fields.clone();
                let field = fields[at].0.clone();
                fields[at].1.clone_from(&poison);
                if field != "revision" {
                    trial.as_drawn_now(&mut fields).await;
                }
                let body = match &fitting {
                    Fitting::Upload(_) => Fitting::Upload(fields),
                    _ => Fitting::Form(fields),
                };
                let what = format!("with {field}={poison:?}");
                let answer = trial.send(&door, &path, body.payload(), &what).await;
                if must_refuse(&door, &field, &poison) {
                    let what = format!("{} {what}", door.path);
                    trial.refused(&answer, &[400, 404, 409, 413, 422], &what);
                }
            }
        }
    }
    trial.end(500);
}

#[tokio::test]
async fn bodies_that_are_none_are_refused_and_change_nothing() {
    let mut trial = Trial::begin().await;
    for door in trial.doors().into_iter().filter(|door| door.method == Method::POST) {
        let path = trial.estate.ours.ids(&door).path(&door);
        let fitting = Fitting::of(&door, &trial.estate.ours);
        let good = fitting.payload();
        let huge = Payload::raw(&good.kind, vec![b'a'; door.body_limit + 1]);
        let answer = trial.send(&door, &path, huge, "huge").await;
        let is_read = match &fitting {
            Fitting::Form(fields) => !fields.is_empty(),
            _ => true,
        };
        // What is not read at all may be cut off by the connection; what is read has a limit.
        trial.refused(&answer, &[413], &format!("{path} huge"));
        if !is_read {
            continue;
        }
        for kind in ["text/plain", "application/xml", "multipart/form-data", "application/json", ""]
        {
            if good.kind == kind {
                continue;
            }
            let answer =
                trial.send(&door, &path, Payload::raw(kind, good.bytes.clone()), kind).await;
            trial.refused(&answer, &[400, 415, 422], &format!("{path} as {kind:?}"));
        }
        let half = &good.bytes[..good.bytes.len() / 2];
        for bytes in [
            b"\xff\xfe\x00\x01".to_vec(),
            b"%FF=%FE&%00=%00&=&&&;".to_vec(),
            b"{\"a\":".to_vec(),
            vec![b'['; 100_000],
            vec![b'&'; 100_000],
            half.to_vec(),
        ] {
            let payload = Payload::raw(&good.kind, bytes);
            trial.send(&door, &path, payload, "nonsense").await;
        }
    }
    trial.end(200);
}

#[tokio::test]
async fn commands_of_islands_with_wrong_types_are_refused() {
    let mut trial = Trial::begin().await;
    for door in trial.doors().into_iter().filter(|door| door.path.starts_with("/do/")) {
        let Fitting::Json(good) = Fitting::of(&door, &trial.estate.ours) else {
            panic!("{} takes JSON", door.path);
        };
        let inner = good.get("change").cloned();
        let names: Vec<String> = inner
            .as_ref()
            .and_then(Value::as_object)
            .map_or_else(Vec::new, |change| change.keys().cloned().collect());
        let mut bad = vec![
            json!(null),
            json!([]),
            json!("x"),
            json!(1),
            json!({}),
            json!({ "change": null }),
            json!({ "change": [] }),
            json!({ "invitation": 1 }),
        ];
        for name in names {
            for value in [
                json!(null),
                json!(-1),
                json!(1.5),
                json!(65_536),
                json!("x"),
                json!("\0"),
                json!({}),
                json!([[1]]),
                json!([["a"]]),
                json!(i64::MAX),
                json!(true),
            ] {
                let mut change = inner.clone().expect("an object");
                if change[&name] == value || (name == "is_flagged" && value.is_boolean()) {
                    continue;
                }
                change[&name] = value;
                bad.push(json!({ "change": change }));
            }
            let mut change = inner.clone().expect("an object");
            change["deadline_at"] = json!("2099-01-01");
            bad.push(json!({ "change": change }));
        }
        for value in bad {
            let what = value.to_string();
            let answer = trial.send(&door, door.path, Payload::json(&value), &what).await;
            let what = format!("{} {what}", door.path);
            trial.refused(&answer, &[400, 404, 409, 422], &what);
            let code = serde_json::from_str::<Value>(&answer.body);
            assert!(code.is_ok(), "an island reads JSON: {what}: {}", answer.body);
        }
    }
    trial.end(100);
}

#[tokio::test]
async fn a_link_that_is_over_or_random_opens_nothing() {
    let trial = Trial::begin().await;
    let link = trial.estate.ours.waiting.link.clone();
    let open = async |link: &str| trial.estate.send(&Method::GET, link, "", Payload::none()).await;
    assert!(open(&link).await.header("set-cookie").starts_with("touchstone-take-"));
    let last = if link.ends_with('A') { "B" } else { "A" };
    let other = format!("{}{last}", &link[..link.len() - 1]);
    for bad in [other.as_str(), "/i/x", "/i/%00", "/i/%FF", "/i/A/B", "/i/"] {
        let answer = open(bad).await;
        assert_eq!((answer.status.as_u16(), answer.header("set-cookie")), (404, ""), "{bad}");
    }
    trial.estate.app.db.shift_clock(40.0 * 86_400.0).await;
    let answer = open(&link).await;
    assert_eq!(answer.header("set-cookie"), "");
    assert!(answer.status.is_client_error(), "{}", answer.status);
    for cookie in ["touchstone-staff=%00", "touchstone-staff=x; touchstone-take-x=", ";;;=\""] {
        let answer = trial.estate.send(&Method::GET, "/assessments", cookie, Payload::none()).await;
        assert!([303, 400].contains(&answer.status.as_u16()), "{cookie}: {}", answer.status);
    }
}
