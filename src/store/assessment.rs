//! Assessments: the draft that changes, and published versions that never do.

use serde_json::Value;
use sqlx::PgConnection;

use crate::domain::assessment::{Draft, Spec, Welcome};
use crate::domain::id::{AccountId, AssessmentId, ItemId, OrganisationId, VersionId};
use crate::domain::item::Item;
use crate::domain::time::Instant;
use crate::store::{StoreError, time as db_time};

/// One assessment with its draft.
#[derive(Debug, Clone)]
pub struct Assessment {
    /// Id.
    pub id: AssessmentId,
    /// Title.
    pub title: String,
    /// What can still change.
    pub draft: Draft,
    /// Grows with each saved draft.
    pub draft_revision: i64,
    /// When the draft was last saved.
    pub updated_at: Instant,
    /// When it was put away.
    pub archived_at: Option<Instant>,
    /// The newest published version.
    pub version: Option<Published>,
}

/// A published version, in short.
#[derive(Debug, Clone)]
pub struct Published {
    /// Id.
    pub id: VersionId,
    /// 1, 2, 3 ...
    pub number: i32,
    /// When it was published.
    pub at: Instant,
}

/// A line of the list of assessments.
#[derive(Debug, Clone)]
pub struct Line {
    /// Id.
    pub id: AssessmentId,
    /// Title.
    pub title: String,
    /// Number of the newest version; none: never published.
    pub version: Option<i32>,
    /// Invitations that were sent.
    pub invited: i64,
    /// Attempts that run.
    pub running: i64,
    /// Attempts that ended.
    pub finished: i64,
    /// When the draft was last saved.
    pub updated_at: Instant,
    /// When it was put away.
    pub archived_at: Option<Instant>,
}

fn json(value: &impl serde::Serialize) -> Result<Value, StoreError> {
    serde_json::to_value(value).map_err(|why| StoreError::corrupt("assessment", "json", "", why))
}

/// Makes an assessment.
pub async fn insert(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    id: AssessmentId,
    by: AccountId,
    title: &str,
    draft: &Draft,
) -> Result<(), StoreError> {
    sqlx::query!(
        "insert into assessment (assessment_id, organisation_id, title, draft, created_by)
         values ($1, $2, $3, $4, $5)",
        id.uuid(),
        organisation.uuid(),
        title,
        json(draft)?,
        by.uuid(),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The assessments of the organisation, newest work first.
pub async fn list(conn: &mut PgConnection, archived: bool) -> Result<Vec<Line>, StoreError> {
    let rows = sqlx::query!(
        r#"select a.assessment_id, a.title, a.updated_at, a.archived_at,
                  (select max(v.number) from assessment_version as v
                   where v.assessment_id = a.assessment_id) as version,
                  count(i.invitation_id) filter (where i.revoked_at is null) as "invited!",
                  count(t.attempt_id) filter (where t.state = 'running') as "running!",
                  count(t.attempt_id) filter (where t.state = 'submitted') as "finished!"
           from assessment as a
           left join invitation as i on i.assessment_id = a.assessment_id
           left join attempt as t on t.invitation_id = i.invitation_id
           where (a.archived_at is not null) = $1
           group by a.assessment_id
           order by a.updated_at desc, a.assessment_id"#,
        archived,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Line {
            id: AssessmentId::new(row.assessment_id),
            title: row.title,
            version: row.version,
            invited: row.invited,
            running: row.running,
            finished: row.finished,
            updated_at: db_time::instant(row.updated_at),
            archived_at: row.archived_at.map(db_time::instant),
        })
        .collect())
}

/// One assessment of the organisation.
pub async fn find(
    conn: &mut PgConnection,
    id: AssessmentId,
) -> Result<Option<Assessment>, StoreError> {
    let Some(row) = sqlx::query!(
        "select title, draft, draft_revision, updated_at, archived_at
         from assessment where assessment_id = $1",
        id.uuid(),
    )
    .fetch_optional(&mut *conn)
    .await?
    else {
        return Ok(None);
    };
    let version = find_newest_version(conn, id).await?;
    Ok(Some(Assessment {
        id,
        title: row.title,
        draft: serde_json::from_value(row.draft)
            .map_err(|why| StoreError::corrupt("assessment", "draft", id, why))?,
        draft_revision: row.draft_revision,
        updated_at: db_time::instant(row.updated_at),
        archived_at: row.archived_at.map(db_time::instant),
        version,
    }))
}

/// The newest published version of an assessment.
pub async fn find_newest_version(
    conn: &mut PgConnection,
    id: AssessmentId,
) -> Result<Option<Published>, StoreError> {
    let row = sqlx::query!(
        "select assessment_version_id, number, published_at
         from assessment_version where assessment_id = $1
         order by number desc limit 1",
        id.uuid(),
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Published {
        id: VersionId::new(row.assessment_version_id),
        number: row.number,
        at: db_time::instant(row.published_at),
    }))
}

/// Saves a draft that was made from `seen`. `None` when somebody else saved in between.
pub async fn update_draft(
    conn: &mut PgConnection,
    id: AssessmentId,
    seen: i64,
    draft: &Draft,
) -> Result<Option<i64>, StoreError> {
    let revision = sqlx::query_scalar!(
        "update assessment
         set title = $3, draft = $4, draft_revision = draft_revision + 1, updated_at = app_now()
         where assessment_id = $1 and draft_revision = $2
         returning draft_revision",
        id.uuid(),
        seen,
        draft.title,
        json(draft)?,
    )
    .fetch_optional(conn)
    .await?;
    Ok(revision)
}

/// Puts an assessment away, or takes it back. Nothing is deleted.
pub async fn update_archived(
    conn: &mut PgConnection,
    id: AssessmentId,
    is_archived: bool,
) -> Result<bool, StoreError> {
    let changed = sqlx::query!(
        "update assessment
         set archived_at = case when $2 then coalesce(archived_at, app_now()) end, updated_at = app_now()
         where assessment_id = $1",
        id.uuid(),
        is_archived,
    )
    .execute(conn)
    .await?;
    Ok(changed.rows_affected() == 1)
}

/// Locks an assessment, so that versions are numbered one after the other.
pub async fn lock(conn: &mut PgConnection, id: AssessmentId) -> Result<bool, StoreError> {
    let row = sqlx::query_scalar!(
        "select assessment_id from assessment where assessment_id = $1 for update",
        id.uuid(),
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.is_some())
}

/// A version to publish.
#[derive(Debug)]
pub struct NewVersion<'a> {
    /// Id.
    pub id: VersionId,
    /// Its assessment.
    pub assessment: AssessmentId,
    /// Its organisation.
    pub organisation: OrganisationId,
    /// 1, 2, 3 ...
    pub number: i32,
    /// The plan.
    pub spec: &'a Spec,
    /// What the candidate reads first.
    pub welcome: &'a Welcome,
    /// SHA-256 over all keys.
    pub key_hash: [u8; 32],
    /// Who publishes.
    pub by: AccountId,
}

/// Copies a plan and its items into tables that never change.
pub async fn insert_version(
    conn: &mut PgConnection,
    new: &NewVersion<'_>,
    items: &[(ItemId, &Item)],
) -> Result<(), StoreError> {
    let draft = &new.spec.draft;
    let seconds = |minutes: u32| i32::try_from(minutes.saturating_mul(60)).unwrap_or(i32::MAX);
    sqlx::query!(
        "insert into assessment_version
           (assessment_version_id, organisation_id, assessment_id, number, title, spec, welcome,
            limit_seconds, grace_seconds, key_hash, published_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        new.id.uuid(),
        new.organisation.uuid(),
        new.assessment.uuid(),
        new.number,
        draft.title,
        json(new.spec)?,
        json(new.welcome)?,
        seconds(draft.limit_minutes),
        i32::try_from(draft.grace_seconds).unwrap_or(i32::MAX),
        new.key_hash.as_slice(),
        new.by.uuid(),
    )
    .execute(&mut *conn)
    .await?;
    for (at, section) in draft.sections.iter().enumerate() {
        sqlx::query!(
            "insert into version_section
               (organisation_id, assessment_version_id, section, title, navigation, limit_seconds)
             values ($1, $2, $3, $4, $5, $6)",
            new.organisation.uuid(),
            new.id.uuid(),
            i32::try_from(at + 1).unwrap_or(i32::MAX),
            section.name,
            section.navigation.as_str(),
            section.limit_minutes.map(seconds),
        )
        .execute(&mut *conn)
        .await?;
    }
    for (id, item) in items {
        let body = item
            .body
            .stored()
            .map_err(|why| StoreError::corrupt("version_item", "body", &item.facts.code, why))?;
        sqlx::query!(
            "insert into version_item
               (organisation_id, assessment_version_id, item_id, item_code, item_revision, kind, skill, level, body)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            new.organisation.uuid(),
            new.id.uuid(),
            id.uuid(),
            item.facts.code.as_str(),
            i32::try_from(item.facts.revision).unwrap_or(i32::MAX),
            item.facts.kind.as_str(),
            item.facts.skill.as_str(),
            item.facts.level.as_str(),
            body,
        )
        .execute(&mut *conn)
        .await?;
        sqlx::query!(
            "insert into version_key (organisation_id, assessment_version_id, item_id, key)
             values ($1, $2, $3, $4)",
            new.organisation.uuid(),
            new.id.uuid(),
            id.uuid(),
            item.stored_key(),
        )
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

/// A published version with everything that drawing papers and scoring needs.
#[derive(Debug, Clone)]
pub struct Version {
    /// Id.
    pub id: VersionId,
    /// Its assessment.
    pub assessment: AssessmentId,
    /// 1, 2, 3 ...
    pub number: i32,
    /// The plan.
    pub spec: Spec,
    /// SHA-256 over all keys, as published.
    pub key_hash: Vec<u8>,
    /// Its items with their keys.
    pub items: Vec<(ItemId, Item)>,
}

/// A published version of the organisation.
pub async fn find_version(
    conn: &mut PgConnection,
    id: VersionId,
) -> Result<Option<Version>, StoreError> {
    let Some(row) = sqlx::query!(
        "select assessment_id, number, spec, key_hash
         from assessment_version where assessment_version_id = $1",
        id.uuid(),
    )
    .fetch_optional(&mut *conn)
    .await?
    else {
        return Ok(None);
    };
    let items = sqlx::query!(
        "select i.item_id, i.body, k.key
         from version_item as i
         join version_key as k on k.item_id = i.item_id
         where i.assessment_version_id = $1
         order by i.item_code",
        id.uuid(),
    )
    .fetch_all(conn)
    .await?;
    let items = items
        .into_iter()
        .map(|row| {
            let item = Item::from_stored(row.body, row.key)
                .map_err(|why| StoreError::corrupt("version_item", "body", row.item_id, why))?;
            Ok((ItemId::new(row.item_id), item))
        })
        .collect::<Result<Vec<_>, StoreError>>()?;
    Ok(Some(Version {
        id,
        assessment: AssessmentId::new(row.assessment_id),
        number: row.number,
        spec: serde_json::from_value(row.spec)
            .map_err(|why| StoreError::corrupt("assessment_version", "spec", id, why))?,
        key_hash: row.key_hash,
        items,
    }))
}
