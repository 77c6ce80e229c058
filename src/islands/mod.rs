//! # What runs in the browser
//!
//! Holds islands: each wraps markup that already works without it. May touch `domain` (types
//! without keys) and `api`. Never holds anything of the server and never trusts its own clock.
//! Wasm and JS together stay below 200 KB brotli: every dependency is paid by each candidate.
//!
//! An island is three things: a component here, which the server draws; decisions without a
//! document in a file such as [`queue`], which tests drive; and what it does to the page below
//! `browser/`, which only the browser build has.
//!
//! **One more island**: a file here; pages import with a glob, because the macro makes companions.

pub mod autosave;
pub mod check;
pub mod clock;
pub mod countdown;
pub mod live_form;
pub mod queue;

#[cfg(feature = "hydrate")]
mod browser;
#[cfg(feature = "ssr")]
#[path = "asleep.rs"]
mod browser;
