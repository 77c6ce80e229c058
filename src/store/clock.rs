//! What the server does because time passes. Works for all organisations; on the `staff` pool
//! where nothing else is said.

use sqlx::PgConnection;

use super::StoreError;
use crate::domain::id::{AttemptId, OrganisationId};

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
