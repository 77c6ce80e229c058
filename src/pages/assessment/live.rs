//! `/assessments/{assessment}/live`: who works right now, and acting on an attempt.

use axum::Form;
use axum::extract::{FromRef, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use serde::Deserialize;

use super::act::{act_form, everybody_form, problems};
use super::invite::{facts, id_of, may};
use super::tabs_of;
use crate::components::{
    AssessmentTab, Button, Draw, Errors, PageHead, Place, Tone, assessment_tabs, empty, note, table,
};
use crate::domain::access::Action;
use crate::domain::id::{AssessmentId, AttemptId};
use crate::domain::invitation::Status;
use crate::domain::time::Seconds;
use crate::http::AppState;
use crate::http::doors::Doors;
use crate::http::session::Person;
use crate::pages::shell::{Frame, Head, errors, page};
use crate::pages::when;
use crate::service::Refusal;
use crate::service::desk::{self, Act, Live};
use crate::service::desk::{Deed, Runner};
use crate::t;
use crate::text::when::length;

/// The doors of this page.
pub fn doors(doors: Doors) -> Doors {
    doors
        .get("/assessments/{assessment}/live", Action::SeeInvitations, show)
        .post("/assessments/{assessment}/attempts/{attempt}/incident", Action::GrantTime, incident)
        .post(
            "/assessments/{assessment}/attempts/{attempt}/accommodation",
            Action::GrantTime,
            accommodation,
        )
        .post("/assessments/{assessment}/incident", Action::GrantTime, everybody)
        .post("/assessments/{assessment}/attempts/{attempt}/pause", Action::GrantTime, pause)
        .post("/assessments/{assessment}/attempts/{attempt}/end", Action::AmendAttempt, end)
        .post("/assessments/{assessment}/attempts/{attempt}/void", Action::AmendAttempt, void)
        .post("/assessments/{assessment}/attempts/{attempt}/reopen", Action::AmendAttempt, reopen)
}

/// Width of a bar of time.
const BAR: i64 = 96;

/// Whom to act on, and what just happened.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    attempt: Option<String>,
    done: Option<String>,
    given: Option<i32>,
}

/// What was typed to act on an attempt.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    /// How many.
    pub minutes: String,
    /// Why.
    pub reason: String,
}

/// Who works right now.
pub async fn show(
    State(state): State<AppState>,
    person: Person,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refusal> {
    let id = id_of(&id)?;
    let chosen = match wanted.attempt.as_deref() {
        Some(attempt) => Some(attempt.parse().map_err(|_| Refusal::Hidden)?),
        None => None,
    };
    let live = desk::live(&state.ctx, &person.actor, id, chosen).await?;
    let (is_done, given) = (wanted.done.is_some(), wanted.given);
    let drawn = Drawn { is_done, given, ..Drawn::default() };
    Ok(draw(&state, &person, id, live, drawn))
}

macro_rules! acts {
    ($($(#[$doc:meta])+ $name:ident = $act:expr;)+) => {$(
        $(#[$doc])+
        pub async fn $name(
            State(state): State<AppState>,
            person: Person,
            Path(ids): Path<(String, String)>,
            Form(typed): Form<Typed>,
        ) -> Result<Response, Refusal> {
            act(state, person, ids, typed, $act).await
        }
    )+};
}

acts! {
    /// Gives minutes because something happened.
    incident = Act::Incident;
    /// Gives minutes that were agreed for this person.
    accommodation = Act::Accommodation;
    /// Stops the clock for minutes.
    pause = Act::Pause;
    /// Hands in what was saved.
    end = Act::End;
    /// Cancels the attempt.
    void = Act::Void;
    /// Lets the candidate go on.
    reopen = Act::Reopen;
}

async fn act(
    state: AppState,
    person: Person,
    (id, attempt): (String, String),
    typed: Typed,
    act: Act,
) -> Result<Response, Refusal> {
    let id = id_of(&id)?;
    let attempt: AttemptId = attempt.parse().map_err(|_| Refusal::Hidden)?;
    let Typed { minutes, reason } = &typed;
    let refusal =
        match desk::act(&state.ctx, &person.actor, id, attempt, act, minutes, reason).await {
            Ok(()) => {
                let to = format!("/assessments/{id}/live?done=1");
                return Ok(Redirect::to(&to).into_response());
            }
            Err(refusal) => refusal,
        };
    let status = match &refusal {
        Refusal::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Refusal::Conflict(_) => StatusCode::CONFLICT,
        _ => return Err(refusal),
    };
    let live = desk::live(&state.ctx, &person.actor, id, Some(attempt)).await?;
    let drawn = Drawn { errors: errors(&refusal), typed, status, ..Drawn::default() };
    Ok(draw(&state, &person, id, live, drawn))
}

/// Gives the last minutes back to everybody.
pub async fn everybody(
    State(state): State<AppState>,
    person: Person,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    let id = id_of(&id)?;
    let Typed { minutes, reason } = &typed;
    match desk::declare_incident(&state.ctx, &person.actor, id, minutes, reason).await {
        Ok(hits) => {
            let to = format!("/assessments/{id}/live?given={hits}");
            Ok(Redirect::to(&to).into_response())
        }
        Err(refusal @ Refusal::Invalid(_)) => {
            let live = desk::live(&state.ctx, &person.actor, id, None).await?;
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            let errors = errors(&refusal);
            let drawn = Drawn { errors, typed, status, ..Drawn::default() };
            Ok(draw(&state, &person, id, live, drawn))
        }
        Err(refusal) => Err(refusal),
    }
}

/// What the page shows besides the attempts.
#[derive(Default)]
struct Drawn {
    errors: Errors,
    typed: Typed,
    status: StatusCode,
    is_done: bool,
    given: Option<i32>,
}

fn draw(state: &AppState, person: &Person, id: AssessmentId, live: Live, drawn: Drawn) -> Response {
    let (staff, timezone, tabs) =
        (person.frame(&state.ctx), person.timezone.clone(), tabs_of(person));
    let (may_grant, may_amend) =
        (may(person, Action::GrantTime), may(person, Action::AmendAttempt));
    let title = t!("invitation-live-title", title = live.desk.assessment.title.clone());
    page(&Frame::from_ref(state), Head::staff(title).with_status(drawn.status), move || {
        let Drawn { errors, typed, is_done, given, .. } = drawn;
        let head = PageHead::new(live.desk.assessment.title.clone())
            .facts(facts(&live.desk, &timezone))
            .tabs(assessment_tabs(id, AssessmentTab::Live, &tabs, None));
        let body = if live.runners.is_empty() {
            let open = live.desk.count(&[Status::Invited, Status::Opened]);
            let way = Button::link(
                t!("invitation-see-open"),
                format!("/assessments/{id}/invite#invited"),
            );
            empty(t!("invitation-nobody"), t!("invitation-nobody-advice", count = open), way.draw())
        } else {
            running_table(id, &live, may_grant || may_amend)
        };
        let act = live
            .chosen
            .as_ref()
            .filter(|_| may_grant || may_amend)
            .map(|one| act_form(id, one, typed.clone(), &errors, may_grant, may_amend));
        let can_give_all = may_grant && act.is_none() && !live.runners.is_empty();
        let act = act.or_else(|| can_give_all.then(|| everybody_form(id, typed, &errors)));
        let deeds = (!live.deeds.is_empty()).then(|| {
            let rows = live.deeds.iter().map(|deed| event(deed, &timezone)).collect_view();
            view! {
                <h2>{t!("invitation-events")}</h2>
                <ol class="events">{rows}</ol>
            }
        });
        let reports = problems(&live, &timezone);
        staff.around(
            Place::Assessments,
            view! {
                {head}
                <div class="wrap pad stack-5">
                    {given.map(|count| note(Tone::Plain, t!("room-incident-done", count = count)))}
                    {is_done.then(|| note(Tone::Plain, t!("invitation-act-done")))}
                    {errors.summary(t!("invitation-act-not-done"))}
                    {counts(id, &live, &timezone)}
                    {body}
                    <div class="split invite">
                        <div class="stack">{deeds} {reports}</div>
                        {act}
                    </div>
                </div>
            },
        )
    })
}

fn counts(id: AssessmentId, live: &Live, timezone: &str) -> impl IntoView + use<> {
    let of = |statuses: &[Status]| live.desk.count(statuses);
    let at = when::second_of_day(live.now(), timezone);
    view! {
        <div class="row spread">
            <ul class="counts">
                <li><b>{of(&[Status::Started])}</b> {t!("invitation-count-running")}</li>
                <li><b>{of(&[Status::Opened])}</b> {t!("invitation-count-opened")}</li>
                <li><b>{of(&[Status::Submitted])}</b> {t!("invitation-count-submitted")}</li>
            </ul>
            <p class="small quiet">
                {t!("invitation-as-of", at = at)} " "
                <a href=format!("/assessments/{id}/live")>{t!("invitation-update")}</a>
            </p>
        </div>
    }
}

fn running_table(id: AssessmentId, live: &Live, may_act: bool) -> AnyView {
    let rows = live.runners.iter().map(|one| runner(id, live, one, may_act)).collect_view();
    let heads = view! {
        <th scope="col">{t!("invitation-person")}</th>
        <th scope="col" class="num">{t!("invitation-answered")}</th>
        <th scope="col" class="num" aria-sort="ascending">{t!("invitation-left")}</th>
        <th scope="col" class="wide"><span class="unseen">{t!("invitation-left-bar")}</span></th>
        <th scope="col" class="num wide">{t!("invitation-saved")}</th>
        {may_act.then(|| view! { <th scope="col"><span class="unseen">{t!("invitation-act-short")}</span></th> })}
    };
    table("grid live", t!("invitation-running"), heads, rows)
}

fn runner(id: AssessmentId, live: &Live, one: &Runner, may_act: bool) -> impl IntoView + use<> {
    let href = format!("/assessments/{id}/invitations/{}", one.invitation);
    let share = live.share_left(one);
    // Seconds tell how much time somebody was given; a share does not.
    let left = match (live.left(one), share) {
        (Some(left), _) if live.desk.sees_time => clock(left),
        (Some(_), Some(share)) => t!("invitation-share-left", share = share),
        _ if live.desk.sees_time => t!("invitation-time-untimed"),
        _ => t!("invitation-left-hidden"),
    };
    let bar = share.map(|share| {
        let fill = (BAR * share / 100).to_string();
        view! {
            <svg class="plot" width="96" height="9" viewBox="0 0 96 9" aria-hidden="true">
                <rect class="bar-track" width="96" height="9"></rect>
                <rect class="bar-fill" width=fill height="9"></rect>
            </svg>
        }
    });
    let saved = match one.saved_at {
        Some(at) => t!("invitation-ago", time = age(live.now().seconds_since(at))),
        None => t!("invitation-saved-never"),
    };
    let act = may_act.then(|| {
        let href = format!("/assessments/{id}/live?attempt={}#act", one.attempt);
        view! {
            <td>
                <a href=href>
                    {t!("invitation-act-short")}
                    <span class="unseen">{t!("invitation-act-on", person = one.called.clone())}</span>
                </a>
            </td>
        }
    });
    view! {
        <tr>
            <th scope="row"><a class="rowlink" href=href><b>{one.called.clone()}</b></a></th>
            <td class="num">{t!("invitation-of", some = one.answered, all = one.items)}</td>
            <td class="num left">{left}</td>
            <td class="wide">{bar}</td>
            <td class="num wide">{saved}</td>
            {act}
        </tr>
    }
}

/// `04:58`, `120:00`.
fn clock(left: Seconds) -> String {
    format!("{:02}:{:02}", left.get() / 60, left.get() % 60)
}

/// A rough length: nobody needs the seconds of an hour.
fn age(seconds: Seconds) -> String {
    match seconds.get().max(0) {
        short @ 0..=119 => length(Seconds::new(short)),
        long => length(Seconds::new(long / 60 * 60)),
    }
}

fn event(deed: &Deed, timezone: &str) -> impl IntoView + use<> {
    let (person, by) = (deed.called.clone(), deed.by.clone().unwrap_or_default());
    let minutes = deed.seconds.unwrap_or_default() / 60;
    let words = match deed.action.as_str() {
        "attempt.started" => t!("invitation-event-started", person = person),
        "attempt.submitted" => t!("invitation-event-submitted", person = person),
        "attempt.taken_over" => t!("invitation-event-taken-over", person = person),
        "attempt.outage_credited" => t!("invitation-event-outage", person = person),
        "attempt.time_granted" => {
            t!("invitation-event-time", person = person, by = by, minutes = minutes)
        }
        "attempt.paused" => {
            t!("room-event-paused", person = person, by = by, minutes = minutes)
        }
        "attempt.rested" => t!("room-event-rested", person = person),
        "attempt.line_credited" => t!("room-event-line", person = person),
        "attempt.problem_reported" => t!("room-event-problem", person = person),
        "attempt.replied" => t!("room-event-replied", person = person),
        "attempt.ended" => t!("invitation-event-ended", person = person, by = by),
        "attempt.voided" => t!("invitation-event-voided", person = person, by = by),
        "attempt.reopened" => t!("invitation-event-reopened", person = person, by = by),
        "attempt.scored" => t!("invitation-event-scored", person = person),
        _ => t!("invitation-event-other", person = person),
    };
    let reason = deed.reason.clone().map(|reason| t!("invitation-event-reason", reason = reason));
    let class = deed.by.is_some().then_some("key-event");
    view! {
        <li class=class>
            <time datetime=deed.at.iso()>{when::day_and_second(deed.at, timezone)}</time>
            <span>{words} " " {reason}</span>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_left_is_minutes_and_seconds() {
        assert_eq!(clock(Seconds::new(298)), "04:58");
        assert_eq!(clock(Seconds::new(7_200)), "120:00");
        assert_eq!(age(Seconds::new(119)), "1 minute 59 seconds");
        assert_eq!(age(Seconds::new(3_725)), "1 hour 2 minutes");
    }
}
