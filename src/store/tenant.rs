//! One transaction, one organisation.

use sqlx::{PgPool, Postgres, Transaction};
use uuid::Uuid;

use super::StoreError;

/// A transaction of one pool.
pub type Tx = Transaction<'static, Postgres>;

/// Opens a transaction that sees the rows of one organisation and of nobody else.
///
/// Reads need it too: the setting is local to the transaction, so it cannot stay behind on a
/// connection that the pool hands to somebody else.
pub async fn begin(pool: &PgPool, organisation: impl Into<Uuid>) -> Result<Tx, StoreError> {
    let mut tx = pool.begin().await?;
    name(&mut tx, organisation.into()).await?;
    Ok(tx)
}

/// Opens a read-only transaction that sees one instant of one organisation, however long it reads:
/// for exports.
pub async fn begin_snapshot(
    pool: &PgPool,
    organisation: impl Into<Uuid>,
) -> Result<Tx, StoreError> {
    let mut tx = pool.begin_with("begin isolation level repeatable read read only").await?;
    // A slow reader of a long file is not a hanging statement.
    sqlx::raw_sql("set local statement_timeout = '15min'").execute(&mut *tx).await?;
    name(&mut tx, organisation.into()).await?;
    Ok(tx)
}

async fn name(tx: &mut Tx, organisation: Uuid) -> Result<(), StoreError> {
    sqlx::query_scalar!(
        "select set_config('touchstone.organisation', $1, true)",
        organisation.to_string(),
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(())
}
