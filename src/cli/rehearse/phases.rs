//! What a day of tests does to a server: everybody starts, everybody writes, everybody's time ends.

use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::sleep;

use super::guest::Guest;
use super::times::Times;
use crate::cli::Failure;
use crate::telemetry::Stopwatch;

/// Between two saves of somebody who types.
pub const EVERY: Duration = Duration::from_secs(2);
/// Somebody who was asked to wait comes back.
const COME_BACK: Duration = Duration::from_millis(250);

/// How the starts went.
pub struct Starts {
    /// From the moment when each wanted to start until the clock ran.
    pub times: Times,
    /// How many were asked to wait at least once.
    pub waited: usize,
}

/// Everybody starts within one second, and then reads the first question.
pub async fn start(guests: Vec<Guest>) -> Result<(Vec<Guest>, Starts), Failure> {
    let all = u32::try_from(guests.len()).unwrap_or(u32::MAX).max(1);
    let mut people = JoinSet::new();
    for (at, mut guest) in (0..).zip(guests) {
        people.spawn(async move {
            sleep(Duration::from_secs(1) * at / all).await;
            let watch = Stopwatch::start();
            let mut asked = 0_usize;
            while !guest.start().await? {
                asked += 1;
                sleep(COME_BACK).await;
            }
            let took = watch.elapsed();
            while !guest.read().await? {
                asked += 1;
                sleep(COME_BACK).await;
            }
            Ok::<_, Failure>((guest, took, asked))
        });
    }
    let (mut guests, mut times, mut waited) = (Vec::new(), Times::default(), 0);
    while let Some(done) = people.join_next().await {
        let (guest, took, asked) = done.map_err(std::io::Error::from)??;
        guests.push(guest);
        times.push(took);
        waited += usize::from(asked > 0);
    }
    Ok((guests, Starts { times, waited }))
}

/// Everybody saves every two seconds for so long. Each time runs from the moment when the save was
/// due, so that a server that falls behind does not look fast.
pub async fn write(guests: Vec<Guest>, time: Duration) -> Result<(Vec<Guest>, Times), Failure> {
    let all = u32::try_from(guests.len()).unwrap_or(u32::MAX).max(1);
    let rounds = u32::try_from(time.as_secs() / EVERY.as_secs()).unwrap_or(u32::MAX);
    let begun = Stopwatch::start();
    let mut people = JoinSet::new();
    for (at, mut guest) in (0..).zip(guests) {
        people.spawn(async move {
            let mut times = Times::default();
            for round in 0..rounds {
                let due = EVERY * round + EVERY * at / all;
                sleep(due.saturating_sub(begun.elapsed())).await;
                guest.save().await?;
                times.push(begun.elapsed().saturating_sub(due));
            }
            Ok::<_, Failure>((guest, times))
        });
    }
    gather(people).await
}

/// Everybody saves without a pause for so long; saves in a second.
pub async fn sprint(guests: Vec<Guest>, time: Duration) -> Result<(Vec<Guest>, f64), Failure> {
    let begun = Stopwatch::start();
    let mut people = JoinSet::new();
    for mut guest in guests {
        people.spawn(async move {
            let mut times = Times::default();
            while begun.elapsed() < time {
                let watch = Stopwatch::start();
                guest.save().await?;
                times.push(watch.elapsed());
            }
            Ok::<_, Failure>((guest, times))
        });
    }
    let (guests, times) = gather(people).await?;
    Ok((guests, times.per_second(begun.elapsed())))
}

async fn gather(
    mut people: JoinSet<Result<(Guest, Times), Failure>>,
) -> Result<(Vec<Guest>, Times), Failure> {
    let (mut guests, mut all) = (Vec::new(), Times::default());
    while let Some(done) = people.join_next().await {
        let (guest, times) = done.map_err(std::io::Error::from)??;
        guests.push(guest);
        all.join(times);
    }
    Ok((guests, all))
}
