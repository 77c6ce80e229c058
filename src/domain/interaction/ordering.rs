//! Steps to put in order: with buttons, without a script.
//!
//! The page holds the current order in hidden inputs. While nobody has touched it they are named
//! `shown` and mean nothing; a press on "up", "down" or "keep" makes the order an answer.

use super::{Case, Flaw, Interact, check_ids, choice, demand, in_order};
use crate::domain::control::{Choice, Control, field};
use crate::domain::response::{Completeness, Fields, Reading, Response};
use crate::domain::scoring::{Evidence, OrderRule, Places};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// What the candidate sees. The steps stand in an order that has nothing to do with the key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ordering {
    /// The steps.
    pub steps: Vec<Choice>,
}

/// The right order.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct OrderingKey {
    /// Ids of all steps, first one first.
    pub order: Vec<String>,
    /// How an order becomes a share.
    #[serde(default)]
    pub rule: OrderRule,
}

impl Ordering {
    /// Authors write steps in the right order and number them so. Here the steps are sorted by a hash
    /// of their text and named by that place, so that neither order nor names hint at the key.
    pub fn from_key_order<'a>(texts: impl IntoIterator<Item = &'a str>) -> (Self, Vec<String>) {
        let mut steps: Vec<(Vec<u8>, usize, &str)> = texts
            .into_iter()
            .enumerate()
            .map(|(place, text)| (Sha256::digest(text.as_bytes()).to_vec(), place, text))
            .collect();
        steps.sort();
        let name = |at: usize| format!("p{}", at + 1);
        let mut order: Vec<(usize, String)> =
            steps.iter().enumerate().map(|(at, (_, place, _))| (*place, name(at))).collect();
        order.sort();
        let steps =
            steps.iter().enumerate().map(|(at, (_, _, text))| choice(&name(at), text)).collect();
        (Self { steps }, order.into_iter().map(|(_, id)| id).collect())
    }

    fn is_complete(&self, order: &[String]) -> bool {
        order.len() == self.steps.len() && self.steps.iter().all(|step| order.contains(&step.id))
    }
}

/// The steps to draw now: as answered, else as shown, else as the paper begins.
pub fn arrange(steps: &[Choice], saved: &Fields) -> Vec<Choice> {
    let sent =
        if saved.has(field::ORDER) { saved.many(field::ORDER) } else { saved.many(field::SHOWN) };
    in_order(steps, sent, "")
}

/// Carries out `<step>:up` or `<step>:down`; what cannot move stays.
fn move_step(order: &mut [String], button: &str) {
    let Some((step, way)) = button.rsplit_once(':') else { return };
    let Some(at) = order.iter().position(|id| id == step) else { return };
    let to = match way {
        "up" => at.checked_sub(1),
        "down" => Some(at + 1).filter(|to| *to < order.len()),
        _ => None,
    };
    if let Some(to) = to {
        order.swap(at, to);
    }
}

impl Interact for Ordering {
    type Key = OrderingKey;

    fn check(&self, key: &OrderingKey) -> Result<(), Flaw> {
        check_ids("step", self.steps.iter().map(|step| step.id.as_str()))?;
        demand(self.steps.len() >= 3, || "an order needs 3 steps or more".to_owned())?;
        check_ids("key", key.order.iter().map(String::as_str))?;
        demand(self.is_complete(&key.order), || "the key is not an order of all steps".to_owned())
    }

    fn controls(&self, order: &[String]) -> Vec<Control> {
        vec![Control::Order { steps: in_order(&self.steps, order, "") }]
    }

    fn read(&self, raw: &Fields) -> Reading {
        let is_pressed = raw.has(field::MOVE) || raw.has(field::KEEP);
        let sent = if raw.has(field::ORDER) {
            raw.many(field::ORDER)
        } else if is_pressed {
            raw.many(field::SHOWN)
        } else {
            &[]
        };
        let mut order: Vec<String> = sent.iter().filter(|id| !id.is_empty()).cloned().collect();
        if order.is_empty() {
            return Reading::blank();
        }
        if let Some(button) = raw.one(field::MOVE) {
            move_step(&mut order, button);
        }
        let mut fields = Fields::default();
        fields.set(field::ORDER, order.clone());
        if self.is_complete(&order) {
            Reading {
                fields,
                response: Response::Order(order),
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

    fn evidence(&self, key: &OrderingKey, response: &Response) -> Evidence {
        let Response::Order(order) = response else { return Evidence::Exact(false) };
        let places: Option<Vec<usize>> =
            order.iter().map(|id| key.order.iter().position(|step| step == id)).collect();
        match places.and_then(Places::new) {
            Some(places) => Evidence::Order(places, key.rule),
            None => Evidence::Exact(false),
        }
    }

    fn best(&self, key: &OrderingKey) -> Response {
        Response::Order(key.order.clone())
    }

    fn write(&self, response: &Response) -> Fields {
        let mut fields = Fields::default();
        if let Response::Order(order) = response {
            fields.set(field::ORDER, order.clone());
        }
        fields
    }

    /// Always: the order that is shown first is drawn for each paper.
    fn shuffled(&self) -> Vec<Vec<String>> {
        vec![self.steps.iter().map(|step| step.id.clone()).collect()]
    }

    fn texts(&self) -> Vec<&str> {
        self.steps.iter().map(|step| step.text.as_str()).collect()
    }

    fn stored(key: &OrderingKey) -> Value {
        json!({ "order": key.order, "rule": key.rule })
    }

    fn sample() -> (Self, OrderingKey, Vec<Case>) {
        let body = Self {
            steps: ["p1", "p2", "p3", "p4", "p5"]
                .map(|id| choice(id, &format!("Step {id}")))
                .to_vec(),
        };
        let order = ["p3", "p1", "p5", "p2", "p4"];
        let key =
            OrderingKey { order: order.map(str::to_owned).to_vec(), rule: OrderRule::Pairwise };
        let as_sent =
            |name: &'static str, ids: [&'static str; 5]| ids.map(|id| (name, id)).to_vec();
        let with = |mut pairs: Vec<(&'static str, &'static str)>,
                    more: (&'static str, &'static str)| {
            pairs.push(more);
            pairs
        };
        let swapped = ["p1", "p3", "p5", "p2", "p4"];
        let cases = vec![
            Case::new(&as_sent("order", order), Completeness::Complete, 10_000),
            Case::new(&as_sent("order", swapped), Completeness::Complete, 8_000),
            Case::new(&as_sent("shown", order), Completeness::Blank, 0),
            Case::new(
                &with(as_sent("shown", order), ("keep", "1")),
                Completeness::Complete,
                10_000,
            ),
            Case::new(
                &with(as_sent("shown", swapped), ("move", "p3:up")),
                Completeness::Complete,
                10_000,
            ),
            Case::new(
                &with(as_sent("order", order), ("move", "p3:down")),
                Completeness::Complete,
                8_000,
            ),
            Case::new(
                &with(as_sent("order", order), ("move", "p3:up")),
                Completeness::Complete,
                10_000,
            ),
            Case::new(&[("order", "p1"), ("order", "p1")], Completeness::Incomplete, 0),
        ];
        (body, key, cases)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_places_of_steps_do_not_follow_the_key() {
        let texts = ["Return both", "Publish", "Count", "Show", "Stop"];
        let (body, order) = Ordering::from_key_order(texts);
        let mut turned: Vec<&str> = texts.to_vec();
        turned.reverse();
        let (same, other) = Ordering::from_key_order(turned);
        assert_eq!(body, same, "another key gives the same public part");
        assert_eq!(order.iter().rev().cloned().collect::<Vec<_>>(), other);
        let text = |id: &String| {
            body.steps.iter().find(|step| step.id == *id).map(|step| step.text.as_str())
        };
        assert_eq!(order.iter().filter_map(text).collect::<Vec<_>>(), texts);
    }

    #[test]
    fn what_is_drawn_follows_what_was_saved() {
        let (body, _, _) = Ordering::sample();
        let ids = |saved: &Fields| {
            arrange(&body.steps, saved).into_iter().map(|step| step.id).collect::<Vec<_>>()
        };
        assert_eq!(ids(&Fields::default()), ["p1", "p2", "p3", "p4", "p5"]);
        let saved: Fields =
            ["p5", "p4", "p3", "p2", "p1"].map(|id| ("order", id)).into_iter().collect();
        assert_eq!(ids(&saved), ["p5", "p4", "p3", "p2", "p1"]);
    }
}
