//! Messages on the page: a rule at the side, an icon, words.

use leptos::prelude::*;

use crate::components::{Icon, icon};

/// How much a message weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// To know.
    #[default]
    Plain,
    /// To look at.
    Warn,
    /// To mend.
    Bad,
}

impl Tone {
    /// The classes of a note.
    pub fn note_class(self) -> &'static str {
        match self {
            Self::Plain => "note",
            Self::Warn => "note note-warn",
            Self::Bad => "note note-bad",
        }
    }

    /// The class of a tag.
    pub fn tag_class(self) -> &'static str {
        match self {
            Self::Plain => "tag",
            Self::Warn => "tag tag-warn",
            Self::Bad => "tag tag-bad",
        }
    }

    /// The icon that says the same as the colour.
    pub fn icon(self) -> Icon {
        match self {
            Self::Plain => Icon::Info,
            Self::Warn => Icon::Warn,
            Self::Bad => Icon::Error,
        }
    }
}

/// A sentence that stands out: `{note(Tone::Warn, t!("invitation-few-left"))}`.
pub fn note(tone: Tone, body: impl IntoView + 'static) -> AnyView {
    view! {
        <div class=tone.note_class()>
            {icon(tone.icon())}
            <p>{body}</p>
        </div>
    }
    .into_any()
}

/// A message with a heading and anything below: `{titled_note(Tone::Bad, title, view! { .. })}`.
pub fn titled_note(tone: Tone, title: impl Into<String>, body: impl IntoView + 'static) -> AnyView {
    view! {
        <div class=tone.note_class()>
            {icon(tone.icon())}
            <h2>{title.into()}</h2>
            <div>{body}</div>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::testing::html;

    #[test]
    fn a_note_says_its_weight_by_an_icon_and_words() {
        let drawn = html(|| note(Tone::Warn, "Thin"));
        assert!(drawn.contains(r##"href="#i-warn""##) && drawn.contains("<p>Thin</p>"));
    }

    #[test]
    fn words_of_a_note_are_never_markup() {
        let drawn = html(|| titled_note(Tone::Bad, "<b>x</b>", "<script>"));
        assert!(!drawn.contains("<b>") && !drawn.contains("<script>"));
    }
}
