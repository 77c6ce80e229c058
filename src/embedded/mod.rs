//! # The private PostgreSQL
//!
//! Holds the supervisor of the database that the server starts when `DATABASE_URL` names none: it
//! finds an installed PostgreSQL, makes a cluster, starts it, restarts it when it dies and stops it
//! with the server. May touch the operating system and `telemetry`. Never holds SQL
//! of the product, and no sentence for people: an [`EmbeddedError`] carries facts.
//!
//! **Why our own**: PostgreSQL refuses to run as root, so whoever starts it must be able to change
//! the account; and a database that keeps answers must be stopped, adopted and restarted with care.
//!
//! **One more place to look for PostgreSQL**: a line in [`binaries`]. **One more setting of the
//! database**: a line in `cluster::options`.

mod account;
pub mod binaries;
mod cluster;
mod error;
mod place;
mod postmaster;
mod supervisor;

use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;

pub use error::EmbeddedError;

use crate::embedded::account::Account;
use crate::embedded::binaries::Binaries;
use crate::embedded::cluster::Cluster;
use crate::embedded::place::{Lock, Place};
use crate::embedded::postmaster::Postmaster;

/// The oldest major version whose behaviour was tried.
pub const OLDEST_MAJOR: u32 = 15;

/// What an operator may say about the private database.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The folder of everything that the server keeps.
    pub data: PathBuf,
    /// The folder of `postgres` and `initdb`; without it the usual places are searched.
    pub binaries: Option<PathBuf>,
    /// The account to run under when the server is root.
    pub account: Option<String>,
    /// The folder in which the folder of the socket is made.
    pub runtime: Option<PathBuf>,
}

/// A running private database.
#[derive(Debug)]
pub struct Embedded {
    socket: PathBuf,
    cluster: PathBuf,
    binaries: Binaries,
    supervision: Option<Supervision>,
}

#[derive(Debug)]
struct Supervision {
    stop: watch::Sender<Option<Duration>>,
    task: JoinHandle<()>,
}

impl Embedded {
    /// Starts the database of a data folder, or adopts the one that a killed server left running.
    pub async fn start(settings: &Settings) -> Result<Self, EmbeddedError> {
        let lock = Lock::take(&settings.data)?;
        Self::supervise(settings, lock).await
    }

    /// For a command beside the server: joins the running database, or starts it for this command.
    pub async fn start_or_join(settings: &Settings) -> Result<Self, EmbeddedError> {
        match Lock::take(&settings.data) {
            Ok(lock) => Self::supervise(settings, lock).await,
            Err(EmbeddedError::InUse { .. }) => Self::join(settings).await,
            Err(other) => Err(other),
        }
    }

    /// Whether the data folder holds a database already.
    pub fn exists(settings: &Settings) -> bool {
        place::existing_cluster(&settings.data).is_ok()
    }

    async fn supervise(settings: &Settings, lock: Lock) -> Result<Self, EmbeddedError> {
        let data = lock.folder();
        let account = Account::choose(settings.account.as_deref(), data).await?;
        let place = Place::prepare(data, account, settings.runtime.as_deref()).await?;
        let socket = place.socket.clone();
        let (cluster, postmaster) = bring_up(settings, place, account)
            .await
            .inspect_err(|_| postmaster::leave_socket(&socket))?;
        let (socket, folder) = (cluster.place.socket.clone(), cluster.place.cluster.clone());
        let binaries = cluster.binaries.clone();
        let (stop, stopped) = watch::channel(None);
        let task = tokio::spawn(supervisor::watch_over(cluster, postmaster, stopped, lock));
        let supervision = Some(Supervision { stop, task });
        Ok(Self { socket, cluster: folder, binaries, supervision })
    }

    async fn join(settings: &Settings) -> Result<Self, EmbeddedError> {
        let folder = place::existing_cluster(&settings.data)?;
        let version = cluster::version(&folder)?;
        let binaries = binaries::find(settings.binaries.as_deref(), version, &folder).await?;
        let socket = postmaster::awaited_socket(&folder).await?;
        Ok(Self { socket, cluster: folder, binaries, supervision: None })
    }

    /// Where sqlx connects, as a superuser. The socket's folder is closed to other accounts.
    pub fn url(&self) -> String {
        format!(
            "postgres://{user}@localhost:{port}/{database}?sslmode=disable&host={host}",
            user = cluster::SUPERUSER,
            port = cluster::PORT,
            database = cluster::DATABASE,
            host = encode(&self.socket),
        )
    }

    /// The folder of the socket, for `psql -h`.
    pub fn socket(&self) -> &Path {
        &self.socket
    }

    /// The cluster's own folder.
    pub fn cluster(&self) -> &Path {
        &self.cluster
    }

    /// The programs of the version that runs.
    pub fn binaries(&self) -> &Binaries {
        &self.binaries
    }

    /// The process that runs now, if any.
    pub fn pid(&self) -> Option<u32> {
        postmaster::running_pid(&self.cluster)
    }

    /// Ends the database in an orderly way; after `deadline` less so, but always safely.
    ///
    /// A joined database goes on running: it belongs to the server that started it.
    pub async fn stop(mut self, deadline: Duration) {
        let Some(supervision) = self.supervision.take() else { return };
        supervision.stop.send_replace(Some(deadline));
        if let Err(cause) = supervision.task.await {
            tracing::error!(%cause, "the supervisor of the database failed");
        }
    }
}

async fn bring_up(
    settings: &Settings,
    place: Place,
    account: Account,
) -> Result<(Cluster, Postmaster), EmbeddedError> {
    let version = cluster::version(&place.cluster)?;
    let binaries = binaries::find(settings.binaries.as_deref(), version, &place.cluster).await?;
    let cluster = Cluster { place, account, binaries };
    if version.is_none() {
        cluster.make().await?;
    }
    let postmaster = match Postmaster::adopt(&cluster).await {
        Some(postmaster) => postmaster,
        None => Postmaster::start(&cluster).await?,
    };
    Ok((cluster, postmaster))
}

/// Percent-encodes what a query parameter of a URL cannot hold.
fn encode(path: &Path) -> String {
    use std::fmt::Write as _;
    use std::os::unix::ffi::OsStrExt as _;

    let mut out = String::new();
    for byte in path.as_os_str().as_bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'.') {
            out.push(char::from(*byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_with_odd_letters_fits_into_a_url() {
        assert_eq!(encode(Path::new("/run/a b&c/x-1")), "/run/a%20b%26c/x-1");
    }
}
