//! The page of an error that no handler has drawn.

use axum::extract::FromRef;
use axum::response::Response;
use leptos::prelude::*;

use crate::components::{CandidateFrame, mark, product_footer};
use crate::http::fault::Fault;
use crate::http::{AppState, RequestId};
use crate::pages::shell::{Frame, Head, errors, page as draw};
use crate::service::Refusal;
use crate::t;
use crate::text::say;

/// What happened, what to do, and the number to quote when asking for help. A refusal may say more.
pub fn page(state: &AppState, fault: Fault, refusal: Option<&Refusal>, path: &str) -> Response {
    let frame = Frame::from_ref(state);
    let is_candidate = path.starts_with("/i/") || path.starts_with("/take/");
    let (title, advice) = words(fault);
    // The head is made before the page knows its language.
    let (title, advice) = (say(frame.locale, title, &[]), say(frame.locale, advice, &[]));
    let head = if is_candidate { Head::candidate(&title) } else { Head::staff(&title) };
    let number = RequestId::current();
    let details =
        refusal.filter(|_| matches!(fault, Fault::Invalid | Fault::Conflict | Fault::Busy));
    let details = details.cloned();
    draw(&frame, head.with_status(fault.status()), move || {
        let details = details.map_or_else(Vec::new, |refusal| errors(&refusal).sentences());
        let sheet = view! {
            <div class="wrap">
                <div class="sheet">
                    <h1>{title}</h1>
                    {details.into_iter().map(|one| view! { <p>{one}</p> }).collect_view()}
                    <section>
                        <h2>{t!("fault-what-to-do")}</h2>
                        <p>{advice}</p>
                        // A candidate's place is the link in the mail.
                        {(!is_candidate).then(|| view! { <p><a class="btn" href="/">{t!("fault-to-start")}</a></p> })}
                        <p class="quiet">
                            {t!("fault-number")} " " <span class="mono">{number.as_str().to_owned()}</span>
                        </p>
                    </section>
                </div>
            </div>
        };
        if is_candidate {
            CandidateFrame::new(t!("common-product")).around(sheet)
        } else {
            around(sheet)
        }
    })
}

/// The frame of staff without places: who is signed in is not asked when something is wrong.
fn around(main: impl IntoView + 'static) -> AnyView {
    view! {
        <header class="bar">
            <div class="wrap">
                <a class="brand" href="/">{mark("mark")} " " {t!("common-product")}</a>
            </div>
        </header>
        <main id="main" tabindex="-1">{main}</main>
        {product_footer()}
    }
    .into_any()
}

/// The keys of what happened and of what to do.
fn words(fault: Fault) -> (&'static str, &'static str) {
    match fault {
        Fault::UnknownHost => ("fault-unknown-host-title", "fault-unknown-host-advice"),
        Fault::Unreadable => ("fault-unreadable-title", "fault-unreadable-advice"),
        Fault::SignedOut => ("fault-signed-out-title", "fault-signed-out-advice"),
        Fault::Forbidden => ("fault-forbidden-title", "fault-forbidden-advice"),
        Fault::CrossSite => ("fault-cross-site-title", "fault-cross-site-advice"),
        Fault::NotFound => ("fault-not-found-title", "fault-not-found-advice"),
        Fault::Method => ("fault-method-title", "fault-method-advice"),
        Fault::Timeout => ("fault-timeout-title", "fault-timeout-advice"),
        Fault::TooLarge => ("fault-too-large-title", "fault-too-large-advice"),
        Fault::Invalid => ("fault-invalid-title", "fault-invalid-advice"),
        Fault::Conflict => ("fault-conflict-title", "fault-conflict-advice"),
        Fault::Busy => ("fault-busy-title", "fault-busy-advice"),
        Fault::Unavailable => ("fault-unavailable-title", "fault-unavailable-advice"),
        Fault::Internal => ("fault-internal-title", "fault-internal-advice"),
    }
}
