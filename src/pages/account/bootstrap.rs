//! `/bootstrap/{token}`: the first organisation and its owner.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use serde::Deserialize;
use tower_sessions::Session;

use super::gate;
use crate::components::{Button, Errors, Field};
use crate::http::AppState;
use crate::http::client::ClientAddress;
use crate::http::session::begin;
use crate::pages::shell::{Frame, Head, errors, page};
use crate::service::Refusal;
use crate::service::auth::{self, Founder};
use crate::t;

/// What was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    organisation: String,
    timezone: String,
    name: String,
    email: String,
    password: String,
}

/// The form, while the address is good.
pub async fn show(
    State(state): State<AppState>,
    State(frame): State<Frame>,
    ClientAddress(source): ClientAddress,
    Path(token): Path<String>,
) -> Result<Response, Refusal> {
    auth::check_bootstrap(&state.ctx, source, &token).await?;
    let typed = Typed { timezone: "UTC".to_owned(), ..Typed::default() };
    Ok(draw(&frame, Head::staff(t!("account-bootstrap")), &token, typed, &Errors::none()))
}

/// Makes organisation and owner, and signs the owner in.
pub async fn save(
    State(state): State<AppState>,
    State(frame): State<Frame>,
    ClientAddress(source): ClientAddress,
    Path(token): Path<String>,
    session: Session,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    let founder = Founder {
        organisation: typed.organisation.clone(),
        timezone: typed.timezone.clone(),
        name: typed.name.clone(),
        email: typed.email.clone(),
        password: typed.password.clone(),
    };
    match auth::bootstrap(&state.ctx, source, &token, founder).await {
        Ok(who) => {
            begin(&session, who).await?;
            Ok(Redirect::to("/").into_response())
        }
        Err(refusal @ Refusal::Invalid(_)) => {
            let head = Head::staff(t!("account-bootstrap")).refused();
            Ok(draw(&frame, head, &token, typed, &errors(&refusal)))
        }
        Err(refusal) => Err(refusal),
    }
}

fn draw(frame: &Frame, head: Head, token: &str, typed: Typed, errors: &Errors) -> Response {
    let errors = errors.clone();
    let action = format!("/bootstrap/{token}");
    page(frame, head.with_body_class("staff at-signin"), move || {
        gate(view! {
            <div class="stack-2">
                <h1>{t!("account-bootstrap")}</h1>
                <p class="soft">{t!("account-bootstrap-advice")}</p>
            </div>
            {errors.summary(t!("account-bootstrap-refused"))}
            <form class="stack" method="post" action=action>
                {Field::new("organisation", t!("account-organisation"))
                    .hint(t!("account-organisation-hint")).value(typed.organisation).required()
                    .max_length(200).errors(&errors)}
                {Field::new("timezone", t!("account-timezone")).hint(t!("account-timezone-hint"))
                    .value(typed.timezone).required().exact().errors(&errors)}
                {Field::new("name", t!("account-name")).autocomplete("name").value(typed.name)
                    .required().max_length(200).errors(&errors)}
                {Field::new("email", t!("account-email")).kind("email").autocomplete("username")
                    .value(typed.email).required().exact().errors(&errors)}
                {Field::new("password", t!("account-password")).kind("password")
                    .hint(t!("account-password-hint")).autocomplete("new-password").required()
                    .errors(&errors)}
                {Button::main(t!("account-bootstrap-do"))}
            </form>
        })
    })
}
