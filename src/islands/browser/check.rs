//! Looks at the device before the start.

use js_sys::{Array, Date, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;

use super::keep::Store;
use super::{dom, marks};
use crate::api::attempt::{self, Checkup};
use crate::islands::check::Findings;

/// A server that takes longer does not answer.
const PATIENCE: u64 = 10_000;
/// A clock that is wrong by less is right, in milliseconds.
const RIGHT: i64 = 60_000;

/// Looks, tells, and has it stored.
pub fn start(findings: Findings) {
    spawn_local(async move {
        let store = Store::open(findings.invitation);
        let is_kept = store.is_able && store.try_out().await;
        tell("storage", &findings.keeps[usize::from(!is_kept)]);
        if is_kept {
            store.watch();
        }
        let mut checkup = Checkup { is_kept, trip: 0, skew: 0, zone: zone().unwrap_or_default() };
        // The first answer warms the way, the second is measured.
        for _ in 0..2 {
            let begin = dom::now();
            let asking = attempt::check(findings.invitation, checkup.clone());
            let Some(Ok(checked)) = dom::within(PATIENCE, asking).await else {
                tell("trip", &findings.no_trip);
                return;
            };
            let trip = i64::try_from(dom::now() - begin).unwrap_or_default();
            checkup.trip = trip;
            checkup.skew = wall() - checked.now - trip / 2;
            if let Some(place) = dom::find_here("[data-own-zone]") {
                dom::write(&place, &checked.deadline);
                dom::show(&place, !checked.deadline.is_empty());
            }
        }
        tell("trip", &marks::fill(&findings.trip, &[("n", &checkup.trip.to_string())]));
        let is_wrong = checkup.skew.abs() > RIGHT;
        let seconds = (checkup.skew.abs() / 1_000).to_string();
        tell("clock", &marks::fill(&findings.clock[usize::from(is_wrong)], &[("n", &seconds)]));
        // What was measured last is what is stored.
        let _ = dom::within(PATIENCE, attempt::check(findings.invitation, checkup)).await;
    });
}

fn tell(name: &str, sentence: &str) {
    if let Some(place) = dom::find_here(&format!("[data-check='{name}']")) {
        dom::write(&place, sentence);
        dom::show(&place, true);
    }
}

#[expect(clippy::disallowed_methods, reason = "how wrong this clock is, is what is asked")]
#[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 fit")]
fn wall() -> i64 {
    Date::now() as i64
}

/// The browser's own time zone: `Europe/Oslo`.
fn zone() -> Option<String> {
    let intl = Reflect::get(&dom::window(), &"Intl".into()).ok()?;
    let maker: Function = Reflect::get(&intl, &"DateTimeFormat".into()).ok()?.dyn_into().ok()?;
    let format = Reflect::construct(&maker, &Array::new()).ok()?;
    let options: Function =
        Reflect::get(&format, &"resolvedOptions".into()).ok()?.dyn_into().ok()?;
    let options: Object = options.call0(&format).ok()?.dyn_into().ok()?;
    Reflect::get(&options, &JsValue::from("timeZone")).ok()?.as_string()
}
