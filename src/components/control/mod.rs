//! A question with its controls: the stem, what is asked, and native inputs to answer it.
//!
//! Field names are those of the domain with the position in front: `3.choice`, `3.rating.a`. Every
//! button is a submit button of the page's form, so everything works without a script; islands find
//! the same elements by the same names.

mod choice;
mod exhibit;
mod number;
mod order;
mod rating;

use leptos::prelude::*;

use crate::components::markdown::{phrase, prose};
use crate::components::{Button, Draw};
use crate::domain::control::{Control, field};
use crate::domain::response::Fields;
use crate::t;

/// What the inputs do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// They answer.
    #[default]
    Answer,
    /// They can be tried; nothing is sent.
    Preview,
    /// They show what was answered.
    ReadOnly,
}

/// Where a step was moved to, so that the focus stays on the same button of the same step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// Id of the step.
    pub step: String,
    /// Which of its two buttons was pressed.
    pub is_up: bool,
}

/// One question of a paper, or an item of the bank.
///
/// `{Question::new(&item.stem, &item.ask, controls).at(3).answered(&fields)}` inside the form;
/// `.mode(Mode::Preview)` in previews, `.mode(Mode::ReadOnly)` where nothing may change.
#[derive(Debug, Clone)]
pub struct Question {
    stem: String,
    ask: String,
    controls: Vec<Control>,
    fields: Fields,
    position: Option<u16>,
    mode: Mode,
    moved: Option<Moved>,
}

impl Question {
    /// A question that nobody has answered; stem and ask are Markdown.
    pub fn new(
        stem: impl Into<String>,
        ask: impl Into<String>,
        controls: impl IntoIterator<Item = Control>,
    ) -> Self {
        Self {
            stem: stem.into(),
            ask: ask.into(),
            controls: controls.into_iter().collect(),
            fields: Fields::default(),
            position: None,
            mode: Mode::Answer,
            moved: None,
        }
    }

    /// Its place in the paper, which goes in front of every field name and id.
    #[must_use]
    pub fn at(mut self, position: u16) -> Self {
        self.position = Some(position);
        self
    }

    /// The last response.
    #[must_use]
    pub fn answered(mut self, fields: &Fields) -> Self {
        self.fields = fields.clone();
        self
    }

    /// What the inputs do.
    #[must_use]
    pub fn mode(mut self, mode: Mode) -> Self {
        self.mode = mode;
        self
    }

    /// The step that was moved by the request that draws this page.
    #[must_use]
    pub fn moved(mut self, moved: Option<Moved>) -> Self {
        self.moved = moved;
        self
    }

    /// Whether it has an exhibit and needs the wide column (`item item-wide`).
    pub fn is_wide(&self) -> bool {
        self.controls.iter().any(|control| matches!(control, Control::Exhibit { .. }))
    }

    /// The only control takes the item's question; several have questions of their own.
    fn asks_itself(&self) -> bool {
        self.controls.len() == 1
    }
}

/// The name of a field on the page: `3.choice`.
pub fn field_name(position: Option<u16>, field: &str) -> String {
    match position {
        Some(position) => format!("{position}.{field}"),
        None => field.to_owned(),
    }
}

/// What a control needs to draw itself.
struct Scope<'a> {
    position: Option<u16>,
    fields: &'a Fields,
    mode: Mode,
    /// What is asked, as it stands above the control.
    ask: AnyView,
    moved: Option<&'a Moved>,
}

impl Scope<'_> {
    fn name(&self, field: &str) -> String {
        field_name(self.position, field)
    }

    /// An id that no other question of the page has.
    fn id(&self, part: &str) -> String {
        match self.position {
            Some(position) => format!("q{position}-{part}"),
            None => format!("q-{part}"),
        }
    }

    fn is_off(&self) -> bool {
        self.mode == Mode::ReadOnly
    }

    /// Buttons of a preview send nothing.
    fn button_type(&self) -> &'static str {
        if self.mode == Mode::Answer { "submit" } else { "button" }
    }

    fn is_chosen(&self, field: &str, value: &str) -> bool {
        self.fields.one(field) == Some(value)
    }

    fn is_ticked(&self, field: &str, value: &str) -> bool {
        self.fields.many(field).iter().any(|ticked| ticked == value)
    }
}

/// "Part 2. Which line ..." for questions of several controls.
fn part(number: Option<usize>, ask: &str) -> AnyView {
    match number {
        Some(number) => {
            view! { {t!("control-part", number = number)} " " {phrase(ask)} }.into_any()
        }
        None => phrase(ask),
    }
}

fn draw_one(control: &Control, scope: Scope<'_>) -> AnyView {
    match control {
        Control::OneOf { field, choices, .. } => choice::one(field, choices, scope),
        Control::ManyOf { ticks, choices } => choice::many(ticks, choices, scope),
        Control::Number { field, unit, is_whole } => {
            number::line(field, unit.as_deref(), *is_whole, scope)
        }
        Control::Order { steps } => order::list(steps, scope),
        Control::Rating { scale, rows } => rating::rows(scale, rows, scope),
        Control::BestWorst { best, worst, choices } => {
            rating::best_and_worst(best, worst, choices, scope)
        }
        Control::Exhibit { lines, ticks } => exhibit::lines(lines, ticks.as_ref(), scope),
    }
}

/// The question of a control that has one of its own.
fn own_ask(control: &Control) -> Option<&str> {
    match control {
        Control::OneOf { ask, .. } => ask.as_deref(),
        Control::ManyOf { ticks, .. } | Control::Exhibit { ticks: Some(ticks), .. } => {
            ticks.ask.as_deref()
        }
        _ => None,
    }
}

impl Draw for Question {
    fn draw(self) -> AnyView {
        let asks_itself = self.asks_itself();
        // Parts are counted in the order of the page; an exhibit is a part when its lines are ticked,
        // and its question stands beside it, after the others.
        let mut number = 0;
        let mut left = Vec::new();
        let mut right = Vec::new();
        let mut last = Vec::new();
        let ordered = self
            .controls
            .iter()
            .filter(|control| !matches!(control, Control::Exhibit { .. }))
            .chain(
                self.controls.iter().filter(|control| matches!(control, Control::Exhibit { .. })),
            );
        for control in ordered {
            let ask = match own_ask(control) {
                Some(own) => {
                    number += 1;
                    part((!asks_itself).then_some(number), own)
                }
                None => phrase(&self.ask),
            };
            let scope = Scope {
                position: self.position,
                fields: &self.fields,
                mode: self.mode,
                ask,
                moved: self.moved.as_ref(),
            };
            if let Control::Exhibit { ticks, .. } = control {
                if let Some(ticks) = ticks {
                    let own = ticks.ask.as_deref().unwrap_or(&self.ask);
                    last.push(exhibit::task(ticks, part((!asks_itself).then_some(number), own)));
                }
                left.push(draw_one(control, scope));
            } else {
                right.push(draw_one(control, scope));
            }
        }
        let clear = (self.mode != Mode::ReadOnly).then(|| {
            let name = field_name(self.position, field::CLEAR);
            let button = Button::plain(t!("control-clear")).named(name, "1");
            let button = if self.mode == Mode::Preview { button.inert() } else { button };
            // Nothing to clear yet; an island shows it with the first answer.
            view! { <div class="tools" data-clear="" hidden=self.fields.is_empty()>{button}</div> }
        });
        let lead = (!asks_itself).then(|| view! { <p>{phrase(&self.ask)}</p> });
        let controls = if left.is_empty() {
            right.collect_view().into_any()
        } else {
            let (left, right, last) =
                (left.collect_view(), right.collect_view(), last.collect_view());
            view! { <div class="two-pane">{left} <div>{right} {last}</div></div> }.into_any()
        };
        view! {
            <div class="stem">{prose(&self.stem)} {lead}</div>
            {controls}
            {clear}
        }
        .into_any()
    }
}

#[cfg(test)]
mod tests;
