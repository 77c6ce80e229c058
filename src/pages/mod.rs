//! # One file per screen
//!
//! Holds handlers that ask one service function what to show and then draw it, and the only list
//! of URLs. May touch `components`, `islands`, `api` (targets of forms), `service` and `domain`.
//! Never holds SQL or rules.
//!
//! **One more screen**: a file with `show` (and `save` for its form), a line in [`doors`].
//! A form posts to its page: success answers 303, a refusal draws the page again with 422 and
//! everything that was typed.

pub mod home;
pub mod shell;

use axum::extract::FromRef;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use crate::domain::access::Action;
use crate::http::AppState;
use crate::http::doors::Doors;
use crate::pages::shell::{Frame, Head, page};
use crate::service::Refusal;
use crate::t;
use crate::text::{here, say};

/// Every URL of the house.
pub fn doors(doors: Doors) -> Doors {
    doors.get("/", Action::SeeHome, home::show)
}

/// The page for what is not there, or not for this person: both look the same.
pub async fn not_found() -> Refusal {
    Refusal::Hidden
}

/// A refusal that is not about a form, as a page with a way on.
pub fn refused(state: &AppState, refusal: &Refusal) -> Response {
    let (status, title, advice) = match refusal {
        Refusal::Unauthenticated => (
            StatusCode::UNAUTHORIZED,
            "common-signed-out-title",
            "common-signed-out-advice",
        ),
        Refusal::Forbidden => {
            (StatusCode::FORBIDDEN, "common-forbidden-title", "common-forbidden-advice")
        }
        Refusal::Hidden => {
            (StatusCode::NOT_FOUND, "common-not-found-title", "common-not-found-advice")
        }
        Refusal::Invalid(_) => {
            (StatusCode::UNPROCESSABLE_ENTITY, "common-invalid-title", "common-invalid-advice")
        }
        Refusal::Conflict(_) => {
            (StatusCode::CONFLICT, "common-conflict-title", "common-conflict-advice")
        }
        Refusal::Busy { .. } => {
            (StatusCode::TOO_MANY_REQUESTS, "common-busy-title", "common-busy-advice")
        }
        Refusal::Unavailable(_) => {
            (StatusCode::SERVICE_UNAVAILABLE, "common-unavailable-title", "common-unavailable-advice")
        }
        Refusal::Internal(_) => {
            (StatusCode::INTERNAL_SERVER_ERROR, "common-internal-title", "common-internal-advice")
        }
    };
    let details = match refusal {
        Refusal::Invalid(_) | Refusal::Conflict(_) | Refusal::Busy { .. } => Some(refusal.clone()),
        _ => None,
    };
    let head = Head::staff(say(state.ctx.config.locale, title, &[])).with_status(status);
    page(&Frame::from_ref(state), head, move || {
        let sentences = details.map(|refusal| shell::errors(&refusal).sentences());
        view! {
            <main id="main" class="wrap notice stack" tabindex="-1">
                <h1>{here(title, &[])}</h1>
                {sentences.map(|all| all.into_iter().map(|one| view! { <p>{one}</p> }).collect_view())}
                <p>{here(advice, &[])}</p>
                <p><a class="btn" href="/">{t!("common-to-start")}</a></p>
            </main>
        }
    })
}
