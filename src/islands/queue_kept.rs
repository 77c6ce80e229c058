//! The part of a queue that outlives the page: what is kept on the device, and taken up again.
//!
//! A save that was on its way keeps its name, so a server that has it already answers as it did
//! the first time. Whatever else happened meanwhile is told by the versions, and shown as two texts.

use serde::{Deserialize, Serialize};

use super::{Draft, Fields, Flight, Parcel, Queue};

/// What is unsent of one question, as it lies on the device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Which attempt it is an answer of.
    pub attempt: String,
    /// Which question.
    pub position: u16,
    /// When it was written, in milliseconds since 1970; orders what several windows left.
    pub at: u64,
    /// The version that the draft was made on.
    pub base: i64,
    /// The save that was on its way.
    pub flight: Option<Parcel>,
    /// What was typed after that.
    pub draft: Option<Fields>,
}

/// What taking up did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Restored {
    /// The page has to show this. It is its own unsent text from now on, so the old record may go.
    Shown(Fields),
    /// The person or another window was faster: it waits, and its record stays until it was sent.
    Behind,
    /// The same text is there already.
    Same,
}

impl Kept {
    /// The newest text.
    pub fn newest(&self) -> Option<&Fields> {
        self.draft.as_ref().or(self.flight.as_ref().map(|flight| &flight.fields))
    }
}

impl Queue {
    /// What has to be kept of a question; none when the server has all of it.
    pub fn kept(&self, position: u16, attempt: &str, at: u64) -> Option<Kept> {
        let entry = self.entries.get(&position).filter(|entry| entry.is_unsent())?;
        Some(Kept {
            attempt: attempt.to_owned(),
            position,
            at,
            base: entry.base,
            flight: entry.flight.as_ref().map(|flight| flight.parcel.clone()),
            draft: entry.draft.as_ref().map(|draft| draft.fields.clone()),
        })
    }

    /// Takes up what a window left that is gone.
    pub fn restore(&mut self, kept: Kept, now: u64) -> Restored {
        let Some(newest) = kept.newest().cloned() else { return Restored::Same };
        let entry = self.entries.entry(kept.position).or_default();
        let draft = entry.draft.as_ref().map(|draft| &draft.fields);
        let flight = entry.flight.as_ref().map(|flight| &flight.parcel.fields);
        let waiting = entry.backlog.iter().map(|(_, fields)| fields);
        if draft.into_iter().chain(flight).chain(waiting).any(|fields| *fields == newest) {
            return Restored::Same;
        }
        if entry.is_unsent() {
            entry.backlog.push_back((kept.base, newest));
            return Restored::Behind;
        }
        // Made on an older version than the page shows: the server is asked with that one, and says so.
        entry.base = kept.base;
        let retry = Some(now);
        entry.flight =
            kept.flight.map(|parcel| Flight { parcel, sent: now, retry, is_left: false });
        entry.draft = kept.draft.map(|fields| Draft { fields, since: now, due: now });
        Restored::Shown(newest)
    }

    /// The server was heard to have this: a page that was kept is behind it.
    pub fn catch_up(&mut self, position: u16, version: i64, fields: &Fields) -> bool {
        let Some(entry) = self.entries.get_mut(&position) else { return false };
        if entry.is_unsent() || entry.base >= version {
            return false;
        }
        entry.base = version;
        entry.known.clone_from(fields);
        true
    }

    /// The newest acknowledged text of a question, with its version.
    pub fn known(&self, position: u16) -> Option<(i64, &Fields)> {
        self.entries.get(&position).map(|entry| (entry.base, &entry.known))
    }

    /// The questions with something unsent.
    pub fn unsent(&self) -> Vec<u16> {
        let unsent = self.entries.iter().filter(|(_, entry)| entry.is_unsent());
        unsent.map(|(position, _)| *position).collect()
    }
}
