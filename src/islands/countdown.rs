//! The clock of the candidate's page.
//!
//! The server says how much is left; the browser only counts down from there with a clock that
//! nobody can set, and asks again. At zero it hands the page in, and the server decides.
#![expect(missing_docs, reason = "the macro makes companions that nobody can document")]

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::domain::id::InvitationId;

/// What the clock needs to know.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Timing {
    /// Whose page.
    pub invitation: InvitationId,
    /// Milliseconds left when the page was drawn.
    pub left: i64,
    /// Seconds of the person's whole time, for the notice at half of it.
    pub total: i64,
    /// What is told at half, ten, five and one minute; `{n}` is the end.
    pub notices: [String; 4],
    /// The end as words, in the page's time zone.
    pub at: String,
    /// "ends {n}".
    pub ends: String,
    /// What is told when time was given while the page was open: "Time was added. It ends at {n}."
    pub more: String,
    /// What the key and the button tell: "{m} minutes and {s} seconds left. It ends at {n}."
    pub tell: String,
}

/// Wraps the clock that the server drew.
#[island]
pub fn Countdown(timing: Timing, children: Children) -> impl IntoView {
    Effect::new(move |_| super::browser::countdown::start(timing.clone()));
    children()
}
