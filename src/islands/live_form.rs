//! Keeps figures beside a form up to date while somebody types.
//!
//! The form is posted, unsaved, to an address that answers with the parts of the page that follow
//! from it; each part replaces the content of the element with its id. Without scripts the same
//! parts are drawn after the next save.
#![expect(missing_docs, reason = "the macro makes companions that nobody can document")]

use leptos::prelude::*;

/// Wakes for the form with this id; draws nothing.
#[island]
pub fn LiveForm(form: String, url: String) -> impl IntoView {
    Effect::new(move |_| super::browser::live_form::start(&form, url.clone()));
}
