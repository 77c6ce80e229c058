//! `/catalog`: areas are row groups, levels are columns; gaps in the bank show as a pattern.

use axum::extract::{FromRef, Query, State};
use axum::response::Response;
use leptos::prelude::*;
use serde::Deserialize;

use crate::catalog;
use crate::components::{Button, Draw, Field, PageHead, Place, empty};
use crate::domain::bank::Bank;
use crate::domain::skill::{Area, Level, Skill};
use crate::http::AppState;
use crate::http::session::Person;
use crate::pages::assessment::level_words;
use crate::pages::shell::{Frame, Head, page};
use crate::service::Refusal;
use crate::service::bank;
use crate::t;

/// The filter of the page, in its address.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Filter {
    q: String,
    area: String,
}

/// Below this many items a draw gets known too fast.
const THIN: u32 = 4;

/// The catalog.
pub async fn show(
    State(state): State<AppState>,
    person: Person,
    Query(filter): Query<Filter>,
) -> Result<Response, Refusal> {
    let staff = person.frame(&state.ctx);
    let bank = bank::of(&state.ctx, &person.actor).await?;
    Ok(page(&Frame::from_ref(&state), Head::staff(t!("catalog-title")), move || {
        let found: Vec<(&Area, Vec<&Skill>)> = catalog::areas()
            .iter()
            .filter(|area| filter.area.is_empty() || area.slug.as_str() == filter.area)
            .map(|area| {
                (area, area.skills.iter().filter(|skill| matches(skill, &filter.q)).collect())
            })
            .filter(|(_, skills): &(_, Vec<_>)| !skills.is_empty())
            .collect();
        let skills: usize = found.iter().map(|(_, skills)| skills.len()).sum();
        let facts = t!("catalog-facts", skills = skills, items = bank.len());
        let areas = std::iter::once((String::new(), t!("catalog-any-area")))
            .chain(catalog::areas().iter().map(|area| (area.slug.to_string(), area.name.clone())));
        let form = view! {
            <form class="row filter" method="get" action="/catalog" role="search">
                {Field::new("q", t!("catalog-search")).kind("search").value(filter.q.clone()).class("input-mid")}
                {Field::new("area", t!("catalog-area")).select(areas).value(filter.area.clone())}
                {Button::new(t!("catalog-filter")).draw()}
            </form>
        };
        let body = if found.is_empty() {
            empty(
                t!("catalog-no-match"),
                t!("catalog-no-match-advice"),
                view! { <a class="btn" href="/catalog">{t!("catalog-clear")}</a> },
            )
        } else {
            let groups =
                found.into_iter().map(|(area, skills)| group(&bank, area, skills)).collect_view();
            let levels = Level::ALL
                .into_iter()
                .map(|level| view! { <th scope="col" class="num">{level_words(level)}</th> })
                .collect_view();
            let heads = view! {
                <tr>
                    <th scope="col">{t!("catalog-skill")}</th>
                    {levels}
                    <th scope="col" class="num">{t!("catalog-items")}</th>
                </tr>
            };
            view! {
                <div class="scroll" tabindex="0" role="region" aria-label=t!("catalog-title")>
                    <table class="grid">
                        <caption class="unseen">{t!("catalog-caption")}</caption>
                        <thead>{heads}</thead>
                        {groups}
                    </table>
                </div>
            }
            .into_any()
        };
        staff.around(
            Place::Catalog,
            view! {
                {PageHead::new(t!("catalog-title")).facts(facts)}
                <div class="wrap pad stack-5">{form} {body}</div>
            },
        )
    }))
}

fn matches(skill: &Skill, query: &str) -> bool {
    let query = query.trim().to_lowercase();
    query.is_empty()
        || [skill.name.as_str(), skill.definition.as_str(), skill.slug.as_str()]
            .iter()
            .any(|text| text.to_lowercase().contains(&query))
}

fn group(bank: &Bank, area: &'static Area, skills: Vec<&'static Skill>) -> impl IntoView + use<> {
    let rows = skills
        .into_iter()
        .map(|skill| {
            let counts = bank.counts(&skill.slug);
            let of = |level: Level| -> u32 {
                counts.iter().filter(|((at, _), _)| *at == level).map(|(_, count)| count).sum()
            };
            let total: u32 = counts.values().sum();
            let cells = Level::ALL
                .into_iter()
                .map(|level| {
                    let count = of(level);
                    let is_thin = count < THIN;
                    view! {
                        <td class="num">
                            <span class:thin=is_thin>{count}</span>
                            {is_thin.then(|| view! { <span class="unseen">" " {t!("catalog-thin")}</span> })}
                        </td>
                    }
                })
                .collect_view();
            let items = format!("/items?skill={}", skill.slug);
            view! {
                <tr>
                    <th scope="row"><a href=format!("/catalog/{}", skill.slug)>{skill.name.clone()}</a></th>
                    {cells}
                    <td class="num"><a href=items>{total}</a></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <tbody>
            <tr class="group"><th scope="rowgroup" colspan="5">{area.name.clone()} <span class="soft">" " {area.summary.clone()}</span></th></tr>
            {rows}
        </tbody>
    }
}
