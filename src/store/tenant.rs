//! One transaction, one organisation.

use sqlx::{Executor, PgPool, Postgres, Transaction};

use super::StoreError;
use crate::domain::id::OrganisationId;

/// A transaction of one pool.
pub type Tx = Transaction<'static, Postgres>;

/// Opens a transaction that sees the rows of one organisation and of nobody else.
///
/// Reads need it too: the setting is local to the transaction, so it cannot stay behind on a
/// connection that the pool hands to somebody else.
pub async fn begin(pool: &PgPool, organisation: OrganisationId) -> Result<Tx, StoreError> {
    let mut tx = pool.begin().await?;
    enter(&mut tx, organisation).await?;
    Ok(tx)
}

/// Opens a read-only transaction that sees one instant of one organisation, however long it reads:
/// for exports.
pub async fn begin_snapshot(pool: &PgPool, organisation: OrganisationId) -> Result<Tx, StoreError> {
    let mut tx = pool.begin_with("begin isolation level repeatable read read only").await?;
    // A slow reader of a long file is neither a hanging statement nor a forgotten transaction.
    tx.execute(
        "set local statement_timeout = '15min'; \
         set local idle_in_transaction_session_timeout = '2min'",
    )
    .await?;
    enter(&mut tx, organisation).await?;
    Ok(tx)
}

/// Names the organisation in a transaction that found out only now which one it is about.
pub async fn enter(tx: &mut Tx, organisation: OrganisationId) -> Result<(), StoreError> {
    sqlx::query_scalar!(
        "select set_config('touchstone.organisation', $1, true)",
        organisation.to_string(),
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(())
}
