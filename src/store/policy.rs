//! What an organisation has settled about its candidates.

use sqlx::PgConnection;

use super::StoreError;
use crate::domain::id::OrganisationId;

/// The settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// What a candidate sees after the end: `receipt`, `result` or `mirror`.
    pub candidate_sees: String,
    /// Most seconds that an attempt gets for the candidate's own line.
    pub line_credit_seconds: i32,
    /// A break between two sections that are left for good.
    pub break_seconds: i32,
}

/// The settings of an organisation.
pub async fn find(
    conn: &mut PgConnection,
    organisation: OrganisationId,
) -> Result<Policy, StoreError> {
    let row = sqlx::query_as!(
        Policy,
        "select candidate_sees, line_credit_seconds, break_seconds
         from organisation where organisation_id = $1",
        organisation.uuid(),
    )
    .fetch_one(conn)
    .await?;
    Ok(row)
}

/// Changes them.
pub async fn update(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    policy: &Policy,
) -> Result<(), StoreError> {
    sqlx::query!(
        "update organisation set candidate_sees = $2, line_credit_seconds = $3, break_seconds = $4
         where organisation_id = $1",
        organisation.uuid(),
        policy.candidate_sees,
        policy.line_credit_seconds,
        policy.break_seconds,
    )
    .execute(conn)
    .await?;
    Ok(())
}
