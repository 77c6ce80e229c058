//! `/take/{invitation}/review`: what is done, what is not, and handing in.

use axum::Form;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use super::section::{next_unopened, palette};
use super::{
    address, chrome, device, head, question_address, refuse_unknown, renew, running, see_other,
    ticking,
};
use crate::components::markdown::plain;
use crate::components::{Button, Draw, Tone, note};
use crate::domain::response::Completeness;
use crate::http::AppState;
use crate::pages::shell::{Frame, page};
use crate::service::Refusal;
use crate::service::attempt::{self, Bearer, Openness, Place, Sitting, State as Phase};
use crate::t;
use crate::text::when::{Zone, length};

/// The page before handing in.
pub async fn show(
    State(state): State<AppState>,
    frame: Frame,
    bearer: Bearer,
    headers: HeaderMap,
) -> Result<Response, Response> {
    let sitting = running(&state.ctx, &frame, bearer).await?;
    if !sitting.is_holder() {
        return Ok(device::ask(&frame, &sitting));
    }
    Ok(renew(&state.ctx, &headers, &sitting, draw(&frame, &sitting)))
}

/// Hands in; again and again leads to the same receipt.
pub async fn submit(
    State(state): State<AppState>,
    frame: Frame,
    bearer: Bearer,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Response> {
    let refused = |refusal: Refusal| refusal.into_response();
    refuse_unknown(&fields, &[]).map_err(refused)?;
    let sitting = super::sitting(&state.ctx, &frame, bearer).await?;
    if sitting.state == Phase::Invited {
        return Ok(see_other(&address(bearer.invitation, "")));
    }
    let Some(run) = &sitting.run else { return Err(refused(Refusal::Hidden)) };
    match attempt::submit(&state.ctx, bearer, run.attempt_id).await {
        Ok(_) => Ok(see_other(&address(bearer.invitation, "/receipt"))),
        Err(Refusal::Conflict(_)) => Ok(device::ask(&frame, &sitting)),
        Err(refusal) => Err(refused(refusal)),
    }
}

fn draw(frame: &Frame, sitting: &Sitting) -> Response {
    let Some(invitation) = sitting.sign.invitation_id else {
        return Refusal::Hidden.into_response();
    };
    let sitting = sitting.clone();
    let head = head(&t!("take-review"), &sitting.sign).with_islands();
    page(frame, head, move || {
        let complete = sitting.count(Completeness::Complete);
        let begun = sitting.count(Completeness::Incomplete);
        let blank = sitting.count(Completeness::Blank);
        let flagged = sitting.places.iter().filter(|place| place.is_flagged).count();
        let all = sitting.places.len();
        let todo = first_to_see(&sitting);
        let first = todo.iter().find(|place| place.question.is_some()).map(|place| place.position);
        let lines = todo
            .into_iter()
            .map(|place| {
                let n = place.position;
                let title = line_title(&sitting, place);
                let title = if place.question.is_some() {
                    view! { <a href=question_address(invitation, n)>{title}</a> }.into_any()
                } else {
                    view! { <span class="soft">{title}</span> }.into_any()
                };
                view! {
                    <li><span class="at">{n}</span>{title}<span class="why">{why(&sitting, place)}</span></li>
                }
            })
            .collect_view();
        let todo = (blank + begun + flagged > 0).then(|| {
            view! {
                <section>
                    <h2>{t!("take-look-first")}</h2>
                    <p class="soft">{t!("take-worth-trying")}</p>
                    <ul class="todo">{lines}</ul>
                </section>
            }
        });
        let unopened = next_unopened(&sitting).map(|section| {
            let href = address(invitation, &format!("/section/{}", section.section));
            view! {
                <section class="stack-2">
                    {note(Tone::Warn, t!("take-sections-left", section = section.title.clone()))}
                    <p class="row">{Button::new(t!("take-see-section", section = section.title.clone())).to(href)}</p>
                </section>
            }
        });
        let begun = (begun > 0).then(|| view! { <p><b>{begun}</b>{t!("take-count-begun")}</p> });
        let go = address(invitation, "/section");
        let submit = address(invitation, "/submit");
        let back = first.map(|n| {
            Button::new(t!("take-go-to", n = n)).to(question_address(invitation, n)).draw()
        });
        let main = view! {
            <div class="wrap">
                <div class="sheet">
                    <h1>{t!("take-review")}</h1>
                    <div class="sum">
                        <p><b>{t!("take-of", count = complete, all = all)}</b>{t!("take-count-answered")}</p>
                        {begun}
                        <p><b>{blank}</b>{t!("take-count-blank")}</p>
                        <p><b>{flagged}</b>{t!("take-count-flagged")}</p>
                    </div>
                    {unopened}
                    {todo}
                    <section>
                        <h2>{t!("common-all-questions")}</h2>
                        <form id="section" method="get" action=go></form>
                        {palette(&sitting, 0).draw()}
                    </section>
                    <section>
                        <h2>{t!("take-submit")}</h2>
                        <p>{submit_advice(&sitting)}</p>
                        <form class="row" method="post" action=submit data-hand-in="">
                            {Button::main(t!("take-submit-do"))} {back}
                        </form>
                    </section>
                </div>
            </div>
        };
        chrome(&sitting.sign).tools(ticking(&sitting)).around(main)
    })
}

/// Unanswered, half answered and flagged ones, the emptiest first.
fn first_to_see(sitting: &Sitting) -> Vec<&Place> {
    let mut todo: Vec<&Place> = sitting
        .places
        .iter()
        .filter(|place| place.is_flagged || place.completeness != Completeness::Complete)
        .collect();
    todo.sort_by_key(|place| (place.completeness, place.position));
    todo
}

/// The question itself, when it may be seen; else its section.
fn line_title(sitting: &Sitting, place: &Place) -> String {
    match &place.question {
        Some(question) => plain(&question.body.ask),
        None => {
            sitting.section(place.section).map(|section| section.title.clone()).unwrap_or_default()
        }
    }
}

fn why(sitting: &Sitting, place: &Place) -> String {
    let is_closed = place.question.is_none()
        && sitting
            .section(place.section)
            .is_some_and(|section| section.state != Openness::Unopened);
    let state = match (place.completeness, is_closed) {
        (Completeness::Complete, _) => t!("take-why-answered"),
        (Completeness::Incomplete, _) => t!("take-why-begun"),
        (Completeness::Blank, false) => t!("take-why-blank"),
        (Completeness::Blank, true) => t!("take-why-closed"),
    };
    if place.is_flagged { t!("take-why-flagged", state = state) } else { state }
}

fn submit_advice(sitting: &Sitting) -> String {
    match sitting.run.as_ref().and_then(|run| run.deadline_at) {
        Some(end) => {
            let left = sitting.now.seconds_until(end);
            let at = Zone::named(&sitting.sign.timezone).clock(end);
            t!("take-submit-advice", left = length(left), at = at)
        }
        None => t!("take-submit-advice-untimed"),
    }
}
