//! Power goes out, again and again, while people work: what they were told is saved must be in the
//! files of HR.
//!
//! Real processes: the server and its private PostgreSQL are killed with the signal that nobody can
//! catch, fifty times. On a machine that is too busy for that it stops after two minutes, and not
//! before ten kills; with `TOUCHSTONE_KILLS` it is done so often, however long it takes.

pub mod check;
mod liar;
pub mod people;
pub mod site;

use std::time::Duration;

use check::Ledger;
use liar::Liar;
use people::Crowd;
use site::{QUESTIONS, Site};

use touchstone::domain::dice::Dice;
use touchstone::telemetry::Stopwatch;

/// How many people work at once.
const PEOPLE: usize = 24;
/// Saves that must have been confirmed between two kills, so that every kill hits work.
const BETWEEN: usize = 12;

/// How often, and how often at least.
fn wanted() -> (usize, usize) {
    let asked = std::env::var("TOUCHSTONE_KILLS").ok().and_then(|text| text.parse().ok());
    asked.map_or((50, 10), |asked: usize| (asked, asked))
}

/// After this only the least is done.
const LONG: Duration = Duration::from_mins(2);

#[expect(clippy::disallowed_macros, reason = "says what it measured, to whoever asks for it")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_that_was_confirmed_is_lost_when_server_and_database_are_killed() {
    let watch = Stopwatch::start();
    let mut site = Site::open(PEOPLE).await;
    let opened = watch.ms();
    let crowd = Crowd::start(&site.guests, &site.address, &site.address, usize::MAX).await;
    let mut dice = Dice::new(7, "kill");
    let (most, least) = wanted();
    let mut kills = 0;
    while kills < least || (kills < most && watch.elapsed() < LONG) {
        crowd.saved_more(BETWEEN).await;
        // Somewhere inside a save.
        tokio::time::sleep(Duration::from_millis(dice.below(40) as u64)).await;
        match kills % 4 {
            0 | 2 => site.kill_server(),
            1 => site.kill_database(false),
            _ => site.kill_database(true),
        }
        kills += 1;
    }
    crowd.saved_more(BETWEEN).await;
    let worked = watch.ms();
    let ledger = crowd.finish().await;
    let (cut, confirmed) = (ledger.cut(), ledger.confirmed());
    let answers = site.answers().await;
    let problems = check::compare(&ledger, &answers);
    assert_eq!(problems, [""; 0], "after {kills} kills");
    // The kills hit something: many saves heard no answer and were sent again.
    assert!(cut >= kills / 2, "only {cut} saves were cut off in {kills} kills");
    assert!(confirmed >= kills * BETWEEN, "only {confirmed} saves");
    println!(
        "{kills} kills, {confirmed} confirmed saves, {cut} cut off; ready after {opened} ms, \
         killed until {worked} ms, checked after {} ms",
        watch.ms()
    );
}

/// The negative control: a house that confirms before it has written must be caught.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_confirmation_before_the_commit_is_caught_by_the_same_check() {
    let mut site = Site::open(8).await;
    let liar = Liar::before(&site.address).await;
    // Every question once: what is missing then was lost by a kill and by nothing else.
    let crowd = Crowd::start(&site.guests, &site.address, &liar.address, QUESTIONS).await;
    for _ in 0..2 {
        crowd.saved_more(BETWEEN).await;
        site.kill_server();
    }
    crowd.saved_in_all(site.guests.len() * QUESTIONS).await;
    liar.rest().await;
    let ledger = crowd.finish().await;
    let answers = site.answers().await;
    let (problems, dropped) = (check::compare(&ledger, &answers), liar.dropped());
    assert!(dropped > 0, "nothing was in the liar's hands at a kill");
    assert!(!problems.is_empty(), "{dropped} lost saves were not noticed");
    assert!(problems.len() <= dropped, "{dropped} were lost: {problems:#?}");
}

#[test]
fn the_check_notices_a_lost_an_older_and_a_repeated_answer() {
    let head = "attempt_id,position,response,changes\n";
    let mut ledger = Ledger::default();
    ledger.note("a", 1, "x");
    ledger.note("a", 1, "y");
    ledger.note("a", 2, "z");
    let sees = |rows: &str| check::compare(&ledger, &format!("{head}{rows}")).len();
    assert_eq!(sees("a,1,y,1\na,2,z,0\n"), 0);
    assert_eq!(sees("a,1,y,1\n"), 1, "a lost row");
    assert_eq!(sees("a,1,y,1\na,2,,0\n"), 1, "a lost answer");
    assert_eq!(sees("a,1,x,0\na,2,z,0\n"), 1, "an older answer");
    assert_eq!(sees("a,1,y,0\na,2,z,0\n"), 1, "a save that was written over and is not there");
    assert_eq!(sees("a,1,y,2\na,2,z,0\n"), 1, "a save that is there twice");
    assert_eq!(sees("a,1,y,1\na,2,z,0\na,3,w,0\n"), 1, "an answer that nobody gave");
}
