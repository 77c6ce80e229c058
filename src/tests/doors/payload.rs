//! What is sent to a door.

use std::fmt::Write as _;

use serde_json::{Value, json};
use touchstone::http::doors::Door;
use touchstone::http::session::url_component;

use super::estate::{Firm, own_item};
use crate::database::fresh_id;

/// A body and what it says it is.
#[derive(Debug, Clone)]
pub struct Payload {
    /// Value of `content-type`.
    pub kind: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

const BOUNDARY: &str = "a-line-that-no-list-holds";

/// What a door reads.
#[derive(Debug, Clone)]
pub enum Fitting {
    /// A form.
    Form(Vec<(String, String)>),
    /// A form with a file.
    Upload(Vec<(String, String)>),
    /// A server function's argument.
    Json(Value),
}

impl Payload {
    /// Nothing.
    pub fn none() -> Self {
        Self::raw("application/x-www-form-urlencoded", "")
    }

    /// Any bytes.
    pub fn raw(kind: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Self { kind: kind.to_owned(), bytes: bytes.into() }
    }

    /// A form.
    pub fn form(fields: &[(&str, &str)]) -> Self {
        let pairs = fields
            .iter()
            .map(|(name, value)| format!("{}={}", url_component(name), url_component(value)));
        Self::raw("application/x-www-form-urlencoded", pairs.collect::<Vec<_>>().join("&"))
    }

    /// A form with a file.
    pub fn upload(fields: &[(&str, &str)]) -> Self {
        let mut body = String::new();
        for (name, value) in fields {
            let file = if *name == "file" { "; filename=\"list.csv\"" } else { "" };
            let _ = write!(
                body,
                "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"{file}\r\n\r\n{value}\r\n"
            );
        }
        let _ = write!(body, "--{BOUNDARY}--\r\n");
        Self::raw(&format!("multipart/form-data; boundary={BOUNDARY}"), body)
    }

    /// A server function's argument.
    pub fn json(value: &Value) -> Self {
        Self::raw("application/json", value.to_string())
    }
}

impl Fitting {
    /// A body with which this door of this organisation has something to do.
    pub fn of(door: &Door, firm: &Firm) -> Self {
        let form = |fields: &[(&str, &str)]| {
            let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
            fields.iter().map(own).collect::<Vec<_>>()
        };
        let mark = firm.mark.as_str();
        let attempt = firm.walker.attempt();
        let fresh = format!("x{}@example.org", fresh_id().simple());
        let last = door.path.rsplit('/').next().unwrap_or_default();
        Self::Form(match (door.path, last) {
            ("/do/clock", _) => {
                return Self::Json(json!({ "invitation": firm.walker.invitation }));
            }
            ("/do/flag", _) => {
                return Self::Json(json!({ "change": {
                    "invitation": firm.walker.invitation, "attempt": attempt, "position": 2,
                    "is_flagged": true } }));
            }
            ("/do/save", _) => {
                return Self::Json(json!({ "change": {
                    "invitation": firm.walker.invitation, "attempt": attempt, "position": 2,
                    "base": 0, "save": fresh_id(), "fields": [["choice", "a"]] } }));
            }
            ("/do/line", _) => {
                return Self::Json(json!({ "invitation": firm.walker.invitation,
                    "attempt": attempt, "milliseconds": 1 }));
            }
            ("/do/check", _) => {
                return Self::Json(json!({ "invitation": firm.walker.invitation, "checkup": {
                    "is_kept": true, "trip": 1, "skew": 0, "zone": "UTC" } }));
            }
            ("/sign-in", _) => {
                form(&[("email", &fresh), ("password", "not this one"), ("next", "/")])
            }
            ("/reset", _) => form(&[("email", &fresh)]),
            ("/account", _) => form(&[("current", "not this one"), ("new", "x"), ("again", "y")]),
            ("/people", _) => form(&[("name", mark), ("email", &fresh), ("role", "rater")]),
            ("/people/{account}", _) => form(&[("name", mark), ("role", "rater")]),
            ("/assessments", _) => form(&[("title", mark), ("role", "")]),
            ("/assessments/{assessment}", _) | (_, "figures") => form(&[
                ("revision", "2"),
                ("title", mark),
                ("act", "save"),
                ("limit_minutes", "60"),
            ]),
            (_, "invite") => {
                return Self::Upload(form(&[
                    ("to", &fresh),
                    ("until", "2036-01-01"),
                    ("do", "check"),
                ]));
            }
            (_, "extend") => form(&[("until", "2026-12-24"), ("tell", "1")]),
            (_, "time") => form(&[("time", "150")]),
            (_, "incident" | "accommodation" | "pause" | "end" | "void" | "reopen") => {
                form(&[("minutes", "5"), ("reason", mark)])
            }
            ("/catalog", _) => form(&[("q", mark), ("skill", "db.nosql")]),
            ("/items/new", _) => form(&[
                ("title", "Double weight"),
                ("skill", "db.nosql"),
                ("level", "mid"),
                ("kind", "ordering"),
            ]),
            ("/items/{item}/edit" | "/items/{item}/check", _) => {
                form(&[("seen", "1"), ("act", "save"), ("source", &own_item(mark))])
            }
            ("/items/{item}/submit" | "/items/{item}/review" | "/items/{item}/retire", _) => {
                form(&[("number", "1"), ("act", "approve"), ("comment", mark)])
            }
            ("/people/candidates", _) => {
                form(&[("sees", "receipt"), ("line", "10"), ("rest", "0")])
            }
            (_, "reply") => form(&[("reply", mark)]),
            (_, "export") => {
                form(&[("file", "results"), ("dialect", "standard"), ("reason", mark)])
            }
            ("/take/{invitation}/section", _) => {
                form(&[("attempt", &attempt), ("at", "2"), ("base.2", "0"), ("2.choice", "b")])
            }
            _ => Vec::new(),
        })
    }

    /// The bytes of it.
    pub fn payload(&self) -> Payload {
        let pairs = |fields: &[(String, String)], write: fn(&[(&str, &str)]) -> Payload| {
            let pairs: Vec<_> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            write(&pairs)
        };
        match self {
            Self::Form(fields) => pairs(fields, Payload::form),
            Self::Upload(fields) => pairs(fields, Payload::upload),
            Self::Json(value) => Payload::json(value),
        }
    }
}
