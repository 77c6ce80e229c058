//! Between the queue and the server.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use web_sys::RequestInit;

use super::autosave::Page;
use super::fields::{self, Item};
use super::{contest, countdown, dom, marks};
use crate::api::attempt::{self, Change, FlagChange, Save, SaveRefusal, Saved};
use crate::domain::id::SaveId;
use crate::islands::autosave::Facts;
use crate::islands::queue::Parcel;

/// A request without an answer is given up and tried again after this long.
const PATIENCE: u64 = 10_000;
/// A flag that was lost is sent again after this long.
const AGAIN: u64 = 2_000;

impl Page {
    /// Sends one save and takes in its answer.
    pub(super) async fn send(self: Rc<Self>, parcel: Parcel) {
        let (position, save) = (parcel.position, parcel.save.clone());
        let Some(change) = self.pack(parcel) else { return };
        let answer = dom::within(PATIENCE, attempt::save(change)).await;
        let item = fields::item(&self.form, position);
        match answer {
            Some(Ok(saved)) => self.saved(item.as_ref(), position, &save, &saved),
            Some(Err(SaveRefusal::Stale(newer))) => {
                let is_mine = {
                    let mut queue = self.queue.borrow_mut();
                    queue.contest(position, &save, newer.version, newer.fields.clone());
                    queue.is_contested(position)
                };
                if let Some(item) = item {
                    item.keep_facts(newer.version);
                    if is_mine {
                        contest::show(&item, &newer);
                    }
                }
            }
            Some(Err(SaveRefusal::Kept(code))) => {
                // The server has the text, beside the answers.
                let version = self.queue.borrow().base(position);
                self.queue.borrow_mut().acknowledge(position, &save, version);
                self.retire(&code);
            }
            Some(Err(SaveRefusal::Other(error))) if !error.is_passing() => self.close("refused"),
            None | Some(Err(SaveRefusal::Other(_))) => {
                self.queue.borrow_mut().fail(position, &save, dom::now());
            }
        }
        self.keep(position);
        self.work();
    }

    fn saved(&self, item: Option<&Item>, position: u16, save: &str, saved: &Saved) {
        let left = self.queue.borrow_mut().acknowledge(position, save, saved.version);
        if let Some(item) = item {
            if let Some(fields) = left {
                item.set_values(&fields);
                marks::answer(self, item, &fields);
            }
            item.keep_facts(saved.version);
            marks::progress(self, item, saved.state);
        }
        marks::saved_at(self, &saved.at);
        countdown::hear(&saved.clock);
    }

    fn pack(&self, parcel: Parcel) -> Option<Change> {
        let save: SaveId = parcel.save.parse().ok()?;
        Some(Change {
            invitation: self.facts.invitation,
            attempt: self.facts.attempt,
            position: parcel.position,
            base: parcel.base,
            save,
            fields: parcel.fields,
        })
    }

    /// Sends the next flag that the server does not know.
    pub(super) fn send_flags(self: &Rc<Self>) {
        let next = self.flags.borrow().iter().next().map(|(at, is_set)| (*at, *is_set));
        let Some((position, is_flagged)) = next.filter(|_| !self.is_flagging.get()) else { return };
        self.is_flagging.set(true);
        let page = self.clone();
        let Facts { invitation, attempt, .. } = self.facts;
        let flag = FlagChange { invitation, attempt, position, is_flagged };
        spawn_local(async move {
            let answer = dom::within(PATIENCE, attempt::flag(flag)).await;
            page.is_flagging.set(false);
            let is_passing = match &answer {
                Some(Ok(())) => false,
                Some(Err(error)) => error.is_passing(),
                None => true,
            };
            if is_passing {
                let page = page.clone();
                dom::after(AGAIN, move || page.work());
                return;
            }
            {
                let mut flags = page.flags.borrow_mut();
                if flags.get(&position) == Some(&is_flagged) {
                    flags.remove(&position);
                }
            }
            page.keep_flag(position, is_flagged, false);
            if answer.is_some_and(|answer| answer.is_ok()) {
                marks::keep_flag(&page, position, is_flagged);
            }
            page.work();
        });
    }

    /// The page goes away. Nobody will hear the answers; should the page come back, the same saves
    /// are sent again.
    pub(super) fn part(self: &Rc<Self>) {
        let now = dom::now();
        let mut parcels = self.queue.borrow().flying();
        self.queue.borrow_mut().hurry(now);
        while let Some(parcel) = self.queue.borrow_mut().next(now, new_id) {
            parcels.push(parcel);
        }
        for parcel in parcels {
            let (position, save) = (parcel.position, parcel.save.clone());
            let Some(change) = self.pack(parcel) else { continue };
            if let Ok(body) = serde_json::to_string(&Save { change }) {
                send_and_forget("/do/save", "application/json", &body);
            }
            self.queue.borrow_mut().fail(position, &save, now);
        }
    }
}

/// Posts in a way that outlives the page.
pub(super) fn send_and_forget(path: &str, kind: &str, body: &str) {
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(&body.into());
    let _ = js_sys::Reflect::set(&init, &"keepalive".into(), &true.into());
    if let Ok(headers) = web_sys::Headers::new() {
        let _ = headers.set("content-type", kind);
        init.set_headers(&headers);
    }
    let _ = dom::window().fetch_with_str_and_init(path, &init);
}

/// A new save's name. `randomUUID` is missing where the address is not https, so it is made here.
pub(super) fn new_id() -> String {
    let mut bytes = [0; 16];
    if let Ok(crypto) = dom::window().crypto() {
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
}
