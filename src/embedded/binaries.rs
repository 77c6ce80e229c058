//! Finds an installed PostgreSQL.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use tokio::process::Command;

use crate::embedded::{EmbeddedError, OLDEST_MAJOR};

/// The programs of one PostgreSQL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binaries {
    /// Their folder.
    pub folder: PathBuf,
    /// Their major version.
    pub major: u32,
}

impl Binaries {
    /// The path of one program.
    pub fn program(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

/// Where distributions put PostgreSQL; `*` stands for one folder with a version in its name.
const USUAL_FOLDERS: &[&str] = &[
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/lib64/pgsql/bin",
    "/usr/local/pgsql/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/home/linuxbrew/.linuxbrew/opt/postgresql*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
];

/// The programs for a cluster: of its own major version, or the newest for a cluster to be made.
pub async fn find(
    setting: Option<&Path>,
    cluster_major: Option<u32>,
    cluster: &Path,
) -> Result<Binaries, EmbeddedError> {
    let folders = match setting {
        Some(folder) => vec![folder.to_owned()],
        None => candidates().await,
    };
    let mut found = Vec::new();
    for folder in folders {
        if let Some(binaries) = look_into(&folder).await
            && !found.contains(&binaries)
        {
            found.push(binaries);
        }
    }
    if found.is_empty()
        && let Some(folder) = setting
    {
        return Err(EmbeddedError::WrongBinaries { folder: folder.to_owned() });
    }
    choose(found, cluster_major, cluster)
}

fn choose(
    mut found: Vec<Binaries>,
    cluster_major: Option<u32>,
    cluster: &Path,
) -> Result<Binaries, EmbeddedError> {
    let mut majors: Vec<u32> = found.iter().map(|binaries| binaries.major).collect();
    majors.sort_unstable();
    majors.dedup();
    found.retain(|binaries| binaries.major >= OLDEST_MAJOR);
    let newest = found.iter().map(|binaries| binaries.major).max();
    let wanted = cluster_major.or(newest);
    // The first of several with the same version: the search goes from near to far.
    match (found.into_iter().find(|binaries| Some(binaries.major) == wanted), cluster_major) {
        (Some(binaries), _) => Ok(binaries),
        (None, Some(cluster_major)) => Err(EmbeddedError::ForeignMajor {
            cluster: cluster_major,
            installed: majors,
            folder: cluster.to_owned(),
        }),
        (None, None) => Err(EmbeddedError::NotInstalled { too_old: majors }),
    }
}

async fn candidates() -> Vec<PathBuf> {
    let mut folders = Vec::new();
    let told = Command::new("pg_config").arg("--bindir").stdin(Stdio::null()).output().await;
    if let Ok(output) = told
        && output.status.success()
    {
        folders.push(PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()));
    }
    if let Some(path) = std::env::var_os("PATH") {
        folders.extend(std::env::split_paths(&path));
    }
    folders.extend(USUAL_FOLDERS.iter().flat_map(|pattern| expand(pattern)));
    folders
}

/// The folders that fit a pattern with at most one `*`.
fn expand(pattern: &str) -> Vec<PathBuf> {
    let Some((before, after)) = pattern.split_once('*') else {
        return vec![PathBuf::from(pattern)];
    };
    let (parent, prefix) = before.rsplit_once('/').unwrap_or(("", before));
    let Ok(entries) = std::fs::read_dir(parent) else { return Vec::new() };
    entries
        .filter_map(Result::ok)
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(prefix))
        .map(|entry| entry.path().join(after.trim_start_matches('/')))
        .collect()
}

async fn look_into(folder: &Path) -> Option<Binaries> {
    let folder = folder.join("postgres").is_file().then(|| folder.canonicalize().ok())??;
    // Some distributions put a link to one program into a folder on the PATH.
    let folder = match folder.join("postgres").canonicalize().ok()?.parent() {
        Some(real) if real.join("initdb").is_file() => real.to_owned(),
        _ => folder,
    };
    if !folder.join("initdb").is_file() {
        return None;
    }
    let output = Command::new(folder.join("postgres"))
        .arg("--version")
        .stdin(Stdio::null())
        .output()
        .await
        .ok()?;
    let major = major(&String::from_utf8_lossy(&output.stdout))?;
    Some(Binaries { folder, major })
}

/// Reads `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`.
fn major(text: &str) -> Option<u32> {
    let version = text.split_once("(PostgreSQL) ")?.1;
    let digits = version.split(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(folder: &str, major: u32) -> Binaries {
        Binaries { folder: PathBuf::from(folder), major }
    }

    fn chosen(found: &[Binaries], cluster: Option<u32>) -> Result<Binaries, EmbeddedError> {
        choose(found.to_vec(), cluster, Path::new("/data/postgres"))
    }

    #[test]
    fn versions_of_releases_and_betas_are_read() {
        assert_eq!(major("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"), Some(15));
        assert_eq!(major("postgres (PostgreSQL) 19beta2\n"), Some(19));
        assert_eq!(major("something else"), None);
    }

    #[test]
    fn a_new_cluster_is_made_by_the_newest() {
        let found = [at("/a", 15), at("/b", 17), at("/c", 13)];
        assert_eq!(chosen(&found, None).expect("found"), at("/b", 17));
    }

    #[test]
    fn an_existing_cluster_runs_under_its_own_version() {
        let found = [at("/b", 17), at("/a", 15)];
        assert_eq!(chosen(&found, Some(15)).expect("found"), at("/a", 15));
    }

    #[test]
    fn a_foreign_version_is_refused_with_both_numbers() {
        let error = chosen(&[at("/b", 17)], Some(16)).expect_err("refused");
        assert!(matches!(
            error,
            EmbeddedError::ForeignMajor { cluster: 16, installed, .. } if installed == [17]
        ));
    }

    #[test]
    fn too_old_is_as_good_as_none() {
        let error = chosen(&[at("/c", 13)], None).expect_err("refused");
        assert!(matches!(error, EmbeddedError::NotInstalled { too_old } if too_old == [13]));
    }

    #[tokio::test]
    async fn a_folder_that_was_set_must_hold_the_programs() {
        let error =
            find(Some(Path::new("/etc")), None, Path::new("/x")).await.expect_err("refused");
        assert!(matches!(error, EmbeddedError::WrongBinaries { .. }));
    }
}
