//! One candidate's run as a machine without a database: what every door of the candidate answers, in
//! the same order of decisions as the SQL functions. It is the model of the property test that sends
//! one random history through both.
//!
//! Time-out is a view: [`Attempt::as_of`] says "submitted by the clock" as soon as deadline and grace
//! have passed, whether or not anything has written it down.

use crate::domain::assessment::Navigation;
use crate::domain::id::SaveId;
use crate::domain::time::{Instant, Seconds};
use crate::domain::timing::{
    Given, Grant, GrantKind, Phase, extra, factor_extra, phase, section_extra,
};
use std::collections::{BTreeMap, BTreeSet};

/// A browser's session, by the hash of its secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Session(pub [u8; 32]);

/// What the plan and the invitation say about the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// The clock.
    pub limit: Seconds,
    /// How long after it a save still counts.
    pub grace: Seconds,
    /// The person's factor.
    pub factor_percent: u32,
    /// No clock at all.
    pub is_untimed: bool,
    /// The sections that have items, by number.
    pub sections: BTreeMap<u32, SectionRules>,
}

/// What the plan says about a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionRules {
    /// How the candidate moves.
    pub navigation: Navigation,
    /// A clock of its own.
    pub limit: Option<Seconds>,
    /// The positions of its items.
    pub positions: BTreeSet<u32>,
}

/// Who ended it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FinalisedBy {
    /// The candidate handed in.
    Candidate,
    /// The time was over.
    Clock,
    /// Staff ended it.
    Staff,
}

impl FinalisedBy {
    /// The name in tables and exports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Candidate => "candidate",
            Self::Clock => "clock",
            Self::Staff => "staff",
        }
    }
}

/// Where the run is; each state carries only its own facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The candidate works.
    Running,
    /// It has ended.
    Submitted {
        /// When.
        at: Instant,
        /// By whom.
        by: FinalisedBy,
        /// Length of the response log then.
        final_version: u64,
    },
}

/// A section that was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SectionRun {
    /// When.
    pub opened_at: Instant,
    /// The end of its own clock.
    pub deadline: Option<Instant>,
    /// The item on the screen of a linear section.
    pub position: Option<u32>,
    /// Left for good.
    pub is_closed: bool,
}

/// One line of the response log. `B` is what is saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<B> {
    /// 1, 2, 3 ... without a gap.
    pub version: u64,
    /// The item.
    pub position: u32,
    /// The browser's name of the change.
    pub save_id: SaveId,
    /// What was saved.
    pub body: B,
    /// When it arrived.
    pub received_at: Instant,
    /// Within the grace.
    pub is_late: bool,
}

/// One line of text that could not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LateEntry<B> {
    /// The item.
    pub position: u32,
    /// What was sent.
    pub body: B,
    /// Why it does not count.
    pub reason: &'static str,
}

/// What a candidate's browser asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command<B> {
    /// Save one answer.
    Save {
        /// The item.
        position: u32,
        /// The version that the change was made on; 0 when there was none.
        base_version: u64,
        /// Names the change.
        save_id: SaveId,
        /// What to save.
        body: B,
    },
    /// Flag an item for later, or not.
    Flag {
        /// The item.
        position: u32,
        /// Set or cleared.
        is_flagged: bool,
    },
    /// Open a section, or move on in a linear one.
    Section {
        /// The section.
        section: u32,
        /// The next item of a linear section.
        position: Option<u32>,
    },
    /// Write from this browser from now on.
    TakeOver,
    /// Hand in.
    Submit,
}

/// What the door answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Done.
    Ok,
    /// Saved, or already saved by the same change.
    Saved {
        /// Its number in the log.
        version: u64,
        /// When it arrived.
        received_at: Instant,
        /// Within the grace.
        is_late: bool,
    },
    /// The answer was changed meanwhile; the current version is named.
    Stale {
        /// The version to start from.
        version: u64,
    },
    /// The name of the change was used for another one.
    Reused,
    /// The paper has no such item.
    NoPosition,
    /// The section or item is not open yet.
    NotOpen,
    /// It was left for good or its time is over; text is kept.
    SectionClosed,
    /// Another browser writes; text is kept.
    OtherDevice,
    /// The time is over; text is kept.
    Late,
    /// It was handed in; text is kept.
    Finished,
    /// The session has ended too.
    Unknown,
}

impl Outcome {
    /// The word of the database's door.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Saved { .. } => "saved",
            Self::Stale { .. } => "stale",
            Self::Reused => "reused",
            Self::NoPosition => "no_position",
            Self::NotOpen => "not_open",
            Self::SectionClosed => "section_closed",
            Self::OtherDevice => "other_device",
            Self::Late => "late",
            Self::Finished => "finished",
            Self::Unknown => "unknown",
        }
    }
}

/// The whole run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt<B> {
    pub(super) rules: Rules,
    /// When it began.
    pub started_at: Instant,
    /// Where it is.
    pub state: State,
    /// The browser that may write.
    pub holder: Session,
    /// The section on the screen.
    pub section: u32,
    /// Sections that were opened.
    pub runs: BTreeMap<u32, SectionRun>,
    /// What was answered.
    pub log: Vec<Entry<B>>,
    /// What came too late.
    pub kept: BTreeMap<SaveId, LateEntry<B>>,
    /// Items flagged for later.
    pub flags: BTreeSet<u32>,
    /// Time that was given.
    pub ledger: Vec<Grant>,
}

impl<B: Clone + PartialEq> Attempt<B> {
    /// Starts the clock and opens the first section. No section: there is nothing to take.
    pub fn start(rules: Rules, session: Session, now: Instant) -> Option<Self> {
        let first = *rules.sections.keys().next()?;
        let mut ledger = Vec::new();
        if rules.factor_percent > 100 && !rules.is_untimed {
            let given = Given::Plain(factor_extra(rules.limit, rules.factor_percent));
            ledger.push(Grant {
                kind: GrantKind::Accommodation,
                given,
                granted_at: now,
                is_by_staff: false,
            });
        }
        let mut attempt = Self {
            rules,
            started_at: now,
            state: State::Running,
            holder: session,
            section: first,
            runs: BTreeMap::new(),
            log: Vec::new(),
            kept: BTreeMap::new(),
            flags: BTreeSet::new(),
            ledger,
        };
        attempt.open(first, now);
        Some(attempt)
    }

    /// Seconds given so far.
    pub fn extra(&self) -> Seconds {
        extra(&self.ledger)
    }

    /// The end of the clock; none when untimed.
    pub fn deadline(&self) -> Option<Instant> {
        (!self.rules.is_untimed).then(|| self.started_at + self.rules.limit + self.extra())
    }

    /// The same run as it is at `now`: ended by the clock when its time has passed.
    #[must_use]
    pub fn as_of(mut self, now: Instant) -> Self {
        self.settle(now);
        self
    }

    pub(super) fn settle(&mut self, now: Instant) {
        let deadline = self.deadline();
        if let (State::Running, Some(end), Phase::Over) =
            (self.state, deadline, phase(deadline, self.rules.grace, now))
        {
            let last = self.log.last().map_or(end, |entry| entry.received_at);
            self.end(end.max(last), FinalisedBy::Clock);
        }
    }

    pub(super) fn end(&mut self, at: Instant, by: FinalisedBy) {
        self.state = State::Submitted { at, by, final_version: self.log.len() as u64 };
    }

    /// Ends it for the candidate. Past deadline and grace the clock was first.
    pub fn end_by_staff(&mut self, now: Instant) {
        self.settle(now);
        if self.state == State::Running {
            self.end(now, FinalisedBy::Staff);
        }
    }

    /// Writes time into the ledger; false when it is not running or has no clock.
    pub fn give(&mut self, mut grant: Grant, now: Instant) -> bool {
        self.settle(now);
        if self.state != State::Running || self.rules.is_untimed {
            return false;
        }
        grant.granted_at = now;
        if let Given::Between(from, until) = grant.given {
            let from = from.max(self.started_at);
            if from >= until {
                return false;
            }
            grant.given = Given::Between(from, until);
        }
        self.ledger.push(grant);
        for (number, run) in
            self.runs.iter_mut().filter(|(_, run)| !run.is_closed && run.deadline.is_some())
        {
            run.deadline = section_deadline(&self.rules, &self.ledger, *number, run.opened_at);
        }
        true
    }

    pub(super) fn open(&mut self, section: u32, now: Instant) {
        let deadline = section_deadline(&self.rules, &self.ledger, section, now);
        let rules = self.rules.sections.get(&section);
        let position = rules
            .filter(|rules| rules.navigation == Navigation::Linear)
            .and_then(|rules| rules.positions.first().copied());
        self.runs
            .insert(section, SectionRun { opened_at: now, deadline, position, is_closed: false });
    }
}

fn section_deadline(
    rules: &Rules,
    ledger: &[Grant],
    section: u32,
    opened_at: Instant,
) -> Option<Instant> {
    let limit = rules.sections.get(&section)?.limit.filter(|_| !rules.is_untimed)?;
    Some(opened_at + limit + section_extra(ledger, limit, rules.factor_percent, opened_at))
}
