//! What happened, and who did it: one event for every act of staff.

use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::access::{Action, Actor};
use crate::domain::id::{AccountId, OrganisationId};
use crate::service::auth::allow_staff;
use crate::service::{Ctx, Refusal};
use crate::store::audit::{self as rows, Event};
pub use crate::store::audit::{Before, Entry};
use crate::store::tenant;

/// How many events a page of the log holds.
const PAGE: usize = 100;

/// A part of the log.
pub struct Part {
    /// Newest first.
    pub entries: Vec<Entry>,
    /// Whether there are older ones.
    pub has_more: bool,
}

/// The events of the organisation before a place in the list, or the newest; of everything or about
/// one thing.
pub async fn list(
    ctx: &Ctx,
    actor: &Actor,
    about: Option<Uuid>,
    before: Option<Before>,
) -> Result<Part, Refusal> {
    let (_, organisation, _) = allow_staff(actor, Action::SeeAudit)?;
    let mut tx = tenant::begin(&ctx.pools.staff, organisation).await?;
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let mut entries = rows::list(&mut tx, about, before, limit).await?;
    tx.commit().await?;
    let has_more = entries.len() > PAGE;
    entries.truncate(PAGE);
    Ok(Part { entries, has_more })
}

/// An act of a colleague on the own account or organisation.
pub async fn by_staff(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    by: AccountId,
    action: &'static str,
) -> Result<(), Refusal> {
    about(conn, organisation, by, action, "account", by.uuid()).await
}

/// An act of a colleague on something.
pub async fn about(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    by: AccountId,
    action: &'static str,
    subject_kind: &'static str,
    subject: Uuid,
) -> Result<(), Refusal> {
    let event = Event::by_staff(organisation, by, action).about(subject_kind, subject);
    Ok(rows::append(conn, &event).await?)
}

/// An act of somebody unknown.
pub async fn stranger(ctx: &Ctx, action: &'static str) -> Result<(), Refusal> {
    let mut conn = ctx.pools.staff.acquire().await?;
    Ok(rows::append(&mut conn, &Event::by_stranger(action)).await?)
}
