//! `/results/{attempt}`: score and range first, then profile, sums, answers, events, proof.
#![expect(clippy::format_collect, reason = "a hash has 32 bytes")]

use axum::extract::{FromRef, Path, Query, State};
use axum::response::Response;
use leptos::prelude::*;
use serde::Deserialize;

use super::answers::{self, Shown};
use super::{events, profile, words};
use crate::components::plot::Histogram;
use crate::components::{PageHead, Place, Tone, note, tag};
use crate::domain::id::AttemptId;
use crate::http::AppState;
use crate::http::session::Person;
use crate::pages::shell::{Frame, Head, page};
use crate::pages::when;
use crate::service::Refusal;
use crate::service::result::{self, Sheet, Status};
use crate::t;

/// Which answers are shown.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    show: Option<String>,
}

/// Shows one attempt.
pub async fn show(
    State(state): State<AppState>,
    person: Person,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refusal> {
    let id: AttemptId = id.parse().map_err(|_| Refusal::Hidden)?;
    let sheet = result::open(&state.ctx, &person.actor, id).await?;
    let staff = person.frame(&state.ctx);
    let shown = Shown::read(wanted.show.as_deref());
    let head = Head::staff(t!("result-of-person", name = sheet.row.name().to_owned()));
    Ok(page(&Frame::from_ref(&state), head, move || {
        staff.around(
            Place::Assessments,
            view! {
                {heading(&sheet)}
                <div class="wrap pad">
                    <div class="split report">
                        {contents(&sheet)}
                        <div>{body(&sheet, shown)}</div>
                        {aside(&sheet)}
                    </div>
                </div>
            },
        )
    }))
}

fn heading(sheet: &Sheet) -> PageHead {
    let href = format!("/assessments/{}/results", sheet.assessment);
    let finished = sheet.row.line.attempt.as_ref().and_then(|run| run.finished_at);
    let when = match finished {
        Some(at) => t!("result-submitted-at", at = when::exact(at, &sheet.board.timezone)),
        None => words::status(sheet.row.status),
    };
    let version = t!("result-version", number = sheet.row.version);
    let title = sheet.board.title.clone();
    let email = sheet.row.line.name.is_some().then(|| format!(" {}.", sheet.row.line.email));
    PageHead::new(sheet.row.name().to_owned())
        .facts(view! { <a href=href>{title}</a> ", " {version} ". " {when} "." {email} })
}

fn contents(sheet: &Sheet) -> AnyView {
    let parts = [
        ("sum", t!("result-one"), sheet.outcome.is_some()),
        ("profile", t!("result-profile"), sheet.outcome.is_some()),
        ("why", t!("result-why"), sheet.outcome.is_some()),
        ("responses", t!("result-responses"), sheet.outcome.is_some()),
        ("late", t!("result-late-answers"), !sheet.late.is_empty()),
        ("events", t!("result-events"), true),
    ];
    let lines = parts
        .into_iter()
        .filter(|(_, _, is_there)| *is_there)
        .map(|(id, words, _)| view! { <li><a href=format!("#{id}")>{words}</a></li> })
        .collect_view();
    view! {
        <nav class="toc stay" aria-label=t!("result-on-this-page")><ol>{lines}</ol></nav>
    }
    .into_any()
}

fn body(sheet: &Sheet, shown: Shown) -> AnyView {
    let late = answers::late(sheet);
    let (replies, events) = (events::replies(sheet), events::section(sheet));
    let Some(outcome) = &sheet.outcome else {
        let words = match sheet.row.status {
            Status::Voided => t!("result-state-voided"),
            Status::Submitted => t!("result-state-waiting"),
            _ => t!("result-state-running"),
        };
        return view! {
            <section aria-label=t!("result-one")>{note(Tone::Plain, words)}</section>
            {late}
            {replies}
            {events}
        }
        .into_any();
    };
    let computed = sheet.computed.map_or_else(String::new, |(revision, at)| {
        t!(
            "result-computed",
            revision = revision,
            at = when::exact(at, &sheet.board.timezone),
            version = sheet.row.version
        )
    });
    view! {
        {profile::verdict(sheet, outcome)}
        {profile::profile(outcome)}
        {profile::sums(sheet, outcome, computed)}
        {answers::section(sheet, shown)}
        {late}
        {replies}
        {events}
    }
    .into_any()
}

fn aside(sheet: &Sheet) -> AnyView {
    let run = sheet.row.line.attempt.as_ref();
    let histogram = sheet.row.range.map(|range| {
        let cut = sheet.row.cut.and_then(|cut| u8::try_from(cut).ok());
        let count = sheet.scores.len();
        let title = t!("result-among", count = count, version = sheet.row.version);
        let finding = t!("result-among-finding", score = range.percent());
        view! {
            <section class="stack-2">
                <h2 class="small">{title.clone()}</h2>
                <figure class="chart">
                    {Histogram::of(&sheet.scores)
                        .own(Some(range.percent()))
                        .cut(cut)
                        .named("among", title, finding)}
                </figure>
            </section>
        }
    });
    let share = sheet.row.time_share.map(|share| t!("result-own-share", share = share));
    let untimed = sheet.row.line.is_untimed && sheet.sees_times;
    let minutes =
        |seconds: i64| t!("result-minutes", minutes = seconds / 60, seconds = seconds % 60);
    let private = run.filter(|_| sheet.sees_times).map(|run| {
        let factor = sheet.row.line.time_factor_percent;
        view! {
            <dt>{t!("result-started")}</dt>
            <dd>{when::minute(run.started_at, &sheet.board.timezone)}</dd>
            {sheet.row.used_seconds().map(|used| view! {
                <dt>{t!("result-used-exact")}</dt><dd>{minutes(used)}</dd>
            })}
            {(run.extra_seconds > 0).then(|| view! {
                <dt>{t!("result-extra")}</dt><dd>{minutes(i64::from(run.extra_seconds))}</dd>
            })}
            {(factor != 100).then(|| view! {
                <dt>{t!("result-factor")}</dt><dd>{t!("result-share", share = factor)}</dd>
            })}
        }
    });
    let receipt = run.and_then(|run| run.receipt_hash.as_deref()).map(|hash| {
        let hex: Vec<String> = hash
            .chunks(2)
            .map(|pair| pair.iter().map(|byte| format!("{byte:02x}")).collect())
            .collect();
        view! {
            <section class="stack-2">
                <h2 class="small">{t!("result-proof")}</h2>
                <p class="mono small">{hex.join(" ")}</p>
                <p class="hint">{t!("result-proof-advice")}</p>
            </section>
        }
    });
    let finalised = run.and_then(|run| run.finalised_by.as_deref()).map(|by| match by {
        "candidate" => t!("result-by-candidate"),
        "clock" => t!("result-by-clock"),
        _ => t!("result-by-staff"),
    });
    view! {
        <aside class="stack-5 stay" aria-label=t!("result-place-and-time")>
            {histogram}
            <section class="stack-2">
                <h2 class="small">{t!("result-time")}</h2>
                <dl class="pairs">
                    {share.map(|share| view! { <dt>{t!("result-used")}</dt><dd>{share}</dd> })}
                    {finalised.map(|by| view! { <dt>{t!("result-ended")}</dt><dd>{by}</dd> })}
                    {private}
                </dl>
                {untimed.then(|| tag(Tone::Plain, t!("result-untimed")))}
            </section>
            {receipt}
        </aside>
    }
    .into_any()
}
