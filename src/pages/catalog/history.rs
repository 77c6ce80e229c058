//! `/items/{item}/history`: every revision with who wrote it, what was decided, and what changed.

use axum::extract::{FromRef, Path, Query, State};
use axum::response::Response;
use leptos::prelude::*;
use serde::Deserialize;

use super::facets::stage_words;
use super::steps::step_line;
use crate::components::{Button, Draw, Field, PageHead, Place, table};
use crate::domain::diff::{self, Line};
use crate::domain::id::ItemCode;
use crate::http::AppState;
use crate::http::session::Person;
use crate::pages::shell::{Frame, Head, page};
use crate::pages::when;
use crate::service::Refusal;
use crate::service::bank::write;
use crate::service::bank::write::Dossier;
use crate::t;

/// Which two revisions are compared.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Compared {
    from: Option<i32>,
    to: Option<i32>,
}

/// The history of an item.
pub async fn show(
    State(state): State<AppState>,
    person: Person,
    Path(code): Path<String>,
    Query(compared): Query<Compared>,
) -> Result<Response, Refusal> {
    let code: ItemCode = code.parse().map_err(|_| Refusal::Hidden)?;
    let dossier = write::find(&state.ctx, &person.actor, &code).await?;
    let (who, staff) = (person.clone(), person.frame(&state.ctx));
    let title = code.title();
    let head = Head::staff(t!("item-history-of", title = title.clone()));
    Ok(page(&Frame::from_ref(&state), head, move || {
        let state = stage_words(dossier.head.state.as_str());
        let facts = t!("item-history-facts", count = dossier.revisions.len(), state = state);
        let heads = view! {
            <th scope="col" class="num">{t!("item-revision")}</th>
            <th scope="col">{t!("item-written")}</th>
            <th scope="col">{t!("item-decided")}</th>
            <th scope="col">{t!("item-compare")}</th>
        };
        let rows = dossier.revisions.iter().map(|revision| {
            let number = revision.number;
            let steps = dossier.steps.iter().filter(|step| step.number == number);
            let steps = steps.map(|step| step_line(step, &who.timezone)).collect_view();
            let written = t!(
                "item-written-by",
                name = revision.author_name.clone(),
                time = when::minute(revision.written_at, &who.timezone)
            );
            let before = (number > 1).then(|| {
                let href = format!("?from={}&to={number}#diff", number - 1);
                view! { <a href=href>{t!("item-with-before")}</a> }
            });
            view! {
                <tr>
                    <th scope="row" class="num">{number}</th>
                    <td>{written}</td>
                    <td><ul class="plain small">{steps}</ul></td>
                    <td>{before}</td>
                </tr>
            }
        });
        let rows = rows.collect_view();
        let to = compared.to.unwrap_or(dossier.head.number);
        let from = compared.from.unwrap_or_else(|| to.saturating_sub(1).max(1));
        let item = Button::link(t!("item-back"), format!("/items/{}", dossier.head.code));
        staff.around(
            Place::Items,
            view! {
                {PageHead::new(t!("item-history-of", title = title)).facts(facts).acts(item.draw())}
                <div class="wrap pad stack-5">
                    {table("grid", t!("item-history"), heads, rows)}
                    {comparison(&dossier, from, to)}
                </div>
            },
        )
    }))
}

fn comparison(dossier: &Dossier, from: i32, to: i32) -> AnyView {
    let numbers = || {
        let all = dossier.revisions.iter().map(|one| one.number.to_string());
        all.map(|number| (number.clone(), number)).collect::<Vec<_>>()
    };
    let form = view! {
        <form method="get" action="#diff" class="filters">
            {Field::new("from", t!("item-compare-from")).select(numbers()).value(from.to_string())}
            {Field::new("to", t!("item-compare-to")).select(numbers()).value(to.to_string())}
            {Button::new(t!("item-compare"))}
        </form>
    };
    let shown = match (dossier.revision(from), dossier.revision(to)) {
        (Some(old), Some(new)) if old.source == new.source => {
            view! { <p class="soft">{t!("item-compare-same")}</p> }.into_any()
        }
        (Some(old), Some(new)) => {
            let lines = diff::short(diff::lines(&old.source, &new.source));
            view! {
                <pre class="code diff" tabindex="0" role="region" aria-label=t!("item-compare-title", from = from, to = to)>
                    {lines.iter().map(line).collect_view()}
                </pre>
            }
            .into_any()
        }
        _ => view! { <p class="soft">{t!("item-compare-none")}</p> }.into_any(),
    };
    view! {
        <section class="stack" id="diff">
            <h2>{t!("item-compare-title", from = from, to = to)}</h2>
            {form}
            {shown}
        </section>
    }
    .into_any()
}

fn line(line: &Line) -> AnyView {
    match line {
        Line::Same(text) => view! { <span>"  " {text.clone()} "\n"</span> }.into_any(),
        Line::Gone(text) => view! { <del>"- " {text.clone()} "\n"</del> }.into_any(),
        Line::Come(text) => view! { <ins>"+ " {text.clone()} "\n"</ins> }.into_any(),
        Line::Skipped(count) => {
            view! { <span class="soft">{t!("item-compare-skipped", count = *count)} "\n"</span> }
                .into_any()
        }
    }
}
