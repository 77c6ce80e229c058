//! Situational judgement: the most and the least effective response.

use super::{Case, Flaw, Interact, check_ids, choice, demand, in_order};
use crate::domain::control::{Choice, Control, field};
use crate::domain::number::Decimal;
use crate::domain::response::{Completeness, Fields, Reading, Response};
use crate::domain::scoring::{Evidence, Extremes};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What the candidate sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BestWorst {
    /// What can be chosen.
    pub responses: Vec<Choice>,
}

/// The panel's mean rating of each response.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct BestWorstKey {
    /// Mean by response.
    pub mean: BTreeMap<String, Decimal>,
}

impl BestWorstKey {
    fn lowest(&self) -> Option<(&String, Decimal)> {
        self.mean.iter().map(|(id, mean)| (id, *mean)).min_by_key(|(_, mean)| *mean)
    }

    fn highest(&self) -> Option<(&String, Decimal)> {
        self.mean.iter().map(|(id, mean)| (id, *mean)).max_by_key(|(_, mean)| *mean)
    }
}

impl Interact for BestWorst {
    type Key = BestWorstKey;

    fn check(&self, key: &BestWorstKey) -> Result<(), Flaw> {
        check_ids("response", self.responses.iter().map(|response| response.id.as_str()))?;
        demand(self.responses.len() >= 3, || "best and worst need 3 responses or more".to_owned())?;
        let has_all = self.responses.iter().all(|response| key.mean.contains_key(&response.id));
        demand(has_all && self.responses.len() == key.mean.len(), || {
            "every response needs one mean".to_owned()
        })?;
        let span = key.lowest().zip(key.highest());
        demand(span.is_some_and(|(low, high)| low.1 < high.1), || "all means are equal".to_owned())
    }

    fn controls(&self, order: &[String]) -> Vec<Control> {
        vec![Control::BestWorst {
            best: field::BEST.to_owned(),
            worst: field::WORST.to_owned(),
            choices: in_order(&self.responses, order, ""),
        }]
    }

    fn read(&self, raw: &Fields) -> Reading {
        let fields = raw.only(&[field::BEST.to_owned(), field::WORST.to_owned()]);
        if fields.is_empty() {
            return Reading::blank();
        }
        let known = |name: &str| {
            fields
                .one(name)
                .filter(|id| self.responses.iter().any(|response| response.id == *id))
                .map(str::to_owned)
        };
        let (best, worst) = (known(field::BEST), known(field::WORST));
        let is_complete = best.is_some() && worst.is_some() && best != worst;
        let completeness =
            if is_complete { Completeness::Complete } else { Completeness::Incomplete };
        let response = if best.is_none() && worst.is_none() {
            Response::Unreadable
        } else {
            Response::BestWorst { best, worst }
        };
        Reading { fields, response, completeness }
    }

    fn evidence(&self, key: &BestWorstKey, response: &Response) -> Evidence {
        let (Response::BestWorst { best, worst }, Some((_, lowest)), Some((_, highest))) =
            (response, key.lowest(), key.highest())
        else {
            return Evidence::Exact(false);
        };
        let mean = |id: &Option<String>| id.as_ref().and_then(|id| key.mean.get(id)).copied();
        Evidence::BestWorst(Extremes { best: mean(best), worst: mean(worst), lowest, highest })
    }

    fn best(&self, key: &BestWorstKey) -> Response {
        let id = |found: Option<(&String, Decimal)>| found.map(|(id, _)| id.clone());
        Response::BestWorst { best: id(key.highest()), worst: id(key.lowest()) }
    }

    fn write(&self, response: &Response) -> Fields {
        let mut fields = Fields::default();
        if let Response::BestWorst { best, worst } = response {
            fields.set(field::BEST, best.iter().cloned().collect());
            fields.set(field::WORST, worst.iter().cloned().collect());
        }
        fields
    }

    fn shuffled(&self) -> Vec<Vec<String>> {
        vec![self.responses.iter().map(|response| response.id.clone()).collect()]
    }

    fn texts(&self) -> Vec<&str> {
        self.responses.iter().map(|response| response.text.as_str()).collect()
    }

    fn stored(key: &BestWorstKey) -> Value {
        json!({ "mean": key.mean })
    }

    fn sample() -> (Self, BestWorstKey, Vec<Case>) {
        let means = [("a", "1.2"), ("b", "3.1"), ("c", "4.8"), ("d", "2.9"), ("e", "2.4")];
        let responses = means.map(|(id, _)| choice(id, &format!("Response {id}"))).to_vec();
        let mean = means
            .into_iter()
            .map(|(id, mean)| (id.to_owned(), mean.parse().unwrap_or(Decimal::ZERO)))
            .collect();
        let cases = vec![
            Case::new(&[("best", "c"), ("worst", "a")], Completeness::Complete, 10_000),
            Case::new(&[("best", "b"), ("worst", "e")], Completeness::Complete, 1_944),
            Case::new(&[("best", "a"), ("worst", "c")], Completeness::Complete, 0),
            Case::new(&[("best", "c"), ("worst", "c")], Completeness::Incomplete, 0),
            Case::new(&[("best", "c")], Completeness::Incomplete, 0),
            Case::new(&[("best", "x")], Completeness::Incomplete, 0),
            Case::new(&[], Completeness::Blank, 0),
        ];
        (Self { responses }, BestWorstKey { mean }, cases)
    }
}
