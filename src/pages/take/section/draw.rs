//! The page of a section.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use super::parts;
use crate::components::{
    Button, Draw, Mode, Moved, Palette, Question as Drawn, Spot, Tone, flag_toggle,
    note as note_of, titled_note,
};
use crate::islands::autosave::Autosave;
use crate::pages::shell::{Frame, page};
use crate::pages::take::look::settings;
use crate::pages::take::{address, chrome, head, question_address, ticking};
use crate::service::Refusal;
use crate::service::attempt::{
    self, Navigation, Openness, Outcome, Place, Question, Section, Sitting, is_strict,
};
use crate::t;

/// The id of the form, which buttons outside of it name.
const FORM: &str = "section";

/// What is on the screen.
pub struct Shown {
    /// The question.
    pub at: u16,
    /// The step that the request before moved.
    pub moved: Option<(u16, Moved)>,
    /// This device only looks.
    pub is_look: bool,
    /// A problem with the question was told just now.
    pub is_told: bool,
    /// What came of the form that was posted, if one was.
    pub outcome: Outcome,
}

/// Draws the section of a question.
pub fn draw(frame: &Frame, sitting: &Sitting, shown: Shown) -> Response {
    let (Some(run), Some(invitation)) = (sitting.run.clone(), sitting.sign.invitation_id) else {
        return Refusal::Hidden.into_response();
    };
    let sitting = sitting.clone();
    let (Some(place), total) = (sitting.place(shown.at), sitting.questions()) else {
        return Refusal::Hidden.into_response();
    };
    let Some(section) = sitting.section(place.section).cloned() else {
        return Refusal::Hidden.into_response();
    };
    let look = frame.look.clone();
    let title = t!("take-question-title", n = shown.at, all = total);
    let mut head = head(&title, &sitting.sign).with_body_class("cand at-item").with_islands();
    if !shown.outcome.contested.is_empty() {
        head = head.with_status(StatusCode::CONFLICT);
    } else if !shown.outcome.too_long.is_empty() {
        head = head.refused();
    }
    page(frame, head, move || {
        let items = sitting
            .open_places(section.section)
            .filter_map(|place| {
                let question = place.question.as_ref()?;
                Some(item(&sitting, &section, place, question, &shown))
            })
            .collect_view();
        let action = address(invitation, "/section");
        let at = shown.at.to_string();
        let method = if shown.is_look { "get" } else { "post" };
        let hidden = if shown.is_look {
            view! { <input type="hidden" name="look" value="1"/> }.into_any()
        } else {
            view! {
                <input type="hidden" name="attempt" value=run.attempt_id.to_string()/>
                <input type="hidden" name="at" value=at/>
            }
            .into_any()
        };
        // The first button of a form in the page is the one that Enter presses, and the settings and
        // the numbers of the palette have buttons of the form too: this one stands before them.
        let save = (!shown.is_look).then(|| {
            view! {
                <button class="unseen" form=FORM name="go" value="" tabindex="-1" aria-hidden="true">
                    {t!("take-save")}
                </button>
            }
        });
        let body = view! {
            <div class="item-page">
                {palette(&sitting, shown.at).rail()}
                <form
                    id=FORM
                    class="item-form"
                    method=method
                    action=action
                    autocomplete="off"
                    data-answers=(!shown.is_look).then_some("")
                >
                    {hidden}
                    {items}
                    {parts::contest_pattern()}
                </form>
            </div>
        };
        let body = if shown.is_look {
            body.into_any()
        } else {
            let (facts, words) = (parts::facts(invitation, &sitting, &run), parts::words());
            view! { <Autosave facts words>{body}</Autosave> }.into_any()
        };
        let main = view! {
            {body}
            <div class="ruler" data-ruler="" aria-hidden="true"></div>
            <p class="unseen" role="status" data-say=""></p>
        };
        let settings = (!shown.is_look).then(|| settings(&look, FORM, Some(("go", "look"))));
        let tools = view! { {save} {parts::saved_marks(&sitting, shown.is_look)} {ticking(&sitting)} {settings} };
        chrome(&sitting.sign)
            .tools(tools)
            .banner(parts::banners(invitation, &sitting, &shown))
            .around(main)
    })
}

/// Every position of the paper, by section.
pub fn palette(sitting: &Sitting, at: u16) -> Palette {
    let spot = |place: &Place| Spot {
        position: place.position,
        answered: place.completeness,
        is_flagged: place.is_flagged,
    };
    sitting.sections.iter().fold(Palette::new(FORM, Some(at)), |palette, section| {
        let spots =
            sitting.places.iter().filter(|place| place.section == section.section).map(spot);
        palette.group(section.title.clone(), spots.collect())
    })
}

fn item(
    sitting: &Sitting,
    section: &Section,
    place: &Place,
    question: &Question,
    shown: &Shown,
) -> AnyView {
    let n = place.position;
    let contest = shown.outcome.contested.get(&n);
    let fields = contest.map_or(&question.fields, |contest| &contest.mine);
    let moved = shown.moved.as_ref().filter(|(at, _)| *at == n).map(|(_, moved)| moved.clone());
    let mode = if shown.is_look { Mode::ReadOnly } else { Mode::Answer };
    let drawn = Drawn::new(&question.body.stem, &question.body.ask, question.controls())
        .at(n)
        .answered(fields)
        .mode(mode)
        .moved(moved);
    let class = if drawn.is_wide() { "item item-wide" } else { "item" };
    let title = t!("take-question-title", n = n, all = sitting.questions());
    let page_title = format!(
        "{} - {}",
        t!("take-title", page = title.clone(), employer = sitting.sign.organisation.clone()),
        t!("common-product"),
    );
    let was = attempt::mark(&question.fields);
    let facts = (!shown.is_look).then(|| {
        view! {
            <input type="hidden" name=format!("base.{n}") value=place.version.to_string()/>
            <input type="hidden" name=format!("save.{n}") value=crate::service::fresh::opaque_id().to_string()/>
            <input type="hidden" name=format!("was.{n}") value=was/>
            <input
                type="hidden"
                name=format!("flagged.{n}")
                value=if place.is_flagged { "1" } else { "" }
            />
        }
    });
    let note = contest.map(|contest| {
        let href = sitting.sign.invitation_id.map(|id| question_address(id, n)).unwrap_or_default();
        parts::contest(n, &contest.words, href)
    });
    let too_long = shown.outcome.too_long.contains(&n).then(|| {
        titled_note(Tone::Bad, t!("take-too-long"), view! { <p>{t!("take-too-long-advice")}</p> })
    });
    view! {
        <div
            class=class
            id=format!("q{n}")
            data-item=n.to_string()
            data-contested=contest.map(|_| "")
            hidden=n != shown.at
        >
            <h1 tabindex="-1" data-title=page_title>
                {title} " " <span aria-hidden="true">"·"</span> " " {section.title.clone()}
            </h1>
            {(shown.is_told && n == shown.at).then(|| note_of(Tone::Plain, t!("room-problem-told")))}
            {note}
            {too_long}
            {drawn.draw()}
            {facts}
            <div class="go">{ways(sitting, section, place, shown)}</div>
            {(!shown.is_look).then(|| parts::problem(n))}
        </div>
    }
    .into_any()
}

/// Flag, previous and next.
fn ways(sitting: &Sitting, section: &Section, place: &Place, shown: &Shown) -> AnyView {
    let n = place.position;
    let flag = (!shown.is_look).then(|| flag_toggle(format!("flag.{n}"), place.is_flagged));
    let is_linear = section.navigation == Navigation::Linear;
    let previous = n.checked_sub(1).and_then(|before| sitting.place(before)).filter(|before| {
        !is_linear
            && before.question.is_some()
            && (before.section == section.section || !is_strict(section))
    });
    let previous = previous.map(|before| {
        Button::new(t!("common-previous")).named("go", before.position.to_string()).draw()
    });
    let next = next_button(sitting, section, place, shown);
    view! {
        {flag}
        <span class="push ways">{previous} {next}</span>
    }
    .into_any()
}

fn next_button(sitting: &Sitting, section: &Section, place: &Place, shown: &Shown) -> AnyView {
    let after = place.position.checked_add(1).and_then(|next| sitting.place(next));
    let review = || Button::main(t!("common-review-and-submit")).named("go", "review").draw();
    let Some(after) = after else { return if shown.is_look { ().into_any() } else { review() } };
    let to =
        |position: u16| Button::main(t!("common-next")).named("go", position.to_string()).draw();
    if after.section == section.section {
        return to(after.position);
    }
    let Some(next) = sitting.section(after.section) else { return review() };
    let is_turn = is_strict(section) || is_strict(next);
    match next.state {
        Openness::Closed => review(),
        _ if shown.is_look => ().into_any(),
        Openness::Unopened if is_turn => Button::main(t!("take-finish-section"))
            .named("go", format!("section-{}", next.section))
            .draw(),
        Openness::Unopened | Openness::Open => to(after.position),
    }
}
