//! A server and a private database that exist only for the rehearsal.

use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use axum::http::Method;
use tokio::process::{Child, Command};
use tokio::time::sleep;

use super::QUESTIONS;
use super::line::{Line, Load};
use super::times::Times;
use crate::catalog;
use crate::cli::database::close_pools;
use crate::cli::{Failure, complain};
use crate::config::Config;
use crate::domain::access::Actor;
use crate::domain::account::Role;
use crate::domain::assessment::{Draft, Section};
use crate::domain::id::AssessmentId;
use crate::domain::interaction::Kind;
use crate::embedded::Embedded;
use crate::service::auth::{self, Founder};
use crate::service::invitation::act::{self, Target};
use crate::service::invitation::{self, send};
use crate::service::{Ctx, assessment};
use crate::store::invitee::Which;
use crate::store::pool::{Pools, Sizes};
use crate::store::rehearsal::{self, Seat};
use crate::store::{self, deployment};
use crate::t;
use crate::telemetry::Stopwatch;

/// What the paper allows. Nobody's time ends before it is made to end.
const MINUTES: u32 = 600;
/// How long anything may take before it counts as hanging.
const PATIENCE: Duration = Duration::from_mins(2);
/// Between two looks.
const LOOK: Duration = Duration::from_millis(20);

/// A folder with a private database, beside whatever runs.
pub struct Ground {
    folder: PathBuf,
    settings: Config,
    database: Embedded,
}

impl Ground {
    /// Makes both, on the same disk as the real data: saving is mostly waiting for it.
    pub async fn open(config: &Config) -> Result<Self, Failure> {
        let folder = config.data.join(format!("rehearsal-{}", std::process::id()));
        let data = folder.display().to_string();
        let own = |name: &str| (name == "TOUCHSTONE_DATA").then(|| data.clone());
        let mut settings = Config::read(own)?;
        settings.postgres_binaries.clone_from(&config.postgres_binaries);
        settings.postgres_account.clone_from(&config.postgres_account);
        settings.postgres_runtime.clone_from(&config.postgres_runtime);
        match Embedded::start(&settings.embedded()).await {
            Ok(database) => Ok(Self { folder, settings, database }),
            Err(cause) => {
                remove(&folder);
                Err(cause.into())
            }
        }
    }

    /// Stops the database and removes the folder.
    pub async fn close(self) {
        self.database.stop(PATIENCE).await;
        remove(&self.folder);
    }
}

fn remove(folder: &Path) {
    if let Err(cause) = fs::remove_dir_all(folder) {
        let (folder, cause) = (folder.display().to_string(), cause.to_string());
        complain(&t!("rehearse-left", folder = folder, cause = cause));
    }
}

/// The server on that ground, and who is invited.
pub struct Site<'a> {
    ground: &'a Ground,
    server: Child,
    address: SocketAddr,
    ctx: Ctx,
    owner: Actor,
    assessment: AssessmentId,
}

impl<'a> Site<'a> {
    /// Starts a server for an organisation that is there before it.
    pub async fn open(ground: &'a Ground) -> Result<Self, Failure> {
        let url = ground.database.url();
        store::migrate(&url, store::Kind::Test).await?;
        // Before the server starts: one that finds nobody makes a bootstrap of its own, which ends ours.
        let sizes = Sizes { candidate: 1, staff: 2, scorer: 1 };
        let ctx = Ctx::open(ground.settings.clone(), Pools::connect_sized(&url, sizes).await?)?;
        let owner = found(&ctx).await?;
        let assessment = publish(&ctx, &owner).await?;
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let server = Command::new(std::env::current_exe()?)
            .args(["serve", "--listen", &address.to_string()])
            .env("TOUCHSTONE_DATA", &ground.folder)
            .env("DATABASE_URL", &url)
            // Nobody real gets a mail, and only this machine asks.
            .env_remove("TOUCHSTONE_SMTP_URL")
            .env_remove("TOUCHSTONE_PUBLIC_URL")
            .env_remove("TOUCHSTONE_TRUSTED_PROXIES")
            .env_remove("TOUCHSTONE_DEMO")
            .env("RUST_LOG", "error")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let site = Self { ground, server, address, ctx, owner, assessment };
        site.is_ready().await?;
        Ok(site)
    }

    /// Ends the server.
    pub async fn close(mut self) {
        close_pools(&self.ctx).await;
        let _gone = self.server.kill().await;
    }

    /// Where the server listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Invites so many; their links, below the server's address.
    pub async fn invite(&self, people: usize) -> Result<Vec<String>, Failure> {
        let (ctx, owner, id) = (&self.ctx, &self.owner, self.assessment);
        let desk = invitation::desk(ctx, owner, id).await?;
        let list: Vec<_> = (0..people).map(|n| format!("person{n}@rehearsal.example")).collect();
        let until = invitation::day_in(&desk, 14);
        let ask = send::Ask { list: list.join("\n"), until, ..send::Ask::default() };
        send::send(ctx, owner, id, ask).await?;
        let mut links = Vec::new();
        for page in 1.. {
            let rows = invitation::list(ctx, owner, id, &Which::default(), page).await?.rows;
            if rows.is_empty() {
                break;
            }
            for row in rows {
                let target = Target { assessment: id, invitation: row.invitation };
                let link = act::renew_link(ctx, owner, target).await?;
                links.extend(link.find("/i/").map(|at| link[at..].to_owned()));
            }
        }
        Ok(links)
    }

    /// Lets everybody's time pass at one moment, and measures how long each attempt stays open.
    pub async fn end_time(&self) -> Result<Times, Failure> {
        let mut owner = store::connect(&self.ground.database.url()).await?;
        let mut left = rehearsal::count_running(&mut owner).await?;
        deployment::shift_clock(&mut owner, i64::from(MINUTES) * 60 + 3_600).await?;
        let watch = Stopwatch::start();
        let mut times = Times::default();
        while left > 0 {
            let now = rehearsal::count_running(&mut owner).await?;
            for _ in now..left {
                times.push(watch.elapsed());
            }
            left = now;
            if watch.elapsed() > PATIENCE {
                return Err(Failure::new(t!("rehearse-open", people = left)));
            }
            sleep(LOOK).await;
        }
        Ok(times)
    }

    /// Saves in a second of PostgreSQL's own tool, with one client per seat; nothing where the tool
    /// is not installed.
    pub async fn pgbench(&self, seats: &[Seat], time: Duration) -> Result<Option<f64>, Failure> {
        let tool = self.ground.database.binaries().program("pgbench");
        if !tool.exists() {
            return Ok(None);
        }
        let script = self.ground.folder.join("saves.pgbench");
        fs::write(&script, rehearsal::script(seats))?;
        let mut command = Command::new(tool);
        command.args(["--no-vacuum", "--protocol=prepared", "--jobs=2"]);
        command.arg(format!("--client={}", seats.len()));
        command.arg(format!("--time={}", time.as_secs()));
        command.arg("--file").arg(script);
        for (name, value) in rehearsal::VARIABLES {
            command.arg(format!("--define={name}={value}"));
        }
        let done = command
            .arg(self.ground.database.url())
            .env("PGOPTIONS", "-c role=touchstone_candidate")
            .stdin(Stdio::null())
            .output()
            .await?;
        let said = String::from_utf8_lossy(&done.stdout);
        let speed = said.lines().find_map(|line| line.strip_prefix("tps = "));
        let speed = speed.and_then(|rest| rest.split(' ').next()?.parse().ok());
        match speed {
            Some(speed) if done.status.success() => Ok(Some(speed)),
            _ => Err(Failure::new(String::from_utf8_lossy(&done.stderr).into_owned())),
        }
    }

    /// The most memory that the server has held, in bytes, where the system tells.
    pub fn memory(&self) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.server.id()?)).ok()?;
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        Some(peak.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? * 1_024)
    }

    async fn is_ready(&self) -> Result<(), Failure> {
        let watch = Stopwatch::start();
        loop {
            let answer = Line::new(self.address).send(Method::GET, "/readyz", Load::None).await;
            match answer {
                Ok(answer) if answer.status.is_success() => return Ok(()),
                Err(cause) if watch.elapsed() > PATIENCE => return Err(cause),
                _ => sleep(LOOK).await,
            }
        }
    }
}

async fn found(ctx: &Ctx) -> Result<Actor, Failure> {
    let founder = Founder {
        organisation: "Rehearsal".to_owned(),
        timezone: "UTC".to_owned(),
        name: "Rehearsal".to_owned(),
        email: "owner@rehearsal.example".to_owned(),
        password: crate::service::secret::Secret::fresh()?.reveal().to_owned(),
    };
    let made = auth::create_owner(ctx, founder).await?;
    Ok(Actor::Staff { account: made.account, organisation: made.organisation, role: Role::Owner })
}

async fn publish(ctx: &Ctx, owner: &Actor) -> Result<AssessmentId, Failure> {
    let items = catalog::bank().items();
    let singles = items.filter(|item| item.facts.kind == Kind::SingleChoice);
    let section = Section {
        name: "Everything".to_owned(),
        picks: singles.take(QUESTIONS).map(|item| item.facts.code.clone()).collect(),
        ..Section::default()
    };
    let draft = Draft {
        title: "Rehearsal".to_owned(),
        limit_minutes: MINUTES,
        sections: vec![section],
        ..Draft::default()
    };
    let id = assessment::create(ctx, owner, draft).await?;
    assessment::publish(ctx, owner, id, 1).await?;
    Ok(id)
}
