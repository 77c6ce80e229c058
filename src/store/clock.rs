//! What the server does because time passes. Works for all organisations; on the `staff` pool
//! where nothing else is said.

use sqlx::PgConnection;

use super::StoreError;
use super::time::instant;
use crate::domain::id::{AttemptId, OrganisationId};
use crate::domain::time::Instant;

/// The clock of an attempt, as its page has to know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The attempt.
    pub attempt: AttemptId,
    /// `running`, `submitted` or `voided`.
    pub state: String,
    /// The browser that may write.
    pub holder: Vec<u8>,
    /// End of the attempt; none when untimed.
    pub deadline_at: Option<Instant>,
    /// End of the section on the screen, when it has a clock of its own.
    pub section_deadline_at: Option<Instant>,
    /// The end of the pause that is on.
    pub paused_until: Option<Instant>,
}

/// How these attempts stand now, with the database's time. On the `scorer` pool.
pub async fn list_standing(
    conn: &mut PgConnection,
    attempts: &[AttemptId],
) -> Result<Vec<(Standing, Instant)>, StoreError> {
    let ids: Vec<_> = attempts.iter().map(|attempt| attempt.uuid()).collect();
    let rows = sqlx::query!(
        r#"select attempt_id as "attempt_id!", state as "state!", holder_sha256 as "holder!",
             deadline_at, section_deadline_at, paused_until, moment as "moment!"
           from office.standing($1)"#,
        &ids,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let standing = Standing {
                attempt: AttemptId::new(row.attempt_id),
                state: row.state,
                holder: row.holder,
                deadline_at: row.deadline_at.map(instant),
                section_deadline_at: row.section_deadline_at.map(instant),
                paused_until: row.paused_until.map(instant),
            };
            (standing, instant(row.moment))
        })
        .collect())
}

/// Says that the house is open. When the last word is long ago, the time in between is given to
/// everybody whose attempt was running; the answer is how many they were. Every two seconds, on the
/// `scorer` pool.
pub async fn beat(conn: &mut PgConnection) -> Result<i32, StoreError> {
    let hits =
        sqlx::query_scalar!(r#"select office.heartbeat() as "hits!""#).fetch_one(conn).await?;
    Ok(hits)
}

/// Gives back the time that the house was away, when it was longer than the tolerance. At start,
/// before the server says that it is ready and before anything is closed. On the `scorer` pool.
pub async fn credit_outage(
    conn: &mut PgConnection,
    tolerance_seconds: f64,
) -> Result<i32, StoreError> {
    let hits = sqlx::query_scalar!(
        r#"select office.credit_outage(make_interval(secs => $1)) as "hits!""#,
        tolerance_seconds,
    )
    .fetch_one(conn)
    .await?;
    Ok(hits)
}

/// Ends attempts whose time and grace have passed, at most that many. Several servers may do this
/// at once: no attempt is ended twice.
pub async fn close_overdue(
    conn: &mut PgConnection,
    at_most: i32,
) -> Result<Vec<(OrganisationId, AttemptId)>, StoreError> {
    let rows = sqlx::query!(
        r#"select organisation_id as "organisation_id!", attempt_id as "attempt_id!"
           from office.close_overdue($1)"#,
        at_most,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (OrganisationId::new(row.organisation_id), AttemptId::new(row.attempt_id)))
        .collect())
}

/// Finished attempts without a result for their finished log, oldest first. On the `scorer` pool.
pub async fn list_awaiting_result(
    conn: &mut PgConnection,
    at_most: i32,
) -> Result<Vec<(OrganisationId, AttemptId)>, StoreError> {
    let rows = sqlx::query!(
        r#"select organisation_id as "organisation_id!", attempt_id as "attempt_id!"
           from office.awaiting_result($1)"#,
        at_most,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (OrganisationId::new(row.organisation_id), AttemptId::new(row.attempt_id)))
        .collect())
}

/// Deletes invitations that are past their date with everything below them, at most that many.
pub async fn erase_due(conn: &mut PgConnection, at_most: i32) -> Result<i32, StoreError> {
    let gone = sqlx::query_scalar!(r#"select office.erase_due($1) as "gone!""#, at_most)
        .fetch_one(conn)
        .await?;
    Ok(gone)
}

/// Forgets staff sessions and one-time secrets that are over.
pub async fn sweep_people(conn: &mut PgConnection) -> Result<(), StoreError> {
    sqlx::query!("select office.sweep_people()").fetch_one(conn).await?;
    Ok(())
}
