//! What waits to be sent, one entry per question. No browser in here, so tests can drive it.
//!
//! A save that was sent keeps its id and its content until the server has answered it: whatever
//! happens to the line, the server sees the same save again and gives it its first answer. What is
//! typed meanwhile waits behind it. Times are milliseconds of the browser's monotonic clock.

use std::collections::BTreeMap;

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
#[derive(Debug, Clone, PartialEq, Eq)]
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
}

impl Entry {
    fn is_unsent(&self) -> bool {
        self.draft.is_some() || self.flight.is_some()
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
        if self.is_closed {
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
            } else if entry.draft.as_ref().is_some_and(|draft| draft.due <= now) {
                let fields = entry.draft.take().map(|draft| draft.fields).unwrap_or_default();
                let parcel =
                    Parcel { position: *position, save: new_id(), base: entry.base, fields };
                entry.flight = Some(Flight { parcel: parcel.clone(), sent: now, retry: None });
                return Some(parcel);
            }
        }
        None
    }

    /// The server has it, under this version. Answers to saves that nobody waits for are ignored.
    pub fn acknowledge(&mut self, position: u16, save: &str, version: i64) {
        let Some(entry) = self.entry_of(position, save) else { return };
        if let Some(flight) = entry.flight.take() {
            entry.known = flight.parcel.fields;
        }
        entry.base = version;
        entry.failures = 0;
        if entry.draft.as_ref().is_some_and(|draft| draft.fields == entry.known) {
            entry.draft = None;
        }
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
        let mine = entry.draft.take().map(|draft| draft.fields);
        let mine = mine.or_else(|| entry.flight.take().map(|flight| flight.parcel.fields));
        entry.flight = None;
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

    /// The server takes nothing more from this page: the time is over, or another device has it.
    pub fn close(&mut self) {
        self.is_closed = true;
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
            && self.entries.values().any(|entry| !entry.is_contested && entry.is_slow(now))
    }

    /// What the saved mark shows.
    pub fn status(&self, now: u64) -> Status {
        let waiting = self
            .entries
            .values()
            .filter(|entry| entry.is_unsent() && (entry.is_slow(now) || self.is_closed))
            .count();
        match waiting {
            0 if self.is_unsent() => Status::Saving,
            0 => Status::Saved,
            count => Status::Waiting(count),
        }
    }

    /// When something happens next without the person: a save, a try, a mark that changes.
    pub fn wake(&self, now: u64) -> Option<u64> {
        if self.is_closed {
            return None;
        }
        self.entries
            .values()
            .filter(|entry| !entry.is_contested)
            .filter_map(|entry| match (&entry.flight, &entry.draft) {
                (Some(Flight { retry: Some(retry), .. }), _) => Some(*retry),
                (Some(flight), _) => Some(flight.sent + SLOW).filter(|slow| *slow > now),
                (None, Some(draft)) => Some(draft.due),
                (None, None) => None,
            })
            .min()
    }

    fn entry_of(&mut self, position: u16, save: &str) -> Option<&mut Entry> {
        self.entries
            .get_mut(&position)
            .filter(|entry| entry.flight.as_ref().is_some_and(|flight| flight.parcel.save == save))
    }
}

#[cfg(test)]
#[path = "queue_tests.rs"]
mod tests;
