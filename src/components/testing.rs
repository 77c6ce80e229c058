//! Draws a part the way a page does, for tests of parts.

use leptos::prelude::*;

use crate::text::Locale;

/// What a part draws, inside an owner of its own.
pub fn html<V: IntoView>(view: impl FnOnce() -> V) -> String {
    let owner = Owner::new();
    let text = owner.with(|| {
        provide_context(Locale::English);
        view().into_view().to_html()
    });
    // Markers between text nodes are not part of what is read.
    text.replace("<!>", "")
}
