//! `/take/{invitation}/mirror`: what the organisation lets a person see of the own result, and, where
//! it allows that, all that reviewers see about this person, with room for a reply. It stands beside the
//! reviewers' page, because it draws with the same parts; the sheet that it gets has no keys.

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use super::{answers, events, profile};
use crate::components::{Button, Errors, Field, Tone, note};
use crate::http::AppState;
use crate::pages::shell::{Frame, errors, page};
use crate::pages::take::{address, chrome, head, refuse_unknown, see_other, sitting};
use crate::pages::when;
use crate::service::Refusal;
use crate::service::attempt::{self, Bearer, Mirror, Sign};
use crate::service::result::Sheet;
use crate::t;

/// The own result, or all of it.
pub async fn show(
    State(state): State<AppState>,
    frame: Frame,
    bearer: Bearer,
) -> Result<Response, Response> {
    draw(&state, &frame, bearer, String::new(), Errors::none()).await
}

/// Keeps what the person says to it.
pub async fn reply(
    State(state): State<AppState>,
    frame: Frame,
    bearer: Bearer,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Response> {
    let refused = |refusal: Refusal| refusal.into_response();
    refuse_unknown(&fields, &["reply"]).map_err(refused)?;
    let words = fields.into_iter().next().map(|(_, words)| words).unwrap_or_default();
    let seat = sitting(&state.ctx, &frame, bearer).await?;
    let Some(run) = &seat.run else { return Err(refused(Refusal::Hidden)) };
    match attempt::reply(&state.ctx, bearer, run.attempt_id, &words).await {
        Ok(_) => Ok(see_other(&address(bearer.invitation, "/mirror#replies"))),
        Err(refusal @ Refusal::Invalid(_)) => {
            draw(&state, &frame, bearer, words, errors(&refusal)).await
        }
        Err(refusal) => Err(refused(refusal)),
    }
}

async fn draw(
    state: &AppState,
    frame: &Frame,
    bearer: Bearer,
    typed: String,
    errors: Errors,
) -> Result<Response, Response> {
    let seat = sitting(&state.ctx, frame, bearer).await?;
    let mirror = attempt::mirror(&state.ctx, bearer).await.map_err(IntoResponse::into_response)?;
    let (sheet, is_all) = match mirror {
        Mirror::Receipt => return Ok(see_other(&address(bearer.invitation, "/receipt"))),
        Mirror::Result(sheet) => (sheet, false),
        Mirror::All(sheet) => (sheet, true),
    };
    let sign = seat.sign.clone();
    let title = if is_all { t!("room-mirror") } else { t!("room-result") };
    let head = head(&title, &sign);
    let head = if errors.is_empty() { head } else { head.refused() };
    Ok(page(frame, head, move || {
        let body = match &sheet.outcome {
            None => note(Tone::Plain, t!("room-result-later")),
            Some(outcome) => {
                let range = outcome.total.range();
                let score = t!(
                    "room-result-score",
                    score = range.percent(),
                    low = range.percent_low(),
                    high = range.percent_high()
                );
                view! {
                    <p class="lead">{score}</p>
                    <p class="soft">{t!("room-result-advice")}</p>
                    {profile::profile(outcome)}
                    {is_all.then(|| answers::all(&sheet))}
                }
                .into_any()
            }
        };
        let rest = is_all.then(|| about(&sheet, &sign, bearer, typed, &errors));
        let main = view! {
            <div class="wrap">
                <div class="sheet sheet-wide">
                    {errors.summary(t!("room-reply-not-kept"))}
                    <h1>{title}</h1>
                    {body}
                    {rest}
                    <p class="row">{Button::link(t!("take-receipt"), address(bearer.invitation, "/receipt"))}</p>
                </div>
            </div>
        };
        chrome(&seat.sign).around(main)
    }))
}

/// What else stands about the person on the reviewers' page.
fn about(sheet: &Sheet, sign: &Sign, bearer: Bearer, typed: String, errors: &Errors) -> AnyView {
    let line = &sheet.row.line;
    let name = line.name.clone().unwrap_or_default();
    let number = line.external_id.clone().unwrap_or_default();
    let replies = sheet
        .replies
        .iter()
        .map(|reply| {
            let at = when::minute(reply.at, &sign.timezone);
            view! { <li><p class="small soft">{at}</p><p class="words">{reply.words.clone()}</p></li> }
        })
        .collect_view();
    let action = address(bearer.invitation, "/reply");
    view! {
        {answers::late(sheet)}
        <section>
            <h2>{t!("room-mirror-person")}</h2>
            <dl class="pairs">
                <dt>{t!("take-name")}</dt><dd>{name}</dd>
                <dt>{t!("room-mirror-address")}</dt><dd>{line.email.clone()}</dd>
                <dt>{t!("room-mirror-number")}</dt><dd>{number}</dd>
            </dl>
        </section>
        {events::section(sheet)}
        <p class="soft">{t!("room-mirror-not")}</p>
        <section id="replies">
            <h2>{t!("room-reply")}</h2>
            <ul class="plain">{replies}</ul>
            <form class="stack" method="post" action=action>
                {Field::new("reply", t!("room-reply-field")).area(6).value(typed)
                    .hint(t!("room-reply-hint", employer = sign.organisation.clone()))
                    .max_length(4000).errors(errors)}
                <p>{Button::new(t!("room-reply-do"))}</p>
            </form>
        </section>
    }
    .into_any()
}
