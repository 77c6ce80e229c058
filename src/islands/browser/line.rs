//! Is the server there? A stream that beats, and a question whenever it falls silent.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Event, EventSource, MessageEvent};

use super::autosave::Page;
use super::{countdown, dom};
use crate::api::attempt;

/// The stream beats every two seconds; after so many milliseconds without one the server is asked.
const SILENCE: u64 = 2_600;
/// An answer that takes longer is none.
const PATIENCE: u64 = 2_000;
/// Between two questions while nobody answers.
const PAUSE: u64 = 2_500;
/// A shorter interruption takes nobody's time.
const CREDITED: u64 = 10_000;
/// Between two tries to get a stream.
const RENEW: u64 = 20_000;

struct Line {
    page: Rc<Page>,
    stream: RefCell<Option<EventSource>>,
    opened: Cell<u64>,
    /// When the stream was heard last; none when it says nothing.
    heard: Cell<Option<u64>>,
    asked: Cell<u64>,
    /// Since when it is down.
    down: Cell<u64>,
    is_asking: Cell<bool>,
}

/// Watches the line of a page from now on.
pub fn start(page: &Rc<Page>) {
    let line = Rc::new(Line {
        page: page.clone(),
        stream: RefCell::default(),
        opened: Cell::new(0),
        heard: Cell::new(None),
        asked: Cell::new(0),
        down: Cell::new(0),
        is_asking: Cell::new(false),
    });
    let window = dom::window();
    let gone = line.clone();
    dom::listen(&window, "offline", move |_| gone.set(true));
    let back = line.clone();
    dom::listen(&window, "online", move |_| back.ask());
    let seen = line.clone();
    dom::listen(&dom::document(), "visibilitychange", move |_| seen.follow());
    if dom::kept_for().is_some() || !window.navigator().on_line() {
        line.set(true);
    }
    line.follow();
    spawn_local(async move {
        loop {
            dom::sleep(400).await;
            line.look();
        }
    });
}

impl Line {
    /// A window that nobody sees needs no stream.
    fn follow(self: &Rc<Self>) {
        let is_wanted = !dom::document().hidden() && !self.page.queue.borrow().is_closed();
        if !is_wanted {
            self.part();
        } else if self.stream.borrow().is_none() {
            self.open();
        }
    }

    fn part(&self) {
        if let Some(stream) = self.stream.take() {
            stream.close();
        }
        self.heard.set(None);
    }

    fn open(self: &Rc<Self>) {
        self.opened.set(dom::now());
        let path = format!("/take/{}/clock", self.page.facts.invitation);
        let Ok(stream) = EventSource::new(&path) else { return };
        let on = |kind: &str, act: fn(&Rc<Self>, &Event)| {
            let line = self.clone();
            dom::listen(&stream, kind, move |event| act(&line, &event));
        };
        on("open", |line, _| line.hear());
        on("beat", |line, _| line.hear());
        on("clock", |line, event| {
            line.hear();
            let text = event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string());
            if let Some(state) = text.and_then(|text| serde_json::from_str(&text).ok()) {
                countdown::told(&state);
            }
        });
        on("error", |line, _| {
            let is_refused = line
                .stream
                .borrow()
                .as_ref()
                .is_some_and(|stream| stream.ready_state() == EventSource::CLOSED);
            if is_refused {
                line.part();
            }
            line.ask();
        });
        self.stream.replace(Some(stream));
    }

    fn hear(&self) {
        self.heard.set(Some(dom::now()));
        self.set(false);
    }

    fn look(self: &Rc<Self>) {
        let now = dom::now();
        if dom::document().hidden() || self.page.queue.borrow().is_closed() {
            return;
        }
        let is_silent = self.heard.get().is_some_and(|heard| now > heard + SILENCE);
        let is_down = self.page.queue.borrow().is_line_down();
        if (is_silent || is_down) && now > self.asked.get() + PAUSE {
            self.ask();
        }
        if self.heard.get().is_none() && now > self.opened.get() + RENEW {
            self.part();
            self.open();
        }
    }

    /// Asks the server for the time. No answer means that the line is down.
    fn ask(self: &Rc<Self>) {
        self.asked.set(dom::now());
        if self.is_asking.replace(true) {
            return;
        }
        let line = self.clone();
        spawn_local(async move {
            let asking = attempt::clock(line.page.facts.invitation);
            let answer = dom::within(PATIENCE, asking).await;
            line.is_asking.set(false);
            match answer {
                Some(Ok(state)) => {
                    // The stream is silent although the server speaks: it says nothing about the
                    // line until it is heard again.
                    if line.heard.get().is_some_and(|heard| dom::now() > heard + SILENCE) {
                        line.heard.set(None);
                    }
                    line.set(false);
                    countdown::told(&state);
                }
                Some(Err(error)) if !error.is_passing() => line.set(false),
                None | Some(Err(_)) => line.set(true),
            }
        });
    }

    fn set(&self, is_down: bool) {
        let was_down = self.page.queue.borrow().is_line_down();
        if was_down == is_down {
            return;
        }
        self.page.queue.borrow_mut().line(is_down);
        let now = dom::now();
        if is_down {
            self.down.set(now);
            self.page.work();
            return;
        }
        // Asked for before the answers that waited arrive: these prove that the line was there.
        let away = now - self.down.get();
        let page = self.page.clone();
        spawn_local(async move {
            if away >= CREDITED {
                let away = i64::try_from(away).unwrap_or(i64::MAX);
                let asking = attempt::line(page.facts.invitation, page.facts.attempt, away);
                if let Some(Ok(state)) = dom::within(PATIENCE, asking).await {
                    countdown::told(&state);
                }
            }
            page.hurry();
        });
    }
}
