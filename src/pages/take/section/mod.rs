//! `/take/{invitation}/section`: one document, one form per section; all its questions are in it and
//! one is on the screen.

mod draw;
mod form;
mod parts;

use axum::Form;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

pub use self::draw::palette;

use self::draw::{Shown, draw};
use self::form::{Go, Posted};
use super::{address, device, look, paused, question_address, renew, running, see_other};
use crate::components::Moved;
use crate::http::{AppState, Look};
use crate::pages::shell::Frame;
use crate::service::attempt::{
    self, Bearer, Move, Openness, Outcome, Section, Sitting, State as Phase, Visit, is_strict,
};
use crate::service::{Ctx, Refusal};

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The question to show.
    at: Option<String>,
    /// The same, from the buttons of a page that may only look.
    go: Option<String>,
    /// A device that only looks.
    look: Option<String>,
    /// The step that was moved: `p3:up`.
    moved: Option<String>,
    /// A problem was told just now.
    told: Option<String>,
}

impl Asked {
    fn position(&self) -> Option<u16> {
        self.go.as_deref().or(self.at.as_deref()).and_then(|text| text.parse().ok())
    }

    fn step(&self) -> Option<Moved> {
        let (step, way) = self.moved.as_deref()?.rsplit_once(':')?;
        Some(Moved { step: step.to_owned(), is_up: way == "up" })
    }
}

/// A question of a section that is open.
pub async fn show(
    State(state): State<AppState>,
    frame: Frame,
    bearer: Bearer,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Result<Response, Response> {
    let sitting = running(&state.ctx, &frame, bearer).await?;
    if !sitting.is_holder() && asked.look.is_none() {
        return Ok(device::ask(&frame, &sitting));
    }
    if let Some((until, reason)) = paused::current(&sitting) {
        return Ok(paused::draw(&frame, bearer, &sitting, until, reason));
    }
    let Some(at) = place_to_show(&sitting, asked.position()) else {
        return Ok(see_other(&way_on(&sitting, bearer)));
    };
    let moved = asked.step().map(|moved| (at, moved));
    let (is_told, is_look) = (asked.told.is_some(), !sitting.is_holder());
    let shown = Shown { at, moved, is_look, is_told, outcome: Outcome::default() };
    Ok(renew(&state.ctx, &headers, &sitting, draw(&frame, &sitting, shown)))
}

/// The question that was asked for, if it may be answered now; else where the person left off.
fn place_to_show(sitting: &Sitting, asked: Option<u16>) -> Option<u16> {
    let asked = asked.and_then(|at| sitting.place(at)).filter(|place| place.question.is_some());
    let current = sitting.run.as_ref()?.section;
    asked.or_else(|| sitting.open_places(current).next()).map(|place| place.position)
}

/// Nothing of the current section is open any more: what comes next.
fn way_on(sitting: &Sitting, bearer: Bearer) -> String {
    match next_unopened(sitting) {
        Some(next) => address(bearer.invitation, &format!("/section/{}", next.section)),
        None => address(bearer.invitation, "/review"),
    }
}

/// The first section that nobody has opened.
pub fn next_unopened(sitting: &Sitting) -> Option<&Section> {
    sitting.sections.iter().find(|section| section.state == Openness::Unopened)
}

/// Saves what changed, then goes where the button leads.
pub async fn save(
    State(state): State<AppState>,
    frame: Frame,
    bearer: Bearer,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Response> {
    let ctx = &state.ctx;
    let refused = |refusal: Refusal| refusal.into_response();
    let posted = form::read(pairs).map_err(refused)?;
    let before = super::sitting(ctx, &frame, bearer).await?;
    if before.state == Phase::Invited {
        return Ok(see_other(&address(bearer.invitation, "")));
    }
    let attempt = before.run.as_ref().map(|run| run.attempt_id);
    if attempt.is_none() || posted.attempt.is_some_and(|asked| Some(asked) != attempt) {
        return Err(refused(Refusal::Hidden));
    }
    let Posted { at, go, moved, form, looks, problems, .. } = posted;
    let outcome = attempt::save_form(ctx, bearer, &before, form).await.map_err(refused)?;
    if let Some(kept) = outcome.kept {
        return Ok(device::kept(&frame, &before, kept));
    }
    if before.state != Phase::Running {
        return Ok(see_other(&address(bearer.invitation, "/receipt")));
    }
    if !outcome.is_complete() {
        // Drawn again from what the server has now, with what was typed in its place.
        let sitting = running(ctx, &frame, bearer).await?;
        let first = outcome.contested.keys().chain(&outcome.too_long).next().copied();
        let at = place_to_show(&sitting, first.or(at)).ok_or_else(|| refused(Refusal::Hidden))?;
        let shown = Shown { at, moved: None, is_look: false, is_told: false, outcome };
        return Ok(draw(&frame, &sitting, shown));
    }
    if let Go::Report(position) = go {
        let (kind, words) = problems.get(&position).cloned().unwrap_or_default();
        let run = before.run.as_ref().ok_or_else(|| refused(Refusal::Hidden))?;
        let told = attempt::report(ctx, bearer, run.attempt_id, position, &kind, &words).await;
        told.map_err(refused)?;
        let back = question_address(bearer.invitation, position);
        return Ok(see_other(&format!("{back}&told=1")));
    }
    if go == Go::Look {
        let chosen = Look::read(looks.iter().map(String::as_str));
        let back = at.map_or_else(
            || address(bearer.invitation, "/section"),
            |at| question_address(bearer.invitation, at),
        );
        return look::remember(&state, bearer, &chosen, see_other(&back)).map_err(refused);
    }
    let path = follow(ctx, bearer, &before, at, go).await.map_err(refused)?;
    Ok(see_other(&match moved {
        Some((at, Moved { step, is_up })) => {
            let way = if is_up { "up" } else { "down" };
            format!("{}&moved={step}:{way}", question_address(bearer.invitation, at))
        }
        None => path,
    }))
}

/// Goes where a button leads. What is strict is left or opened on a page of its own.
async fn follow(
    ctx: &Ctx,
    bearer: Bearer,
    sitting: &Sitting,
    at: Option<u16>,
    go: Go,
) -> Result<String, Refusal> {
    let run = sitting.run.as_ref().ok_or(Refusal::Hidden)?;
    let here = || {
        at.map_or_else(
            || address(bearer.invitation, "/section"),
            |at| question_address(bearer.invitation, at),
        )
    };
    match go {
        Go::Stay | Go::Look | Go::Report(_) => Ok(here()),
        Go::Review => Ok(address(bearer.invitation, "/review")),
        Go::Section(number) => to_section(ctx, bearer, sitting, number).await,
        Go::To(position) => {
            let Some(place) = sitting.place(position) else { return Err(Refusal::Hidden) };
            if place.section != run.section {
                let path = to_section(ctx, bearer, sitting, place.section).await?;
                let is_there = path.ends_with("/section");
                return Ok(if is_there {
                    question_address(bearer.invitation, position)
                } else {
                    path
                });
            }
            // A linear section moves on for good.
            let pointer = sitting.current().and_then(|section| section.position);
            if pointer.is_some_and(|pointer| pointer < i32::from(position)) {
                attempt::section(ctx, bearer, run.attempt_id, run.section, Some(position)).await?;
            }
            Ok(question_address(bearer.invitation, position))
        }
        Go::Time => time_over(ctx, bearer).await,
    }
}

/// Moves to a section: at once between free ones, else by way of the page that says what that means.
async fn to_section(
    ctx: &Ctx,
    bearer: Bearer,
    sitting: &Sitting,
    number: i32,
) -> Result<String, Refusal> {
    let run = sitting.run.as_ref().ok_or(Refusal::Hidden)?;
    let target = sitting.section(number).ok_or(Refusal::Hidden)?;
    let leaves_strict = sitting
        .current()
        .is_some_and(|current| is_strict(current) && current.state == Openness::Open);
    let opens_strict = is_strict(target) && target.state == Openness::Unopened;
    if target.section != run.section && (leaves_strict || opens_strict) {
        return Ok(address(bearer.invitation, &format!("/section/{number}")));
    }
    match attempt::section(ctx, bearer, run.attempt_id, number, None).await? {
        Move::Done => Ok(address(bearer.invitation, "/section")),
        Move::Stays => Ok(address(bearer.invitation, &format!("/section/{number}"))),
    }
}

/// The browser says that the time is over. The server looks at its own clock: it ends the attempt, or
/// the section, or neither.
async fn time_over(ctx: &Ctx, bearer: Bearer) -> Result<String, Refusal> {
    let Visit::Open(sitting) = attempt::view(ctx, bearer).await? else {
        return Ok(address(bearer.invitation, ""));
    };
    let run = sitting.run.as_ref().ok_or(Refusal::Hidden)?;
    let is_over = run.deadline_at.is_some_and(|deadline| deadline <= sitting.now);
    if is_over && sitting.state == Phase::Running && sitting.is_holder() {
        attempt::submit(ctx, bearer, run.attempt_id).await?;
        return Ok(address(bearer.invitation, "/receipt"));
    }
    let section_is_over = sitting
        .current()
        .and_then(|section| section.deadline_at)
        .is_some_and(|deadline| deadline <= sitting.now);
    Ok(if section_is_over {
        way_on(&sitting, bearer)
    } else {
        address(bearer.invitation, "/section")
    })
}
