//! `/reset` asks for a link, `/reset/{token}` chooses the new password.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use serde::Deserialize;
use tower_sessions::Session;

use super::gate;
use crate::components::{Button, Errors, Field, Tone, titled_note};
use crate::http::AppState;
use crate::http::client::ClientAddress;
use crate::http::session::begin;
use crate::pages::shell::{Frame, Head, errors, page};
use crate::service::{Refusal, auth};
use crate::t;

/// The address that was typed.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    email: String,
}

/// The passwords that were typed.
#[derive(Debug, Default, Deserialize)]
pub struct Chosen {
    #[serde(default)]
    new: String,
    #[serde(default)]
    again: String,
}

/// The form that asks for a link.
pub async fn show(State(frame): State<Frame>) -> Response {
    draw_ask(&frame, Head::staff(t!("account-reset")), String::new(), &Errors::none())
}

/// Promises a mail, and says the same whether or not there is an account.
pub async fn save(
    State(state): State<AppState>,
    State(frame): State<Frame>,
    ClientAddress(source): ClientAddress,
    Form(asked): Form<Asked>,
) -> Result<Response, Refusal> {
    match auth::ask_reset(&state.ctx, source, &asked.email) {
        Ok(()) => {
            let head = Head::staff(t!("account-reset")).with_body_class("staff at-signin");
            Ok(page(&frame, head, move || {
                gate(view! {
                    <h1>{t!("account-reset")}</h1>
                    {titled_note(
                        Tone::Plain,
                        t!("account-reset-sent"),
                        view! { <p>{t!("account-reset-sent-advice", email = asked.email)}</p> },
                    )}
                    <p class="small"><a href="/sign-in">{t!("account-sign-in")}</a></p>
                })
            }))
        }
        Err(refusal @ (Refusal::Invalid(_) | Refusal::Busy { .. })) => {
            let head = Head::staff(t!("account-reset")).refused();
            Ok(draw_ask(&frame, head, asked.email, &errors(&refusal)))
        }
        Err(refusal) => Err(refusal),
    }
}

/// The form for the new password.
pub async fn open(
    State(state): State<AppState>,
    State(frame): State<Frame>,
    ClientAddress(source): ClientAddress,
    Path(token): Path<String>,
) -> Result<Response, Refusal> {
    let found = auth::find_reset(&state.ctx, source, &token).await?;
    let head = Head::staff(t!("account-choose-password"));
    Ok(draw_choose(&frame, head, &token, found.email, &Errors::none()))
}

/// Chooses the new password and signs in.
pub async fn choose(
    State(state): State<AppState>,
    State(frame): State<Frame>,
    ClientAddress(source): ClientAddress,
    Path(token): Path<String>,
    session: Session,
    Form(chosen): Form<Chosen>,
) -> Result<Response, Refusal> {
    let found = auth::find_reset(&state.ctx, source, &token).await?;
    let outcome = if chosen.new == chosen.again {
        auth::reset(&state.ctx, source, &token, chosen.new).await
    } else {
        Err(Refusal::field("again", "passwords-differ"))
    };
    match outcome {
        Ok(who) => {
            begin(&session, who).await?;
            Ok(Redirect::to("/").into_response())
        }
        Err(refusal @ Refusal::Invalid(_)) => {
            let head = Head::staff(t!("account-choose-password")).refused();
            Ok(draw_choose(&frame, head, &token, found.email, &errors(&refusal)))
        }
        Err(refusal) => Err(refusal),
    }
}

fn draw_ask(frame: &Frame, head: Head, email: String, errors: &Errors) -> Response {
    let errors = errors.clone();
    page(frame, head.with_body_class("staff at-signin"), move || {
        gate(view! {
            <div class="stack-2">
                <h1>{t!("account-reset")}</h1>
                <p class="soft">{t!("account-reset-advice")}</p>
            </div>
            {errors.summary(t!("account-reset-not-asked"))}
            <form class="stack" method="post" action="/reset">
                {Field::new("email", t!("account-email")).kind("email").autocomplete("username")
                    .value(email).required().exact().errors(&errors)}
                {Button::main(t!("account-reset-ask"))}
            </form>
            <p class="small"><a href="/sign-in">{t!("account-sign-in")}</a></p>
        })
    })
}

fn draw_choose(frame: &Frame, head: Head, token: &str, email: String, errors: &Errors) -> Response {
    let errors = errors.clone();
    let action = format!("/reset/{token}");
    page(frame, head.with_body_class("staff at-signin"), move || {
        gate(view! {
            <div class="stack-2">
                <h1>{t!("account-choose-password")}</h1>
                <p class="soft">{t!("account-choose-for", email = email.clone())}</p>
            </div>
            {errors.summary(t!("account-password-not-set"))}
            <form class="stack" method="post" action=action>
                <input type="hidden" name="username" autocomplete="username" value=email/>
                {Field::new("new", t!("account-new-password")).kind("password")
                    .hint(t!("account-password-hint")).autocomplete("new-password").required()
                    .errors(&errors)}
                {Field::new("again", t!("account-password-again")).kind("password")
                    .autocomplete("new-password").required().errors(&errors)}
                {Button::main(t!("account-set-password"))}
            </form>
        })
    })
}
