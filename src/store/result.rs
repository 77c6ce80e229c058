//! Results: what the scorer reads and writes, and what the replay reads.

use std::collections::BTreeMap;

use serde_json::Value;
use sqlx::PgConnection;

use super::{StoreError, time};
use crate::domain::id::{AccountId, AttemptId, InvitationId, ItemId, OrganisationId, VersionId};
use crate::domain::result::Outcome;
use crate::domain::time::Instant;

/// A finished attempt, as far as scoring and checking need it.
#[derive(Debug, Clone)]
pub struct Finished {
    /// Which attempt.
    pub attempt: AttemptId,
    /// Whose invitation.
    pub invitation: InvitationId,
    /// Which published version.
    pub version: VersionId,
    /// Length of the log when it ended.
    pub final_version: i64,
    /// Hash of the log when it ended.
    pub receipt_hash: Vec<u8>,
}

/// A finished attempt of the organisation; none while it runs or when it was cancelled.
pub async fn find_finished(
    conn: &mut PgConnection,
    attempt: AttemptId,
) -> Result<Option<Finished>, StoreError> {
    let row = sqlx::query!(
        r#"select invitation_id, assessment_version_id,
                  final_version as "final_version!", receipt_hash as "receipt_hash!"
           from attempt
           where attempt_id = $1 and state = 'submitted'"#,
        attempt.uuid(),
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Finished {
        attempt,
        invitation: InvitationId::new(row.invitation_id),
        version: VersionId::new(row.assessment_version_id),
        final_version: row.final_version,
        receipt_hash: row.receipt_hash,
    }))
}

/// Keeps a second scorer of the same attempt waiting until this transaction ends.
pub async fn lock_scoring(conn: &mut PgConnection, attempt: AttemptId) -> Result<(), StoreError> {
    sqlx::query!(
        "select pg_advisory_xact_lock(hashtextextended('touchstone-score-' || $1::text, 0))",
        attempt.to_string(),
    )
    .fetch_one(conn)
    .await?;
    Ok(())
}

/// One place of a paper.
#[derive(Debug, Clone)]
pub struct PaperPlace {
    /// Its number, from 1.
    pub position: u32,
    /// Its section, from 1.
    pub section: u32,
    /// The organisation's copy of the item.
    pub item: ItemId,
    /// Ids of options as this paper shows them.
    pub option_order: Vec<String>,
}

fn small(number: i32) -> u32 {
    u32::try_from(number).unwrap_or(0)
}

/// The paper of an invitation, in the order of positions.
pub async fn list_paper(
    conn: &mut PgConnection,
    invitation: InvitationId,
) -> Result<Vec<PaperPlace>, StoreError> {
    let rows = sqlx::query!(
        "select position, section, item_id, option_order
         from paper_item
         where invitation_id = $1
         order by position",
        invitation.uuid(),
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| PaperPlace {
            position: small(row.position),
            section: small(row.section),
            item: ItemId::new(row.item_id),
            option_order: row.option_order,
        })
        .collect())
}

/// A stored result.
#[derive(Debug, Clone)]
pub struct Stored {
    /// 1, 2, 3 and so on; the highest counts.
    pub revision: i32,
    /// Length of the log that was scored.
    pub final_version: i64,
    /// With which keys.
    pub key_hash: Vec<u8>,
    /// Points, in ten-thousandths.
    pub points: i64,
    /// Possible points.
    pub max_points: i64,
    /// Version of the rules.
    pub rule_version: i32,
    /// When it was computed.
    pub created_at: Instant,
    /// Everything, as it was stored.
    pub detail: Value,
}

impl Stored {
    /// The detail as the domain reads it.
    pub fn outcome(&self, attempt: AttemptId) -> Result<Outcome, StoreError> {
        serde_json::from_value(self.detail.clone())
            .map_err(|why| StoreError::corrupt("result", "detail", attempt, why))
    }
}

/// The newest result of an attempt.
pub async fn find_current(
    conn: &mut PgConnection,
    attempt: AttemptId,
) -> Result<Option<Stored>, StoreError> {
    let row = sqlx::query!(
        "select revision, final_version, key_hash, points, max_points, rule_version, created_at, detail
         from result
         where attempt_id = $1
         order by revision desc
         limit 1",
        attempt.uuid(),
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Stored {
        revision: row.revision,
        final_version: row.final_version,
        key_hash: row.key_hash,
        points: row.points,
        max_points: row.max_points,
        rule_version: row.rule_version,
        created_at: time::instant(row.created_at),
        detail: row.detail,
    }))
}

/// The newest results of several attempts.
pub async fn list_outcomes(
    conn: &mut PgConnection,
    attempts: &[AttemptId],
) -> Result<BTreeMap<AttemptId, Outcome>, StoreError> {
    let ids: Vec<uuid::Uuid> = attempts.iter().map(|attempt| attempt.uuid()).collect();
    let rows = sqlx::query!(
        r#"select attempt_id as "attempt_id!", detail as "detail!"
           from result_current
           where attempt_id = any($1)"#,
        &ids,
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            let outcome = serde_json::from_value(row.detail)
                .map_err(|why| StoreError::corrupt("result", "detail", row.attempt_id, why))?;
            Ok((AttemptId::new(row.attempt_id), outcome))
        })
        .collect()
}

/// A result to be kept; the database gives it its revision and its time.
#[derive(Debug)]
pub struct NewResult<'a> {
    /// Whose attempt.
    pub organisation: OrganisationId,
    /// Which attempt.
    pub attempt: AttemptId,
    /// With which keys.
    pub key_hash: &'a [u8],
    /// What came out.
    pub outcome: &'a Outcome,
    /// Why it was scored again; none for the first time.
    pub reason: Option<&'a str>,
    /// Who asked for it; none: the clock.
    pub by: Option<AccountId>,
}

/// Keeps a result. The ones before stay.
pub async fn insert(conn: &mut PgConnection, new: &NewResult<'_>) -> Result<(), StoreError> {
    let detail = serde_json::to_value(new.outcome)
        .map_err(|why| StoreError::corrupt("result", "detail", new.attempt, why))?;
    sqlx::query!(
        "insert into result (
           organisation_id, attempt_id, revision, final_version, key_hash, points, max_points,
           detail, rule_version, reason, created_by)
         values ($1, $2, 0, $3, $4, $5, $6, $7, $8, $9, $10)",
        new.organisation.uuid(),
        new.attempt.uuid(),
        new.outcome.final_version,
        new.key_hash,
        new.outcome.total.points,
        new.outcome.total.max,
        detail,
        i32::try_from(new.outcome.rule_version).unwrap_or(i32::MAX),
        new.reason,
        new.by.map(AccountId::uuid),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Finished attempts of every organisation, one or all: for the replay. On the `scorer` pool.
pub async fn list_finished(
    conn: &mut PgConnection,
    attempt: Option<AttemptId>,
) -> Result<Vec<(OrganisationId, AttemptId)>, StoreError> {
    let rows = sqlx::query!(
        r#"select organisation_id as "organisation_id!", attempt_id as "attempt_id!"
           from office.finished_attempts($1)"#,
        attempt.map(AttemptId::uuid),
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (OrganisationId::new(row.organisation_id), AttemptId::new(row.attempt_id)))
        .collect())
}
