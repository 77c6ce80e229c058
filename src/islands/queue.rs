//! What waits to be sent, one entry per question. No browser in here, so tests can drive it.
//!
//! A save that was sent keeps its id and its content until the server has answered it: whatever
//! happens to the line, the server sees the same save again and gives it its first answer. What is
//! typed meanwhile waits behind it. Times are milliseconds of the browser's monotonic clock.

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize};

/// The named values of one question, as a form would post them.
pub type Fields = Vec<(String, String)>;

/// Typing rests this long before it is sent.
pub const REST: u64 = 400;
/// Typing that never rests is sent this often all the same.
const AT_LEAST: u64 = 2_000;
/// An answer that takes longer than this is shown as not sent yet.
const SLOW: u64 = 4_000;
/// The longest pause between two tries, and the first one.
const PAUSE: (u64, u64) = (15_000, 700);

/// One save on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parcel {
    /// Which question.
    pub position: u16,
    /// Names the save; the same again at every try.
    pub save: String,
    /// The version that the change was made on.
    pub base: i64,
    /// The content.
    pub fields: Fields,
}

/// What the saved mark shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Everything is at the server.
    Saved,
    /// Something is on its way.
    Saving,
    /// So many answers are only here.
    Waiting(usize),
}

#[derive(Debug, Default)]
struct Entry {
    base: i64,
    known: Fields,
    draft: Option<Draft>,
    flight: Option<Flight>,
    /// Texts of windows that are gone, each with the version that it was made on. They come after
    /// the page's own, so that the server finds them stale and both are shown.
    backlog: VecDeque<(i64, Fields)>,
    failures: u32,
    is_contested: bool,
}

#[derive(Debug)]
struct Draft {
    fields: Fields,
    since: u64,
    due: u64,
}

#[derive(Debug)]
struct Flight {
    parcel: Parcel,
    sent: u64,
    /// Set when a try failed: when to try again.
    retry: Option<u64>,
    /// It comes from the backlog: nothing that is typed here was made on it.
    is_left: bool,
}

impl Entry {
    fn is_unsent(&self) -> bool {
        self.draft.is_some() || self.flight.is_some() || !self.backlog.is_empty()
    }

    fn is_slow(&self, now: u64) -> bool {
        self.failures > 0
            || self.is_contested
            || self.flight.as_ref().is_some_and(|flight| now >= flight.sent + SLOW)
    }
}

/// The answers of one page and how far each has come.
#[derive(Debug, Default)]
pub struct Queue {
    entries: BTreeMap<u16, Entry>,
    is_closed: bool,
    is_last_call: bool,
    is_line_down: bool,
}

impl Queue {
    /// Takes in a question as the server drew it.
    pub fn know(&mut self, position: u16, base: i64, known: Fields) {
        self.entries.insert(position, Entry { base, known, ..Entry::default() });
    }

    /// The person changed something. `rest` is how long to wait for more.
    pub fn change(&mut self, position: u16, fields: Fields, now: u64, rest: u64) {
        let entry = self.entries.entry(position).or_default();
        let newest = entry.flight.as_ref().map_or(&entry.known, |flight| &flight.parcel.fields);
        if *newest == fields {
            entry.draft = None;
            return;
        }
        let since = entry.draft.as_ref().map_or(now, |draft| draft.since);
        let due = (now + rest).min(since + AT_LEAST.max(rest));
        entry.draft = Some(Draft { fields, since, due });
    }

    /// Nothing waits for more typing: leave, hide, submit, "keep this order".
    pub fn hurry(&mut self, now: u64) {
        for entry in self.entries.values_mut() {
            if let Some(draft) = &mut entry.draft {
                draft.due = now;
            }
            if let Some(retry) = entry.flight.as_mut().and_then(|flight| flight.retry.as_mut()) {
                *retry = now;
            }
        }
    }

    /// The next save that is due, marked as sent. Per question only one is on its way.
    pub fn next(&mut self, now: u64, new_id: impl FnOnce() -> String) -> Option<Parcel> {
        if self.is_closed && !self.is_last_call {
            return None;
        }
        for (position, entry) in &mut self.entries {
            if entry.is_contested {
                continue;
            }
            if let Some(flight) = &mut entry.flight {
                if flight.retry.is_some_and(|retry| retry <= now) {
                    flight.retry = None;
                    flight.sent = now;
                    return Some(flight.parcel.clone());
                }
                continue;
            }
            let is_left = entry.draft.is_none();
            let due = if is_left {
                entry.backlog.pop_front()
            } else {
                let draft = entry.draft.take_if(|draft| draft.due <= now);
                draft.map(|draft| (entry.base, draft.fields))
            };
            if let Some((base, fields)) = due {
                let parcel = Parcel { position: *position, save: new_id(), base, fields };
                let flight = Flight { parcel: parcel.clone(), sent: now, retry: None, is_left };
                entry.flight = Some(flight);
                return Some(parcel);
            }
        }
        None
    }

    /// The server has it, under this version. Answers to saves that nobody waits for are ignored.
    /// Gives what the page has to show when it was the text of a window that is gone.
    pub fn acknowledge(&mut self, position: u16, save: &str, version: i64) -> Option<Fields> {
        let entry = self.entry_of(position, save)?;
        let flight = entry.flight.take()?;
        entry.failures = 0;
        if entry.draft.as_ref().is_some_and(|draft| draft.fields == flight.parcel.fields) {
            entry.draft = None;
        }
        if flight.is_left && entry.draft.is_some() {
            // What is typed here was not made on it. With its own version it will be found stale.
            return None;
        }
        entry.base = version;
        entry.known = flight.parcel.fields;
        flight.is_left.then(|| entry.known.clone())
    }

    /// No answer, or one that is not the server's: the same save is tried again later.
    pub fn fail(&mut self, position: u16, save: &str, now: u64) {
        let Some(entry) = self.entry_of(position, save) else { return };
        let (longest, first) = PAUSE;
        let pause = (first << entry.failures.min(5)).min(longest);
        // Spread by a part of the save's id, so that a whole room does not come back at once.
        let spread = save.bytes().map(u64::from).sum::<u64>() % 400;
        entry.failures += 1;
        if let Some(flight) = &mut entry.flight {
            flight.retry = Some(now + pause + spread);
        }
    }

    /// Another window saved this question first. It rests until the person has chosen.
    pub fn contest(&mut self, position: u16, save: &str, version: i64, theirs: Fields) {
        let Some(entry) = self.entry_of(position, save) else { return };
        let flight = entry.flight.take();
        if let Some(flight) = flight.as_ref().filter(|_| entry.draft.is_some())
            && flight.is_left
        {
            // Typing goes on meanwhile: that is saved first, and this one asked about afterwards.
            entry.backlog.push_front((flight.parcel.base, flight.parcel.fields.clone()));
            return;
        }
        let mine = entry.draft.take().map(|draft| draft.fields);
        let mine = mine.or_else(|| flight.map(|flight| flight.parcel.fields));
        entry.backlog.retain(|(_, fields)| *fields != theirs);
        entry.failures = 0;
        entry.base = version;
        entry.known = theirs;
        if let Some(fields) = mine.filter(|fields| *fields != entry.known) {
            entry.draft = Some(Draft { fields, since: 0, due: 0 });
            entry.is_contested = true;
        }
    }

    /// The person has chosen: the own text is sent as a change of the newer one, or dropped.
    pub fn settle(&mut self, position: u16, keeps_own: bool) {
        if let Some(entry) = self.entries.get_mut(&position) {
            entry.is_contested = false;
            if !keeps_own {
                entry.draft = None;
            }
        }
    }

    /// The server drew the page with a newer answer beside what was typed: the person has to choose.
    pub fn hold(&mut self, position: u16, mine: Fields) {
        let entry = self.entries.entry(position).or_default();
        entry.draft = Some(Draft { fields: mine, since: 0, due: 0 });
        entry.is_contested = true;
    }

    /// Whether the person has to choose between two texts.
    pub fn is_contested(&self, position: u16) -> bool {
        self.entries.get(&position).is_some_and(|entry| entry.is_contested)
    }

    /// The server takes nothing more from this page.
    pub fn close(&mut self) {
        (self.is_closed, self.is_last_call) = (true, false);
    }

    /// The time is over, or another device has it: nothing changes here any more. What is unsent
    /// still goes, two texts or not, because the server keeps it beside the answers.
    pub fn last_call(&mut self, now: u64) {
        (self.is_closed, self.is_last_call) = (true, true);
        for entry in self.entries.values_mut() {
            entry.is_contested = false;
        }
        self.hurry(now);
    }

    /// Whether the line to the server is known to be down.
    pub fn line(&mut self, is_down: bool) {
        self.is_line_down = is_down;
    }

    /// Whether that was told.
    pub fn is_line_down(&self) -> bool {
        self.is_line_down
    }

    /// Whether the server takes nothing more.
    pub fn is_closed(&self) -> bool {
        self.is_closed
    }

    /// The version that the next change of this question is made on.
    pub fn base(&self, position: u16) -> i64 {
        self.entries.get(&position).map_or(0, |entry| entry.base)
    }

    /// The saves whose answers are awaited right now.
    pub fn flying(&self) -> Vec<Parcel> {
        self.entries
            .values()
            .filter_map(|entry| entry.flight.as_ref())
            .filter(|flight| flight.retry.is_none())
            .map(|flight| flight.parcel.clone())
            .collect()
    }

    /// Whether something is only here.
    pub fn is_unsent(&self) -> bool {
        self.entries.values().any(Entry::is_unsent)
    }

    /// Whether the line seems to be down: a save was lost or its answer takes very long.
    pub fn is_cut_off(&self, now: u64) -> bool {
        !self.is_closed
            && (self.is_line_down
                || self.entries.values().any(|entry| !entry.is_contested && entry.is_slow(now)))
    }

    /// What the saved mark shows.
    pub fn status(&self, now: u64) -> Status {
        let waiting = self
            .entries
            .values()
            .filter(|entry| entry.is_unsent())
            .filter(|entry| self.is_closed || self.is_line_down || entry.is_slow(now))
            .count();
        match waiting {
            0 if self.is_unsent() => Status::Saving,
            0 => Status::Saved,
            count => Status::Waiting(count),
        }
    }

    /// When something happens next without the person: a save, a try, a mark that changes.
    pub fn wake(&self, now: u64) -> Option<u64> {
        if self.is_closed && !self.is_last_call {
            return None;
        }
        self.entries
            .values()
            .filter(|entry| !entry.is_contested)
            .filter_map(|entry| match (&entry.flight, &entry.draft) {
                (Some(Flight { retry: Some(retry), .. }), _) => Some(*retry),
                (Some(flight), _) => Some(flight.sent + SLOW).filter(|slow| *slow > now),
                (None, Some(draft)) => Some(draft.due),
                (None, None) => (!entry.backlog.is_empty()).then_some(now),
            })
            .min()
    }

    fn entry_of(&mut self, position: u16, save: &str) -> Option<&mut Entry> {
        self.entries
            .get_mut(&position)
            .filter(|entry| entry.flight.as_ref().is_some_and(|flight| flight.parcel.save == save))
    }
}

#[path = "queue_kept.rs"]
mod kept;

pub use kept::{Kept, Restored};

#[cfg(test)]
#[path = "queue_tests.rs"]
mod tests;
