//! What only some kinds of items have: each kind takes its own tables out of the file.

use super::item_file::{File, OptionTable, Select};
use crate::domain::control::Choice;
use crate::domain::interaction::best_worst::{BestWorst, BestWorstKey};
use crate::domain::interaction::choice::{SingleChoice, SingleChoiceKey};
use crate::domain::interaction::diagnosis::{Diagnosis, DiagnosisKey, Part, PartInput, PartKey};
use crate::domain::interaction::multiple::{MultipleResponse, MultipleResponseKey};
use crate::domain::interaction::numeric::{Numeric, NumericKey, Partial};
use crate::domain::interaction::ordering::{Ordering, OrderingKey};
use crate::domain::interaction::rating::{Rating, RatingKey};
use crate::domain::interaction::{Flaw, Interaction, InteractionKey, Kind};
use crate::domain::item::Panel;
use crate::domain::scoring::{OrderRule, TickRule};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The parts that differ from kind to kind.
pub(super) struct Built {
    pub(super) interaction: Interaction,
    pub(super) key: InteractionKey,
    pub(super) why: BTreeMap<String, String>,
    pub(super) panel: Option<Panel>,
}

impl Built {
    /// Takes out of the file what its kind needs.
    pub(super) fn take(file: &mut File) -> Result<Self, Flaw> {
        match file.kind {
            Kind::SingleChoice => single_choice(file),
            Kind::MultipleResponse => multiple_response(file),
            Kind::Numeric => numeric(file),
            Kind::Ordering => ordering(file),
            Kind::Rating => rating(file),
            Kind::BestWorst => best_worst(file),
            Kind::Diagnosis => diagnosis(file),
        }
    }
}

fn missing(name: &str) -> Flaw {
    Flaw(format!("`{name}` is missing"))
}

/// Options become choices, keys and reasons.
fn options(
    tables: Vec<OptionTable>,
    prefix: &str,
    why: &mut BTreeMap<String, String>,
) -> (Vec<Choice>, Vec<String>) {
    let mut keys = Vec::new();
    let choices = tables
        .into_iter()
        .map(|table| {
            why.insert(format!("{prefix}{}", table.id), table.why);
            if table.key {
                keys.push(table.id.clone());
            }
            Choice { id: table.id, text: table.text }
        })
        .collect();
    (choices, keys)
}

fn one_key(mut keys: Vec<String>) -> Result<String, Flaw> {
    match (keys.pop(), keys.is_empty()) {
        (Some(key), true) => Ok(key),
        (Some(_), false) => Err(Flaw("more than one option has `key = true`".to_owned())),
        (None, _) => Err(Flaw("no option has `key = true`".to_owned())),
    }
}

fn single_choice(file: &mut File) -> Result<Built, Flaw> {
    let mut why = BTreeMap::new();
    let (options, keys) = options(std::mem::take(&mut file.option), "", &mut why);
    let shuffle = file.shuffle.take().ok_or_else(|| missing("shuffle"))?;
    Ok(Built {
        interaction: Interaction::SingleChoice(SingleChoice { options, shuffle }),
        key: InteractionKey::SingleChoice(SingleChoiceKey { correct: one_key(keys)? }),
        why,
        panel: None,
    })
}

fn multiple_response(file: &mut File) -> Result<Built, Flaw> {
    let mut why = BTreeMap::new();
    let (options, correct) = options(std::mem::take(&mut file.option), "", &mut why);
    let shuffle = file.shuffle.take().ok_or_else(|| missing("shuffle"))?;
    let Select { min: least, max: most } = file.select.take().ok_or_else(|| missing("select"))?;
    let rule: TickRule = rule(file)?;
    Ok(Built {
        interaction: Interaction::MultipleResponse(MultipleResponse {
            options,
            shuffle,
            least,
            most,
        }),
        key: InteractionKey::MultipleResponse(MultipleResponseKey { correct, rule }),
        why,
        panel: None,
    })
}

/// The rule of `[scoring]`, or the default of its list.
fn rule<R: for<'de> Deserialize<'de> + Default>(file: &mut File) -> Result<R, Flaw> {
    match file.scoring.take() {
        None => Ok(R::default()),
        Some(scoring) => {
            let name = serde_json::Value::from(scoring.rule.as_str());
            serde_json::from_value(name)
                .map_err(|_| Flaw(format!("there is no rule {:?}", scoring.rule)))
        }
    }
}

fn numeric(file: &mut File) -> Result<Built, Flaw> {
    file.template = None;
    let answer = file.answer.take().ok_or_else(|| missing("answer"))?;
    let partial = answer
        .partial
        .into_iter()
        .map(|p| Partial { value: p.value, credit: p.credit, why: p.why })
        .collect();
    Ok(Built {
        interaction: Interaction::Numeric(Numeric { unit: answer.unit, is_whole: answer.integer }),
        key: InteractionKey::Numeric(NumericKey {
            value: answer.value,
            tolerance: answer.tolerance,
            partial,
        }),
        why: BTreeMap::new(),
        panel: None,
    })
}

fn ordering(file: &mut File) -> Result<Built, Flaw> {
    let steps = std::mem::take(&mut file.step);
    let ids: std::collections::BTreeSet<&str> = steps.iter().map(|step| step.id.as_str()).collect();
    if ids.len() < steps.len() {
        return Err(Flaw("two steps have the same id".to_owned()));
    }
    let (body, order) = Ordering::from_key_order(steps.iter().map(|step| step.text.as_str()));
    let rule: OrderRule = rule(file)?;
    Ok(Built {
        interaction: Interaction::Ordering(body),
        key: InteractionKey::Ordering(OrderingKey { order, rule }),
        why: BTreeMap::new(),
        panel: None,
    })
}

/// Who says so, and by which rule.
fn panel(file: &mut File, rule: &str) -> Result<Option<Panel>, Flaw> {
    file.instruction.take().ok_or_else(|| missing("instruction"))?;
    let key = file.key.take().ok_or_else(|| missing("key"))?;
    if key.rule != rule {
        return Err(Flaw(format!("the rule of this kind is {rule:?}, not {:?}", key.rule)));
    }
    Ok(Some(Panel { source: key.source, size: key.panel_n }))
}

fn rating(file: &mut File) -> Result<Built, Flaw> {
    let panel = panel(file, "mode_near")?;
    let scale = file.scale.take().ok_or_else(|| missing("scale"))?;
    let (mut responses, mut mode, mut why) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
    for table in std::mem::take(&mut file.response) {
        if table.mean.is_some() {
            return Err(Flaw("a rated response has a mode, not a mean".to_owned()));
        }
        mode.insert(table.id.clone(), table.mode.ok_or_else(|| missing("mode"))?);
        why.insert(table.id.clone(), table.why);
        responses.push(Choice { id: table.id, text: table.text });
    }
    let (interaction, key) = (
        Interaction::Rating(Rating { scale, responses }),
        InteractionKey::Rating(RatingKey { mode }),
    );
    Ok(Built { interaction, key, why, panel })
}

fn best_worst(file: &mut File) -> Result<Built, Flaw> {
    let panel = panel(file, "best_worst")?;
    let (mut responses, mut mean, mut why) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
    for table in std::mem::take(&mut file.response) {
        if table.mode.is_some() {
            return Err(Flaw("a response here has a mean, not a mode".to_owned()));
        }
        mean.insert(table.id.clone(), table.mean.ok_or_else(|| missing("mean"))?);
        why.insert(table.id.clone(), table.why);
        responses.push(Choice { id: table.id, text: table.text });
    }
    let (interaction, key) = (
        Interaction::BestWorst(BestWorst { responses }),
        InteractionKey::BestWorst(BestWorstKey { mean }),
    );
    Ok(Built { interaction, key, why, panel })
}

fn diagnosis(file: &mut File) -> Result<Built, Flaw> {
    let lines = std::mem::take(&mut file.log)
        .into_iter()
        .map(|line| Choice { id: line.id, text: line.text })
        .collect();
    let (mut parts, mut keys, mut why) = (Vec::new(), Vec::new(), BTreeMap::new());
    for table in std::mem::take(&mut file.part) {
        let flaw = |message: &str| Flaw(format!("part {:?}: {message}", table.id));
        let (input, correct) = match (table.kind, table.select, table.options_from.as_deref()) {
            (Kind::SingleChoice, None, None) if table.keys.is_empty() && table.rule.is_none() => {
                let (options, correct) = options(table.option, &format!("{}.", table.id), &mut why);
                (
                    PartInput::OneOf(SingleChoice {
                        options,
                        shuffle: table.shuffle.unwrap_or(true),
                    }),
                    vec![one_key(correct)?],
                )
            }
            (Kind::MultipleResponse, Some(Select { min, max }), Some("log"))
                if table.option.is_empty() =>
            {
                (PartInput::Lines { least: min, most: max }, table.keys)
            }
            _ => return Err(flaw("is neither a single choice nor a selection from the log")),
        };
        keys.push(PartKey {
            id: table.id.clone(),
            weight: table.weight,
            correct,
            rule: table.rule.unwrap_or_default(),
        });
        parts.push(Part { id: table.id, ask: table.ask, input });
    }
    Ok(Built {
        interaction: Interaction::Diagnosis(Diagnosis { lines, parts }),
        key: InteractionKey::Diagnosis(DiagnosisKey { parts: keys }),
        why,
        panel: None,
    })
}
