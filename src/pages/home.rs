//! `/`: sends everybody to where their work is.

use axum::response::Redirect;

use crate::domain::access::{Action, Decision, decide};
use crate::http::session::Person;

/// Colleagues go to the assessments, or to the item bank when their role has no assessments; the
/// sign-in page catches everybody else.
pub async fn show(person: Person) -> Redirect {
    let has_assessments = decide(&person.actor, Action::SeeAssessments) == Decision::Allow;
    Redirect::to(if has_assessments { "/assessments" } else { "/items" })
}
