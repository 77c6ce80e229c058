//! Single keys for what the mouse can do. They can be turned off, and rest while text is typed.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent};

use super::{countdown, dom};

/// A class of the document that turns them off.
const OFF: &str = "no-keys";

/// Listens from now on.
pub fn start() {
    for button in dom::all_here("[data-tell]") {
        dom::show(&button, true);
        dom::listen(&button, "click", |_| countdown::tell());
    }
    dom::listen(&dom::document(), "keydown", |event| {
        let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
        if key.ctrl_key() || key.alt_key() || key.meta_key() || is_off() || is_typing(&event) {
            return;
        }
        if press(&key.key()) {
            event.prevent_default();
        }
    });
}

fn is_off() -> bool {
    dom::document().document_element().is_some_and(|root| root.class_list().contains(OFF))
}

fn is_typing(event: &Event) -> bool {
    let Some(origin) = dom::origin(event) else { return false };
    match origin.dyn_ref::<HtmlInputElement>() {
        Some(input) => !matches!(input.type_().as_str(), "radio" | "checkbox"),
        None => matches!(origin.tag_name().as_str(), "TEXTAREA" | "SELECT"),
    }
}

fn press(key: &str) -> bool {
    let wanted = match key {
        "n" => "[data-item]:not([hidden]) .ways .btn-main",
        "p" => "[data-item]:not([hidden]) .ways .btn:not(.btn-main)",
        "m" => "[data-item]:not([hidden]) .flag-toggle input",
        "r" => ".go-review button",
        "t" => {
            countdown::tell();
            return true;
        }
        "?" => return open_help(),
        _ => return false,
    };
    let found: Option<HtmlElement> =
        dom::find_here(wanted).and_then(|found: Element| found.dyn_into().ok());
    let is_found = found.is_some();
    if let Some(found) = found {
        found.click();
    }
    is_found
}

fn open_help() -> bool {
    let Some(fold) = dom::find_here("[data-settings]") else { return false };
    let is_open = fold.toggle_attribute("open").unwrap_or(false);
    if let Some(summary) = dom::find(&fold, "summary").filter(|_| is_open) {
        dom::focus(&summary);
    }
    true
}
