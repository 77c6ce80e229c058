//! `/people/candidates`: what the organisation has settled about its candidates.

use axum::Form;
use axum::extract::{FromRef, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use serde::Deserialize;

use crate::components::{Button, Errors, Field, PageHead, Place, Tone, note};
use crate::http::AppState;
use crate::http::session::Person;
use crate::pages::shell::{Frame, Head, errors, page};
use crate::service::Refusal;
use crate::service::policy::{self, Wanted};
use crate::t;

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    sees: String,
    line: String,
    rest: String,
}

/// What just happened.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Done {
    done: Option<String>,
}

/// The settings.
pub async fn show(
    State(state): State<AppState>,
    person: Person,
    Query(done): Query<Done>,
) -> Result<Response, Refusal> {
    let found = policy::find(&state.ctx, &person.actor).await?;
    let line = (found.line_credit_seconds / 60).to_string();
    let rest = (found.break_seconds / 60).to_string();
    let typed = Typed { sees: found.candidate_sees, line, rest };
    Ok(draw(&state, &person, typed, &Errors::none(), done.done.is_some()))
}

/// Changes them.
pub async fn save(
    State(state): State<AppState>,
    person: Person,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    let Typed { sees, line, rest } = typed.clone();
    match policy::change(&state.ctx, &person.actor, &Wanted { sees, line, rest }).await {
        Ok(()) => Ok(Redirect::to("/people/candidates?done=1").into_response()),
        Err(refusal @ Refusal::Invalid(_)) => {
            Ok(draw(&state, &person, typed, &errors(&refusal), false))
        }
        Err(refusal) => Err(refusal),
    }
}

fn draw(
    state: &AppState,
    person: &Person,
    typed: Typed,
    errors: &Errors,
    is_done: bool,
) -> Response {
    let staff = person.frame(&state.ctx);
    let head = Head::staff(t!("room-policy"));
    let head = if errors.is_empty() { head } else { head.refused() };
    let errors = errors.clone();
    page(&Frame::from_ref(state), head, move || {
        let sees = [
            ("receipt", t!("room-policy-receipt")),
            ("result", t!("room-policy-result")),
            ("mirror", t!("room-policy-mirror")),
        ];
        let sees = sees.map(|(value, words)| (value.to_owned(), words));
        staff.around(
            Place::People,
            view! {
                {PageHead::new(t!("room-policy"))}
                <div class="wrap pad stack-5 read">
                    {is_done.then(|| note(Tone::Plain, t!("room-policy-done")))}
                    {errors.summary(t!("room-policy-not-done"))}
                    <form class="stack" method="post">
                        {Field::new("sees", t!("room-policy-sees")).select(sees).value(typed.sees)
                            .hint(t!("room-policy-sees-hint")).errors(&errors)}
                        {Field::new("line", t!("room-policy-line")).number().value(typed.line)
                            .hint(t!("room-policy-line-hint")).errors(&errors)}
                        {Field::new("rest", t!("room-policy-rest")).number().value(typed.rest)
                            .hint(t!("room-policy-rest-hint")).errors(&errors)}
                        <p>{Button::main(t!("room-policy-save"))}</p>
                    </form>
                </div>
            },
        )
    })
}
