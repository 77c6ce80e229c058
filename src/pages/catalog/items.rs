//! `/items`: the bank, with search and facets in the address.

use axum::extract::{FromRef, Query, State};
use axum::response::Response;
use leptos::prelude::*;
use serde::Deserialize;

use crate::catalog;
use crate::components::{Button, Draw, Field, PageHead, Pager, Place, Tone, empty, table, tag};
use crate::domain::interaction::Kind;
use crate::domain::item::{Item, Status};
use crate::domain::skill::Level;
use crate::http::AppState;
use crate::http::session::Person;
use crate::pages::assessment::{kind_words, level_words, minutes};
use crate::pages::shell::{Frame, Head, page};
use crate::service::Refusal;
use crate::service::assessment::bank;
use crate::t;

/// Lines of one page.
const PER_PAGE: usize = 50;

/// The filter of the page, in its address.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Filter {
    q: String,
    skill: String,
    level: String,
    kind: String,
    page: usize,
}

impl Filter {
    fn takes(&self, item: &Item) -> bool {
        let facts = &item.facts;
        let query = self.q.trim().to_lowercase();
        let is_found = || {
            let texts = [item.body.stem.as_str(), item.body.ask.as_str(), facts.code.as_str()];
            texts
                .into_iter()
                .chain(facts.tags.iter().map(String::as_str))
                .any(|text| text.to_lowercase().contains(&query))
        };
        (self.skill.is_empty() || facts.skill.as_str() == self.skill)
            && (self.level.is_empty() || facts.level.as_str() == self.level)
            && (self.kind.is_empty() || facts.kind.as_str() == self.kind)
            && (query.is_empty() || is_found())
    }

    fn address(&self, page: usize) -> String {
        let pairs =
            [("q", &self.q), ("skill", &self.skill), ("level", &self.level), ("kind", &self.kind)];
        let mut out = String::from("/items?");
        for (name, value) in pairs.into_iter().filter(|(_, value)| !value.is_empty()) {
            out.push_str(name);
            out.push('=');
            out.push_str(&crate::http::session::url_component(value));
            out.push('&');
        }
        out + &format!("page={page}")
    }
}

/// The bank.
pub async fn show(
    State(state): State<AppState>,
    person: Person,
    Query(filter): Query<Filter>,
) -> Result<Response, Refusal> {
    let staff = person.frame(&state.ctx);
    let found: Vec<&'static Item> = bank().items().filter(|item| filter.takes(item)).collect();
    Ok(page(&Frame::from_ref(&state), Head::staff(t!("item-title")), move || {
        let total = found.len();
        let at = filter.page.clamp(1, total.div_ceil(PER_PAGE).max(1));
        let shown = found.into_iter().skip((at - 1) * PER_PAGE).take(PER_PAGE);
        let any = |words: String| std::iter::once((String::new(), words));
        let skills = any(t!("item-any-skill"))
            .chain(catalog::skills().map(|skill| (skill.slug.to_string(), skill.name.clone())));
        let levels = any(t!("item-any-level")).chain(
            Level::ALL.into_iter().map(|level| (level.as_str().to_owned(), level_words(level))),
        );
        let kinds = any(t!("item-any-kind"))
            .chain(Kind::ALL.iter().map(|kind| (kind.as_str().to_owned(), kind_words(*kind))));
        let form = view! {
            <form class="row filter" method="get" action="/items" role="search">
                {Field::new("q", t!("item-search")).kind("search").value(filter.q.clone()).class("input-mid")}
                {Field::new("skill", t!("item-skill")).select(skills).value(filter.skill.clone())}
                {Field::new("level", t!("item-level")).select(levels).value(filter.level.clone())}
                {Field::new("kind", t!("item-kind")).select(kinds).value(filter.kind.clone())}
                {Button::new(t!("item-filter")).draw()}
            </form>
        };
        let body = if total == 0 {
            empty(
                t!("item-no-match"),
                t!("item-no-match-advice"),
                view! { <a class="btn" href="/items">{t!("item-clear")}</a> },
            )
        } else {
            let heads = view! {
                <th scope="col">{t!("item-name")}</th>
                <th scope="col">{t!("item-skill")}</th>
                <th scope="col">{t!("item-kind")}</th>
                <th scope="col">{t!("item-level")}</th>
                <th scope="col" class="num">{t!("item-minutes")}</th>
                <th scope="col">{t!("item-state")}</th>
            };
            table("grid", t!("item-title"), heads, shown.map(row).collect_view())
        };
        let first = ((at - 1) * PER_PAGE + 1).min(total);
        let last = (at * PER_PAGE).min(total);
        let pager = Pager::new(first as u64, last as u64, total as u64)
            .previous((at > 1).then(|| filter.address(at - 1)))
            .next((last < total).then(|| filter.address(at + 1)))
            .draw();
        staff.around(
            Place::Items,
            view! {
                {PageHead::new(t!("item-title")).facts(t!("item-count", count = total))}
                <div class="wrap pad stack-5">{form} {body} {pager}</div>
            },
        )
    }))
}

/// The marks of an item: how far it is, public, provisional.
pub fn marks(item: &Item) -> AnyView {
    view! {
        {tag(Tone::Plain, status_words(item.facts.status))}
        " "
        {tag(Tone::Warn, t!("item-public"))}
        {item.key.is_provisional().then(|| view! { " " {tag(Tone::Warn, t!("item-provisional"))} })}
    }
    .into_any()
}

fn row(item: &'static Item) -> impl IntoView + use<> {
    let facts = &item.facts;
    let skill = catalog::skill(&facts.skill).map_or_else(String::new, |skill| skill.name.clone());
    view! {
        <tr>
            <th scope="row">
                <a href=format!("/items/{}", facts.code)>{facts.title()}</a>
                " " <span class="soft">{facts.number()}</span>
            </th>
            <td>{skill}</td>
            <td>{kind_words(facts.kind)}</td>
            <td>{level_words(facts.level)}</td>
            <td class="num">{minutes(item.body.seconds)}</td>
            <td>{marks(item)}</td>
        </tr>
    }
}

/// How far an item is proven.
fn status_words(status: Status) -> String {
    match status {
        Status::Draft => t!("item-status-draft"),
        Status::Review => t!("item-status-review"),
        Status::Pilot => t!("item-status-pilot"),
        Status::Operational => t!("item-status-operational"),
        Status::Retired => t!("item-status-retired"),
    }
}
