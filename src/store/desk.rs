//! What staff may do to an attempt or a candidate, each with a reason that is written down.
//!
//! Inside a transaction of [`super::tenant::begin`] on the `staff` pool. Staff have no right to
//! change an attempt; the functions of the database do it and record who asked.

use sqlx::PgConnection;

use super::StoreError;
use crate::domain::id::{AccountId, AssessmentId, AttemptId, CandidateId};

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// Done and recorded.
    Ok,
    /// Not in this organisation, or the colleague is not on duty.
    Unknown,
    /// The attempt has ended.
    Finished,
    /// The attempt runs.
    Running,
    /// The attempt was cancelled.
    Voided,
    /// There is no clock to give time to.
    Untimed,
    /// Reopened like this it would have no second left.
    NoTime,
    /// A legal hold keeps it.
    Held,
}

impl Done {
    fn read(function: &'static str, word: &str) -> Result<Self, StoreError> {
        Ok(match word {
            "ok" => Self::Ok,
            "unknown" => Self::Unknown,
            "finished" => Self::Finished,
            "running" => Self::Running,
            "voided" => Self::Voided,
            "untimed" => Self::Untimed,
            "no_time" => Self::NoTime,
            "held" => Self::Held,
            _ => return Err(StoreError::corrupt(function, "outcome", "", word)),
        })
    }
}

/// Why time is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// Agreed for this person.
    Accommodation,
    /// Something happened during the attempt.
    Incident,
}

impl Cause {
    fn word(self) -> &'static str {
        match self {
            Self::Accommodation => "accommodation",
            Self::Incident => "incident",
        }
    }
}

/// Gives time to somebody who works right now.
pub async fn grant_time(
    conn: &mut PgConnection,
    attempt: AttemptId,
    cause: Cause,
    seconds: i32,
    reason: &str,
    by: AccountId,
) -> Result<Done, StoreError> {
    let word = sqlx::query_scalar!(
        r#"select office.grant_time($1, $2, $3, $4, $5) as "word!""#,
        attempt.uuid(),
        cause.word(),
        seconds,
        reason,
        by.uuid(),
    )
    .fetch_one(conn)
    .await?;
    Done::read("office.grant_time", &word)
}

/// Stops the clock for so many seconds from now on.
pub async fn pause_attempt(
    conn: &mut PgConnection,
    attempt: AttemptId,
    seconds: i32,
    reason: &str,
    by: AccountId,
) -> Result<Done, StoreError> {
    let word = sqlx::query_scalar!(
        r#"select office.pause_attempt($1, $2, $3, $4) as "word!""#,
        attempt.uuid(),
        seconds,
        reason,
        by.uuid(),
    )
    .fetch_one(conn)
    .await?;
    Done::read("office.pause_attempt", &word)
}

/// Gives the last seconds back to everybody who works on an assessment now. The answer is how many
/// they are; none when it is not this organisation's.
pub async fn declare_incident(
    conn: &mut PgConnection,
    assessment: AssessmentId,
    seconds: i32,
    reason: &str,
    by: AccountId,
) -> Result<Option<i32>, StoreError> {
    let hits = sqlx::query_scalar!(
        "select office.declare_incident($1, $2, $3, $4)",
        assessment.uuid(),
        seconds,
        reason,
        by.uuid(),
    )
    .fetch_one(conn)
    .await?;
    Ok(hits)
}

/// Ends a running attempt: what was saved is handed in.
pub async fn end_attempt(
    conn: &mut PgConnection,
    attempt: AttemptId,
    reason: &str,
    by: AccountId,
) -> Result<Done, StoreError> {
    let word = sqlx::query_scalar!(
        r#"select office.end_attempt($1, $2, $3) as "word!""#,
        attempt.uuid(),
        reason,
        by.uuid(),
    )
    .fetch_one(conn)
    .await?;
    Done::read("office.end_attempt", &word)
}

/// Cancels an attempt; everything is kept.
pub async fn void_attempt(
    conn: &mut PgConnection,
    attempt: AttemptId,
    reason: &str,
    by: AccountId,
) -> Result<Done, StoreError> {
    let word = sqlx::query_scalar!(
        r#"select office.void_attempt($1, $2, $3) as "word!""#,
        attempt.uuid(),
        reason,
        by.uuid(),
    )
    .fetch_one(conn)
    .await?;
    Done::read("office.void_attempt", &word)
}

/// Lets a candidate go on with what was left at the end, plus some seconds.
pub async fn reopen_attempt(
    conn: &mut PgConnection,
    attempt: AttemptId,
    seconds: i32,
    reason: &str,
    by: AccountId,
) -> Result<Done, StoreError> {
    let word = sqlx::query_scalar!(
        r#"select office.reopen_attempt($1, $2, $3, $4) as "word!""#,
        attempt.uuid(),
        seconds,
        reason,
        by.uuid(),
    )
    .fetch_one(conn)
    .await?;
    Done::read("office.reopen_attempt", &word)
}

/// Deletes a person with everything that was answered; the audit trail stays and names nobody.
pub async fn erase_candidate(
    conn: &mut PgConnection,
    candidate: CandidateId,
    reason: &str,
    by: AccountId,
) -> Result<Done, StoreError> {
    let word = sqlx::query_scalar!(
        r#"select office.erase_candidate($1, $2, $3) as "word!""#,
        candidate.uuid(),
        reason,
        by.uuid(),
    )
    .fetch_one(conn)
    .await?;
    Done::read("office.erase_candidate", &word)
}
