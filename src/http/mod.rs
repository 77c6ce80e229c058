//! # The plain doors
//!
//! Holds the router, its layers in order, sessions, headers, health and streams of CSV. May touch
//! `service`, `pages`, `api` and `domain`. Never holds SQL or rules.
//!
//! **One more door**: a line in [`router`], with the action that the policy is asked for.

pub mod client;
pub mod doors;
pub mod headers;
pub mod health;
pub mod session;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef};
use axum::http::{HeaderName, StatusCode};
use axum::middleware::{from_fn, from_fn_with_state};
use leptos::config::LeptosOptions;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::timeout::TimeoutLayer;

use crate::domain::access::Action;
use crate::http::doors::{Door, Doors};
use crate::pages::shell::Frame;
use crate::service::Ctx;

/// What every handler can ask for.
#[derive(Clone)]
pub struct AppState {
    /// The house's means.
    pub ctx: Ctx,
    /// Where the browser files are.
    pub leptos: LeptosOptions,
}

impl FromRef<AppState> for Ctx {
    fn from_ref(state: &AppState) -> Self {
        state.ctx.clone()
    }
}

impl FromRef<AppState> for Frame {
    fn from_ref(state: &AppState) -> Self {
        Self { locale: state.ctx.config.locale, leptos: state.leptos.clone() }
    }
}

/// Largest body of a form or a server function, in bytes. Uploads say their own.
const BODY_LIMIT: usize = 512 * 1024;
/// Longest time that a request may take before it is answered 408.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

/// The whole house behind its layers, and the list of its doors.
pub fn router(state: AppState) -> (Router, Arc<[Door]>) {
    let doors = Doors::new(state.clone()).get("/livez", Action::CheckHealth, health::live).get(
        "/readyz",
        Action::CheckHealth,
        health::ready,
    );
    let doors = crate::pages::doors(doors);
    let doors = crate::api::doors(doors);
    let (router, list) = doors.finish();

    let request_id = HeaderName::from_static("x-request-id");
    let site = headers::site(&state.leptos);
    let router = router
        .fallback(crate::pages::not_found)
        .layer(from_fn_with_state(state.clone(), session::recall))
        .layer(session::layer(&state.ctx))
        .layer(csrf(&state.ctx))
        .merge(site)
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(CompressionLayer::new())
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, REQUEST_TIMEOUT))
        .layer(CatchPanicLayer::custom(headers::after_panic))
        .layer(from_fn_with_state(state.clone(), headers::secure))
        .layer(from_fn(headers::log))
        .layer(PropagateRequestIdLayer::new(request_id.clone()))
        .layer(SetRequestIdLayer::new(request_id, MakeRequestUuid))
        .with_state(state);
    (router, list)
}

/// Refuses writes that another site asked the browser for.
fn csrf(ctx: &Ctx) -> CsrfLayer {
    CsrfLayer::new()
        .add_trusted_origin(&ctx.config.public_url)
        .expect("the public address was checked at start")
}
