//! `/assessments/{assessment}/invite`: who is asked, and how far everybody is.

mod form;
mod list;
pub mod one;
mod upload;

pub(super) use self::list::status_words;

use axum::extract::multipart::MultipartRejection;
use axum::extract::{FromRef, Multipart, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use serde::Deserialize;

use self::form::Shown;
use self::upload::Typed;
use super::tabs_of;
use crate::components::{
    AssessmentTab, Button, Draw, Errors, PageHead, Place, Tone, assessment_tabs, empty, note,
};
use crate::domain::access::{Action, Decision, decide};
use crate::domain::id::AssessmentId;
use crate::domain::invitation::Status;
use crate::http::AppState;
use crate::http::doors::Doors;
use crate::http::session::Person;
use crate::pages::shell::{Frame, Head, errors, page};
use crate::pages::when;
use crate::service::invitation::Which;
use crate::service::invitation::send::{self, Ask, Checked, Outcome};
use crate::service::invitation::{self, Desk, Listed, sample_letter};
use crate::service::{Ctx, Refusal};
use crate::t;

/// The doors of this folder.
pub fn doors(doors: Doors) -> Doors {
    doors
        .get("/assessments/{assessment}/invite", Action::SeeInvitations, show)
        .upload("/assessments/{assessment}/invite", Action::Invite, UPLOAD_LIMIT, save)
        .get(
            "/assessments/{assessment}/invitations/{invitation}",
            Action::SeeInvitations,
            one::show,
        )
        .post("/assessments/{assessment}/invitations/{invitation}/link", Action::Invite, one::link)
        .post(
            "/assessments/{assessment}/invitations/{invitation}/resend",
            Action::Invite,
            one::resend,
        )
        .post(
            "/assessments/{assessment}/invitations/{invitation}/revoke",
            Action::Invite,
            one::revoke,
        )
        .post(
            "/assessments/{assessment}/invitations/{invitation}/extend",
            Action::Invite,
            one::extend,
        )
        .post(
            "/assessments/{assessment}/invitations/{invitation}/time",
            Action::GrantTime,
            one::time,
        )
}

/// Largest upload: 5,000 lines with long names fit twice.
const UPLOAD_LIMIT: usize = 2 * 1024 * 1024;

/// Which part of the table, and what just happened.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    status: String,
    q: String,
    page: Option<i64>,
    sent: Option<u32>,
    left_out: Option<u32>,
}

impl Wanted {
    fn which(&self) -> Which {
        let search = self.q.trim().replace('\0', "");
        Which {
            status: self.status.parse().ok(),
            search: (!search.is_empty()).then(|| search.chars().take(200).collect()),
        }
    }
}

/// Reads the id in an address; what is none is not there.
pub(super) fn id_of(text: &str) -> Result<AssessmentId, Refusal> {
    text.parse().map_err(|_| Refusal::Hidden)
}

/// May this person do it?
pub(super) fn may(person: &Person, action: Action) -> bool {
    decide(&person.actor, action) == Decision::Allow
}

/// The form and the table.
pub async fn show(
    State(state): State<AppState>,
    person: Person,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refusal> {
    let view = View::read(&state.ctx, &person, id_of(&id)?, wanted).await?;
    let typed = Typed { until: view.desk.usual_day(), ..Typed::default() };
    Ok(view.draw(&state, &person, Shown::fresh(typed)))
}

/// Reads the list: shows it back, or sends.
pub async fn save(
    State(state): State<AppState>,
    person: Person,
    Path(id): Path<String>,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response, Refusal> {
    let id = id_of(&id)?;
    let typed = match upload::read(form).await {
        Ok(typed) => typed,
        Err((status, code)) => {
            // The page is asked for first: who may not see it learns nothing else.
            let view = View::read(&state.ctx, &person, id, Wanted::default()).await?;
            let typed = Typed { until: view.desk.usual_day(), ..Typed::default() };
            let errors = Errors::none().and("file", code, &[]);
            return Ok(view.draw(&state, &person, Shown { errors, status, ..Shown::fresh(typed) }));
        }
    };
    let ask = Ask {
        list: typed.list().to_owned(),
        until: typed.until.clone(),
        time: typed.time.clone(),
        skips_wrong: typed.verb == "good",
    };
    let outcome = if typed.is_double() {
        Err(Refusal::field("file", "list-both"))
    } else if typed.verb == "check" {
        send::check(&state.ctx, &person.actor, id, &ask).await.map(Outcome::Returned)
    } else {
        send::send(&state.ctx, &person.actor, id, ask).await
    };
    let shown = match outcome {
        Ok(Outcome::Sent { sent, left_out }) => {
            let to = format!("/assessments/{id}/invite?sent={sent}&left_out={left_out}");
            return Ok(Redirect::to(&to).into_response());
        }
        Ok(Outcome::Returned(checked)) => Shown::read_back(typed.merged(), checked),
        Err(refusal @ (Refusal::Invalid(_) | Refusal::Conflict(_))) => Shown {
            errors: errors(&refusal),
            status: StatusCode::UNPROCESSABLE_ENTITY,
            ..Shown::fresh(typed.merged())
        },
        Err(refusal) => return Err(refusal),
    };
    let view = View::read(&state.ctx, &person, id, Wanted::default()).await?;
    Ok(view.draw(&state, &person, shown))
}

/// Everything that the page says besides the form.
struct View {
    id: AssessmentId,
    desk: Desk,
    listed: Listed,
    wanted: Wanted,
    letter: String,
}

impl View {
    async fn read(
        ctx: &Ctx,
        person: &Person,
        id: AssessmentId,
        wanted: Wanted,
    ) -> Result<Self, Refusal> {
        let desk = invitation::desk(ctx, &person.actor, id).await?;
        let at = wanted.page.unwrap_or(1);
        let listed = invitation::list(ctx, &person.actor, id, &wanted.which(), at).await?;
        let letter = sample_letter(ctx, &desk);
        Ok(Self { id, desk, listed, wanted, letter })
    }

    fn draw(self, state: &AppState, person: &Person, shown: Shown) -> Response {
        let (staff, timezone) = (person.frame(&state.ctx), person.timezone.clone());
        let (tabs, may_invite) = (tabs_of(person), may(person, Action::Invite));
        let title = t!("invitation-title", title = self.desk.assessment.title.clone());
        let head = Head::staff(title).with_status(shown.status);
        page(&Frame::from_ref(state), head, move || {
            let Self { id, desk, listed, wanted, letter } = self;
            let head = PageHead::new(desk.assessment.title.clone())
                .facts(facts(&desk, &timezone))
                .tabs(assessment_tabs(id, AssessmentTab::Invite, &tabs, None));
            let done = wanted.sent.map(|sent| {
                let left_out = wanted.left_out.filter(|left_out| *left_out > 0);
                note(Tone::Plain, view! {
                    {t!("invitation-sent", count = sent)}
                    {left_out.map(|count| format!(" {}", t!("invitation-left-out", count = count)))}
                })
            });
            let ask = match (may_invite, &desk.assessment.version, desk.assessment.archived_at) {
                (false, ..) => None,
                (true, _, Some(_)) => Some(note(Tone::Warn, t!("invitation-archived"))),
                (true, None, None) => Some(empty(
                    t!("invitation-not-published"),
                    t!("invitation-not-published-advice"),
                    Button::main(t!("invitation-to-builder"))
                        .to(format!("/assessments/{id}"))
                        .draw(),
                )),
                (true, Some(_), None) => Some(form::draw(id, &desk, shown, letter)),
            };
            let aside = view! {
                <aside class="stack-5" aria-label=t!("invitation-so-far")>{so_far(id, &desk)}</aside>
            };
            let table = list::draw(id, &desk, listed, &wanted, &timezone, may_invite);
            staff.around(
                Place::Assessments,
                view! {
                    {head}
                    <div class="wrap pad stack-5">
                        {done}
                        <div class="split invite">
                            <div class="stack-5">{ask}</div>
                            {aside}
                        </div>
                        {table}
                    </div>
                },
            )
        })
    }
}

/// The newest version in one line.
pub(super) fn facts(desk: &Desk, timezone: &str) -> String {
    match &desk.assessment.version {
        Some(version) => {
            let at = when::minute(version.at, timezone);
            t!("invitation-facts", number = version.number, at = at)
        }
        None => t!("invitation-facts-none"),
    }
}

/// How many are how far, each a way to them.
fn so_far(id: AssessmentId, desk: &Desk) -> impl IntoView + use<> {
    let rows = Status::ALL
        .iter()
        .map(|status| (*status, desk.count(&[*status])))
        .filter(|(_, count)| *count > 0)
        .map(|(status, count)| {
            let href = format!("/assessments/{id}/invite?status={status}#invited");
            view! {
                <dt><a href=href>{status_words(status)}</a></dt>
                <dd>{count}</dd>
            }
        })
        .collect_view();
    let all = desk.count(Status::ALL);
    view! {
        <section class="stack-2">
            <h2>{t!("invitation-so-far")}</h2>
            <p class="small soft">{t!("invitation-all", count = all)}</p>
            <dl class="pairs">{rows}</dl>
        </section>
    }
}

/// What the form was read as.
impl Shown {
    fn fresh(typed: Typed) -> Self {
        Self { typed, checked: None, errors: Errors::none(), status: StatusCode::OK }
    }

    fn read_back(typed: Typed, checked: Checked) -> Self {
        let is_good = checked.wrong() == 0 && checked.ready() > 0;
        let status = if is_good { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        let errors = form::line_errors(&checked);
        Self { typed, checked: Some(checked), errors, status }
    }
}
