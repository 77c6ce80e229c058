//! # Touchstone: the floor plan
//!
//! Recruiters build assessments from a catalog of skills, candidates take them, HR exports the
//! results. One package, three builds: *pure* (no feature), *browser* (`hydrate`) and *server*
//! (`ssr`). A room that does not exist in a build cannot be imported there by mistake.
//!
//! Dependencies point inward: every way ends in `service`, and `domain` knows nobody.
#![cfg_attr(feature = "ssr", recursion_limit = "512")]

#[cfg(all(feature = "ssr", feature = "hydrate"))]
compile_error!("`ssr` and `hydrate` are two different programs: choose one");

#[cfg(feature = "ssr")]
pub mod text;

// The rooms, in the order of the arrows.
#[cfg(feature = "ssr")]
pub mod cli;
#[cfg(feature = "ssr")]
pub mod config;
#[cfg(feature = "ssr")]
pub mod embedded;
#[cfg(feature = "ssr")]
pub mod telemetry;

#[cfg(any(feature = "ssr", feature = "hydrate"))]
pub mod api;
#[cfg(not(feature = "hydrate"))]
pub mod catalog;
#[cfg(feature = "ssr")]
pub mod components;
pub mod domain;
#[cfg(feature = "ssr")]
pub mod http;
#[cfg(any(feature = "ssr", feature = "hydrate"))]
pub mod islands;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod service;
#[cfg(feature = "ssr")]
pub mod store;

/// Entry of the browser build: wakes the islands of the page.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
