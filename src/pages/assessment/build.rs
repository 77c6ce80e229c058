//! `/assessments/{id}`: the builder. Cause left, the paper in the middle, what it costs right.

use std::sync::Arc;

use axum::Form;
use axum::extract::{FromRef, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use serde::Deserialize;

use super::form::{self, Typed};
use super::{draw as line, meters, paper, tabs_of};
use crate::components::{
    AssessmentTab, Button, Draw, Errors, Field, PageHead, Place, Tone, assessment_tabs, field_id,
    fold, note,
};
use crate::domain::assessment::Draft;
use crate::domain::bank::Bank;
use crate::domain::id::AssessmentId;
use crate::http::AppState;
use crate::http::session::Person;
use crate::islands::live_form::LiveForm;
use crate::pages::shell::{Frame, Head, errors, fragment, page};
use crate::pages::when;
use crate::service::assessment::Assessment;
use crate::service::error::FieldError;
use crate::service::{Refusal, assessment, bank};
use crate::t;

/// What just happened, and which fold somebody worked in.
#[derive(Debug, Default, Deserialize)]
pub struct Done {
    done: Option<String>,
    open: Option<String>,
}

/// The builder.
pub async fn show(
    State(state): State<AppState>,
    person: Person,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Response, Refusal> {
    let found = find(&state, &person, &id).await?;
    let head = Head::staff(found.title.clone());
    let draft = found.draft.clone();
    let bank = bank::of(&state.ctx, &person.actor).await?;
    Ok(draw(&state, &person, &bank, head, &found, draft, Typed::default(), &Errors::none(), &done))
}

async fn find(state: &AppState, person: &Person, id: &str) -> Result<Assessment, Refusal> {
    let id: AssessmentId = id.parse().map_err(|_| Refusal::Hidden)?;
    assessment::find(&state.ctx, &person.actor, id).await
}

/// Saves what was typed, does what the button says, and publishes when it is that button.
pub async fn save(
    State(state): State<AppState>,
    person: Person,
    Path(id): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let found = find(&state, &person, &id).await?;
    let typed = Typed::new(pairs);
    let bank = bank::of(&state.ctx, &person.actor).await?;
    let (mut draft, mut problems) = form::read(&typed, &found.draft);
    problems.extend(form::not_found(&typed, &bank));
    if !problems.is_empty() {
        let head = Head::staff(found.title.clone()).refused();
        let errors = errors(&Refusal::Invalid(problems));
        return Ok(draw(
            &state,
            &person,
            &bank,
            head,
            &found,
            draft,
            typed,
            &errors,
            &Done::default(),
        ));
    }
    let (totals, _) = assessment::figures(&bank, &draft);
    let expected = u32::try_from((totals.expected.get() + 59) / 60).unwrap_or(u32::MAX);
    let open = form::act(&mut draft, &typed, expected);
    let pressed = typed.one("act").unwrap_or_default().to_owned();
    let saved = assessment::save_draft(
        &state.ctx,
        &person.actor,
        found.id,
        typed.revision(),
        draft.clone(),
    );
    let outcome = match saved.await {
        Ok(revision) if pressed == "publish" => {
            assessment::publish(&state.ctx, &person.actor, found.id, revision)
                .await
                .map(|_| format!("/assessments/{}/invite?done=published", found.id))
        }
        Ok(_) => Ok(format!("/assessments/{}?done=saved{}", found.id, place(open.as_deref()))),
        Err(refusal) => Err(refusal),
    };
    match outcome {
        Ok(to) => Ok(Redirect::to(&to).into_response()),
        Err(refusal @ (Refusal::Invalid(_) | Refusal::Conflict(_))) => {
            let is_conflict = matches!(refusal, Refusal::Conflict(_));
            let now = find(&state, &person, &id).await?;
            let head = Head::staff(now.title.clone());
            let head =
                if is_conflict { head.with_status(StatusCode::CONFLICT) } else { head.refused() };
            // After a refused publication the draft is saved, so the page goes on from there.
            let typed = if is_conflict { typed } else { Typed::default() };
            let errors = errors(&refusal);
            Ok(draw(&state, &person, &bank, head, &now, draft, typed, &errors, &Done::default()))
        }
        Err(refusal) => Err(refusal),
    }
}

/// After a change the page opens where the eye is.
fn place(open: Option<&str>) -> String {
    match open {
        Some(field) => {
            let at = field.split('.').nth(1).unwrap_or_default();
            format!("&open={field}#section-{at}")
        }
        None => String::new(),
    }
}

/// What follows from the form as it stands, for the parts of the page with the same ids. Nothing is
/// saved; a number that nobody can read counts as it was.
pub async fn figures(
    State(state): State<AppState>,
    person: Person,
    Path(id): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let found = find(&state, &person, &id).await?;
    let (draft, _) = form::read(&Typed::new(pairs), &found.draft);
    let bank = bank::of(&state.ctx, &person.actor).await?;
    Ok(fragment(&Frame::from_ref(&state), move || {
        let (totals, problems) = assessment::figures(&bank, &draft);
        let blocking: Vec<FieldError> = problems.into_iter().map(assessment::field_error).collect();
        let mut next = 1_u32;
        let mut parts = Vec::new();
        for (at, (sum, section)) in totals.sections.iter().zip(&draft.sections).enumerate() {
            parts
                .push(view! { <p id=format!("meta-{}", at + 1)>{paper::meta(sum)}</p> }.into_any());
            next = u32::try_from(section.picks.len()).unwrap_or(u32::MAX).saturating_add(next);
            for (nr, (one, draw)) in sum.draws.iter().zip(&section.draws).enumerate() {
                let id = field_id(&format!("section.{}.draw.{}", at + 1, nr + 1));
                let figures = view! {
                    <p id=format!("{id}-place")>{paper::places(next, draw.count)}</p>
                    <p id=format!("{id}-drawn")>{line::drawn(one)}</p>
                    <p id=format!("{id}-levels")>{line::levels(one)}</p>
                    <p id=format!("{id}-minutes")>{super::minutes(one.expected)}</p>
                };
                parts.push(figures.into_any());
                next = draw.count.saturating_add(next);
            }
        }
        view! {
            <div id="glance">{meters::glance(&totals, blocking.len())}</div>
            <div id="meters">{meters::column(&bank, &draft, &totals, &blocking)}</div>
            <ul id="skills">{paper::skill_lines(&totals)}</ul>
            {parts}
        }
    }))
}

/// Makes a copy and opens it.
pub async fn clone(
    State(state): State<AppState>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Redirect, Refusal> {
    let found = find(&state, &person, &id).await?;
    let title: String =
        t!("assessment-copy-of", title = found.title).chars().take(Draft::MAX_TITLE).collect();
    let copy = assessment::clone(&state.ctx, &person.actor, found.id, title).await?;
    Ok(Redirect::to(&format!("/assessments/{copy}")))
}

/// Puts the assessment away, or takes it back.
pub async fn archive(
    State(state): State<AppState>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Redirect, Refusal> {
    let found = find(&state, &person, &id).await?;
    let is_archived = found.archived_at.is_none();
    assessment::archive(&state.ctx, &person.actor, found.id, is_archived).await?;
    Ok(Redirect::to(if is_archived { "/assessments?archived=1" } else { "/assessments" }))
}

#[expect(clippy::too_many_arguments, reason = "everything that one page shows")]
fn draw(
    state: &AppState,
    person: &Person,
    bank: &Arc<Bank>,
    head: Head,
    found: &Assessment,
    draft: Draft,
    typed: Typed,
    errors: &Errors,
    done: &Done,
) -> Response {
    let (errors, found, who) = (errors.clone(), found.clone(), person.clone());
    let staff = person.frame(&state.ctx);
    let open = done.open.clone();
    let bank = Arc::clone(bank);
    let done = done.done.as_deref().filter(|done| *done == "saved").map(|_| t!("assessment-saved"));
    page(&Frame::from_ref(state), head.with_islands(), move || {
        let (totals, problems) = assessment::figures(&bank, &draft);
        let revision = typed.or("revision", found.draft_revision);
        let saved_at = when::second_of_day(found.updated_at, &who.timezone);
        let facts = match &found.version {
            Some(version) => t!(
                "assessment-facts-published",
                revision = found.draft_revision,
                time = saved_at,
                version = version.number
            ),
            None => t!("assessment-facts", revision = found.draft_revision, time = saved_at),
        };
        let action = format!("/assessments/{}", found.id);
        let acts = view! {
            {Button::new(t!("assessment-save")).of_form("draft").named("act", "save")}
            {Button::main(t!("assessment-publish")).of_form("draft").named("act", "publish")}
        };
        let tabs = assessment_tabs(found.id, AssessmentTab::Build, &tabs_of(&who), None);
        let blocking: Vec<FieldError> = problems.into_iter().map(assessment::field_error).collect();
        let sheet = paper::Sheet {
            bank: &bank,
            draft: &draft,
            typed: &typed,
            totals: &totals,
            errors: &errors,
            open: open.as_deref(),
        };
        staff.around(Place::Assessments, view! {
            {PageHead::new(found.title.clone()).facts(facts).acts(acts).tabs(tabs)}
            <div class="glance" id="glance">{meters::glance(&totals, blocking.len())}</div>
            <LiveForm form="draft".to_owned() url=format!("{action}/figures")/>
            <form id="draft" class="builder" method="post" action=action.clone()>
                <input type="hidden" name="revision" value=revision/>
                // Enter in any field saves; it must not press the first button of the page.
                <button class="unseen" name="act" value="save" tabindex="-1" aria-hidden="true">
                    {t!("assessment-save")}
                </button>
                <aside class="palette-side" aria-label=t!("assessment-frame")>
                    <div class="stay stack">
                        {done.map(|sentence| note(Tone::Plain, sentence))}
                        {errors.summary(t!("assessment-not-saved"))}
                        {frame_fields(&draft, &typed, &errors)}
                        {paper::skills(&totals, &errors)}
                    </div>
                </aside>
                <div id="paper">
                    <h2 class="unseen" id=field_id("sections")>{t!("assessment-paper")}</h2>
                    {errors.at("sections").map(|text| view! { <p class="error">{text}</p> })}
                    {paper::sections(sheet)}
                    {Button::new(t!("assessment-add-section")).icon(crate::components::Icon::Plus)
                        .named("act", "section.add").draw()}
                </div>
                <aside class="meters" aria-label=t!("assessment-meters")>
                    <div class="stay" id="meters">{meters::column(&bank, &draft, &totals, &blocking)}</div>
                </aside>
            </form>
            <div class="wrap pad row">
                <form method="post" action=format!("{action}/clone")>
                    {Button::new(t!("assessment-clone"))}
                </form>
                <form method="post" action=format!("{action}/archive")>
                    {Button::new(if found.archived_at.is_some() {
                        t!("assessment-restore")
                    } else {
                        t!("assessment-archive")
                    })}
                </form>
            </div>
        })
    })
}

fn frame_fields(draft: &Draft, typed: &Typed, errors: &Errors) -> AnyView {
    let texts = &draft.texts;
    let area = |name: &'static str, label: String, stored: &str| {
        Field::new(name, label).area(3).value(typed.or(name, stored)).errors(errors).draw()
    };
    let words = view! {
        <div class="stack">
            {area("texts.welcome", t!("assessment-text-welcome"), &texts.welcome)}
            {area("texts.rules", t!("assessment-text-rules"), &texts.rules)}
            {area("texts.contact", t!("assessment-text-contact"), &texts.contact)}
        </div>
    };
    view! {
        <section class="stack">
            <h2>{t!("assessment-frame")}</h2>
            {Field::new("title", t!("assessment-name")).value(typed.or("title", &draft.title))
                .required().max_length(200).errors(errors)}
            {Field::new("limit_minutes", t!("assessment-limit")).number().unit(t!("assessment-unit-minutes"))
                .value(typed.or("limit_minutes", draft.limit_minutes)).errors(errors)}
            {Field::new("cut_percent", t!("assessment-cut")).number().unit("%")
                .hint(t!("assessment-cut-hint"))
                .value(typed.or("cut_percent", draft.cut_percent.map_or_else(String::new, |cut| cut.to_string())))
                .errors(errors)}
            {Field::new("open_days", t!("assessment-open")).number().unit(t!("assessment-unit-days"))
                .value(typed.or("open_days", draft.open_days)).errors(errors)}
            {Field::new("retention_days", t!("assessment-retention")).number()
                .unit(t!("assessment-unit-days")).hint(t!("assessment-retention-hint"))
                .value(typed.or("retention_days", draft.retention_days)).errors(errors)}
            {fold(t!("assessment-texts"), false, words)}
        </section>
    }
    .into_any()
}
