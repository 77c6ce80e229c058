//! The clock stands still: no questions until it goes on.

use axum::http::HeaderName;
use axum::http::header::HeaderValue;
use axum::response::Response;
use leptos::prelude::*;

use super::{address, chrome, head, moment};
use crate::components::Button;
use crate::domain::time::Instant;
use crate::pages::shell::{Frame, page};
use crate::service::attempt::{Bearer, Sitting};
use crate::t;

/// The page looks again after so many seconds at the latest.
const LOOK_AGAIN: i64 = 20;

/// The end of the pause that is on, with its reason.
pub fn current(sitting: &Sitting) -> Option<(Instant, Option<String>)> {
    let grants = &sitting.run.as_ref()?.grants;
    grants
        .iter()
        .filter(|grant| grant.kind == "pause")
        .filter(|grant| grant.from.is_some_and(|from| from <= sitting.now))
        .filter_map(|grant| Some((grant.until?, grant.reason.clone())))
        .filter(|(until, _)| *until > sitting.now)
        .max_by_key(|(until, _)| *until)
}

/// The page of a pause.
pub fn draw(
    frame: &Frame,
    bearer: Bearer,
    sitting: &Sitting,
    until: Instant,
    reason: Option<String>,
) -> Response {
    let left = sitting.now.seconds_until(until).get().clamp(1, LOOK_AGAIN);
    let sitting = sitting.clone();
    let mut response = page(frame, head(&t!("room-paused"), &sitting.sign), move || {
        let (at, zone) = moment(until, &sitting.sign);
        let go_on = address(bearer.invitation, "/section");
        let main = view! {
            <div class="wrap">
                <div class="sheet stack-5">
                    <h1>{t!("room-paused")}</h1>
                    <p class="lead">{t!("room-paused-lead", at = at, zone = zone)}</p>
                    {reason.map(|reason| view! { <p>{t!("room-paused-reason", reason = reason)}</p> })}
                    <p>{t!("room-paused-advice")}</p>
                    <p class="row">{Button::link(t!("room-paused-go-on"), go_on)}</p>
                </div>
            </div>
        };
        chrome(&sitting.sign).around(main)
    });
    let value = HeaderValue::from(left);
    response.headers_mut().insert(HeaderName::from_static("refresh"), value);
    response
}
