//! `touchstone serve`: database, migrations, time given back, work in the background, router, and
//! an orderly end.

use std::io;
use std::net::SocketAddr;
use std::process::ExitCode;

use clap::builder::BoolishValueParser;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;

use super::background::Background;
use super::database::{self, Database};
use super::{Failure, Outcome, doctor, say};
use crate::config::Config;
use crate::http::server::Limits;
use crate::http::{self, AppState};
use crate::service::{self, Ctx, auth, demo, upkeep};
use crate::store::{self, Kind, pool::Pools};
use crate::t;
use crate::telemetry::Stopwatch;

/// How `serve` starts.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Fill an empty database with clearly marked demo data and print the demo logins
    #[arg(long, env = "TOUCHSTONE_DEMO", value_parser = BoolishValueParser::new())]
    pub demo: bool,
    /// Address and port to listen on [default: 127.0.0.1:3000]
    #[arg(long, value_name = "ADDRESS", env = "TOUCHSTONE_LISTEN")]
    pub listen: Option<String>,
}

/// Serves until a signal asks to stop.
pub async fn run(config: Config, _options: &Options) -> Outcome {
    let watch = Stopwatch::start();
    let stop = Stop::on_signals()?;
    allow_many_connections();
    // First, so that a taken port is told before anything is made. Whoever connects waits in line.
    let listener = listen(config.listen).await?;
    let database = Database::for_server(&config).await?;
    let served = serve(config, listener, &database, stop, watch).await;
    database.close().await;
    tracing::info!("stopped");
    served
}

async fn serve(
    config: Config,
    listener: TcpListener,
    database: &Database,
    mut stop: Stop,
    watch: Stopwatch,
) -> Outcome {
    let url = database.url();
    let mut asked = stop.asked.clone();
    let (ctx, credited) = tokio::select! {
        prepared = prepare(config, &url) => prepared?,
        () = Stop::said(&mut asked) => return Ok(ExitCode::SUCCESS),
    };
    let background = Background::start(&ctx, &stop.asked);
    let (router, doors) = http::router(AppState::new(ctx.clone()));
    greet(&ctx).await?;
    tracing::info!(
        address = %ctx.config.public_url,
        listen = %ctx.config.listen,
        doors = doors.len(),
        credited,
        ms = watch.ms(),
        "ready"
    );
    tokio::select! {
        () = http::server::serve(listener, router, stop.asked.clone(), Limits::default()) => {}
        () = Stop::said(&mut stop.hurry) => tracing::warn!("not waiting for requests"),
    }
    background.ended().await;
    database::close_pools(&ctx).await;
    Ok(ExitCode::SUCCESS)
}

/// Everything that must be done before anybody is answered; also says how many attempts were given
/// time back.
async fn prepare(config: Config, url: &str) -> Result<(Ctx, i32), Failure> {
    let kind = database::kind(&config);
    store::migrate(url, kind).await?;
    let mut owner = store::connect(url).await?;
    if store::deployment::is_unfinished_demo(&mut owner).await? {
        tracing::warn!("the demo data was not finished: starting over");
        store::deployment::clear_demo(&mut owner).await?;
        store::migrate(url, kind).await?;
    }
    let kind = store::deployment::find_kind(&mut owner).await?;
    refuse_broken_promises(kind, url).await?;
    let ctx = open(config, kind, url).await?;
    let credited = upkeep::credit_outage(&ctx).await?;
    if ctx.config.is_demo {
        demo::fill(&ctx, &mut owner, tell_progress).await?;
    }
    Ok((ctx, credited))
}

/// A server whose database may forget confirmed answers must not take any.
async fn refuse_broken_promises(kind: Kind, url: &str) -> Result<(), Failure> {
    let broken = service::doctor::broken_promises(url).await?;
    if broken.is_empty() {
        return Ok(());
    }
    let lines: Vec<String> = broken.iter().map(doctor::line).collect();
    if kind == Kind::Live {
        return Err(Failure::new(t!("cli-promise-broken", findings = lines.join("\n"))));
    }
    tracing::warn!(findings = lines.join("; "), "a database of made-up people may forget");
    Ok(())
}

/// The means of the server. What the database was founded as decides whether it is a demo.
async fn open(mut config: Config, kind: Kind, url: &str) -> Result<Ctx, Failure> {
    if config.is_demo && kind == Kind::Live {
        return Err(Failure::new(t!("cli-not-a-demo")));
    }
    config.is_demo = kind == Kind::Demo;
    Ok(Ctx::open(config, Pools::connect(url).await?)?)
}

/// Tells the person at the terminal where to go.
async fn greet(ctx: &Ctx) -> Result<(), Failure> {
    say(t!("cli-running", address = ctx.config.public_url.clone()));
    if ctx.config.is_demo {
        return greet_demo(ctx).await;
    }
    if let Some(link) = auth::bootstrap_link(ctx).await? {
        say(t!("cli-bootstrap", link = link));
    }
    Ok(())
}

/// Says how far the demo data is: a minute is long without a word.
fn tell_progress(percent: usize) {
    if percent.is_multiple_of(10) {
        say(t!("cli-demo-progress", percent = percent));
    }
}

/// Tells whoever tries the demo how to get in.
async fn greet_demo(ctx: &Ctx) -> Result<(), Failure> {
    say(t!("cli-demo-logins", password = demo::PASSWORD));
    for (name, email, role) in demo::LOGINS {
        say(t!("cli-demo-login", name = name, email = email, role = role.as_str()));
    }
    if let Some(link) = demo::open_link(ctx).await? {
        say(t!("cli-demo-link", link = link));
    }
    Ok(())
}

async fn listen(address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).await.map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse | io::ErrorKind::PermissionDenied => Failure::new(t!(
            "cli-port-taken",
            address = address.to_string(),
            cause = error.to_string()
        )),
        _ => error.into(),
    })
}

/// Every connection is an open file; the usual limit of 1024 is for programs with few.
pub(super) fn allow_many_connections() {
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    if let Err(cause) = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }) {
        tracing::debug!(%cause, "the limit of open files stays");
    }
}

/// What signals have said so far.
struct Stop {
    asked: watch::Receiver<bool>,
    hurry: watch::Receiver<bool>,
}

impl Stop {
    /// The first signal asks to stop, the second one not to wait for anybody.
    fn on_signals() -> io::Result<Self> {
        let mut signals = vec![signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?];
        if !ignores_hangup() {
            signals.push(signal(SignalKind::hangup())?);
        }
        let (ask, asked) = watch::channel(false);
        let (press, hurry) = watch::channel(false);
        tokio::spawn(async move {
            any(&mut signals).await;
            tracing::info!("stopping");
            ask.send_replace(true);
            any(&mut signals).await;
            press.send_replace(true);
            // The channels stay open: closed, they would speak by themselves.
            std::future::pending::<()>().await;
        });
        Ok(Self { asked, hurry })
    }

    async fn said(channel: &mut watch::Receiver<bool>) {
        let _is_closed = channel.wait_for(|said| *said).await.is_err();
    }
}

async fn any(signals: &mut [Signal]) {
    std::future::poll_fn(|cx| {
        let came = signals.iter_mut().any(|signal| signal.poll_recv(cx).is_ready());
        if came { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
}

/// `nohup` asks to survive the terminal; a handler of ours would undo that.
fn ignores_hangup() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    ignored.is_some_and(|mask| mask & 1 == 1)
}
