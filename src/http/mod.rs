//! # The plain doors
//!
//! Holds the router, its layers in order, sessions, headers, health and streams of CSV. May touch
//! `service`, `pages`, `api` and `domain`. Never holds SQL or rules.
//!
//! **One more door**: a line in the `doors` of `pages` or `api`, with the action that the policy is
//! asked for. **One more layer**: a line in [`router`], and a word why it stands there.

pub mod candidate;
pub mod client;
pub mod doors;
pub mod fault;
pub mod headers;
pub mod health;
pub mod origin;
pub mod server;
pub mod session;
mod site;
pub mod trace;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::FromRef;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use leptos::config::LeptosOptions;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

pub use candidate::Look;
pub use client::ClientAddress;
pub use trace::RequestId;

use crate::config::Config;
use crate::domain::access::Action;
use crate::http::doors::{Built, Door, Doors};
use crate::pages::shell::Frame;
use crate::service::Ctx;

/// What every handler can ask for.
#[derive(Clone)]
pub struct AppState {
    /// The house's means.
    pub ctx: Ctx,
    /// Where the browser files are.
    pub leptos: LeptosOptions,
    /// Longest time that a request may take before it is answered 408.
    pub request_time: Duration,
}

impl AppState {
    /// The state of a server with these means.
    pub fn new(ctx: Ctx) -> Self {
        let leptos = leptos_options(&ctx.config);
        Self { ctx, leptos, request_time: REQUEST_TIME }
    }
}

impl FromRef<AppState> for Ctx {
    fn from_ref(state: &AppState) -> Self {
        state.ctx.clone()
    }
}

impl FromRef<AppState> for Frame {
    fn from_ref(state: &AppState) -> Self {
        let (locale, leptos) = (state.ctx.config.locale, state.leptos.clone());
        Self { locale, look: Look::default(), leptos }
    }
}

/// Longer than any page takes, shorter than a proxy waits.
const REQUEST_TIME: Duration = Duration::from_secs(30);

/// Every door of the house. Needs no database, so that tests can walk the list.
pub fn doors(leptos: &LeptosOptions) -> Built {
    let doors = Doors::default().open("/livez", Action::CheckHealth, health::live).open(
        "/readyz",
        Action::CheckHealth,
        health::ready,
    );
    let doors = site::doors(doors, leptos);
    let doors = crate::pages::doors(doors);
    crate::api::doors(doors).finish()
}

/// The whole house behind its layers, and the list of its doors.
pub fn router(state: AppState) -> (Router, Arc<[Door]>) {
    crate::text::speak(state.ctx.config.locale);
    let doors = doors(&state.leptos);
    let list = Arc::clone(&doors.list);
    (behind_layers(doors, state), list)
}

/// Puts doors behind the layers of the house.
pub fn behind_layers(doors: Built, state: AppState) -> Router {
    // The last layer of a chain is the first that a request meets.
    doors
        .guarded
        .fallback(crate::pages::not_found)
        .layer(from_fn(session::recall))
        .layer(session::layer(&state.ctx))
        // After the sessions, so that no session is looked up for what needs none.
        .merge(doors.open)
        .layer(origin::writes(&state.ctx.config))
        .layer(from_fn_with_state(state.clone(), origin::reads))
        .layer(from_fn_with_state(state.clone(), origin::host))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, state.request_time))
        .layer(CatchPanicLayer::custom(fault::after_panic))
        // Outside of all that refuses, so that every refusal gets words.
        .layer(from_fn_with_state(state.clone(), fault::dress))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(state.clone(), headers::secure))
        .layer(from_fn_with_state(state.clone(), trace::trace))
        .with_state(state)
}

fn leptos_options(config: &Config) -> LeptosOptions {
    LeptosOptions::builder()
        .output_name("touchstone")
        .site_root(config.site_root.to_string_lossy().into_owned())
        .site_pkg_dir("pkg")
        .site_addr(config.listen)
        .build()
}
