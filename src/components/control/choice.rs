//! Radio buttons and tick boxes.

use leptos::prelude::*;

use super::Scope;
use crate::components::markdown::phrase;
use crate::domain::control::{Choice, Ticks};
use crate::t;

/// One of several: the whole row is the label.
pub(super) fn one(field: &str, choices: &[Choice], scope: Scope<'_>) -> AnyView {
    let rows = rows("radio", field, choices, &scope, |value| scope.is_chosen(field, value));
    view! {
        <fieldset>
            <legend class="ask">{scope.ask}</legend>
            <div class="choices">{rows}</div>
        </fieldset>
    }
    .into_any()
}

/// Any of several: how many are wanted stands above, how many are ticked below. The stylesheet
/// counts the ticks, so the figure is right without a script.
pub(super) fn many(ticks: &Ticks, choices: &[Choice], scope: Scope<'_>) -> AnyView {
    let field = ticks.field.as_str();
    let rows = rows("checkbox", field, choices, &scope, |value| scope.is_ticked(field, value));
    let hint_id = scope.id("many-hint");
    view! {
        <fieldset class="counted" aria-describedby=hint_id>
            <legend class="ask">{scope.ask}</legend>
            <p class="hint" id=hint_id.clone()>{wanted(ticks)}</p>
            <div class="choices">{rows}</div>
            {ticked(ticks.most)}
        </fieldset>
    }
    .into_any()
}

fn rows(
    kind: &'static str,
    field: &str,
    choices: &[Choice],
    scope: &Scope<'_>,
    is_chosen: impl Fn(&str) -> bool,
) -> AnyView {
    choices
        .iter()
        .map(|choice| {
            view! {
                <label class="choice">
                    <input
                        type=kind
                        name=scope.name(field)
                        value=choice.id.clone()
                        checked=is_chosen(&choice.id)
                        disabled=scope.is_off()
                    />
                    {phrase(&choice.text)}
                </label>
            }
        })
        .collect_view()
        .into_any()
}

/// How many ticks make an answer.
fn wanted(ticks: &Ticks) -> String {
    if ticks.least == ticks.most {
        t!("control-tick-exactly", count = ticks.most)
    } else {
        t!("control-tick-between", least = ticks.least, most = ticks.most)
    }
}

/// Stands in the sentence where the stylesheet writes the count.
const COUNT: &str = "\u{fffc}";

/// "1 of 2 ticked", where the 1 is counted by the stylesheet.
pub(super) fn ticked(most: usize) -> AnyView {
    counted(&t!("control-ticked", count = COUNT, most = most))
}

/// A sentence with the count of what is checked above it.
pub(super) fn counted(sentence: &str) -> AnyView {
    let (before, after) = sentence.split_once(COUNT).unwrap_or(("", sentence));
    view! {
        <p class="hint count">
            {before.to_owned()}<span class="count-here"></span>{after.to_owned()}
        </p>
    }
    .into_any()
}

/// "3 of 5 rated".
pub(super) fn rated(rows: usize) -> AnyView {
    counted(&t!("control-rated", count = COUNT, most = rows))
}

/// "1 of 2 chosen".
pub(super) fn chosen(columns: usize) -> AnyView {
    counted(&t!("control-chosen", count = COUNT, most = columns))
}
