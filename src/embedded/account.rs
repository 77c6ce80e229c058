//! The account that PostgreSQL runs under: ours, or another one when we are root.

use std::os::unix::fs::{MetadataExt as _, chown};
use std::path::Path;
use std::process::Stdio;

use tokio::process::Command;

use crate::embedded::EmbeddedError;
use crate::embedded::place;

/// The account that Debian, Fedora and others make together with PostgreSQL.
const USUAL_ACCOUNT: &str = "postgres";

/// Numbers of an account and its group; `None` when it is the one that runs the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Account {
    other: Option<(u32, u32)>,
}

impl Account {
    /// As root: the account of the setting, else the owner of the cluster, else the usual one.
    pub async fn choose(setting: Option<&str>, data: &Path) -> Result<Self, EmbeddedError> {
        let owner = place::existing_cluster(data)
            .ok()
            .and_then(|cluster| cluster.metadata().ok().map(|it| (cluster, it.uid(), it.gid())));
        if !is_root() {
            return match owner {
                Some((folder, owner, _)) if owner != own_uid() => {
                    Err(EmbeddedError::ForeignOwner { folder, owner })
                }
                _ => Ok(Self::own()),
            };
        }
        let named = match setting {
            Some(name) => Some(by_name(name).await?),
            None => None,
        };
        let other = match (owner, named) {
            (Some((folder, owner, _)), Some((uid, _))) if owner != uid => {
                return Err(EmbeddedError::ForeignOwner { folder, owner });
            }
            (Some((folder, 0, _)), _) => {
                return Err(EmbeddedError::ForeignOwner { folder, owner: 0 });
            }
            (Some((_, uid, gid)), _) | (None, Some((uid, gid))) => (uid, gid),
            (None, None) => by_name(USUAL_ACCOUNT).await?,
        };
        Ok(Self { other: Some(other) })
    }

    /// The account that runs this process.
    pub fn own() -> Self {
        Self { other: None }
    }

    /// The account's number.
    pub fn uid(self) -> u32 {
        self.other.map_or_else(own_uid, |(uid, _)| uid)
    }

    /// Whether the account differs from the one that runs the server.
    pub fn is_other(self) -> bool {
        self.other.is_some()
    }

    /// A program under this account, with nothing of our environment that could change its doings.
    pub fn command(self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.env_clear().env("LC_ALL", "C").env("TZ", "UTC");
        if let Some(path) = std::env::var_os("PATH") {
            command.env("PATH", path);
        }
        // Our working folder may be closed to the account.
        command.current_dir("/").stdin(Stdio::null());
        if let Some((uid, gid)) = self.other {
            // The standard library clears the other groups of root before it changes the account.
            command.uid(uid).gid(gid);
        }
        command
    }

    /// Makes the account the owner of a path.
    pub fn give(self, path: &Path) -> Result<(), EmbeddedError> {
        match self.other {
            Some((uid, gid)) => chown(path, Some(uid), Some(gid)).map_err(EmbeddedError::at(path)),
            None => Ok(()),
        }
    }

    /// Whether the account can enter a folder: asked of the system, because modes do not say all.
    pub async fn can_enter(self, folder: &Path) -> bool {
        if !self.is_other() {
            return true;
        }
        let mut probe = self.command(Path::new("/bin/sh"));
        probe.args(["-c", "cd -- \"$1\"", "sh"]).arg(folder);
        probe.stdout(Stdio::null()).stderr(Stdio::null());
        probe.status().await.is_ok_and(|status| status.success())
    }
}

/// Whether the server runs as root.
pub fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// The number of the account that runs the server.
pub fn own_uid() -> u32 {
    rustix::process::geteuid().as_raw()
}

/// Looks an account up with `id`, which also knows accounts that are in no file.
async fn by_name(name: &str) -> Result<(u32, u32), EmbeddedError> {
    let missing = || EmbeddedError::NoAccount { name: name.to_owned() };
    let mut numbers = [0; 2];
    for (number, flag) in numbers.iter_mut().zip(["-u", "-g"]) {
        let output = Command::new("id")
            .args([flag, "--", name])
            .stdin(Stdio::null())
            .output()
            .await
            .map_err(EmbeddedError::at("id"))?;
        *number = String::from_utf8_lossy(&output.stdout).trim().parse().map_err(|_| missing())?;
    }
    // PostgreSQL refuses root, so an account that is root under another name is none.
    if numbers[0] == 0 { Err(missing()) } else { Ok((numbers[0], numbers[1])) }
}
