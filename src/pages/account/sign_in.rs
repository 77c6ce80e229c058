//! `/sign-in` and `/sign-out`.

use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use serde::Deserialize;
use tower_sessions::Session;

use super::gate;
use crate::components::{Button, Errors, Field, Tone, note};
use crate::domain::access::Actor;
use crate::http::AppState;
use crate::http::client::ClientAddress;
use crate::http::session::{begin, local_path};
use crate::pages::shell::{Frame, Head, errors, page};
use crate::service::{Refusal, auth};
use crate::t;

/// Where the sign-in leads, and what just happened.
#[derive(Debug, Default, Deserialize)]
pub struct Way {
    next: Option<String>,
    out: Option<String>,
}

/// What was typed.
#[derive(Debug, Default, Deserialize)]
pub struct Typed {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    next: Option<String>,
}

/// The form; who is signed in goes on.
pub async fn show(
    State(frame): State<Frame>,
    Query(way): Query<Way>,
    axum::Extension(actor): axum::Extension<Actor>,
) -> Response {
    if actor != Actor::Anonymous {
        return Redirect::to(local_path(way.next.as_deref())).into_response();
    }
    let typed = Typed { next: way.next, ..Typed::default() };
    draw(&frame, Head::staff(t!("account-sign-in")), typed, &Errors::none(), way.out.is_some())
}

/// Signs in.
pub async fn save(
    State(state): State<AppState>,
    State(frame): State<Frame>,
    ClientAddress(source): ClientAddress,
    session: Session,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    match auth::sign_in(&state.ctx, source, &typed.email, typed.password.clone()).await {
        Ok(who) => {
            begin(&session, who).await?;
            Ok(Redirect::to(local_path(typed.next.as_deref())).into_response())
        }
        Err(refusal @ (Refusal::Conflict(_) | Refusal::Busy { .. })) => {
            let status = match refusal {
                Refusal::Busy { .. } => axum::http::StatusCode::TOO_MANY_REQUESTS,
                _ => axum::http::StatusCode::UNPROCESSABLE_ENTITY,
            };
            let head = Head::staff(t!("account-sign-in")).with_status(status);
            Ok(draw(&frame, head, typed, &errors(&refusal), false))
        }
        Err(refusal) => Err(refusal),
    }
}

/// Ends the session.
pub async fn leave(session: Session) -> Result<Redirect, Refusal> {
    session.flush().await.map_err(|cause| Refusal::Internal(cause.to_string()))?;
    Ok(Redirect::to("/sign-in?out=1"))
}

fn draw(frame: &Frame, head: Head, typed: Typed, errors: &Errors, is_out: bool) -> Response {
    let head = head.with_body_class("staff at-signin");
    let errors = errors.clone();
    page(frame, head, move || {
        gate(view! {
            <div class="stack-2"><h1>{t!("account-sign-in")}</h1></div>
            {errors.summary(t!("account-not-signed-in"))}
            {is_out.then(|| note(Tone::Plain, t!("account-signed-out")))}
            <form class="stack" method="post" action="/sign-in">
                <input type="hidden" name="next" value=typed.next.unwrap_or_default()/>
                {Field::new("email", t!("account-email")).kind("email").autocomplete("username")
                    .value(typed.email).required().exact()}
                {Field::new("password", t!("account-password")).kind("password")
                    .autocomplete("current-password").required()}
                {Button::main(t!("account-sign-in"))}
            </form>
            <p class="small"><a href="/reset">{t!("account-forgot")}</a></p>
            <p class="small soft">{t!("account-candidates-need-none")}</p>
        })
    })
}
