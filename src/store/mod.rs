//! # All SQL
//!
//! Holds every statement that the server sends, one file per subject. May touch `domain` and
//! sqlx. Never holds rules, authorisation or HTTP words: those are the callers'.
//!
//! **The shape.** Free functions that take a connection and domain values and give domain values
//! back; the first word is the verb of the database (`find_`, `list_`, `lock_`, `insert_`,
//! `append_`, `update_`). Checked macros only. What is not there is `None`; a refusal of the
//! database is [`StoreError::Conflict`] with the constraint's name.
//!
//! **Three pools, three roles** ([`pool::Pools`]): `candidate` may only execute the functions of
//! the schema `door`, `staff` and `scorer` see the rows of the organisation named by
//! [`tenant::begin`]. What has to cross organisations is a function of the schema `office`.
//!
//! **One more query**: a function in the subject's file. **One more table**: a migration first,
//! see `migrations/README.md`.

pub mod account;
pub mod assessment;
pub mod attempt;
pub mod audit;
pub mod bank;
pub mod board;
pub mod clock;
pub mod deployment;
pub mod desk;
pub mod doctor;
pub mod door;
pub mod error;
pub mod export;
pub mod health;
pub mod integrity;
pub mod invitation;
pub mod invitee;
pub mod operator;
pub mod outbox;
pub mod page;
pub mod policy;
pub mod pool;
pub mod rehearsal;
pub mod response;
pub mod result;
pub mod roles;
pub mod session;
pub mod tenant;
pub mod time;
pub mod word;

use sqlx::migrate::Migrator;
use sqlx::{Connection, PgConnection};

pub use deployment::Kind;
pub use error::StoreError;

/// Every migration, embedded in the binary.
pub static MIGRATOR: Migrator = sqlx::migrate!();

/// Brings a database to this version: roles, then tables, then what it is (`live` for ever, or
/// `demo` or `test`), which only the first call decides.
pub async fn migrate(url: &str, founded_as: Kind) -> Result<(), StoreError> {
    let mut conn = PgConnection::connect(url).await?;
    roles::ensure(&mut conn).await?;
    MIGRATOR.run(&mut conn).await?;
    deployment::found(&mut conn, founded_as).await?;
    conn.close().await?;
    Ok(())
}

/// One connection of the login that owns the database, outside the pools.
pub async fn connect(url: &str) -> Result<PgConnection, StoreError> {
    Ok(PgConnection::connect(url).await?)
}
