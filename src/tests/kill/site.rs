//! A server with its private database, an assessment and people with links.

use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Resource, Rlimit, Signal, kill_process, prlimit};
use sqlx::{Connection as _, Executor as _, PgConnection};
use touchstone::config::Config;
use touchstone::domain::assessment::{Draft, Section};
use touchstone::domain::id::AssessmentId;
use touchstone::domain::interaction::Kind;
use touchstone::embedded::Embedded;
use touchstone::service::auth::{self, Founder};
use touchstone::service::invitation::act::{self, Target};
use touchstone::service::invitation::{self, send};
use touchstone::service::{Ctx, assessment};
use touchstone::store::invitee::Which;
use touchstone::store::pool::{Pools, Sizes};
use touchstone::telemetry::Stopwatch;

use crate::command::House;

const PATIENCE: Duration = Duration::from_mins(1);
/// Questions of the paper.
pub const QUESTIONS: usize = 30;

/// The house, its server and who is invited.
pub struct Site {
    house: House,
    server: Child,
    /// Where the server is, also after it was killed.
    pub address: String,
    /// The links of everybody.
    pub guests: Vec<String>,
    assessment: AssessmentId,
    /// Where the server finds its database, when that is not its own business.
    database: Option<String>,
    /// Starts the database again when the server is not the one who does.
    _supervisor: Option<Embedded>,
}

impl Drop for Site {
    fn drop(&mut self) {
        let _gone = self.server.kill();
        let _waited = self.server.wait();
    }
}

impl Site {
    /// Starts from nothing, through the services of the pages.
    pub async fn open(people: usize) -> Self {
        Self::open_at(House::new(), people, None, None).await
    }

    /// The same, with a line between server and database: `line` gets the sockets of its beginning
    /// and of its end.
    pub async fn open_behind<T>(people: usize, line: impl FnOnce(&Path, &Path) -> T) -> (Self, T) {
        let house = House::new();
        let supervisor = join(&house).await;
        let folder = house.folder.join("line");
        fs::create_dir(&folder).expect("a fresh folder");
        let entries = fs::read_dir(supervisor.socket()).expect("the socket's folder").flatten();
        let mut names = entries.filter_map(|entry| entry.file_name().into_string().ok());
        let is_socket = |name: &String| name.starts_with(".s.PGSQL") && !name.ends_with("lock");
        let name = names.find(is_socket).expect("a socket");
        let line = line(&folder.join(&name), &supervisor.socket().join(&name));
        let url = supervisor.url();
        let (front, _) = url.split_once("host=").expect("an address");
        let url = format!("{front}host={}", folder.display());
        (Self::open_at(house, people, Some(url), Some(supervisor)).await, line)
    }

    async fn open_at(
        house: House,
        people: usize,
        database: Option<String>,
        supervisor: Option<Embedded>,
    ) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = free.local_addr().expect("an address").to_string();
        drop(free);
        let server = serve(&house, &address, database.as_deref());
        let blank = AssessmentId::new(crate::database::fresh_id());
        let guests = Vec::new();
        let mut site = Self {
            house,
            server,
            address,
            guests,
            assessment: blank,
            database,
            _supervisor: supervisor,
        };
        site.is_ready().await;
        site.invite(people).await;
        site
    }

    async fn invite(&mut self, people: usize) {
        let config = config(&self.house);
        let joined = join(&self.house).await;
        let sizes = Sizes { candidate: 1, staff: 2, scorer: 1 };
        let pools = Pools::connect_sized(&joined.url(), sizes).await.expect("pools");
        let ctx = Ctx::open(config, pools).expect("means");
        let founder = Founder {
            organisation: "Halden Freight".to_owned(),
            timezone: "Europe/Oslo".to_owned(),
            name: "Ines Moreau".to_owned(),
            email: "ines@halden.example".to_owned(),
            password: "seven green ladders".to_owned(),
        };
        let made = auth::create_owner(&ctx, founder).await.expect("founded");
        let owner = touchstone::domain::access::Actor::Staff {
            account: made.account,
            organisation: made.organisation,
            role: touchstone::domain::account::Role::Owner,
        };
        let items = touchstone::catalog::bank().items();
        let singles = items.filter(|item| item.facts.kind == Kind::SingleChoice);
        let section = Section {
            name: "Everything".to_owned(),
            picks: singles.take(QUESTIONS).map(|item| item.facts.code.clone()).collect(),
            shuffle_options: false,
            ..Section::default()
        };
        let draft = Draft {
            title: "Answers in the dark".to_owned(),
            limit_minutes: 600,
            sections: vec![section],
            ..Draft::default()
        };
        self.assessment = assessment::create(&ctx, &owner, draft).await.expect("created");
        assessment::publish(&ctx, &owner, self.assessment, 1).await.expect("published");
        let desk = invitation::desk(&ctx, &owner, self.assessment).await.expect("desk");
        let list: Vec<_> = (0..people).map(|n| format!("person{n}@example.org")).collect();
        let until = invitation::day_in(&desk, 14);
        let ask = send::Ask { list: list.join("\n"), until, ..send::Ask::default() };
        send::send(&ctx, &owner, self.assessment, ask).await.expect("sent");
        let which = Which::default();
        let rows = invitation::list(&ctx, &owner, self.assessment, &which, 1).await.expect("rows");
        for row in rows.rows {
            let target = Target { assessment: self.assessment, invitation: row.invitation };
            let link = act::renew_link(&ctx, &owner, target).await.expect("a link");
            self.guests.push(link[link.find("/i/").expect("a link")..].to_owned());
        }
        assert_eq!(self.guests.len(), people);
    }

    async fn is_ready(&self) {
        let started = Stopwatch::start();
        loop {
            let answer = reqwest::get(format!("http://{}/readyz", self.address)).await;
            if answer.is_ok_and(|answer| answer.status() == 204) {
                return;
            }
            assert!(started.elapsed() < PATIENCE, "never ready");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Kills the server and starts it again; its database goes on.
    pub fn kill_server(&mut self) {
        self.server.kill().expect("killed");
        self.server.wait().expect("gone");
        self.server = serve(&self.house, &self.address, self.database.as_deref());
    }

    /// Asks the database to stop; whoever supervises it starts it again.
    pub fn stop_database(&self) {
        if let Some(first) = self.house.database() {
            let _is_gone = kill_process(first, Signal::INT);
        }
    }

    /// Lets no process of the database write another byte to a file, or takes that back.
    pub fn fill_disk(&self, is_full: bool) {
        let Some(first) = self.house.database() else { return };
        let limit = Rlimit { current: is_full.then_some(0), maximum: None };
        for process in std::iter::once(first).chain(children(first)) {
            let _before = prlimit(Some(process), Resource::Fsize, limit);
        }
    }

    /// Tells the database something as its administrator.
    pub async fn tell(&self, sql: &'static str) {
        let joined = join(&self.house).await;
        let mut conn = PgConnection::connect(&joined.url()).await.expect("a connection");
        conn.execute(sql).await.expect("done");
    }

    /// Kills the database: its first process only, or every process of it at once. The server
    /// starts it again.
    pub fn kill_database(&self, is_whole: bool) {
        // Already dead: the kill before was not even repaired, which is fine.
        let Some(first) = self.house.database() else { return };
        let mut all = vec![first];
        if is_whole {
            all.extend(children(first));
        }
        for process in all {
            let _is_gone = kill_process(process, Signal::KILL);
        }
    }

    /// Ends the server in an orderly way; the file of all answers, after the replay of every attempt.
    pub async fn answers(&mut self) -> String {
        self.is_ready().await;
        let started = Stopwatch::start();
        let assessment = self.assessment.to_string();
        let words = ["export", "--assessment", &assessment, "--kind", "answers"];
        let expected = 1 + self.guests.len() * QUESTIONS;
        // Whoever has handed in is scored within a second or two.
        let file = loop {
            let said = self.house.run(&words);
            assert_eq!(said.status.code(), Some(0), "{}", said.err);
            if said.out.lines().count() == expected {
                break said.out;
            }
            assert!(started.elapsed() < PATIENCE, "{} of {expected}", said.out.lines().count());
            tokio::time::sleep(Duration::from_millis(300)).await;
        };
        let verified = self.house.run(&["verify", "--all"]);
        assert_eq!(verified.status.code(), Some(0), "{} {}", verified.out, verified.err);
        assert!(verified.out.contains(&self.guests.len().to_string()), "{}", verified.out);
        file
    }
}

fn config(house: &House) -> Config {
    let data = house.folder.join(".touchstone").display().to_string();
    Config::read(|name| (name == "TOUCHSTONE_DATA").then(|| data.clone())).expect("settings")
}

async fn join(house: &House) -> Embedded {
    Embedded::start_or_join(&config(house).embedded()).await.expect("the database")
}

fn serve(house: &House, address: &str, database: Option<&str>) -> Child {
    let log = fs::File::options().create(true).append(true).open(house.folder.join("log"));
    let mut command = house.command(&["serve", "--listen", address]);
    if let Some(database) = database {
        command.env("DATABASE_URL", database);
    }
    command.stdout(Stdio::null()).stderr(log.expect("a log")).spawn().expect("starts")
}

/// The processes whose parent this is.
fn children(parent: Pid) -> Vec<Pid> {
    let parent = parent.as_raw_nonzero().to_string();
    let entries = fs::read_dir("/proc").expect("processes").flatten();
    entries
        .filter_map(|entry| {
            let stat = fs::read_to_string(entry.path().join("stat")).ok()?;
            // The name, in parentheses, may hold anything; state and parent follow it.
            let of = stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.to_owned();
            let pid = entry.file_name().to_str()?.parse().ok()?;
            (of == parent).then(|| Pid::from_raw(pid)).flatten()
        })
        .collect()
}
