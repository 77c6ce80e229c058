//! Every answer of the paper, beside its key where the reader may see keys.

use leptos::prelude::*;

use super::beside;
use super::words::points;
use crate::components::markdown::{phrase, prose};
use crate::components::{Draw, Mode, Question, Tone, note, tag};
use crate::domain::interaction::Interaction;
use crate::domain::response::Completeness;
use crate::pages::assessment::{kind_words, level_words};
use crate::pages::when;
use crate::service::result::{Answer, Sheet, skill_name};
use crate::t;

/// Which answers are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// All of them.
    All,
    /// Those that did not earn every point.
    Lost,
    /// Those that were not answered.
    Blank,
}

impl Shown {
    /// Reads the word of an address.
    pub fn read(word: Option<&str>) -> Self {
        match word {
            Some("lost") => Self::Lost,
            Some("blank") => Self::Blank,
            _ => Self::All,
        }
    }

    fn takes(self, answer: &Answer) -> bool {
        match self {
            Self::All => true,
            Self::Lost => answer.scored.points() < answer.scored.max(),
            Self::Blank => answer.scored.state == Completeness::Blank,
        }
    }
}

/// The part of the page about answers.
pub fn section(sheet: &Sheet, shown: Shown) -> AnyView {
    let all = &sheet.answers;
    let count = |shown: Shown| all.iter().filter(|answer| shown.takes(answer)).count();
    let id = sheet.row.line.attempt.as_ref().map(|run| run.id.to_string()).unwrap_or_default();
    let way = |word: &str, words: String, is_now: bool| {
        let href = format!("/results/{id}{word}#responses");
        view! { <a href=href aria-current=is_now.then_some("true")>{words}</a> }
    };
    let ways = view! {
        <p class="no-print row">
            {way("", t!("result-shown-all", count = all.len()), shown == Shown::All)}
            {way("?show=lost", t!("result-shown-lost", count = count(Shown::Lost)), shown == Shown::Lost)}
            {way("?show=blank", t!("result-shown-blank", count = count(Shown::Blank)), shown == Shown::Blank)}
        </p>
    };
    let sees_keys = all.iter().any(|answer| answer.key.is_some());
    let title = if sees_keys { t!("result-responses-key") } else { t!("result-responses") };
    let hidden = (!sees_keys).then(|| note(Tone::Plain, t!("result-keys-hidden")));
    let drawn = all
        .iter()
        .filter(|answer| shown.takes(answer))
        .map(|answer| article(answer, sheet))
        .collect_view();
    view! {
        <section id="responses" class="long" aria-labelledby="h-responses">
            <h2 id="h-responses">{title}</h2>
            {hidden}
            {ways}
            {drawn}
        </section>
    }
    .into_any()
}

/// Every answer, without ways to choose among them.
pub fn all(sheet: &Sheet) -> AnyView {
    let drawn = sheet.answers.iter().map(|answer| article(answer, sheet)).collect_view();
    view! {
        <section id="responses" class="long" aria-labelledby="h-responses">
            <h2 id="h-responses">{t!("result-responses")}</h2>
            {drawn}
        </section>
    }
    .into_any()
}

fn article(answer: &Answer, sheet: &Sheet) -> AnyView {
    let scored = &answer.scored;
    let id = format!("q{}", scored.position);
    let named_by = id.clone();
    let heading = format!("{}. {}", scored.position, answer.title);
    let facts = format!(
        "{}, {}, {}",
        skill_name(&scored.skill),
        level_words(scored.level),
        kind_words(scored.kind)
    );
    let of = t!("result-of", points = points(scored.points()), max = points(scored.max()));
    let state = match scored.state {
        Completeness::Blank => Some(tag(Tone::Plain, t!("result-blank"))),
        Completeness::Incomplete => Some(tag(Tone::Plain, t!("result-incomplete"))),
        Completeness::Complete => None,
    };
    let label = match (scored.is_provisional, scored.is_pilot) {
        (true, _) => Some(tag(Tone::Plain, t!("result-provisional"))),
        (false, true) => Some(tag(Tone::Plain, t!("result-pilot"))),
        (false, false) => None,
    };
    let late = scored.is_late.then(|| tag(Tone::Warn, t!("result-late")));
    let interaction = &answer.body.interaction;
    let question = || {
        Question::new(
            answer.body.stem.clone(),
            answer.body.ask.clone(),
            interaction.controls(&answer.option_order),
        )
        .at(u16::try_from(scored.position).unwrap_or(0))
        .answered(&answer.fields)
        .mode(Mode::ReadOnly)
        .draw()
    };
    let body = match &answer.key {
        None => question(),
        Some(key) => {
            let stem = match interaction {
                Interaction::Diagnosis(_) => question(),
                _ => view! {
                    <div class="stem">
                        {prose(&answer.body.stem)} <p><b>{phrase(&answer.body.ask)}</b></p>
                    </div>
                }
                .into_any(),
            };
            view! {
                {stem}
                {beside::table(answer, key)}
                <div class="because">{prose(&key.explanation)}</div>
            }
            .into_any()
        }
    };
    let answered = match (scored.answered_at, sheet.sees_times) {
        (Some(at), true) => Some(t!(
            "result-answered-at",
            time = when::second_of_day(at, &sheet.board.timezone),
            changes = scored.changes
        )),
        (Some(_), false) => Some(t!("result-changes", changes = scored.changes)),
        (None, _) => None,
    };
    view! {
        <article class="resp" aria-labelledby=named_by>
            <h3 id=id>
                <span>{heading}</span>
                <span class="quiet">{facts}</span>
                {label} {state} {late}
                <span class="pts">{of}</span>
            </h3>
            {body}
            {answered.map(|words| view! { <p class="tiny quiet">{words}</p> })}
        </article>
    }
    .into_any()
}

/// Text that arrived too late: kept and shown, never scored.
pub fn late(sheet: &Sheet) -> Option<AnyView> {
    if sheet.late.is_empty() {
        return None;
    }
    let rows = sheet
        .late
        .iter()
        .map(|late| {
            let why = match late.reason.as_str() {
                "other_device" => t!("result-late-other-device"),
                "section_closed" => t!("result-late-section-closed"),
                "overdue" => t!("result-late-overdue"),
                _ => t!("result-late-finished"),
            };
            let raw = late.body.get("raw").unwrap_or(&late.body).to_string();
            view! {
                <tr>
                    <th scope="row">{late.position.to_string()}</th>
                    <td>{why}</td>
                    <td><code>{raw}</code></td>
                </tr>
            }
        })
        .collect_view();
    Some(
        view! {
            <section id="late" aria-labelledby="h-late">
                <h2 id="h-late">{t!("result-late-answers")}</h2>
                <p>{t!("result-late-advice")}</p>
                <table class="grid">
                    <caption class="unseen">{t!("result-late-answers")}</caption>
                    <thead><tr>
                        <th scope="col">{t!("result-question")}</th>
                        <th scope="col">{t!("result-why-late")}</th>
                        <th scope="col">{t!("result-what-arrived")}</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </section>
        }
        .into_any(),
    )
}
