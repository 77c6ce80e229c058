//! The candidate's page while somebody works: saves by itself, moves without the network.
//!
//! It wraps a section's form that works without it. Sentences come as props, already in the
//! person's language; `{n}` in them is a number that only the browser knows.
#![expect(missing_docs, reason = "the macro makes companions that nobody can document")]

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::domain::id::{AttemptId, InvitationId};

/// What the page can say by itself.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Words {
    /// Told when the line is back: "Everything is saved".
    pub all_saved: String,
    /// What is read out behind a number of the palette: blank, begun, answered, and the
    /// same three when flagged.
    pub marks: [String; 6],
    /// "Question {n} of {m}, {k} answered".
    pub progress: String,
}

/// Which page it is.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Facts {
    /// Whose page.
    pub invitation: InvitationId,
    /// The attempt that the page was drawn for.
    pub attempt: AttemptId,
    /// How many questions the paper has.
    pub total: u16,
    /// When the last answer arrived, as words.
    pub saved_at: Option<String>,
}

/// Wraps the form of a section.
#[island]
pub fn Autosave(facts: Facts, words: Words, children: Children) -> impl IntoView {
    Effect::new(move |_| super::browser::autosave::start(facts.clone(), words.clone()));
    children()
}
