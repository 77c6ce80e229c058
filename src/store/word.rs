//! Words around an attempt: problems with questions, the system check, what a candidate says to what
//! reviewers see.

use serde_json::Value;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use super::StoreError;
use super::attempt::Digest;
use super::door::{Moved, Timed};
use super::time::instant;
use crate::domain::id::{AssessmentId, AttemptId, InvitationId, OrganisationId};
use crate::domain::time::Instant;

/// A problem with a question, as staff read it.
#[derive(Debug, Clone)]
pub struct Report {
    /// When it was told.
    pub at: Instant,
    /// The item's name in the bank.
    pub item: String,
    /// Its revision.
    pub revision: i32,
    /// Which question it was for this person.
    pub position: i32,
    /// `unclear`, `wrong`, `display` or `other`.
    pub kind: String,
    /// What was said, if anything.
    pub words: Option<String>,
}

/// What a candidate says.
#[derive(Debug, Clone)]
pub struct Reply {
    /// When.
    pub at: Instant,
    /// What.
    pub words: String,
}

/// Tells a problem with a question. On the `candidate` pool, like all that takes a session.
pub async fn report(
    conn: &mut PgConnection,
    session: &Digest,
    attempt: AttemptId,
    position: i32,
    report: Uuid,
    kind: &str,
    words: &str,
) -> Result<Timed<Moved>, StoreError> {
    let answer = sqlx::query_scalar!(
        r#"select door.report($1, $2, $3, $4, $5, $6) as "answer!: Json<Timed<Moved>>""#,
        session.as_slice(),
        attempt.uuid(),
        report,
        position,
        kind,
        words,
    )
    .fetch_one(conn)
    .await?;
    Ok(answer.0)
}

/// The names of the kinds of question in somebody's paper.
pub async fn list_kinds(
    conn: &mut PgConnection,
    session: &Digest,
    invitation: InvitationId,
) -> Result<Vec<String>, StoreError> {
    let answer = sqlx::query_scalar!(
        r#"select door.kinds($1, $2) as "answer!: Json<Vec<String>>""#,
        session.as_slice(),
        invitation.uuid(),
    )
    .fetch_one(conn)
    .await?;
    Ok(answer.0)
}

/// Keeps what the browser could do. The answer is the database's time; none for an unknown session.
pub async fn check(
    conn: &mut PgConnection,
    session: &Digest,
    invitation: InvitationId,
    facts: &Value,
) -> Result<Option<Instant>, StoreError> {
    #[derive(serde::Deserialize)]
    struct Answer {
        outcome: String,
        now: Instant,
    }
    let answer = sqlx::query_scalar!(
        r#"select door.check($1, $2, $3) as "answer!: Json<Answer>""#,
        session.as_slice(),
        invitation.uuid(),
        facts,
    )
    .fetch_one(conn)
    .await?;
    Ok((answer.0.outcome == "ok").then_some(answer.0.now))
}

/// Says something to what reviewers see.
pub async fn reply(
    conn: &mut PgConnection,
    session: &Digest,
    attempt: AttemptId,
    reply: Uuid,
    words: &str,
) -> Result<Timed<Moved>, StoreError> {
    let answer = sqlx::query_scalar!(
        r#"select door.reply($1, $2, $3, $4) as "answer!: Json<Timed<Moved>>""#,
        session.as_slice(),
        attempt.uuid(),
        reply,
        words,
    )
    .fetch_one(conn)
    .await?;
    Ok(answer.0)
}

/// Whose finished attempt a session may look at, and what the organisation lets it see. On the
/// `scorer` pool.
pub async fn find_mirror(
    conn: &mut PgConnection,
    session: &Digest,
    invitation: InvitationId,
) -> Result<Option<(OrganisationId, AttemptId, String)>, StoreError> {
    let row = sqlx::query!(
        r#"select organisation_id as "organisation_id!", attempt_id as "attempt_id!", sees as "sees!"
           from office.mirror($1, $2)"#,
        session.as_slice(),
        invitation.uuid(),
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| {
        (OrganisationId::new(row.organisation_id), AttemptId::new(row.attempt_id), row.sees)
    }))
}

/// The problems that were told in an assessment, newest first.
pub async fn list_reports(
    conn: &mut PgConnection,
    assessment: AssessmentId,
    limit: i64,
) -> Result<Vec<Report>, StoreError> {
    let rows = sqlx::query!(
        r#"select r.reported_at, r.item_code, r.item_revision, r.position, r.kind, r.words
           from item_report as r
           join attempt as a on a.attempt_id = r.attempt_id
           where a.assessment_id = $1
           order by r.reported_at desc
           limit $2"#,
        assessment.uuid(),
        limit,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Report {
            at: instant(row.reported_at),
            item: row.item_code,
            revision: row.item_revision,
            position: row.position,
            kind: row.kind,
            words: row.words,
        })
        .collect())
}

/// What a candidate said, oldest first.
pub async fn list_replies(
    conn: &mut PgConnection,
    attempt: AttemptId,
) -> Result<Vec<Reply>, StoreError> {
    let rows = sqlx::query!(
        "select words, replied_at from candidate_reply where attempt_id = $1 order by replied_at",
        attempt.uuid(),
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Reply { at: instant(row.replied_at), words: row.words })
        .collect())
}
