//! Single choice: one best answer.

use super::{Case, Flaw, Interact, check_ids, choice, demand, in_order};
use crate::domain::control::{Choice, Control, field};
use crate::domain::response::{Completeness, Fields, Reading, Response};
use crate::domain::scoring::Evidence;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What the candidate sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SingleChoice {
    /// The alternatives.
    pub options: Vec<Choice>,
    /// May the order differ from paper to paper?
    pub shuffle: bool,
}

/// The right one.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct SingleChoiceKey {
    /// Id of the option.
    pub correct: String,
}

impl SingleChoice {
    /// As [`Interact::read`], under another field name (parts of a diagnosis).
    pub(super) fn read_as(&self, raw: &Fields, name: &str) -> Reading {
        let Some(id) = raw.one(name) else { return Reading::blank() };
        let mut fields = Fields::default();
        fields.set(name, vec![id.to_owned()]);
        if self.options.iter().any(|option| option.id == id) {
            Reading {
                fields,
                response: Response::Choice(id.to_owned()),
                completeness: Completeness::Complete,
            }
        } else {
            Reading {
                fields,
                response: Response::Unreadable,
                completeness: Completeness::Incomplete,
            }
        }
    }

    /// As [`Interact::write`], under another field name.
    pub(super) fn write_as(response: &Response, name: &str) -> Fields {
        let mut fields = Fields::default();
        if let Response::Choice(id) = response {
            fields.set(name, vec![id.clone()]);
        }
        fields
    }
}

impl Interact for SingleChoice {
    type Key = SingleChoiceKey;

    fn check(&self, key: &SingleChoiceKey) -> Result<(), Flaw> {
        check_ids("option", self.options.iter().map(|option| option.id.as_str()))?;
        demand(self.options.len() >= 2, || "a choice needs 2 options or more".to_owned())?;
        demand(self.options.iter().any(|option| option.id == key.correct), || {
            format!("the key {:?} is not an option", key.correct)
        })
    }

    fn controls(&self, order: &[String]) -> Vec<Control> {
        vec![Control::OneOf {
            field: field::CHOICE.to_owned(),
            ask: None,
            choices: in_order(&self.options, order, ""),
        }]
    }

    fn read(&self, raw: &Fields) -> Reading {
        self.read_as(raw, field::CHOICE)
    }

    fn evidence(&self, key: &SingleChoiceKey, response: &Response) -> Evidence {
        Evidence::Exact(matches!(response, Response::Choice(id) if *id == key.correct))
    }

    fn best(&self, key: &SingleChoiceKey) -> Response {
        Response::Choice(key.correct.clone())
    }

    fn write(&self, response: &Response) -> Fields {
        Self::write_as(response, field::CHOICE)
    }

    fn shuffled(&self) -> Vec<Vec<String>> {
        if self.shuffle {
            vec![self.options.iter().map(|option| option.id.clone()).collect()]
        } else {
            Vec::new()
        }
    }

    fn texts(&self) -> Vec<&str> {
        self.options.iter().map(|option| option.text.as_str()).collect()
    }

    fn stored(key: &SingleChoiceKey) -> Value {
        json!({ "correct": key.correct })
    }

    fn sample() -> (Self, SingleChoiceKey, Vec<Case>) {
        let options = vec![choice("a", "A lock"), choice("b", "A retry"), choice("c", "An index")];
        let cases = vec![
            Case::new(&[("choice", "c")], Completeness::Complete, 10_000),
            Case::new(&[("choice", "a")], Completeness::Complete, 0),
            Case::new(&[("choice", "z")], Completeness::Incomplete, 0),
            Case::new(&[("choice", "c"), ("clear", "1")], Completeness::Blank, 0),
            Case::new(&[], Completeness::Blank, 0),
        ];
        (Self { options, shuffle: true }, SingleChoiceKey { correct: "c".to_owned() }, cases)
    }
}
