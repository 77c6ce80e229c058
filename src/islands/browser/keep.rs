//! The device's own store: what is typed lies there until the server has it. The store itself is
//! `public/keep.js`, which the service worker reads too.

use std::rc::Rc;

use js_sys::{Array, Date, Function, Promise, Reflect};
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::autosave::Page;
use super::fields;
use super::send::new_id;
use super::{dom, marks};
use crate::domain::id::InvitationId;
use crate::islands::queue::{Fields, Kept, Restored};

const UNSENT: &str = "unsent";
const PAGE: &str = "page";

/// The store of one invitation, as one window sees it.
pub struct Store {
    invitation: String,
    window: String,
    /// Whether this browser can keep anything sealed.
    pub is_able: bool,
}

/// What the server acknowledged last; the kept page is drawn anew from it.
#[derive(Serialize, Deserialize)]
struct Known {
    version: i64,
    fields: Fields,
}

impl Store {
    /// The store of an invitation.
    pub fn open(invitation: InvitationId) -> Self {
        let is_able = library()
            .and_then(|keep| Reflect::get(&keep, &"isAble".into()).ok())
            .is_some_and(|is_able| is_able.is_truthy());
        Self { invitation: invitation.to_string(), window: new_id(), is_able }
    }

    /// Lets the service worker answer while the network is away.
    pub fn watch(&self) {
        let watching = self.call("watch", &[]);
        spawn_local(async move {
            watching.await;
        });
    }

    /// Calls a function of the library; none when it failed.
    fn call(&self, name: &str, rest: &[&str]) -> impl Future<Output = Option<JsValue>> + use<> {
        let values = Array::of1(&self.invitation.as_str().into());
        for value in rest {
            values.push(&(*value).into());
        }
        let answer = self.is_able.then(|| {
            let keep = library()?;
            let work: Function = Reflect::get(&keep, &name.into()).ok()?.dyn_into().ok()?;
            work.apply(&keep, &values).ok()
        });
        async move { JsFuture::from(Promise::resolve(&answer.flatten()?)).await.ok() }
    }

    /// Whether something that is put there can be read again.
    pub async fn try_out(&self) -> bool {
        let is_put = self.call("put", &[PAGE, "check", "1"]).await.is_some();
        let read = self.call("get", &[PAGE, "check"]).await.and_then(|read| read.as_string());
        self.call("drop", &[PAGE, "check"]).await;
        is_put && read.as_deref() == Some("1")
    }

    async fn load(&self, store: &str) -> Vec<(String, String)> {
        let Some(list) = self.call("all", &[store]).await else { return Vec::new() };
        let texts: Vec<String> =
            Array::from(&list).iter().filter_map(|value| value.as_string()).collect();
        texts
            .chunks_exact(2)
            .filter_map(|pair| Some((pair.first()?.clone(), pair.get(1)?.clone())))
            .collect()
    }

    /// Windows that are open now and keep their own records.
    async fn windows(&self) -> Vec<String> {
        let keep = Self { invitation: self.window.clone(), window: String::new(), ..*self };
        let list = keep.call("windows", &[]).await.unwrap_or_default();
        Array::from(&list).iter().filter_map(|value| value.as_string()).collect()
    }

    fn name(&self, what: &str) -> String {
        format!("{}/{what}", self.window)
    }
}

fn library() -> Option<JsValue> {
    Reflect::get(&dom::window(), &"keep".into()).ok().filter(JsValue::is_object)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "milliseconds since 1970 are positive and far below the largest number"
)]
#[expect(
    clippy::disallowed_methods,
    reason = "a guess for the page; the server decides by its own clock"
)]
fn wall() -> u64 {
    Date::now() as u64
}

impl Page {
    /// Writes down how a question stands, once what is being written is there.
    pub fn keep(self: &Rc<Self>, position: u16) {
        if !self.store.is_able {
            return;
        }
        self.unwritten.borrow_mut().insert(position);
        if !self.is_loaded.get() || self.is_writing.replace(true) {
            return;
        }
        let page = self.clone();
        spawn_local(async move {
            let mut is_kept = true;
            loop {
                let next = page.unwritten.borrow_mut().pop_first();
                let Some(position) = next else { break };
                is_kept &= page.write(position).await;
            }
            page.is_writing.set(false);
            page.is_kept.set(is_kept);
            marks::status(&page, dom::now());
        });
    }

    /// Whether all that is unsent lies on this device.
    pub fn is_safe(&self) -> bool {
        self.is_kept.get() && !self.is_writing.get() && self.unwritten.borrow().is_empty()
    }

    async fn write(&self, position: u16) -> bool {
        let own = self.store.name(&position.to_string());
        let (kept, known) = {
            let queue = self.queue.borrow();
            let kept = queue.kept(position, &self.facts.attempt.to_string(), wall());
            let known = queue.known(position);
            (kept, known.map(|(version, fields)| Known { version, fields: fields.clone() }))
        };
        if let Some(kept) = kept {
            let Ok(text) = serde_json::to_string(&kept) else { return false };
            return self.store.call("put", &[UNSENT, &own, &text]).await.is_some();
        }
        let Some(text) = known.and_then(|known| serde_json::to_string(&known).ok()) else {
            return true;
        };
        let mark = format!("k{position}");
        let is_done = self.store.call("settle", &[&own, &mark, &text]).await.is_some();
        let behind = self.behind.borrow_mut().remove(&position);
        for name in behind.into_iter().flatten() {
            self.store.call("drop", &[UNSENT, &name]).await;
        }
        is_done
    }

    /// Keeps a flag that the server does not know yet, or that it knows now.
    pub fn keep_flag(self: &Rc<Self>, position: u16, is_flagged: bool, is_unsent: bool) {
        let (mark, text) = (format!("f{position}"), is_flagged.to_string());
        let own = self.store.name(&mark);
        let writing = if is_unsent {
            self.store.call("put", &[UNSENT, &own, &text])
        } else {
            self.store.call("settle", &[&own, &mark, &text])
        };
        spawn_local(async move {
            writing.await;
        });
    }

    /// Takes up what the device kept: of this page, and of windows that are gone.
    pub async fn take_up(self: Rc<Self>) {
        if self.store.is_able {
            self.store.watch();
            let open = self.store.windows().await;
            let is_old = dom::kept_for().is_some();
            for (name, text) in self.store.load(PAGE).await {
                self.catch_up(&name, &text, is_old);
            }
            let mut left = Vec::new();
            for (name, text) in self.store.load(UNSENT).await {
                let Some((window, what)) = name.split_once('/') else { continue };
                if open.iter().any(|other| other == window) {
                    continue;
                }
                if let Ok(kept) = serde_json::from_str::<Kept>(&text) {
                    left.push((kept, name));
                } else if let Some(position) = what.strip_prefix('f').and_then(|at| at.parse().ok())
                {
                    self.flags.borrow_mut().entry(position).or_insert(text == "true");
                    marks::flag_at(&self, position, text == "true");
                    self.keep_flag(position, text == "true", true);
                    self.store.call("drop", &[UNSENT, &name]).await;
                }
            }
            left.sort_by_key(|(kept, _)| kept.at);
            for (kept, name) in left {
                self.restore(kept, name).await;
            }
        }
        self.is_loaded.set(true);
        let unwritten: Vec<u16> = self.unwritten.borrow().iter().copied().collect();
        for position in unwritten {
            self.keep(position);
        }
        self.work();
    }

    fn catch_up(&self, name: &str, text: &str, is_old: bool) {
        if let Some(position) = name.strip_prefix('k').and_then(|at| at.parse().ok()) {
            let Ok(known) = serde_json::from_str::<Known>(text) else { return };
            let Some(item) = fields::item(&self.form, position) else { return };
            if self.queue.borrow_mut().catch_up(position, known.version, &known.fields) {
                item.set_values(&known.fields);
                item.keep_facts(known.version);
                marks::answer(self, &item, &known.fields);
            }
        } else if let Some(position) = name.strip_prefix('f').and_then(|at| at.parse().ok())
            && is_old
        {
            marks::flag_at(self, position, text == "true");
        }
    }

    async fn restore(self: &Rc<Self>, kept: Kept, name: String) {
        let position = kept.position;
        let Some(item) = fields::item(&self.form, position) else { return };
        if kept.attempt != self.facts.attempt.to_string() {
            return;
        }
        let restored = self.queue.borrow_mut().restore(kept, dom::now());
        match restored {
            Restored::Shown(fields) => {
                item.set_values(&fields);
                marks::answer(self, &item, &fields);
                if self.write(position).await {
                    self.store.call("drop", &[UNSENT, &name]).await;
                    return;
                }
            }
            Restored::Behind => {}
            Restored::Same => {
                self.store.call("drop", &[UNSENT, &name]).await;
                return;
            }
        }
        self.behind.borrow_mut().entry(position).or_default().push(name);
    }
}
