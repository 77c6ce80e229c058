//! Multiple response: several right answers, with partial credit.

use super::{Case, Flaw, Interact, check_ids, choice, demand, in_order};
use crate::domain::control::{Choice, Control, Ticks, field};
use crate::domain::response::{Completeness, Fields, Reading, Response};
use crate::domain::scoring::{Evidence, TickRule, Ticked};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What the candidate sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MultipleResponse {
    /// The alternatives.
    pub options: Vec<Choice>,
    /// May the order differ from paper to paper?
    pub shuffle: bool,
    /// Fewest options that make a complete answer.
    pub least: usize,
    /// Most options that may be ticked.
    pub most: usize,
}

/// The right ones, and how ticks are counted.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct MultipleResponseKey {
    /// Ids of the right options.
    pub correct: Vec<String>,
    /// How ticks become a share.
    #[serde(default)]
    pub rule: TickRule,
}

/// Ticked values of one field: known ones in the order of `options`.
pub(super) fn read_ticks(
    raw: &Fields,
    name: &str,
    options: &[Choice],
    least: usize,
    most: usize,
) -> Reading {
    let fields = raw.only(&[name.to_owned()]);
    let sent = fields.many(name);
    if sent.is_empty() {
        return Reading::blank();
    }
    let ids: Vec<String> =
        options.iter().filter(|o| sent.contains(&o.id)).map(|o| o.id.clone()).collect();
    let is_foreign = sent.iter().any(|id| options.iter().all(|option| option.id != *id));
    let completeness = if !is_foreign && (least..=most).contains(&ids.len()) {
        Completeness::Complete
    } else {
        Completeness::Incomplete
    };
    let response = if ids.is_empty() { Response::Unreadable } else { Response::Choices(ids) };
    Reading { fields, response, completeness }
}

/// Counts hits and false ticks, no more of them than allowed.
pub(super) fn count_ticks(
    ids: &[String],
    correct: &[String],
    options: usize,
    most: usize,
) -> Ticked {
    let hits = ids.iter().filter(|id| correct.contains(id)).count();
    let keys = correct.len();
    Ticked { hits, false_hits: ids.len() - hits, keys, distractors: options.saturating_sub(keys) }
        .limited_to(most)
}

/// Limits and keys that make sense for this list of options.
pub(super) fn check_ticks(
    options: &[Choice],
    correct: &[String],
    least: usize,
    most: usize,
) -> Result<(), Flaw> {
    demand(1 <= least && least <= most && most <= options.len(), || {
        format!("between {least} and {most} of {} options cannot be selected", options.len())
    })?;
    demand(!correct.is_empty() && correct.len() < options.len(), || {
        "some options must be right and some wrong".to_owned()
    })?;
    demand((least..=most).contains(&correct.len()), || {
        "the key breaks the limit of ticks".to_owned()
    })?;
    check_ids("key", correct.iter().map(String::as_str))?;
    for id in correct {
        demand(options.iter().any(|option| option.id == *id), || {
            format!("the key {id:?} is not an option")
        })?;
    }
    Ok(())
}

impl Interact for MultipleResponse {
    type Key = MultipleResponseKey;

    fn check(&self, key: &MultipleResponseKey) -> Result<(), Flaw> {
        check_ids("option", self.options.iter().map(|option| option.id.as_str()))?;
        check_ticks(&self.options, &key.correct, self.least, self.most)
    }

    fn controls(&self, order: &[String]) -> Vec<Control> {
        let ticks = Ticks {
            field: field::CHOICES.to_owned(),
            ask: None,
            least: self.least,
            most: self.most,
        };
        vec![Control::ManyOf { ticks, choices: in_order(&self.options, order, "") }]
    }

    fn read(&self, raw: &Fields) -> Reading {
        read_ticks(raw, field::CHOICES, &self.options, self.least, self.most)
    }

    fn evidence(&self, key: &MultipleResponseKey, response: &Response) -> Evidence {
        match response {
            Response::Choices(ids) => Evidence::Ticks(
                count_ticks(ids, &key.correct, self.options.len(), self.most),
                key.rule,
            ),
            _ => Evidence::Exact(false),
        }
    }

    fn best(&self, key: &MultipleResponseKey) -> Response {
        let is_right = |option: &&Choice| key.correct.contains(&option.id);
        Response::Choices(
            self.options.iter().filter(is_right).map(|option| option.id.clone()).collect(),
        )
    }

    fn write(&self, response: &Response) -> Fields {
        let mut fields = Fields::default();
        if let Response::Choices(ids) = response {
            fields.set(field::CHOICES, ids.clone());
        }
        fields
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

    fn stored(key: &MultipleResponseKey) -> Value {
        json!({ "correct": key.correct, "rule": key.rule })
    }

    fn sample() -> (Self, MultipleResponseKey, Vec<Case>) {
        let options =
            ["a", "b", "c", "d", "e", "f"].map(|id| choice(id, &format!("Change {id}"))).to_vec();
        let body = Self { options, shuffle: true, least: 2, most: 2 };
        let key = MultipleResponseKey {
            correct: vec!["a".to_owned(), "d".to_owned()],
            rule: TickRule::Balanced,
        };
        let ticks = |ids: &'static [&'static str]| {
            ids.iter().map(|id| ("choices", *id)).collect::<Vec<_>>()
        };
        let cases = vec![
            Case::new(&ticks(&["d", "a"]), Completeness::Complete, 10_000),
            Case::new(&ticks(&["a", "c"]), Completeness::Complete, 2_500),
            Case::new(&ticks(&["a"]), Completeness::Incomplete, 5_000),
            Case::new(&ticks(&["a", "d", "c"]), Completeness::Incomplete, 2_500),
            Case::new(&ticks(&["a", "b", "c", "d", "e", "f"]), Completeness::Incomplete, 0),
            Case::new(&ticks(&["x"]), Completeness::Incomplete, 0),
            Case::new(&[], Completeness::Blank, 0),
        ];
        (body, key, cases)
    }
}
