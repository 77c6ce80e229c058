//! Before the start: can this device keep answers, how far is the server, is the clock right?
//!
//! Nothing depends on it. What it finds is shown and stored with the attempt, so that somebody who
//! asks for help later need not describe it.
#![expect(missing_docs, reason = "the macro makes companions that nobody can document")]

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::domain::id::InvitationId;

/// What is said about the device; `{n}` is a number that only the browser knows.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Findings {
    /// Whose page.
    pub invitation: InvitationId,
    /// Answers can be kept here, or not.
    pub keeps: [String; 2],
    /// "The way to the server and back takes {n} ms."
    pub trip: String,
    /// Without an answer.
    pub no_trip: String,
    /// The clock is right, or wrong by {n} seconds.
    pub clock: [String; 2],
}

/// Wraps the list that the findings are written into.
#[island]
pub fn Check(findings: Findings, children: Children) -> impl IntoView {
    Effect::new(move |_| super::browser::check::start(findings.clone()));
    children()
}
