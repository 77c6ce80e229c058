//! The binary as an operator meets it: real processes, a private database in a fresh folder.

use std::fs::{self, Permissions};
use std::io::{BufRead as _, BufReader, Read as _};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use touchstone::telemetry::Stopwatch;

use crate::database::fresh_id;

const PATIENCE: Duration = Duration::from_mins(1);

/// A folder for one operator; what still runs in it is ended with it.
pub struct House {
    /// Where it is.
    pub folder: PathBuf,
}

/// What a command said.
pub struct Said {
    /// How it ended.
    pub status: ExitStatus,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl House {
    /// A house with nothing in it.
    pub fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("tsc-{}", fresh_id().simple()));
        fs::create_dir(&folder).expect("a fresh folder");
        // As root the database's account must be able to enter.
        fs::set_permissions(&folder, Permissions::from_mode(0o711)).expect("our folder");
        Self { folder }
    }

    /// A command of the binary, in the folder and without settings from outside.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_touchstone"));
        command.args(words).current_dir(&self.folder).stdin(Stdio::null());
        for (name, _) in std::env::vars() {
            if name.starts_with("TOUCHSTONE_") || name == "DATABASE_URL" || name == "RUST_LOG" {
                command.env_remove(name);
            }
        }
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, words: &[&str]) -> Said {
        said(self.command(words))
    }

    /// The process of the private database.
    pub fn database(&self) -> Option<Pid> {
        let file = self.folder.join(".touchstone/postgres/postmaster.pid");
        let text = fs::read_to_string(file).ok()?;
        Pid::from_raw(text.lines().next()?.parse().ok()?)
    }

    fn serve(&self) -> Server {
        // A port that is free now; nobody else asks for it in the next moment.
        let free = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = free.local_addr().expect("an address").to_string();
        drop(free);
        let mut command = self.command(&["serve", "--listen", &address]);
        let log = fs::File::create(self.folder.join("log")).expect("a log");
        let child = command.stdout(Stdio::piped()).stderr(log).spawn().expect("starts");
        Server { child, address }
    }
}

impl Drop for House {
    fn drop(&mut self) {
        if let Some(pid) = self.database() {
            let _gone = kill_process(pid, Signal::QUIT);
        }
        let _gone = fs::remove_dir_all(&self.folder);
    }
}

fn said(mut command: Command) -> Said {
    let output = command.output().expect("runs");
    Said {
        status: output.status,
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

struct Server {
    child: Child,
    address: String,
}

impl Server {
    /// Waits for the line that says where it is.
    fn greeting(&mut self) -> String {
        let out = self.child.stdout.as_mut().expect("a pipe");
        let mut lines = String::new();
        let mut reader = BufReader::new(out);
        while reader.read_line(&mut lines).expect("text") > 0 && !lines.contains("create-owner") {}
        lines
    }

    async fn status(&self, path: &str) -> Option<u16> {
        let url = format!("http://{}{path}", self.address);
        reqwest::get(url).await.ok().map(|answer| answer.status().as_u16())
    }

    async fn is_ready(&self) {
        let started = Stopwatch::start();
        while self.status("/readyz").await != Some(204) {
            assert!(started.elapsed() < PATIENCE, "never ready");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    fn signal(&self, signal: Signal) {
        let pid = i32::try_from(self.child.id()).expect("a number");
        kill_process(Pid::from_raw(pid).expect("not zero"), signal).expect("signalled");
    }

    fn end(mut self) -> ExitStatus {
        self.child.wait().expect("an end")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _gone = self.child.kill();
    }
}

#[tokio::test]
async fn a_server_starts_from_nothing_survives_kills_and_stops_without_a_trace() {
    let house = House::new();
    let mut server = house.serve();
    let greeting = server.greeting();
    assert!(greeting.contains(&format!("http://{}", server.address)), "{greeting}");
    assert!(greeting.contains("/bootstrap/"), "{greeting}");
    server.is_ready().await;

    // A second one on the same folder says who is there.
    let mut second = house.command(&["serve", "--listen", "127.0.0.1:0"]);
    second.stdout(Stdio::null());
    let second = said(second);
    assert_eq!(second.status.code(), Some(1));
    assert!(second.err.contains(&format!("process {}", server.child.id())), "{}", second.err);

    // A command beside it joins its database.
    let doctor = house.run(&["doctor", "--format", "json"]);
    assert_eq!(doctor.status.code(), Some(0), "{} {}", doctor.out, doctor.err);
    let document: serde_json::Value = serde_json::from_str(&doctor.out).expect("JSON");
    let findings = document["findings"].as_array().expect("a list");
    assert!(findings.len() > 10 && findings.iter().all(|it| it["state"] != "broken"), "{document}");

    // The database is killed: the server lives and is ready again.
    let first = house.database().expect("runs");
    kill_process(first, Signal::KILL).expect("killed");
    let started = Stopwatch::start();
    while house.database().is_none_or(|now| now == first)
        || server.status("/readyz").await != Some(204)
    {
        assert!(started.elapsed() < PATIENCE, "the database does not come back");
        assert_eq!(server.status("/livez").await, Some(204));
        tokio::time::sleep(Duration::from_millis(50)).await;
    }

    // The server is killed: the next one takes its database over.
    let running = house.database();
    server.signal(Signal::KILL);
    assert!(!server.end().success());
    let server = house.serve();
    server.is_ready().await;
    assert_eq!(house.database(), running, "adopted");

    // The server is asked to stop.
    server.signal(Signal::TERM);
    assert_eq!(server.end().code(), Some(0));
    assert_eq!(house.database(), None, "the database is stopped too");
    let mut log = String::new();
    let file = fs::File::open(house.folder.join("log")).expect("a log");
    BufReader::new(file).read_to_string(&mut log).expect("text");
    for line in log.lines() {
        let line: serde_json::Value = serde_json::from_str(line).expect("one JSON line an event");
        assert!(line["message"].is_string(), "{line}");
    }
    assert!(!log.contains("/bootstrap/"), "no link in the log");
}

#[test]
fn people_are_made_listed_and_let_back_in_and_everything_moves_with_a_backup() {
    let house = House::new();
    let owner = ["--organisation", "Halden Freight", "--name", "Ines Moreau"];
    let create = |email: &str, password: &str| {
        let mut command = house.command(&["admin", "create-owner"]);
        command.args(owner).args(["--email", email]);
        fs::write(house.folder.join("password"), password).expect("written");
        command.stdin(fs::File::open(house.folder.join("password")).expect("opened"));
        said(command)
    };
    assert!(house.run(&["admin", "list"]).out.contains("no organisation"));
    let refused = create("ines", "short");
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        refused.err.contains("--email") && refused.err.contains("--password"),
        "{}",
        refused.err
    );
    let made = create("ines@halden.example", "seven green ladders\n");
    assert_eq!(made.status.code(), Some(0), "{}", made.err);
    let twice = create("ines@halden.example", "seven green ladders\n");
    assert_eq!(twice.status.code(), Some(1), "an address belongs to one account");
    assert!(twice.err.contains("--email"), "{}", twice.err);

    let listed = house.run(&["admin", "list"]).out;
    assert!(listed.contains("Halden Freight: Ines Moreau <ines@halden.example>"), "{listed}");
    assert!(house.run(&["admin", "reset-link", "ines@halden.example"]).out.contains("/reset/"));
    let nobody = house.run(&["admin", "reset-link", "nobody@halden.example"]);
    assert_eq!(nobody.status.code(), Some(1));

    let backup = house.run(&["backup", "a.dump"]);
    assert_eq!(backup.status.code(), Some(0), "{}", backup.err);
    let mode = fs::metadata(house.folder.join("a.dump")).expect("there").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(house.run(&["backup", "a.dump"]).status.code(), Some(1), "nothing is overwritten");
    let full = house.run(&["restore", "a.dump"]);
    assert!(full.err.contains("left alone"), "{}", full.err);

    fs::rename(house.folder.join(".touchstone/postgres"), house.folder.join("before"))
        .expect("moved");
    let restored = house.run(&["restore", "a.dump"]);
    assert_eq!(restored.status.code(), Some(0), "{}", restored.err);
    assert_eq!(house.run(&["admin", "list"]).out, listed);
    assert!(house.database().is_none(), "a command stops what it started");
}

#[test]
fn what_is_wrong_is_said_in_a_sentence_and_by_the_exit_code() {
    let house = House::new();
    let unknown = house.run(&["serve", "--no-such-thing"]);
    assert_eq!(unknown.status.code(), Some(2));

    let mut odd = house.command(&["migrate"]);
    odd.env("TOUCHSTONE_PUBLIC_URL", "tests.example.org");
    let odd = said(odd);
    assert_eq!((odd.status.code(), odd.out.as_str()), (Some(1), ""));
    assert!(odd.err.contains("https://tests.example.org"), "{}", odd.err);

    let mut empty = house.command(&["migrate"]);
    empty.env("TOUCHSTONE_PG_BIN", &house.folder);
    assert!(said(empty).err.contains("TOUCHSTONE_PG_BIN"));

    let mut away = house.command(&["doctor"]);
    away.env("DATABASE_URL", "postgres://nobody@127.0.0.1:1/none");
    let away = said(away);
    assert_eq!(away.status.code(), Some(1));
    assert!(away.out.contains("BROKEN") && away.out.contains("DATABASE_URL"), "{}", away.out);

    let looked = house.run(&["doctor"]);
    assert_eq!(looked.status.code(), Some(0));
    assert!(!house.folder.join(".touchstone/postgres").exists(), "looking makes nothing");
    let help = house.run(&["--help"]).out;
    assert!(help.contains("Exit codes") && help.contains("TOUCHSTONE_SMTP_URL"), "{help}");
}

#[test]
fn a_taken_port_is_named() {
    let house = House::new();
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    let refused = house.run(&["serve", "--listen", &address]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(refused.err.contains(&address) && refused.err.contains("--listen"), "{}", refused.err);
}
