//! `/take/{invitation}/receipt`: what arrived, when, and what comes next.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use super::{address, chrome, head, see_other};
use crate::components::{Button, mark};
use crate::domain::time::{Instant, Seconds};
use crate::http::AppState;
use crate::pages::shell::{Frame, page};
use crate::service::attempt::{self, Bearer, Grant, Receipt};
use crate::t;
use crate::text::when::{Zone, length, utc};

/// The receipt, as long as the session lasts.
pub async fn show(
    State(state): State<AppState>,
    frame: Frame,
    bearer: Bearer,
) -> Result<Response, Response> {
    // Says what to do when the invitation is closed or unknown.
    super::sitting(&state.ctx, &frame, bearer).await?;
    match attempt::receipt(&state.ctx, bearer).await {
        Ok(Some(receipt)) => {
            let more = attempt::may_see(&state.ctx, bearer).await.unwrap_or(false);
            Ok(draw(&frame, receipt, more.then(|| address(bearer.invitation, "/mirror"))))
        }
        Ok(None) | Err(crate::service::Refusal::Hidden) => {
            Ok(see_other(&address(bearer.invitation, "")))
        }
        Err(refusal) => Err(refusal.into_response()),
    }
}

fn draw(frame: &Frame, receipt: Receipt, more: Option<String>) -> Response {
    let title = t!("take-submitted");
    page(frame, head(&title, &receipt.sign).over(receipt.sign.invitation_id), move || {
        let zone = Zone::named(&receipt.sign.timezone);
        let (at, name) = (zone.clock(receipt.finished_at), zone.name(receipt.finished_at));
        let lead = match receipt.finalised_by.as_str() {
            "clock" => t!("take-submitted-clock", at = at, zone = name),
            "staff" => t!("take-submitted-staff", at = at, zone = name),
            _ => t!("take-submitted-lead", at = at, zone = name),
        };
        let exact = |at: Instant| t!("take-exact", local = zone.exact(at), utc = utc().clock(at));
        let by = match receipt.finalised_by.as_str() {
            "clock" => t!("take-by-clock"),
            "staff" => t!("take-by-staff"),
            _ => t!("take-by-you"),
        };
        let title_and_version =
            t!("take-receipt-version", title = receipt.sign.title.clone(), number = receipt.number);
        let grants = receipt
            .grants
            .iter()
            .map(|grant| row(&grant_title(grant), length(Seconds::new(grant.seconds))))
            .collect_view();
        let employer = receipt.sign.organisation.clone();
        let contact = receipt.sign.contact.clone().map(|email| {
            let href = format!("mailto:{email}");
            view! { <li>{t!("take-next-contact")} " " <a href=href>{email}</a></li> }
        });
        let main = view! {
            <div class="wrap">
                <div class="sheet">
                    {mark("sealed")}
                    <h1>{title}</h1>
                    <p class="lead">{lead}</p>
                    <section>
                        <h2>{t!("take-receipt")}</h2>
                        <table class="facts">
                            <caption class="unseen">{t!("take-receipt")}</caption>
                            <tbody>
                                {row(&t!("take-receipt-assessment"), title_and_version)}
                                {row(
                                    &t!("take-receipt-answered"),
                                    t!("take-of", count = receipt.answered, all = receipt.items),
                                )}
                                {row(&t!("take-receipt-started"), exact(receipt.started_at))}
                                {row(
                                    &t!("take-receipt-submitted"),
                                    format!("{}, {by}", exact(receipt.finished_at)),
                                )}
                                {grants}
                            </tbody>
                        </table>
                        <p class="small soft">{t!("take-receipt-code-advice")}</p>
                        <p class="receipt-code">{grouped(&receipt.receipt_hash)}</p>
                    </section>
                    <section>
                        <h2>{t!("take-next")}</h2>
                        {more.map(|href| view! { <p>{Button::link(t!("room-see-result"), href)}</p> })}
                        <ul class="plain">
                            <li>{t!("take-next-who", employer = employer)}</li>
                            {contact}
                            <li>{t!("take-next-deleted", day = zone.day(receipt.keep_until))}</li>
                            <li>{t!("take-next-close")}</li>
                        </ul>
                    </section>
                </div>
            </div>
        };
        chrome(&receipt.sign).around(main)
    })
}

fn row(head: &str, value: String) -> AnyView {
    view! { <tr><th scope="row">{head.to_owned()}</th><td>{value}</td></tr> }.into_any()
}

fn grant_title(grant: &Grant) -> String {
    match grant.kind.as_str() {
        "accommodation" => t!("take-grant-accommodation"),
        "outage" => t!("take-grant-outage"),
        "line" => t!("take-grant-line"),
        "pause" => t!("take-grant-pause"),
        _ => t!("take-grant-other"),
    }
}

/// Sixty-four digits in groups of four, so that they can be compared by eye.
fn grouped(hash: &str) -> String {
    let digits: Vec<char> = hash.chars().collect();
    digits.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_is_grouped_by_four() {
        assert_eq!(grouped("4f1c92ab07"), "4f1c 92ab 07");
    }
}
