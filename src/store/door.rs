//! What the candidate's door answers: one type per function, read from its jsonb.
//!
//! The word in `outcome` chooses the variant. `Unknown` is always the same: there is no such
//! thing, or it belongs to somebody else, or the session has ended.

use serde::Deserialize;
use serde_json::Value;

use crate::domain::id::{AttemptId, InvitationId};
use crate::domain::time::Instant;

/// What a page may say about an invitation to whoever holds its link: nothing personal.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Sign {
    /// The invitation, when the link is good.
    pub invitation_id: Option<InvitationId>,
    /// Name of the organisation.
    pub organisation: String,
    /// Whom to write to.
    pub contact: Option<String>,
    /// IANA name of the organisation's time zone.
    pub timezone: String,
    /// Title of the assessment.
    pub title: String,
    /// Last moment to start.
    pub expires_at: Instant,
}

/// Answer of `door.open`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Opened {
    /// The link is good and the session is made.
    Ok(Sign),
    /// Too late to start.
    Expired(Sign),
    /// Withdrawn by staff.
    Revoked(Sign),
    /// The candidate said no before.
    Declined(Sign),
    /// Handed in, or its time is over.
    Finished(Sign),
    /// There is no such link.
    Unknown,
}

/// Answer of `door.start`. Every start of the same attempt gets the same one.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Started {
    /// It runs, or ran before.
    Ok {
        /// The one attempt of this invitation, whoever started it.
        attempt_id: AttemptId,
        /// When the clock started.
        started_at: Instant,
        /// When it ends; none when untimed.
        deadline_at: Option<Instant>,
    },
    /// Too late to start.
    Expired,
    /// Withdrawn by staff.
    Revoked,
    /// The candidate said no before.
    Declined,
    /// No such session.
    Unknown,
}

/// What the page's clock needs with every answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Clock {
    /// The database's time.
    pub now: Instant,
    /// End of the attempt; none when untimed.
    pub deadline_at: Option<Instant>,
    /// End of the section on the screen, when it has a clock of its own.
    pub section_deadline_at: Option<Instant>,
}

impl Clock {
    /// The end that comes first.
    pub fn ends_at(&self) -> Option<Instant> {
        [self.deadline_at, self.section_deadline_at].into_iter().flatten().min()
    }
}

/// An answer with the clock beside it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Timed<T> {
    /// What was decided.
    #[serde(flatten)]
    pub outcome: T,
    /// The clock; not there when the attempt is unknown.
    #[serde(flatten)]
    pub clock: Option<Clock>,
}

/// Answer of `door.section`, `door.take_over` and `door.flag`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Moved {
    /// Done.
    Ok,
    /// That section or question was not opened, and may not be yet.
    NotOpen,
    /// It was left for good, or its own time is over.
    SectionClosed,
    /// The time of the attempt is over.
    Late,
    /// Handed in, or ended by staff.
    Finished,
    /// Another browser holds the attempt.
    OtherDevice,
    /// No such attempt for this session.
    Unknown,
}

/// Answer of `door.save`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Saved {
    /// It is in the log. A repeat of the same save gets the same answer.
    Saved {
        /// Its number in the log of the attempt.
        version: i64,
        /// When it arrived.
        received_at: Instant,
        /// After the end, inside the grace.
        is_late: bool,
    },
    /// Somebody else's change of this question is newer.
    Stale {
        /// Number of the newer one; 0 when there is none.
        version: i64,
        /// What it says.
        body: Option<Value>,
        /// When it arrived.
        received_at: Option<Instant>,
    },
    /// The save was used before for something else: a fault of the sender.
    Reused,
    /// The time is over. The text is kept, but does not count.
    Late,
    /// Handed in, or ended by staff. The text is kept, but does not count.
    Finished,
    /// Another browser holds the attempt. The text is kept, but does not count.
    OtherDevice,
    /// The section was left, or its own time is over. The text is kept, but does not count.
    SectionClosed,
    /// The question was not opened yet.
    NotOpen,
    /// The paper has no such question.
    NoPosition,
    /// Longer than an answer may be.
    TooBig,
    /// No such attempt for this session.
    Unknown,
}

/// How an attempt stands, without its questions.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Standing {
    /// The attempt.
    pub attempt_id: AttemptId,
    /// `running`, `submitted` or `voided`.
    pub state: String,
    /// Whether this browser may write.
    pub is_holder: bool,
    /// The end of the pause that is on.
    pub paused_until: Option<Instant>,
    /// IANA name of the organisation's time zone.
    pub timezone: String,
    /// How long a break between two sections is; 0 for none.
    pub break_seconds: i64,
    /// The clock.
    #[serde(flatten)]
    pub clock: Clock,
}

/// Answer of `door.clock`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Clocked {
    /// It stands like this.
    Ok(Standing),
    /// No such attempt for this session.
    Unknown,
}

/// Answer of `door.line`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Lined {
    /// So many seconds were given.
    Ok {
        /// None, when the policy or the record do not allow more.
        seconds: i64,
    },
    /// No such attempt for this session.
    Unknown,
}

/// Answer of `door.submit` and `door.receipt`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Submitted {
    /// It is handed in; always the same receipt.
    Ok(Box<Receipt>),
    /// Not handed in yet.
    Running,
    /// Another browser holds the attempt.
    OtherDevice,
    /// No such attempt for this session.
    Unknown,
}

/// Answer of `door.decline`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Declined {
    /// Declined, now or before.
    Declined,
    /// Too late: it was started.
    Started,
    /// Too late to start anyway.
    Expired,
    /// Withdrawn by staff.
    Revoked,
    /// No such invitation for this session.
    Unknown,
}

/// Time given beyond the limit.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Grant {
    /// `accommodation`, `incident`, `outage`, `pause` or `reopen`.
    pub kind: String,
    /// How long. Intervals that overlap count once in the attempt's total.
    pub seconds: i64,
    /// Begin of an interval.
    pub from: Option<Instant>,
    /// End of an interval.
    pub until: Option<Instant>,
    /// The words of whoever gave it.
    pub reason: Option<String>,
    /// When it was given.
    pub granted_at: Instant,
}

/// What stands for exactly these answers.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Receipt {
    /// Organisation and title.
    #[serde(flatten)]
    pub sign: Sign,
    /// The attempt.
    pub attempt_id: AttemptId,
    /// `submitted` or `voided`.
    pub state: String,
    /// Number of the assessment's version.
    pub number: i32,
    /// When the clock started.
    pub started_at: Instant,
    /// When it ended.
    pub finished_at: Instant,
    /// `candidate`, `clock` or `staff`.
    pub finalised_by: String,
    /// How many changes were saved.
    pub final_version: i64,
    /// How many questions the paper has.
    pub items: i64,
    /// How many of them have an answer.
    pub answered: i64,
    /// Time that was given.
    pub grants: Vec<Grant>,
    /// Everything is deleted after that.
    pub keep_until: Instant,
    /// 64 hexadecimal digits.
    pub receipt_hash: String,
}
