//! Results: what the scorer reads and writes, and what staff read of it.

use std::collections::BTreeMap;

use serde_json::Value;
use sqlx::PgConnection;

use super::{StoreError, time};
use crate::domain::id::{
    AccountId, AssessmentId, AttemptId, CandidateId, InvitationId, ItemId, OrganisationId,
    VersionId,
};
use crate::domain::result::{Outcome, Tally};
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

/// One person's way through one assessment: the line of the table and of the file.
#[derive(Debug, Clone)]
pub struct Line {
    /// The invitation.
    pub invitation: InvitationId,
    /// Who.
    pub candidate: CandidateId,
    /// The organisation's own number for the person.
    pub external_id: Option<String>,
    /// The name as it was given.
    pub name: Option<String>,
    /// Where the invitation went.
    pub email: String,
    /// Which published version.
    pub version: VersionId,
    /// When the invitation was made.
    pub invited_at: Instant,
    /// When the link was opened first.
    pub opened_at: Option<Instant>,
    /// Until when a start is possible.
    pub expires_at: Instant,
    /// The candidate said no.
    pub declined_at: Option<Instant>,
    /// Staff took it back.
    pub revoked_at: Option<Instant>,
    /// Factor of every clock, in per cent.
    pub time_factor_percent: i32,
    /// No clock.
    pub is_untimed: bool,
    /// The attempt, once started.
    pub attempt: Option<Run>,
}

/// The attempt of a [`Line`].
#[derive(Debug, Clone)]
pub struct Run {
    /// Which attempt.
    pub id: AttemptId,
    /// `running`, `submitted` or `voided`.
    pub state: String,
    /// When the clock started.
    pub started_at: Instant,
    /// Limit for everybody.
    pub base_seconds: i32,
    /// Time given beyond it.
    pub extra_seconds: i32,
    /// Of which for outages of the house.
    pub outage_seconds: i64,
    /// When it ended.
    pub finished_at: Option<Instant>,
    /// `candidate`, `clock` or `staff`.
    pub finalised_by: Option<String>,
    /// Hash of the log.
    pub receipt_hash: Option<Vec<u8>>,
    /// Answers that came too late to count.
    pub late_answers: i64,
    /// Events that were written down.
    pub events: i64,
    /// The newest result of the finished log.
    pub result: Option<(i32, Tally)>,
}

/// Every person of an assessment, in the order of invitations.
pub async fn list_lines(
    conn: &mut PgConnection,
    assessment: AssessmentId,
    attempt: Option<AttemptId>,
) -> Result<Vec<Line>, StoreError> {
    let rows = sqlx::query!(
        r#"select
             i.invitation_id, i.candidate_id, c.external_id, c.name, c.email,
             i.assessment_version_id, i.created_at, i.opened_at, i.expires_at, i.declined_at,
             i.revoked_at, i.time_factor_percent, i.is_untimed,
             a.attempt_id as "attempt_id?", a.state as "state?", a.started_at as "started_at?",
             a.base_seconds as "base_seconds?", a.extra_seconds as "extra_seconds?",
             a.finished_at, a.finalised_by, a.receipt_hash,
             coalesce((select extract(epoch from sum(g.until_at - g.from_at))::bigint
                       from time_grant as g
                       where g.attempt_id = a.attempt_id and g.kind = 'outage'), 0) as "outage_seconds!",
             (select count(*) from late_answer as l where l.attempt_id = a.attempt_id) as "late_answers!",
             (select count(*) from audit_event as e where e.subject_id = a.attempt_id) as "events!",
             r.revision as "revision?", r.total as "total?"
           from invitation as i
           join candidate as c on c.candidate_id = i.candidate_id
           left join attempt as a on a.invitation_id = i.invitation_id
           left join lateral (
             select n.revision, n.detail -> 'total' as total
             from result as n
             where n.attempt_id = a.attempt_id
               and a.state = 'submitted'
               and n.final_version = a.final_version
             order by n.revision desc
             limit 1) as r on true
           where i.assessment_id = $1 and ($2::uuid is null or a.attempt_id = $2)
           order by i.created_at, i.invitation_id"#,
        assessment.uuid(),
        attempt.map(AttemptId::uuid),
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            let result = match (row.revision, row.total) {
                (Some(revision), Some(total)) => Some((
                    revision,
                    serde_json::from_value(total).map_err(|why| {
                        StoreError::corrupt("result", "detail", row.invitation_id, why)
                    })?,
                )),
                _ => None,
            };
            let attempt = match (row.attempt_id, row.state, row.started_at) {
                (Some(id), Some(state), Some(started_at)) => Some(Run {
                    id: AttemptId::new(id),
                    state,
                    started_at: time::instant(started_at),
                    base_seconds: row.base_seconds.unwrap_or_default(),
                    extra_seconds: row.extra_seconds.unwrap_or_default(),
                    outage_seconds: row.outage_seconds,
                    finished_at: row.finished_at.map(time::instant),
                    finalised_by: row.finalised_by,
                    receipt_hash: row.receipt_hash,
                    late_answers: row.late_answers,
                    events: row.events,
                    result,
                }),
                _ => None,
            };
            Ok(Line {
                invitation: InvitationId::new(row.invitation_id),
                candidate: CandidateId::new(row.candidate_id),
                external_id: row.external_id,
                name: row.name,
                email: row.email,
                version: VersionId::new(row.assessment_version_id),
                invited_at: time::instant(row.created_at),
                opened_at: row.opened_at.map(time::instant),
                expires_at: time::instant(row.expires_at),
                declined_at: row.declined_at.map(time::instant),
                revoked_at: row.revoked_at.map(time::instant),
                time_factor_percent: row.time_factor_percent,
                is_untimed: row.is_untimed,
                attempt,
            })
        })
        .collect()
}

/// What the results of an assessment are measured against.
#[derive(Debug, Clone)]
pub struct Board {
    /// Its title.
    pub title: String,
    /// Name of the organisation.
    pub organisation: String,
    /// Where the organisation is.
    pub timezone: String,
    /// The database's time.
    pub now: Instant,
    /// The published versions.
    pub versions: BTreeMap<VersionId, Rules>,
}

/// What a version says about results.
#[derive(Debug, Clone)]
pub struct Rules {
    /// 1, 2, 3 and so on.
    pub number: i32,
    /// The share of points from which a result meets the cut.
    pub cut_percent: Option<u32>,
    /// Titles of the sections.
    pub sections: Vec<String>,
    /// With which keys.
    pub key_hash: Vec<u8>,
}

/// The assessment with its versions; none: there is no such assessment in this organisation.
pub async fn find_board(
    conn: &mut PgConnection,
    assessment: AssessmentId,
) -> Result<Option<Board>, StoreError> {
    let Some(head) = sqlx::query!(
        r#"select s.title, o.name, o.timezone, app_now() as "now!"
           from assessment as s
           join organisation as o on o.organisation_id = s.organisation_id
           where s.assessment_id = $1"#,
        assessment.uuid(),
    )
    .fetch_optional(&mut *conn)
    .await?
    else {
        return Ok(None);
    };
    let versions = sqlx::query!(
        r#"select v.assessment_version_id, v.number, v.key_hash,
                  (v.spec -> 'draft' ->> 'cut_percent')::integer as cut_percent,
                  array(select s.title from version_section as s
                        where s.assessment_version_id = v.assessment_version_id
                        order by s.section) as "sections!"
           from assessment_version as v
           where v.assessment_id = $1"#,
        assessment.uuid(),
    )
    .fetch_all(conn)
    .await?;
    Ok(Some(Board {
        title: head.title,
        organisation: head.name,
        timezone: head.timezone,
        now: time::instant(head.now),
        versions: versions
            .into_iter()
            .map(|row| {
                let rules = Rules {
                    number: row.number,
                    cut_percent: row.cut_percent.map(small),
                    sections: row.sections,
                    key_hash: row.key_hash,
                };
                (VersionId::new(row.assessment_version_id), rules)
            })
            .collect(),
    }))
}

/// The assessment that an attempt belongs to.
pub async fn find_assessment(
    conn: &mut PgConnection,
    attempt: AttemptId,
) -> Result<Option<AssessmentId>, StoreError> {
    let row = sqlx::query_scalar!(
        "select assessment_id from attempt where attempt_id = $1",
        attempt.uuid(),
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(AssessmentId::new))
}

/// Every skill that the published versions of an assessment measure, by name: the columns of a file
/// must not depend on who has answered what.
pub async fn list_skills(
    conn: &mut PgConnection,
    assessment: AssessmentId,
) -> Result<Vec<String>, StoreError> {
    let rows = sqlx::query_scalar!(
        r#"select distinct i.skill collate "C" as "skill!"
           from version_item as i
           join assessment_version as v on v.assessment_version_id = i.assessment_version_id
           where v.assessment_id = $1
           order by 1"#,
        assessment.uuid(),
    )
    .fetch_all(conn)
    .await?;
    Ok(rows)
}
