//! Does the database answer?

use sqlx::PgPool;

use super::StoreError;

/// One round trip through a pool, with the role that the pool works as.
pub async fn ping(pool: &PgPool) -> Result<(), StoreError> {
    sqlx::query_scalar!(r#"select 1 as "one!""#).fetch_one(pool).await?;
    Ok(())
}

/// Whether a confirmed answer is safe with the settings of this moment. Made-up people of demos and
/// tests may be forgotten.
pub async fn keeps_promise(pool: &PgPool) -> Result<bool, StoreError> {
    let keeps = sqlx::query_scalar!(
        r#"select
             d.kind <> 'live'
               or (current_setting('fsync') = 'on'
                   and current_setting('full_page_writes') = 'on'
                   and current_setting('synchronous_commit') <> 'off') as "keeps!"
           from public.deployment as d"#
    )
    .fetch_optional(pool)
    .await?;
    Ok(keeps.unwrap_or(false))
}
