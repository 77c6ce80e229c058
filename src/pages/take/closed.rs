//! An invitation that cannot be used: what happened, and what can be done.

use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::{chrome, head, moment};
use crate::components::CandidateFrame;
use crate::pages::shell::{Frame, Head, page as draw};
use crate::service::attempt::{Closed, Sign, Why};
use crate::t;
use crate::text::when::Zone;

/// The page. What nobody may know about looks like what was never there.
pub fn page(frame: &Frame, closed: Closed) -> Response {
    let Closed { why, sign } = closed;
    let Some(sign) = sign else { return unknown(frame) };
    let (title, lead) = words(why, &sign);
    let head = head(&title, &sign).with_status(StatusCode::GONE);
    draw(frame, head, move || {
        let contact = sign.contact.clone().map(|email| {
            let href = format!("mailto:{email}");
            view! {
                <section>
                    <h2>{t!("take-closed-what-now")}</h2>
                    <p>
                        {t!("take-closed-write")} " " <a href=href>{email}</a>
                        {(why == Why::Expired).then(|| format!(". {}", t!("take-closed-can-reopen")))}
                    </p>
                </section>
            }
        });
        let main = view! {
            <div class="wrap">
                <div class="sheet">
                    <h1>{title}</h1>
                    <p class="lead">{lead}</p>
                    {contact}
                </div>
            </div>
        };
        chrome(&sign).help(None).around(main)
    })
}

fn words(why: Why, sign: &Sign) -> (String, String) {
    let (at, zone) = moment(sign.expires_at, sign);
    let day = Zone::named(&sign.timezone).day(sign.expires_at);
    match why {
        Why::Expired => (
            t!("take-closed-expired", day = day),
            t!("take-closed-expired-lead", at = at, zone = zone),
        ),
        Why::Revoked => (t!("take-closed-revoked"), t!("take-closed-revoked-lead")),
        Why::Declined => (t!("take-closed-declined"), t!("take-closed-declined-lead")),
        Why::Finished => (t!("take-closed-finished"), t!("take-closed-finished-lead")),
        Why::Unknown => (t!("take-closed-unknown"), t!("take-closed-unknown-lead")),
    }
}

fn unknown(frame: &Frame) -> Response {
    let head = Head::candidate(t!("take-closed-unknown")).with_status(StatusCode::NOT_FOUND);
    draw(frame, head, || {
        let main = view! {
            <div class="wrap">
                <div class="sheet">
                    <h1>{t!("take-closed-unknown")}</h1>
                    <p class="lead">{t!("take-closed-unknown-lead")}</p>
                    <section>
                        <h2>{t!("take-closed-what-now")}</h2>
                        <p>{t!("take-closed-unknown-advice")}</p>
                    </section>
                </div>
            </div>
        };
        CandidateFrame::new(t!("common-product")).around(main)
    })
}
