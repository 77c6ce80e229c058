//! What was answered: the fields as sent, their reading, and a plain summary.

use crate::domain::clean;
use crate::domain::number::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Fields of one item as a form sends them: a name may repeat.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fields(pub BTreeMap<String, Vec<String>>);

/// The fields of one item are longer than any honest answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too large")]
pub struct TooLarge;

impl Fields {
    /// Bytes of names and values that one item may send; the database holds twice as much.
    pub const MAX_BYTES: usize = 32_768;

    /// Collects pairs, replaces U+0000 and tells whether it had to. Refuses what no answer needs.
    pub fn accept<N, V>(
        pairs: impl IntoIterator<Item = (N, V)>,
    ) -> Result<clean::Cleaned<Self>, TooLarge>
    where
        N: AsRef<str>,
        V: AsRef<str>,
    {
        let mut fields = Self::default();
        let mut was_changed = false;
        let mut bytes = 0;
        for (name, value) in pairs {
            let (name, value) = (clean::text(name.as_ref()), clean::text(value.as_ref()));
            was_changed |= name.was_changed || value.was_changed;
            bytes += name.value.len() + value.value.len();
            if bytes > Self::MAX_BYTES {
                return Err(TooLarge);
            }
            fields.0.entry(name.value).or_default().push(value.value);
        }
        Ok(clean::Cleaned { value: fields, was_changed })
    }

    /// The last value of a field, as a browser means it when a name repeats by mistake.
    pub fn one(&self, name: &str) -> Option<&str> {
        self.0
            .get(name)
            .and_then(|values| values.last())
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }

    /// All values of a field.
    pub fn many(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// True when the field was sent at all.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// Sets a field; no values take it away.
    pub fn set(&mut self, name: &str, values: Vec<String>) {
        if values.is_empty() {
            self.0.remove(name);
        } else {
            self.0.insert(name.to_owned(), values);
        }
    }

    /// Only the fields of these names, without empty values.
    #[must_use]
    pub fn only(&self, names: &[String]) -> Self {
        let mut kept = Self::default();
        for name in names {
            let values: Vec<String> =
                self.many(name).iter().filter(|value| !value.is_empty()).cloned().collect();
            kept.set(name, values);
        }
        kept
    }

    /// No field at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Fields {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        let mut fields = Self::default();
        for (name, value) in pairs {
            fields.0.entry(name.into()).or_default().push(value.into());
        }
        fields
    }
}

/// How far an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Completeness {
    /// Nothing was answered.
    Blank,
    /// Something is missing or cannot be read.
    Incomplete,
    /// Everything that was asked for.
    Complete,
}

/// What the fields mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", content = "value", rename_all = "snake_case")]
pub enum Response {
    /// Nothing.
    Blank,
    /// Something that has no meaning for this item; the fields are kept as they came.
    Unreadable,
    /// One option.
    Choice(String),
    /// Several options, in the order of the item.
    Choices(Vec<String>),
    /// A number.
    Number(Decimal),
    /// All steps, first one first.
    Order(Vec<String>),
    /// A rating, counted from 1, for each rated response.
    Ratings(BTreeMap<String, u8>),
    /// The most and the least effective response.
    BestWorst {
        /// The most effective one.
        best: Option<String>,
        /// The least effective one.
        worst: Option<String>,
    },
    /// The answers to the parts of one item.
    Parts(BTreeMap<String, Response>),
}

impl Response {
    /// One line of plain text for reviewers and CSV: `c`, `a; d`, `14.5`, `s1 > s2`, `a=4; b=1`.
    pub fn summary(&self) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Unreadable => "?".to_owned(),
            Self::Choice(id) => id.clone(),
            Self::Choices(ids) => ids.join("; "),
            Self::Number(value) => value.to_string(),
            Self::Order(ids) => ids.join(" > "),
            Self::Ratings(ratings) => {
                join(ratings.iter().map(|(id, rating)| (id.as_str(), rating.to_string())))
            }
            Self::BestWorst { best, worst } => join(
                [("best", best), ("worst", worst)]
                    .into_iter()
                    .filter_map(|(name, id)| Some((name, id.clone()?))),
            ),
            Self::Parts(parts) => join(
                parts.iter().map(|(id, part)| (id.as_str(), part.summary().replace("; ", "+"))),
            ),
        }
    }
}

fn join<'a>(pairs: impl Iterator<Item = (&'a str, String)>) -> String {
    let mut text = String::new();
    for (name, value) in pairs {
        let gap = if text.is_empty() { "" } else { "; " };
        let _ = write!(text, "{gap}{name}={value}");
    }
    text
}

/// What reading the fields of one item gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The fields to keep: buttons carried out, foreign names left out, unreadable values as they came.
    pub fields: Fields,
    /// What they mean.
    pub response: Response,
    /// How far the answer is.
    pub completeness: Completeness,
}

impl Reading {
    /// Nothing was answered.
    pub fn blank() -> Self {
        Self {
            fields: Fields::default(),
            response: Response::Blank,
            completeness: Completeness::Blank,
        }
    }

    /// The form that is saved.
    pub fn body(&self) -> ResponseBody {
        ResponseBody { v: 1, state: self.completeness, raw: self.fields.clone() }
    }
}

/// One saved response as the database keeps it. The fields are the truth; scoring reads them again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResponseBody {
    /// Version of this shape.
    pub v: u8,
    /// What the reading said when it was saved; for counting, not for scoring.
    pub state: Completeness,
    /// The fields.
    pub raw: Fields,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nul_in_an_answer_is_replaced_and_told() {
        let cleaned = Fields::accept([("value", "1\0")]).expect("small");
        assert!(cleaned.was_changed);
        assert_eq!(cleaned.value.one("value"), Some("1\u{FFFD}"));
    }

    #[test]
    fn huge_fields_are_refused() {
        let half = "x".repeat(Fields::MAX_BYTES / 2);
        assert!(Fields::accept([("a", &half)]).is_ok());
        assert_eq!(Fields::accept([("a", &half), ("b", &half)]), Err(TooLarge));
    }

    #[test]
    fn a_summary_is_one_plain_line() {
        let ids = |list: &[&str]| list.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
        assert_eq!(Response::Order(ids(&["s2", "s1"])).summary(), "s2 > s1");
        assert_eq!(Response::BestWorst { best: Some("c".into()), worst: None }.summary(), "best=c");
        let parts = BTreeMap::from([
            ("cause".to_owned(), Response::Choice("c".into())),
            ("evidence".to_owned(), Response::Choices(ids(&["L9", "L10"]))),
        ]);
        assert_eq!(Response::Parts(parts).summary(), "cause=c; evidence=L9+L10");
    }

    #[test]
    fn a_saved_response_reads_back() {
        let body = Reading {
            fields: [("choice", "c")].into_iter().collect(),
            response: Response::Blank,
            completeness: Completeness::Complete,
        }
        .body();
        let json = serde_json::to_string(&body).expect("json");
        assert_eq!(json, r#"{"v":1,"state":"complete","raw":{"choice":["c"]}}"#);
        assert_eq!(serde_json::from_str::<ResponseBody>(&json).expect("json"), body);
    }
}
