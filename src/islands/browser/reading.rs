//! How the page is read: settings at once and remembered, and the line reader.

use std::rc::Rc;

use js_sys::Reflect;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement};

use super::autosave::Page;
use super::dom;
use super::send::send_and_forget;

/// Every setting is a class of the document, and the value of its control is the class's name.
const SETTINGS: &str = "input[name^='set.']";

/// Follows the settings and moves the line reader.
pub fn start(page: &Rc<Page>) {
    let own = page.clone();
    dom::listen(&dom::document(), "change", move |event| {
        let is_setting = dom::origin(&event)
            .and_then(|origin| origin.get_attribute("name"))
            .is_some_and(|name| name.starts_with("set."));
        if is_setting {
            apply(&own);
        }
    });
    if let Some(press) = dom::find_here("[data-settings] [name='go']") {
        // With this program each change counts at once.
        dom::show(&press, false);
    }
    let document = dom::document();
    dom::listen(&document, "pointermove", |event| {
        let height = Reflect::get(&event, &"clientY".into()).ok().and_then(|y| y.as_f64());
        move_ruler(height);
    });
    dom::listen(&document, "focusin", |event: Event| {
        let place = dom::origin(&event).map(|origin| origin.get_bounding_client_rect());
        move_ruler(place.map(|place| place.top() + place.height() / 2.0));
    });
}

fn inputs() -> Vec<HtmlInputElement> {
    let all = dom::all_here(SETTINGS).into_iter();
    all.filter_map(|input: Element| input.dyn_into().ok()).collect()
}

fn apply(page: &Page) {
    let Some(root) = dom::document().document_element() else { return };
    let mut body = Vec::new();
    for input in inputs() {
        let class = input.value();
        if !class.is_empty() {
            dom::class(&root, &class, input.checked());
        }
        if input.checked() {
            body.push(format!("{}={class}", input.name()));
        }
    }
    let path = format!("/take/{}/look", page.facts.invitation);
    send_and_forget(&path, "application/x-www-form-urlencoded", &body.join("&"));
}

fn move_ruler(height: Option<f64>) {
    let ruler = dom::find_here("[data-ruler]").and_then(|ruler| ruler.dyn_into().ok());
    if let (Some(ruler), Some(height)) = (ruler, height) {
        let ruler: HtmlElement = ruler;
        let _ = ruler.style().set_property("--at", &format!("{height}px"));
    }
}
