//! Promised mail.

use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use crate::domain::id::{InvitationId, OrganisationId};
use crate::domain::time::Instant;
use crate::store::{StoreError, time as db_time};

/// A mail to promise. The body is sealed already.
#[derive(Debug)]
pub struct NewMail<'a> {
    /// Id; also the name of its file and its message id.
    pub id: Uuid,
    /// What it is for.
    pub kind: &'static str,
    /// Address of the receiver.
    pub recipient: &'a str,
    /// Subject and text, sealed.
    pub sealed: &'a [u8],
    /// The colleague it is for.
    pub account: Option<Uuid>,
    /// The invitation it is for.
    pub invitation: Option<Uuid>,
}

/// Promises a mail.
pub async fn insert(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    new: &NewMail<'_>,
) -> Result<(), StoreError> {
    sqlx::query!(
        "insert into outbox (outbox_id, organisation_id, invitation_id, account_id, kind, recipient, sealed_body)
         values ($1, $2, $3, $4, $5, $6, $7)",
        new.id,
        organisation.uuid(),
        new.invitation,
        new.account,
        new.kind,
        new.recipient,
        new.sealed,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Promises many mails of one kind to candidates.
pub async fn insert_all(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    kind: &'static str,
    new: &[ToCandidate],
) -> Result<(), StoreError> {
    let ids: Vec<_> = new.iter().map(|mail| mail.id).collect();
    let invitations: Vec<_> = new.iter().map(|mail| mail.invitation.uuid()).collect();
    let recipients: Vec<_> = new.iter().map(|mail| mail.recipient.clone()).collect();
    let sealed: Vec<_> = new.iter().map(|mail| mail.sealed.clone()).collect();
    sqlx::query!(
        "insert into outbox (outbox_id, organisation_id, invitation_id, kind, recipient, sealed_body)
         select n.id, $1, n.invitation, $2, n.recipient, n.sealed
         from unnest($3::uuid[], $4::uuid[], $5::text[], $6::bytea[]) as n (id, invitation, recipient, sealed)",
        organisation.uuid(),
        kind,
        &ids,
        &invitations,
        &recipients,
        &sealed,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// One of many mails to candidates. The body is sealed already.
#[derive(Debug, Clone)]
pub struct ToCandidate {
    /// Id; also the name of its file and its message id.
    pub id: Uuid,
    /// The invitation it is for.
    pub invitation: InvitationId,
    /// Address of the receiver.
    pub recipient: String,
    /// Subject and text, sealed.
    pub sealed: Vec<u8>,
}

/// Takes back mails to a candidate that were not sent yet: the link in them has ended.
pub async fn withdraw(conn: &mut PgConnection, invitation: InvitationId) -> Result<(), StoreError> {
    sqlx::query!(
        "update outbox set given_up_at = coalesce(given_up_at, app_now()), sealed_body = null
         where invitation_id = $1 and delivered_at is null and sealed_body is not null",
        invitation.uuid(),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A mail that a sender holds.
#[derive(Debug)]
pub struct Due {
    /// Id.
    pub id: Uuid,
    /// The right to report about it.
    pub lease: Uuid,
    /// Subject and text, sealed.
    pub sealed: Vec<u8>,
    /// How often it was tried before.
    pub tries: i32,
}

/// Takes the next mail that is due, of any organisation.
pub async fn lease(
    pool: &PgPool,
    lease: Uuid,
    lasts_seconds: i32,
) -> Result<Option<Due>, StoreError> {
    let row = sqlx::query!(
        r#"select outbox_id as "outbox_id!", sealed_body as "sealed_body!", tries as "tries!"
           from office.lease_mail($1, $2)"#,
        lease,
        lasts_seconds,
    )
    .fetch_optional(pool)
    .await?;
    Ok(row.map(|row| Due { id: row.outbox_id, lease, sealed: row.sealed_body, tries: row.tries }))
}

/// The mail is on its way; its body is erased.
pub async fn record_delivery(pool: &PgPool, id: Uuid, lease: Uuid) -> Result<(), StoreError> {
    sqlx::query!("select office.record_delivery($1, $2)", id, lease).fetch_one(pool).await?;
    Ok(())
}

/// The mail was not sent: again after a pause, or never without one.
pub async fn record_failure(
    pool: &PgPool,
    id: Uuid,
    lease: Uuid,
    cause: &str,
    pause_seconds: Option<f64>,
) -> Result<(), StoreError> {
    sqlx::query!("select office.record_failure($1, $2, $3, $4)", id, lease, cause, pause_seconds,)
        .fetch_one(pool)
        .await?;
    Ok(())
}

/// A promised mail as the outbox shows it.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Id.
    pub id: Uuid,
    /// What it is for.
    pub kind: String,
    /// Address of the receiver.
    pub recipient: String,
    /// When it was promised.
    pub created_at: Instant,
    /// When it is tried (again).
    pub due_at: Instant,
    /// How often it was tried.
    pub tries: i32,
    /// When it was sent.
    pub delivered_at: Option<Instant>,
    /// When nobody tries it any more.
    pub given_up_at: Option<Instant>,
    /// What went wrong last.
    pub last_error: Option<String>,
    /// Is its text still there, so that it can be sent?
    pub has_text: bool,
}

macro_rules! entry {
    ($row:expr) => {{
        let row = $row;
        Entry {
            id: row.outbox_id,
            kind: row.kind,
            recipient: row.recipient,
            created_at: db_time::instant(row.created_at),
            due_at: db_time::instant(row.due_at),
            tries: row.tries,
            delivered_at: row.delivered_at.map(db_time::instant),
            given_up_at: row.given_up_at.map(db_time::instant),
            last_error: row.last_error,
            has_text: row.has_text,
        }
    }};
}

/// The newest mails of the organisation, at most 200.
pub async fn list(conn: &mut PgConnection) -> Result<Vec<Entry>, StoreError> {
    let rows = sqlx::query!(
        r#"select outbox_id, kind, recipient, created_at, due_at, tries, delivered_at, given_up_at, last_error,
             sealed_body is not null as "has_text!"
           from outbox order by created_at desc, outbox_id desc limit 200"#
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| entry!(row)).collect())
}

/// One mail of the organisation.
pub async fn find(conn: &mut PgConnection, id: Uuid) -> Result<Option<Entry>, StoreError> {
    let row = sqlx::query!(
        r#"select outbox_id, kind, recipient, created_at, due_at, tries, delivered_at, given_up_at, last_error,
             sealed_body is not null as "has_text!"
           from outbox where outbox_id = $1"#,
        id,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| entry!(row)))
}

/// Makes a mail due now. False when it was sent or its body is gone.
pub async fn retry(conn: &mut PgConnection, id: Uuid) -> Result<bool, StoreError> {
    let changed = sqlx::query!(
        "update outbox set due_at = app_now(), given_up_at = null
         where outbox_id = $1 and delivered_at is null and sealed_body is not null",
        id,
    )
    .execute(conn)
    .await?;
    Ok(changed.rows_affected() == 1)
}
