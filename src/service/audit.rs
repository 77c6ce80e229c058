//! What happened, and who did it: one event for every act of staff.

use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::id::{AccountId, OrganisationId};
use crate::service::{Ctx, Refusal};
use crate::store::audit::{self as rows, Event};

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
