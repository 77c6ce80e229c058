//! What this database is: live, demo or test. Said once, never changed.

use sqlx::{Connection as _, Executor as _, PgConnection};

use super::StoreError;

/// What a database was founded as. Only demo and test databases can be moved in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Real candidates.
    Live,
    /// Made-up people, clearly marked.
    Demo,
    /// A database of one test.
    Test,
}

impl Kind {
    /// The word in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Demo => "demo",
            Self::Test => "test",
        }
    }

    fn parse(word: &str) -> Result<Self, StoreError> {
        [Self::Live, Self::Demo, Self::Test]
            .into_iter()
            .find(|kind| kind.word() == word)
            .ok_or_else(|| StoreError::corrupt("deployment", "kind", "1", word))
    }
}

/// Says what the database is, unless it was said before.
pub async fn found(conn: &mut PgConnection, kind: Kind) -> Result<(), StoreError> {
    sqlx::query!(
        "insert into public.deployment (kind) values ($1) on conflict do nothing",
        kind.word(),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// What the database was founded as.
pub async fn find_kind(conn: &mut PgConnection) -> Result<Kind, StoreError> {
    let word = sqlx::query_scalar!("select kind from public.deployment")
        .fetch_optional(conn)
        .await?
        .ok_or(StoreError::Missing("deployment"))?;
    Kind::parse(&word)
}

/// Moves the clock of a demo or test database; a live one refuses.
pub async fn shift_clock(conn: &mut PgConnection, seconds: i64) -> Result<(), StoreError> {
    sqlx::query!(
        "update public.deployment set clock_shift = $1::bigint * interval '1 second'",
        seconds,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Whether demo data was begun and not finished: its clock is moved only meanwhile.
pub async fn is_unfinished_demo(conn: &mut PgConnection) -> Result<bool, StoreError> {
    let is_unfinished = sqlx::query_scalar!(
        r#"select exists (
             select from public.deployment
             where kind = 'demo' and clock_shift <> interval '0') as "is_unfinished!""#
    )
    .fetch_one(conn)
    .await?;
    Ok(is_unfinished)
}

/// Removes everything from a demo database; the migrations make it anew. On a connection of the
/// login that owns it.
pub async fn clear_demo(conn: &mut PgConnection) -> Result<(), StoreError> {
    let mut tx = conn.begin().await?;
    if find_kind(&mut tx).await? != Kind::Demo {
        return Err(StoreError::Missing("demo database"));
    }
    tx.execute("drop schema public, door, office, guard cascade; create schema public").await?;
    tx.commit().await?;
    Ok(())
}
