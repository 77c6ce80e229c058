//! The table of invitations with its filter and its pages.
#![expect(clippy::needless_pass_by_value, reason = "callers hand over what they do not need again")]

use leptos::prelude::*;

use super::Wanted;
use super::form::time_words;
use crate::components::{Button, Draw, Field, Pager, Tone, empty, table, tag};
use crate::domain::id::AssessmentId;
use crate::domain::invitation::Status;
use crate::domain::time::Seconds;
use crate::http::session::url_component;
use crate::pages::when;
use crate::service::invitation::Invitee;
use crate::service::invitation::{Desk, Listed, PAGE};
use crate::t;

/// The words of a status.
pub(in crate::pages::assessment) fn status_words(status: Status) -> String {
    match status {
        Status::Invited => t!("invitation-status-invited"),
        Status::Opened => t!("invitation-status-opened"),
        Status::Started => t!("invitation-status-started"),
        Status::Submitted => t!("invitation-status-submitted"),
        Status::Voided => t!("invitation-status-voided"),
        Status::Expired => t!("invitation-status-expired"),
        Status::Declined => t!("invitation-status-declined"),
        Status::Revoked => t!("invitation-status-revoked"),
    }
}

/// The tag of a status.
pub(super) fn status_tag(status: Status) -> AnyView {
    let tone = match status {
        Status::Invited | Status::Opened | Status::Started | Status::Submitted => Tone::Plain,
        Status::Expired | Status::Declined => Tone::Warn,
        Status::Revoked | Status::Voided => Tone::Bad,
    };
    tag(tone, status_words(status))
}

/// The address of a page of the table.
fn href(id: AssessmentId, wanted: &Wanted, page: i64) -> String {
    let (status, q) = (url_component(&wanted.status), url_component(&wanted.q));
    format!("/assessments/{id}/invite?status={status}&q={q}&page={page}#invited")
}

pub(super) fn draw(
    id: AssessmentId,
    desk: &Desk,
    listed: Listed,
    wanted: &Wanted,
    timezone: &str,
    may_invite: bool,
) -> AnyView {
    if desk.count(Status::ALL) == 0 {
        return ().into_any();
    }
    let Listed { rows, first, all } = listed;
    let (limit, sees_time) = (desk.limit.unwrap_or_default(), desk.sees_time);
    let shown = i64::try_from(rows.len()).unwrap_or_default();
    let body = if rows.is_empty() {
        let all = view! { <a class="btn" href=format!("/assessments/{id}/invite#invited")>{t!("invitation-show-all")}</a> };
        empty(t!("invitation-none-found"), t!("invitation-none-found-advice"), all)
    } else {
        let heads = view! {
            <th scope="col">{t!("invitation-person")}</th>
            <th scope="col">{t!("invitation-status")}</th>
            <th scope="col" class="wide">{t!("invitation-open-until")}</th>
            {sees_time.then(|| view! { <th scope="col" class="num wide">{t!("invitation-time")}</th> })}
            {may_invite.then(|| view! { <th scope="col" class="wide"><span class="unseen">{t!("invitation-acts")}</span></th> })}
        };
        let rows = rows
            .into_iter()
            .map(|one| row(id, one, timezone, limit, sees_time, may_invite))
            .collect_view();
        let current = first / PAGE + 1;
        let previous = (first > 0).then(|| href(id, wanted, current - 1));
        let next = (first + shown < all).then(|| href(id, wanted, current + 1));
        let pager = Pager::new(
            u64::try_from(first + 1).unwrap_or(1),
            u64::try_from(first + shown).unwrap_or(1),
            u64::try_from(all).unwrap_or(1),
        )
        .previous(previous)
        .next(next);
        view! {
            {table("grid", t!("invitation-table"), heads, rows)}
            {pager.draw()}
        }
        .into_any()
    };
    let options = std::iter::once((String::new(), t!("invitation-any-status")))
        .chain(Status::ALL.iter().map(|one| (one.as_str().to_owned(), status_words(*one))));
    view! {
        <section class="stack" id="invited">
            <h2>{t!("invitation-table")}</h2>
            <form class="filters" method="get" action=format!("/assessments/{id}/invite#invited")>
                {Field::new("status", t!("invitation-status")).select(options.collect::<Vec<_>>())
                    .value(wanted.status.clone())}
                {Field::new("q", t!("invitation-search")).kind("search").max_length(200)
                    .value(wanted.q.clone())}
                {Button::new(t!("invitation-filter"))}
            </form>
            {body}
        </section>
    }
    .into_any()
}

fn row(
    id: AssessmentId,
    one: Invitee,
    timezone: &str,
    limit: Seconds,
    sees_time: bool,
    may_invite: bool,
) -> impl IntoView + use<> {
    let base = format!("/assessments/{id}/invitations/{}", one.invitation);
    let called = one.called().to_owned();
    let below = one.name.is_some().then(|| {
        view! { <span class="small quiet">{one.email.clone()}</span> }
    });
    let until = when::minute(one.expires_at, timezone);
    let time = sees_time.then(|| view! { <td class="num wide">{time_words(one.time, limit)}</td> });
    let lost = one.has_lost_mail.then(|| tag(Tone::Bad, t!("invitation-mail-lost")));
    let has_link = one.status.is_open() || one.status == Status::Started;
    let acts = may_invite.then(|| {
        let acts = has_link.then(|| {
            // The names tell the rows apart for whoever hears them.
            let (link, resend) = (
                t!("invitation-new-link-of", person = called.clone()),
                t!("invitation-resend-to", person = called.clone()),
            );
            view! {
                <div class="row row-tight">
                    <form method="post" action=format!("{base}/link")>
                        <button class="btn btn-plain btn-small" aria-label=link>{t!("invitation-new-link")}</button>
                    </form>
                    <form method="post" action=format!("{base}/resend")>
                        <button class="btn btn-plain btn-small" aria-label=resend>{t!("invitation-resend")}</button>
                    </form>
                </div>
            }
        });
        view! { <td class="wide">{acts}</td> }
    });
    view! {
        <tr>
            <th scope="row"><a href=base.clone()>{called.clone()}</a> " " {below}</th>
            <td>{status_tag(one.status)} " " {lost}</td>
            <td class="wide">{until}</td>
            {time}
            {acts}
        </tr>
    }
}
