//! `/items/{item}/edit`: an item of the own bank as a form, with the rules and the candidate's view
//! beside it.

use axum::Form;
use axum::extract::{FromRef, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use serde::Deserialize;

use super::work::{Typed, Work, edit_url};
use super::{beside, editor_form, facets};
use crate::components::{Button, Draw, Errors, Field, PageHead, Place, Tone, note};
use crate::domain::bank_review::{State as Stage, Verb};
use crate::domain::id::ItemCode;
use crate::http::AppState;
use crate::http::session::Person;
use crate::islands::live_form::LiveForm;
use crate::pages::shell::{Frame, Head, errors, fragment, page};
use crate::pages::when;
use crate::service::Refusal;
use crate::service::bank::write::Dossier;
use crate::service::bank::{self, check, review, write};
use crate::t;

/// What just happened, and whether the file is shown as text.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    done: String,
    file: String,
}

async fn find(state: &AppState, person: &Person, code: &str) -> Result<Dossier, Refusal> {
    let code: ItemCode = code.parse().map_err(|_| Refusal::Hidden)?;
    write::find(&state.ctx, &person.actor, &code).await
}

/// The editor.
pub async fn show(
    State(state): State<AppState>,
    person: Person,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let dossier = find(&state, &person, &code).await?;
    let work = Work::of(&dossier, !asked.file.is_empty());
    let done = (asked.done == "saved").then(|| t!("item-saved", number = dossier.head.number));
    draw(&state, &person, StatusCode::OK, dossier, work, &Errors::none(), done).await
}

/// Keeps what was typed, or does what a button says without keeping anything yet.
pub async fn save(
    State(state): State<AppState>,
    person: Person,
    Path(code): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let dossier = find(&state, &person, &code).await?;
    let typed = Typed::new(pairs);
    let act = typed.one("act").to_owned();
    let work = typed.work(&dossier);
    if !work.refused.is_empty() {
        let errors = errors(&Refusal::Invalid(work.refused.clone()));
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return draw(&state, &person, status, dossier, work, &errors, None).await;
    }
    if !matches!(act.as_str(), "save" | "submit") {
        return draw(&state, &person, StatusCode::OK, dossier, work, &Errors::none(), None).await;
    }
    let code = dossier.head.code.clone();
    let kept = work.kept(&dossier);
    let outcome = async {
        let number = write::revise(&state.ctx, &person.actor, &code, work.seen, kept).await?;
        if act == "submit" {
            review::step(&state.ctx, &person.actor, &code, number, Verb::Submitted, "").await?;
        }
        Ok(())
    };
    match outcome.await {
        Ok(()) if act == "submit" => {
            Ok(Redirect::to(&format!("/items/{code}?done=submitted")).into_response())
        }
        Ok(()) => {
            let file = if work.is_file { "&file=1" } else { "" };
            Ok(Redirect::to(&format!("{}?done=saved{file}", edit_url(&code))).into_response())
        }
        Err(refusal @ (Refusal::Invalid(_) | Refusal::Conflict(_))) => {
            let is_conflict = matches!(refusal, Refusal::Conflict(_));
            let status =
                if is_conflict { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
            // A refused submission is saved, so the page goes on from there.
            let now = find(&state, &person, code.as_str()).await?;
            let is_kept = !is_conflict && now.head.number > work.seen;
            let work = if is_kept {
                Work::of(&now, work.is_file)
            } else {
                // Whoever saves again after having seen the newer revision means it.
                work.over(now.head.number)
            };
            draw(&state, &person, status, now, work, &errors(&refusal), None).await
        }
        Err(refusal) => Err(refusal),
    }
}

/// What follows from the form as it stands. Nothing is kept.
pub async fn check(
    State(state): State<AppState>,
    person: Person,
    Path(code): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let dossier = find(&state, &person, &code).await?;
    let work = Typed::new(pairs).work(&dossier);
    let stock = bank::stock(&state.ctx, &person.actor).await?;
    let checked = check::check(&stock, &work.text);
    Ok(fragment(&Frame::from_ref(&state), move || {
        view! {
            <div id="findings">{beside::findings(&checked, &work)}</div>
            <div id="preview">{beside::preview(&checked)}</div>
        }
    }))
}

async fn draw(
    state: &AppState,
    person: &Person,
    status: StatusCode,
    dossier: Dossier,
    work: Work,
    errors: &Errors,
    done: Option<String>,
) -> Result<Response, Refusal> {
    let stock = bank::stock(&state.ctx, &person.actor).await?;
    let checked = check::check(&stock, &work.text);
    let (errors, who, staff) = (errors.clone(), person.clone(), person.frame(&state.ctx));
    let head = Head::staff(dossier.head.code.title()).with_status(status).with_islands();
    Ok(page(&Frame::from_ref(state), head, move || {
        let code = dossier.head.code.clone();
        let url = edit_url(&code);
        let newest = dossier.revisions.first();
        let facts = t!(
            "item-edit-facts",
            code = code.to_string(),
            number = dossier.head.number,
            state = facets::stage_words(dossier.head.state.as_str()),
            name = newest.map_or_else(String::new, |one| one.author_name.clone()),
            time =
                newest.map_or_else(String::new, |one| when::minute(one.written_at, &who.timezone))
        );
        let acts = view! {
            {Button::link(t!("item-history"), format!("/items/{code}/history"))}
            {Button::new(t!("item-check")).of_form("item").named("act", "check")}
            {Button::new(t!("item-save")).of_form("item").named("act", "save")}
            // Always to be pressed: what was typed since may have mended everything, and if it has
            // not, the answer says at each field what is missing.
            {Button::main(t!("item-submit")).of_form("item").named("act", "submit")}
        };
        let state_note = match dossier.head.state {
            Stage::Review => Some(note(Tone::Warn, t!("item-edit-in-review"))),
            Stage::Approved => Some(note(Tone::Plain, t!("item-edit-approved"))),
            Stage::Retired => Some(note(Tone::Warn, t!("item-edit-retired"))),
            Stage::Draft => None,
        };
        let form = if work.is_file {
            file_form(&work, &errors)
        } else {
            match work.source() {
                Ok(source) => editor_form::fields(&source, &work, &checked, &errors),
                Err(_) => file_form(&work, &errors),
            }
        };
        let other_way = if work.is_file {
            view! { <a href=url.clone()>{t!("item-as-form")}</a> }
        } else {
            view! { <a href=format!("{url}?file=1")>{t!("item-as-file")}</a> }
        };
        staff.around(Place::Items, view! {
            {PageHead::new(code.title()).facts(facts).acts(acts)}
            <LiveForm form="item".to_owned() url=format!("/items/{code}/check")/>
            <div class="wrap pad">
                <div class="split editor">
                    <div class="stack-5">
                        {done.map(|sentence| note(Tone::Plain, sentence))}
                        {errors.summary(t!("item-not-saved"))}
                        {state_note}
                        <form id="item" class="stack-5" method="post" action=url>
                            // Enter in any field saves; it must not press the first button of the page.
                            <button class="unseen" name="act" value="save" tabindex="-1" aria-hidden="true">
                                {t!("item-save")}
                            </button>
                            {form}
                            <div class="row">
                                <input type="hidden" name="seen" value=work.seen/>
                                {Button::new(t!("item-save")).named("act", "save")}
                                <span class="small soft">{other_way}</span>
                            </div>
                        </form>
                    </div>
                    <aside class="stack-5 stay" aria-label=t!("item-beside")>
                        <div id="findings">{beside::findings(&checked, &work)}</div>
                        <section class="stack-2" aria-labelledby="preview-title">
                            <h2 id="preview-title">{t!("item-preview")}</h2>
                            <div id="preview">{beside::preview(&checked)}</div>
                        </section>
                    </aside>
                </div>
            </div>
        })
    }))
}

fn file_form(work: &Work, errors: &Errors) -> AnyView {
    Field::new("source", t!("item-file"))
        .hint(t!("item-file-hint"))
        .area(36)
        .class("addresses")
        .exact()
        .value(work.text.clone())
        .errors(errors)
        .draw()
}
