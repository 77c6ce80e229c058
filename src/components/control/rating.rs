//! Rows of radio buttons: a scale for each response, or the best and the worst of all.

use leptos::prelude::*;

use super::Scope;
use super::choice::{chosen, rated};
use crate::components::markdown::phrase;
use crate::domain::control::{Choice, RatedRow};
use crate::t;

/// A table for the eye, one radio group per response for everybody.
pub(super) fn rows(scale: &[String], rows: &[RatedRow], scope: Scope<'_>) -> AnyView {
    let count = rows.len();
    let ids = (scope.id("ask"), scope.id("rating-hint"));
    let body = rows
        .iter()
        .map(|row| {
            let text_id = scope.id(&row.field);
            let marks = scale
                .iter()
                .enumerate()
                .map(|(n, word)| {
                    let value = (n + 1).to_string();
                    let is_chosen = scope.is_chosen(&row.field, &value);
                    radio(scope.name(&row.field), value, word.clone(), is_chosen, scope.is_off())
                })
                .collect_view();
            view! {
                <div class="rating-row" role="radiogroup" aria-labelledby=text_id>
                    <p id=text_id.clone()>{phrase(&row.text)}</p>
                    {marks}
                </div>
            }
        })
        .collect_view();
    let hint = t!("control-rating-hint");
    let rows = body.into_any();
    Table { words: scale, ask: scope.ask, hint, rows, count: rated(count) }.draw(ids)
}

/// Two columns over the same responses. Each column is one radio group by its name; each row says
/// by its own text what the two circles are about.
pub(super) fn best_and_worst(
    best: &str,
    worst: &str,
    choices: &[Choice],
    scope: Scope<'_>,
) -> AnyView {
    let words = [t!("control-best"), t!("control-worst")];
    let ids = (scope.id("ask"), scope.id("rating-hint"));
    let body = choices
        .iter()
        .map(|choice| {
            let text_id = scope.id(&format!("response-{}", choice.id));
            let marks = [best, worst]
                .into_iter()
                .zip(words.clone())
                .map(|(field, word)| {
                    let is_chosen = scope.is_chosen(field, &choice.id);
                    radio(scope.name(field), choice.id.clone(), word, is_chosen, scope.is_off())
                })
                .collect_view();
            view! {
                <div class="rating-row" role="group" aria-labelledby=text_id>
                    <p id=text_id.clone()>{phrase(&choice.text)}</p>
                    {marks}
                    <p class="both">{t!("control-not-both")}</p>
                </div>
            }
        })
        .collect_view();
    let hint = t!("control-best-worst-hint");
    let rows = body.into_any();
    Table { words: &words, ask: scope.ask, hint, rows, count: chosen(2) }.draw(ids)
}

fn radio(name: String, value: String, word: String, is_chosen: bool, is_off: bool) -> AnyView {
    view! {
        <label>
            <input type="radio" name=name value=value checked=is_chosen disabled=is_off/>
            <span class="word">{word}</span>
        </label>
    }
    .into_any()
}

/// The frame of both kinds. The column words are for the eye; each label carries its own.
struct Table<'a> {
    words: &'a [String],
    ask: AnyView,
    hint: String,
    rows: AnyView,
    count: AnyView,
}

impl Table<'_> {
    fn draw(self, (ask_id, hint_id): (String, String)) -> AnyView {
        let heads =
            self.words.iter().map(|word| view! { <span>{word.clone()}</span> }).collect_view();
        let class = format!("rating scale-{}", self.words.len());
        view! {
            <div class="counted" role="group" aria-labelledby=ask_id aria-describedby=hint_id>
                <p class="ask" id=ask_id.clone()>{self.ask}</p>
                <p class="hint" id=hint_id.clone()>{self.hint}</p>
                <div class=class>
                    <div class="rating-head" aria-hidden="true">
                        <span>{t!("control-response")}</span>
                        {heads}
                    </div>
                    {self.rows}
                </div>
                {self.count}
            </div>
        }
        .into_any()
    }
}
