//! Buttons, and links that look like them.

use leptos::prelude::*;

use crate::components::{Draw, Icon, icon};

/// A button of a form, or a link when it has an address.
///
/// `{Button::main(t!("export-do", rows = 15))}`,
/// `{Button::plain(t!("take-clear")).named("clear", "1")}`,
/// `{Button::link(t!("item-new"), "/items/new").icon(Icon::Plus)}`.
pub struct Button {
    label: String,
    class: &'static str,
    icon: Option<Icon>,
    href: Option<String>,
    name: Option<String>,
    value: Option<String>,
    form: Option<String>,
    form_action: Option<String>,
    because: Option<String>,
    is_small: bool,
    is_download: bool,
    is_inert: bool,
}

impl Button {
    fn of(class: &'static str, label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            class,
            icon: None,
            href: None,
            name: None,
            value: None,
            form: None,
            form_action: None,
            because: None,
            is_small: false,
            is_download: false,
            is_inert: false,
        }
    }

    /// The one main act of the page; its words say what will happen, with the count.
    pub fn main(label: impl Into<String>) -> Self {
        Self::of("btn btn-main", label)
    }

    /// An ordinary act.
    pub fn new(label: impl Into<String>) -> Self {
        Self::of("btn", label)
    }

    /// A small act without a frame.
    pub fn plain(label: impl Into<String>) -> Self {
        Self::of("btn btn-plain", label)
    }

    /// An act that takes something away.
    pub fn bad(label: impl Into<String>) -> Self {
        Self::of("btn btn-bad", label)
    }

    /// Only an icon to see; the label is read out.
    pub fn only_icon(label: impl Into<String>, icon: Icon) -> Self {
        Self { icon: Some(icon), ..Self::of("btn btn-icon", label) }
    }

    /// An ordinary link that looks like a button.
    pub fn link(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self::new(label).to(href)
    }

    /// Makes it a link.
    #[must_use]
    pub fn to(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }

    /// A link whose answer is a file.
    #[must_use]
    pub fn download(mut self) -> Self {
        self.is_download = true;
        self
    }

    /// An icon before the words.
    #[must_use]
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// What the form sends when this button is pressed.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self.value = Some(value.into());
        self
    }

    /// The id of a form elsewhere on the page.
    #[must_use]
    pub fn of_form(mut self, form: impl Into<String>) -> Self {
        self.form = Some(form.into());
        self
    }

    /// Posts the form to another address, also when the form itself only asks.
    #[must_use]
    pub fn posts_to(mut self, action: impl Into<String>) -> Self {
        self.form_action = Some(action.into());
        self
    }

    /// Less high, for rows of tables.
    #[must_use]
    pub fn small(mut self) -> Self {
        self.is_small = true;
        self
    }

    /// Sends nothing: in previews, and where only an island acts.
    #[must_use]
    pub fn inert(mut self) -> Self {
        self.is_inert = true;
        self
    }

    /// Not yet: it stays focusable and is described by the element with this id, which says why.
    #[must_use]
    pub fn not_yet(mut self, reason_id: impl Into<String>) -> Self {
        self.because = Some(reason_id.into());
        self
    }
}

impl Draw for Button {
    fn draw(self) -> AnyView {
        let is_icon = self.class.contains("btn-icon");
        let class =
            if self.is_small { format!("{} btn-small", self.class) } else { self.class.to_owned() };
        let aria_label = is_icon.then(|| self.label.clone());
        let words = (!is_icon).then_some(self.label);
        let off = self.because.is_some().then_some("true");
        let picture = self.icon.map(icon);
        if let Some(href) = self.href {
            // A link that does not work yet has no address; its role keeps it a link for readers.
            let is_off = self.because.is_some();
            return view! {
                <a
                    class=class
                    href=(!is_off).then_some(href)
                    role=is_off.then_some("link")
                    tabindex=is_off.then_some("0")
                    aria-disabled=off
                    aria-describedby=self.because
                    aria-label=aria_label
                    download=self.is_download
                >
                    {picture}
                    {words}
                </a>
            }
            .into_any();
        }
        // A button that is not ready must not send its form either.
        let kind = if self.because.is_some() || self.is_inert { "button" } else { "submit" };
        view! {
            <button
                class=class
                type=kind
                name=self.name
                value=self.value
                form=self.form
                formmethod=self.form_action.is_some().then_some("post")
                formaction=self.form_action
                aria-disabled=off
                aria-describedby=self.because
                aria-label=aria_label
            >
                {picture}
                {words}
            </button>
        }
        .into_any()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::testing::html;

    #[test]
    fn a_button_sends_its_form_and_carries_its_name() {
        let drawn = html(|| Button::main("Send").named("do", "send").draw());
        assert!(drawn.contains(r#"type="submit""#) && drawn.contains(r#"name="do" value="send""#));
    }

    #[test]
    fn what_is_not_ready_says_why_and_does_nothing() {
        let button = html(|| Button::main("Publish").not_yet("why").draw());
        assert!(button.contains(r#"type="button""#) && button.contains(r#"aria-disabled="true""#));
        assert!(button.contains(r#"aria-describedby="why""#));
        let link = html(|| Button::link("Export 0 rows", "/x").not_yet("why").draw());
        assert!(!link.contains("href=\"/x\"") && link.contains(r#"role="link""#));
    }

    #[test]
    fn an_icon_alone_has_a_name() {
        let drawn = html(|| Button::only_icon("Move up", Icon::Up).draw());
        assert!(drawn.contains(r#"aria-label="Move up""#) && !drawn.contains(">Move up<"));
    }
}
