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

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use crate::domain::access::Action;
use crate::http::AppState;
use crate::http::doors::Doors;
use crate::pages::shell::{Frame, Head, page};
use crate::t;

/// Every URL of the house.
pub fn doors(doors: Doors) -> Doors {
    doors.get("/", Action::SeeHome, home::show)
}

/// The page for what is not there, or not for this person: both look the same.
pub async fn not_found(State(frame): State<Frame>) -> Response {
    let head = Head::staff(t!("common-not-found-title")).with_status(StatusCode::NOT_FOUND);
    page(&frame, head, || {
        view! {
            <main id="main" tabindex="-1">
                <h1>{t!("common-not-found-title")}</h1>
                <p>{t!("common-not-found-advice")}</p>
            </main>
        }
    })
}
