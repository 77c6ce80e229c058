//! An answer beside its key: one table a kind, with the reason of every option.

use leptos::prelude::*;

use crate::components::markdown::{phrase, plain};
use crate::components::{Icon, icon, scroll};
use crate::domain::control::{Choice, field};
use crate::domain::interaction::diagnosis::PartInput;
use crate::domain::interaction::{Interaction, InteractionKey};
use crate::domain::item::Key;
use crate::domain::response::Fields;
use crate::service::result::Answer;
use crate::t;

/// One line of a table.
struct Line {
    what: AnyView,
    is_key: bool,
    is_chosen: bool,
    /// Words in place of the usual ones.
    mark: Option<String>,
    reason: Option<String>,
}

fn reason(key: &Key, id: &str) -> Option<String> {
    key.why.get(id).cloned()
}

fn mark(line: &Line) -> AnyView {
    if let Some(mark) = &line.mark {
        return view! { <span>{mark.clone()}</span> }.into_any();
    }
    match (line.is_key, line.is_chosen) {
        (true, true) => view! { {icon(Icon::Check)} " " {t!("result-key-chosen")} }.into_any(),
        (true, false) => view! { {icon(Icon::Check)} " " {t!("result-key")} }.into_any(),
        (false, true) => {
            view! { <span class="bad">{icon(Icon::Cross)} " " {t!("result-chosen")}</span> }
                .into_any()
        }
        (false, false) => ().into_any(),
    }
}

fn draw(caption: String, head: String, lines: Vec<Line>) -> AnyView {
    let has_reasons = lines.iter().any(|line| line.reason.is_some());
    let rows = lines
        .into_iter()
        .map(|line| {
            let class = match (line.is_key, line.is_chosen) {
                (true, true) => Some("key chosen"),
                (true, false) => Some("key"),
                (false, true) => Some("chosen"),
                (false, false) => None,
            };
            let mark = mark(&line);
            let why = line.reason.as_deref().map(phrase);
            view! {
                <tr class=class>
                    <th scope="row">{line.what}</th>
                    <td class="mk">{mark}</td>
                    {has_reasons.then(|| view! { <td class="soft">{why}</td> })}
                </tr>
            }
        })
        .collect_view();
    scroll(
        caption.clone(),
        view! {
            <table class="beside">
                <caption class="unseen">{caption}</caption>
                <thead><tr>
                    <th scope="col">{head}</th>
                    <th scope="col">{t!("result-mark")}</th>
                    {has_reasons.then(|| view! { <th scope="col">{t!("result-reason")}</th> })}
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        },
    )
}

/// Choices as the candidate saw them.
fn ordered(choices: &[Choice], order: &[String], prefix: &str) -> Vec<Choice> {
    let place = |choice: &Choice| {
        order.iter().position(|id| id.strip_prefix(prefix) == Some(choice.id.as_str()))
    };
    let mut sorted = choices.to_vec();
    sorted.sort_by_key(|choice| place(choice).unwrap_or(usize::MAX));
    sorted
}

fn options(
    choices: &[Choice],
    right: &[String],
    chosen: &[String],
    reason: impl Fn(&str) -> Option<String>,
) -> Vec<Line> {
    choices
        .iter()
        .map(|choice| Line {
            what: phrase(&choice.text),
            is_key: right.contains(&choice.id),
            is_chosen: chosen.contains(&choice.id),
            mark: None,
            reason: reason(&choice.id),
        })
        .collect()
}

fn one(fields: &Fields, name: &str) -> Vec<String> {
    fields.one(name).map(str::to_owned).into_iter().collect()
}

/// The answer beside its key.
pub fn table(answer: &Answer, key: &Key) -> Vec<AnyView> {
    let (fields, order) = (&answer.fields, answer.option_order.as_slice());
    let number = answer.scored.position;
    let caption = t!("result-options-of", number = number);
    let why = |id: &str| reason(key, id);
    match (&answer.body.interaction, &key.interaction) {
        (Interaction::SingleChoice(body), InteractionKey::SingleChoice(key)) => {
            let right = [key.correct.clone()];
            let chosen = one(fields, field::CHOICE);
            let lines = options(&ordered(&body.options, order, ""), &right, &chosen, why);
            vec![draw(caption, t!("result-option"), lines)]
        }
        (Interaction::MultipleResponse(body), InteractionKey::MultipleResponse(key)) => {
            let chosen = fields.many(field::CHOICES);
            let lines = options(&ordered(&body.options, order, ""), &key.correct, chosen, why);
            vec![draw(caption, t!("result-option"), lines)]
        }
        (Interaction::Numeric(body), InteractionKey::Numeric(number)) => {
            let unit = body.unit.clone().map(|unit| format!(" {unit}")).unwrap_or_default();
            let given = fields.one(field::VALUE).map(|text| format!("{text}{unit}"));
            let partly = number.partial.iter().map(|partial| Line {
                what: view! { <span>{format!("{}{unit}", partial.value)}</span> }.into_any(),
                is_key: false,
                is_chosen: false,
                mark: Some(t!("result-partly", credit = partial.credit.to_string())),
                reason: Some(partial.why.clone()),
            });
            let mut lines = vec![Line {
                what: view! { <span>{format!("{}{unit}", number.value)}</span> }.into_any(),
                is_key: true,
                is_chosen: false,
                mark: None,
                reason: None,
            }];
            lines.extend(partly);
            lines.extend(given.map(|given| Line {
                what: view! { <span>{given}</span> }.into_any(),
                is_key: false,
                is_chosen: true,
                mark: Some(t!("result-answered-value")),
                reason: None,
            }));
            vec![draw(caption, t!("result-value"), lines)]
        }
        (Interaction::Ordering(body), InteractionKey::Ordering(ordering)) => {
            let answered = fields.many(field::ORDER);
            let lines = ordering
                .order
                .iter()
                .enumerate()
                .filter_map(|(at, id)| {
                    let step = body.steps.iter().find(|step| step.id == *id)?;
                    let placed = answered.iter().position(|other| other == id);
                    let mark = match placed {
                        Some(placed) => t!("result-placed", key = at + 1, placed = placed + 1),
                        None => t!("result-placed-not", key = at + 1),
                    };
                    Some(Line {
                        what: phrase(&step.text),
                        is_key: placed == Some(at),
                        is_chosen: false,
                        mark: Some(mark),
                        reason: why(id),
                    })
                })
                .collect();
            vec![draw(caption, t!("result-step"), lines)]
        }
        (Interaction::Rating(body), InteractionKey::Rating(panel)) => {
            let lines = ordered(&body.responses, order, "")
                .into_iter()
                .map(|response| {
                    let word = |rating: Option<usize>| {
                        let at = rating.and_then(|rating| rating.checked_sub(1));
                        at.and_then(|at| body.scale.get(at)).cloned().unwrap_or_default()
                    };
                    let rated = fields
                        .one(&format!("{}{}", field::RATING, response.id))
                        .and_then(|text| text.parse().ok());
                    let mode = panel.mode.get(&response.id).map(|mode| usize::from(*mode));
                    let mark = match rated {
                        Some(_) => t!("result-rated", panel = word(mode), rated = word(rated)),
                        None => t!("result-rated-not", panel = word(mode)),
                    };
                    Line {
                        what: phrase(&response.text),
                        is_key: rated.is_some() && rated == mode,
                        is_chosen: false,
                        mark: Some(mark),
                        reason: why(&response.id),
                    }
                })
                .collect();
            vec![draw(caption, t!("result-response"), lines)]
        }
        (Interaction::BestWorst(body), InteractionKey::BestWorst(panel)) => {
            let is = |name: &str, id: &str| fields.one(name) == Some(id);
            let lines = ordered(&body.responses, order, "")
                .into_iter()
                .map(|response| {
                    let mean = panel.mean.get(&response.id).map(ToString::to_string);
                    let mean = mean.unwrap_or_default();
                    let mark = if is(field::BEST, &response.id) {
                        t!("result-chosen-best", mean = mean)
                    } else if is(field::WORST, &response.id) {
                        t!("result-chosen-worst", mean = mean)
                    } else {
                        t!("result-panel-mean", mean = mean)
                    };
                    Line {
                        what: phrase(&response.text),
                        is_key: false,
                        is_chosen: is(field::BEST, &response.id) || is(field::WORST, &response.id),
                        mark: Some(mark),
                        reason: why(&response.id),
                    }
                })
                .collect();
            vec![draw(caption, t!("result-response"), lines)]
        }
        (Interaction::Diagnosis(body), InteractionKey::Diagnosis(parts)) => body
            .parts
            .iter()
            .filter_map(|part| {
                let right = &parts.parts.iter().find(|key| key.id == part.id)?.correct;
                let why = |id: &str| reason(key, &format!("{}.{id}", part.id));
                let (head, lines) = match &part.input {
                    PartInput::OneOf(choice) => {
                        let shown = ordered(&choice.options, order, &format!("{}.", part.id));
                        let chosen = one(fields, &part.id);
                        (t!("result-option"), options(&shown, right, &chosen, why))
                    }
                    PartInput::Lines { .. } => {
                        let chosen = fields.many(&part.id);
                        let lines = body
                            .lines
                            .iter()
                            .filter(|line| right.contains(&line.id) || chosen.contains(&line.id))
                            .map(|line| Line {
                                what: view! { <code>{line.text.clone()}</code> }.into_any(),
                                is_key: right.contains(&line.id),
                                is_chosen: chosen.contains(&line.id),
                                mark: None,
                                reason: why(&line.id),
                            })
                            .collect();
                        (t!("result-line"), lines)
                    }
                };
                let caption = format!("{caption}: {}", plain(&part.ask));
                Some(
                    view! { <p class="stem">{phrase(&part.ask)}</p> {draw(caption, head, lines)} }
                        .into_any(),
                )
            })
            .collect(),
        _ => Vec::new(),
    }
}
