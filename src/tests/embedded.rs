//! The private PostgreSQL, with real processes.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use touchstone::embedded::{Embedded, EmbeddedError, Settings};
use touchstone::telemetry::Stopwatch;

const PATIENCE: Duration = Duration::from_secs(20);

/// A data folder that is deleted at the end.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("ts-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        fs::create_dir(&path).expect("a fresh folder");
        // As root the database's account must be able to enter.
        fs::set_permissions(&path, Permissions::from_mode(0o711)).expect("our folder");
        Self(path)
    }

    fn settings(&self) -> Settings {
        Settings { data: self.0.join("data"), ..Settings::default() }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Ok(elsewhere) = fs::read_link(self.0.join("data/postgres")) {
            let _gone = fs::remove_dir_all(elsewhere);
        }
        let _gone = fs::remove_dir_all(&self.0);
    }
}

fn ask(database: &Embedded, sql: &str) -> Option<String> {
    let output = Command::new(database.binaries().program("psql"))
        .args(["-X", "-At", "-U", "postgres", "-d", "touchstone", "-c", sql, "-h"])
        .arg(database.socket())
        .output()
        .expect("psql runs");
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn pid(number: u32) -> Pid {
    Pid::from_raw(number.try_into().expect("a small number")).expect("not zero")
}

async fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let started = Stopwatch::start();
    while !is_so() {
        assert!(started.elapsed() < PATIENCE, "in vain waited for: {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn wait_until_gone(number: u32) {
    wait_until("the end of the process", || test_kill_process(pid(number)).is_err()).await;
}

#[tokio::test]
async fn a_new_database_keeps_its_promises_and_leaves_no_process() {
    let folder = Folder::new();
    let database = Embedded::start(&folder.settings()).await.expect("starts");
    for (setting, value) in [
        ("fsync", "on"),
        ("synchronous_commit", "on"),
        ("full_page_writes", "on"),
        ("data_checksums", "on"),
        ("listen_addresses", ""),
        ("server_encoding", "UTF8"),
        ("lc_collate", "C.UTF-8"),
        ("timezone", "UTC"),
        ("idle_in_transaction_session_timeout", "10s"),
    ] {
        assert_eq!(ask(&database, &format!("show {setting}")).as_deref(), Some(value), "{setting}");
    }
    assert_eq!(fs::metadata(database.socket()).expect("there").permissions().mode() & 0o777, 0o700);
    assert!(database.url().starts_with("postgres://postgres@localhost:5432/touchstone?"));
    let number = database.pid().expect("runs");
    database.stop(PATIENCE).await;
    wait_until_gone(number).await;

    // What was written is there after the next start.
    let database = Embedded::start(&folder.settings()).await.expect("starts again");
    ask(&database, "create table kept as select 1").expect("made");
    database.stop(PATIENCE).await;
    let database = Embedded::start(&folder.settings()).await.expect("starts again");
    assert_eq!(ask(&database, "table kept").as_deref(), Some("1"));
    database.stop(PATIENCE).await;
}

#[tokio::test]
async fn a_killed_database_is_started_again() {
    let folder = Folder::new();
    let database = Embedded::start(&folder.settings()).await.expect("starts");
    ask(&database, "create table kept as select 1").expect("made");
    for _ in 0..3 {
        let killed = database.pid().expect("runs");
        kill_process(pid(killed), Signal::KILL).expect("killed");
        wait_until("an answer after the kill", || {
            database.pid() != Some(killed) && ask(&database, "table kept").as_deref() == Some("1")
        })
        .await;
    }
    let last = database.pid().expect("runs");
    database.stop(PATIENCE).await;
    wait_until_gone(last).await;
}

#[tokio::test]
async fn a_second_server_on_the_same_folder_is_refused_and_a_command_joins() {
    let folder = Folder::new();
    let database = Embedded::start(&folder.settings()).await.expect("starts");
    let refused = Embedded::start(&folder.settings()).await.expect_err("refused");
    assert!(matches!(refused, EmbeddedError::InUse { pid, .. } if pid == Some(std::process::id())));
    let joined = Embedded::start_or_join(&folder.settings()).await.expect("joins");
    assert_eq!(joined.url(), database.url());
    joined.stop(PATIENCE).await;
    assert_eq!(ask(&database, "select 1").as_deref(), Some("1"), "it belongs to the first");
    database.stop(PATIENCE).await;
}

/// Starts a database whose server "dies": the runtime ends without a word to PostgreSQL.
fn abandon(settings: &Settings) -> u32 {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let database = runtime.block_on(Embedded::start(settings)).expect("starts");
    let number = database.pid().expect("runs");
    drop(database);
    drop(runtime);
    assert!(test_kill_process(pid(number)).is_ok(), "it outlives its server");
    number
}

#[test]
fn a_database_that_outlived_its_server_is_adopted_watched_and_stopped() {
    let folder = Folder::new();
    let left = abandon(&folder.settings());
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let database = Embedded::start(&folder.settings()).await.expect("adopts");
        assert_eq!(database.pid(), Some(left), "the same process");
        kill_process(pid(left), Signal::KILL).expect("killed");
        wait_until("an answer of the successor", || {
            database.pid() != Some(left) && ask(&database, "select 1").is_some()
        })
        .await;
        database.stop(PATIENCE).await;
    });
}

#[test]
fn a_database_that_was_started_differently_is_stopped_first() {
    let folder = Folder::new();
    let left = abandon(&folder.settings());
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let elsewhere = Settings { runtime: Some(folder.0.join("run")), ..folder.settings() };
        let database = Embedded::start(&elsewhere).await.expect("starts");
        assert_ne!(database.pid(), Some(left));
        assert!(database.socket().starts_with(folder.0.join("run")));
        assert_eq!(ask(&database, "select 1").as_deref(), Some("1"));
        database.stop(PATIENCE).await;
    });
}

#[tokio::test]
async fn a_number_that_belongs_to_another_process_is_no_hindrance() {
    let folder = Folder::new();
    let database = Embedded::start(&folder.settings()).await.expect("starts");
    let cluster = database.cluster().to_owned();
    database.stop(PATIENCE).await;
    let other =
        format!("{}\n{}\n1\n5432\n/tmp\n\n0 0\nready\n", std::process::id(), cluster.display());
    fs::write(cluster.join("postmaster.pid"), other).expect("written");
    let database = Embedded::start(&folder.settings()).await.expect("starts");
    assert_eq!(ask(&database, "select 1").as_deref(), Some("1"));
    database.stop(PATIENCE).await;
}

#[tokio::test]
async fn a_cluster_of_another_version_is_refused_untouched() {
    let folder = Folder::new();
    let database = Embedded::start(&folder.settings()).await.expect("starts");
    let cluster = database.cluster().to_owned();
    database.stop(PATIENCE).await;
    fs::write(cluster.join("PG_VERSION"), "14\n").expect("written");
    let refused = Embedded::start(&folder.settings()).await.expect_err("refused");
    assert!(matches!(refused, EmbeddedError::ForeignMajor { cluster: 14, .. }), "{refused}");
}

#[tokio::test]
async fn a_start_that_was_cut_off_is_repeated() {
    let folder = Folder::new();
    let unfinished = folder.0.join("data/postgres.new/base");
    fs::create_dir_all(&unfinished).expect("made");
    fs::set_permissions(folder.0.join("data"), Permissions::from_mode(0o711)).expect("our folder");
    let database = Embedded::start(&folder.settings()).await.expect("starts");
    assert!(!folder.0.join("data/postgres.new").exists());
    database.stop(PATIENCE).await;
}

#[tokio::test]
async fn a_runtime_folder_that_is_too_long_is_refused() {
    let folder = Folder::new();
    let long = Path::new(&folder.0).join("r".repeat(90));
    let settings = Settings { runtime: Some(long), ..folder.settings() };
    let refused = Embedded::start(&settings).await.expect_err("refused");
    assert!(matches!(refused, EmbeddedError::SocketTooLong { .. }));
}

#[tokio::test]
async fn a_data_folder_that_the_account_cannot_enter_keeps_the_cluster_elsewhere() {
    if !rustix::process::geteuid().is_root() {
        return;
    }
    let folder = Folder::new();
    fs::set_permissions(&folder.0, Permissions::from_mode(0o700)).expect("our folder");
    let database = Embedded::start(&folder.settings()).await.expect("starts");
    let elsewhere = fs::read_link(folder.0.join("data/postgres")).expect("a link shows where");
    assert_eq!(database.cluster(), elsewhere);
    database.stop(PATIENCE).await;
    let database = Embedded::start(&folder.settings()).await.expect("starts again");
    assert_eq!(database.cluster(), elsewhere);
    database.stop(PATIENCE).await;
}

#[tokio::test]
async fn an_unknown_account_is_named() {
    if !rustix::process::geteuid().is_root() {
        return;
    }
    let folder = Folder::new();
    for name in ["nobody-of-that-name", "root"] {
        let settings = Settings { account: Some(name.to_owned()), ..folder.settings() };
        let refused = Embedded::start(&settings).await.expect_err("refused");
        assert!(matches!(refused, EmbeddedError::NoAccount { name: found } if found == name));
    }
}
