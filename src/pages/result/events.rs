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
            | "invitation.opened"
    )
}

fn is_step(action: &str) -> bool {
    matches!(action, "attempt.started" | "attempt.submitted" | "attempt.scored")
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
