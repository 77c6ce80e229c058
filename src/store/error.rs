//! What the database may answer instead of rows.

use std::borrow::Cow;

/// Why a statement gave nothing. The text is for the log, never for a browser.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A row that had to be there is not (or belongs to somebody else, which is the same).
    #[error("no such {0}")]
    Missing(&'static str),
    /// A constraint or a guard refused; its name says which.
    #[error("refused by {constraint}")]
    Conflict {
        /// Name of the constraint, as the migration gave it.
        constraint: Cow<'static, str>,
        /// What the database said.
        #[source]
        source: sqlx::Error,
    },
    /// A stored row does not fit the domain.
    #[error("row {id} of {table} is corrupt in {column}: {why}")]
    Corrupt {
        /// The table or function it came from.
        table: &'static str,
        /// The column that cannot be read.
        column: &'static str,
        /// Which row.
        id: String,
        /// What is wrong with it.
        why: String,
    },
    /// The database has no roles yet and the login may not make them.
    #[error("roles are missing; as a database administrator run:\n{recipe}")]
    RolesMissing {
        /// The SQL that an administrator must run.
        recipe: String,
    },
    /// A migration failed.
    #[error("migration failed: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// The connection or the statement failed.
    #[error("database: {0}")]
    Driver(#[source] sqlx::Error),
}

impl StoreError {
    /// Whether the constraint or guard of that name refused.
    pub fn is_conflict(&self, name: &str) -> bool {
        self.constraint() == Some(name)
    }

    /// The constraint or guard that refused.
    pub fn constraint(&self) -> Option<&str> {
        match self {
            Self::Conflict { constraint, .. } => Some(constraint),
            _ => None,
        }
    }

    /// Whether the database cannot be reached or is shutting down: worth a later try.
    pub fn is_outage(&self) -> bool {
        match self {
            Self::Driver(sqlx::Error::Database(cause)) => {
                // Class 57P is "operator intervention", 08 is "connection", 53300 is "too many connections".
                cause.code().is_some_and(|code| {
                    code.starts_with("57P") || code.starts_with("08") || code == "53300"
                })
            }
            Self::Driver(cause) => matches!(
                cause,
                sqlx::Error::Io(_)
                    | sqlx::Error::Tls(_)
                    | sqlx::Error::PoolTimedOut
                    | sqlx::Error::PoolClosed
                    | sqlx::Error::WorkerCrashed
            ),
            _ => false,
        }
    }

    /// A stored value that the domain cannot read.
    #[expect(clippy::needless_pass_by_value, reason = "an id is named by value everywhere else")]
    pub fn corrupt(
        table: &'static str,
        column: &'static str,
        id: impl ToString,
        why: impl ToString,
    ) -> Self {
        Self::Corrupt { table, column, id: id.to_string(), why: why.to_string() }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(cause: sqlx::Error) -> Self {
        let constraint = match &cause {
            sqlx::Error::Database(refusal) => refusal.constraint().map(str::to_owned),
            _ => None,
        };
        match constraint {
            Some(name) => Self::Conflict { constraint: name.into(), source: cause },
            None => Self::Driver(cause),
        }
    }
}
