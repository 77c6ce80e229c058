//! A fresh database for every test.
//!
//! The server is the one of `TOUCHSTONE_TEST_DATABASE_URL`, else of `DATABASE_URL`; the login must
//! be allowed to create databases. Migrations run once, into a template named after their content;
//! a test gets a copy of it, which takes some milliseconds, and the copy goes when the test ends.

use std::str::FromStr as _;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, PgPool};
use touchstone::store::pool::{Pools, Sizes};
use touchstone::store::{self, Kind, MIGRATOR};
use uuid::Uuid;

/// One advisory lock for all test processes, in the server's own database.
const TEMPLATE_LOCK: i64 = 0x746f_7563_6873_746f;

/// A database of one test.
pub struct Db {
    /// Where it is, for whoever connects by address.
    pub url: String,
    /// As the owner, past every right: to look behind the scenes and to tamper.
    pub owner: PgPool,
    /// As the server connects.
    pub pools: Pools,
    name: String,
}

impl Db {
    /// A database with all migrations, founded as a test.
    pub async fn fresh() -> Self {
        Self::sized(Sizes { candidate: 8, staff: 4, scorer: 2 }).await
    }

    /// The same with pools of these sizes.
    pub async fn sized(sizes: Sizes) -> Self {
        let server = server_url();
        let template = template(&server).await;
        let name = format!("touchstone_test_{}", fresh_id().simple());
        let mut admin = connect(&server).await;
        admin
            .execute(AssertSqlSafe(format!("create database {name} template {template}")))
            .await
            .expect("a copy of the template");
        admin.close().await.expect("closed");
        let url = with_database(&server, &name);
        let owner = PgPoolOptions::new().max_connections(4).connect(&url).await.expect("owner");
        let pools = Pools::connect_sized(&url, sizes).await.expect("pools");
        Self { url, owner, pools, name }
    }

    /// Moves the clock of this database.
    pub async fn shift_clock(&self, seconds: f64) {
        sqlx::query!(
            "update deployment set clock_shift = clock_shift + make_interval(secs => $1)",
            seconds
        )
        .execute(&self.owner)
        .await
        .expect("a test database may be moved in time");
    }

    /// Runs a statement as the owner.
    pub async fn run(&self, statement: &str) -> Result<u64, sqlx::Error> {
        let done = self.owner.execute(AssertSqlSafe(statement.to_owned())).await?;
        Ok(done.rows_affected())
    }

    /// Every check of the store that finds something.
    pub async fn violations(&self) -> Vec<String> {
        let mut conn = self.pools.scorer.acquire().await.expect("scorer");
        store::integrity::list_violations(&mut conn, None)
            .await
            .expect("the checks run")
            .into_iter()
            .map(|found| format!("{} {}: {}", found.code, found.attempt, found.detail))
            .collect()
    }
}

impl Drop for Db {
    fn drop(&mut self) {
        let server = server_url();
        let statement = format!("drop database if exists {} with (force)", self.name);
        // A test may end by a panic and on any kind of runtime, so the way out is a thread.
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("runtime").block_on(async {
                let mut admin = connect(&server).await;
                let _dropped = admin.execute(AssertSqlSafe(statement)).await;
            });
        });
        let _joined = thread.join();
    }
}

/// The server that tests run on.
pub fn server_url() -> String {
    std::env::var("TOUCHSTONE_TEST_DATABASE_URL")
        .or_else(|_| std::env::var("DATABASE_URL"))
        .expect("TOUCHSTONE_TEST_DATABASE_URL names a PostgreSQL server for tests")
}

/// The same server, another database.
pub fn with_database(url: &str, name: &str) -> String {
    let (before, query) = url.split_once('?').map_or((url, None), |(a, b)| (a, Some(b)));
    let scheme_end = before.find("://").map_or(0, |at| at + 3);
    let base = match before[scheme_end..].find('/') {
        Some(slash) => &before[..scheme_end + slash],
        None => before,
    };
    match query {
        Some(query) => format!("{base}/{name}?{query}"),
        None => format!("{base}/{name}"),
    }
}

/// Any id: tests name things at will.
#[expect(clippy::disallowed_methods, reason = "tests are an edge where ids are made")]
pub fn fresh_id() -> Uuid {
    Uuid::now_v7()
}

async fn connect(url: &str) -> PgConnection {
    let options = PgConnectOptions::from_str(url).expect("an address");
    PgConnection::connect_with(&options).await.expect("the server for tests answers")
}

/// The name of the template, made by whoever comes first.
async fn template(server: &str) -> String {
    let mut content = 0xcbf2_9ce4_8422_2325_u64;
    for byte in MIGRATOR.iter().flat_map(|migration| migration.checksum.iter()) {
        content = (content ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    let name = format!("touchstone_template_{content:016x}");
    let mut admin = connect(&with_database(server, "postgres")).await;
    sqlx::query!("select pg_advisory_lock($1)", TEMPLATE_LOCK)
        .fetch_one(&mut admin)
        .await
        .expect("the lock");
    let is_there = sqlx::query_scalar!(
        r#"select exists (select from pg_database where datname = $1) as "is_there!""#,
        name
    )
    .fetch_one(&mut admin)
    .await
    .expect("a list of databases");
    if !is_there {
        // Under another name until it is whole: a test that is killed must not leave half a template.
        let raw = format!("{name}_raw");
        for statement in [
            format!("drop database if exists {raw} with (force)"),
            format!("create database {raw} template template0"),
        ] {
            admin.execute(AssertSqlSafe(statement)).await.expect("a new database");
        }
        store::migrate(&with_database(server, &raw), Kind::Test).await.expect("migrations");
        admin
            .execute(AssertSqlSafe(format!("alter database {raw} rename to {name}")))
            .await
            .expect("the template");
    }
    admin.close().await.expect("closed");
    name
}
