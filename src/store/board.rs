//! The people of an assessment as the table and the files show them.

use std::collections::BTreeMap;

use sqlx::PgConnection;

use super::{StoreError, time};
use crate::domain::id::{AssessmentId, AttemptId, CandidateId, InvitationId, VersionId};
use crate::domain::result::Tally;
use crate::domain::time::Instant;

fn small(number: i32) -> u32 {
    u32::try_from(number).unwrap_or(0)
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
