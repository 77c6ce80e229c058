//! `/catalog/{skill}`: what belongs to a skill, and what a person at each level can be seen to do.

use std::collections::BTreeMap;

use axum::extract::{FromRef, Path, State};
use axum::response::Response;
use leptos::prelude::*;

use crate::catalog;
use crate::components::{Button, Draw, PageHead, Place, table};
use crate::domain::id::SkillSlug;
use crate::domain::interaction::Kind;
use crate::domain::skill::Level;
use crate::http::AppState;
use crate::http::session::Person;
use crate::pages::assessment::{kind_words, level_words};
use crate::pages::shell::{Frame, Head, page};
use crate::service::Refusal;
use crate::service::bank;
use crate::t;

/// One skill.
pub async fn show(
    State(state): State<AppState>,
    person: Person,
    Path(slug): Path<String>,
) -> Result<Response, Refusal> {
    let slug: SkillSlug = slug.parse().map_err(|_| Refusal::Hidden)?;
    let skill = catalog::skill(&slug).ok_or(Refusal::Hidden)?;
    let staff = person.frame(&state.ctx);
    let bank = bank::of(&state.ctx, &person.actor).await?;
    Ok(page(&Frame::from_ref(&state), Head::staff(skill.name.clone()), move || {
        let counts = bank.counts(&slug);
        let area = catalog::area(&slug.area()).map_or_else(String::new, |area| area.name.clone());
        let labels: Vec<&str> = skill.esco.iter().map(|one| one.label.as_str()).collect();
        let levels = Level::ALL
            .into_iter()
            .map(|level| {
                let lines = skill
                    .at(level)
                    .iter()
                    .map(|line| view! { <li>{line.clone()}</li> })
                    .collect_view();
                view! { <section class="behaviours"><h2>{level_words(level)}</h2><ul>{lines}</ul></section> }
            })
            .collect_view();
        staff.around(Place::Catalog, view! {
            {PageHead::new(skill.name.clone()).facts(area)
                .acts(Button::link(t!("catalog-see-items"), format!("/items?skill={slug}")).draw())}
            <div class="wrap pad stack-5 read">
                <p>{skill.definition.clone()}</p>
                {levels}
                <section class="stack">
                    <h2>{t!("catalog-in-the-bank")}</h2>
                    {counted(&counts)}
                </section>
                <p class="small soft">
                    {t!("catalog-also-known", esco = labels.join(", "), sfia = skill.sfia.join(", "))}
                </p>
            </div>
        })
    }))
}

fn counted(counts: &BTreeMap<(Level, Kind), u32>) -> AnyView {
    let heads = view! {
        <th scope="col">{t!("catalog-kind")}</th>
        {Level::ALL.into_iter().map(|level| view! { <th scope="col" class="num">{level_words(level)}</th> }).collect_view()}
    };
    let rows = Kind::ALL
        .iter()
        .filter(|kind| counts.keys().any(|(_, one)| one == *kind))
        .map(|kind| {
            let cells = Level::ALL
                .into_iter()
                .map(|level| view! { <td class="num">{counts.get(&(level, *kind)).copied().unwrap_or(0)}</td> })
                .collect_view();
            view! { <tr><th scope="row">{kind_words(*kind)}</th>{cells}</tr> }
        })
        .collect_view();
    table("grid", t!("catalog-in-the-bank"), heads, rows)
}
