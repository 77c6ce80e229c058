//! Why there is no private database: facts, which the command line turns into advice.

use std::path::PathBuf;

/// A reason, with what somebody needs to mend it.
#[derive(Debug, thiserror::Error)]
pub enum EmbeddedError {
    /// No PostgreSQL of a usable version was found.
    #[error("no PostgreSQL is installed (found only {too_old:?})")]
    NotInstalled {
        /// Major versions that were found and are too old.
        too_old: Vec<u32>,
    },
    /// The folder that was set holds no usable PostgreSQL.
    #[error("{} holds no usable PostgreSQL", folder.display())]
    WrongBinaries {
        /// The folder of the setting.
        folder: PathBuf,
    },
    /// The cluster was made by a major version that is not installed.
    #[error("the cluster {} is of PostgreSQL {cluster}, installed is {installed:?}", folder.display())]
    ForeignMajor {
        /// The version that made the cluster.
        cluster: u32,
        /// The versions that were found.
        installed: Vec<u32>,
        /// The cluster's folder.
        folder: PathBuf,
    },
    /// The server is root, and there is no account that PostgreSQL could run under.
    #[error("there is no account {name} to run PostgreSQL under")]
    NoAccount {
        /// The account that was looked for.
        name: String,
    },
    /// The cluster belongs to another account.
    #[error("{} belongs to account {owner}", folder.display())]
    ForeignOwner {
        /// The cluster's folder.
        folder: PathBuf,
        /// The number of the account that owns it.
        owner: u32,
    },
    /// The account of the database cannot enter the folder of an existing cluster.
    #[error("the account {account} of the database cannot enter {}", folder.display())]
    Unreachable {
        /// The cluster's folder.
        folder: PathBuf,
        /// The number of the account.
        account: u32,
    },
    /// Another server uses the data folder.
    #[error("{} is in use by process {pid:?}", folder.display())]
    InUse {
        /// The data folder.
        folder: PathBuf,
        /// The process, if it could be read.
        pid: Option<u32>,
    },
    /// The socket's path does not fit into the operating system's limit.
    #[error("{} is too long for a socket", folder.display())]
    SocketTooLong {
        /// The folder that is too long.
        folder: PathBuf,
    },
    /// Somebody else could reach the socket.
    #[error("{} exists and does not belong to the database's account alone", folder.display())]
    SocketUnsafe {
        /// The folder that cannot be trusted.
        folder: PathBuf,
    },
    /// A program of PostgreSQL failed.
    #[error("{program} failed: {output}")]
    Failed {
        /// The program.
        program: &'static str,
        /// What it said.
        output: String,
    },
    /// The database did not come up.
    #[error("PostgreSQL did not start: {output}")]
    NotStarted {
        /// The end of its log.
        output: String,
    },
    /// A process that is not a PostgreSQL of this folder holds the number in its pid file.
    #[error("{} names process {pid}, which is not the database", file.display())]
    StalePid {
        /// The pid file.
        file: PathBuf,
        /// The process.
        pid: u32,
    },
    /// The operating system refused.
    #[error("{}: {source}", path.display())]
    Io {
        /// What was touched.
        path: PathBuf,
        /// What it said.
        source: std::io::Error,
    },
}

impl EmbeddedError {
    /// Says which path an error of the operating system is about.
    pub(super) fn at(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { path, source }
    }
}
