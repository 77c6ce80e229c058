//! What stands around the question: clock, saved mark, banner, flag.

use leptos::prelude::*;

use crate::components::{Icon, Tone, icon};
use crate::t;

/// The time left: digits of a fixed width, and the end as a time, which is true without a script.
///
/// `{clock(digits(left), Some(ends), left < LATE)}`
pub fn clock(digits: impl Into<String>, ends: Option<String>, is_late: bool) -> AnyView {
    let class = if is_late { "clock clock-late" } else { "clock" };
    view! {
        <span class=class role="timer" aria-label=t!("common-time-left")>
            <b>{digits.into()}</b>
            " "
            <span>{t!("common-left")}</span>
            {ends.map(|at| view! { <span class="clock-ends">{t!("common-ends-at", at = at)}</span> })}
        </span>
    }
    .into_any()
}

/// Whether the answers are safe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    /// Nothing has been answered yet.
    Nothing,
    /// Everything arrived; the last one at this time.
    At(String),
    /// On the way.
    Saving,
    /// So many have not arrived yet.
    Waiting(u32),
    /// So many have not arrived yet, and survive the page on this device.
    Kept(u32),
}

/// The saved mark, of a fixed width: `{saved(&Saved::At("14:03:22".into()))}`.
pub fn saved(state: &Saved) -> AnyView {
    match state {
        Saved::Nothing => view! { <span class="saved">{t!("common-saved-nothing")}</span> }.into_any(),
        Saved::At(at) => view! {
            <span class="saved">{icon(Icon::Check)} " " {t!("common-saved-at", at = at.clone())}</span>
        }
        .into_any(),
        Saved::Saving => view! { <span class="saved">{t!("common-saving")}</span> }.into_any(),
        Saved::Waiting(count) => view! {
            <span class="saved saved-wait">
                {icon(Icon::Offline)} " " {t!("common-not-sent", count = *count)}
            </span>
        }
        .into_any(),
        Saved::Kept(count) => view! {
            <span class="saved saved-wait">
                {icon(Icon::Offline)} " " {t!("room-kept", count = *count)}
            </span>
        }
        .into_any(),
    }
}

/// How loud a banner is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loudness {
    /// To know.
    Quiet,
    /// The connection is gone.
    Warn,
    /// Little time is left.
    Ink,
}

/// A line below the bar that is read out when it comes: `{banner(Loudness::Ink, title, words)}`.
pub fn banner(
    loudness: Loudness,
    title: impl Into<String>,
    words: impl IntoView + 'static,
) -> AnyView {
    let (class, picture) = match loudness {
        Loudness::Quiet => ("banner", Tone::Plain.icon()),
        Loudness::Warn => ("banner banner-warn", Icon::Offline),
        Loudness::Ink => ("banner banner-ink", Icon::Info),
    };
    view! {
        <div class=class role="status">
            <div class="wrap">
                {icon(picture)}
                <span><b>{title.into()}</b> " " {words}</span>
            </div>
        </div>
    }
    .into_any()
}

/// The box that flags a question for later: `{flag_toggle("3.flag", is_flagged)}`.
pub fn flag_toggle(name: impl Into<String>, is_flagged: bool) -> AnyView {
    view! {
        <label class="flag-toggle">
            <input type="checkbox" name=name.into() value="1" checked=is_flagged/>
            {icon(Icon::Flag)}
            " "
            {t!("common-flag")}
        </label>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::testing::html;

    #[test]
    fn the_clock_is_a_timer_and_says_when_it_ends() {
        let drawn = html(|| clock("04:58", Some("14:34:30".to_owned()), true));
        assert!(drawn.contains(r#"role="timer""#) && drawn.contains("clock-late"));
        assert!(drawn.contains("<b>04:58</b>") && drawn.contains("14:34:30"));
    }

    #[test]
    fn every_state_of_saving_is_words() {
        for state in [
            Saved::Nothing,
            Saved::At("14:03:22".into()),
            Saved::Saving,
            Saved::Waiting(1),
            Saved::Kept(1),
        ] {
            let drawn = html(|| saved(&state));
            assert!(drawn.contains(r#"class="saved"#), "{drawn}");
            assert!(!drawn.contains("common-"), "{drawn}");
        }
    }

    #[test]
    fn a_banner_is_told() {
        let drawn = html(|| banner(Loudness::Warn, "Offline.", "Keep working."));
        assert!(drawn.contains(r#"role="status""#) && drawn.contains("banner-warn"));
    }
}
