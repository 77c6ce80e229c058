//! The invitations of an assessment as staff see them, and who works right now.

use sqlx::PgConnection;

use crate::domain::id::{AssessmentId, AttemptId, InvitationId, VersionId};
use crate::domain::invitation::{OwnTime, Status};
use crate::domain::time::{Instant, Seconds};
use crate::store::invitation::read_status;
use crate::store::{StoreError, time as db_time};

/// An invitation in the table of its assessment.
#[derive(Debug, Clone)]
pub struct Invitee {
    /// Id.
    pub invitation: InvitationId,
    /// The version that the person takes.
    pub version: VersionId,
    /// Address.
    pub email: String,
    /// Name, once anybody has given it.
    pub name: Option<String>,
    /// The organisation's number for the person.
    pub external_id: Option<String>,
    /// How far the person is.
    pub status: Status,
    /// When it was made.
    pub created_at: Instant,
    /// The last moment to start.
    pub expires_at: Instant,
    /// The person's time.
    pub time: OwnTime,
    /// The attempt, once it was started.
    pub attempt: Option<AttemptId>,
    /// The newest mail to the person was given up.
    pub has_lost_mail: bool,
}

impl Invitee {
    /// The name, or else the address.
    pub fn called(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.email)
    }
}

macro_rules! invitee {
    ($row:expr) => {{
        let row = $row;
        let invitation = InvitationId::new(row.invitation_id);
        Ok(Invitee {
            invitation,
            version: VersionId::new(row.assessment_version_id),
            email: row.email,
            name: row.name,
            external_id: row.external_id,
            status: read_status(&row.status, invitation)?,
            created_at: db_time::instant(row.created_at),
            expires_at: db_time::instant(row.expires_at),
            time: OwnTime {
                factor_percent: u16::try_from(row.time_factor_percent).map_err(|why| {
                    StoreError::corrupt("invitation", "time_factor_percent", invitation, why)
                })?,
                is_untimed: row.is_untimed,
            },
            attempt: row.attempt_id.map(AttemptId::new),
            has_lost_mail: row.has_lost_mail,
        })
    }};
}

/// Which invitations of an assessment.
#[derive(Debug, Clone, Default)]
pub struct Which {
    /// Only with this status.
    pub status: Option<Status>,
    /// Only where name, address or number contains this, whatever its case.
    pub search: Option<String>,
}

/// Invitations of an assessment, newest first, and how many there are in all.
///
/// `offset 0` has the status looked up by id, whatever the planner believes about a table that has
/// just grown: thousands of people are invited at once, and then their list is opened.
pub async fn list(
    conn: &mut PgConnection,
    assessment: AssessmentId,
    which: &Which,
    first: i64,
    limit: i64,
) -> Result<(Vec<Invitee>, i64), StoreError> {
    let status = which.status.map(Status::as_str);
    let rows = sqlx::query!(
        r#"select p.invitation_id as "invitation_id!", p.assessment_version_id as "assessment_version_id!",
                  p.email as "email!", p.name, p.external_id, p.status as "status!",
                  p.created_at as "created_at!", p.expires_at as "expires_at!",
                  p.time_factor_percent as "time_factor_percent!", p.is_untimed as "is_untimed!",
                  p.attempt_id as "attempt_id?",
                  coalesce((
                    select m.given_up_at is not null and m.sealed_body is not null
                    from outbox as m where m.invitation_id = p.invitation_id
                    order by m.created_at desc limit 1), false) as "has_lost_mail!"
           from (
             select i.invitation_id, i.assessment_version_id, c.email, c.name, c.external_id, s.status,
                    i.created_at, i.expires_at, i.time_factor_percent, i.is_untimed, s.attempt_id
             from invitation as i
             join candidate as c on c.candidate_id = i.candidate_id
             cross join lateral (
               select o.status, o.attempt_id from invitation_status as o
               where o.invitation_id = i.invitation_id offset 0) as s
             where i.assessment_id = $1
               and ($2::text is null or s.status = $2)
               and ($3::text is null
                    or position(lower($3) in lower(concat_ws(' ', c.name, c.email, c.external_id))) > 0)
             order by i.created_at desc, c.email, i.invitation_id
             offset $4 limit $5) as p
           order by p.created_at desc, p.email, p.invitation_id"#,
        assessment.uuid(),
        status,
        which.search,
        first,
        limit,
    )
    .fetch_all(&mut *conn)
    .await?;
    let all = sqlx::query_scalar!(
        r#"select count(*) as "all!"
           from invitation_status as s
           join candidate as c on c.candidate_id = s.candidate_id
           where s.assessment_id = $1
             and ($2::text is null or s.status = $2)
             and ($3::text is null
                  or position(lower($3) in lower(concat_ws(' ', c.name, c.email, c.external_id))) > 0)"#,
        assessment.uuid(),
        status,
        which.search,
    )
    .fetch_one(conn)
    .await?;
    let rows = rows.into_iter().map(|row| invitee!(row)).collect::<Result<_, StoreError>>()?;
    Ok((rows, all))
}

/// One invitation of an assessment.
pub async fn find(
    conn: &mut PgConnection,
    assessment: AssessmentId,
    id: InvitationId,
) -> Result<Option<Invitee>, StoreError> {
    let row = sqlx::query!(
        r#"select i.invitation_id, i.assessment_version_id, c.email, c.name, c.external_id,
                  s.status as "status!", i.created_at, i.expires_at, i.time_factor_percent, i.is_untimed,
                  s.attempt_id as "attempt_id?",
                  coalesce((
                    select m.given_up_at is not null and m.sealed_body is not null
                    from outbox as m where m.invitation_id = i.invitation_id
                    order by m.created_at desc limit 1), false) as "has_lost_mail!"
           from invitation as i
           join invitation_status as s on s.invitation_id = i.invitation_id
           join candidate as c on c.candidate_id = i.candidate_id
           where i.assessment_id = $1 and i.invitation_id = $2"#,
        assessment.uuid(),
        id.uuid(),
    )
    .fetch_optional(conn)
    .await?;
    row.map(|row| invitee!(row)).transpose()
}

/// Locks an invitation, so that what is decided about it stays true.
pub async fn lock(conn: &mut PgConnection, id: InvitationId) -> Result<(), StoreError> {
    sqlx::query!(
        "select invitation_id from invitation where invitation_id = $1 for no key update",
        id.uuid(),
    )
    .fetch_optional(conn)
    .await?;
    Ok(())
}

/// How many invitations of an assessment have each status; those that nobody has are left out.
pub async fn count_by_status(
    conn: &mut PgConnection,
    assessment: AssessmentId,
) -> Result<Vec<(Status, i64)>, StoreError> {
    let rows = sqlx::query!(
        r#"select s.status as "status!", count(*) as "count!"
           from invitation_status as s where s.assessment_id = $1 group by s.status"#,
        assessment.uuid(),
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            let status = row.status.parse().map_err(|why| {
                StoreError::corrupt("invitation_status", "status", &row.status, why)
            })?;
            Ok((status, row.count))
        })
        .collect()
}

/// Somebody who works right now.
#[derive(Debug, Clone)]
pub struct Runner {
    /// The attempt.
    pub attempt: AttemptId,
    /// The invitation.
    pub invitation: InvitationId,
    /// Name, or else the address.
    pub called: String,
    /// How many questions the paper has.
    pub items: i64,
    /// How many have an answer.
    pub answered: i64,
    /// When the last change arrived.
    pub saved_at: Option<Instant>,
    /// The whole time of this person.
    pub own: Seconds,
    /// The end; none when untimed.
    pub deadline_at: Option<Instant>,
}

/// Who works on an assessment right now, least time left first, at most `limit`.
pub async fn list_running(
    conn: &mut PgConnection,
    assessment: AssessmentId,
    limit: i64,
) -> Result<Vec<Runner>, StoreError> {
    let rows = sqlx::query!(
        r#"select a.attempt_id, a.invitation_id, coalesce(c.name, c.email) as "called!",
                  a.base_seconds + a.extra_seconds as "own!", a.deadline_at,
                  (select count(*) from paper_item as p
                   where p.invitation_id = a.invitation_id) as "items!",
                  (select count(*) from response_current as r
                   where r.attempt_id = a.attempt_id
                     and not coalesce(r.body = 'null' or r.body ->> 'state' = 'blank', true)) as "answered!",
                  (select max(r.received_at) from response as r where r.attempt_id = a.attempt_id) as saved_at
           from attempt as a
           join candidate as c on c.candidate_id = a.candidate_id
           where a.assessment_id = $1 and a.state = 'running'
             and (a.is_untimed or app_now() <= a.deadline_at + make_interval(secs => a.grace_seconds))
           order by a.deadline_at nulls last, a.attempt_id
           limit $2"#,
        assessment.uuid(),
        limit,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Runner {
            attempt: AttemptId::new(row.attempt_id),
            invitation: InvitationId::new(row.invitation_id),
            called: row.called,
            items: row.items,
            answered: row.answered,
            saved_at: row.saved_at.map(db_time::instant),
            own: Seconds::new(i64::from(row.own)),
            deadline_at: row.deadline_at.map(db_time::instant),
        })
        .collect())
}

/// The invitation of an attempt of this assessment.
pub async fn find_by_attempt(
    conn: &mut PgConnection,
    assessment: AssessmentId,
    attempt: AttemptId,
) -> Result<Option<InvitationId>, StoreError> {
    let id = sqlx::query_scalar!(
        "select invitation_id from attempt where assessment_id = $1 and attempt_id = $2",
        assessment.uuid(),
        attempt.uuid(),
    )
    .fetch_optional(conn)
    .await?;
    Ok(id.map(InvitationId::new))
}

/// What staff did to an attempt.
#[derive(Debug, Clone)]
pub struct Deed {
    /// When.
    pub at: Instant,
    /// `subject.verb`.
    pub action: String,
    /// Who did it, when it was a colleague.
    pub by: Option<String>,
    /// Whose attempt.
    pub called: String,
    /// Why.
    pub reason: Option<String>,
    /// Seconds that were given.
    pub seconds: Option<i64>,
    /// The time was agreed for this person.
    pub is_accommodation: bool,
}

/// The newest events of an assessment's attempts.
pub async fn list_deeds(
    conn: &mut PgConnection,
    assessment: AssessmentId,
    limit: i64,
) -> Result<Vec<Deed>, StoreError> {
    let rows = sqlx::query!(
        r#"select e.happened_at, e.action, b.name as "by?", coalesce(c.name, c.email) as "called!", e.reason,
                  (e.detail ->> 'seconds')::bigint as seconds,
                  coalesce(e.detail ->> 'kind' = 'accommodation', false) as "is_accommodation!"
           from attempt as a
           join audit_event as e on e.subject_id = a.attempt_id and e.subject_kind = 'attempt'
           join candidate as c on c.candidate_id = a.candidate_id
           left join account as b on e.actor_kind = 'staff' and b.account_id = e.actor_id
           where a.assessment_id = $1
           order by e.happened_at desc, e.audit_event_id desc
           limit $2"#,
        assessment.uuid(),
        limit,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Deed {
            at: db_time::instant(row.happened_at),
            action: row.action,
            by: row.by,
            called: row.called,
            reason: row.reason,
            seconds: row.seconds,
            is_accommodation: row.is_accommodation,
        })
        .collect())
}
