//! The candidate's way: link, welcome, sections, review, receipt.

pub mod calendar;
pub mod closed;
pub mod device;
pub mod link;
pub mod look;
pub mod paused;
pub mod practice;
pub mod receipt;
pub mod review;
pub mod section;
mod tour;
pub mod turn;
pub mod welcome;

use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;

use crate::components::{CandidateFrame, clock};
use crate::domain::access::Action;
use crate::domain::id::InvitationId;
use crate::domain::time::{Instant, Seconds};
use crate::http::candidate;
use crate::http::doors::Doors;
use crate::islands::clock::{LATE, digits};
use crate::islands::countdown::{Countdown, Timing};
use crate::pages::result::mirror;
use crate::pages::shell::{Frame, Head};
use crate::service::attempt::{self, Bearer, Sign, Sitting, State, Visit};
use crate::service::{Ctx, Refusal};
use crate::t;
use crate::text::when::{Zone, length, utc};

/// The doors of the candidate.
pub fn doors(doors: Doors) -> Doors {
    doors
        .get("/i/{token}", Action::OpenInvitation, link::open)
        .get("/take/{invitation}", Action::SeeOwnAttempt, welcome::show)
        .post("/take/{invitation}/start", Action::WorkOnOwnAttempt, welcome::start)
        .post("/take/{invitation}/decline", Action::WorkOnOwnAttempt, welcome::decline)
        .get("/take/{invitation}/section", Action::SeeOwnAttempt, section::show)
        .post("/take/{invitation}/section", Action::WorkOnOwnAttempt, section::save)
        .get("/take/{invitation}/section/{section}", Action::SeeOwnAttempt, turn::show)
        .post("/take/{invitation}/section/{section}", Action::WorkOnOwnAttempt, turn::open)
        .post("/take/{invitation}/look", Action::SeeOwnAttempt, look::save)
        .post("/take/{invitation}/rest", Action::WorkOnOwnAttempt, turn::rest)
        .post("/take/{invitation}/take-over", Action::WorkOnOwnAttempt, device::take_over)
        .get("/take/{invitation}/review", Action::SeeOwnAttempt, review::show)
        .post("/take/{invitation}/submit", Action::WorkOnOwnAttempt, review::submit)
        .get("/take/{invitation}/deadline.ics", Action::SeeOwnAttempt, calendar::show)
        .get("/take/{invitation}/practice", Action::SeeOwnAttempt, practice::show)
        .post("/take/{invitation}/practice", Action::SeeOwnAttempt, practice::read)
        .get("/take/{invitation}/mirror", Action::SeeOwnAttempt, mirror::show)
        .post("/take/{invitation}/reply", Action::SeeOwnAttempt, mirror::reply)
        .get("/take/{invitation}/receipt", Action::SeeOwnAttempt, receipt::show)
}

/// What a page of the candidate is drawn from, or the answer when there is nothing to draw.
pub(super) async fn sitting(
    ctx: &Ctx,
    frame: &Frame,
    bearer: Bearer,
) -> Result<Box<Sitting>, Response> {
    match attempt::view(ctx, bearer).await {
        Ok(Visit::Open(sitting)) => Ok(sitting),
        Ok(Visit::Closed(closed)) => Err(closed::page(frame, closed)),
        Err(refusal) => Err(refusal.into_response()),
    }
}

/// The pages of work: the attempt runs. Everybody else is led to where they belong.
async fn running(ctx: &Ctx, frame: &Frame, bearer: Bearer) -> Result<Box<Sitting>, Response> {
    let sitting = sitting(ctx, frame, bearer).await?;
    match sitting.state {
        State::Running => Ok(sitting),
        State::Invited => Err(see_other(&address(bearer.invitation, ""))),
        State::Submitted | State::Voided => Err(see_other(&address(bearer.invitation, "/receipt"))),
    }
}

/// An address of the candidate's way.
pub(super) fn address(invitation: InvitationId, rest: &str) -> String {
    format!("/take/{invitation}{rest}")
}

/// The page of a question.
fn question_address(invitation: InvitationId, position: u16) -> String {
    format!("/take/{invitation}/section?at={position}")
}

pub(super) fn see_other(path: &str) -> Response {
    Redirect::to(path).into_response()
}

/// Gives the browser's cookie a new end: an hour after the end of the attempt.
fn renew(ctx: &Ctx, headers: &HeaderMap, sitting: &Sitting, mut response: Response) -> Response {
    /// Somebody without a clock may need days.
    const UNTIMED: Seconds = Seconds::from_days(30);
    const OUTLIVES: Seconds = Seconds::from_minutes(60);
    let Some(invitation) = sitting.sign.invitation_id else { return response };
    let end = sitting.run.as_ref().and_then(|run| run.deadline_at);
    let age = end.map_or(UNTIMED, |end| sitting.now.seconds_until(end) + OUTLIVES);
    let cookie = candidate::held(ctx, headers, invitation)
        .and_then(|secret| candidate::cookie(ctx, invitation, &secret, age).ok());
    if let Some(cookie) = cookie {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

/// A head with the employer in the title.
pub(super) fn head(title: &str, sign: &Sign) -> Head {
    Head::candidate(t!("take-title", page = title.to_owned(), employer = sign.organisation.clone()))
}

/// The frame of the candidate's pages.
pub(super) fn chrome(sign: &Sign) -> CandidateFrame {
    CandidateFrame::new(sign.organisation.clone())
        .about(sign.title.clone())
        .help(sign.contact.clone())
}

/// An instant with its zone, and in UTC behind it.
fn moment(at: Instant, sign: &Sign) -> (String, String) {
    let zone = Zone::named(&sign.timezone);
    let in_utc = utc().minute(at);
    (zone.moment(at), t!("take-in-zone", zone = zone.name(at), utc = in_utc))
}

/// The clock with the island around it; nothing for who has no limit.
fn ticking(sitting: &Sitting) -> Option<AnyView> {
    let ends_at = sitting.ends_at()?;
    let invitation = sitting.sign.invitation_id?;
    let left = sitting.now.seconds_until(ends_at);
    let ends = Zone::named(&sitting.sign.timezone).clock(ends_at);
    let total = sitting.whole_time().unwrap_or(left);
    let half = length(Seconds::new(total.get() / 2));
    let timing = Timing {
        invitation,
        left: (ends_at.micros() - sitting.now.micros()).max(0) / 1_000,
        total: total.get(),
        notices: [
            t!("take-notice-half", left = half),
            t!("take-notice-ten"),
            t!("take-notice-five", at = "{n}"),
            t!("take-notice-one", at = "{n}"),
        ],
        at: ends.clone(),
        more: t!("room-more-time", at = "{n}"),
        tell: t!("room-tell", minutes = "{m}", seconds = "{s}", at = "{n}"),
        ends: t!("common-ends-at", at = "{n}"),
    };
    let is_late = left.get() <= LATE;
    Some(
        view! {
            <Countdown timing>{clock(digits(left.get()), Some(ends), is_late)}</Countdown>
            <button type="button" class="btn btn-plain tell" data-tell="" hidden>
                {t!("room-tell-button")}
            </button>
        }
        .into_any(),
    )
}

/// The answer when a command came too late or from the wrong browser.
fn conflict(head: Head) -> Head {
    head.with_status(StatusCode::CONFLICT)
}

/// What a command may carry besides what it names: nothing.
pub(super) fn refuse_unknown(fields: &[(String, String)], known: &[&str]) -> Result<(), Refusal> {
    match fields.iter().find(|(name, _)| !known.contains(&name.as_str())) {
        Some((name, _)) => Err(Refusal::field(name.clone(), "unknown-field")),
        None => Ok(()),
    }
}
