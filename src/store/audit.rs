//! What happened, and who did it. The table only grows; its time is the database's.

use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{StoreError, time};
use crate::domain::id::{AccountId, AttemptId, AuditEventId, CandidateId, OrganisationId};
use crate::domain::time::Instant;

/// An event to write down. `detail` holds facts, never personal data: it stays when a person is
/// erased.
#[derive(Debug, Clone)]
pub struct Event {
    organisation: Option<OrganisationId>,
    actor_kind: &'static str,
    actor: Option<Uuid>,
    action: &'static str,
    subject: Option<(&'static str, Uuid)>,
    reason: Option<String>,
    detail: Value,
    request: Option<String>,
}

impl Event {
    /// A colleague did it. `action` is `subject.verb`, such as `assessment.published`.
    pub fn by_staff(organisation: OrganisationId, by: AccountId, action: &'static str) -> Self {
        Self::new(Some(organisation), "staff", Some(by.uuid()), action)
    }

    /// The candidate did it.
    pub fn by_candidate(
        organisation: OrganisationId,
        by: CandidateId,
        action: &'static str,
    ) -> Self {
        Self::new(Some(organisation), "candidate", Some(by.uuid()), action)
    }

    /// The server did it by itself.
    pub fn by_clock(organisation: OrganisationId, action: &'static str) -> Self {
        Self::new(Some(organisation), "clock", None, action)
    }

    /// The operator did it on the command line.
    pub fn by_operator(organisation: Option<OrganisationId>, action: &'static str) -> Self {
        Self::new(organisation, "operator", None, action)
    }

    /// Somebody tried who is not known.
    pub fn by_stranger(action: &'static str) -> Self {
        Self::new(None, "stranger", None, action)
    }

    fn new(
        organisation: Option<OrganisationId>,
        actor_kind: &'static str,
        actor: Option<Uuid>,
        action: &'static str,
    ) -> Self {
        Self {
            organisation,
            actor_kind,
            actor,
            action,
            subject: None,
            reason: None,
            detail: Value::Object(serde_json::Map::new()),
            request: None,
        }
    }

    /// What it was done to.
    #[must_use]
    pub fn about(mut self, kind: &'static str, id: Uuid) -> Self {
        self.subject = Some((kind, id));
        self
    }

    /// It was done to an attempt.
    #[must_use]
    pub fn about_attempt(self, attempt: AttemptId) -> Self {
        self.about("attempt", attempt.uuid())
    }

    /// Why, in the words of whoever did it.
    #[must_use]
    pub fn because(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }

    /// Facts that belong to it.
    #[must_use]
    pub fn with(mut self, detail: Value) -> Self {
        self.detail = detail;
        self
    }

    /// The request it happened in.
    #[must_use]
    pub fn in_request(mut self, request: impl Into<String>) -> Self {
        self.request = Some(request.into());
        self
    }
}

/// Writes an event down, in the transaction of what it tells about.
pub async fn append(conn: &mut PgConnection, event: &Event) -> Result<(), StoreError> {
    sqlx::query!(
        "insert into audit_event (
           organisation_id, actor_kind, actor_id, action, subject_kind, subject_id,
           reason, detail, request_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        event.organisation.map(OrganisationId::uuid),
        event.actor_kind,
        event.actor,
        event.action,
        event.subject.map(|(kind, _)| kind),
        event.subject.map(|(_, id)| id),
        event.reason,
        event.detail,
        event.request,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes down that a colleague did the same to many things.
pub async fn append_all(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    by: AccountId,
    action: &'static str,
    subject_kind: &'static str,
    subjects: &[Uuid],
) -> Result<(), StoreError> {
    sqlx::query!(
        "insert into audit_event (organisation_id, actor_kind, actor_id, action, subject_kind, subject_id)
         select $1, 'staff', $2, $3, $4, n.subject from unnest($5::uuid[]) as n (subject)",
        organisation.uuid(),
        by.uuid(),
        action,
        subject_kind,
        subjects,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// An event as the audit page shows it.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Id.
    pub id: AuditEventId,
    /// When.
    pub happened_at: Instant,
    /// `staff`, `candidate`, `clock`, `operator` or `stranger`.
    pub actor_kind: String,
    /// Account or candidate.
    pub actor: Option<Uuid>,
    /// Name of the colleague, when it was one.
    pub actor_name: Option<String>,
    /// `subject.verb`.
    pub action: String,
    /// What it was done to.
    pub subject_kind: Option<String>,
    /// Which one.
    pub subject: Option<Uuid>,
    /// What it is called now; nothing once it is erased.
    pub subject_name: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// Facts.
    pub detail: Value,
}

/// A place in the list: everything older than this event comes next.
pub type Before = (Instant, AuditEventId);

/// The events of the organisation, newest first, at most `limit`.
pub async fn list(
    conn: &mut PgConnection,
    subject: Option<Uuid>,
    before: Option<Before>,
    limit: i64,
) -> Result<Vec<Entry>, StoreError> {
    let rows = sqlx::query!(
        r#"select
             e.audit_event_id, e.happened_at, e.actor_kind, e.actor_id, a.name as "actor_name?",
             e.action, e.subject_kind, e.subject_id, e.reason, e.detail,
             case e.subject_kind
               when 'assessment' then
                 (select s.title from assessment as s where s.assessment_id = e.subject_id)
               when 'account' then (select s.name from account as s where s.account_id = e.subject_id)
               when 'item' then (select s.code from bank_item as s where s.bank_item_id = e.subject_id)
               when 'invitation' then
                 (select coalesce(c.name, c.email) from invitation as i
                  join candidate as c on c.candidate_id = i.candidate_id
                  where i.invitation_id = e.subject_id)
               when 'attempt' then
                 (select coalesce(c.name, c.email) from attempt as t
                  join invitation as i on i.invitation_id = t.invitation_id
                  join candidate as c on c.candidate_id = i.candidate_id
                  where t.attempt_id = e.subject_id)
             end as subject_name
           from audit_event as e
           left join account as a on e.actor_kind = 'staff' and a.account_id = e.actor_id
           where ($1::uuid is null or e.subject_id = $1)
             and ($2::timestamptz is null or (e.happened_at, e.audit_event_id) < ($2, $3))
           order by e.happened_at desc, e.audit_event_id desc
           limit $4"#,
        subject,
        before.map(|(at, _)| time::timestamp(at)),
        before.map(|(_, id)| id.uuid()),
        limit,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Entry {
            id: AuditEventId::new(row.audit_event_id),
            happened_at: time::instant(row.happened_at),
            actor_kind: row.actor_kind,
            actor: row.actor_id,
            actor_name: row.actor_name,
            action: row.action,
            subject_kind: row.subject_kind,
            subject: row.subject_id,
            subject_name: row.subject_name,
            reason: row.reason,
            detail: row.detail,
        })
        .collect())
}
