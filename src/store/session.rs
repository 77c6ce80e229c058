//! Sessions of staff: the store behind tower-sessions.
//!
//! The cookie holds the id, the table holds its hash. Every load also says what the account is at
//! that moment, so a role that was taken away ends with the next request.
#![expect(
    clippy::disallowed_methods,
    reason = "the database has decided already; the library only wants a date ahead"
)]

use async_trait::async_trait;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use sqlx::PgPool;
use time::OffsetDateTime;
use tower_sessions::SessionStore;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};
use uuid::Uuid;

/// Key of the account's id in a session.
pub const ACCOUNT: &str = "account";
/// Key under which a loaded session says who the account is now. Never stored.
pub const PERSON: &str = "person";

/// A session that is not used ends after this many seconds (30 minutes).
const IDLE_SECONDS: i32 = 30 * 60;
/// And every session ends after this many (12 hours).
const ABSOLUTE_SECONDS: i32 = 12 * 60 * 60;

/// tower-sessions on PostgreSQL.
#[derive(Debug, Clone)]
pub struct PgSessions {
    pool: PgPool,
}

impl PgSessions {
    /// Sessions in the database of this pool (of the staff role).
    pub fn new(pool: PgPool) -> Self {
        Self { pool }
    }
}

/// What the database keeps in place of the id.
pub fn digest(id: &Id) -> [u8; 32] {
    Sha256::digest(id.0.to_be_bytes()).into()
}

fn backend(cause: impl std::fmt::Display) -> Error {
    Error::Backend(cause.to_string())
}

/// The facts to keep, and the account they belong to.
fn split(record: &Record) -> (Value, Option<Uuid>) {
    let kept: Map<String, Value> = record
        .data
        .iter()
        .filter(|(key, _)| key.as_str() != PERSON)
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    let account = kept.get(ACCOUNT).and_then(Value::as_str).and_then(|id| id.parse().ok());
    (Value::Object(kept), account)
}

#[async_trait]
impl SessionStore for PgSessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        let (facts, account) = split(record);
        loop {
            let hash = digest(&record.id);
            let is_new = sqlx::query_scalar!(
                r#"select office.create_session($1, $2, $3, null, app_now() + make_interval(secs => $4))
                   as "is_new!""#,
                hash.as_slice(),
                facts,
                account,
                f64::from(IDLE_SECONDS),
            )
            .fetch_one(&self.pool)
            .await
            .map_err(backend)?;
            if is_new {
                return Ok(());
            }
            record.id = Id::default();
        }
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let (facts, account) = split(record);
        let hash = digest(&record.id);
        sqlx::query_scalar!(
            r#"select office.save_session($1, $2, $3, app_now() + make_interval(secs => $4)) as "saved!""#,
            hash.as_slice(),
            facts,
            account,
            f64::from(IDLE_SECONDS),
        )
        .fetch_one(&self.pool)
        .await
        .map_err(backend)?;
        Ok(())
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let hash = digest(id);
        let row = sqlx::query!(
            r#"select facts as "facts!", account_id, organisation_id, role, name, email,
                      organisation_name, timezone
               from office.load_session($1, $2, $3)"#,
            hash.as_slice(),
            IDLE_SECONDS,
            ABSOLUTE_SECONDS,
        )
        .fetch_optional(&self.pool)
        .await
        .map_err(backend)?;
        let Some(row) = row else { return Ok(None) };
        let Value::Object(facts) = row.facts else {
            return Err(Error::Decode("the facts of a session are not an object".to_owned()));
        };
        let mut data: std::collections::HashMap<String, Value> = facts.into_iter().collect();
        if let Some(account) = row.account_id {
            data.insert(
                PERSON.to_owned(),
                serde_json::json!({
                    "account": account,
                    "organisation": row.organisation_id,
                    "role": row.role,
                    "name": row.name,
                    "email": row.email,
                    "organisation_name": row.organisation_name,
                    "timezone": row.timezone,
                }),
            );
        }
        // The database has already decided that the session is good.
        let expiry_date = OffsetDateTime::now_utc() + time::Duration::hours(24);
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        let hash = digest(id);
        sqlx::query!("select office.end_session($1)", hash.as_slice())
            .fetch_one(&self.pool)
            .await
            .map_err(backend)?;
        Ok(())
    }
}
