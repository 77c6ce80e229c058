//! `/audit`: what happened in the organisation, newest first. Nothing here can be changed.

use axum::extract::{FromRef, Query, State};
use axum::response::Response;
use leptos::prelude::*;
use serde::Deserialize;
use uuid::Uuid;

use crate::components::{PageHead, Place, empty, table};
use crate::domain::id::AuditEventId;
use crate::domain::time::Instant;
use crate::http::AppState;
use crate::http::session::Person;
use crate::pages::shell::{Frame, Head, page};
use crate::pages::when;
use crate::service::Refusal;
use crate::service::audit::{self, Before, Entry};
use crate::t;

/// Which part of the log.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    before: Option<String>,
    about: Option<Uuid>,
}

/// The place in the list that an address names; nonsense begins at the newest.
fn place(text: &str) -> Option<Before> {
    let (at, id) = text.split_once('.')?;
    Some((Instant::from_micros(at.parse().ok()?), AuditEventId::new(id.parse().ok()?)))
}

/// The log.
pub async fn show(
    State(state): State<AppState>,
    person: Person,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let before = asked.before.as_deref().and_then(place);
    let part = audit::list(&state.ctx, &person.actor, asked.about, before).await?;
    let (staff, timezone) = (person.frame(&state.ctx), person.timezone.clone());
    Ok(page(&Frame::from_ref(&state), Head::staff(t!("audit-title")), move || {
        let about = asked.about;
        let older = part.entries.last().filter(|_| part.has_more).map(|last| {
            let about = about.map_or_else(String::new, |id| format!("&about={id}"));
            let href =
                format!("/audit?before={}.{}{about}", last.happened_at.micros(), last.id.uuid());
            view! { <p><a href=href rel="next">{t!("audit-older")}</a></p> }
        });
        let newest = (before.is_some() || about.is_some())
            .then(|| view! { <p><a href="/audit">{t!("audit-newest")}</a></p> });
        let body = if part.entries.is_empty() {
            empty(t!("audit-none"), t!("audit-none-advice"), ())
        } else {
            let rows = part.entries.into_iter().map(|entry| line(entry, &timezone)).collect_view();
            let heads = view! {
                <th scope="col">{t!("audit-when")}</th>
                <th scope="col">{t!("audit-who")}</th>
                <th scope="col">{t!("audit-what")}</th>
                <th scope="col">{t!("audit-about")}</th>
                <th scope="col" class="wide">{t!("audit-why")}</th>
            };
            table("grid", t!("audit-title"), heads, rows)
        };
        staff.around(
            Place::Audit,
            view! {
                {PageHead::new(t!("audit-title")).facts(t!("audit-facts"))}
                <div class="wrap pad stack-5">{newest} {body} {older}</div>
            },
        )
    }))
}

fn who(entry: &Entry) -> String {
    match (entry.actor_name.clone(), entry.actor_kind.as_str()) {
        (Some(name), _) => name,
        (None, "candidate") => t!("audit-candidate"),
        (None, "clock") => t!("audit-clock"),
        (None, "operator") => t!("audit-operator"),
        (None, "stranger") => t!("audit-stranger"),
        (None, _) => t!("audit-former"),
    }
}

/// Where the thing has a page of its own.
fn page_of(kind: &str, id: Uuid, name: Option<&str>) -> Option<String> {
    match (kind, name) {
        ("assessment", _) => Some(format!("/assessments/{id}")),
        ("attempt", _) => Some(format!("/results/{id}")),
        ("account", _) => Some(format!("/people/{id}")),
        ("item", Some(code)) => Some(format!("/items/{code}")),
        _ => None,
    }
}

fn subject(entry: &Entry) -> AnyView {
    let (Some(kind), Some(id)) = (entry.subject_kind.as_deref(), entry.subject) else {
        return ().into_any();
    };
    let words = match kind {
        "assessment" => t!("audit-kind-assessment"),
        "attempt" => t!("audit-kind-attempt"),
        "account" => t!("audit-kind-account"),
        "invitation" => t!("audit-kind-invitation"),
        "candidate" => t!("audit-kind-candidate"),
        "item" => t!("audit-kind-item"),
        other => other.to_owned(),
    };
    let href = page_of(kind, id, entry.subject_name.as_deref());
    // What was erased has no name: the last figures tell two of a kind apart, and no more.
    let name = entry.subject_name.clone().unwrap_or_else(|| {
        let id_text = id.simple().to_string();
        id_text[id_text.len() - 6..].to_owned()
    });
    let only = t!("audit-only", thing = format!("{words} {name}"));
    let name = match href {
        Some(href) => view! { <a href=href dir="auto">{name}</a> }.into_any(),
        None => view! { <span dir="auto">{name}</span> }.into_any(),
    };
    view! {
        <span class="soft">{words}</span> " " {name} " "
        <a class="quiet log-more" href=format!("/audit?about={id}") aria-label=only>{t!("audit-history")}</a>
    }
    .into_any()
}

fn line(entry: Entry, timezone: &str) -> impl IntoView + use<> {
    let (who, about, what) = (who(&entry), subject(&entry), what(&entry.action));
    view! {
        <tr>
            <td class="nowrap">
                <time datetime=entry.happened_at.iso()>
                    {when::day_and_second(entry.happened_at, timezone)}
                </time>
            </td>
            <td dir="auto">{who}</td>
            <th scope="row">{what}</th>
            <td>{about}</td>
            <td class="wide" dir="auto">{entry.reason}</td>
        </tr>
    }
}

/// What happened, in words. A kind of event that has none yet is shown by its code.
fn what(action: &str) -> String {
    match action {
        "account.added" => t!("audit-account-added"),
        "account.changed" => t!("audit-account-changed"),
        "account.disabled" => t!("audit-account-disabled"),
        "account.enabled" => t!("audit-account-enabled"),
        "account.password_changed" => t!("audit-account-password-changed"),
        "account.password_reset" => t!("audit-account-password-reset"),
        "account.reset_asked" => t!("audit-account-reset-asked"),
        "account.reset_link_made" => t!("audit-account-reset-link-made"),
        "account.sign_in_refused" => t!("audit-account-sign-in-refused"),
        "account.signed_in" => t!("audit-account-signed-in"),
        "account.signed_out_elsewhere" => t!("audit-account-signed-out-elsewhere"),
        "assessment.archived" => t!("audit-assessment-archived"),
        "assessment.changed" => t!("audit-assessment-changed"),
        "assessment.created" => t!("audit-assessment-created"),
        "assessment.published" => t!("audit-assessment-published"),
        "assessment.restored" => t!("audit-assessment-restored"),
        "attempt.ended" => t!("audit-attempt-ended"),
        "attempt.outage_credited" => t!("audit-attempt-outage-credited"),
        "attempt.reopened" => t!("audit-attempt-reopened"),
        "attempt.rescored" => t!("audit-attempt-rescored"),
        "attempt.scored" => t!("audit-attempt-scored"),
        "attempt.started" => t!("audit-attempt-started"),
        "attempt.submitted" => t!("audit-attempt-submitted"),
        "attempt.taken_over" => t!("audit-attempt-taken-over"),
        "attempt.time_granted" => t!("audit-attempt-time-granted"),
        "attempt.voided" => t!("audit-attempt-voided"),
        "candidate.erased" => t!("audit-candidate-erased"),
        "invitation.declined" => t!("audit-invitation-declined"),
        "invitation.erased" => t!("audit-invitation-erased"),
        "invitation.extended" => t!("audit-invitation-extended"),
        "invitation.link_renewed" => t!("audit-invitation-link-renewed"),
        "invitation.opened" => t!("audit-invitation-opened"),
        "invitation.resent" => t!("audit-invitation-resent"),
        "invitation.revoked" => t!("audit-invitation-revoked"),
        "invitation.sent" => t!("audit-invitation-sent"),
        "invitation.time_changed" => t!("audit-invitation-time-changed"),
        "item.approved" => t!("audit-item-approved"),
        "item.created" => t!("audit-item-created"),
        "item.exported" => t!("audit-item-exported"),
        "item.imported" => t!("audit-item-imported"),
        "item.retired" => t!("audit-item-retired"),
        "item.returned" => t!("audit-item-returned"),
        "item.revised" => t!("audit-item-revised"),
        "item.submitted" => t!("audit-item-submitted"),
        "organisation.founded" => t!("audit-organisation-founded"),
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_back_and_nonsense_is_the_newest() {
        let id = Uuid::from_u128(7);
        let (at, event) = place(&format!("1700.{id}")).expect("a place");
        assert_eq!((at.micros(), event.uuid()), (1_700, id));
        for odd in ["", "1700", "x.y", "1700.", "9999999999999999999999.0"] {
            assert!(place(odd).is_none(), "{odd}");
        }
    }
}
