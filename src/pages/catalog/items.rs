//! `/items`: the bank, with search and facets in the address.

use std::sync::Arc;

use axum::extract::{FromRef, Query, State};
use axum::response::Response;
use leptos::prelude::*;

use super::facets::{self, address, stage_words};
use crate::catalog;
use crate::components::{Button, Draw, Icon, PageHead, Pager, Place, Tone, empty, table, tag};
use crate::domain::access::{Action, Decision, decide};
use crate::domain::bank_search::find;
use crate::http::AppState;
use crate::http::session::Person;
use crate::pages::assessment::{kind_words, level_words, minutes};
use crate::pages::shell::{Frame, Head, page};
use crate::service::Refusal;
use crate::service::bank::{self, Entry};
use crate::t;

/// Lines of one page.
const PER_PAGE: usize = 50;

/// The bank.
pub async fn show(
    State(state): State<AppState>,
    person: Person,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let (wanted, at) = facets::read(pairs);
    let stock = bank::stock(&state.ctx, &person.actor).await?;
    let staff = person.frame(&state.ctx);
    let may_write = decide(&person.actor, Action::WriteItems) == Decision::Allow;
    Ok(page(&Frame::from_ref(&state), Head::staff(t!("item-title")), move || {
        let found = find(stock.entries.iter().map(|entry| &entry.card), &wanted);
        let total = found.places.len();
        let at = at.min(total.div_ceil(PER_PAGE).max(1));
        let column = facets::column(&wanted, &found);
        let shown = found.places.iter().skip((at - 1) * PER_PAGE).take(PER_PAGE);
        let rows = shown.map(|place| row(&stock.entries[*place])).collect_view();
        let body = if total == 0 {
            empty(
                t!("item-no-match"),
                t!("item-no-match-advice"),
                view! { <a class="btn" href="/items">{t!("item-clear")}</a> },
            )
        } else {
            let heads = view! {
                <th scope="col">{t!("item-name")}</th>
                <th scope="col" class="wide">{t!("item-skill")}</th>
                <th scope="col" class="wide">{t!("item-kind")}</th>
                <th scope="col">{t!("item-level")}</th>
                <th scope="col" class="num">{t!("item-minutes")}</th>
                <th scope="col">{t!("item-state")}</th>
            };
            table("grid", t!("item-title"), heads, rows)
        };
        let first = ((at - 1) * PER_PAGE + 1).min(total);
        let last = (at * PER_PAGE).min(total);
        let pager = Pager::new(first as u64, last as u64, total as u64)
            .previous((at > 1).then(|| address(&wanted, at - 1)))
            .next((last < total).then(|| address(&wanted, at + 1)))
            .draw();
        let own = stock.entries.iter().filter(|entry| entry.card.is_private).count();
        let facts = t!("item-count", count = total, all = stock.entries.len(), own = own);
        let mut head = PageHead::new(t!("item-title")).facts(facts);
        if may_write {
            head = head.acts(Button::link(t!("item-new"), "/items/new").icon(Icon::Plus).draw());
        }
        staff.around(
            Place::Items,
            view! {
                {head}
                <div class="wrap pad">
                    <div class="split catalog">
                        {column}
                        <div class="stack">{body} {pager}</div>
                    </div>
                </div>
            },
        )
    }))
}

/// The marks of an item: how far it is, public or private, provisional.
pub fn marks(entry: &Entry) -> AnyView {
    let stage = entry.card.stage.as_str();
    let source = if entry.card.is_private {
        tag(Tone::Plain, t!("item-private"))
    } else {
        tag(Tone::Warn, t!("item-public"))
    };
    let is_provisional = entry.item.as_ref().is_some_and(|item| item.key.is_provisional());
    view! {
        {tag(Tone::Plain, stage_words(stage))}
        " "
        {source}
        {is_provisional.then(|| view! { " " {tag(Tone::Warn, t!("item-provisional"))} })}
    }
    .into_any()
}

fn row(entry: &Arc<Entry>) -> impl IntoView + use<> {
    let card = &entry.card;
    let skill = catalog::skill(&card.skill).map_or_else(String::new, |skill| skill.name.clone());
    view! {
        <tr>
            <th scope="row">
                <a href=format!("/items/{}", card.code)>{entry.title.clone()}</a>
                " " <span class="soft">{card.code.number()}</span>
            </th>
            <td class="wide">{skill}</td>
            <td class="wide">{kind_words(card.kind)}</td>
            <td>{level_words(card.level)}</td>
            <td class="num">{minutes(card.seconds)}</td>
            <td>{marks(entry)}</td>
        </tr>
    }
}
