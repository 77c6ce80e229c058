//! `/take/{invitation}/section/{section}`: between two sections, when one of them is left or begun for
//! good.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use super::{address, chrome, head, refuse_unknown, running, see_other, ticking};
use crate::components::{Button, Draw, Tone, note};
use crate::domain::response::Completeness;
use crate::domain::time::Seconds;
use crate::http::AppState;
use crate::pages::shell::{Frame, page};
use crate::service::Refusal;
use crate::service::attempt::{
    self, Bearer, Move, Navigation, Openness, Section, Sitting, is_strict,
};
use crate::t;
use crate::text::when::length;

/// What the next section is, before it begins.
pub async fn show(
    State(state): State<AppState>,
    frame: Frame,
    bearer: Bearer,
    Path((_, number)): Path<(String, i32)>,
) -> Result<Response, Response> {
    let sitting = running(&state.ctx, &frame, bearer).await?;
    let Some(section) = sitting.section(number).cloned() else {
        return Err(Refusal::Hidden.into_response());
    };
    let is_here = sitting.current().is_some_and(|current| current.section == number);
    if section.state == Openness::Open && is_here {
        return Ok(see_other(&address(bearer.invitation, "/section")));
    }
    if section.state == Openness::Closed {
        return Ok(see_other(&address(bearer.invitation, "/review")));
    }
    let standing = attempt::clock(&state.ctx, bearer).await.map_err(IntoResponse::into_response)?;
    let is_leaving =
        sitting.current().is_some_and(|here| is_strict(here) && here.state == Openness::Open);
    let rest = Some(standing.break_seconds).filter(|seconds| *seconds > 0 && is_leaving);
    Ok(draw(&frame, *sitting, section, rest.map(Seconds::new)))
}

/// Leaves the section on the screen and rests before the next one.
pub async fn rest(
    State(state): State<AppState>,
    frame: Frame,
    bearer: Bearer,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Response> {
    let refused = |refusal: Refusal| refusal.into_response();
    refuse_unknown(&fields, &[]).map_err(refused)?;
    let sitting = running(&state.ctx, &frame, bearer).await?;
    let Some(run) = &sitting.run else { return Err(refused(Refusal::Hidden)) };
    // Whatever came of it: the page of now says so.
    attempt::rest(&state.ctx, bearer, run.attempt_id).await.map_err(refused)?;
    Ok(see_other(&address(bearer.invitation, "/section")))
}

/// Leaves the section on the screen and opens the next one.
pub async fn open(
    State(state): State<AppState>,
    frame: Frame,
    bearer: Bearer,
    Path((_, number)): Path<(String, i32)>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Response> {
    let refused = |refusal: Refusal| refusal.into_response();
    refuse_unknown(&fields, &[]).map_err(refused)?;
    let sitting = running(&state.ctx, &frame, bearer).await?;
    let Some(run) = &sitting.run else { return Err(refused(Refusal::Hidden)) };
    let moved = attempt::section(&state.ctx, bearer, run.attempt_id, number, None).await;
    Ok(match moved.map_err(refused)? {
        Move::Done => see_other(&address(bearer.invitation, "/section")),
        // Perhaps another one comes first, or the time was over: the page of now says so.
        Move::Stays => match super::section::next_unopened(&sitting) {
            Some(next) if next.section != number => {
                see_other(&address(bearer.invitation, &format!("/section/{}", next.section)))
            }
            _ => see_other(&address(bearer.invitation, "/section")),
        },
    })
}

fn draw(frame: &Frame, sitting: Sitting, next: Section, rest: Option<Seconds>) -> Response {
    let Some(invitation) = sitting.sign.invitation_id else {
        return Refusal::Hidden.into_response();
    };
    let number = next.section;
    let head = head(&next.title, &sitting.sign).with_islands();
    page(frame, head, move || {
        let leaving = sitting.current().filter(|current| current.section != number).cloned();
        let action = address(invitation, &format!("/section/{number}"));
        let back =
            leaving.as_ref().filter(|current| current.state == Openness::Open).map(|current| {
                Button::new(t!("take-turn-back", section = current.title.clone()))
                    .to(address(invitation, "/section"))
                    .draw()
            });
        let main = view! {
            <div class="wrap">
                <div class="sheet stack-5">
                    <h1>{next.title.clone()}</h1>
                    <p class="lead">{about(&next)}</p>
                    {leaving.map(|current| left_behind(&sitting, &current))}
                    <form class="row" method="post" action=action>
                        {Button::main(begin(&next))}
                        {rest.map(|rest| {
                            Button::new(t!("room-rest", time = length(rest)))
                                .posts_to(address(invitation, "/rest"))
                                .draw()
                        })}
                        {back}
                    </form>
                </div>
            </div>
        };
        chrome(&sitting.sign).tools(ticking(&sitting)).around(main)
    })
}

fn about(section: &Section) -> String {
    let count = section.items;
    let first = match section.limit_seconds {
        Some(limit) => {
            t!("take-turn-timed", count = count, time = length(Seconds::new(limit)))
        }
        None => t!("take-turn-count", count = count),
    };
    let way = match section.navigation {
        Navigation::Linear => t!("take-section-linear"),
        Navigation::Free => t!("take-turn-free"),
    };
    format!("{first} {way}")
}

fn begin(section: &Section) -> String {
    match section.limit_seconds {
        Some(limit) => t!("take-turn-start", time = length(Seconds::new(limit))),
        None => t!("take-turn-open", count = section.items),
    }
}

/// What leaving means: for a strict section, that it is for good.
fn left_behind(sitting: &Sitting, current: &Section) -> AnyView {
    let open = sitting
        .places
        .iter()
        .filter(|place| place.section == current.section)
        .filter(|place| place.completeness != Completeness::Complete)
        .count();
    let title = current.title.clone();
    if current.state == Openness::Closed {
        return note(Tone::Plain, t!("take-turn-over", section = title));
    }
    if !is_strict(current) {
        return note(Tone::Plain, t!("take-turn-stays", section = title));
    }
    note(Tone::Warn, t!("take-turn-leaves", section = title, count = open))
}
