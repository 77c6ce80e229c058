//! Putting steps in order at once: buttons, and Alt with the arrow keys.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent};

use super::autosave::Page;
use super::dom;
use super::fields::Item;
use super::marks::{fill, say};
use crate::domain::control::{field, order_field};
use crate::islands::queue::Fields;

/// Carries out a button that moves a step or keeps the order.
pub fn press(page: &Rc<Page>, button: &Element) -> bool {
    let Some(item) = Item::around(button) else { return false };
    let name = button.get_attribute("name").unwrap_or_default();
    let Some(name) = name.strip_prefix(&format!("{}.", item.position)) else { return false };
    match name {
        field::MOVE => {
            let is_up = button.get_attribute("value").is_some_and(|value| value.ends_with(":up"));
            move_step(page, &item, button, is_up);
        }
        field::KEEP => {
            name_inputs(&item, true);
            page.change(&item, 0);
        }
        _ => return false,
    }
    true
}

/// Alt with an arrow moves the step that has the focus.
pub fn key(page: &Rc<Page>, event: &Event) {
    let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
    let is_up = match key.key().as_str() {
        "ArrowUp" => true,
        "ArrowDown" => false,
        _ => return,
    };
    let Some(step) = dom::origin(event).filter(|_| key.alt_key()) else { return };
    let (Some(item), Ok(Some(_))) = (Item::around(&step), step.closest(".order li")) else {
        return;
    };
    event.prevent_default();
    move_step(page, &item, &step, is_up);
}

/// Brings the steps into the order of these values.
pub fn set(item: &Item, fields: &Fields) {
    let Some(list) = dom::find(&item.element, ".order") else { return };
    let wanted = fields.iter().filter(|(name, _)| name == field::ORDER);
    for (_, id) in wanted.clone() {
        if let Some(step) = steps(item).into_iter().find(|step| step_id(step) == Some(id.clone())) {
            let _ = list.append_child(&step);
        }
    }
    name_inputs(item, wanted.count() > 0);
    number(item);
}

fn move_step(page: &Rc<Page>, item: &Item, origin: &Element, is_up: bool) {
    let Ok(Some(step)) = origin.closest("li") else { return };
    let neighbour =
        if is_up { step.previous_element_sibling() } else { step.next_element_sibling() };
    let (Some(neighbour), Some(list)) = (neighbour, step.parent_node()) else { return };
    let _ = if is_up {
        list.insert_before(&step, Some(&neighbour))
    } else {
        list.insert_before(&neighbour, Some(&step))
    };
    for other in steps(item) {
        dom::class(&other, "moved", other == step);
    }
    name_inputs(item, true);
    number(item);
    // Moving the element took the focus away from it.
    dom::focus(origin);
    let place = steps(item).iter().position(|other| *other == step).map_or(0, |index| index + 1);
    let words =
        dom::find(&item.element, ".order").and_then(|list| list.get_attribute("data-words"));
    say(&fill(&words.unwrap_or_default(), &[("place", &place.to_string())]));
    page.change(item, 0);
}

fn steps(item: &Item) -> Vec<Element> {
    dom::all(&item.element, ".order > li")
}

fn step_id(step: &Element) -> Option<String> {
    dom::find(step, "input[type=hidden]")?.get_attribute("value")
}

/// Says whether the order is an answer, or only what is shown.
fn name_inputs(item: &Item, is_answered: bool) {
    let name = format!("{}.{}", item.position, order_field(is_answered));
    for input in dom::all(&item.element, ".order > li > input[type=hidden]") {
        let _ = input.set_attribute("name", &name);
    }
    for untouched in dom::all(&item.element, "[data-untouched]") {
        dom::show(&untouched, !is_answered);
    }
}

/// The first cannot go up, the last cannot go down; the names of the buttons count places.
fn number(item: &Item) {
    let steps = steps(item);
    let last = steps.len().saturating_sub(1);
    for (index, step) in steps.iter().enumerate() {
        for button in dom::all(step, "button") {
            let is_up = button.get_attribute("value").is_some_and(|value| value.ends_with(":up"));
            let is_end = if is_up { index == 0 } else { index == last };
            if is_end {
                let _ = button.set_attribute("aria-disabled", "true");
            } else {
                let _ = button.remove_attribute("aria-disabled");
            }
        }
    }
}
