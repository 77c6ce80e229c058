//! Posts a form as it stands and shows what follows from it.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{FormData, HtmlFormElement, RequestInit, Response, UrlSearchParams};

use super::dom;

/// Typing rests this long before the server is asked, in milliseconds.
const REST: u64 = 250;
/// An answer that takes longer is not waited for.
const PATIENCE: u64 = 10_000;

/// Wakes.
pub fn start(form: &str, url: String) {
    let Some(form) = dom::document().get_element_by_id(form) else { return };
    let Ok(form) = form.dyn_into::<HtmlFormElement>() else { return };
    // Counts the changes, so that an older answer never overwrites a newer one.
    let changes = Rc::new(Cell::new(0_u32));
    let target = form.clone();
    dom::listen(&target, "input", move |_| {
        let mine = changes.get().wrapping_add(1);
        changes.set(mine);
        let (form, url, changes) = (form.clone(), url.clone(), changes.clone());
        spawn_local(async move {
            dom::sleep(REST).await;
            if changes.get() != mine {
                return;
            }
            let answer = dom::within(PATIENCE, ask(&form, &url)).await.flatten();
            if let Some(html) = answer.filter(|_| changes.get() == mine) {
                show(&html);
            }
        });
    });
}

async fn ask(form: &HtmlFormElement, url: &str) -> Option<String> {
    let data = FormData::new_with_form(form).ok()?;
    let body = UrlSearchParams::new_with_str_sequence_sequence(&data).ok()?;
    let request = RequestInit::new();
    request.set_method("POST");
    request.set_body(&JsValue::from(body));
    let answer = JsFuture::from(dom::window().fetch_with_str_and_init(url, &request)).await.ok()?;
    let answer: Response = answer.dyn_into().ok()?;
    if !answer.ok() || answer.redirected() {
        return None;
    }
    JsFuture::from(answer.text().ok()?).await.ok()?.as_string()
}

fn show(html: &str) {
    let Ok(parts) = dom::document().create_element("div") else { return };
    parts.set_inner_html(html);
    let focus = dom::document().active_element();
    for part in dom::all(&parts, ":scope > [id]") {
        let Some(place) = dom::document().get_element_by_id(&part.id()) else { continue };
        // Whoever stands inside keeps the place; the next change brings it up to date.
        let is_held = focus.as_ref().is_some_and(|focus| place.contains(Some(focus)));
        if !is_held && place.inner_html() != part.inner_html() {
            place.set_inner_html(&part.inner_html());
        }
    }
}
