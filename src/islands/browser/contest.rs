//! Two windows changed one answer: both texts stand on the page, and the person chooses.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::Element;

use super::autosave::Page;
use super::dom;
use super::fields::Item;
use crate::api::attempt::Newer;
use crate::islands::queue::Fields;

thread_local! {
    static THEIRS: RefCell<BTreeMap<u16, Fields>> = const { RefCell::new(BTreeMap::new()) };
}

/// Shows the newer answer in its question. The server drew the note once, hidden.
pub fn show(item: &Item, newer: &Newer) {
    THEIRS.with_borrow_mut(|theirs| theirs.insert(item.position, newer.fields.clone()));
    let note = dom::find(&item.element, "[data-contest]").or_else(|| copy(item));
    let Some(note) = note else { return };
    if let Some(text) = dom::find(&note, "[data-theirs]") {
        dom::write(&text, &newer.summary);
    }
    dom::show(&note, true);
    dom::focus(&note);
}

fn copy(item: &Item) -> Option<Element> {
    let pattern = dom::find_here("[data-contest-pattern]")?;
    let note: Element = pattern.clone_node_with_deep(true).ok()?.dyn_into().ok()?;
    let _ = note.remove_attribute("data-contest-pattern");
    let _ = note.set_attribute("data-contest", "");
    let first = item.element.first_child();
    let _ = item.element.insert_before(&note, first.as_ref());
    Some(note)
}

/// Carries out the two buttons of the note.
pub fn press(page: &Rc<Page>, button: &Element) -> bool {
    let Some(choice) = button.get_attribute("data-choose") else { return false };
    let Some(item) = Item::around(button) else { return false };
    let keeps_own = choice == "mine";
    if !keeps_own {
        let Some(theirs) = THEIRS.with_borrow(|all| all.get(&item.position).cloned()) else {
            return false;
        };
        item.set_values(&theirs);
    }
    page.queue.borrow_mut().settle(item.position, keeps_own);
    if let Some(note) = dom::find(&item.element, "[data-contest]") {
        note.remove();
    }
    page.change(&item, 0);
    true
}
