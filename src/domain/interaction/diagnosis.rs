//! Diagnosis: several parts about one exhibit. The parts are one item for every statistic.

use super::choice::{SingleChoice, SingleChoiceKey};
use super::multiple::{check_ticks, count_ticks, read_ticks};
use super::{Case, Flaw, Interact, check_ids, choice, demand, in_order};
use crate::domain::control::{Choice, Control, Ticks};
use crate::domain::number::{Decimal, Ratio};
use crate::domain::response::{Completeness, Fields, Reading, Response};
use crate::domain::scoring::{Evidence, Part as PartEvidence, TickRule};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What the candidate sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnosis {
    /// The lines of the exhibit; plain text.
    pub lines: Vec<Choice>,
    /// What is asked about them; the first part carries the others.
    pub parts: Vec<Part>,
}

/// One question about the exhibit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its field name, such as `cause`.
    pub id: String,
    /// The question (Markdown).
    pub ask: String,
    /// How it is answered.
    pub input: PartInput,
}

/// How a part is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PartInput {
    /// One of these options.
    OneOf(SingleChoice),
    /// Several lines of the exhibit.
    Lines {
        /// Fewest lines that make a complete answer.
        least: usize,
        /// Most lines that may be ticked.
        most: usize,
    },
}

/// Keys and weights of the parts.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct DiagnosisKey {
    /// By part, in the order of the parts.
    pub parts: Vec<PartKey>,
}

/// What is right in one part.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct PartKey {
    /// The part.
    pub id: String,
    /// Its share of the item.
    pub weight: Decimal,
    /// Ids of the right option or lines.
    pub correct: Vec<String>,
    /// How ticked lines become a share.
    #[serde(default)]
    pub rule: TickRule,
}

impl Part {
    fn prefix(&self) -> String {
        format!("{}.", self.id)
    }
}

impl Diagnosis {
    fn read_part(&self, part: &Part, raw: &Fields) -> Reading {
        match &part.input {
            PartInput::OneOf(options) => options.read_as(raw, &part.id),
            PartInput::Lines { least, most } => {
                read_ticks(raw, &part.id, &self.lines, *least, *most)
            }
        }
    }

    fn part_evidence(&self, part: &Part, key: &PartKey, response: Option<&Response>) -> Evidence {
        match (&part.input, response) {
            (_, None | Some(Response::Blank)) => Evidence::Blank,
            (PartInput::OneOf(_), Some(Response::Choice(id))) => {
                Evidence::Exact(key.correct.contains(id))
            }
            (PartInput::Lines { most, .. }, Some(Response::Choices(ids))) => {
                Evidence::Ticks(count_ticks(ids, &key.correct, self.lines.len(), *most), key.rule)
            }
            _ => Evidence::Exact(false),
        }
    }
}

impl Interact for Diagnosis {
    type Key = DiagnosisKey;

    fn check(&self, key: &DiagnosisKey) -> Result<(), Flaw> {
        check_ids("line", self.lines.iter().map(|line| line.id.as_str()))?;
        check_ids("part", self.parts.iter().map(|part| part.id.as_str()))?;
        demand(self.parts.len() >= 2, || "a diagnosis needs 2 parts or more".to_owned())?;
        let lines =
            self.parts.iter().filter(|part| matches!(part.input, PartInput::Lines { .. })).count();
        demand(lines <= 1, || "the exhibit can be ticked for one part only".to_owned())?;
        let has_keys =
            self.parts.iter().map(|part| &part.id).eq(key.parts.iter().map(|part| &part.id));
        demand(has_keys, || "every part needs its key, in the same order".to_owned())?;
        let sum = key
            .parts
            .iter()
            .try_fold(Ratio::ZERO, |sum, part| sum.checked_add(part.weight.ratio()));
        let is_whole =
            sum == Some(Ratio::ONE) && key.parts.iter().all(|part| part.weight > Decimal::ZERO);
        demand(is_whole, || "the weights of the parts do not add up to 1".to_owned())?;
        for (part, key) in self.parts.iter().zip(&key.parts) {
            match &part.input {
                PartInput::OneOf(options) => {
                    let [correct] = key.correct.as_slice() else {
                        return Err(Flaw(format!("part {:?} needs exactly one key", part.id)));
                    };
                    options.check(&SingleChoiceKey { correct: correct.clone() })?;
                }
                PartInput::Lines { least, most } => {
                    check_ticks(&self.lines, &key.correct, *least, *most)?;
                }
            }
        }
        Ok(())
    }

    fn controls(&self, order: &[String]) -> Vec<Control> {
        let ticks = self.parts.iter().find_map(|part| match part.input {
            PartInput::Lines { least, most } => {
                Some(Ticks { field: part.id.clone(), ask: Some(part.ask.clone()), least, most })
            }
            PartInput::OneOf(_) => None,
        });
        let exhibit = Control::Exhibit { lines: self.lines.clone(), ticks };
        let questions = self.parts.iter().filter_map(|part| match &part.input {
            PartInput::OneOf(one) => Some(Control::OneOf {
                field: part.id.clone(),
                ask: Some(part.ask.clone()),
                choices: in_order(&one.options, order, &part.prefix()),
            }),
            PartInput::Lines { .. } => None,
        });
        std::iter::once(exhibit).chain(questions).collect()
    }

    fn read(&self, raw: &Fields) -> Reading {
        let readings: Vec<(&Part, Reading)> =
            self.parts.iter().map(|part| (part, self.read_part(part, raw))).collect();
        if readings.iter().all(|(_, reading)| reading.completeness == Completeness::Blank) {
            return Reading::blank();
        }
        let is_complete =
            readings.iter().all(|(_, reading)| reading.completeness == Completeness::Complete);
        let mut fields = Fields::default();
        let mut parts = BTreeMap::new();
        for (part, reading) in readings {
            fields.0.extend(reading.fields.0);
            parts.insert(part.id.clone(), reading.response);
        }
        let completeness =
            if is_complete { Completeness::Complete } else { Completeness::Incomplete };
        Reading { fields, response: Response::Parts(parts), completeness }
    }

    fn evidence(&self, key: &DiagnosisKey, response: &Response) -> Evidence {
        let Response::Parts(given) = response else { return Evidence::Exact(false) };
        let weigh = |(part, key): (&Part, &PartKey)| PartEvidence {
            weight: key.weight.ratio(),
            evidence: self.part_evidence(part, key, given.get(&part.id)),
        };
        Evidence::Parts(self.parts.iter().zip(&key.parts).map(weigh).collect())
    }

    fn best(&self, key: &DiagnosisKey) -> Response {
        let best = |(part, key): (&Part, &PartKey)| {
            let response = match part.input {
                PartInput::OneOf(_) => {
                    key.correct.first().map_or(Response::Blank, |id| Response::Choice(id.clone()))
                }
                PartInput::Lines { .. } => Response::Choices(key.correct.clone()),
            };
            (part.id.clone(), response)
        };
        Response::Parts(self.parts.iter().zip(&key.parts).map(best).collect())
    }

    fn write(&self, response: &Response) -> Fields {
        let mut fields = Fields::default();
        if let Response::Parts(parts) = response {
            for (id, part) in parts {
                match part {
                    Response::Choices(ids) => fields.set(id, ids.clone()),
                    part => fields.0.extend(SingleChoice::write_as(part, id).0),
                }
            }
        }
        fields
    }

    fn shuffled(&self) -> Vec<Vec<String>> {
        let group = |part: &Part| match &part.input {
            PartInput::OneOf(one) if one.shuffle => {
                Some(one.options.iter().map(|option| part.prefix() + &option.id).collect())
            }
            _ => None,
        };
        self.parts.iter().filter_map(group).collect()
    }

    fn texts(&self) -> Vec<&str> {
        let options = self.parts.iter().flat_map(|part| match &part.input {
            PartInput::OneOf(one) => one.texts(),
            PartInput::Lines { .. } => Vec::new(),
        });
        let lines = self.lines.iter().map(|line| line.text.as_str());
        lines.chain(self.parts.iter().map(|part| part.ask.as_str())).chain(options).collect()
    }

    fn stored(key: &DiagnosisKey) -> Value {
        let part = |part: &PartKey| json!({ "id": part.id, "weight": part.weight, "correct": part.correct, "rule": part.rule });
        json!({ "parts": key.parts.iter().map(part).collect::<Vec<_>>() })
    }

    fn sample() -> (Self, DiagnosisKey, Vec<Case>) {
        let (options, _, _) = SingleChoice::sample();
        let body = Self {
            lines: ["L1", "L2", "L3", "L4"]
                .map(|id| choice(id, &format!("14:02 line {id}")))
                .to_vec(),
            parts: vec![
                Part {
                    id: "cause".to_owned(),
                    ask: "Why?".to_owned(),
                    input: PartInput::OneOf(options),
                },
                Part {
                    id: "evidence".to_owned(),
                    ask: "Which lines?".to_owned(),
                    input: PartInput::Lines { least: 2, most: 2 },
                },
            ],
        };
        let part = |id: &str, weight: &str, correct: &[&str]| PartKey {
            id: id.to_owned(),
            weight: weight.parse().unwrap_or(Decimal::ZERO),
            correct: correct.iter().map(|id| (*id).to_owned()).collect(),
            rule: TickRule::Balanced,
        };
        let key = DiagnosisKey {
            parts: vec![part("cause", "0.6", &["c"]), part("evidence", "0.4", &["L1", "L4"])],
        };
        let cases = vec![
            Case::new(
                &[("cause", "c"), ("evidence", "L1"), ("evidence", "L4")],
                Completeness::Complete,
                10_000,
            ),
            Case::new(
                &[("cause", "a"), ("evidence", "L1"), ("evidence", "L4")],
                Completeness::Complete,
                4_000,
            ),
            Case::new(
                &[("cause", "c"), ("evidence", "L1"), ("evidence", "L2")],
                Completeness::Complete,
                6_000,
            ),
            Case::new(&[("cause", "c")], Completeness::Incomplete, 6_000),
            Case::new(&[("evidence", "L1"), ("evidence", "L4")], Completeness::Incomplete, 0),
            Case::new(&[], Completeness::Blank, 0),
        ];
        (body, key, cases)
    }
}
