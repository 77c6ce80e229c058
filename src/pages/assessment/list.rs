//! `/assessments`: what there is, and a new one from a role.

use std::sync::Arc;

use axum::Form;
use axum::extract::{FromRef, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use serde::Deserialize;

use super::minutes;
use crate::catalog;
use crate::components::{
    Button, Draw as _, Errors, Field, Icon, PageHead, Place, Tone, empty, note, table, tag,
};
use crate::domain::access::{Action, Decision, decide};
use crate::domain::assessment::Draft;
use crate::domain::bank::Bank;
use crate::domain::time::Seconds;
use crate::http::AppState;
use crate::http::session::Person;
use crate::pages::shell::{Frame, Head, errors, page};
use crate::pages::when;
use crate::service::assessment::Line;
use crate::service::{Refusal, assessment, bank};
use crate::t;

/// Which part of the list.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Shown {
    archived: Option<String>,
}

/// A new assessment as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    title: String,
    role: String,
}

/// The list.
pub async fn show(
    State(state): State<AppState>,
    person: Person,
    Query(shown): Query<Shown>,
) -> Result<Response, Refusal> {
    let archived = shown.archived.is_some();
    let lines = assessment::list(&state.ctx, &person.actor, archived).await?;
    let head = Head::staff(t!("assessment-title"));
    let bank = bank::of(&state.ctx, &person.actor).await?;
    Ok(draw(&state, &person, bank, head, lines, archived, Typed::default(), &Errors::none()))
}

/// Makes an assessment from a role, or an empty one.
pub async fn create(
    State(state): State<AppState>,
    person: Person,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    let bank = bank::of(&state.ctx, &person.actor).await?;
    let made = async {
        let draft = match typed.role.parse() {
            Ok(slug) => assessment::draft_of(&bank, &slug)?.0,
            Err(_) => Draft::default(),
        };
        let title =
            if typed.title.trim().is_empty() { draft.title.clone() } else { typed.title.clone() };
        assessment::create(&state.ctx, &person.actor, Draft { title, ..draft }).await
    };
    match made.await {
        Ok(id) => Ok(Redirect::to(&format!("/assessments/{id}")).into_response()),
        Err(refusal @ Refusal::Invalid(_)) => {
            let lines = assessment::list(&state.ctx, &person.actor, false).await?;
            let head = Head::staff(t!("assessment-title")).refused();
            Ok(draw(&state, &person, bank, head, lines, false, typed, &errors(&refusal)))
        }
        Err(refusal) => Err(refusal),
    }
}

#[expect(clippy::too_many_arguments, reason = "everything that one page shows")]
fn draw(
    state: &AppState,
    person: &Person,
    bank: Arc<Bank>,
    head: Head,
    lines: Vec<Line>,
    archived: bool,
    typed: Typed,
    errors: &Errors,
) -> Response {
    let (errors, staff, zone) = (errors.clone(), person.frame(&state.ctx), person.timezone.clone());
    let may_build = decide(&person.actor, Action::BuildAssessment) == Decision::Allow;
    page(&Frame::from_ref(state), head, move || {
        let facts = t!("assessment-count", count = lines.len());
        let other = if archived {
            view! { <a href="/assessments">{t!("assessment-show-current")}</a> }.into_any()
        } else {
            view! { <a href="/assessments?archived=1">{t!("assessment-show-archived")}</a> }
                .into_any()
        };
        let body = if lines.is_empty() {
            empty(t!("assessment-none"), t!("assessment-none-advice"), ())
        } else {
            let heads = view! {
                <th scope="col">{t!("assessment-name")}</th>
                <th scope="col" class="wide">{t!("assessment-version")}</th>
                <th scope="col" class="num">{t!("assessment-invited")}</th>
                <th scope="col" class="num">{t!("assessment-running")}</th>
                <th scope="col" class="num">{t!("assessment-finished")}</th>
                <th scope="col" class="wide">{t!("assessment-changed")}</th>
            };
            let rows = lines.into_iter().map(|line| row(line, &zone, may_build)).collect_view();
            table("grid", t!("assessment-title"), heads, rows)
        };
        // The form is below the list, which grows long.
        let mut head = PageHead::new(t!("assessment-title")).facts(facts);
        if may_build {
            head = head.acts(Button::link(t!("assessment-new"), "#new").icon(Icon::Plus).draw());
        }
        staff.around(
            Place::Assessments,
            view! {
                {head}
                <div class="wrap pad stack-5">
                    {errors.summary(t!("assessment-not-made"))}
                    {body}
                    <p class="small">{other}</p>
                    {may_build.then(|| start(&bank, typed, &errors))}
                </div>
            },
        )
    })
}

fn row(line: Line, zone: &str, may_build: bool) -> impl IntoView + use<> {
    let href = if may_build {
        format!("/assessments/{}", line.id)
    } else {
        format!("/assessments/{}/results", line.id)
    };
    let results = format!("/assessments/{}/results", line.id);
    let version = match line.version {
        Some(number) => t!("assessment-version-number", number = number).into_any(),
        None => tag(Tone::Plain, t!("assessment-never-published")),
    };
    view! {
        <tr>
            <th scope="row"><a href=href>{line.title}</a></th>
            <td class="wide">{version}</td>
            <td class="num">{line.invited}</td>
            <td class="num">{line.running}</td>
            <td class="num"><a href=results>{line.finished}</a></td>
            <td class="wide">{when::minute(line.updated_at, zone)}</td>
        </tr>
    }
}

fn start(bank: &Bank, typed: Typed, errors: &Errors) -> AnyView {
    let roles = catalog::blueprints()
        .iter()
        .map(|blueprint| {
            let (draft, _) = blueprint.draft(bank);
            let thin = assessment::thin_sections(bank, &draft);
            let is_sample = !thin.is_empty() || !draft.check(bank).is_empty();
            let is_chosen = typed.role == blueprint.slug.as_str();
            let planned = minutes(Seconds::from_minutes(i64::from(draft.limit_minutes)));
            view! {
                <label class="role">
                    <input type="radio" name="role" value=blueprint.slug.to_string() checked=is_chosen/>
                    <span>
                        {blueprint.name.clone()}
                        {is_sample.then(|| view! { " " {tag(Tone::Warn, t!("assessment-sample"))} })}
                        {(!thin.is_empty()).then(|| view! {
                            <span class="hint">{t!("assessment-thin-sections", sections = thin.join(", "))}</span>
                        })}
                    </span>
                    <span class="n">{t!("assessment-minutes", minutes = planned)}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <section class="stack read" aria-labelledby="new">
            <h2 id="new">{t!("assessment-new")}</h2>
            {note(Tone::Plain, t!("assessment-new-advice"))}
            <form class="stack" method="post" action="/assessments">
                <fieldset class="roles">
                    <legend>{t!("assessment-role")}</legend>
                    {roles}
                    <label class="role">
                        <input type="radio" name="role" value="" checked=typed.role.is_empty()/>
                        <span>{t!("assessment-role-none")}</span>
                        <span class="n"></span>
                    </label>
                </fieldset>
                {Field::new("title", t!("assessment-name")).hint(t!("assessment-name-hint"))
                    .value(typed.title).class("input-mid").max_length(200).errors(errors)}
                <div>{Button::main(t!("assessment-make"))}</div>
            </form>
        </section>
    }
    .into_any()
}
