//! `touchstone backup` and `touchstone restore`: PostgreSQL's own programs, with the right
//! connection, the right rights on the file, and a check afterwards.

use std::fs::{self, OpenOptions};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{ExitCode, Stdio};

use tokio::process::Command;

use super::database::{Database, close_pools, kind};
use super::{Failure, Outcome, doctor, say};
use crate::config::Config;
use crate::embedded::binaries;
use crate::service::doctor::{State, examine};
use crate::service::{Ctx, auth};
use crate::store::{self, pool::Pools, pool::Sizes};
use crate::t;

/// Where a backup goes.
#[derive(Debug, clap::Args)]
pub struct BackupOptions {
    /// The file to write; it must not exist
    file: PathBuf,
}

/// Where a backup is.
#[derive(Debug, clap::Args)]
pub struct RestoreOptions {
    /// The file to read
    file: PathBuf,
}

/// Writes the backup beside its place and moves it there when it is whole.
pub async fn write(config: &Config, options: &BackupOptions) -> Outcome {
    let target = &options.file;
    if target.exists() {
        return Err(Failure::new(t!("cli-backup-exists", file = shown(target))));
    }
    let database = Database::for_command(config).await?;
    let written = dump(config, &database, target).await;
    database.close().await;
    let bytes = written?;
    say(t!("cli-backup-written", file = shown(target), megabytes = megabytes(bytes)));
    Ok(ExitCode::SUCCESS)
}

async fn dump(config: &Config, database: &Database, target: &Path) -> Result<u64, Failure> {
    let unfinished = target.with_added_extension("part");
    // Personal data and keys: for nobody else's eyes from the first byte on.
    let mut options = OpenOptions::new();
    let file = options.write(true).create(true).truncate(true).mode(0o600).open(&unfinished)?;
    let mut program = program(config, database, "pg_dump").await?;
    program.args(["--format=custom", "--no-password"]).stdout(file.try_clone()?);
    if let Err(failure) = finish(program).await {
        fs::remove_file(&unfinished)?;
        return Err(failure);
    }
    file.sync_all()?;
    fs::rename(&unfinished, target)?;
    Ok(file.metadata()?.len())
}

/// Puts a backup into a database in which nobody works yet, then looks at what came.
pub async fn restore(config: &Config, options: &RestoreOptions) -> Outcome {
    // Before the database is started, because a mistyped name is the usual mistake.
    fs::File::open(&options.file).map_err(|cause| {
        Failure::new(t!(
            "cli-restore-unreadable",
            file = shown(&options.file),
            cause = cause.to_string()
        ))
    })?;
    let database = Database::for_server(config).await?;
    let restored = load(config, &database, &options.file).await;
    database.close().await;
    restored
}

async fn load(config: &Config, database: &Database, file: &Path) -> Outcome {
    let url = database.url();
    // Makes the roles that the backup's rights are for.
    store::migrate(&url, kind(config)).await?;
    refuse_people(config, &url).await?;
    let mut program = program(config, database, "pg_restore").await?;
    program
        .args(["--clean", "--if-exists", "--single-transaction", "--exit-on-error"])
        .arg("--no-password")
        .arg(file)
        .stdout(Stdio::null());
    finish(program).await?;
    store::migrate(&url, kind(config)).await?;
    let findings = examine(config, &url).await;
    let broken: Vec<String> = findings
        .iter()
        .filter(|finding| finding.state == State::Broken)
        .map(doctor::line)
        .collect();
    if broken.is_empty() {
        say(t!("cli-restored", file = shown(file)));
        Ok(ExitCode::SUCCESS)
    } else {
        Err(Failure::new(t!("cli-restored-broken", findings = broken.join("\n"))))
    }
}

/// Refuses a database that somebody uses.
async fn refuse_people(config: &Config, url: &str) -> Result<(), Failure> {
    let sizes = Sizes { candidate: 1, staff: 1, scorer: 1 };
    let ctx = Ctx::open(config.clone(), Pools::connect_sized(url, sizes).await?)?;
    let is_founded = auth::is_founded(&ctx).await;
    close_pools(&ctx).await;
    if is_founded? { Err(Failure::new(t!("cli-restore-not-empty"))) } else { Ok(()) }
}

/// A program of PostgreSQL, connected. The password is not among its words, which everybody sees.
async fn program(
    config: &Config,
    database: &Database,
    name: &'static str,
) -> Result<Command, Failure> {
    let binaries = match database {
        Database::Private(embedded) => embedded.binaries().clone(),
        Database::Outside(_) => {
            binaries::find(config.postgres_binaries.as_deref(), None, &config.data).await?
        }
    };
    let path = binaries.program(name);
    if !path.is_file() {
        return Err(Failure::new(t!("cli-program-missing", program = shown(&path))));
    }
    let (url, password) = split_password(&database.url());
    let mut command = Command::new(path);
    command.arg("--dbname").arg(url).stdin(Stdio::null()).stderr(Stdio::piped());
    if let Some(password) = password {
        command.env("PGPASSWORD", password);
    }
    Ok(command)
}

async fn finish(mut program: Command) -> Result<(), Failure> {
    let output = program.spawn()?.wait_with_output().await?;
    if output.status.success() {
        return Ok(());
    }
    let cause = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(Failure::new(t!("cli-program-failed", cause = cause)))
}

/// Takes the password out of `postgres://login:password@host/database`.
fn split_password(url: &str) -> (String, Option<String>) {
    let parts = url.split_once("://").and_then(|(scheme, rest)| {
        let (login, place) = rest.split_once('@')?;
        let (name, password) = login.split_once(':')?;
        Some((format!("{scheme}://{name}@{place}"), decode(password)))
    });
    parts.map_or_else(|| (url.to_owned(), None), |(url, password)| (url, Some(password)))
}

/// Undoes the percent-encoding of a URL.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = tail.get(..2).filter(|_| *first == b'%');
        let code = hex.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        rest = code.map_or(tail, |_| &tail[2..]);
        bytes.push(code.unwrap_or(*first));
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

fn megabytes(bytes: u64) -> String {
    format!("{}.{}", bytes / 1_000_000, bytes / 100_000 % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_does_not_stand_in_the_list_of_processes() {
        let (url, password) =
            split_password("postgres://me:s%40fe%2f@db.example/x?sslmode=require");
        assert_eq!(url, "postgres://me@db.example/x?sslmode=require");
        assert_eq!(password.as_deref(), Some("s@fe/"));
        let without = "postgres://postgres@localhost:5432/touchstone?host=/run/x";
        assert_eq!(split_password(without), (without.to_owned(), None));
    }
}
