//! What `doctor` and the start of the server want to know about the database itself.

use sqlx::PgConnection;
use sqlx::migrate::Migrate as _;
use time::OffsetDateTime;

use super::{MIGRATOR, StoreError, roles};

/// Settings and facts of the database, as the server's login sees them.
#[derive(Debug, Clone)]
pub struct Facts {
    /// Such as 150018.
    pub version: i32,
    /// What a commit waits for.
    pub synchronous_commit: String,
    /// Whether writes are forced to the disk.
    pub fsync: String,
    /// Whether a torn page can be mended after a crash.
    pub full_page_writes: String,
    /// Whether damage on the disk is noticed.
    pub data_checksums: String,
    /// How texts are stored.
    pub encoding: String,
    /// Connections that the server may have together with everybody else.
    pub connections: i32,
    /// The database's clock, not shifted.
    pub now: OffsetDateTime,
    /// Whether the way to the database is open to listeners: over a network without TLS.
    pub is_exposed: bool,
    /// The login.
    pub login: String,
}

/// Asks for all of it at once.
pub async fn find_facts(conn: &mut PgConnection) -> Result<Facts, StoreError> {
    let facts = sqlx::query_as!(
        Facts,
        r#"select
             current_setting('server_version_num')::integer as "version!",
             current_setting('synchronous_commit') as "synchronous_commit!",
             current_setting('fsync') as "fsync!",
             current_setting('full_page_writes') as "full_page_writes!",
             current_setting('data_checksums') as "data_checksums!",
             current_setting('server_encoding') as "encoding!",
             current_setting('max_connections')::integer
               - current_setting('superuser_reserved_connections')::integer as "connections!",
             clock_timestamp() as "now!",
             coalesce(
               not (inet_server_addr() <<= inet '127.0.0.0/8' or inet_server_addr() = inet '::1'),
               false)
               and not coalesce(
                 (select s.ssl from pg_catalog.pg_stat_ssl as s where s.pid = pg_backend_pid()),
                 false) as "is_exposed!",
             session_user::text as "login!""#
    )
    .fetch_one(conn)
    .await?;
    Ok(facts)
}

/// The statements that would make the roles right; none when they are.
pub async fn missing_roles(
    conn: &mut PgConnection,
    login: &str,
) -> Result<Vec<String>, StoreError> {
    roles::missing(conn, login).await
}

/// How the migrations of the database and of this program compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Migrations {
    /// The same.
    Current,
    /// So many are still to be applied.
    Behind(usize),
    /// The database is of a newer version, or a file was changed after it was applied.
    Foreign,
}

/// Compares without changing anything.
pub async fn compare_migrations(conn: &mut PgConnection) -> Result<Migrations, StoreError> {
    let is_there = sqlx::query_scalar!(
        r#"select to_regclass('public._sqlx_migrations') is not null as "is_there!""#
    )
    .fetch_one(&mut *conn)
    .await?;
    let table = &MIGRATOR.table_name;
    let applied = if is_there { conn.list_applied_migrations(table).await? } else { Vec::new() };
    let is_ours = |version: i64, checksum: &[u8]| {
        MIGRATOR.iter().any(|ours| ours.version == version && *ours.checksum == *checksum)
    };
    if !applied.iter().all(|migration| is_ours(migration.version, &migration.checksum)) {
        return Ok(Migrations::Foreign);
    }
    match MIGRATOR.iter().count() - applied.len() {
        0 => Ok(Migrations::Current),
        count => Ok(Migrations::Behind(count)),
    }
}
