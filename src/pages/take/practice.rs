//! `/take/{invitation}/practice`: the real controls with everyday questions. Nothing is stored, no
//! clock runs, and it may be done as often as one likes.

use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;
use serde::Deserialize;

use super::{address, chrome, head, refuse_unknown, tour};
use crate::components::{Button, Draw, Question, Tone, titled_note};
use crate::domain::interaction::Kind;
use crate::domain::response::{Completeness, Fields};
use crate::http::AppState;
use crate::pages::shell::{Frame, page};
use crate::service::Refusal;
use crate::service::attempt::{self, Bearer, Sitting};
use crate::t;

/// Which question.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    at: Option<usize>,
}

/// A practice question.
pub async fn show(
    State(state): State<AppState>,
    frame: Frame,
    bearer: Bearer,
    Query(asked): Query<Asked>,
) -> Result<Response, Response> {
    let sitting = super::sitting(&state.ctx, &frame, bearer).await?;
    let kinds = kinds(&state, bearer).await?;
    Ok(draw(&frame, bearer, &sitting, &kinds, asked.at.unwrap_or(1), None))
}

/// The same question, with how the answer was read.
pub async fn read(
    State(state): State<AppState>,
    frame: Frame,
    bearer: Bearer,
    Query(asked): Query<Asked>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Response> {
    let sitting = super::sitting(&state.ctx, &frame, bearer).await?;
    let kinds = kinds(&state, bearer).await?;
    let at = asked.at.unwrap_or(1);
    let prefix = format!("{at}.");
    let own: Vec<_> = pairs
        .iter()
        .filter_map(|(name, value)| Some((name.strip_prefix(&prefix)?.to_owned(), value.clone())))
        .collect();
    if own.len() != pairs.len() {
        return Err(refuse_unknown(&pairs, &[]).err().unwrap_or(Refusal::Hidden).into_response());
    }
    let fields = Fields::accept(own)
        .map_err(|_| Refusal::field("answer", "too-long").into_response())?
        .value;
    Ok(draw(&frame, bearer, &sitting, &kinds, at, Some(&fields)))
}

async fn kinds(state: &AppState, bearer: Bearer) -> Result<Vec<Kind>, Response> {
    attempt::kinds(&state.ctx, bearer).await.map_err(IntoResponse::into_response)
}

fn draw(
    frame: &Frame,
    bearer: Bearer,
    sitting: &Sitting,
    kinds: &[Kind],
    at: usize,
    sent: Option<&Fields>,
) -> Response {
    let Some(kind) = at.checked_sub(1).and_then(|index| kinds.get(index)).copied() else {
        return Refusal::Hidden.into_response();
    };
    let (all, sitting) = (kinds.len(), sitting.clone());
    let title = t!("tour-title", n = at, all = all);
    let head = head(&title, &sitting.sign).with_body_class("cand at-item");
    let sent = sent.cloned();
    page(frame, head, move || {
        let body = tour::body(kind);
        let reading = sent.map(|sent| body.interaction.read(&sent));
        let fields = reading.as_ref().map(|reading| reading.fields.clone()).unwrap_or_default();
        let position = u16::try_from(at).unwrap_or(1);
        let question = Question::new(&body.stem, &body.ask, body.interaction.controls(&[]))
            .at(position)
            .answered(&fields);
        let class = if question.is_wide() { "item item-wide" } else { "item" };
        let said = reading.map(|reading| {
            let words = match reading.completeness {
                Completeness::Blank => t!("tour-read-blank"),
                Completeness::Incomplete => t!("tour-read-incomplete"),
                Completeness::Complete => t!("tour-read-complete"),
            };
            titled_note(Tone::Plain, words, view! { <p>{t!("tour-read-advice")}</p> })
        });
        let to = |n: usize| address(bearer.invitation, &format!("/practice?at={n}"));
        let previous = (at > 1).then(|| Button::link(t!("common-previous"), to(at - 1)).draw());
        let next = (at < all).then(|| Button::link(t!("common-next"), to(at + 1)).draw());
        let main = view! {
            <form class="item-form wrap" method="post" action=to(at) autocomplete="off">
                <div class=class>
                    <h1>{title}</h1>
                    <p class="soft">{t!("tour-lead")}</p>
                    {said}
                    {question}
                    <div class="go">
                        {previous} {Button::main(t!("tour-read"))} {next}
                        <span class="push">
                            {Button::link(t!("tour-back"), address(bearer.invitation, ""))}
                        </span>
                    </div>
                </div>
            </form>
        };
        chrome(&sitting.sign).around(main)
    })
}
