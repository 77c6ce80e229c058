//! What happened, neutrally: facts to ask about, never a verdict, never part of the score.

use leptos::prelude::*;

use crate::pages::when;
use crate::service::result::Entry;
use crate::service::result::Sheet;
use crate::t;

fn words(event: &Entry) -> Option<String> {
    Some(match event.action.as_str() {
        "invitation.opened" => t!("result-event-opened"),
        "invitation.declined" => t!("result-event-declined"),
        "attempt.started" => t!("result-event-started"),
        "attempt.taken_over" => t!("result-event-taken-over"),
        "attempt.outage_credited" => t!("result-event-outage"),
        "attempt.time_granted" => t!("result-event-time"),
        "attempt.submitted" if event.actor_kind == "candidate" => t!("result-event-submitted"),
        "attempt.submitted" => t!("result-event-time-over"),
        "attempt.paused" => t!("room-result-paused"),
        "attempt.line_credited" => t!("room-result-line"),
        "attempt.rested" => t!("room-result-rested"),
        "attempt.problem_reported" => t!("room-result-problem"),
        "attempt.replied" => t!("room-result-replied"),
        "attempt.ended" => t!("result-event-ended"),
        "attempt.reopened" => t!("result-event-reopened"),
        "attempt.voided" => t!("result-event-voided"),
        "attempt.scored" => t!("result-event-scored"),
        "attempt.rescored" => t!("result-event-rescored"),
        _ => return None,
    })
}

/// Events that tell of extra time or of when somebody started.
fn is_private(action: &str) -> bool {
    matches!(
        action,
        "attempt.started"
            | "attempt.time_granted"
            | "attempt.outage_credited"
            | "attempt.line_credited"
            | "attempt.paused"
            | "invitation.opened"
    )
}

fn is_step(action: &str) -> bool {
    matches!(action, "attempt.started" | "attempt.submitted" | "attempt.scored")
}

/// What the candidate says to the page.
pub fn replies(sheet: &Sheet) -> Option<AnyView> {
    if sheet.replies.is_empty() {
        return None;
    }
    let zone = &sheet.board.timezone;
    let lines = sheet
        .replies
        .iter()
        .map(|reply| {
            let at = when::minute(reply.at, zone);
            view! { <li><p class="small quiet">{at}</p><p class="words">{reply.words.clone()}</p></li> }
        })
        .collect_view();
    Some(
        view! {
            <section id="replies" aria-labelledby="h-replies">
                <h2 id="h-replies">{t!("room-replies")}</h2>
                <ul class="plain">{lines}</ul>
            </section>
        }
        .into_any(),
    )
}

/// The list of events.
pub fn section(sheet: &Sheet) -> AnyView {
    let zone = &sheet.board.timezone;
    let lines = sheet
        .events
        .iter()
        .filter(|event| sheet.sees_times || !is_private(&event.action))
        .filter_map(|event| {
            let class = is_step(&event.action).then_some("key-event");
            let at = when::second_of_day(event.happened_at, zone);
            let reason = event.reason.clone().or_else(|| event.actor_name.clone());
            Some(view! {
                <li class=class>
                    <time datetime=event.happened_at.iso()>{at}</time>
                    <span>{words(event)?}</span>
                    <span class="quiet">{reason}</span>
                </li>
            })
        })
        .collect_view();
    view! {
        <section id="events" aria-labelledby="h-events">
            <h2 id="h-events">{t!("result-events")}</h2>
            <p>{t!("result-events-advice")}</p>
            <ol class="events">{lines}</ol>
        </section>
    }
    .into_any()
}
