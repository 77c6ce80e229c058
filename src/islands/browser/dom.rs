//! The few words of the document that the islands use.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Element, Event, EventTarget, HtmlElement, Window};

/// The window; there is always one where islands run.
pub fn window() -> Window {
    web_sys::window().expect("islands run in a window")
}

/// The document.
pub fn document() -> Document {
    window().document().expect("a window with islands has a document")
}

/// Milliseconds of the clock that nobody can set.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "milliseconds since the page began are small and positive"
)]
pub fn now() -> u64 {
    window().performance().map_or(0, |performance| performance.now() as u64)
}

/// How old the page is, in milliseconds, when it is a kept one that stands in for the network.
pub fn kept_for() -> Option<i64> {
    find_here("meta[name='kept-for']")?.get_attribute("content")?.parse().ok()
}

/// Calls `handler` for each event of a kind, as long as the page lives.
pub fn listen(target: &EventTarget, kind: &str, handler: impl FnMut(Event) + 'static) {
    let closure = Closure::<dyn FnMut(Event)>::new(handler);
    let _ = target.add_event_listener_with_callback(kind, closure.as_ref().unchecked_ref());
    closure.forget();
}

/// Calls `work` once, later.
pub fn after(milliseconds: u64, work: impl FnOnce() + 'static) {
    let closure = Closure::once_into_js(work);
    let milliseconds = i32::try_from(milliseconds).unwrap_or(i32::MAX);
    let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(
        closure.unchecked_ref(),
        milliseconds,
    );
}

/// Waits.
pub async fn sleep(milliseconds: u64) {
    let milliseconds = i32::try_from(milliseconds).unwrap_or(i32::MAX);
    let promise = Promise::new(&mut |done, _| {
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&done, milliseconds);
    });
    let _ = JsFuture::from(promise).await;
}

/// Gives up on work that takes too long; dropping a request aborts it.
pub async fn within<T>(milliseconds: u64, work: impl Future<Output = T>) -> Option<T> {
    let mut work = pin!(work);
    let mut limit = pin!(sleep(milliseconds));
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(value) => Poll::Ready(Some(value)),
        Poll::Pending => limit.as_mut().poll(context).map(|()| None),
    })
    .await
}

/// The first element of a selector below `root`.
pub fn find(root: &Element, selector: &str) -> Option<Element> {
    root.query_selector(selector).ok().flatten()
}

/// The first element of a selector in the document.
pub fn find_here(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}

/// Every element of a selector below `root`.
pub fn all(root: &Element, selector: &str) -> Vec<Element> {
    let Ok(list) = root.query_selector_all(selector) else { return Vec::new() };
    (0..list.length()).filter_map(|index| list.get(index)?.dyn_into().ok()).collect()
}

/// Every element of a selector in the document.
pub fn all_here(selector: &str) -> Vec<Element> {
    document().document_element().map_or_else(Vec::new, |root| all(&root, selector))
}

/// Shows or hides by the attribute, so that no style is needed.
pub fn show(element: &Element, is_shown: bool) {
    let _ = element.toggle_attribute_with_force("hidden", !is_shown);
}

/// Sets a class or takes it away.
pub fn class(element: &Element, name: &str, is_set: bool) {
    let _ = element.class_list().toggle_with_force(name, is_set);
}

/// Writes text only when it differs, so that nothing is announced twice.
pub fn write(element: &Element, text: &str) {
    if element.text_content().as_deref() != Some(text) {
        element.set_text_content(Some(text));
    }
}

/// Writes the last piece of text inside an element, behind its icon.
pub fn write_last(element: &Element, text: &str) {
    let inner = find(element, ".saved").unwrap_or_else(|| element.clone());
    if let Some(last) = inner.last_child() {
        last.set_text_content(Some(text));
    }
}

/// Moves the focus.
pub fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    }
}

/// The element that an event began at.
pub fn origin(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}
