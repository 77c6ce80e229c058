//! Where the cluster and its socket are, and who may use them.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions, TryLockError};
use std::io::{ErrorKind, Read as _, Write as _};
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{
    DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _, symlink,
};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::embedded::account::{Account, is_root, own_uid};
use crate::embedded::cluster::PORT;
use crate::embedded::error::EmbeddedError;

/// Longest path of a socket: macOS has the smaller limit, 104 bytes with the zero at the end.
const LONGEST_SOCKET: usize = 103;

/// Where root keeps clusters that the database's account could not reach in the data folder.
const REACHABLE_FOLDERS: &[&str] = &["/var/lib/touchstone", "/var/tmp/touchstone"];

/// The folders of one database.
#[derive(Debug, Clone)]
pub struct Place {
    /// The cluster (`PGDATA`). It may not exist yet, its parent does.
    pub cluster: PathBuf,
    /// The folder of the socket, closed to other accounts.
    pub socket: PathBuf,
    /// What the server says before it has opened its own log. Outside the cluster: we write it,
    /// perhaps as root, and must not follow a link that the account could make.
    pub early_log: PathBuf,
}

/// The right to run the database of a data folder. Ends with the process, however that ends.
#[derive(Debug)]
pub struct Lock {
    folder: PathBuf,
    _file: File,
}

impl Lock {
    /// Makes the data folder if needed and locks it.
    pub fn take(data: &Path) -> Result<Self, EmbeddedError> {
        make_folder(data, if is_root() { 0o711 } else { 0o700 })?;
        let folder = data.canonicalize().map_err(EmbeddedError::at(data))?;
        let path = folder.join("postgres.lock");
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(&path)
            .map_err(|source| not_ours(&path, source))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                let _unreadable = file.read_to_string(&mut holder);
                return Err(EmbeddedError::InUse { folder, pid: holder.trim().parse().ok() });
            }
            Err(TryLockError::Error(source)) => return Err(EmbeddedError::Io { path, source }),
        }
        file.set_len(0)
            .and_then(|()| writeln!(file, "{}", std::process::id()))
            .map_err(EmbeddedError::at(&path))?;
        Ok(Self { folder, _file: file })
    }

    /// The data folder, as an absolute path without links.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

impl Place {
    /// Chooses and prepares the folders.
    pub async fn prepare(
        data: &Path,
        account: Account,
        runtime: Option<&Path>,
    ) -> Result<Self, EmbeddedError> {
        let cluster = place_cluster(data, account).await?;
        let socket = place_socket(&cluster, account, runtime)?;
        if !account.can_enter(&socket).await {
            return Err(EmbeddedError::Unreachable { folder: socket, account: account.uid() });
        }
        Ok(Self { cluster, socket, early_log: data.join("postgres-start.log") })
    }
}

/// The cluster of a data folder, if there is one.
pub fn existing_cluster(data: &Path) -> Result<PathBuf, EmbeddedError> {
    let path = data.join("postgres");
    path.canonicalize().map_err(|source| not_ours(&path, source))
}

async fn place_cluster(data: &Path, account: Account) -> Result<PathBuf, EmbeddedError> {
    let usual = data.join("postgres");
    if let Ok(cluster) = usual.canonicalize() {
        if account.can_enter(&cluster).await {
            return Ok(cluster);
        }
        return Err(EmbeddedError::Unreachable { folder: cluster, account: account.uid() });
    }
    // A link to nothing is left by a start that was killed before the cluster was there.
    if let Ok(target) = fs::read_link(&usual) {
        if let Some(parent) = target.parent() {
            make_folder(parent, 0o711)?;
        }
        return Ok(target);
    }
    if account.can_enter(data).await {
        return Ok(usual);
    }
    for folder in REACHABLE_FOLDERS.iter().map(Path::new) {
        if make_folder(folder, 0o711).is_ok() && account.can_enter(folder).await {
            let cluster = folder.join(fresh_name(data));
            symlink(&cluster, &usual).map_err(EmbeddedError::at(&usual))?;
            tracing::warn!(
                data = %data.display(),
                cluster = %cluster.display(),
                "the database's account cannot enter the data folder: the database lives elsewhere"
            );
            return Ok(cluster);
        }
    }
    Err(EmbeddedError::Unreachable { folder: data.to_owned(), account: account.uid() })
}

/// A name that no earlier cluster has: a data folder that was deleted starts afresh.
fn fresh_name(data: &Path) -> String {
    let since = std::time::UNIX_EPOCH.elapsed().unwrap_or_default();
    format!("{}-{}", short_hash(data), since.as_secs())
}

fn place_socket(
    cluster: &Path,
    account: Account,
    runtime: Option<&Path>,
) -> Result<PathBuf, EmbeddedError> {
    let name = format!("touchstone-{}", short_hash(cluster));
    if let Some(folder) = runtime {
        make_folder(folder, 0o711)?;
        let folder = folder.canonicalize().map_err(EmbeddedError::at(folder))?.join(name);
        return claim(&folder, account).map(|()| folder);
    }
    let mut parents = Vec::new();
    if is_root() {
        parents.push(PathBuf::from("/run"));
    } else if let Some(folder) = std::env::var_os("XDG_RUNTIME_DIR") {
        parents.push(PathBuf::from(folder));
    }
    // Two people may have the same folder names, so here the account is part of the name.
    let shared = PathBuf::from("/tmp").join(format!("{name}-{}", own_uid()));
    for parent in parents {
        let folder = parent.join(&name);
        if claim(&folder, account).is_ok() {
            return Ok(folder);
        }
    }
    claim(&shared, account).map(|()| shared)
}

/// Makes a folder for the account alone, or takes the one that is already so.
fn claim(folder: &Path, account: Account) -> Result<(), EmbeddedError> {
    let socket = folder.join(format!(".s.PGSQL.{PORT}"));
    if socket.as_os_str().len() > LONGEST_SOCKET {
        return Err(EmbeddedError::SocketTooLong { folder: folder.to_owned() });
    }
    match DirBuilder::new().mode(0o700).create(folder) {
        Ok(()) => account.give(folder),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            // Whoever made it first could have made it to listen in: look, do not follow links.
            let found = fs::symlink_metadata(folder).map_err(EmbeddedError::at(folder))?;
            let open_to_others = found.permissions().mode() & 0o077;
            let is_safe = found.is_dir() && found.uid() == account.uid() && open_to_others == 0;
            if is_safe {
                Ok(())
            } else {
                Err(EmbeddedError::SocketUnsafe { folder: folder.to_owned() })
            }
        }
        Err(source) => Err(EmbeddedError::Io { path: folder.to_owned(), source }),
    }
}

/// Makes a folder and its parents; an existing one keeps its mode.
pub fn make_folder(folder: &Path, mode: u32) -> Result<(), EmbeddedError> {
    if folder.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(folder)
        .and_then(|()| fs::set_permissions(folder, Permissions::from_mode(mode)))
        .map_err(EmbeddedError::at(folder))
}

fn short_hash(path: &Path) -> String {
    use std::fmt::Write as _;

    let digest = Sha256::digest(path.as_os_str().as_bytes());
    digest.iter().take(4).fold(String::new(), |mut name, byte| {
        // Writing to a string cannot fail.
        let _ = write!(name, "{byte:02x}");
        name
    })
}

/// A file that we may not open was made by a server under another account.
fn not_ours(path: &Path, source: std::io::Error) -> EmbeddedError {
    match fs::symlink_metadata(path) {
        Ok(found) if source.kind() == ErrorKind::PermissionDenied => {
            EmbeddedError::ForeignOwner { folder: path.to_owned(), owner: found.uid() }
        }
        _ => EmbeddedError::Io { path: path.to_owned(), source },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_socket_needs_a_short_path() {
        let folder = PathBuf::from(format!("/tmp/{}", "a".repeat(90)));
        let account = Account::own();
        assert!(matches!(claim(&folder, account), Err(EmbeddedError::SocketTooLong { .. })));
        assert!(!folder.exists());
    }

    #[test]
    fn a_folder_that_others_can_enter_is_no_place_for_a_socket() {
        let account = Account::own();
        for unsafe_folder in ["/tmp", "/proc/self/cwd"] {
            let refused = claim(Path::new(unsafe_folder), account);
            assert!(matches!(refused, Err(EmbeddedError::SocketUnsafe { .. })));
        }
    }
}
