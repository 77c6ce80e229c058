//! The forms that act on running attempts, beside the table of them.

use leptos::prelude::*;

use super::invite::status_words;
use super::live::Typed;
use crate::components::{Button, Draw, Errors, Field, table};
use crate::domain::id::AssessmentId;
use crate::domain::invitation::Status;
use crate::pages::when;
use crate::service::desk::Invitee;
use crate::service::desk::Live;
use crate::t;

/// Acting on one attempt.
pub fn act_form(
    id: AssessmentId,
    one: &Invitee,
    typed: Typed,
    errors: &Errors,
    may_grant: bool,
    may_amend: bool,
) -> AnyView {
    let Some(attempt) = one.attempt else { return ().into_any() };
    let base = format!("/assessments/{id}/attempts/{attempt}");
    let to = |verb: &str| format!("{base}/{verb}");
    let is_running = one.status == Status::Started;
    let (can_grant, can_reopen) =
        (is_running && may_grant, one.status == Status::Submitted && may_amend);
    let can_void = may_amend && one.status != Status::Voided;
    let minutes = (can_grant || can_reopen).then(|| {
        let hint = if can_reopen {
            t!("invitation-minutes-reopen")
        } else {
            t!("invitation-minutes-hint")
        };
        Field::new("minutes", t!("invitation-minutes-field"))
            .number()
            .value(typed.minutes)
            .hint(hint)
            .errors(errors)
            .draw()
    });
    let first = if is_running && may_grant { "incident" } else { "reopen" };
    view! {
        <form class="act" id="act" method="post" action=to(first)>
            <h2 class="small">{t!("invitation-act-on-attempt", person = one.called().to_owned())}</h2>
            <p class="small">{t!("invitation-status")} ": " {status_words(one.status)}</p>
            {minutes}
            {Field::new("reason", t!("invitation-reason")).value(typed.reason).max_length(500)
                .hint(t!("invitation-reason-hint")).errors(errors)}
            <div class="stack-2">
                {can_grant.then(|| Button::main(t!("invitation-give")).posts_to(to("incident")).draw())}
                {can_grant.then(|| Button::new(t!("invitation-give-agreed")).posts_to(to("accommodation")).draw())}
                {can_reopen.then(|| Button::main(t!("invitation-reopen")).posts_to(to("reopen")).draw())}
                {can_grant.then(|| Button::new(t!("room-pause")).posts_to(to("pause")).draw())}
                {(is_running && may_amend).then(|| Button::new(t!("invitation-end")).posts_to(to("end")).draw())}
                {can_void.then(|| Button::bad(t!("invitation-void")).posts_to(to("void")).draw())}
            </div>
            <p class="hint">{t!("invitation-act-kept")}</p>
        </form>
    }
    .into_any()
}

/// Something disturbed the whole room.
pub fn everybody_form(id: AssessmentId, typed: Typed, errors: &Errors) -> AnyView {
    let action = format!("/assessments/{id}/incident");
    view! {
        <form class="act" id="act" method="post" action=action>
            <h2 class="small">{t!("room-incident")}</h2>
            <p class="small">{t!("room-incident-advice")}</p>
            {Field::new("minutes", t!("room-incident-minutes")).number().value(typed.minutes).errors(errors)}
            {Field::new("reason", t!("invitation-reason")).value(typed.reason).max_length(500)
                .hint(t!("invitation-reason-hint")).errors(errors)}
            <div class="stack-2">{Button::new(t!("room-incident-do"))}</div>
        </form>
    }
    .into_any()
}

/// Problems with questions that candidates told, with the revision that they saw.
pub fn problems(live: &Live, timezone: &str) -> Option<AnyView> {
    if live.reports.is_empty() {
        return None;
    }
    let rows = live
        .reports
        .iter()
        .map(|report| {
            let kind = match report.kind.as_str() {
                "unclear" => t!("room-problem-unclear"),
                "wrong" => t!("room-problem-wrong"),
                "display" => t!("room-problem-display"),
                _ => t!("room-problem-other"),
            };
            let item =
                t!("room-report-item", item = report.item.clone(), revision = report.revision);
            view! {
                <tr>
                    <td>{when::second_of_day(report.at, timezone)}</td>
                    <th scope="row">{item}</th>
                    <td>{kind}</td>
                    <td class="words">{report.words.clone()}</td>
                </tr>
            }
        })
        .collect_view();
    let heads = view! {
        <th scope="col">{t!("room-report-at")}</th>
        <th scope="col">{t!("room-report-what")}</th>
        <th scope="col">{t!("room-problem-kind")}</th>
        <th scope="col">{t!("room-report-words")}</th>
    };
    Some(
        view! { <h2>{t!("room-reports")}</h2> {table("grid", t!("room-reports"), heads, rows)} }
            .into_any(),
    )
}
