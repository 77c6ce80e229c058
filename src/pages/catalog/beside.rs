//! The right of the editor: what the rules say, what is alike, and the candidate's view.

use leptos::prelude::*;

use super::work::Work;
use crate::components::{Icon, Mode, Question, Tone, field_id, icon, note};
use crate::service::bank::check::{Checked, Finding};
use crate::t;

/// What was found, errors first, each leading to its field.
pub fn findings(checked: &Checked, work: &Work) -> AnyView {
    let errors = checked.errors().count();
    let warnings = checked.findings.len() - errors;
    let title = t!("item-findings", errors = errors, warnings = warnings);
    let lines: Vec<AnyView> = checked
        .errors()
        .chain(checked.findings.iter().filter(|one| !one.is_error))
        .map(|one| line(one, work))
        .collect();
    let near = (!checked.near.is_empty()).then(|| {
        let lines = checked.near.iter().take(10).map(|(entry, share)| {
            let percent = share / 100;
            let href = format!("/items/{}", entry.card.code);
            view! {
                <li>
                    <span class="warn">{icon(Icon::Warn)}</span>
                    <span>
                        <a href=href>{entry.title.clone()}</a> " "
                        <span class="soft">{t!("item-near-share", percent = percent)}</span>
                    </span>
                </li>
            }
        });
        view! {
            <section class="stack-2">
                <h2>{t!("item-near", count = checked.near.len())}</h2>
                <p class="small soft">{t!("item-near-advice")}</p>
                <ul class="lints">{lines.collect_view()}</ul>
            </section>
        }
    });
    view! {
        <section class="stack-2">
            <h2 id="findings-title">{title}</h2>
            <p class="small soft">{t!("item-findings-advice")}</p>
            <ul class="lints">{lines}</ul>
        </section>
        {near}
    }
    .into_any()
}

fn line(one: &Finding, work: &Work) -> AnyView {
    let (class, picture, word) = if one.is_error {
        ("bad", Icon::Error, t!("item-finding-error"))
    } else {
        ("warn", Icon::Warn, t!("item-finding-warning"))
    };
    let words = match one.field.as_deref().filter(|_| !work.is_file) {
        Some(field) => {
            view! { <a href=format!("#{}", field_id(field))>{one.message.clone()}</a> }.into_any()
        }
        None => view! {
            {one.message.clone()} " " <span class="soft">{t!("item-line", line = one.line)}</span>
        }
        .into_any(),
    };
    view! {
        <li>
            <span class=class>{icon(picture)}<span class="unseen">{word}</span></span>
            <span>
                {words}
                {one.advice.clone().map(|text| view! { <br/>{text} })}
                {one.rule.clone().map(|rule| view! { " " <span class="code-id">{rule}</span> })}
            </span>
        </li>
    }
    .into_any()
}

/// The item as a candidate will see it; half an item shows what is there.
pub fn preview(checked: &Checked) -> AnyView {
    match &checked.written {
        Err(_) => note(Tone::Plain, t!("item-preview-unreadable")),
        Ok(written) => {
            // A field must have a name, also while its question is not written yet.
            let ask = match written.ask.trim() {
                "" => t!("item-preview-no-ask"),
                ask => ask.to_owned(),
            };
            let (controls, is_whole) = match &written.item {
                Ok(item) => (item.body.interaction.controls(&[]), true),
                Err(_) => (vec![], false),
            };
            let question = Question::new(&written.stem, &ask, controls).mode(Mode::Preview);
            view! {
                <article class="item cand-preview">{question}</article>
                {(!is_whole).then(|| note(Tone::Plain, t!("item-preview-half")))}
            }
            .into_any()
        }
    }
}
