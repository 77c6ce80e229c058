//! The log of files that were taken away. The table only grows.

use serde_json::Value;
use sqlx::PgConnection;

use super::{StoreError, time};
use crate::domain::id::{AccountId, AssessmentId, ExportId, OrganisationId};
use crate::domain::report::{Dialect, Kind};
use crate::domain::time::Instant;

/// A file that was made.
#[derive(Debug, Clone)]
pub struct Made {
    /// Id.
    pub id: ExportId,
    /// Whose rows.
    pub organisation: OrganisationId,
    /// Of which assessment.
    pub assessment: AssessmentId,
    /// Which file.
    pub kind: Kind,
    /// For whom it was written.
    pub dialect: Dialect,
    /// The filter of the table.
    pub filter: Value,
    /// With the private columns.
    pub has_accommodations: bool,
    /// The instant that the file shows.
    pub as_of: Instant,
    /// Rows below the head.
    pub rows: i64,
    /// Bytes.
    pub bytes: i64,
    /// SHA-256 of the bytes.
    pub sha256: [u8; 32],
    /// False when the receiver hung up before the last byte.
    pub is_complete: bool,
    /// Who took it; none: the operator on the command line.
    pub by: Option<AccountId>,
    /// Why, in the words of that person.
    pub reason: Option<String>,
}

/// Writes down that a file was made.
pub async fn append(conn: &mut PgConnection, made: &Made) -> Result<(), StoreError> {
    sqlx::query!(
        "insert into export_log (
           export_id, organisation_id, assessment_id, kind, dialect, filter, has_accommodations,
           as_of, row_count, byte_count, sha256, is_complete, exported_by, reason)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        made.id.uuid(),
        made.organisation.uuid(),
        made.assessment.uuid(),
        made.kind.as_str(),
        made.dialect.as_str(),
        made.filter,
        made.has_accommodations,
        time::timestamp(made.as_of),
        made.rows,
        made.bytes,
        made.sha256.as_slice(),
        made.is_complete,
        made.by.map(AccountId::uuid),
        made.reason,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A line of the log as people read it.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Id.
    pub id: ExportId,
    /// Title of the assessment.
    pub title: Option<String>,
    /// `results`, `skills` or `answers`.
    pub kind: String,
    /// `standard` or `spreadsheet`.
    pub dialect: String,
    /// With the private columns.
    pub has_accommodations: bool,
    /// Rows below the head.
    pub rows: i64,
    /// Bytes.
    pub bytes: i64,
    /// SHA-256 of the bytes.
    pub sha256: Vec<u8>,
    /// The last byte was taken.
    pub is_complete: bool,
    /// Who took it; none: the command line.
    pub by: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// When the last byte was written.
    pub finished_at: Instant,
}

/// The newest files of an assessment, or of all, newest first.
pub async fn list(
    conn: &mut PgConnection,
    assessment: Option<AssessmentId>,
    limit: i64,
) -> Result<Vec<Entry>, StoreError> {
    let rows = sqlx::query!(
        r#"select e.export_id, s.title as "title?", e.kind, e.dialect, e.has_accommodations,
                  e.row_count, e.byte_count, e.sha256, e.is_complete, a.name as "name?", e.reason,
                  e.finished_at
           from export_log as e
           left join assessment as s on s.assessment_id = e.assessment_id
           left join account as a on a.account_id = e.exported_by
           where $1::uuid is null or e.assessment_id = $1
           order by e.finished_at desc, e.export_id desc
           limit $2"#,
        assessment.map(AssessmentId::uuid),
        limit,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Entry {
            id: ExportId::new(row.export_id),
            title: row.title,
            kind: row.kind,
            dialect: row.dialect,
            has_accommodations: row.has_accommodations,
            rows: row.row_count,
            bytes: row.byte_count,
            sha256: row.sha256,
            is_complete: row.is_complete,
            by: row.name,
            reason: row.reason,
            finished_at: time::instant(row.finished_at),
        })
        .collect())
}

/// Whose assessment it is: for the command line. On the `staff` pool.
pub async fn find_organisation(
    conn: &mut PgConnection,
    assessment: AssessmentId,
) -> Result<Option<OrganisationId>, StoreError> {
    let row =
        sqlx::query_scalar!("select office.organisation_of_assessment($1)", assessment.uuid(),)
            .fetch_one(conn)
            .await?;
    Ok(row.map(OrganisationId::new))
}
