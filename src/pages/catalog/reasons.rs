//! Why each option is right or wrong, below the words of the option itself.

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::components::markdown::phrase;
use crate::components::{Icon, icon};
use crate::domain::control::{Choice, Control, field};
use crate::domain::item::Item;
use crate::domain::response::Fields;
use crate::t;

/// An option with what the key says about it.
struct Marked {
    text: String,
    mark: Option<String>,
}

/// Every option with its reason; `best` is the best answer. Nothing when no option has a reason.
pub fn list(item: &Item, best: &Fields) -> Option<AnyView> {
    let why = &item.key.why;
    let mut known = options(&item.body.interaction.controls(&[]), best, why);
    let lines = why.iter().map(|(id, why)| {
        // A reason of something that is not drawn stands by its id.
        let option = known.remove(id).unwrap_or_else(|| Marked { text: id.clone(), mark: None });
        let is_key = option.mark.is_some();
        let mark = option
            .mark
            .map(|words| view! { <span class="mark-words">{icon(Icon::Check)} " " {words}</span> });
        view! {
            <div class:key=is_key>
                <dt><span>{phrase(&option.text)}</span> {mark}</dt>
                <dd>{phrase(why)}</dd>
            </div>
        }
    });
    let lines = lines.collect_view();
    (!why.is_empty()).then(|| view! { <dl class="reasons">{lines}</dl> }.into_any())
}

/// The options of all controls by the ids that reasons have: those of a part begin with its name.
fn options(
    controls: &[Control],
    best: &Fields,
    why: &BTreeMap<String, String>,
) -> BTreeMap<String, Marked> {
    let mut found = BTreeMap::new();
    for control in controls {
        match control {
            Control::OneOf { field, choices, .. } => {
                let is_key = |id: &str| best.one(field) == Some(id);
                put(&mut found, why, field, choices, is_key);
            }
            Control::ManyOf { ticks, choices } => {
                let is_key = |id: &str| best.many(&ticks.field).iter().any(|one| one == id);
                put(&mut found, why, &ticks.field, choices, is_key);
            }
            Control::Rating { scale, rows } => {
                for row in rows {
                    let id = row.field.strip_prefix(field::RATING).unwrap_or(&row.field);
                    let place = best.one(&row.field).and_then(|text| text.parse::<usize>().ok());
                    let mark = place.and_then(|at| scale.get(at.checked_sub(1)?)).cloned();
                    found.insert(id.to_owned(), Marked { text: row.text.clone(), mark });
                }
            }
            Control::BestWorst { best: most, worst: least, choices } => {
                for choice in choices {
                    let mark = match Some(choice.id.as_str()) {
                        id if id == best.one(most) => Some(t!("control-best")),
                        id if id == best.one(least) => Some(t!("control-worst")),
                        _ => None,
                    };
                    found.insert(choice.id.clone(), Marked { text: choice.text.clone(), mark });
                }
            }
            Control::Number { .. } | Control::Order { .. } | Control::Exhibit { .. } => {}
        }
    }
    found
}

fn put(
    found: &mut BTreeMap<String, Marked>,
    why: &BTreeMap<String, String>,
    field: &str,
    choices: &[Choice],
    is_key: impl Fn(&str) -> bool,
) {
    for choice in choices {
        let of_part = format!("{field}.{}", choice.id);
        let id = if why.contains_key(&of_part) { of_part } else { choice.id.clone() };
        let mark = is_key(&choice.id).then(|| t!("item-key"));
        found.insert(id, Marked { text: choice.text.clone(), mark });
    }
}
