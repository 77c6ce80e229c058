//! `/assessments/{assessment}/invitations/{invitation}`: one person, and what can be done.

use axum::Form;
use axum::extract::{FromRef, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use serde::Deserialize;

use super::form::{time_options, time_words};
use super::list::status_tag;
use super::{id_of, may};
use crate::components::{
    AssessmentTab, Button, Draw, Errors, Field, PageHead, Place, Tone, assessment_tabs, note, tick,
    titled_note,
};
use crate::domain::access::Action;
use crate::domain::invitation::Status;
use crate::http::AppState;
use crate::http::session::Person;
use crate::pages::assessment::tabs_of;
use crate::pages::shell::{Frame, Head, errors, page};
use crate::pages::when;
use crate::service::Refusal;
use crate::service::invitation::act::{self, Target};
use crate::service::invitation::{self, until};
use crate::t;

/// What just happened.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Done {
    done: String,
}

/// What was typed in one of the forms.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    until: Option<String>,
    tell: Option<String>,
    time: Option<String>,
}

fn target(ids: &(String, String)) -> Result<Target, Refusal> {
    let invitation = ids.1.parse().map_err(|_| Refusal::Hidden)?;
    Ok(Target { assessment: id_of(&ids.0)?, invitation })
}

/// One invitation.
pub async fn show(
    State(state): State<AppState>,
    person: Person,
    Path(ids): Path<(String, String)>,
    Query(done): Query<Done>,
) -> Result<Response, Refusal> {
    let said = match done.done.as_str() {
        "resent" => Some(t!("invitation-resent")),
        "revoked" => Some(t!("invitation-revoked")),
        "extended" => Some(t!("invitation-extended")),
        "time" => Some(t!("invitation-time-changed")),
        _ => None,
    };
    let drawn = Drawn { said, ..Drawn::default() };
    draw(&state, &person, target(&ids)?, drawn).await
}

/// Makes a new link and shows it, this once.
pub async fn link(
    State(state): State<AppState>,
    person: Person,
    Path(ids): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let target = target(&ids)?;
    let drawn = match act::renew_link(&state.ctx, &person.actor, target).await {
        Ok(link) => Drawn { link: Some(link), ..Drawn::default() },
        Err(refusal) => Drawn::refused(refusal, Typed::default())?,
    };
    draw(&state, &person, target, drawn).await
}

/// Sends a mail with a new link.
pub async fn resend(
    State(state): State<AppState>,
    person: Person,
    Path(ids): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let target = target(&ids)?;
    let outcome = act::resend(&state.ctx, &person.actor, target).await;
    answer(&state, &person, target, outcome, "resent", Typed::default()).await
}

/// Withdraws the invitation.
pub async fn revoke(
    State(state): State<AppState>,
    person: Person,
    Path(ids): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let target = target(&ids)?;
    let outcome = act::revoke(&state.ctx, &person.actor, target).await;
    answer(&state, &person, target, outcome, "revoked", Typed::default()).await
}

/// Sets another last day.
pub async fn extend(
    State(state): State<AppState>,
    person: Person,
    Path(ids): Path<(String, String)>,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    let target = target(&ids)?;
    let (day, tells) = (typed.until.clone().unwrap_or_default(), typed.tell.is_some());
    let outcome = act::extend(&state.ctx, &person.actor, target, day, tells).await;
    answer(&state, &person, target, outcome, "extended", typed).await
}

/// Sets the time of somebody who has not started.
pub async fn time(
    State(state): State<AppState>,
    person: Person,
    Path(ids): Path<(String, String)>,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    let target = target(&ids)?;
    let time = typed.time.clone().unwrap_or_default();
    let outcome = act::set_time(&state.ctx, &person.actor, target, time).await;
    answer(&state, &person, target, outcome, "time", typed).await
}

async fn answer(
    state: &AppState,
    person: &Person,
    target: Target,
    outcome: Result<(), Refusal>,
    done: &str,
    typed: Typed,
) -> Result<Response, Refusal> {
    let Target { assessment, invitation } = target;
    match outcome {
        Ok(()) => {
            let to = format!("/assessments/{assessment}/invitations/{invitation}?done={done}");
            Ok(Redirect::to(&to).into_response())
        }
        Err(refusal) => draw(state, person, target, Drawn::refused(refusal, typed)?).await,
    }
}

/// What the page shows besides the invitation.
#[derive(Default)]
struct Drawn {
    said: Option<String>,
    link: Option<String>,
    errors: Errors,
    status: StatusCode,
    typed: Typed,
}

impl Drawn {
    /// A refusal that belongs on this page; others have pages of their own.
    fn refused(refusal: Refusal, typed: Typed) -> Result<Self, Refusal> {
        let status = match &refusal {
            Refusal::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Refusal::Conflict(_) => StatusCode::CONFLICT,
            _ => return Err(refusal),
        };
        Ok(Self { errors: errors(&refusal), status, typed, ..Self::default() })
    }
}

async fn draw(
    state: &AppState,
    person: &Person,
    target: Target,
    drawn: Drawn,
) -> Result<Response, Refusal> {
    let Target { assessment, invitation } = target;
    let (desk, one) = invitation::find(&state.ctx, &person.actor, assessment, invitation).await?;
    let (staff, timezone, tabs) =
        (person.frame(&state.ctx), person.timezone.clone(), tabs_of(person));
    let (may_invite, may_grant) = (may(person, Action::Invite), may(person, Action::GrantTime));
    let head = Head::staff(one.called().to_owned()).with_status(drawn.status);
    Ok(page(&Frame::from_ref(state), head, move || {
        let Drawn { said, link, errors, typed, .. } = drawn;
        let base = format!("/assessments/{assessment}/invitations/{invitation}");
        let limit = desk.limit.unwrap_or_default();
        let is_open = one.status.is_open();
        let has_link = is_open || one.status == Status::Started;
        let can_change = is_open || one.status == Status::Expired;
        // Whoever changes the day usually tells the person; a refused form keeps what was chosen.
        let tells = typed.until.is_none() || typed.tell.is_some();
        let until_day = typed.until.unwrap_or_else(|| {
            let day = until::day(one.expires_at, &timezone);
            if one.status == Status::Expired { desk.usual_day() } else { day }
        });

        let new_link = link.map(|link| {
            titled_note(
                Tone::Warn,
                t!("invitation-link-made"),
                view! {
                    <p>{t!("invitation-link-once")}</p>
                    {Field::new("link", t!("invitation-link")).value(link).read_only().exact()
                        .class("addresses")}
                },
            )
        });
        let facts = view! {
            <dl class="pairs">
                <dt>{t!("invitation-status")}</dt>
                <dd>{status_tag(one.status)}</dd>
                <dt>{t!("invitation-address")}</dt>
                <dd>{one.email.clone()}</dd>
                {one.external_id.clone().map(|id| view! {
                    <dt>{t!("invitation-external-id")}</dt>
                    <dd>{id}</dd>
                })}
                <dt>{t!("invitation-made")}</dt>
                <dd>{when::minute(one.created_at, &timezone)}</dd>
                <dt>{t!("invitation-open-until")}</dt>
                <dd>{when::exact(one.expires_at, &timezone)}</dd>
                {desk.sees_time.then(|| view! {
                    <dt>{t!("invitation-time")}</dt>
                    <dd>{time_words(one.time, limit)}</dd>
                })}
            </dl>
        };
        let lost = one.has_lost_mail.then(|| note(Tone::Bad, view! {
            {t!("invitation-mail-lost-advice")} " " <a href="/outbox">{t!("invitation-to-outbox")}</a>
        }));
        let links = (may_invite && has_link).then(|| {
            view! {
                <section class="stack-2">
                    <h2>{t!("invitation-link-title")}</h2>
                    <p class="soft">{t!("invitation-link-advice")}</p>
                    <div class="row">
                        <form method="post" action=format!("{base}/link")>
                            {Button::new(t!("invitation-new-link"))}
                        </form>
                        <form method="post" action=format!("{base}/resend")>
                            {Button::new(t!("invitation-resend"))}
                        </form>
                    </div>
                </section>
            }
        });
        let dates = (may_invite && can_change).then(|| {
            view! {
                <section class="stack-2">
                    <h2>{t!("invitation-date-title")}</h2>
                    <form class="stack" method="post" action=format!("{base}/extend")>
                        {Field::new("until", t!("invitation-until")).kind("date").value(until_day)
                            .class("input-mid").errors(&errors)}
                        {tick("tell", "1", t!("invitation-tell"), tells)}
                        <div>{Button::new(t!("invitation-set-date"))}</div>
                    </form>
                </section>
            }
        });
        let times = (may_grant && can_change).then(|| {
            let unchanged = (!desk.sees_time).then(|| t!("invitation-time-choose"));
            let current = typed.time.unwrap_or_else(|| match one.time {
                _ if !desk.sees_time => String::new(),
                time if time.is_untimed => "untimed".to_owned(),
                time => time.factor_percent.to_string(),
            });
            let mut options = time_options(limit, Some(unchanged.clone().unwrap_or_default()));
            if unchanged.is_none() {
                options.remove(0);
            }
            // A factor of a list need not be among the usual ones.
            if !options.iter().any(|(value, _)| *value == current) {
                options.push((current.clone(), time_words(one.time, limit)));
            }
            view! {
                <section class="stack-2">
                    <h2>{t!("invitation-time-title")}</h2>
                    <p class="soft">{t!("invitation-time-advice")}</p>
                    <form class="stack" method="post" action=format!("{base}/time")>
                        {Field::new("time", t!("invitation-time")).select(options).value(current)
                            .errors(&errors)}
                        <div>{Button::new(t!("invitation-set-time"))}</div>
                    </form>
                </section>
            }
        });
        let attempt = one.attempt.map(|attempt| view! {
            <section class="stack-2">
                <h2>{t!("invitation-attempt-title")}</h2>
                <p class="soft">{t!("invitation-attempt-advice")}</p>
                <div class="row">
                    {Button::link(t!("invitation-act"), format!("/assessments/{assessment}/live?attempt={attempt}#act")).draw()}
                    {(one.status == Status::Submitted).then(|| {
                        Button::link(t!("invitation-to-result"), format!("/results/{attempt}")).draw()
                    })}
                </div>
            </section>
        });
        let revoke = (may_invite && can_change).then(|| {
            view! {
                <section class="stack-2">
                    <h2>{t!("invitation-revoke-title")}</h2>
                    <p class="soft">{t!("invitation-revoke-advice")}</p>
                    <form method="post" action=format!("{base}/revoke")>
                        {Button::bad(t!("invitation-revoke"))}
                    </form>
                </section>
            }
        });
        let head = PageHead::new(one.called().to_owned())
            .facts(desk.assessment.title.clone())
            .tabs(assessment_tabs(assessment, AssessmentTab::Invite, &tabs, None));
        staff.around(Place::Assessments, view! {
            {head}
            <div class="wrap pad stack-5 read">
                {said.map(|sentence| note(Tone::Plain, sentence))}
                {errors.summary(t!("invitation-not-changed"))}
                {new_link}
                {lost}
                {facts}
                {attempt}
                {links}
                {dates}
                {times}
                {revoke}
                <p><a href=format!("/assessments/{assessment}/invite#invited")>{t!("invitation-back")}</a></p>
            </div>
        })
    }))
}
