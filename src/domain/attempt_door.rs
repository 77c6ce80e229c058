//! The candidate's doors of the attempt machine, each with its decisions in the order of the SQL function.

use crate::domain::assessment::Navigation;
use crate::domain::attempt::{
    Attempt, Command, Entry, FinalisedBy, LateEntry, Outcome, Session, State,
};
use crate::domain::id::SaveId;
use crate::domain::time::Instant;
use crate::domain::timing::{Phase, SESSION_OUTLIVES, phase};

impl<B: Clone + PartialEq> Attempt<B> {
    /// Carries out what a browser asks for.
    pub fn act(&mut self, session: Session, command: Command<B>, now: Instant) -> Outcome {
        self.settle(now);
        if let State::Submitted { at, .. } = self.state {
            let end = self.deadline().map_or(at, |deadline| deadline.max(at));
            if now > end + SESSION_OUTLIVES {
                return Outcome::Unknown;
            }
        }
        match command {
            Command::Save { position, base_version, save_id, body } => {
                self.save(session, position, base_version, save_id, body, now)
            }
            Command::Flag { position, is_flagged } => self.flag(session, position, is_flagged),
            Command::Section { section, position } => self.move_to(session, section, position, now),
            Command::TakeOver => match self.refusal(session) {
                Some(Outcome::OtherDevice) => {
                    self.holder = session;
                    Outcome::Ok
                }
                refusal => refusal.unwrap_or(Outcome::Ok),
            },
            Command::Submit => {
                if self.state == State::Running {
                    if self.holder != session {
                        return Outcome::OtherDevice;
                    }
                    self.end(now, FinalisedBy::Candidate);
                }
                Outcome::Ok
            }
        }
    }

    /// Why this session may not change this run now.
    fn refusal(&self, session: Session) -> Option<Outcome> {
        match self.state {
            State::Submitted { by: FinalisedBy::Clock, .. } => Some(Outcome::Late),
            State::Submitted { .. } => Some(Outcome::Finished),
            State::Running if self.holder != session => Some(Outcome::OtherDevice),
            State::Running => None,
        }
    }

    fn section_of(&self, position: u32) -> Option<u32> {
        self.rules
            .sections
            .iter()
            .find(|(_, rules)| rules.positions.contains(&position))
            .map(|(number, _)| *number)
    }

    /// The version of the last answer to an item; 0 when there is none.
    pub fn current_version(&self, position: u32) -> u64 {
        self.log
            .iter()
            .rev()
            .find(|entry| entry.position == position)
            .map_or(0, |entry| entry.version)
    }

    fn save(
        &mut self,
        session: Session,
        position: u32,
        base: u64,
        save_id: SaveId,
        body: B,
        now: Instant,
    ) -> Outcome {
        if let Some(first) = self.log.iter().find(|entry| entry.save_id == save_id) {
            if first.position != position || first.body != body {
                return Outcome::Reused;
            }
            let Entry { version, received_at, is_late, .. } = *first;
            return Outcome::Saved { version, received_at, is_late };
        }
        let Some(section) = self.section_of(position) else { return Outcome::NoPosition };
        let Some(run) = self
            .runs
            .get(&section)
            .copied()
            .filter(|run| run.position.is_none_or(|at| position <= at))
        else {
            return Outcome::NotOpen;
        };
        if let Some(refusal) = self.refusal(session) {
            let reason = if refusal == Outcome::Late { "overdue" } else { refusal.as_str() };
            return self.keep(position, save_id, body, reason, refusal);
        }
        let is_over = phase(run.deadline, self.rules.grace, now) == Phase::Over;
        if run.is_closed || is_over || run.position.is_some_and(|at| position < at) {
            return self.keep(position, save_id, body, "section_closed", Outcome::SectionClosed);
        }
        let version = self.current_version(position);
        if base != version {
            return Outcome::Stale { version };
        }
        // A clock that was set back must not turn the order round.
        let received_at = self.log.last().map_or(now, |entry| entry.received_at.max(now));
        let is_past =
            |deadline: Option<Instant>| deadline.is_some_and(|deadline| received_at > deadline);
        let is_late = is_past(self.deadline()) || is_past(run.deadline);
        let version = self.log.len() as u64 + 1;
        self.log.push(Entry { version, position, save_id, body, received_at, is_late });
        Outcome::Saved { version, received_at, is_late }
    }

    /// Keeps text that cannot count; the first text under a name stays.
    fn keep(
        &mut self,
        position: u32,
        save_id: SaveId,
        body: B,
        reason: &'static str,
        answer: Outcome,
    ) -> Outcome {
        let late = LateEntry { position, body, reason };
        let first = self.kept.entry(save_id).or_insert_with(|| late.clone());
        if first.position == late.position && first.body == late.body {
            answer
        } else {
            Outcome::Reused
        }
    }

    fn flag(&mut self, session: Session, position: u32, is_flagged: bool) -> Outcome {
        if let Some(refusal) = self.refusal(session) {
            return refusal;
        }
        let run = self.section_of(position).and_then(|section| self.runs.get(&section));
        if !run.is_some_and(|run| !run.is_closed && run.position.is_none_or(|at| position <= at)) {
            return Outcome::NotOpen;
        }
        if is_flagged {
            self.flags.insert(position);
        } else {
            self.flags.remove(&position);
        }
        Outcome::Ok
    }

    /// Linear sections and sections with their own clock are left for good and cannot be skipped.
    fn is_strict(&self, section: u32) -> bool {
        self.rules.sections.get(&section).is_some_and(|rules| {
            rules.navigation == Navigation::Linear
                || (rules.limit.is_some() && !self.rules.is_untimed)
        })
    }

    fn move_to(
        &mut self,
        session: Session,
        section: u32,
        position: Option<u32>,
        now: Instant,
    ) -> Outcome {
        if let Some(refusal) = self.refusal(session) {
            return refusal;
        }
        let Some(rules) = self.rules.sections.get(&section) else { return Outcome::NotOpen };
        let run = self.runs.get(&section).copied();
        if run.is_some_and(|run| {
            run.is_closed || phase(run.deadline, self.rules.grace, now) == Phase::Over
        }) {
            return Outcome::SectionClosed;
        }
        if section != self.section {
            let is_skipped =
                |number: &u32| self.is_strict(*number) && !self.runs.contains_key(number);
            if run.is_none()
                && self.rules.sections.range(..section).any(|(number, _)| is_skipped(number))
            {
                return Outcome::NotOpen;
            }
            if self.is_strict(self.section)
                && let Some(left) = self.runs.get_mut(&self.section)
            {
                left.is_closed = true;
            }
            if run.is_none() {
                self.open(section, now);
            }
            self.section = section;
        } else if let (Some(at), Some(to)) = (run.and_then(|run| run.position), position)
            && to != at
        {
            let next = rules.positions.range(at + 1..).next().copied();
            if Some(to) != next {
                return if to < at { Outcome::SectionClosed } else { Outcome::NotOpen };
            }
            if let Some(run) = self.runs.get_mut(&section) {
                run.position = next;
            }
        }
        Outcome::Ok
    }
}

#[cfg(test)]
#[path = "attempt_tests.rs"]
mod tests;
