//! `/i/{token}`: the personal link becomes a session, and the address becomes clean.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::http::header::{SET_COOKIE, USER_AGENT};
use axum::response::Response;

use super::{address, closed, see_other};
use crate::http::AppState;
use crate::http::candidate::{UNUSED, cookie, held};
use crate::http::client::ClientAddress;
use crate::pages::shell::Frame;
use crate::service::Refusal;
use crate::service::attempt::{self, Opening, Why};

/// Opens the link. Mail scanners do so too: nothing begins here.
pub async fn open(
    State(state): State<AppState>,
    frame: Frame,
    ClientAddress(source): ClientAddress,
    token: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let ctx = &state.ctx;
    // What is not even text is as unknown as any other guess.
    let token = token.map(|Path(token)| token).unwrap_or_default();
    let agent = headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    let held = |invitation| held(ctx, &headers, invitation);
    match attempt::open_link(ctx, &token, agent, held).await? {
        Opening::Known(invitation) => Ok(see_other(&address(invitation, ""))),
        Opening::Fresh(invitation, secret) => {
            let mut response = see_other(&address(invitation, ""));
            let cookie = cookie(ctx, invitation, &secret, UNUSED)?;
            response.headers_mut().append(SET_COOKIE, cookie);
            Ok(response)
        }
        Opening::Closed(closed) => {
            // Guessing is counted; a good link from the same place is not.
            if closed.why == Why::Unknown {
                ctx.limiter.take_source(source)?;
            }
            Ok(closed::page(&frame, closed))
        }
    }
}
