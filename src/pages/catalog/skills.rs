//! `/catalog`: areas are row groups, levels are columns; gaps in the bank show as a pattern. Skills
//! that are chosen here become a draft.

use std::sync::Arc;

use axum::Form;
use axum::extract::{FromRef, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;

use super::skill_search::{Asked, column};
use super::skill_table::{self, Sheet};
use crate::catalog;
use crate::components::{Errors, PageHead, Place, empty};
use crate::domain::access::{Action, Decision, decide};
use crate::domain::assessment::Draft;
use crate::domain::bank::Bank;
use crate::domain::id::SkillSlug;
use crate::domain::selection;
use crate::domain::skill::Skill;
use crate::http::AppState;
use crate::http::session::Person;
use crate::pages::shell::{Frame, Head, errors, page};
use crate::service::{Refusal, assessment, bank};
use crate::t;

/// The catalog.
pub async fn show(
    State(state): State<AppState>,
    person: Person,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let bank = bank::of(&state.ctx, &person.actor).await?;
    let head = Head::staff(t!("catalog-title"));
    Ok(draw(&state, &person, bank, head, Asked::read(pairs), &Errors::none()))
}

/// Makes a draft from the chosen skills and opens it in the builder.
pub async fn start(
    State(state): State<AppState>,
    person: Person,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let asked = Asked::read(pairs);
    let bank = bank::of(&state.ctx, &person.actor).await?;
    let made = async {
        let draft = draft(&bank, &asked);
        if draft.sections.is_empty() {
            return Err(Refusal::field("skill", "skill-none"));
        }
        assessment::create(&state.ctx, &person.actor, draft).await
    };
    match made.await {
        Ok(id) => Ok(Redirect::to(&format!("/assessments/{id}")).into_response()),
        Err(refusal @ Refusal::Invalid(_)) => {
            let head = Head::staff(t!("catalog-title")).refused();
            Ok(draw(&state, &person, bank, head, asked, &errors(&refusal)))
        }
        Err(refusal) => Err(refusal),
    }
}

/// One part for each area, in the catalog's order, named after its skills.
fn draft(bank: &Bank, asked: &Asked) -> Draft {
    let mut names = Vec::new();
    let mut parts = Vec::new();
    for area in catalog::areas() {
        let chosen: Vec<&Skill> = area.skills.iter().filter(|it| asked.has(&it.slug)).collect();
        names.extend(chosen.iter().map(|skill| skill.name.as_str()));
        let slugs: Vec<SkillSlug> = chosen.iter().map(|skill| skill.slug.clone()).collect();
        parts.push((area.name.clone(), slugs));
    }
    let title = match names.as_slice() {
        [first, second, rest @ ..] if !rest.is_empty() => {
            t!(
                "catalog-draft-of-many",
                first = (*first).to_owned(),
                second = (*second).to_owned(),
                more = rest.len()
            )
        }
        few => few.join(", "),
    };
    selection::draft(bank, title.chars().take(Draft::MAX_TITLE).collect(), parts)
}

fn draw(
    state: &AppState,
    person: &Person,
    bank: Arc<Bank>,
    head: Head,
    asked: Asked,
    errors: &Errors,
) -> Response {
    let (errors, staff) = (errors.clone(), person.frame(&state.ctx));
    let may_build = decide(&person.actor, Action::BuildAssessment) == Decision::Allow;
    page(&Frame::from_ref(state), head, move || {
        let sheet = Sheet { bank: &bank, asked: &asked, may_build };
        let found = sheet.found();
        let skills: usize = found.iter().map(|(_, lines)| lines.len()).sum();
        let items: u32 = found.iter().flat_map(|(_, lines)| lines).map(|line| line.total).sum();
        let facts = t!(
            "catalog-facts",
            skills = skills,
            all = catalog::skills().count(),
            items = items,
            areas = found.len()
        );
        let tray = may_build.then(|| skill_table::tray(&asked, &found));
        let body = if found.is_empty() {
            empty(
                t!("catalog-no-match"),
                t!("catalog-no-match-advice"),
                view! { <a class="btn" href=asked.only_chosen()>{t!("catalog-clear")}</a> },
            )
        } else {
            sheet.table(found)
        };
        staff.around(
            Place::Catalog,
            view! {
                {PageHead::new(t!("catalog-title")).facts(facts)}
                <form class="chooser" method="get" action="/catalog">
                    <div class="wrap pad">
                        <div class="split catalog">
                            {column(&asked, &bank)}
                            <div class="stack-2">
                                {errors.summary(t!("catalog-not-started"))}
                                {body}
                            </div>
                        </div>
                    </div>
                    {tray}
                </form>
            },
        )
    })
}
