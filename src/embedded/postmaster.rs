//! The running process: started by us, or left by a server that was killed.

use std::fs::{self, OpenOptions};
use std::io::ErrorKind;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use tokio::process::Child;
use tokio::time::sleep;

use crate::embedded::cluster::Cluster;
use crate::embedded::error::EmbeddedError;
use crate::telemetry::Stopwatch;

/// How often a state is looked at that nobody announces.
const GLANCE: Duration = Duration::from_millis(10);
/// How often it is looked at whether an adopted process still lives.
const ADOPTED_GLANCE: Duration = Duration::from_millis(100);
/// After this time of recovering, and then each time again, the log says that it goes on.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often the first start is tried, and the pause between two tries.
const FIRST_TRIES: u8 = 30;
const FIRST_PAUSE: Duration = Duration::from_millis(300);
/// How long an immediate stop may take; PostgreSQL itself kills its children after 5 s.
const IMMEDIATE: Duration = Duration::from_secs(7);

/// A PostgreSQL that is ours to watch.
#[derive(Debug)]
pub enum Postmaster {
    /// Our child.
    Started(Child),
    /// The child of a server that is gone.
    Adopted(Pid),
}

/// What `postmaster.pid` says.
#[derive(Debug, PartialEq, Eq)]
struct PidFile {
    pid: u32,
    socket: PathBuf,
    is_ready: bool,
}

impl Postmaster {
    /// Takes over what runs in the cluster already, when it is in the state that we would make.
    pub async fn adopt(cluster: &Cluster) -> Option<Self> {
        let folder = &cluster.place.cluster;
        let pid = running_pid(folder)?;
        let process = process(pid).filter(|process| lives(*process) && is_of(pid, folder))?;
        let mut found = Self::Adopted(process);
        let is_current = read_pid_file(folder)
            .is_some_and(|file| file.is_ready && file.socket == cluster.place.socket)
            && was_started_like(pid, cluster);
        if is_current {
            tracing::info!(pid, "adopted the running database");
            return Some(found);
        }
        tracing::info!(pid, "stopping a database that was started differently");
        let left = read_pid_file(folder).map(|file| file.socket);
        found.stop(PATIENCE).await;
        if let Some(socket) = left.filter(|socket| *socket != cluster.place.socket) {
            leave_socket(&socket);
        }
        None
    }

    /// Starts the server; it accepts connections when [`Self::ready`] says so.
    pub fn spawn(cluster: &Cluster) -> Result<Self, EmbeddedError> {
        remove_stale_pid_file(&cluster.place.cluster)?;
        let log = &cluster.place.early_log;
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true).mode(0o600);
        let output = options.open(log).map_err(EmbeddedError::at(log))?;
        let errors = output.try_clone().map_err(EmbeddedError::at(log))?;
        let child = cluster
            .server()
            .stdout(output)
            .stderr(errors)
            // Ctrl-C is for the server, which then stops the database as its last act.
            .process_group(0)
            .spawn()
            .map_err(EmbeddedError::at(cluster.binaries.program("postgres")))?;
        Ok(Self::Started(child))
    }

    /// Waits until the server accepts connections, for as long as it lives.
    pub async fn ready(&mut self, cluster: &Cluster) -> Result<(), EmbeddedError> {
        let Self::Started(child) = self else { return Ok(()) };
        let pid = child.id();
        let started = Stopwatch::start();
        let mut next_word = PATIENCE;
        loop {
            if let Ok(Some(status)) = child.try_wait() {
                let said = fs::read_to_string(&cluster.place.early_log).unwrap_or_default();
                let said = last_lines(&said, 10);
                return Err(EmbeddedError::NotStarted { output: format!("{status}: {said}") });
            }
            let file = read_pid_file(&cluster.place.cluster);
            if file.is_some_and(|file| file.is_ready && Some(file.pid) == pid) {
                tracing::info!(pid, ms = started.ms(), "the database runs");
                return Ok(());
            }
            if started.elapsed() > next_word {
                tracing::info!(seconds = started.elapsed().as_secs(), "the database is recovering");
                next_word += PATIENCE;
            }
            sleep(GLANCE).await;
        }
    }

    /// Starts the server for the first time: what a killed one left behind may need a moment.
    pub async fn start(cluster: &Cluster) -> Result<Self, EmbeddedError> {
        let mut tries = 1..FIRST_TRIES;
        loop {
            end_orphans(&cluster.place.cluster);
            let mut postmaster = Self::spawn(cluster)?;
            match postmaster.ready(cluster).await {
                Ok(()) => return Ok(postmaster),
                Err(cause) if tries.next().is_none() => return Err(cause),
                Err(cause) => tracing::warn!(%cause, "trying to start the database once more"),
            }
            sleep(FIRST_PAUSE).await;
        }
    }

    /// Waits until the process has ended.
    pub async fn ended(&mut self) {
        match self {
            Self::Started(child) => match child.wait().await {
                Ok(status) => tracing::warn!(%status, "the database ended"),
                Err(cause) => tracing::error!(%cause, "the database cannot be watched"),
            },
            Self::Adopted(pid) => {
                while lives(*pid) {
                    sleep(ADOPTED_GLANCE).await;
                }
                tracing::warn!("the adopted database ended");
            }
        }
    }

    /// Ends the process: orderly within the time, then at once, which the log of the database
    /// mends at the next start.
    pub async fn stop(&mut self, time: Duration) {
        let steps = [
            (Signal::INT, "orderly", time),
            (Signal::QUIT, "at once", IMMEDIATE),
            (Signal::KILL, "killed", IMMEDIATE),
        ];
        for (signal, way, time) in steps {
            self.signal(signal);
            if tokio::time::timeout(time, self.gone()).await.is_ok() {
                tracing::info!(way, "the database has stopped");
                return;
            }
            tracing::warn!(way, "the database did not stop in time");
        }
    }

    fn signal(&self, signal: Signal) {
        let pid = match self {
            // A child that was waited for has no number any more, so nobody else can be hit.
            Self::Started(child) => child.id().and_then(process),
            Self::Adopted(pid) => Some(*pid),
        };
        if let Some(pid) = pid
            && let Err(cause) = kill_process(pid, signal)
        {
            tracing::warn!(%cause, "the database cannot be signalled");
        }
    }

    async fn gone(&mut self) {
        match self {
            Self::Started(child) => {
                let _status = child.wait().await;
            }
            Self::Adopted(pid) => {
                while lives(*pid) {
                    sleep(GLANCE).await;
                }
            }
        }
    }
}

/// Folders of sockets lie where everybody's do, so none is left behind: after an orderly stop it is
/// empty, and one that is still used cannot be removed.
pub fn leave_socket(folder: &Path) {
    let _still_used = fs::remove_dir(folder);
}

/// Ends what a killed PostgreSQL left behind: a new one waits for its processes.
pub fn end_orphans(cluster: &Path) {
    for pid in processes_in(cluster).unwrap_or_default() {
        if let Some(process) = process(pid)
            && kill_process(process, Signal::QUIT).is_ok()
        {
            tracing::warn!(pid, "ended a process that the database left behind");
        }
    }
}

/// Removes a pid file whose number is of a process that is no server: PostgreSQL would take it for
/// one and refuse to start.
fn remove_stale_pid_file(cluster: &Path) -> Result<(), EmbeddedError> {
    let Some(pid) = running_pid(cluster) else { return Ok(()) };
    // A number of nobody is seen by PostgreSQL itself, and a true server it shall see.
    let Some(holder) = process(pid).filter(|process| exists(*process)) else { return Ok(()) };
    if !is_zombie(holder) && is_of(pid, cluster) {
        return Ok(());
    }
    let file = cluster.join("postmaster.pid");
    // The file is also the guard of the shared memory: nothing may be left that uses it.
    if processes_in(cluster).is_none_or(|processes| !processes.is_empty()) {
        return Err(EmbeddedError::StalePid { file, pid });
    }
    tracing::warn!(pid, "the database was killed and its number belongs to another process");
    fs::remove_file(&file).map_err(EmbeddedError::at(&file))
}

/// The number in the pid file of a cluster.
pub fn running_pid(cluster: &Path) -> Option<u32> {
    read_pid_file(cluster).map(|file| file.pid)
}

/// Where the running server of a cluster listens. One that another process is starting gets time.
pub async fn awaited_socket(cluster: &Path) -> Result<PathBuf, EmbeddedError> {
    let started = Stopwatch::start();
    loop {
        if let Some(file) = read_pid_file(cluster).filter(|file| file.is_ready) {
            return Ok(file.socket);
        }
        if started.elapsed() > PATIENCE {
            let output = "another process holds it and does not get it started".to_owned();
            return Err(EmbeddedError::NotStarted { output });
        }
        sleep(GLANCE).await;
    }
}

fn read_pid_file(cluster: &Path) -> Option<PidFile> {
    parse_pid_file(&fs::read_to_string(cluster.join("postmaster.pid")).ok()?)
}

/// Lines: number, folder, start, port, socket's folder, address, shared memory, state.
fn parse_pid_file(text: &str) -> Option<PidFile> {
    let lines: Vec<&str> = text.lines().collect();
    Some(PidFile {
        pid: lines.first()?.trim().parse().ok()?,
        socket: PathBuf::from(lines.get(4).copied().unwrap_or_default()),
        is_ready: lines.get(7).is_some_and(|state| state.trim() == "ready"),
    })
}

fn process(pid: u32) -> Option<Pid> {
    Pid::from_raw(i32::try_from(pid).ok()?)
}

fn exists(pid: Pid) -> bool {
    test_kill_process(pid) != Err(rustix::io::Errno::SRCH)
}

/// A process whose parent was killed and whom nobody has waited for yet.
fn is_zombie(pid: Pid) -> bool {
    fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero()))
        .is_ok_and(|stat| stat.rsplit(") ").next().is_some_and(|rest| rest.starts_with('Z')))
}

fn lives(pid: Pid) -> bool {
    exists(pid) && !is_zombie(pid)
}

/// Whether a process is a PostgreSQL of the cluster: its server works in the cluster's folder.
fn is_of(pid: u32, cluster: &Path) -> bool {
    if let Ok(folder) = fs::read_link(format!("/proc/{pid}/cwd")) {
        return folder == cluster;
    }
    // In a container root may not see the folder, and elsewhere there is no /proc at all.
    let command = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_else(|_| {
        let mut ps = std::process::Command::new("ps");
        ps.args(["-o", "command=", "-p", &pid.to_string()]);
        ps.output().map(|output| output.stdout).unwrap_or_default()
    });
    let command = String::from_utf8_lossy(&command);
    command.contains("postgres") && command.contains(&*cluster.to_string_lossy())
}

/// The PostgreSQL processes that work in a folder; `None` where that cannot be known.
fn processes_in(cluster: &Path) -> Option<Vec<u32>> {
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc").ok()?.filter_map(Result::ok) {
        let Ok(pid) = entry.file_name().to_string_lossy().parse::<u32>() else { continue };
        // Its children show what they do there, as in `postgres: touchstone: checkpointer`.
        let is_postgres = || {
            fs::read(entry.path().join("cmdline"))
                .is_ok_and(|command| String::from_utf8_lossy(&command).contains("postgres"))
        };
        match fs::read_link(entry.path().join("cwd")) {
            Ok(folder) if folder == cluster && is_postgres() => found.push(pid),
            Err(error) if error.kind() == ErrorKind::PermissionDenied && is_postgres() => {
                return None;
            }
            _ => {}
        }
    }
    // A place that is no /proc has not even ourselves in it.
    Path::new("/proc/self").exists().then_some(found)
}

/// Whether the running server has the settings that we would give it.
fn was_started_like(pid: u32, cluster: &Cluster) -> bool {
    let Ok(running) = fs::read(format!("/proc/{pid}/cmdline")) else { return false };
    let command = cluster.server();
    let wanted: Vec<&[u8]> =
        command.as_std().get_args().map(std::os::unix::ffi::OsStrExt::as_bytes).collect();
    let running = running.strip_suffix(&[0]).unwrap_or(&running);
    running.split(|byte| *byte == 0).skip(1).eq(wanted)
}

fn last_lines(text: &str, count: usize) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(count)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pid_file_is_read_in_every_state() {
        let starting = "811\n/data/postgres\n1700000000\n5432\n/run/t\n\n  3 4\nstarting\n";
        let expected = PidFile { pid: 811, socket: "/run/t".into(), is_ready: false };
        assert_eq!(parse_pid_file(starting), Some(expected));
        let ready = starting.replace("starting", "ready   ");
        assert!(parse_pid_file(&ready).is_some_and(|file| file.is_ready));
        assert!(parse_pid_file("811\n").is_some_and(|file| !file.is_ready));
        assert_eq!(parse_pid_file(""), None);
    }

    #[test]
    fn only_the_end_of_a_long_log_is_told() {
        assert_eq!(last_lines("a\nb\nc\n", 2), "b\nc");
        assert_eq!(last_lines("", 2), "");
    }
}
