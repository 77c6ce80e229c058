//! Does the database answer?

use sqlx::PgPool;

use super::StoreError;

/// One round trip through a pool, with the role that the pool works as.
pub async fn ping(pool: &PgPool) -> Result<(), StoreError> {
    sqlx::query_scalar!(r#"select 1 as "one!""#).fetch_one(pool).await?;
    Ok(())
}
