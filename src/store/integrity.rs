//! What must be true at any moment, asked of the database: by `verify`, by `doctor`, every night,
//! after a restore. An empty list is health. On the `scorer` pool.

use sqlx::PgConnection;

use super::StoreError;
use crate::domain::id::{AttemptId, OrganisationId};

/// Something that cannot be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// `K1` to `K8`; `migrations/*_integrity.sql` says what each means.
    pub code: String,
    /// Whose attempt.
    pub organisation: OrganisationId,
    /// Which attempt.
    pub attempt: AttemptId,
    /// What was found.
    pub detail: String,
}

/// Checks one attempt, or all.
pub async fn list_violations(
    conn: &mut PgConnection,
    attempt: Option<AttemptId>,
) -> Result<Vec<Violation>, StoreError> {
    let rows = sqlx::query!(
        r#"select
             code as "code!", organisation_id as "organisation_id!", attempt_id as "attempt_id!",
             detail as "detail!"
           from office.integrity($1)
           order by code, attempt_id"#,
        attempt.map(AttemptId::uuid),
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Violation {
            code: row.code,
            organisation: OrganisationId::new(row.organisation_id),
            attempt: AttemptId::new(row.attempt_id),
            detail: row.detail,
        })
        .collect())
}

/// Guards that somebody switched off, as `object: why`.
pub async fn list_weakened(conn: &mut PgConnection) -> Result<Vec<String>, StoreError> {
    let rows = sqlx::query!(
        r#"select object as "object!", why as "why!" from office.weakened() order by object"#
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| format!("{}: {}", row.object, row.why)).collect())
}
