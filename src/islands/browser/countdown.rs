//! Counts down from what the server said, with a clock that nobody can set.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlFormElement};

use super::{autosave, dom, marks};
use crate::api::attempt::{self, ClockState};
use crate::islands::clock::{self, LATE, Notice};
use crate::islands::countdown::Timing;

/// How often the server is asked when nothing is saved, in milliseconds.
const ASK: u64 = 30_000;
/// How soon it is asked again near the end or without an answer.
const ASK_SOON: u64 = 3_000;
/// The clock is nudged by trips; what is more than this was given.
const GIVEN: i64 = 8_000;
/// A little longer than saves still count after the end.
const GRACE: u64 = 12_000;

struct Clock {
    timing: Timing,
    place: Element,
    /// When the time is over, in milliseconds of this page's clock.
    end: Cell<i64>,
    shown: Cell<i64>,
    /// The end as words.
    at: RefCell<String>,
    asked: Cell<u64>,
    is_over: Cell<bool>,
    /// A page that has nothing to send is handed in once.
    is_handed_in: Cell<bool>,
}

thread_local! {
    static CLOCK: RefCell<Option<Rc<Clock>>> = const { RefCell::new(None) };
}

/// Wakes the clock.
pub fn start(timing: Timing) {
    let Some(place) = dom::find_here(".clock") else { return };
    // A page that was kept on the device was drawn long ago.
    let left = timing.left - dom::kept_for().unwrap_or(0);
    let clock = Rc::new(Clock {
        // This page's clock began when it was asked for, shortly before the server drew it.
        end: Cell::new(left),
        shown: Cell::new(left / 1000 + 1),
        at: RefCell::new(timing.at.clone()),
        asked: Cell::new(dom::now()),
        is_over: Cell::new(false),
        is_handed_in: Cell::new(false),
        timing,
        place,
    });
    CLOCK.replace(Some(clock.clone()));
    clock.tick();
    let waking = clock.clone();
    dom::listen(&dom::document(), "visibilitychange", move |_| waking.ask());
    spawn_local(async move {
        loop {
            dom::sleep(250).await;
            clock.tick();
        }
    });
}

/// The server has said how the attempt stands, without being asked by the clock.
pub fn told(state: &ClockState) {
    match CLOCK.with_borrow(Clone::clone) {
        Some(clock) => {
            clock.hear(state);
            clock.follow(state);
        }
        None => {
            if let Some(code) = &state.closed {
                close(code);
            }
        }
    }
}

/// Tells how much time is left, to who asks for it.
pub fn tell() {
    if let Some(clock) = CLOCK.with_borrow(Clone::clone) {
        clock.tell_left();
    }
}

/// The server has said how much is left.
pub fn hear(state: &ClockState) {
    if let Some(clock) = CLOCK.with_borrow(Clone::clone) {
        clock.hear(state);
    }
}

impl Clock {
    fn left(&self) -> i64 {
        self.end.get() - i64::try_from(dom::now()).unwrap_or(i64::MAX)
    }

    fn hear(&self, state: &ClockState) {
        self.asked.set(dom::now());
        let Some(left) = state.left else { return };
        let before = self.left();
        self.end.set(left + i64::try_from(dom::now()).unwrap_or_default());
        if let Some(ends) = &state.ends {
            self.at.replace(ends.clone());
            if let Some(place) = dom::find(&self.place, ".clock-ends") {
                dom::write(&place, &marks::fill(&self.timing.ends, &[("n", ends)]));
            }
            if left > before + GIVEN {
                let sentence = marks::fill(&self.timing.more, &[("n", ends)]);
                marks::say(&sentence);
                marks::notice(&sentence);
            }
        }
        if left > 0 {
            self.is_over.set(false);
        }
    }

    fn tick(self: &Rc<Self>) {
        let left = self.left();
        let seconds = (left.max(0) + 999) / 1000;
        if seconds != self.shown.get() {
            let before = self.shown.replace(seconds);
            if let Some(digits) = dom::find(&self.place, "b") {
                dom::write(&digits, &clock::digits(seconds));
            }
            dom::class(&self.place, "clock-late", seconds <= LATE);
            if seconds > LATE {
                // Time was given: the warning was true before.
                marks::show_banner("time", false);
            }
            if let Some(notice) = clock::notice(self.timing.total, before, seconds) {
                self.tell(notice);
            }
        }
        let pause = if left < 60_000 { ASK_SOON } else { ASK };
        if left <= 0 && !self.is_over.get() {
            self.is_over.set(true);
            self.ask();
        } else if dom::now() > self.asked.get() + pause {
            self.ask();
        }
    }

    fn tell_left(&self) {
        let seconds = self.shown.get();
        let (minutes, rest) = ((seconds / 60).to_string(), (seconds % 60).to_string());
        let at = self.at.borrow();
        let values = [("m", minutes.as_str()), ("s", rest.as_str()), ("n", at.as_str())];
        let sentence = marks::fill(&self.timing.tell, &values);
        marks::say(&sentence);
        // Who hides the digits sees them when asking.
        marks::notice(&sentence);
    }

    fn tell(&self, notice: Notice) {
        let index = match notice {
            Notice::Half => 0,
            Notice::Ten => 1,
            Notice::Five => 2,
            Notice::One => 3,
        };
        let at = self.at.borrow();
        let sentence = marks::fill(&self.timing.notices[index], &[("n", at.as_str())]);
        marks::say(&sentence);
        if matches!(notice, Notice::Five | Notice::One) {
            if let Some(words) = dom::find_here("[data-banner='time'] b") {
                dom::write(&words, &sentence);
            }
            marks::banner("time");
        } else {
            marks::notice(&sentence);
        }
    }

    /// Asks for the time. The server's answer decides whether the page is handed in.
    fn ask(self: &Rc<Self>) {
        self.asked.set(dom::now());
        let clock = self.clone();
        spawn_local(async move {
            let invitation = clock.timing.invitation;
            let asking = dom::now();
            let Some(Ok(state)) = dom::within(ASK, attempt::clock(invitation)).await else {
                return;
            };
            clock.hear(&state);
            // What was said is as old as the way back: about half of the whole way.
            let trip = i64::try_from(dom::now() - asking).unwrap_or_default();
            clock.end.set(clock.end.get() - trip / 2);
            clock.follow(&state);
        });
    }

    fn follow(&self, state: &ClockState) {
        if state.left.is_some_and(|left| left <= 0) {
            if !self.is_handed_in.replace(autosave::open_page().is_none()) {
                hand_in();
            }
        } else if let Some(code) = &state.closed {
            close(code);
        }
    }
}

/// The time is over: what is unsent goes first, then the server ends the attempt.
fn hand_in() {
    if let Some(page) = autosave::open_page() {
        page.leave("go", "time");
    } else if let Some(form) = dom::find_here("form[data-hand-in]") {
        if let Some(form) = form.dyn_ref::<HtmlFormElement>() {
            let _ = form.submit();
        }
    } else {
        // The server ends it by itself after the grace; until then there is nothing to do here.
        dom::after(GRACE, reload);
    }
}

/// This page may not write any more.
fn close(code: &str) {
    match autosave::open_page() {
        // What is typed goes first, then the page of the pause comes.
        Some(page) if code == "paused" => page.leave("go", ""),
        Some(page) => page.retire(code),
        None => reload(),
    }
}

fn reload() {
    let _ = dom::window().location().reload();
}
