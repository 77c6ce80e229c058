//! `/`: sends everybody to where their work is.

use std::sync::Arc;

use axum::Extension;
use axum::response::Redirect;

use crate::domain::access::{Action, Decision, decide};
use crate::http::session::Person;

/// Colleagues go to the assessments, or to the item bank when their role has no assessments; the
/// sign-in page catches everybody else.
pub async fn show(person: Option<Extension<Arc<Person>>>) -> Redirect {
    let is_out = |person: &Person| decide(&person.actor, Action::SeeAssessments) != Decision::Allow;
    let has_none = person.is_some_and(|Extension(person)| is_out(&person));
    Redirect::to(if has_none { "/items" } else { "/assessments" })
}
