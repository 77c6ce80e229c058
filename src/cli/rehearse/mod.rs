//! `touchstone rehearse`: a day of tests on this machine, with made-up people, before real ones come.

mod guest;
mod line;
mod phases;
mod site;
mod times;

use std::process::ExitCode;
use std::time::Duration;

use clap::value_parser;

use super::{Outcome, say};
use crate::config::Config;
use crate::t;
use guest::Guest;
use site::{Ground, Site};

/// Questions of the rehearsed paper.
const QUESTIONS: usize = 30;
/// People who save without a pause when the most is looked for; also pgbench's clients.
const LANES: usize = 24;
/// How often server and pgbench take turns.
const TURNS: usize = 3;
/// One such turn.
const TURN: Duration = Duration::from_secs(5);

/// How large the day is.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// People who start within one second, and whose time ends in one second
    #[arg(long, default_value_t = 2_000, value_parser = value_parser!(u32).range(60..=5_000))]
    crowd: u32,
    /// How many of them save an answer every two seconds
    #[arg(long, default_value_t = 500, value_parser = value_parser!(u32).range(1..=5_000))]
    writers: u32,
    /// For how many seconds they do so
    #[arg(long, default_value_t = 30, value_parser = value_parser!(u32).range(2..=3_600))]
    seconds: u32,
}

/// Rehearses in a folder that is removed afterwards, and tells.
pub async fn run(config: Config, options: &Options) -> Outcome {
    super::serve::allow_many_connections();
    let ground = Ground::open(&config).await?;
    let outcome = async {
        let site = Site::open(&ground).await?;
        let outcome = rehearse(&site, options).await;
        site.close().await;
        outcome
    };
    let outcome = outcome.await;
    ground.close().await;
    outcome
}

async fn rehearse(site: &Site<'_>, options: &Options) -> Outcome {
    let crowd = options.crowd as usize;
    say(t!("rehearse-inviting", people = crowd));
    let links = site.invite(crowd).await?;
    let mut guests = Vec::new();
    for link in &links {
        guests.push(Guest::open(site.address(), link).await?);
    }

    let (mut guests, starts) = phases::start(guests).await?;
    say(t!(
        "rehearse-starts",
        people = starts.times.count(),
        median = starts.times.within(50),
        most = starts.times.within(99),
        last = starts.times.within(100),
        waited = starts.waited
    ));

    let rest = guests.split_off(guests.len().min(options.writers as usize));
    let time = Duration::from_secs(u64::from(options.seconds));
    let (mut guests, saves) = phases::write(guests, time).await?;
    say(t!(
        "rehearse-saves",
        people = guests.len(),
        saves = saves.count(),
        median = saves.within(50),
        most = saves.within(99),
        last = saves.within(100)
    ));
    guests.extend(rest);

    compare(site, &mut guests).await?;

    let ended = site.end_time().await?;
    say(t!(
        "rehearse-ends",
        people = ended.count(),
        most = ended.within(99),
        last = ended.within(100)
    ));
    if let Some(bytes) = site.memory() {
        say(t!("rehearse-memory", megabytes = bytes / 1_000_000));
    }
    Ok(ExitCode::SUCCESS)
}

/// The most saves in a second, through the server and by pgbench, in turns.
async fn compare(site: &Site<'_>, guests: &mut Vec<Guest>) -> Result<(), super::Failure> {
    let seats: Vec<_> = guests.iter().rev().take(LANES).filter_map(Guest::seat).collect();
    let mut lanes = guests.drain(..LANES).collect();
    let mut ratios = Vec::new();
    for _ in 0..TURNS {
        let (back, ours) = phases::sprint(lanes, TURN).await?;
        lanes = back;
        let Some(theirs) = site.pgbench(&seats, TURN).await? else {
            say(t!("rehearse-most", ours = round(ours)));
            continue;
        };
        ratios.push(ours / theirs);
        say(t!(
            "rehearse-ratio",
            ours = round(ours),
            theirs = round(theirs),
            ratio = format!("{:.2}", ours / theirs)
        ));
    }
    guests.append(&mut lanes);
    ratios.sort_by(f64::total_cmp);
    if let Some(median) = ratios.get(ratios.len() / 2) {
        say(t!("rehearse-median", ratio = format!("{median:.2}"), clients = LANES));
    }
    Ok(())
}

fn round(number: f64) -> String {
    format!("{number:.0}")
}
