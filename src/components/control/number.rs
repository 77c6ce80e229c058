//! A line for a number.

use leptos::prelude::*;

use super::{Mode, Scope};
use crate::domain::number::Decimal;
use crate::t;

/// Text with the keyboard for figures: a browser's number field would eat what it cannot read.
pub(super) fn line(field: &str, unit: Option<&str>, is_whole: bool, scope: Scope<'_>) -> AnyView {
    let (id, hint_id, unit_id) = (scope.id(field), scope.id("number-hint"), scope.id("unit"));
    let hint = if is_whole { t!("control-number-whole-hint") } else { t!("control-number-hint") };
    let described = match unit {
        Some(_) => format!("{unit_id} {hint_id}"),
        None => hint_id.clone(),
    };
    let mode = if is_whole { "numeric" } else { "decimal" };
    let value = scope.fields.one(field).unwrap_or_default().to_owned();
    let name = scope.name(field);
    let is_off = scope.is_off();
    // Told when the page is drawn; an island tells it while somebody types, in the same words.
    let echo = (scope.mode == Mode::Answer).then(|| {
        let read = Decimal::read(&value, is_whole);
        let words = match read {
            _ if value.is_empty() => String::new(),
            Some(number) => t!("control-read-as", number = number.to_string()),
            None => t!("control-no-number"),
        };
        view! {
            <p
                class="hint echo"
                data-echo=field.to_owned()
                data-whole=is_whole.then_some("")
                data-read=t!("control-read-as", number = "{n}")
                data-unread=t!("control-no-number")
            >
                {words}
            </p>
        }
    });
    view! {
        <label class="ask" for=id.clone()>{scope.ask}</label>
        <p class="hint" id=hint_id>{hint}</p>
        <span class="row row-tight">
            <input
                class="input input-mid"
                id=id
                name=name
                inputmode=mode
                autocomplete="off"
                maxlength="60"
                value=value.clone()
                disabled=is_off
                aria-describedby=described
            />
            {unit.map(|unit| view! { <span id=unit_id>{unit.to_owned()}</span> })}
        </span>
        {echo}
    }
    .into_any()
}
