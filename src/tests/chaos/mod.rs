//! The fault campaign: people work while lines, processes and disks fail, and every answer that was
//! confirmed must be in the file of HR, once, with its last value.
//!
//! Histories are checked by the same check as the kills (H1 to H4, H14 of the history properties:
//! nothing lost, nothing invented, nothing twice, in order), and by the replay of every attempt
//! (receipt, counts, points). `make chaos` runs it long; the tests run one round of each fault.
//! `TOUCHSTONE_CHAOS_SEED` repeats a campaign, `TOUCHSTONE_CHAOS_ROUNDS` makes it longer.

mod fault;
mod proxy;

use fault::Fault;
use proxy::Proxy;
use touchstone::domain::dice::Dice;
use touchstone::telemetry::Stopwatch;

use crate::kill::check;
use crate::kill::people::Crowd;
use crate::kill::site::Site;

/// How many people work at once.
const PEOPLE: usize = 12;
/// Saves that must have been confirmed between two faults, so that every fault hits work.
const BETWEEN: usize = 12;

/// New connections see new settings.
const HANG_UP: &str = "select pg_terminate_backend(pid) from pg_stat_activity
    where backend_type = 'client backend' and pid <> pg_backend_pid()";

fn setting(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// Saves between two faults, over everything that one campaign did.
#[derive(Default)]
struct Tally {
    faults: Vec<(Fault, usize)>,
}

impl Tally {
    fn count(&mut self, fault: Fault) {
        match self.faults.iter_mut().find(|(kind, _)| *kind == fault) {
            Some((_, times)) => *times += 1,
            None => self.faults.push((fault, 1)),
        }
    }
}

#[expect(clippy::disallowed_macros, reason = "says what it measured, to whoever asks for it")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_that_was_confirmed_is_lost_whatever_fails() {
    let seed = setting("TOUCHSTONE_CHAOS_SEED", 1);
    let rounds = setting("TOUCHSTONE_CHAOS_ROUNDS", 1);
    let watch = Stopwatch::start();
    let (mut site, database) = Site::open_behind(PEOPLE, Proxy::unix).await;
    let (desk, address) = Proxy::tcp(&site.address).await;
    let crowd = Crowd::start(&site.guests, &site.address, &address, usize::MAX).await;
    let mut dice = Dice::new(i64::from_ne_bytes(seed.to_ne_bytes()), "chaos");
    let mut tally = Tally::default();
    for _ in 0..rounds {
        let mut faults = Fault::ALL;
        dice.shuffle(&mut faults);
        for fault in faults {
            crowd.saved_more(BETWEEN).await;
            fault.happen(&mut site, &desk, &database, &mut dice).await;
            tally.count(fault);
        }
    }
    crowd.saved_more(BETWEEN).await;
    let ledger = crowd.finish().await;
    let answers = site.answers().await;
    let problems = check::compare(&ledger, &answers);
    for (fault, times) in &tally.faults {
        println!("{:<24} {times}", format!("{fault:?}"));
    }
    let injected: usize = tally.faults.iter().map(|(_, times)| times).sum();
    println!(
        "seed {seed}: {rounds} rounds, {injected} faults injected, {} connections broken, \
         {} answers acknowledged, {} sent again, {} answers lost, {} s",
        desk.broken() + database.broken(),
        ledger.confirmed(),
        ledger.cut(),
        problems.len(),
        watch.ms() / 1000,
    );
    assert_eq!(problems, [""; 0], "seed {seed}");
    // The campaign hit work: a line that breaks nothing shows nothing.
    assert!(ledger.cut() >= injected / 2, "only {} saves heard nothing", ledger.cut());
    assert!(ledger.confirmed() >= injected * BETWEEN, "only {} saves", ledger.confirmed());
}

/// A negative control: a database that confirms before the disk has it loses answers in a crash,
/// and the same check must say so. A campaign whose control passes is void.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_confirms_too_early_is_caught() {
    let mut site = Site::open(PEOPLE).await;
    // The server would turn its readiness red, so it is set behind its back.
    site.tell("alter system set wal_writer_delay = '10s'").await;
    site.tell("select pg_reload_conf()").await;
    site.tell("alter database touchstone set synchronous_commit = off").await;
    site.tell(HANG_UP).await;
    let crowd = Crowd::start(&site.guests, &site.address, &site.address, usize::MAX).await;
    crowd.saved_more(BETWEEN * 10).await;
    site.kill_database(true);
    crowd.saved_more(BETWEEN).await;
    let ledger = crowd.finish().await;
    site.tell("alter database touchstone reset synchronous_commit").await;
    site.tell(HANG_UP).await;
    let answers = site.answers().await;
    let problems = check::compare(&ledger, &answers);
    assert!(!problems.is_empty(), "{} confirmed, and nothing was lost", ledger.confirmed());
}
