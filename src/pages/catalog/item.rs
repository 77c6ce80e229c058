//! `/items/{item}`: one item as the candidate sees it, with key, reasons and evidence below.

use axum::extract::{FromRef, Path, State};
use axum::response::Response;
use leptos::prelude::*;

use super::items::marks;
use crate::catalog;
use crate::components::markdown::{phrase, prose};
use crate::components::{Draw, Mode, PageHead, Place, Question};
use crate::domain::id::ItemCode;
use crate::http::AppState;
use crate::http::session::Person;
use crate::pages::assessment::{kind_words, level_words, minutes};
use crate::pages::shell::{Frame, Head, page};
use crate::service::Refusal;
use crate::service::assessment::bank;
use crate::t;

/// One item.
pub async fn show(
    State(state): State<AppState>,
    person: Person,
    Path(code): Path<String>,
) -> Result<Response, Refusal> {
    let code: ItemCode = code.parse().map_err(|_| Refusal::Hidden)?;
    let item = bank().item(&code).ok_or(Refusal::Hidden)?;
    let staff = person.frame(&state.ctx);
    Ok(page(&Frame::from_ref(&state), Head::staff(item.facts.title()), move || {
        let facts = &item.facts;
        let skill =
            catalog::skill(&facts.skill).map_or_else(String::new, |skill| skill.name.clone());
        let line = t!(
            "item-facts",
            skill = skill,
            kind = kind_words(facts.kind),
            level = level_words(facts.level),
            minutes = minutes(item.body.seconds)
        );
        let best = item.body.interaction.best(&item.key.interaction);
        let fields = item.body.interaction.write(&best);
        let controls = item.body.interaction.controls(&[]);
        let question = Question::new(&item.body.stem, &item.body.ask, controls)
            .answered(&fields)
            .mode(Mode::ReadOnly);
        let reasons = item.key.why.iter().map(|(id, why)| {
            view! { <dt class="mono">{id.clone()}</dt><dd>{phrase(why)}</dd> }
        });
        let references = item.key.references.iter().map(|one| view! { <li>{one.clone()}</li> });
        let run = item.key.run.clone().map(|run| {
            view! {
                <p>{t!("item-run", language = run.language, version = run.version)}</p>
                <pre class="code" tabindex="0" role="region" aria-label=t!("item-run-source")>{run.source}</pre>
                <pre class="code" tabindex="0" role="region" aria-label=t!("item-run-output")>{run.expect}</pre>
            }
        });
        let evidence = item.key.evidence.clone().map(|text| view! { <p>{text}</p> });
        let has_evidence = evidence.is_some() || run.is_some();
        staff.around(Place::Items, view! {
            {PageHead::new(facts.title()).facts(view! { {line} " " {marks(item)} })}
            <div class="wrap pad stack-5 read">
                <section class="stack"><h2>{t!("item-question")}</h2>{question.draw()}</section>
                <section class="stack">
                    <h2>{t!("item-explanation")}</h2>
                    {prose(&item.key.explanation)}
                </section>
                <section class="stack">
                    <h2>{t!("item-reasons")}</h2>
                    <dl class="facts">{reasons.collect_view()}</dl>
                </section>
                {has_evidence.then(|| view! {
                    <section class="stack"><h2>{t!("item-evidence")}</h2>{evidence}{run}</section>
                })}
                <section class="stack">
                    <h2>{t!("item-references")}</h2>
                    <ul>{references.collect_view()}</ul>
                </section>
                <p class="small soft">
                    {t!("item-tags", tags = facts.tags.join(", "), seeds = facts.seeds.join(", "), code = facts.code.to_string(), revision = facts.revision)}
                </p>
            </div>
        })
    }))
}
