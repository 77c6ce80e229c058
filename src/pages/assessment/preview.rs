//! `/assessments/{id}/preview`: a paper as a candidate could get it. Nothing is written.

use axum::extract::{FromRef, Path, Query, State};
use axum::response::Response;
use leptos::prelude::*;
use serde::Deserialize;

use super::tabs_of;
use crate::components::{
    AssessmentTab, Button, Draw, Icon, Mode, PageHead, Place, Question, Tone, assessment_tabs, note,
};
use crate::domain::id::AssessmentId;
use crate::http::AppState;
use crate::http::session::Person;
use crate::pages::shell::{Frame, Head, page};
use crate::service::Refusal;
use crate::service::assessment;
use crate::t;

/// Which of the possible papers.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Seed {
    seed: i64,
}

/// The preview.
pub async fn show(
    State(state): State<AppState>,
    person: Person,
    Path(id): Path<String>,
    Query(Seed { seed }): Query<Seed>,
) -> Result<Response, Refusal> {
    let id: AssessmentId = id.parse().map_err(|_| Refusal::Hidden)?;
    let drawn = match assessment::preview(&state.ctx, &person.actor, id, seed).await {
        Ok(drawn) => Ok(drawn),
        Err(refusal @ Refusal::Invalid(_)) => Err(crate::pages::shell::errors(&refusal)),
        Err(refusal) => return Err(refusal),
    };
    let found = assessment::find(&state.ctx, &person.actor, id).await?;
    let (staff, who) = (person.frame(&state.ctx), person.clone());
    let head = Head::staff(found.title.clone());
    Ok(page(&Frame::from_ref(&state), head, move || {
        let tabs = assessment_tabs(found.id, AssessmentTab::Preview, &tabs_of(&who), None);
        let another = format!("/assessments/{}/preview?seed={}", found.id, seed.wrapping_add(1));
        let body = match drawn {
            Err(errors) => view! {
                {errors.summary(t!("assessment-no-preview"))}
                <p><a class="btn" href=format!("/assessments/{}", found.id)>{t!("assessment-to-builder")}</a></p>
            }
            .into_any(),
            Ok((bank, paper)) => {
                let total = paper.seats.len();
                let mut section = 0;
                let questions = paper.seats.into_iter().filter_map(|seat| {
                    let item = bank.item(&seat.item)?;
                    let heading = (seat.section != section).then(|| {
                        section = seat.section;
                        let named = found.draft.sections.get(section as usize - 1);
                        let name = named.map_or_else(String::new, |part| part.name.clone());
                        view! { <h2>{name}</h2> }
                    });
                    let controls = item.body.interaction.controls(&seat.option_order);
                    let question = Question::new(&item.body.stem, &item.body.ask, controls)
                        .at(u16::try_from(seat.position).unwrap_or(u16::MAX))
                        .mode(Mode::Preview);
                    Some(view! {
                        {heading}
                        <article class="item" aria-label=t!("assessment-question-of", at = seat.position, total = total)>
                            <p class="soft">{t!("assessment-question-of", at = seat.position, total = total)}</p>
                            {question.draw()}
                        </article>
                    })
                });
                view! {
                    {note(Tone::Plain, t!("assessment-preview-note"))}
                    <div class="stack-5 cand-preview">{questions.collect_view()}</div>
                }
                .into_any()
            }
        };
        let acts = Button::link(t!("assessment-draw-again"), another).icon(Icon::Redraw).draw();
        staff.around(Place::Assessments, view! {
            {PageHead::new(found.title.clone()).facts(t!("assessment-preview-facts", seed = seed)).acts(acts).tabs(tabs)}
            <div class="wrap pad stack-5 read">{body}</div>
        })
    }))
}
