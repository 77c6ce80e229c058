//! What the candidate's page is drawn from: the answer of `door.view`.

use serde::Deserialize;
use serde_json::Value;

use super::door::{Grant, Sign};
use crate::domain::id::AttemptId;
use crate::domain::time::Instant;

/// Answer of `door.view`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Viewed {
    /// The page, before, during or after the attempt.
    Ok(Box<Page>),
    /// Never started, and now too late.
    Expired(Sign),
    /// Withdrawn by staff.
    Revoked(Sign),
    /// The candidate said no.
    Declined(Sign),
    /// No such invitation for this session, or the session has ended.
    Unknown,
}

/// Everything that the candidate's page may show, as of one instant.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Page {
    /// Organisation and title.
    #[serde(flatten)]
    pub sign: Sign,
    /// Where the candidate is.
    pub state: State,
    /// The database's time.
    pub now: Instant,
    /// Number of the assessment's version.
    pub number: i32,
    /// What the recruiter wants said before the start.
    pub welcome: Value,
    /// Who was invited.
    pub candidate: Person,
    /// Limit for everybody.
    pub limit_seconds: i64,
    /// Limit of this person before the start; none when untimed.
    pub own_limit_seconds: Option<i64>,
    /// How long after the end a save still counts.
    pub grace_seconds: i64,
    /// The person's factor, 100 for none.
    pub time_factor_percent: i64,
    /// No clock for this person.
    pub is_untimed: bool,
    /// Everything is deleted after that.
    pub keep_until: Instant,
    /// The sections in order.
    pub sections: Vec<Section>,
    /// The attempt, once it was started.
    pub attempt: Option<Run>,
    /// The questions in order; empty before the start.
    pub items: Vec<Place>,
}

/// Where a candidate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Not started.
    Invited,
    /// The clock runs.
    Running,
    /// Handed in, by whomever.
    Submitted,
    /// Cancelled by staff.
    Voided,
}

/// The candidate.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Person {
    /// As the recruiter or the candidate wrote it.
    pub name: Option<String>,
    /// Where the invitation went.
    pub email: String,
}

/// A section of the paper.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Section {
    /// Its number, from 1.
    pub section: i32,
    /// Its title.
    pub title: String,
    /// How one moves in it.
    pub navigation: Navigation,
    /// How many questions it has.
    pub items: i64,
    /// Its own limit for this person, when it has one.
    pub limit_seconds: Option<i64>,
    /// Whether its questions may be seen.
    pub state: Openness,
    /// When it was opened.
    pub opened_at: Option<Instant>,
    /// End of its own clock.
    pub deadline_at: Option<Instant>,
    /// The question on the screen, in a linear section.
    pub position: Option<i32>,
}

/// How one moves in a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Navigation {
    /// Any order, and back again.
    Free,
    /// One question after the other, never back.
    Linear,
}

/// Whether a section's questions may be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Openness {
    /// Not opened yet: nothing of it is sent.
    Unopened,
    /// Open.
    Open,
    /// Left for good, or its own time is over.
    Closed,
}

/// The attempt.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Run {
    /// Its id.
    pub attempt_id: AttemptId,
    /// When the clock started.
    pub started_at: Instant,
    /// Limit for everybody.
    pub base_seconds: i64,
    /// Time given beyond it.
    pub extra_seconds: i64,
    /// End; none when untimed.
    pub deadline_at: Option<Instant>,
    /// What the extra time is made of.
    pub grants: Vec<Grant>,
    /// The section on the screen.
    pub section: i32,
    /// Whether this browser may write.
    pub is_holder: bool,
    /// When it ended.
    pub finished_at: Option<Instant>,
    /// `candidate`, `clock` or `staff`.
    pub finalised_by: Option<String>,
    /// How many changes were saved, once it ended.
    pub final_version: Option<i64>,
}

/// A place of the paper.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Place {
    /// Its number, from 1, over all sections.
    pub position: i32,
    /// The section it is in.
    pub section: i32,
    /// Version of its last answer; what the next save names as its base. 0 for none.
    pub version: i64,
    /// When that arrived.
    pub saved_at: Option<Instant>,
    /// No answer, or one that was taken back.
    pub is_blank: bool,
    /// The reading of the last answer: `blank`, `incomplete` or `complete`.
    pub completeness: String,
    /// Marked to come back to.
    pub is_flagged: bool,
    /// Whether it may be answered now.
    pub is_open: bool,
    /// The question: there exactly while it may be answered.
    #[serde(flatten)]
    pub question: Option<Question>,
}

/// A question as the candidate may see it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Question {
    /// How it is answered.
    pub kind: String,
    /// Its public part.
    pub body: Value,
    /// Ids of the options in the order of this paper.
    pub option_order: Vec<String>,
    /// The last answer.
    pub response: Option<Value>,
}
