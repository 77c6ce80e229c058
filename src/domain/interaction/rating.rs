//! Situational judgement: every response is rated on one scale.

use super::{Case, Flaw, Interact, check_ids, choice, demand, in_order};
use crate::domain::control::{Choice, Control, RatedRow, field};
use crate::domain::response::{Completeness, Fields, Reading, Response};
use crate::domain::scoring::{Evidence, Rated};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What the candidate sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    /// The words of the scale, lowest first.
    pub scale: Vec<String>,
    /// What is rated.
    pub responses: Vec<Choice>,
}

/// The panel's most frequent rating of each response.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct RatingKey {
    /// Mode by response, counted from 1.
    pub mode: BTreeMap<String, u8>,
}

impl Rating {
    fn steps(&self) -> u8 {
        u8::try_from(self.scale.len()).unwrap_or(u8::MAX)
    }
}

fn name(id: &str) -> String {
    format!("{}{id}", field::RATING)
}

impl Interact for Rating {
    type Key = RatingKey;

    fn check(&self, key: &RatingKey) -> Result<(), Flaw> {
        check_ids("response", self.responses.iter().map(|response| response.id.as_str()))?;
        demand((2..=9).contains(&self.scale.len()), || "a scale has 2 to 9 steps".to_owned())?;
        demand(!self.responses.is_empty() && self.responses.len() == key.mode.len(), || {
            "every response needs one mode".to_owned()
        })?;
        for response in &self.responses {
            let is_on_scale =
                key.mode.get(&response.id).is_some_and(|mode| (1..=self.steps()).contains(mode));
            demand(is_on_scale, || format!("response {:?} has no mode on the scale", response.id))?;
        }
        Ok(())
    }

    fn controls(&self, order: &[String]) -> Vec<Control> {
        let row = |response: Choice| RatedRow { field: name(&response.id), text: response.text };
        let rows = in_order(&self.responses, order, "").into_iter().map(row).collect();
        vec![Control::Rating { scale: self.scale.clone(), rows }]
    }

    fn read(&self, raw: &Fields) -> Reading {
        let names: Vec<String> = self.responses.iter().map(|response| name(&response.id)).collect();
        let fields = raw.only(&names);
        if fields.is_empty() {
            return Reading::blank();
        }
        let ratings: BTreeMap<String, u8> = self
            .responses
            .iter()
            .filter_map(|response| {
                let rating = fields.one(&name(&response.id))?.parse().ok()?;
                (1..=self.steps()).contains(&rating).then(|| (response.id.clone(), rating))
            })
            .collect();
        let is_complete = ratings.len() == self.responses.len();
        let completeness =
            if is_complete { Completeness::Complete } else { Completeness::Incomplete };
        let response =
            if ratings.is_empty() { Response::Unreadable } else { Response::Ratings(ratings) };
        Reading { fields, response, completeness }
    }

    fn evidence(&self, key: &RatingKey, response: &Response) -> Evidence {
        let Response::Ratings(ratings) = response else { return Evidence::Exact(false) };
        let pairs = key.mode.iter().map(|(id, mode)| (ratings.get(id).copied(), *mode)).collect();
        Evidence::Ratings(Rated { scale: self.steps(), pairs })
    }

    fn best(&self, key: &RatingKey) -> Response {
        Response::Ratings(key.mode.clone())
    }

    fn write(&self, response: &Response) -> Fields {
        match response {
            Response::Ratings(ratings) => {
                ratings.iter().map(|(id, rating)| (name(id), rating.to_string())).collect()
            }
            _ => Fields::default(),
        }
    }

    fn shuffled(&self) -> Vec<Vec<String>> {
        vec![self.responses.iter().map(|response| response.id.clone()).collect()]
    }

    fn texts(&self) -> Vec<&str> {
        self.responses
            .iter()
            .map(|response| response.text.as_str())
            .chain(self.scale.iter().map(String::as_str))
            .collect()
    }

    fn stored(key: &RatingKey) -> Value {
        json!({ "mode": key.mode })
    }

    fn sample() -> (Self, RatingKey, Vec<Case>) {
        let scale =
            ["very ineffective", "rather ineffective", "rather effective", "very effective"];
        let body = Self {
            scale: scale.map(str::to_owned).to_vec(),
            responses: ["a", "b", "c", "d", "e"]
                .map(|id| choice(id, &format!("Response {id}")))
                .to_vec(),
        };
        let mode = [("a", 4), ("b", 1), ("c", 2), ("d", 3), ("e", 1)];
        let key =
            RatingKey { mode: mode.into_iter().map(|(id, mode)| (id.to_owned(), mode)).collect() };
        let rated = |values: [&'static str; 5]| {
            ["rating.a", "rating.b", "rating.c", "rating.d", "rating.e"]
                .into_iter()
                .zip(values)
                .collect::<Vec<_>>()
        };
        let cases = vec![
            Case::new(&rated(["4", "1", "2", "3", "1"]), Completeness::Complete, 10_000),
            Case::new(&rated(["4", "1", "2", "4", "2"]), Completeness::Complete, 6_800),
            Case::new(&rated(["1", "4", "4", "1", "4"]), Completeness::Complete, 0),
            Case::new(&rated(["4", "1", "2", "3", ""]), Completeness::Incomplete, 6_800),
            Case::new(&rated(["9", "", "", "", ""]), Completeness::Incomplete, 0),
            Case::new(&[], Completeness::Blank, 0),
        ];
        (body, key, cases)
    }
}
