//! Moving between the questions of the page: all of them are here, so no network is needed.

use std::rc::Rc;

use wasm_bindgen::JsValue;
use web_sys::Element;

use super::autosave::Page;
use super::dom;
use super::fields;
use super::marks;

/// Back and forward move between questions too.
pub fn start(page: &Rc<Page>) {
    let page = page.clone();
    dom::listen(&dom::window(), "popstate", move |_| {
        if let Some(position) = asked() {
            go(&page, position);
        }
    });
}

/// Carries out a button that leads to a question of this page.
pub fn press(page: &Rc<Page>, button: &Element) -> bool {
    if button.get_attribute("name").as_deref() != Some("go") {
        return false;
    }
    let value = button.get_attribute("value").unwrap_or_default();
    if value.is_empty() {
        // Enter in a field presses the first button of the form, which only saves.
        page.hurry();
        return true;
    }
    let Ok(position) = value.parse() else { return false };
    if !go(page, position) {
        return false;
    }
    if let Ok(history) = dom::window().history() {
        let address = format!("?at={position}");
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&address));
    }
    page.hurry();
    true
}

fn go(page: &Rc<Page>, position: u16) -> bool {
    let items = fields::items(&page.form);
    let Some(wanted) = items.iter().find(|item| item.position == position) else { return false };
    for item in &items {
        dom::show(&item.element, item.position == position);
    }
    for button in dom::all_here(".palette [aria-current]") {
        let _ = button.remove_attribute("aria-current");
    }
    for button in marks::buttons(position) {
        let _ = button.set_attribute("aria-current", "step");
    }
    marks::summary(page);
    dom::window().scroll_to_with_x_and_y(0.0, 0.0);
    if let Some(heading) = dom::find(&wanted.element, "h1") {
        if let Some(title) = heading.get_attribute("data-title") {
            dom::document().set_title(&title);
        }
        dom::focus(&heading);
    }
    if let Some(fold) = dom::find_here(".rail-fold details[open]") {
        let _ = fold.remove_attribute("open");
    }
    true
}

/// The question in the address; the first one of the page when it names none.
fn asked() -> Option<u16> {
    let search = dom::window().location().search().ok()?;
    search
        .trim_start_matches('?')
        .split('&')
        .find_map(|pair| pair.strip_prefix("at="))
        .and_then(|value| value.parse().ok())
        .or_else(|| {
            let first = dom::find_here("[data-item]")?;
            first.get_attribute("data-item")?.parse().ok()
        })
}
