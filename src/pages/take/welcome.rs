//! `/take/{invitation}`: everything there is to know before the clock starts.

use axum::Form;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use super::{address, chrome, head, moment, refuse_unknown, renew, see_other, sitting};
use crate::components::markdown::prose;
use crate::components::{Button, Errors, Field, fold};
use crate::domain::assessment::Texts;
use crate::domain::id::InvitationId;
use crate::domain::time::Seconds;
use crate::http::AppState;
use crate::islands::check::{Check, Findings};
use crate::pages::shell::{Frame, errors, page};
use crate::service::Refusal;
use crate::service::attempt::{self, Bearer, Navigation, Sitting, State as Phase, is_strict};
use crate::t;
use crate::text::when::{Zone, length};

/// The welcome page; who has begun is led on.
pub async fn show(
    State(state): State<AppState>,
    frame: Frame,
    bearer: Bearer,
) -> Result<Response, Response> {
    let sitting = sitting(&state.ctx, &frame, bearer).await?;
    Ok(match sitting.state {
        Phase::Invited => draw(&frame, *sitting, String::new(), Errors::none()),
        Phase::Running => see_other(&address(bearer.invitation, "/section")),
        Phase::Submitted | Phase::Voided => see_other(&address(bearer.invitation, "/receipt")),
    })
}

/// Starts the clock. Pressing twice starts once.
pub async fn start(
    State(state): State<AppState>,
    frame: Frame,
    bearer: Bearer,
    headers: HeaderMap,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Response> {
    let refused = |refusal: Refusal| refusal.into_response();
    refuse_unknown(&fields, &["name"]).map_err(refused)?;
    let name = fields.into_iter().next().map(|(_, name)| name).unwrap_or_default();
    match attempt::start(&state.ctx, bearer, &name).await {
        Ok(()) => {
            let sitting = sitting(&state.ctx, &frame, bearer).await?;
            let response = see_other(&address(bearer.invitation, "/section"));
            Ok(renew(&state.ctx, &headers, &sitting, response))
        }
        Err(refusal @ Refusal::Invalid(_)) => {
            let sitting = sitting(&state.ctx, &frame, bearer).await?;
            Ok(draw(&frame, *sitting, name, errors(&refusal)))
        }
        // The invitation ended while the page was open: the page says so.
        Err(Refusal::Conflict(_)) => Ok(see_other(&address(bearer.invitation, ""))),
        Err(refusal) => Err(refused(refusal)),
    }
}

/// Says no.
pub async fn decline(
    State(state): State<AppState>,
    bearer: Bearer,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    refuse_unknown(&fields, &[])?;
    match attempt::decline(&state.ctx, bearer).await {
        // Whatever it is now, the page says so.
        Ok(()) | Err(Refusal::Conflict(_)) => Ok(see_other(&address(bearer.invitation, ""))),
        Err(refusal) => Err(refusal),
    }
}

fn draw(frame: &Frame, sitting: Sitting, name: String, errors: Errors) -> Response {
    let Some(invitation) = sitting.sign.invitation_id else {
        return Refusal::Hidden.into_response();
    };
    let title = sitting.sign.title.clone();
    let head = head(&title, &sitting.sign).with_islands();
    let head = if errors.is_empty() { head } else { head.refused() };
    page(frame, head, move || {
        let main = view! {
            <div class="wrap">
                <div class="split welcome">
                    <div>
                        {errors.summary(t!("take-not-started"))}
                        <h1>{title}</h1>
                        <p class="lead">{lead(&sitting)}</p>
                        {own_words(&sitting, |texts| &texts.welcome)}
                        {contents(&sitting)}
                        {rules(&sitting)}
                        {recorded(&sitting)}
                        {contact(&sitting, invitation)}
                    </div>
                    {start_box(&sitting, invitation, name, &errors)}
                </div>
            </div>
        };
        chrome(&sitting.sign).around(main)
    })
}

fn lead(sitting: &Sitting) -> String {
    let employer = sitting.sign.organisation.clone();
    let count = sitting.questions();
    match sitting.own_limit {
        Some(limit) => {
            t!("take-lead", employer = employer, count = count, time = length(limit))
        }
        None => t!("take-lead-untimed", employer = employer, count = count),
    }
}

/// Words of the organisation, if it has any to say.
fn own_words(sitting: &Sitting, which: fn(&Texts) -> &str) -> Option<AnyView> {
    let text = which(&sitting.welcome.as_ref()?.texts);
    (!text.trim().is_empty())
        .then(|| view! { <section class="stem">{prose(text)}</section> }.into_any())
}

fn contents(sitting: &Sitting) -> AnyView {
    let planned = sitting.welcome.as_ref().map_or(&[][..], |welcome| &welcome.sections);
    let expected = |index: usize| planned.get(index).map(|section| section.expected);
    let minutes = |seconds: Seconds| t!("take-minutes-about", count = (seconds.get() + 59) / 60);
    let rows = sitting
        .sections
        .iter()
        .enumerate()
        .map(|(index, section)| {
            let own = section
                .limit_seconds
                .map(|limit| t!("take-section-own-time", time = length(Seconds::new(limit))));
            let way = match section.navigation {
                Navigation::Linear => Some(t!("take-section-linear")),
                Navigation::Free if is_strict(section) => Some(t!("take-section-once")),
                Navigation::Free => None,
            };
            let notes = [own, way].into_iter().flatten().collect::<Vec<_>>().join(" ");
            view! {
                <tr>
                    <th scope="row">
                        {section.title.clone()}
                        {(!notes.is_empty()).then(|| view! { <span class="section-note">{notes}</span> })}
                    </th>
                    <td class="num">{section.items}</td>
                    <td class="num">{expected(index).map(minutes)}</td>
                </tr>
            }
        })
        .collect_view();
    let together: Seconds = planned.iter().map(|section| section.expected).sum();
    view! {
        <section>
            <h2>{t!("take-what-is-in-it")}</h2>
            <table class="facts">
                <caption class="unseen">{t!("take-sections-caption")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!("take-section")}</th>
                        <th scope="col" class="num">{t!("take-questions")}</th>
                        <th scope="col" class="num">{t!("take-about")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
                <tfoot>
                    <tr>
                        <th scope="row">{t!("take-together")}</th>
                        <td class="num">{sitting.questions()}</td>
                        <td class="num">{(together > Seconds::ZERO).then(|| minutes(together))}</td>
                    </tr>
                </tfoot>
            </table>
        </section>
    }
    .into_any()
}

fn rules(sitting: &Sitting) -> AnyView {
    let is_free = sitting.sections.iter().all(|section| !is_strict(section));
    let is_strict_only = sitting.sections.iter().all(is_strict);
    let back = match (is_free, is_strict_only) {
        (true, _) => t!("take-rule-back"),
        (false, true) => t!("take-rule-no-return"),
        (false, false) => t!("take-rule-back-some"),
    };
    let end = match sitting.own_limit {
        Some(_) => t!("take-rule-end"),
        None => t!("take-rule-end-untimed"),
    };
    view! {
        <section>
            <h2>{t!("take-rules")}</h2>
            <ul class="plain">
                <li>{back}</li>
                <li>{t!("take-rule-no-penalty")}</li>
                <li>{t!("take-rule-partial")}</li>
                <li>{t!("take-rule-speed")}</li>
                <li>{t!("take-rule-saved")}</li>
                <li>{t!("take-rule-devices")}</li>
                <li>{end}</li>
            </ul>
            {own_words(sitting, |texts| &texts.rules)}
        </section>
    }
    .into_any()
}

fn recorded(sitting: &Sitting) -> AnyView {
    let zone = Zone::named(&sitting.sign.timezone);
    let employer = sitting.sign.organisation.clone();
    let day = zone.day(sitting.keep_until);
    view! {
        <section>
            <h2>{t!("take-recorded")}</h2>
            <ul class="plain">
                <li>{t!("take-recorded-times")}</li>
                <li>{t!("take-recorded-answers")}</li>
                <li>{t!("take-recorded-devices")}</li>
                <li>{t!("room-recorded")}</li>
                <li>{t!("take-recorded-not")}</li>
            </ul>
            <p>{t!("take-recorded-who", employer = employer, day = day)}</p>
        </section>
    }
    .into_any()
}

fn contact(sitting: &Sitting, invitation: InvitationId) -> AnyView {
    let employer = sitting.sign.organisation.clone();
    let email = sitting.sign.contact.clone().map(|email| {
        let href = format!("mailto:{email}");
        view! { <p>{t!("take-contact-write")} " " <a href=href>{email}</a></p> }
    });
    let action = address(invitation, "/decline");
    let refuse = view! {
        <form class="stack-2" method="post" action=action>
            <p>{t!("take-decline-advice", employer = employer)}</p>
            {Button::bad(t!("take-decline"))}
        </form>
    };
    view! {
        <section>
            <h2>{t!("take-contact")}</h2>
            {email}
            {own_words(sitting, |texts| &texts.contact)}
            {fold(t!("take-decline-ask"), false, refuse)}
        </section>
    }
    .into_any()
}

/// What the browser finds out about itself; nothing depends on it.
fn checks(invitation: InvitationId) -> AnyView {
    let findings = Findings {
        invitation,
        keeps: [t!("room-check-keeps"), t!("room-check-keeps-not")],
        trip: t!("room-check-trip", milliseconds = "{n}"),
        no_trip: t!("room-check-no-trip"),
        clock: [t!("room-check-clock"), t!("room-check-clock-wrong", seconds = "{n}")],
    };
    view! {
        <Check findings>
            <div class="small soft" role="status">
                <p data-check="storage" hidden></p>
                <p data-check="trip" hidden></p>
                <p data-check="clock" hidden></p>
            </div>
        </Check>
    }
    .into_any()
}

fn start_box(
    sitting: &Sitting,
    invitation: InvitationId,
    name: String,
    errors: &Errors,
) -> AnyView {
    let (until, zone) = moment(sitting.sign.expires_at, &sitting.sign);
    let person = &sitting.person;
    let known = person.name.clone().unwrap_or_default();
    let asked = if name.is_empty() { known } else { name };
    let time = match sitting.own_limit {
        Some(limit) => view! { <b>{length(limit)}</b> {t!("take-in-one-go")} }.into_any(),
        None => view! { <b>{t!("take-no-limit")}</b> }.into_any(),
    };
    let extended = sitting
        .own_limit
        .filter(|own| *own > sitting.limit)
        .map(|_| t!("take-extended", from = length(sitting.limit)))
        .map(|words| view! { <br/> <span class="small soft">{words}</span> });
    let start = match sitting.own_limit {
        Some(limit) => t!("take-start", time = length(limit)),
        None => t!("take-start-untimed"),
    };
    let action = address(invitation, "/start");
    view! {
        <aside class="startbox" aria-label=t!("take-start-box")>
            <dl>
                <dt>{t!("take-for")}</dt>
                <dd>{person.email.clone()}</dd>
                <dt>{t!("take-time")}</dt>
                <dd>{time} {extended}</dd>
                <dt>{t!("take-start-before")}</dt>
                <dd>
                    {until} <br/> <span class="small soft">{zone}</span>
                    <span class="small block" data-own-zone="" hidden></span>
                    <a class="small" href=address(invitation, "/deadline.ics")>{t!("room-ics")}</a>
                </dd>
            </dl>
            <p class="stack-2">
                {Button::link(t!("room-practice"), address(invitation, "/practice"))}
                <span class="small soft block">{t!("room-practice-advice")}</span>
            </p>
            {checks(invitation)}
            <form class="stack" method="post" action=action>
                {Field::new("name", t!("take-name")).hint(t!("take-name-hint")).value(asked)
                    .autocomplete("name").max_length(200).errors(errors)}
                {Button::main(start)}
            </form>
            <p class="small soft">{t!("take-start-hint")}</p>
        </aside>
    }
    .into_any()
}
