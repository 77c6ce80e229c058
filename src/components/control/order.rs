//! A list to put in order with buttons.

use leptos::prelude::*;

use super::{Mode, Scope};
use crate::components::markdown::phrase;
use crate::components::{Button, Icon, icon};
use crate::domain::control::{Choice, field, order_field};
use crate::domain::interaction::ordering::arrange;
use crate::t;

/// Numbered steps, each with two submit buttons. The order travels in hidden inputs; one that nobody
/// touched is named differently, because it is not an answer.
pub(super) fn list(steps: &[Choice], scope: Scope<'_>) -> AnyView {
    let is_answered = scope.fields.has(field::ORDER);
    let steps = arrange(steps, scope.fields);
    let count = steps.len();
    let hidden = scope.name(order_field(is_answered));
    let (ask_id, hint_id) = (scope.id("ask"), scope.id("order-hint"));
    let status = scope.moved.and_then(|moved| {
        let place = steps.iter().position(|step| step.id == moved.step)? + 1;
        Some(t!("control-moved", place = place, count = count))
    });
    let rows = steps
        .iter()
        .enumerate()
        .map(|(n, step)| {
            let is_moved = scope.moved.is_some_and(|moved| moved.step == step.id);
            let words_id = scope.id(&format!("step-{}", step.id));
            let moves = (!scope.is_off()).then(|| {
                view! {
                    <span class="moves">
                        {arrow(step, true, n == 0, &words_id, &scope)}
                        {arrow(step, false, n + 1 == count, &words_id, &scope)}
                    </span>
                }
            });
            view! {
                <li class=is_moved.then_some("moved") data-step=step.id.clone()>
                    <span id=words_id>{phrase(&step.text)}</span>
                    {moves}
                    <input type="hidden" name=hidden.clone() value=step.id.clone()/>
                </li>
            }
        })
        .collect_view();
    // What holds only until the order is an answer; an island hides it and shows it again.
    let hint = (!scope.is_off()).then(|| {
        view! {
            <p class="hint" id=hint_id>
                {t!("control-order-hint")} " "
                <span data-untouched="" hidden=is_answered>{t!("control-order-untouched")}</span>
            </p>
        }
    });
    let keep = (!scope.is_off()).then(|| {
        let button = Button::plain(t!("control-keep")).named(scope.name(field::KEEP), "1");
        let button = if scope.mode == Mode::Preview { button.inert() } else { button };
        view! { <div class="tools" data-untouched="" hidden=is_answered>{button}</div> }
    });
    view! {
        <p class="ask" id=ask_id.clone()>{scope.ask}</p>
        {hint}
        <div role="group" aria-labelledby=ask_id>
            // An island that moves a step writes the same sentence here, from the same words.
            <ol class="order" role="list" data-words=t!("control-moved", place = "{place}", count = count)>
                {rows}
            </ol>
        </div>
        <p class="unseen" role="status">{status}</p>
        {keep}
    }
    .into_any()
}

/// One of the two buttons of a step. At the end of the list it stays, so that the focus does too.
fn arrow(step: &Choice, is_up: bool, is_end: bool, words_id: &str, scope: &Scope<'_>) -> AnyView {
    let way = if is_up { "up" } else { "down" };
    let id = scope.id(&format!("{way}-{}", step.id));
    let label = if is_up { t!("control-move-up") } else { t!("control-move-down") };
    let has_focus = scope.moved.is_some_and(|moved| moved.step == step.id && moved.is_up == is_up);
    let picture = icon(if is_up { Icon::Up } else { Icon::Down });
    view! {
        <button
            class="btn btn-icon"
            type=scope.button_type()
            id=id.clone()
            name=scope.name(field::MOVE)
            value=format!("{}:{way}", step.id)
            aria-label=label
            aria-labelledby=format!("{id} {words_id}")
            aria-disabled=is_end.then_some("true")
            autofocus=has_focus
        >
            {picture}
        </button>
    }
    .into_any()
}
