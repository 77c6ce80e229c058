//! `/`: sends everybody to where their work is.

use axum::response::Redirect;

/// Staff go to the assessments; the sign-in page catches everybody else.
pub async fn show() -> Redirect {
    Redirect::to("/assessments")
}
