//! Saves what changes: listens, queues, and shows how far everything has come.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, HtmlFormElement, HtmlInputElement, SubmitEvent};

use super::fields::{self, Item};
use super::keep::Store;
use super::send::new_id;
use super::{contest, dom, line, marks, order, reading, shortcuts, walk};
use crate::islands::autosave::{Facts, Words};
use crate::islands::queue::{Queue, REST};

/// How long leaving the page waits for what is on its way.
const LEAVE: u64 = 4_000;

/// The page while it is open.
pub struct Page {
    pub facts: Facts,
    pub words: Words,
    pub form: HtmlFormElement,
    pub queue: RefCell<Queue>,
    /// What lies on the device.
    pub store: Store,
    /// What the device had kept is in the queue.
    pub is_loaded: Cell<bool>,
    /// Questions whose state the device does not have yet.
    pub unwritten: RefCell<BTreeSet<u16>>,
    pub is_writing: Cell<bool>,
    /// The device took in what was written last.
    pub is_kept: Cell<bool>,
    /// Records of windows that are gone, whose texts wait behind others.
    pub behind: RefCell<BTreeMap<u16, Vec<String>>>,
    /// Wanted flags that the server does not know yet.
    pub flags: RefCell<BTreeMap<u16, bool>>,
    /// A flag is on its way.
    pub is_flagging: Cell<bool>,
    /// The form is being posted.
    is_leaving: Cell<bool>,
    /// The form will be posted when everything is sent.
    is_packing: Cell<bool>,
    timer: Cell<u64>,
    /// The time of the last acknowledgement, as words.
    pub saved_at: RefCell<String>,
    /// Whether the line seemed to be down when the page was last drawn.
    pub was_cut_off: Cell<bool>,
}

thread_local! {
    static OPEN: RefCell<Option<Rc<Page>>> = const { RefCell::new(None) };
}

/// The open page, for the clock.
pub fn open_page() -> Option<Rc<Page>> {
    OPEN.with_borrow(Clone::clone)
}

/// Wakes the form of a section.
pub fn start(facts: Facts, words: Words) {
    let Some(form) = dom::find_here("form[data-answers]").and_then(|form| form.dyn_into().ok())
    else {
        return;
    };
    let store = Store::open(facts.invitation);
    let page = Rc::new(Page {
        words,
        form,
        queue: RefCell::default(),
        is_kept: Cell::new(store.is_able),
        store,
        is_loaded: Cell::new(false),
        unwritten: RefCell::default(),
        is_writing: Cell::new(false),
        behind: RefCell::default(),
        flags: RefCell::default(),
        is_flagging: Cell::new(false),
        is_leaving: Cell::new(false),
        is_packing: Cell::new(false),
        timer: Cell::new(0),
        saved_at: RefCell::new(facts.saved_at.clone().unwrap_or_default()),
        was_cut_off: Cell::new(false),
        facts,
    });
    OPEN.replace(Some(page.clone()));
    for item in fields::items(&page.form) {
        let base = item.fact("base").and_then(|fact| fact.value().parse().ok()).unwrap_or(0);
        page.queue.borrow_mut().know(item.position, base, item.drawn());
        if item.element.has_attribute("data-contested") {
            page.queue.borrow_mut().hold(item.position, item.values());
        } else {
            page.change(&item, 0);
        }
    }
    listen(&page);
    walk::start(&page);
    line::start(&page);
    reading::start(&page);
    shortcuts::start();
    page.work();
    spawn_local(page.take_up());
}

fn listen(page: &Rc<Page>) {
    let on = |target: &web_sys::EventTarget, kind: &str, act: fn(&Rc<Page>, &Event)| {
        let page = page.clone();
        dom::listen(target, kind, move |event| act(&page, &event));
    };
    on(&page.form, "input", |page, event| page.touched(event, REST));
    on(&page.form, "change", |page, event| page.touched(event, 0));
    // The palette stands outside of the form.
    on(&dom::document(), "click", Page::pressed);
    on(&page.form, "keydown", order::key);
    on(&page.form, "submit", Page::submits);
    on(&dom::document(), "visibilitychange", |page, _| page.hurry());
    let window = dom::window();
    on(&window, "pagehide", |page, _| page.part());
    on(&window, "beforeunload", |page, event| {
        if !page.is_leaving.get() && page.is_unsent() && !page.is_safe() {
            event.prevent_default();
            let _ = js_sys::Reflect::set(event, &"returnValue".into(), &JsValue::from(true));
        }
    });
}

impl Page {
    /// Takes in what a question looks like now.
    pub fn change(self: &Rc<Self>, item: &Item, rest: u64) {
        let values = item.values();
        marks::answer(self, item, &values);
        self.queue.borrow_mut().change(item.position, values, dom::now(), rest);
        self.keep(item.position);
        self.work();
    }

    /// Whether something is only here.
    pub fn is_unsent(&self) -> bool {
        let queue = self.queue.borrow();
        !queue.is_closed() && (queue.is_unsent() || !self.flags.borrow().is_empty())
    }

    /// Sends everything now.
    pub fn hurry(self: &Rc<Self>) {
        self.queue.borrow_mut().hurry(dom::now());
        self.work();
    }

    /// The server refuses this page: nothing can be changed here, and the page says why.
    pub fn close(self: &Rc<Self>, banner: &str) {
        self.queue.borrow_mut().close();
        self.freeze(banner);
    }

    /// The server takes no more answers from this page. It says why, and what is unsent goes to be
    /// kept beside the answers.
    pub fn retire(self: &Rc<Self>, banner: &str) {
        self.queue.borrow_mut().last_call(dom::now());
        self.freeze(banner);
    }

    fn freeze(self: &Rc<Self>, banner: &str) {
        self.flags.borrow_mut().clear();
        for control in dom::all(&self.form, "[data-item] :is(input, textarea, [name*='.'])") {
            let _ = control.set_attribute("disabled", "");
        }
        marks::banner(banner);
        self.work();
    }

    fn touched(self: &Rc<Self>, event: &Event, rest: u64) {
        let Some(origin) = dom::origin(event) else { return };
        let Some(item) = Item::around(&origin) else { return };
        let name = origin.get_attribute("name").unwrap_or_default();
        if name == format!("flag.{}", item.position) {
            if event.type_() == "change" {
                let is_set =
                    origin.dyn_ref::<HtmlInputElement>().is_some_and(HtmlInputElement::checked);
                self.flags.borrow_mut().insert(item.position, is_set);
                self.keep_flag(item.position, is_set, true);
                marks::flag(self, &item, is_set);
                self.work();
            }
        } else if name.starts_with(&format!("{}.", item.position)) {
            self.change(&item, rest);
        }
    }

    /// Buttons that this program can carry out at once. Any other one posts the form.
    fn pressed(self: &Rc<Self>, event: &Event) {
        let Some(button) = dom::origin(event).and_then(|origin| origin.closest("button").ok()?)
        else {
            return;
        };
        let is_done = contest::press(self, &button)
            || order::press(self, &button)
            || self.clear(&button)
            || walk::press(self, &button);
        if is_done {
            event.prevent_default();
        }
    }

    fn clear(self: &Rc<Self>, button: &Element) -> bool {
        let Some(item) = Item::around(button) else { return false };
        if button.get_attribute("name") != Some(format!("{}.clear", item.position)) {
            return false;
        }
        item.set_values(&Vec::new());
        self.change(&item, 0);
        true
    }

    /// Another page comes. What is on its way arrives first, so that the form has nothing stale.
    fn submits(self: &Rc<Self>, event: &Event) {
        if self.is_leaving.get() {
            return;
        }
        if self.queue.borrow().is_closed() {
            // Controls that are off would be missing from the form, which would look like no answers.
            event.prevent_default();
            let _ = dom::window().location().set_href(&self.form.action());
            return;
        }
        if !self.is_unsent() {
            self.is_leaving.set(true);
            return;
        }
        event.prevent_default();
        let submitter = event.dyn_ref::<SubmitEvent>().and_then(SubmitEvent::submitter);
        let pair = submitter.and_then(|button| {
            Some((button.get_attribute("name")?, button.get_attribute("value")?))
        });
        let (name, value) = pair.unwrap_or_else(|| ("go".to_owned(), String::new()));
        self.leave(&name, &value);
    }

    /// Sends what is unsent, then posts the form as if the button of this name was pressed. While
    /// the line is down the page stays: it holds the only copy.
    pub fn leave(self: &Rc<Self>, name: &str, value: &str) {
        if self.is_packing.replace(true) {
            return;
        }
        let (page, name, value) = (self.clone(), name.to_owned(), value.to_owned());
        self.hurry();
        spawn_local(async move {
            let until = dom::now() + LEAVE;
            while page.is_unsent() && dom::now() < until {
                dom::sleep(50).await;
            }
            page.is_packing.set(false);
            if page.is_unsent() {
                marks::status(&page, dom::now());
                marks::show_banner("stay", true);
                return;
            }
            page.is_leaving.set(true);
            let field = dom::document().create_element("input").ok();
            if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) {
                field.set_type("hidden");
                field.set_name(&name);
                field.set_value(&value);
                let _ = page.form.append_child(&field);
            }
            let _ = page.form.submit();
        });
    }

    /// Sends what is due, shows the state, and comes back when there is more to do.
    pub fn work(self: &Rc<Self>) {
        let now = dom::now();
        loop {
            let parcel = self.queue.borrow_mut().next(now, new_id);
            let Some(parcel) = parcel else { break };
            self.keep(parcel.position);
            let page = self.clone();
            spawn_local(async move { page.send(parcel).await });
        }
        self.send_flags();
        marks::status(self, now);
        let wake = self.queue.borrow().wake(now);
        if let Some(wake) = wake.map(|wake| wake.max(now + 20)) {
            // Only the latest appointment is kept; earlier timers find that it is not theirs.
            self.timer.set(wake);
            let page = self.clone();
            dom::after(wake - now, move || {
                if page.timer.get() == wake {
                    page.work();
                }
            });
        }
    }
}
