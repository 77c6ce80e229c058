//! The values of one question: out of the page, and into it.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlTextAreaElement};

use super::dom;
use crate::islands::queue::Fields;

/// A question of the page.
#[derive(Clone)]
pub struct Item {
    /// Its place in the paper.
    pub position: u16,
    /// The element that holds all of it.
    pub element: Element,
}

/// Every question of the page, in order.
pub fn items(form: &Element) -> Vec<Item> {
    dom::all(form, "[data-item]").into_iter().filter_map(Item::of).collect()
}

/// One question of the page.
pub fn item(form: &Element, position: u16) -> Option<Item> {
    dom::find(form, &format!("[data-item='{position}']")).and_then(Item::of)
}

impl Item {
    fn of(element: Element) -> Option<Self> {
        let position = element.get_attribute("data-item")?.parse().ok()?;
        Some(Self { position, element })
    }

    /// The question that an element belongs to.
    pub fn around(element: &Element) -> Option<Self> {
        element.closest("[data-item]").ok().flatten().and_then(Self::of)
    }

    /// What the person sees and set.
    pub fn values(&self) -> Fields {
        self.read(HtmlInputElement::checked, HtmlInputElement::value, HtmlTextAreaElement::value)
    }

    /// What the server drew, even when the browser was typed into before this program was there.
    pub fn drawn(&self) -> Fields {
        self.read(HtmlInputElement::default_checked, HtmlInputElement::default_value, |area| {
            area.default_value().unwrap_or_default()
        })
    }

    fn read(
        &self,
        is_checked: impl Fn(&HtmlInputElement) -> bool,
        value: impl Fn(&HtmlInputElement) -> String,
        text: impl Fn(&HtmlTextAreaElement) -> String,
    ) -> Fields {
        let prefix = format!("{}.", self.position);
        let mut fields = Fields::new();
        for element in dom::all(&self.element, "input[name], textarea[name]") {
            let Some(name) = element.get_attribute("name") else { continue };
            let Some(name) = name.strip_prefix(&prefix) else { continue };
            let value = if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
                match input.type_().as_str() {
                    "radio" | "checkbox" if !is_checked(input) => continue,
                    "radio" | "checkbox" => input.value(),
                    _ => value(input),
                }
            } else if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
                text(area)
            } else {
                continue;
            };
            if !value.is_empty() {
                fields.push((name.to_owned(), value));
            }
        }
        fields
    }

    /// Puts values into the page, as if the server had drawn them.
    pub fn set_values(&self, fields: &Fields) {
        let prefix = format!("{}.", self.position);
        super::order::set(self, fields);
        for element in dom::all(&self.element, "input[name], textarea[name]") {
            let Some(name) = element.get_attribute("name") else { continue };
            let Some(name) = name.strip_prefix(&prefix) else { continue };
            let wanted = || fields.iter().filter(|(field, _)| field == name);
            if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
                match input.type_().as_str() {
                    "radio" | "checkbox" => {
                        let own = input.value();
                        input.set_checked(wanted().any(|(_, value)| *value == own));
                    }
                    "hidden" => {}
                    _ => input.set_value(wanted().next().map_or("", |(_, value)| value)),
                }
            } else if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
                area.set_value(wanted().next().map_or("", |(_, value)| value));
            }
        }
    }

    /// A hidden value about the question, such as the version it was drawn with.
    pub fn fact(&self, name: &str) -> Option<HtmlInputElement> {
        let selector = format!("input[name='{name}.{}']", self.position);
        dom::find(&self.element, &selector)?.dyn_into().ok()
    }

    /// The server has this version now: the hidden facts follow, so that posting the form says the
    /// same as this program would.
    pub fn keep_facts(&self, version: i64) {
        if let Some(base) = self.fact("base") {
            base.set_value(&version.to_string());
        }
        if let Some(was) = self.fact("was") {
            was.set_value("");
        }
    }
}
