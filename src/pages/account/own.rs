//! `/account`: the own password and sessions.

use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use serde::Deserialize;
use tower_sessions::Session;

use crate::components::{Button, Errors, Field, PageHead, Place, Tone, note};
use crate::http::AppState;
use crate::http::client::ClientAddress;
use crate::http::session::{Person, session_digest};
use crate::pages::account::people::role_words;
use crate::pages::shell::{Frame, Head, errors, page};
use crate::service::{Refusal, auth};
use crate::t;

/// What just happened.
#[derive(Debug, Default, Deserialize)]
pub struct Done {
    done: Option<String>,
}

/// The passwords that were typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    current: String,
    new: String,
    again: String,
}

/// The page.
pub async fn show(
    State(state): State<AppState>,
    person: Person,
    Query(done): Query<Done>,
) -> Response {
    draw(&state, &person, Head::staff(t!("account-yours")), &Errors::none(), done.done.as_deref())
}

/// Changes the password.
pub async fn save(
    State(state): State<AppState>,
    person: Person,
    ClientAddress(source): ClientAddress,
    session: Session,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    let outcome = if typed.new == typed.again {
        auth::change_password(
            &state.ctx,
            &person.actor,
            source,
            &person.email,
            typed.current,
            typed.new,
            session_digest(&session),
        )
        .await
    } else {
        Err(Refusal::field("again", "passwords-differ"))
    };
    match outcome {
        Ok(()) => {
            session.cycle_id().await.map_err(|cause| Refusal::Internal(cause.to_string()))?;
            Ok(Redirect::to("/account?done=password").into_response())
        }
        Err(refusal @ (Refusal::Invalid(_) | Refusal::Busy { .. })) => {
            let head = Head::staff(t!("account-yours")).refused();
            Ok(draw(&state, &person, head, &errors(&refusal), None))
        }
        Err(refusal) => Err(refusal),
    }
}

/// Ends the other sessions.
pub async fn sign_out_elsewhere(
    State(state): State<AppState>,
    person: Person,
    session: Session,
) -> Result<Redirect, Refusal> {
    auth::sign_out_elsewhere(&state.ctx, &person.actor, session_digest(&session)).await?;
    Ok(Redirect::to("/account?done=elsewhere"))
}

fn draw(
    state: &AppState,
    person: &Person,
    head: Head,
    errors: &Errors,
    done: Option<&str>,
) -> Response {
    use axum::extract::FromRef;
    let (errors, who) = (errors.clone(), person.clone());
    let staff = person.frame(&state.ctx);
    let done = match done {
        Some("password") => Some(t!("account-password-changed")),
        Some("elsewhere") => Some(t!("account-ended-elsewhere")),
        _ => None,
    };
    page(&Frame::from_ref(state), head, move || {
        let facts = t!(
            "account-facts",
            email = who.email.clone(),
            role = role_words(who.role),
            organisation = who.organisation_name.clone()
        );
        staff.around(Place::Account, view! {
            {PageHead::new(who.name.clone()).facts(facts)}
            <div class="wrap pad stack-5 read">
                {done.map(|sentence| note(Tone::Plain, sentence))}
                {errors.summary(t!("account-password-not-set"))}
                <section class="stack">
                    <h2>{t!("account-change-password")}</h2>
                    <form class="stack" method="post" action="/account">
                        <input type="hidden" name="username" autocomplete="username" value=who.email/>
                        {Field::new("current", t!("account-current-password")).kind("password")
                            .autocomplete("current-password").class("input-mid").required()
                            .errors(&errors)}
                        {Field::new("new", t!("account-new-password")).kind("password")
                            .hint(t!("account-password-hint")).autocomplete("new-password")
                            .class("input-mid").required().errors(&errors)}
                        {Field::new("again", t!("account-password-again")).kind("password")
                            .autocomplete("new-password").class("input-mid").required()
                            .errors(&errors)}
                        <div>{Button::main(t!("account-set-password"))}</div>
                    </form>
                </section>
                <section class="stack">
                    <h2>{t!("account-sessions")}</h2>
                    <p class="soft">{t!("account-sessions-advice")}</p>
                    <form method="post" action="/account/sign-out-elsewhere">
                        {Button::new(t!("account-sign-out-elsewhere"))}
                    </form>
                </section>
            </div>
        })
    })
}
