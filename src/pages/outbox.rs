//! `/outbox`: mail that waits, was sent or was given up.

use axum::extract::{FromRef, Path, State};
use axum::response::{Redirect, Response};
use leptos::prelude::*;
use uuid::Uuid;

use crate::components::{Button, PageHead, Place, Tone, empty, note, table, tag};
use crate::http::AppState;
use crate::http::session::Person;
use crate::pages::shell::{Frame, Head, page};
use crate::pages::when;
use crate::service::outbox::Entry;
use crate::service::{Refusal, outbox};
use crate::t;

/// The newest mails.
pub async fn show(State(state): State<AppState>, person: Person) -> Result<Response, Refusal> {
    let entries = outbox::list(&state.ctx, &person.actor).await?;
    let (staff, timezone) = (person.frame(&state.ctx), person.timezone.clone());
    let sends = state.ctx.mailer.sends();
    Ok(page(&Frame::from_ref(&state), Head::staff(t!("mail-outbox")), move || {
        let facts = if sends { t!("mail-by-server") } else { t!("mail-by-folder") };
        let body = if entries.is_empty() {
            empty(t!("mail-none"), t!("mail-none-advice"), ())
        } else {
            let rows = entries.into_iter().map(|entry| row(entry, &timezone)).collect_view();
            let heads = view! {
                <th scope="col">{t!("mail-to")}</th>
                <th scope="col">{t!("mail-kind")}</th>
                <th scope="col" class="wide">{t!("mail-promised")}</th>
                <th scope="col">{t!("mail-state")}</th>
            };
            table("grid", t!("mail-outbox"), heads, rows)
        };
        staff.around(
            Place::Outbox,
            view! {
                {PageHead::new(t!("mail-outbox")).facts(facts)}
                <div class="wrap pad stack-5">{body}</div>
            },
        )
    }))
}

/// One mail.
pub async fn open(
    State(state): State<AppState>,
    person: Person,
    Path(id): Path<Uuid>,
) -> Result<Response, Refusal> {
    let (entry, written) = outbox::read(&state.ctx, &person.actor, id).await?;
    let (staff, timezone) = (person.frame(&state.ctx), person.timezone.clone());
    Ok(page(&Frame::from_ref(&state), Head::staff(t!("mail-one")), move || {
        // A mail whose link was replaced before it was sent has no text left to send.
        let can_retry = entry.delivered_at.is_none() && entry.has_text;
        let is_withdrawn = entry.delivered_at.is_none() && !entry.has_text;
        let retry = format!("/outbox/{id}/retry");
        let facts = t!(
            "mail-facts",
            kind = kind_words(&entry.kind),
            at = when::minute(entry.created_at, &timezone)
        );
        let error = entry.last_error.clone().map(|cause| note(Tone::Bad, cause));
        staff.around(Place::Outbox, view! {
            {PageHead::new(entry.recipient.clone()).facts(facts)}
            <div class="wrap pad stack-5">
                <p>{state_tag(&entry)}</p>
                {error}
                {can_retry.then(|| view! {
                    <form method="post" action=retry>{Button::main(t!("mail-try-now"))}</form>
                })}
                {match written {
                    _ if is_withdrawn => note(Tone::Plain, t!("mail-withdrawn-because")),
                    Some(text) => view! {
                        <pre class="code" tabindex="0" role="region" aria-label=t!("mail-one")>{text}</pre>
                    }.into_any(),
                    None => view! { <p class="soft">{t!("mail-body-gone")}</p> }.into_any(),
                }}
            </div>
        })
    }))
}

/// Tries a mail again now.
pub async fn retry(
    State(state): State<AppState>,
    person: Person,
    Path(id): Path<Uuid>,
) -> Result<Redirect, Refusal> {
    outbox::retry(&state.ctx, &person.actor, id).await?;
    Ok(Redirect::to("/outbox"))
}

/// What a mail is for.
fn kind_words(kind: &str) -> String {
    match kind {
        "invitation" => t!("mail-kind-invitation"),
        "welcome" => t!("mail-kind-welcome"),
        _ => t!("mail-kind-reset"),
    }
}

fn state_tag(entry: &Entry) -> AnyView {
    match (entry.delivered_at, entry.given_up_at) {
        (Some(_), _) => tag(Tone::Plain, t!("mail-sent")),
        (None, _) if !entry.has_text => tag(Tone::Plain, t!("mail-withdrawn")),
        (None, Some(_)) => tag(Tone::Bad, t!("mail-given-up")),
        (None, None) if entry.tries == 0 => tag(Tone::Plain, t!("mail-waits")),
        (None, None) => tag(Tone::Warn, t!("mail-tried", times = entry.tries)),
    }
}

fn row(entry: Entry, timezone: &str) -> impl IntoView + use<> {
    let href = format!("/outbox/{}", entry.id);
    let promised = when::minute(entry.created_at, timezone);
    let state = state_tag(&entry);
    view! {
        <tr>
            <th scope="row"><a href=href>{entry.recipient}</a></th>
            <td>{kind_words(&entry.kind)}</td>
            <td class="wide">{promised}</td>
            <td>{state}</td>
        </tr>
    }
}
