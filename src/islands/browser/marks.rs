//! What the page shows about itself: the saved mark, the palette, banners, counters.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

use super::autosave::Page;
use super::dom;
use super::fields::{self, Item};
use crate::domain::control::field::SHOWN;
use crate::domain::number::Decimal;
use crate::domain::response::Completeness;
use crate::islands::queue::{Fields, Status};

/// Puts a number into a sentence that the server wrote.
pub fn fill(sentence: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(sentence.to_owned(), |text, (name, value)| {
        text.replace(&format!("{{{name}}}"), value)
    })
}

/// The saved mark, and the banner while the line is down. The server drew one mark per state.
pub fn status(page: &Page, now: u64) {
    if page.queue.borrow().is_closed() {
        // What is kept beside the answers is neither saved nor waiting; the banner says so.
        for mark in dom::all_here("[data-saved]") {
            dom::show(&mark, false);
        }
        return;
    }
    let status = page.queue.borrow().status(now);
    let (state, number) = match status {
        Status::Saved => ("saved", page.saved_at.borrow().clone()),
        Status::Saving => ("saving", String::new()),
        Status::Waiting(count) => {
            let state = match (page.is_safe(), count) {
                (true, 1) => "kept",
                (true, _) => "kept-several",
                (false, 1) => "waiting",
                (false, _) => "several",
            };
            // One has its whole sentence already.
            (state, if count == 1 { String::new() } else { count.to_string() })
        }
    };
    for mark in dom::all_here("[data-saved]") {
        let own = mark.get_attribute("data-saved").unwrap_or_default();
        // Before the first answer there is nothing that could have been saved.
        let is_shown = own == if state == "saved" && number.is_empty() { "nothing" } else { state };
        dom::show(&mark, is_shown);
        if is_shown && !number.is_empty() {
            let words = mark.get_attribute("data-words").unwrap_or_default();
            dom::write_last(&mark, &fill(&words, &[("n", &number)]));
        }
    }
    let is_cut_off = page.queue.borrow().is_cut_off(now);
    show_banner("offline-kept", is_cut_off && page.is_safe());
    show_banner("offline", is_cut_off && !page.is_safe());
    if page.was_cut_off.replace(is_cut_off) != is_cut_off {
        if !is_cut_off {
            show_banner("stay", false);
        }
        if !is_cut_off && status == Status::Saved {
            say(&page.words.all_saved);
        }
    }
}

/// The time of the last acknowledgement.
pub fn saved_at(page: &Page, at: &str) {
    page.saved_at.replace(at.to_owned());
    status(page, dom::now());
}

/// Shows one of the banners that the server drew hidden.
pub fn banner(name: &str) {
    show_banner(name, true);
}

/// Shows a sentence for a while.
pub fn notice(sentence: &str) {
    thread_local! {
        static LATEST: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
    }
    let Some(words) = dom::find_here("[data-banner='notice'] b") else { return };
    dom::write(&words, sentence);
    show_banner("notice", true);
    let number = LATEST.get() + 1;
    LATEST.set(number);
    dom::after(20_000, move || {
        if LATEST.get() == number {
            show_banner("notice", false);
        }
    });
}

/// Shows or hides a banner.
pub fn show_banner(name: &str, is_shown: bool) {
    if let Some(banner) = dom::find_here(&format!("[data-banner='{name}']")) {
        dom::show(&banner, is_shown);
    }
}

/// Tells something to who listens to the page.
pub fn say(sentence: &str) {
    if let Some(place) = dom::find_here("[data-say]") {
        place.set_text_content(None);
        let sentence = sentence.to_owned();
        // Emptied first: a sentence that is said twice must be heard twice.
        dom::after(60, move || dom::write(&place, &sentence));
    }
}

/// What a change shows at once: the number as it is read, the button that clears, a guess for the
/// palette.
pub fn answer(page: &Page, item: &Item, values: &Fields) {
    for echo in dom::all(&item.element, "[data-echo]") {
        let field = echo.get_attribute("data-echo").unwrap_or_default();
        let text = values.iter().find(|(name, _)| *name == field).map(|(_, value)| value);
        let is_whole = echo.has_attribute("data-whole");
        let words = |name: &str| echo.get_attribute(name).unwrap_or_default();
        let sentence = text.map(|text| match Decimal::read(text, is_whole) {
            Some(number) => fill(&words("data-read"), &[("n", &number.to_string())]),
            None => words("data-unread"),
        });
        dom::write(&echo, &sentence.unwrap_or_default());
    }
    let is_blank = values.iter().all(|(name, _)| name == SHOWN);
    if let Some(clear) = dom::find(&item.element, "[data-clear]") {
        dom::show(&clear, !is_blank);
    }
    if is_blank != (state_of(item.position) == Some(Completeness::Blank)) {
        let guess = if is_blank { Completeness::Blank } else { Completeness::Complete };
        progress(page, item, guess);
    }
}

/// How far an answer is, in the palette.
pub fn progress(page: &Page, item: &Item, state: Completeness) {
    redraw(page, item.position, Some(state), None);
}

/// Whether a question is to be seen again, in the palette.
pub fn flag(page: &Page, item: &Item, is_flagged: bool) {
    redraw(page, item.position, None, Some(is_flagged));
}

/// The same for a question by its number, with its box.
pub fn flag_at(page: &Page, position: u16, is_flagged: bool) {
    let Some(item) = fields::item(&page.form, position) else { return };
    let toggle = dom::find(&item.element, &format!("input[name='flag.{position}']"));
    if let Some(toggle) = toggle.and_then(|toggle| toggle.dyn_into::<HtmlInputElement>().ok()) {
        toggle.set_checked(is_flagged);
    }
    flag(page, &item, is_flagged);
}

/// The server knows about the flag, so the form has nothing new to say about it.
pub fn keep_flag(page: &Page, position: u16, is_flagged: bool) {
    let item = fields::item(&page.form, position);
    if let Some(fact) = item.and_then(|item| item.fact("flagged")) {
        fact.set_value(if is_flagged { "1" } else { "" });
    }
}

/// Every number of the palette for a question; the rail and the fold hold one each.
pub fn buttons(position: u16) -> Vec<Element> {
    dom::all_here(&format!(".palette button[value='{position}']"))
}

fn state_of(position: u16) -> Option<Completeness> {
    let button = buttons(position).into_iter().next()?;
    let classes = button.class_list();
    Some(if classes.contains("done") {
        Completeness::Complete
    } else if classes.contains("begun") {
        Completeness::Incomplete
    } else {
        Completeness::Blank
    })
}

fn redraw(page: &Page, position: u16, state: Option<Completeness>, flag: Option<bool>) {
    let state = state.or_else(|| state_of(position)).unwrap_or(Completeness::Blank);
    for button in buttons(position) {
        let mark = dom::find(&button, ".flag-mark");
        let is_flagged = flag.unwrap_or(mark.is_some());
        match mark {
            Some(mark) if !is_flagged => mark.remove(),
            None if is_flagged => {
                if let Ok(mark) = dom::document().create_element("span") {
                    mark.set_class_name("flag-mark");
                    let _ = button.append_child(&mark);
                }
            }
            _ => {}
        }
        dom::class(&button, "done", state == Completeness::Complete);
        dom::class(&button, "begun", state == Completeness::Incomplete);
        if let Some(words) = dom::find(&button, ".unseen") {
            let index = match state {
                Completeness::Blank => 0,
                Completeness::Incomplete => 1,
                Completeness::Complete => 2,
            };
            dom::write(&words, &page.words.marks[index + if is_flagged { 3 } else { 0 }]);
        }
    }
    summary(page);
}

/// "Question 8 of 28, 8 answered", above the folded palette.
pub fn summary(page: &Page) {
    let Some(place) = dom::find_here(".rail-fold summary") else { return };
    let current = dom::find_here(".palette [aria-current]")
        .and_then(|button| button.get_attribute("value"))
        .unwrap_or_default();
    let total = page.facts.total.to_string();
    let done = dom::all_here(".rail .palette .done, .rail .palette .begun").len().to_string();
    let values = [("n", current.as_str()), ("m", total.as_str()), ("k", done.as_str())];
    dom::write(&place, &fill(&page.words.progress, &values));
}
