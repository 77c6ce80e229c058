//! What stands around the questions: marks, banners, the note about a second text, words for the
//! browser.

use leptos::prelude::*;

use super::draw::Shown;
use crate::components::{
    Button, Draw, Field, Loudness, Saved, Tone, banner, fold, saved, titled_note,
};
use crate::domain::id::InvitationId;
use crate::islands::autosave::{Facts, Words};
use crate::islands::clock::LATE;
use crate::pages::take::address;
use crate::service::attempt::{Run, Sitting};
use crate::t;
use crate::text::when::Zone;

/// Which page it is.
pub fn facts(invitation: InvitationId, sitting: &Sitting, run: &Run) -> Facts {
    let zone = Zone::named(&sitting.sign.timezone);
    Facts {
        invitation,
        attempt: run.attempt_id,
        total: u16::try_from(sitting.places.len()).unwrap_or(u16::MAX),
        saved_at: sitting.saved_at().map(|at| zone.clock(at)),
    }
}

/// What the page can say by itself.
pub fn words() -> Words {
    Words {
        all_saved: t!("take-all-saved"),
        marks: [
            t!("common-spot-open"),
            t!("common-spot-begun"),
            t!("common-spot-done"),
            t!("common-spot-open-flagged"),
            t!("common-spot-begun-flagged"),
            t!("common-spot-done-flagged"),
        ],
        progress: t!("common-question-here", n = "{n}", all = "{m}", answered = "{k}"),
    }
}

/// The saved mark in each of its states; one is shown.
pub fn saved_marks(sitting: &Sitting, is_look: bool) -> Option<AnyView> {
    if is_look {
        return None;
    }
    let zone = Zone::named(&sitting.sign.timezone);
    let at = sitting.saved_at().map(|at| zone.clock(at));
    let template = "{n}".to_owned();
    let mark = |name: &'static str, state: &Saved, words: Option<String>, is_shown: bool| {
        view! { <span data-saved=name data-words=words hidden=!is_shown>{saved(state)}</span> }
    };
    let is_saved = at.is_some();
    let time = Saved::At(at.unwrap_or_default());
    Some(
        view! {
            {mark("nothing", &Saved::Nothing, None, !is_saved)}
            {mark("saved", &time, Some(t!("common-saved-at", at = template.clone())), is_saved)}
            {mark("saving", &Saved::Saving, None, false)}
            {mark("waiting", &Saved::Waiting(1), None, false)}
            {mark("several", &Saved::Waiting(2), Some(t!("common-not-sent", count = template.clone())), false)}
            {mark("kept", &Saved::Kept(1), None, false)}
            {mark("kept-several", &Saved::Kept(2), Some(t!("room-kept", count = template)), false)}
        }
        .into_any(),
    )
}

/// What may have to be told: the server draws it, the browser shows it when it is so.
pub fn banners(invitation: InvitationId, sitting: &Sitting, shown: &Shown) -> AnyView {
    let ends_at = sitting.ends_at();
    let left = ends_at.map(|ends_at| sitting.now.seconds_until(ends_at).get());
    let ends = ends_at.map(|at| Zone::named(&sitting.sign.timezone).clock(at)).unwrap_or_default();
    let is_late = left.is_some_and(|left| left <= LATE);
    let hidden = |name: &'static str, loudness, title: String, words: String, is_shown: bool| {
        view! { <div data-banner=name hidden=!is_shown>{banner(loudness, title, words)}</div> }
    };
    let leads = |name: &'static str, title: String, words: String, to: &str, on: String| {
        let href = address(invitation, to);
        let words = view! { {words} " " <a href=href>{on}</a> };
        view! { <div data-banner=name hidden>{banner(Loudness::Warn, title, words)}</div> }
    };
    let look = shown
        .is_look
        .then(|| banner(Loudness::Quiet, t!("take-look-title"), t!("take-look-advice")));
    let cleaned = shown
        .outcome
        .was_cleaned
        .then(|| banner(Loudness::Quiet, t!("take-cleaned-title"), t!("take-cleaned-advice")));
    let (warn, ink) = (Loudness::Warn, Loudness::Ink);
    view! {
        {look}
        {cleaned}
        {hidden("notice", Loudness::Quiet, String::new(), String::new(), false)}
        {hidden("time", ink, t!("take-notice-five", at = ends), String::new(), is_late)}
        {hidden("offline-kept", warn, t!("room-offline-kept-title"), t!("room-offline-kept-advice"), false)}
        {hidden("stay", warn, t!("room-stay-title"), t!("room-stay-advice"), false)}
        {hidden("offline", warn, t!("take-offline-title"), t!("take-offline-advice"), false)}
        {leads("other-device", t!("take-elsewhere-title"), t!("take-elsewhere-advice"), "/section", t!("take-device-choose"))}
        {leads("finished", t!("take-finished-title"), t!("take-finished-advice"), "/receipt", t!("take-see-receipt"))}
        {leads("late", t!("take-late-title"), t!("take-late-advice"), "/receipt", t!("take-see-receipt"))}
        {leads("section-closed", t!("take-section-over-title"), t!("take-section-over-advice"), "/section", t!("take-go-on"))}
        {leads("refused", t!("take-refused-title"), t!("take-refused-advice"), "/section", t!("take-load-again"))}
    }
    .into_any()
}

/// A problem with a question, told from where it is seen. Belongs to the section's form, so that
/// nothing typed is lost on the way.
pub fn problem(position: u16) -> AnyView {
    let kinds = [
        ("unclear", t!("room-problem-unclear")),
        ("wrong", t!("room-problem-wrong")),
        ("display", t!("room-problem-display")),
        ("other", t!("room-problem-other")),
    ];
    let kinds = kinds.map(|(kind, words)| (kind.to_owned(), words));
    let body = view! {
        <div class="stack">
            {Field::new(format!("problem.{position}"), t!("room-problem-kind")).select(kinds)}
            {Field::new(format!("words.{position}"), t!("room-problem-words")).area(3)
                .hint(t!("room-problem-hint")).max_length(2000)}
            <p>
                {Button::new(t!("room-problem-tell")).named("go", format!("report-{position}"))}
            </p>
        </div>
    };
    fold(t!("room-problem"), false, body)
}

/// Two windows changed an answer: the newer text, and the choice.
pub fn contest(position: u16, theirs: &str, href: String) -> AnyView {
    let theirs = if theirs.is_empty() { t!("take-contest-blank") } else { theirs.to_owned() };
    let body = view! {
        <p>{t!("take-contest-theirs")} " " <b data-theirs="">{theirs}</b></p>
        <p>{t!("take-contest-mine")}</p>
        <p class="row">
            <button class="btn" name="go" value=position.to_string() data-choose="mine">
                {t!("take-contest-keep")}
            </button>
            {Button::link(t!("take-contest-take"), href).draw()}
        </p>
    };
    view! { <div data-contest="" tabindex="-1">{titled_note(Tone::Warn, t!("take-contest-title"), body)}</div> }
        .into_any()
}

/// The same note for the browser to copy.
pub fn contest_pattern() -> AnyView {
    let body = view! {
        <p>{t!("take-contest-theirs")} " " <b data-theirs="">{t!("take-contest-blank")}</b></p>
        <p>{t!("take-contest-mine")}</p>
        <p class="row">
            <button type="button" class="btn" data-choose="mine">{t!("take-contest-keep")}</button>
            <button type="button" class="btn" data-choose="theirs">{t!("take-contest-take")}</button>
        </p>
    };
    view! {
        <div data-contest-pattern="" tabindex="-1" hidden>
            {titled_note(Tone::Warn, t!("take-contest-title"), body)}
        </div>
    }
    .into_any()
}
