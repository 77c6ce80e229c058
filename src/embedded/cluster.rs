//! One cluster: how it is made, and the settings it runs with.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::process::{Output, Stdio};

use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

use crate::embedded::account::Account;
use crate::embedded::binaries::Binaries;
use crate::embedded::error::EmbeddedError;
use crate::embedded::place::{Place, make_folder};

/// The superuser of the cluster.
pub const SUPERUSER: &str = "postgres";
/// The database of the product.
pub const DATABASE: &str = "touchstone";
/// Only part of the socket's name: nothing listens on the network.
pub const PORT: u16 = 5432;

const MIB: u64 = 1024 * 1024;

/// A cluster with everything that is needed to run it.
#[derive(Debug)]
pub struct Cluster {
    /// Its folders.
    pub place: Place,
    /// The account that it runs under.
    pub account: Account,
    /// The programs that run it.
    pub binaries: Binaries,
}

/// The major version that made a cluster; `None` when there is no cluster yet.
pub fn version(cluster: &Path) -> Result<Option<u32>, EmbeddedError> {
    let path = cluster.join("PG_VERSION");
    match fs::read_to_string(&path) {
        Ok(text) => text
            .trim()
            .parse()
            .map(Some)
            .map_err(|_| EmbeddedError::Failed { program: "PG_VERSION", output: text }),
        Err(error) if error.kind() == ErrorKind::NotFound && is_absent_or_empty(cluster) => {
            Ok(None)
        }
        Err(source) => Err(EmbeddedError::Io { path, source }),
    }
}

/// A folder with files but without a version is somebody's: nothing is made there.
fn is_absent_or_empty(folder: &Path) -> bool {
    fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none())
}

impl Cluster {
    /// Makes the cluster beside its place and moves it there when it is whole.
    pub async fn make(&self) -> Result<(), EmbeddedError> {
        let target = &self.place.cluster;
        let unfinished = target.with_extension("new");
        match fs::remove_dir_all(&unfinished) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(EmbeddedError::Io { path: unfinished, source: error });
            }
            _ => {}
        }
        make_folder(&unfinished, 0o700)?;
        self.account.give(&unfinished)?;
        tracing::info!(
            cluster = %target.display(),
            version = self.binaries.major,
            "making the database"
        );
        let mut initdb = self.account.command(&self.binaries.program("initdb"));
        initdb
            .arg("--pgdata")
            .arg(&unfinished)
            .arg(format!("--username={SUPERUSER}"))
            .arg(format!("--locale={}", locale().await))
            // The folder of the socket is the fence: only its account and root can pass it.
            .args(["--encoding=UTF8", "--data-checksums", "--no-instructions"])
            .args(["--auth-local=trust", "--auth-host=reject"]);
        finish("initdb", initdb.output().await)?;
        self.make_database(&unfinished).await?;
        fs::rename(&unfinished, target).map_err(EmbeddedError::at(target))?;
        if let Some(parent) = target.parent() {
            let folder = fs::File::open(parent).map_err(EmbeddedError::at(parent))?;
            folder.sync_all().map_err(EmbeddedError::at(parent))?;
        }
        Ok(())
    }

    /// Makes the database without a server, so that a running cluster always has it.
    async fn make_database(&self, cluster: &Path) -> Result<(), EmbeddedError> {
        let mut single = self.account.command(&self.binaries.program("postgres"));
        single.args(["--single", "-c", "exit_on_error=on", "-D"]).arg(cluster).arg("template1");
        single.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut process = single.spawn().map_err(EmbeddedError::at("postgres"))?;
        if let Some(mut input) = process.stdin.take() {
            let command = format!("create database {DATABASE};\n");
            input.write_all(command.as_bytes()).await.map_err(EmbeddedError::at("postgres"))?;
        }
        finish("postgres --single", process.wait_with_output().await)
    }

    /// The server's command: what protects answers is said here, where no file can change it.
    pub fn server(&self) -> Command {
        let mut command = self.account.command(&self.binaries.program("postgres"));
        command.arg("-D").arg(&self.place.cluster);
        for (name, value) in options(&self.place.socket, memory()) {
            command.arg("-c").arg(format!("{name}={value}"));
        }
        command
    }
}

fn finish(program: &'static str, output: std::io::Result<Output>) -> Result<(), EmbeddedError> {
    let output = output.map_err(EmbeddedError::at(program))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(EmbeddedError::Failed { program, output: format!("{}: {said}", output.status) })
}

/// `C.UTF-8` where the system has it, else `C`: the order of texts is then the same everywhere.
async fn locale() -> &'static str {
    let listed = Command::new("locale").arg("-a").stdin(Stdio::null()).output().await;
    let Ok(listed) = listed else { return "C.UTF-8" };
    let listed = String::from_utf8_lossy(&listed.stdout).to_ascii_lowercase();
    if listed.lines().any(|name| matches!(name, "c.utf8" | "c.utf-8")) { "C.UTF-8" } else { "C" }
}

/// Every setting of the server.
fn options(socket: &Path, memory: u64) -> Vec<(&'static str, String)> {
    // A quarter would be usual for a machine of its own; this one also runs the server and builds.
    let shared_buffers = (memory / 8).clamp(32 * MIB, 512 * MIB) / MIB;
    let effective_cache = (memory / 2).max(64 * MIB) / MIB;
    let fixed = [
        ("listen_addresses", ""),
        ("unix_socket_permissions", "0700"),
        ("cluster_name", "touchstone"),
        // The promise: what was acknowledged is on the disk.
        ("fsync", "on"),
        ("synchronous_commit", "on"),
        ("full_page_writes", "on"),
        // A forgotten transaction must not hold the lock of an attempt for long.
        ("idle_in_transaction_session_timeout", "10s"),
        ("max_connections", "100"),
        ("work_mem", "8MB"),
        ("maintenance_work_mem", "64MB"),
        // Statements are short: compiling them, or sharing them out, costs more than it saves.
        ("jit", "off"),
        ("max_parallel_workers_per_gather", "0"),
        ("timezone", "UTC"),
        ("log_timezone", "UTC"),
        ("lc_messages", "C"),
        // A week of logs; without values, because values are people's data.
        ("logging_collector", "on"),
        ("log_directory", "log"),
        ("log_filename", "postgresql-%a.log"),
        ("log_truncate_on_rotation", "on"),
        ("log_rotation_age", "1d"),
        ("log_rotation_size", "0"),
        ("log_line_prefix", "%m [%p] "),
        ("log_error_verbosity", "terse"),
        ("log_min_error_statement", "panic"),
        ("log_parameter_max_length_on_error", "0"),
    ];
    let mut options: Vec<(&str, String)> =
        fixed.into_iter().map(|(name, value)| (name, value.to_owned())).collect();
    options.push(("port", PORT.to_string()));
    // Quoted, because a comma separates folders here.
    options.push(("unix_socket_directories", format!("\"{}\"", socket.display())));
    options.push(("shared_buffers", format!("{shared_buffers}MB")));
    options.push(("effective_cache_size", format!("{effective_cache}MB")));
    options
}

/// The memory of the machine or of the container, in bytes; a guess where it cannot be read.
fn memory() -> u64 {
    let machine = fs::read_to_string("/proc/meminfo").ok().and_then(|text| {
        let line = text.lines().find_map(|line| line.strip_prefix("MemTotal:"))?.trim();
        Some(line.strip_suffix("kB")?.trim().parse::<u64>().ok()? * 1024)
    });
    let container = fs::read_to_string("/sys/fs/cgroup/memory.max")
        .ok()
        .and_then(|text| text.trim().parse::<u64>().ok());
    machine.into_iter().chain(container).min().unwrap_or(1024 * MIB)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn option(memory: u64, name: &str) -> String {
        let options = options(Path::new("/run/x"), memory);
        options.into_iter().find(|(found, _)| *found == name).map(|(_, value)| value).expect(name)
    }

    #[test]
    fn memory_stays_within_what_a_small_and_a_large_machine_can_give() {
        assert_eq!(option(128 * MIB, "shared_buffers"), "32MB");
        assert_eq!(option(2048 * MIB, "shared_buffers"), "256MB");
        assert_eq!(option(65_536 * MIB, "shared_buffers"), "512MB");
    }

    #[test]
    fn nothing_listens_on_the_network() {
        assert_eq!(option(MIB, "listen_addresses"), "");
        assert_eq!(option(MIB, "unix_socket_directories"), "\"/run/x\"");
    }

    #[test]
    fn a_folder_with_other_files_is_not_taken_for_a_place_to_make_a_cluster() {
        assert!(version(Path::new("/etc")).is_err());
        assert!(matches!(version(Path::new("/nowhere/at/all")), Ok(None)));
    }
}
