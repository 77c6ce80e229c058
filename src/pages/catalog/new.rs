//! `/items/new`: what the item is about and how it is answered; the editor does the rest.

use axum::Form;
use axum::extract::{FromRef, State};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use serde::Deserialize;

use super::work::edit_url;
use crate::catalog;
use crate::catalog::item_form;
use crate::components::{Button, Choices, Errors, Field, PageHead, Place};
use crate::domain::id::SkillSlug;
use crate::domain::interaction::Kind;
use crate::domain::skill::Level;
use crate::http::AppState;
use crate::http::session::Person;
use crate::pages::assessment::{kind_words, level_words};
use crate::pages::shell::{Frame, Head, errors, page};
use crate::service::Refusal;
use crate::service::bank::write;
use crate::t;

/// A new item as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    title: String,
    skill: String,
    level: String,
    kind: String,
}

/// The form.
pub async fn show(State(state): State<AppState>, person: Person) -> Response {
    let typed = Typed { level: "mid".into(), kind: "single_choice".into(), ..Typed::default() };
    draw(&state, &person, Head::staff(t!("item-new")), typed, &Errors::none())
}

/// Makes an empty item and opens the editor.
pub async fn save(
    State(state): State<AppState>,
    person: Person,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    let made = async {
        let skill: SkillSlug =
            typed.skill.parse().map_err(|_| Refusal::field("skill", "item-skill"))?;
        let level: Level =
            typed.level.parse().map_err(|_| Refusal::field("level", "item-level"))?;
        let kind: Kind = typed.kind.parse().map_err(|_| Refusal::field("kind", "item-kind"))?;
        let (ctx, actor) = (&state.ctx, &person.actor);
        let code = write::next_code(ctx, actor, skill.area().as_str(), &typed.title).await?;
        let text = item_form::blank(code.as_str(), skill.as_str(), level.as_str(), kind);
        write::create(ctx, actor, text).await
    };
    match made.await {
        Ok(code) => Ok(Redirect::to(&edit_url(&code)).into_response()),
        Err(refusal @ (Refusal::Invalid(_) | Refusal::Conflict(_))) => {
            let head = Head::staff(t!("item-new")).refused();
            Ok(draw(&state, &person, head, typed, &errors(&refusal)))
        }
        Err(refusal) => Err(refusal),
    }
}

fn draw(state: &AppState, person: &Person, head: Head, typed: Typed, errors: &Errors) -> Response {
    let (errors, staff) = (errors.clone(), person.frame(&state.ctx));
    page(&Frame::from_ref(state), head, move || {
        let first = (String::new(), t!("item-choose-skill"));
        let skills = catalog::areas().iter().flat_map(|area| {
            area.skills.iter().map(move |skill| {
                (skill.slug.to_string(), format!("{}: {}", area.name, skill.name))
            })
        });
        let levels = Level::ALL.map(|level| (level.as_str().to_owned(), level_words(level)));
        let kinds =
            Kind::ALL.iter().fold(Choices::one("kind", t!("item-new-kind")), |choices, kind| {
                choices.line(kind.as_str(), kind_words(*kind), typed.kind == kind.as_str())
            });
        staff.around(Place::Items, view! {
            {PageHead::new(t!("item-new")).facts(t!("item-new-facts"))}
            <div class="wrap pad read">
                <div class="stack-5">
                    {errors.summary(t!("item-not-saved"))}
                    <form class="stack" method="post" action="/items/new">
                        {Field::new("title", t!("item-new-title")).hint(t!("item-new-title-hint"))
                            .value(typed.title.clone()).required().max_length(60).errors(&errors)}
                        {Field::new("skill", t!("item-skill")).select(std::iter::once(first).chain(skills))
                            .value(typed.skill.clone()).errors(&errors)}
                        {Field::new("level", t!("item-level")).select(levels)
                            .value(typed.level.clone()).errors(&errors)}
                        {kinds.errors(&errors)}
                        <div>{Button::main(t!("item-new-do"))}</div>
                    </form>
                </div>
            </div>
        })
    })
}
