//! The organisation's own items: what was written, and what became of it. Nothing here is changed
//! or deleted by us; triggers keep `bank_item` in step.

use ::time::OffsetDateTime;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{StoreError, time};
use crate::domain::bank_review::{State, Verb};
use crate::domain::id::{AccountId, BankItemId, ItemCode, OrganisationId};
use crate::domain::time::Instant;

/// An item in short.
#[derive(Debug, Clone)]
pub struct Head {
    /// Id.
    pub id: BankItemId,
    /// Its name in the bank.
    pub code: ItemCode,
    /// The newest revision.
    pub number: i32,
    /// How far that is.
    pub state: State,
    /// The revision that papers are drawn from.
    pub approved: Option<i32>,
    /// When it last changed.
    pub changed_at: Instant,
}

/// A revision as it was written.
#[derive(Debug, Clone)]
pub struct Revision {
    /// 1, 2, 3 ...
    pub number: i32,
    /// The file.
    pub source: String,
    /// Who wrote it.
    pub author: AccountId,
    /// The name of that person.
    pub author_name: String,
    /// When.
    pub written_at: Instant,
}

/// What somebody did with a revision.
#[derive(Debug, Clone)]
pub struct Step {
    /// Which revision.
    pub number: i32,
    /// What.
    pub verb: Verb,
    /// Why.
    pub comment: Option<String>,
    /// Who.
    pub by_name: String,
    /// When.
    pub happened_at: Instant,
}

fn state(id: Uuid, text: &str) -> Result<State, StoreError> {
    text.parse().map_err(|()| StoreError::corrupt("bank_item", "state", id, text))
}

fn code(id: Uuid, text: &str) -> Result<ItemCode, StoreError> {
    text.parse().map_err(|why| StoreError::corrupt("bank_item", "code", id, why))
}

struct HeadRow {
    bank_item_id: Uuid,
    code: String,
    head: i32,
    state: String,
    approved: Option<i32>,
    changed_at: OffsetDateTime,
}

impl Head {
    fn read(row: &HeadRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: BankItemId::new(row.bank_item_id),
            code: code(row.bank_item_id, &row.code)?,
            number: row.head,
            state: state(row.bank_item_id, &row.state)?,
            approved: row.approved,
            changed_at: time::instant(row.changed_at),
        })
    }
}

/// Says whether the bank is still what it was; 0 while it is empty.
pub async fn find_stamp(
    conn: &mut PgConnection,
    organisation: OrganisationId,
) -> Result<i64, StoreError> {
    let stamp = sqlx::query_scalar!(
        "select changes from bank_stamp where organisation_id = $1",
        organisation.uuid(),
    )
    .fetch_optional(conn)
    .await?;
    Ok(stamp.unwrap_or(0))
}

/// Every item of the organisation, in the order of codes.
pub async fn list(conn: &mut PgConnection) -> Result<Vec<Head>, StoreError> {
    let rows = sqlx::query_as!(
        HeadRow,
        "select bank_item_id, code, head, state, approved, changed_at
         from bank_item where head > 0
         order by code collate \"C\"",
    )
    .fetch_all(conn)
    .await?;
    rows.iter().map(Head::read).collect()
}

/// One item, by its name.
pub async fn find(conn: &mut PgConnection, name: &ItemCode) -> Result<Option<Head>, StoreError> {
    let row = sqlx::query_as!(
        HeadRow,
        "select bank_item_id, code, head, state, approved, changed_at
         from bank_item where code = $1 and head > 0",
        name.as_str(),
    )
    .fetch_optional(conn)
    .await?;
    row.as_ref().map(Head::read).transpose()
}

/// The files of these revisions.
pub async fn list_sources(
    conn: &mut PgConnection,
    wanted: &[(BankItemId, i32)],
) -> Result<Vec<(BankItemId, i32, String)>, StoreError> {
    let (ids, numbers): (Vec<Uuid>, Vec<i32>) =
        wanted.iter().map(|(id, number)| (id.uuid(), *number)).unzip();
    let rows = sqlx::query!(
        "select r.bank_item_id, r.number, r.source
         from unnest($1::uuid[], $2::integer[]) as w (bank_item_id, number)
         join bank_revision as r on r.bank_item_id = w.bank_item_id and r.number = w.number",
        &ids,
        &numbers,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (BankItemId::new(row.bank_item_id), row.number, row.source))
        .collect())
}

/// Every revision of an item, newest first.
pub async fn list_revisions(
    conn: &mut PgConnection,
    id: BankItemId,
) -> Result<Vec<Revision>, StoreError> {
    let rows = sqlx::query!(
        "select r.number, r.source, r.author, a.name, r.written_at
         from bank_revision as r
         join account as a on a.account_id = r.author
         where r.bank_item_id = $1
         order by r.number desc",
        id.uuid(),
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Revision {
            number: row.number,
            source: row.source,
            author: AccountId::new(row.author),
            author_name: row.name,
            written_at: time::instant(row.written_at),
        })
        .collect())
}

/// What was done with an item, newest first.
pub async fn list_steps(conn: &mut PgConnection, id: BankItemId) -> Result<Vec<Step>, StoreError> {
    let rows = sqlx::query!(
        "select s.number, s.verb, s.comment, a.name, s.happened_at
         from bank_step as s
         join account as a on a.account_id = s.done_by
         where s.bank_item_id = $1
         order by s.step desc",
        id.uuid(),
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            let verb = row.verb.parse();
            Ok(Step {
                number: row.number,
                verb: verb.map_err(|()| StoreError::corrupt("bank_step", "verb", id, row.verb))?,
                comment: row.comment,
                by_name: row.name,
                happened_at: time::instant(row.happened_at),
            })
        })
        .collect()
}

/// Who wrote a new item or revision, and in which organisation.
#[derive(Debug, Clone, Copy)]
pub struct By {
    /// Where.
    pub organisation: OrganisationId,
    /// Who.
    pub account: AccountId,
}

/// Makes an item without a revision yet.
pub async fn insert_item(
    conn: &mut PgConnection,
    by: By,
    id: BankItemId,
    code: &ItemCode,
) -> Result<(), StoreError> {
    sqlx::query!(
        "insert into bank_item (bank_item_id, organisation_id, code, created_by)
         values ($1, $2, $3, $4)",
        id.uuid(),
        by.organisation.uuid(),
        code.as_str(),
        by.account.uuid(),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes the next revision; refused when it is not the next one.
pub async fn insert_revision(
    conn: &mut PgConnection,
    by: By,
    id: BankItemId,
    number: i32,
    source: &str,
) -> Result<(), StoreError> {
    sqlx::query!(
        "insert into bank_revision (organisation_id, bank_item_id, number, source, author)
         values ($1, $2, $3, $4, $5)",
        by.organisation.uuid(),
        id.uuid(),
        number,
        source,
        by.account.uuid(),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes down what was done with the newest revision; refused when that is another one.
pub async fn insert_step(
    conn: &mut PgConnection,
    by: By,
    id: BankItemId,
    number: i32,
    verb: Verb,
    comment: Option<&str>,
) -> Result<(), StoreError> {
    sqlx::query!(
        "insert into bank_step (organisation_id, bank_item_id, step, number, verb, comment, done_by)
         values ($1, $2, 1, $3, $4, $5, $6)",
        by.organisation.uuid(),
        id.uuid(),
        number,
        verb.as_str(),
        comment,
        by.account.uuid(),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// An assessment that holds an item in one of its versions.
#[derive(Debug, Clone)]
pub struct Use {
    /// Which one.
    pub assessment: Uuid,
    /// Its title.
    pub title: String,
    /// The newest version that holds it.
    pub version: i32,
    /// Papers it was put into.
    pub papers: i64,
    /// Papers of the versions that hold it.
    pub of_papers: i64,
}

/// Where an item is used, and how often it was drawn there.
pub async fn list_uses(conn: &mut PgConnection, code: &ItemCode) -> Result<Vec<Use>, StoreError> {
    let rows = sqlx::query_as!(
        Use,
        r#"select a.assessment_id as assessment, a.title, max(v.number) as "version!",
                  sum((select count(*) from paper_item as p where p.item_id = i.item_id))::bigint
                    as "papers!",
                  sum((select count(*) from invitation as n
                       where n.assessment_version_id = v.assessment_version_id))::bigint
                    as "of_papers!"
           from version_item as i
           join assessment_version as v on v.assessment_version_id = i.assessment_version_id
           join assessment as a on a.assessment_id = v.assessment_id
           where i.item_code = $1
           group by a.assessment_id, a.title
           order by a.title, a.assessment_id"#,
        code.as_str(),
    )
    .fetch_all(conn)
    .await?;
    Ok(rows)
}

/// One scored attempt that held an item: the credit of the item, and points and possible points of
/// the whole paper and of the item.
#[derive(Debug, Clone, Copy)]
pub struct Credit {
    /// In ten-thousandths.
    pub credit: i64,
    /// Points of one right answer.
    pub weight: i64,
    /// Points of the whole paper, in ten-thousandths.
    pub points: i64,
    /// Possible points of the whole paper, in ten-thousandths.
    pub max_points: i64,
}

/// What an item earned in every scored attempt of the organisation, newest revision of each result.
pub async fn list_credits(
    conn: &mut PgConnection,
    code: &ItemCode,
) -> Result<Vec<Credit>, StoreError> {
    let rows = sqlx::query_as!(
        Credit,
        r#"select (e.value ->> 'credit')::bigint as "credit!",
                  (e.value ->> 'weight')::bigint as "weight!",
                  r.points as "points!", r.max_points as "max_points!"
           from result_current as r
           cross join lateral jsonb_array_elements(r.detail -> 'items') as e
           where e.value ->> 'code' = $1
             and r.attempt_id in (
               select t.attempt_id
               from version_item as i
               join paper_item as p on p.item_id = i.item_id
               join attempt as t on t.invitation_id = p.invitation_id
               where i.item_code = $1)"#,
        code.as_str(),
    )
    .fetch_all(conn)
    .await?;
    Ok(rows)
}
