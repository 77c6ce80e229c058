//! Small parts: the empty state, tags, folds.

use leptos::prelude::*;

use crate::components::Tone;

/// Nothing here yet: what is missing, what it means, and ways on.
///
/// `{empty(t!("item-none"), t!("item-none-advice"), view! { <a class="btn btn-main" href="/catalog">..</a> })}`
pub fn empty(
    title: impl Into<String>,
    advice: impl IntoView + 'static,
    ways_on: impl IntoView + 'static,
) -> AnyView {
    view! {
        <div class="empty">
            <h2>{title.into()}</h2>
            <p>{advice}</p>
            <div class="row">{ways_on}</div>
        </div>
    }
    .into_any()
}

/// A word about the state of a thing, not pressable: `{tag(Tone::Warn, t!("item-thin"))}`.
pub fn tag(tone: Tone, word: impl Into<String>) -> AnyView {
    view! { <span class=tone.tag_class()>{word.into()}</span> }.into_any()
}

/// Side matter that opens: `{fold(t!("item-report"), false, view! { .. })}`. Print opens it.
pub fn fold(summary: impl Into<String>, is_open: bool, body: impl IntoView + 'static) -> AnyView {
    view! {
        <details class="fold" open=is_open>
            <summary>{summary.into()}</summary>
            {body}
        </details>
    }
    .into_any()
}
