//! `/take/{invitation}/look`: how a person wants to read, remembered for the attempt.

use axum::Form;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::response::Response;
use leptos::prelude::*;

use super::{address, see_other};
use crate::http::AppState;
use crate::http::candidate::Look;
use crate::service::Refusal;
use crate::service::attempt::Bearer;
use crate::t;

/// The names of the controls.
pub const NAMES: [&str; 6] =
    ["set.text", "set.space", "set.contrast", "set.ruler", "set.clock", "set.keys"];

/// Remembers what was chosen.
pub async fn save(
    State(state): State<AppState>,
    bearer: Bearer,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    super::refuse_unknown(&fields, &NAMES)?;
    let look = Look::read(fields.iter().map(|(_, value)| value.as_str()));
    remember(&state, bearer, &look, see_other(&address(bearer.invitation, "")))
}

/// Adds the cookie to an answer.
pub fn remember(
    state: &AppState,
    bearer: Bearer,
    look: &Look,
    mut response: Response,
) -> Result<Response, Refusal> {
    let cookie = look.cookie(&state.ctx, bearer.invitation)?;
    response.headers_mut().append(SET_COOKIE, cookie);
    Ok(response)
}

/// The settings, folded. `form` is the id of the form that they belong to, and `press` the name and
/// value of its button: in a section the whole form is posted, so that nothing typed is lost.
pub fn settings(
    look: &Look,
    form: &'static str,
    press: Option<(&'static str, &'static str)>,
) -> AnyView {
    let size = |value: &'static str, words: String| {
        let is_chosen = if value.is_empty() {
            !look.has("text-l") && !look.has("text-xl")
        } else {
            look.has(value)
        };
        view! {
            <label class="tick">
                <input type="radio" form=form name="set.text" value=value checked=is_chosen/>
                <span>{words}</span>
            </label>
        }
    };
    let tick = |name: &'static str, value: &'static str, words: String| {
        view! {
            <label class="tick">
                <input type="checkbox" form=form name=name value=value checked=look.has(value)/>
                <span>{words}</span>
            </label>
        }
    };
    let key = |key: &'static str, words: String| view! { <li><kbd>{key}</kbd> " " {words}</li> };
    let (name, value) = press.unzip();
    view! {
        <details class="settings" data-settings="">
            <summary>{t!("room-settings")}</summary>
            <div class="settings-sheet stack">
                <fieldset>
                    <legend>{t!("room-text")}</legend>
                    {size("", t!("room-text-normal"))}
                    {size("text-l", t!("room-text-l"))}
                    {size("text-xl", t!("room-text-xl"))}
                </fieldset>
                <div>
                    {tick("set.space", "spaced", t!("room-spaced"))}
                    {tick("set.contrast", "more", t!("room-more"))}
                    {tick("set.ruler", "ruled", t!("room-ruled"))}
                    {tick("set.clock", "no-digits", t!("room-no-digits"))}
                    {tick("set.keys", "no-keys", t!("room-no-keys"))}
                </div>
                <p><button class="btn" form=form name=name value=value>{t!("room-settings-save")}</button></p>
                <p class="small soft">{t!("room-settings-kept")}</p>
                <div class="keys">
                    <h2>{t!("room-keys")}</h2>
                    <ul class="plain">
                        {key("n", t!("room-key-next"))}
                        {key("p", t!("room-key-previous"))}
                        {key("m", t!("room-key-flag"))}
                        {key("r", t!("room-key-review"))}
                        {key("t", t!("room-key-time"))}
                        {key("?", t!("room-key-help"))}
                    </ul>
                </div>
            </div>
        </details>
    }
    .into_any()
}
