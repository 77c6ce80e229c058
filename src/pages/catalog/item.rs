//! `/items/{item}`: one item as the candidate sees it, with key, reasons and evidence below, how it
//! does, and what comes next for it.

use std::sync::Arc;

use axum::Form;
use axum::extract::{FromRef, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use serde::Deserialize;

use super::items::marks;
use super::work::edit_url;
use super::{figures, reasons, steps};
use crate::catalog;
use crate::components::markdown::prose;
use crate::components::{Button, Draw, Errors, Mode, PageHead, Place, Question, Tone, note};
use crate::domain::access::{Action, Decision, decide};
use crate::domain::bank_review::Verb;
use crate::domain::id::ItemCode;
use crate::domain::item::Item;
use crate::http::AppState;
use crate::http::session::Person;
use crate::pages::assessment::{kind_words, level_words, minutes};
use crate::pages::shell::{Frame, Head, errors, page};
use crate::service::bank::write::Dossier;
use crate::service::bank::{self, Entry, figures as service, review, write};
use crate::service::{FieldError, Refusal};
use crate::t;

/// What just happened.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Done {
    done: String,
}

/// What somebody decides about an item.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Decided {
    number: i32,
    act: String,
    comment: String,
}

/// One item.
pub async fn show(
    State(state): State<AppState>,
    person: Person,
    Path(code): Path<String>,
    Query(done): Query<Done>,
) -> Result<Response, Refusal> {
    draw(&state, &person, &code, StatusCode::OK, &Errors::none(), String::new(), &done.done).await
}

/// Sends it to review.
pub async fn submit(
    state: State<AppState>,
    person: Person,
    code: Path<String>,
    form: Form<Decided>,
) -> Result<Response, Refusal> {
    step(state, person, code, form, Verb::Submitted, "submitted").await
}

/// Approves it or gives it back.
pub async fn judge(
    state: State<AppState>,
    person: Person,
    code: Path<String>,
    form: Form<Decided>,
) -> Result<Response, Refusal> {
    match form.act.as_str() {
        "approve" => step(state, person, code, form, Verb::Approved, "approved").await,
        _ => step(state, person, code, form, Verb::Returned, "returned").await,
    }
}

/// Takes it out of use.
pub async fn retire(
    state: State<AppState>,
    person: Person,
    code: Path<String>,
    form: Form<Decided>,
) -> Result<Response, Refusal> {
    step(state, person, code, form, Verb::Retired, "retired").await
}

async fn step(
    State(state): State<AppState>,
    person: Person,
    Path(code): Path<String>,
    Form(form): Form<Decided>,
    verb: Verb,
    done: &str,
) -> Result<Response, Refusal> {
    let name: ItemCode = code.parse().map_err(|_| Refusal::Hidden)?;
    let (ctx, actor) = (&state.ctx, &person.actor);
    match review::step(ctx, actor, &name, form.number, verb, &form.comment).await {
        Ok(()) => Ok(Redirect::to(&format!("/items/{code}?done={done}")).into_response()),
        Err(refusal @ (Refusal::Invalid(_) | Refusal::Conflict(_))) => {
            let status = match refusal {
                Refusal::Conflict(_) => StatusCode::CONFLICT,
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            };
            let errors = errors(&of_this_page(refusal, verb));
            draw(&state, &person, &code, status, &errors, form.comment, "").await
        }
        Err(refusal) => Err(refusal),
    }
}

/// What is wrong with the item itself has its fields in the editor, not here. Two forms of the page
/// have a comment.
fn of_this_page(refusal: Refusal, verb: Verb) -> Refusal {
    let Refusal::Invalid(fields) = refusal else { return refusal };
    let here = |field: FieldError| match field.field.as_str() {
        "comment" if verb == Verb::Retired => FieldError { field: "retire".into(), ..field },
        "comment" => field,
        _ => FieldError { field: String::new(), ..field },
    };
    Refusal::Invalid(fields.into_iter().map(here).collect())
}

async fn draw(
    state: &AppState,
    person: &Person,
    code: &str,
    status: StatusCode,
    errors: &Errors,
    comment: String,
    done: &str,
) -> Result<Response, Refusal> {
    let code: ItemCode = code.parse().map_err(|_| Refusal::Hidden)?;
    let stock = bank::stock(&state.ctx, &person.actor).await?;
    let entry = Arc::clone(stock.entry(&code).ok_or(Refusal::Hidden)?);
    let dossier = match &entry.own {
        Some(_) => Some(write::find(&state.ctx, &person.actor, &code).await?),
        None => None,
    };
    let known = service::find(&state.ctx, &person.actor, &code).await?;
    let (errors, who, staff) = (errors.clone(), person.clone(), person.frame(&state.ctx));
    let done = steps::done_words(done);
    let head = Head::staff(entry.title.clone()).with_status(status);
    Ok(page(&Frame::from_ref(state), head, move || {
        let mut head =
            PageHead::new(entry.title.clone()).facts(view! { {line(&entry)} " " {marks(&entry)} });
        if let Some(dossier) = &dossier {
            head = head.acts(acts(dossier, &who));
        }
        let beside = view! {
            {dossier.as_ref().map(|dossier| steps::panel(dossier, &who, &errors, &comment))}
            {figures::section(&known, &entry)}
        };
        staff.around(
            Place::Items,
            view! {
                {head}
                <div class="wrap pad">
                    <div class="split editor">
                        <div class="stack-5 read-in">
                            {done.map(|sentence| note(Tone::Plain, sentence))}
                            {errors.summary(t!("item-not-done"))}
                            {body(&entry)}
                        </div>
                        <aside class="stack-5 stay" aria-label=t!("item-beside")>{beside}</aside>
                    </div>
                </div>
            },
        )
    }))
}

fn line(entry: &Entry) -> String {
    let card = &entry.card;
    let skill = catalog::skill(&card.skill).map_or_else(String::new, |skill| skill.name.clone());
    t!(
        "item-facts",
        skill = skill,
        kind = kind_words(card.kind),
        level = level_words(card.level),
        minutes = minutes(card.seconds)
    )
}

fn acts(dossier: &Dossier, who: &Person) -> AnyView {
    let code = &dossier.head.code;
    let may_write = decide(&who.actor, Action::WriteItems) == Decision::Allow
        && dossier.head.state.takes_revisions();
    view! {
        {Button::link(t!("item-history"), format!("/items/{code}/history"))}
        {may_write.then(|| Button::link(t!("item-edit"), edit_url(code)).draw())}
    }
    .into_any()
}

fn body(entry: &Entry) -> AnyView {
    match &entry.item {
        Some(item) => whole(item),
        None => view! {
            {note(Tone::Warn, t!("item-half"))}
            <p><a class="btn" href=edit_url(&entry.card.code)>{t!("item-edit")}</a></p>
        }
        .into_any(),
    }
}

fn whole(item: &Item) -> AnyView {
    let facts = &item.facts;
    let best = item.body.interaction.best(&item.key.interaction);
    let fields = item.body.interaction.write(&best);
    let controls = item.body.interaction.controls(&[]);
    let question = Question::new(&item.body.stem, &item.body.ask, controls)
        .answered(&fields)
        .mode(Mode::ReadOnly);
    let reasons = reasons::list(item, &fields);
    let references = item.key.references.iter().map(|one| view! { <li>{one.clone()}</li> });
    let has_references = !item.key.references.is_empty();
    let run = item.key.run.clone().map(|run| {
        view! {
            <p>{t!("item-run", language = run.language, version = run.version)}</p>
            <pre class="code" tabindex="0" role="region" aria-label=t!("item-run-source")>{run.source}</pre>
            <pre class="code" tabindex="0" role="region" aria-label=t!("item-run-output")>{run.expect}</pre>
        }
    });
    let evidence = item.key.evidence.clone().map(|text| view! { <p>{text}</p> });
    let has_evidence = evidence.is_some() || run.is_some();
    view! {
        <section class="stack">
            <h2>{t!("item-question")}</h2>
            <article class="item cand-preview">{question}</article>
        </section>
        <section class="stack">
            <h2>{t!("item-explanation")}</h2>
            {prose(&item.key.explanation)}
        </section>
        {reasons.map(|list| view! { <section class="stack"><h2>{t!("item-reasons")}</h2>{list}</section> })}
        {has_evidence.then(|| view! {
            <section class="stack"><h2>{t!("item-evidence")}</h2>{evidence}{run}</section>
        })}
        {has_references.then(|| view! {
            <section class="stack">
                <h2>{t!("item-references")}</h2>
                <ul>{references.collect_view()}</ul>
            </section>
        })}
        <p class="small soft">
            {t!("item-tags", tags = facts.tags.join(", "), seeds = facts.seeds.join(", "), code = facts.code.to_string(), revision = facts.revision)}
        </p>
    }
    .into_any()
}
