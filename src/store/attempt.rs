//! The candidate's door: opening, starting, moving, handing in.
//!
//! Each function is one statement on a connection of the `candidate` pool, without a transaction
//! around it. Secrets arrive as hashes. Time, order and ownership are decided by the database.

use sqlx::PgConnection;
use sqlx::types::Json;

use super::StoreError;
use super::door::{Clocked, Declined, Lined, Moved, Opened, Started, Submitted, Timed};
use super::page::Viewed;
use crate::domain::id::{AttemptId, InvitationId};

/// SHA-256 of a secret.
pub type Digest = [u8; 32];

/// Somebody opened a link. A good one makes the session.
pub async fn open(
    conn: &mut PgConnection,
    token: &Digest,
    session: &Digest,
    agent: &str,
) -> Result<Opened, StoreError> {
    let answer = sqlx::query_scalar!(
        r#"select door.open($1, $2, $3) as "answer!: Json<Opened>""#,
        token.as_slice(),
        session.as_slice(),
        agent,
    )
    .fetch_one(conn)
    .await?;
    Ok(answer.0)
}

/// Everything that the candidate's page shows, before, during and after the attempt.
pub async fn view(
    conn: &mut PgConnection,
    session: &Digest,
    invitation: InvitationId,
) -> Result<Viewed, StoreError> {
    let answer = sqlx::query_scalar!(
        r#"select door.view($1, $2) as "answer!: Json<Viewed>""#,
        session.as_slice(),
        invitation.uuid(),
    )
    .fetch_one(conn)
    .await?;
    Ok(answer.0)
}

/// How the attempt stands, without its questions; takes no lock.
pub async fn clock(
    conn: &mut PgConnection,
    session: &Digest,
    invitation: InvitationId,
) -> Result<Clocked, StoreError> {
    let answer = sqlx::query_scalar!(
        r#"select door.clock($1, $2) as "answer!: Json<Clocked>""#,
        session.as_slice(),
        invitation.uuid(),
    )
    .fetch_one(conn)
    .await?;
    Ok(answer.0)
}

/// Leaves the section for good and rests.
pub async fn rest(
    conn: &mut PgConnection,
    session: &Digest,
    attempt: AttemptId,
) -> Result<Timed<Moved>, StoreError> {
    let answer = sqlx::query_scalar!(
        r#"select door.rest($1, $2) as "answer!: Json<Timed<Moved>>""#,
        session.as_slice(),
        attempt.uuid(),
    )
    .fetch_one(conn)
    .await?;
    Ok(answer.0)
}

/// The person's own line was down for so long, as the browser says. The database gives what the
/// record and the policy allow.
pub async fn line(
    conn: &mut PgConnection,
    session: &Digest,
    attempt: AttemptId,
    milliseconds: i64,
) -> Result<Lined, StoreError> {
    let answer = sqlx::query_scalar!(
        r#"select door.line($1, $2, $3) as "answer!: Json<Lined>""#,
        session.as_slice(),
        attempt.uuid(),
        milliseconds,
    )
    .fetch_one(conn)
    .await?;
    Ok(answer.0)
}

/// Starts the clock and opens the first section. `attempt` is the id for a new attempt; when
/// somebody was first, the answer names the one that is there.
pub async fn start(
    conn: &mut PgConnection,
    session: &Digest,
    attempt: AttemptId,
    name: Option<&str>,
) -> Result<Started, StoreError> {
    let answer = sqlx::query_scalar!(
        r#"select door.start($1, $2, $3) as "answer!: Json<Started>""#,
        session.as_slice(),
        attempt.uuid(),
        name,
    )
    .fetch_one(conn)
    .await?;
    Ok(answer.0)
}

/// Opens a section, or moves on to the next question of a linear one.
pub async fn section(
    conn: &mut PgConnection,
    session: &Digest,
    attempt: AttemptId,
    section: i32,
    position: Option<i32>,
) -> Result<Timed<Moved>, StoreError> {
    let answer = sqlx::query_scalar!(
        r#"select door.section($1, $2, $3, $4) as "answer!: Json<Timed<Moved>>""#,
        session.as_slice(),
        attempt.uuid(),
        section,
        position,
    )
    .fetch_one(conn)
    .await?;
    Ok(answer.0)
}

/// Lets this browser write; the one before turns read-only.
pub async fn take_over(
    conn: &mut PgConnection,
    session: &Digest,
    attempt: AttemptId,
) -> Result<Timed<Moved>, StoreError> {
    let answer = sqlx::query_scalar!(
        r#"select door.take_over($1, $2) as "answer!: Json<Timed<Moved>>""#,
        session.as_slice(),
        attempt.uuid(),
    )
    .fetch_one(conn)
    .await?;
    Ok(answer.0)
}

/// Says no to an invitation.
pub async fn decline(
    conn: &mut PgConnection,
    session: &Digest,
    invitation: InvitationId,
) -> Result<Declined, StoreError> {
    let answer = sqlx::query_scalar!(
        r#"select door.decline($1, $2) as "answer!: Json<Declined>""#,
        session.as_slice(),
        invitation.uuid(),
    )
    .fetch_one(conn)
    .await?;
    Ok(answer.0)
}

/// Hands in. Every repeat gives the same receipt.
pub async fn submit(
    conn: &mut PgConnection,
    session: &Digest,
    attempt: AttemptId,
) -> Result<Submitted, StoreError> {
    let answer = sqlx::query_scalar!(
        r#"select door.submit($1, $2) as "answer!: Json<Submitted>""#,
        session.as_slice(),
        attempt.uuid(),
    )
    .fetch_one(conn)
    .await?;
    Ok(answer.0)
}

/// The receipt of an attempt that has ended.
pub async fn receipt(
    conn: &mut PgConnection,
    session: &Digest,
    invitation: InvitationId,
) -> Result<Submitted, StoreError> {
    let answer = sqlx::query_scalar!(
        r#"select door.receipt($1, $2) as "answer!: Json<Submitted>""#,
        session.as_slice(),
        invitation.uuid(),
    )
    .fetch_one(conn)
    .await?;
    Ok(answer.0)
}
