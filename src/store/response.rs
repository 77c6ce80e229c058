//! Answers: the candidate's saves through the door, and the log as staff and the scorer read it.

use serde_json::Value;
use sqlx::PgConnection;
use sqlx::types::Json;

use super::attempt::Digest;
use super::door::{Moved, Saved, Timed};
use super::{StoreError, time};
use crate::domain::id::{AttemptId, SaveId};
use crate::domain::time::Instant;

/// One change of one answer, as the browser sent it.
#[derive(Debug, Clone, Copy)]
pub struct Change<'a> {
    /// Place in the paper.
    pub position: i32,
    /// The version that the change was made on; 0 when there was none.
    pub base_version: i64,
    /// Made once per change, so that a repeat is recognised.
    pub save: SaveId,
    /// The content. U+0000 must have been replaced before.
    pub body: &'a Value,
}

/// Saves one change: one statement, one decision, one row.
pub async fn save(
    conn: &mut PgConnection,
    session: &Digest,
    attempt: AttemptId,
    change: Change<'_>,
) -> Result<Timed<Saved>, StoreError> {
    let answer = sqlx::query_scalar!(
        r#"select door.save($1, $2, $3, $4, $5, $6) as "answer!: Json<Timed<Saved>>""#,
        session.as_slice(),
        attempt.uuid(),
        change.position,
        change.base_version,
        change.save.uuid(),
        change.body,
    )
    .fetch_one(conn)
    .await?;
    Ok(answer.0)
}

/// Marks a question to come back to, or takes the mark away.
pub async fn flag(
    conn: &mut PgConnection,
    session: &Digest,
    attempt: AttemptId,
    position: i32,
    is_flagged: bool,
) -> Result<Timed<Moved>, StoreError> {
    let answer = sqlx::query_scalar!(
        r#"select door.flag($1, $2, $3, $4) as "answer!: Json<Timed<Moved>>""#,
        session.as_slice(),
        attempt.uuid(),
        position,
        is_flagged,
    )
    .fetch_one(conn)
    .await?;
    Ok(answer.0)
}

/// One line of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    /// 1, 2, 3 and so on, without a gap.
    pub version: i64,
    /// Place in the paper.
    pub position: i32,
    /// The browser's name of the change.
    pub save: SaveId,
    /// When it arrived.
    pub received_at: Instant,
    /// After the end, inside the grace.
    pub is_late: bool,
    /// The content.
    pub body: Value,
    /// The content as the receipt counts it: PostgreSQL's own text of the jsonb.
    pub body_text: String,
}

/// The whole log of an attempt, in the order of versions.
pub async fn list_log(
    conn: &mut PgConnection,
    attempt: AttemptId,
) -> Result<Vec<Logged>, StoreError> {
    let rows = sqlx::query!(
        r#"select version, position, save_id, received_at, is_late, body, body::text as "body_text!"
           from response
           where attempt_id = $1
           order by version"#,
        attempt.uuid(),
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Logged {
            version: row.version,
            position: row.position,
            save: SaveId::new(row.save_id),
            received_at: time::instant(row.received_at),
            is_late: row.is_late,
            body: row.body,
            body_text: row.body_text,
        })
        .collect())
}

/// The answer that counts for one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Current {
    /// Place in the paper.
    pub position: i32,
    /// Its number in the log.
    pub version: i64,
    /// When it arrived.
    pub received_at: Instant,
    /// After the end, inside the grace.
    pub is_late: bool,
    /// The content.
    pub body: Value,
}

/// The answers that count: the last one of every place that has one.
pub async fn list_current(
    conn: &mut PgConnection,
    attempt: AttemptId,
) -> Result<Vec<Current>, StoreError> {
    let rows = sqlx::query!(
        r#"select
             position as "position!", version as "version!", received_at as "received_at!",
             is_late as "is_late!", body as "body!"
           from response_current
           where attempt_id = $1
           order by position"#,
        attempt.uuid(),
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Current {
            position: row.position,
            version: row.version,
            received_at: time::instant(row.received_at),
            is_late: row.is_late,
            body: row.body,
        })
        .collect())
}

/// Text that arrived when it could not count any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Late {
    /// Place in the paper.
    pub position: i32,
    /// `finished`, `overdue`, `other_device` or `section_closed`.
    pub reason: String,
    /// When it arrived.
    pub received_at: Instant,
    /// The content.
    pub body: Value,
}

/// The text of an attempt that does not count, oldest first: shown to staff, never scored silently.
pub async fn list_late(
    conn: &mut PgConnection,
    attempt: AttemptId,
) -> Result<Vec<Late>, StoreError> {
    let rows = sqlx::query!(
        "select position, reason, received_at, body
         from late_answer
         where attempt_id = $1
         order by received_at, save_id",
        attempt.uuid(),
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Late {
            position: row.position,
            reason: row.reason,
            received_at: time::instant(row.received_at),
            body: row.body,
        })
        .collect())
}
