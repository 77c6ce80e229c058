//! Three pools, one per database role.
//!
//! Every connection takes its role when it is made and keeps it. Whatever a query forgets to
//! check, the role's rights still hold.

use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Executor, PgConnection, PgPool};

use super::StoreError;

/// The pools of a running server. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Pools {
    /// The candidate's door: functions only, no table.
    pub candidate: PgPool,
    /// Pages and commands of staff, mail, the clock.
    pub staff: PgPool,
    /// Reads keys, writes results.
    pub scorer: PgPool,
}

/// How many connections each role may have.
#[derive(Debug, Clone, Copy)]
pub struct Sizes {
    /// Saves and starts; they are short.
    pub candidate: u32,
    /// Pages, exports and background work.
    pub staff: u32,
    /// Scoring.
    pub scorer: u32,
}

impl Default for Sizes {
    /// Together below PostgreSQL's default of 100 with room for a second instance.
    fn default() -> Self {
        Self { candidate: 24, staff: 12, scorer: 2 }
    }
}

/// What a role's connection is told once. Waiting in an open transaction is always a fault, and
/// nothing of ours waits longer for a lock.
struct Manner {
    application: &'static str,
    setup: &'static str,
}

const CANDIDATE: Manner = Manner {
    application: "touchstone candidate",
    setup: "set role touchstone_candidate; \
            set timezone = 'UTC'; \
            set statement_timeout = '10s'; \
            set lock_timeout = '8s'; \
            set idle_in_transaction_session_timeout = '10s'",
};
const STAFF: Manner = Manner {
    application: "touchstone staff",
    setup: "set role touchstone_staff; \
            set timezone = 'UTC'; \
            set statement_timeout = '30s'; \
            set lock_timeout = '10s'; \
            set idle_in_transaction_session_timeout = '10s'",
};
const SCORER: Manner = Manner {
    application: "touchstone scorer",
    setup: "set role touchstone_scorer; \
            set timezone = 'UTC'; \
            set statement_timeout = '60s'; \
            set lock_timeout = '10s'; \
            set idle_in_transaction_session_timeout = '30s'",
};

/// How long a request waits for a free connection before it is told to come back.
const ACQUIRE: Duration = Duration::from_secs(5);
/// Idle connections go, so that a quiet server is small.
const IDLE: Duration = Duration::from_mins(5);
/// A connection is renewed now and then, so that nothing it gathered stays for ever.
const LIFETIME: Duration = Duration::from_hours(1);

impl Pools {
    /// Opens the pools with their usual sizes.
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        Self::connect_sized(url, Sizes::default()).await
    }

    /// Opens the pools; fails when the database or a role is not there.
    pub async fn connect_sized(url: &str, sizes: Sizes) -> Result<Self, StoreError> {
        let options = PgConnectOptions::from_str(url)?;
        Ok(Self {
            candidate: open(&options, &CANDIDATE, sizes.candidate).await?,
            staff: open(&options, &STAFF, sizes.staff).await?,
            scorer: open(&options, &SCORER, sizes.scorer).await?,
        })
    }

    /// Closes all pools, waiting for work that is under way.
    pub async fn close(&self) {
        self.candidate.close().await;
        self.staff.close().await;
        self.scorer.close().await;
    }
}

async fn open(
    options: &PgConnectOptions,
    manner: &'static Manner,
    size: u32,
) -> Result<PgPool, StoreError> {
    let pool = PgPoolOptions::new()
        .max_connections(size)
        .min_connections(0)
        .acquire_timeout(ACQUIRE)
        .idle_timeout(IDLE)
        .max_lifetime(LIFETIME)
        .after_connect(|conn, _| {
            Box::pin(async {
                conn.execute(manner.setup).await?;
                Ok(())
            })
        })
        .after_release(|conn, _| Box::pin(is_clean(conn)))
        .connect_with(options.clone().application_name(manner.application))
        .await?;
    Ok(pool)
}

/// Keeps a connection that is still inside a transaction out of the pool.
///
/// A request that is dropped while its `begin` is on the way gives its connection back inside an
/// open transaction, and the next person's writes would vanish with it. On a healthy connection
/// this statement does nothing; a forgotten transaction ends; in a failed one the `begin` itself
/// fails and the connection is closed.
async fn is_clean(conn: &mut PgConnection) -> Result<bool, sqlx::Error> {
    match conn.execute("begin; rollback").await {
        Ok(_) => Ok(true),
        Err(sqlx::Error::Database(_)) => Ok(false),
        Err(cause) => Err(cause),
    }
}
