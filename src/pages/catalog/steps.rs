//! What comes next for an own item: review, approval, retirement; and what was done before.

use leptos::prelude::*;

use super::facets::stage_words;
use crate::components::{Button, Errors, Field, Tone, field_id, fold, note};
use crate::domain::access::{Action, Decision, decide};
use crate::domain::bank_review::{State, Verb};
use crate::http::session::Person;
use crate::pages::when;
use crate::service::bank::write::{Dossier, Step};
use crate::t;

/// What just happened, in words.
pub fn done_words(done: &str) -> Option<String> {
    Some(match done {
        "submitted" => t!("item-done-submitted"),
        "approved" => t!("item-done-approved"),
        "returned" => t!("item-done-returned"),
        "retired" => t!("item-done-retired"),
        _ => return None,
    })
}

/// What may be done with the item now.
pub fn panel(dossier: &Dossier, who: &Person, errors: &Errors, comment: &str) -> AnyView {
    let head = &dossier.head;
    let may = |action| decide(&who.actor, action) == Decision::Allow;
    let url = |verb: &str| format!("/items/{}/{verb}", head.code);
    let number = head.number;
    let is_author = who.actor.account().is_some_and(|by| dossier.authors().contains(&by));
    let field = |label: String| {
        Field::new("comment", label).area(3).max_length(2_000).value(comment).errors(errors)
    };
    let act = match head.state {
        State::Draft if may(Action::WriteItems) => view! {
            <p class="small soft">{t!("item-draft-advice")}</p>
            <form method="post" action=url("submit") class="stack-2">
                <input type="hidden" name="number" value=number/>
                <div>{Button::main(t!("item-submit"))}</div>
            </form>
        }
        .into_any(),
        State::Review if may(Action::ReviewItems) && is_author => view! {
            <p class="small soft">{t!("item-own-review")}</p>
            <form method="post" action=url("review") class="stack-2">
                <input type="hidden" name="number" value=number/>
                <div>{Button::new(t!("item-take-back")).named("act", "return")}</div>
            </form>
        }
        .into_any(),
        State::Review if may(Action::ReviewItems) => view! {
            <p class="small soft">{t!("item-review-advice")}</p>
            <form method="post" action=url("review") class="stack-2">
                <input type="hidden" name="number" value=number/>
                {field(t!("item-comment"))}
                <div class="row">
                    {Button::new(t!("item-return")).named("act", "return")}
                    {Button::main(t!("item-approve", number = number)).named("act", "approve")}
                </div>
            </form>
        }
        .into_any(),
        _ => ().into_any(),
    };
    let in_use =
        head.approved.filter(|approved| head.state != State::Retired && *approved != number);
    let retire = (may(Action::RetireItems) && head.state != State::Retired).then(|| {
        let told = errors.at("retire");
        let is_told = told.is_some();
        let reason = Field::new("comment", t!("item-comment"))
            .id(field_id("retire"))
            .area(2)
            .max_length(2_000)
            .value(if is_told { comment } else { "" });
        let reason = match told {
            Some(sentence) => reason.error(sentence),
            None => reason,
        };
        let form = view! {
            <form method="post" action=url("retire") class="stack-2">
                <p class="small soft">{t!("item-retire-advice")}</p>
                <input type="hidden" name="number" value=number/>
                {reason}
                <div>{Button::bad(t!("item-retire"))}</div>
            </form>
        };
        fold(t!("item-retire-title"), is_told, form)
    });
    let steps = dossier.steps.iter().take(4).map(|step| step_line(step, &who.timezone));
    view! {
        <section class="stack-2">
            <h2>{t!("item-revision-state", number = number, state = stage_words(head.state.as_str()))}</h2>
            {in_use.map(|approved| note(Tone::Plain, t!("item-in-use", number = approved)))}
            {act}
            <ul class="plain small">{steps.collect_view()}</ul>
            {retire}
        </section>
    }
    .into_any()
}

/// Who did what when, and why.
pub fn step_line(step: &Step, timezone: &str) -> AnyView {
    let name = step.by_name.clone();
    let time = when::minute(step.happened_at, timezone);
    let number = step.number;
    let words = match step.verb {
        Verb::Submitted => t!("item-step-submitted", name = name, time = time, number = number),
        Verb::Returned => t!("item-step-returned", name = name, time = time, number = number),
        Verb::Approved => t!("item-step-approved", name = name, time = time, number = number),
        Verb::Retired => t!("item-step-retired", name = name, time = time, number = number),
    };
    let comment = step.comment.clone();
    view! {
        <li>{words}{comment.map(|text| view! { <br/><q>{text}</q> })}</li>
    }
    .into_any()
}
