//! Two devices: the question before taking over, and what the older one is told. Also what a text is
//! told that came too late.

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use super::{address, chrome, conflict, head, refuse_unknown, running, see_other, ticking};
use crate::components::Button;
use crate::http::AppState;
use crate::pages::shell::{Frame, page};
use crate::service::Refusal;
use crate::service::attempt::{self, Bearer, Kept, Sitting};
use crate::t;

/// Another device works on the attempt. This one may take over, or look.
pub fn ask(frame: &Frame, sitting: &Sitting) -> Response {
    let Some(invitation) = sitting.sign.invitation_id else {
        return Refusal::Hidden.into_response();
    };
    let sitting = sitting.clone();
    let head = head(&t!("take-device-title"), &sitting.sign).with_islands();
    page(frame, head, move || {
        let take_over = address(invitation, "/take-over");
        let look = address(invitation, "/section?look=1");
        let main = view! {
            <div class="wrap">
                <div class="sheet stack-5">
                    <h1>{t!("take-device-title")}</h1>
                    <p class="lead">{t!("take-device-lead")}</p>
                    <p>{t!("take-device-advice")}</p>
                    <form class="row" method="post" action=take_over>
                        {Button::main(t!("take-device-take-over"))}
                        {Button::new(t!("take-device-look")).to(look)}
                    </form>
                </div>
            </div>
        };
        chrome(&sitting.sign).tools(ticking(&sitting)).around(main)
    })
}

/// This device writes from now on.
pub async fn take_over(
    State(state): State<AppState>,
    frame: Frame,
    bearer: Bearer,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Response> {
    let refused = |refusal: Refusal| refusal.into_response();
    refuse_unknown(&fields, &[]).map_err(refused)?;
    let sitting = running(&state.ctx, &frame, bearer).await?;
    let Some(run) = &sitting.run else { return Err(refused(Refusal::Hidden)) };
    attempt::take_over(&state.ctx, bearer, run.attempt_id).await.map_err(refused)?;
    Ok(see_other(&address(bearer.invitation, "/section")))
}

/// A text arrived that cannot count. It is kept, and the person is told both.
pub fn kept(frame: &Frame, sitting: &Sitting, why: Kept) -> Response {
    let Some(invitation) = sitting.sign.invitation_id else {
        return Refusal::Hidden.into_response();
    };
    let sitting = sitting.clone();
    let (title, advice) = match why {
        Kept::Late => (t!("take-late-title"), t!("take-late-advice")),
        Kept::Finished => (t!("take-finished-title"), t!("take-finished-advice")),
        Kept::OtherDevice => (t!("take-elsewhere-title"), t!("take-elsewhere-advice")),
        Kept::SectionClosed => (t!("take-section-over-title"), t!("take-section-over-advice")),
    };
    let head = conflict(head(&title, &sitting.sign));
    page(frame, head, move || {
        let way_on = match why {
            Kept::Late | Kept::Finished => {
                Button::main(t!("take-see-receipt")).to(address(invitation, "/receipt"))
            }
            Kept::OtherDevice => {
                Button::main(t!("take-device-choose")).to(address(invitation, "/section"))
            }
            Kept::SectionClosed => {
                Button::main(t!("take-go-on")).to(address(invitation, "/section"))
            }
        };
        let main = view! {
            <div class="wrap">
                <div class="sheet stack-5">
                    <h1>{title}</h1>
                    <p class="lead">{advice}</p>
                    <p class="row">{way_on}</p>
                </div>
            </div>
        };
        chrome(&sitting.sign).around(main)
    })
}
