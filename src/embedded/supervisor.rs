//! Watches over the database until it shall stop, and restarts it when it dies before.

use std::time::Duration;

use tokio::sync::watch;
use tokio::time::sleep;

use crate::embedded::cluster::Cluster;
use crate::embedded::place::Lock;
use crate::embedded::postmaster::{self, Postmaster};
use crate::telemetry::Stopwatch;

/// The first pause before a restart; each further one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
/// The longest pause. There is no last try: a disk that was full may be mended at any time.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
/// A database that ran for so long was well: the next pause is the first again.
const WELL: Duration = Duration::from_mins(1);

/// Runs until `stopped` carries the time that the database has to stop. Holds the data folder's
/// lock for as long.
pub async fn watch_over(
    cluster: Cluster,
    postmaster: Postmaster,
    stopped: watch::Receiver<Option<Duration>>,
    _lock: Lock,
) {
    keep_alive(&cluster, postmaster, stopped).await;
    postmaster::leave_socket(&cluster.place.socket);
}

async fn keep_alive(
    cluster: &Cluster,
    mut postmaster: Postmaster,
    mut stopped: watch::Receiver<Option<Duration>>,
) {
    let mut pause = FIRST_PAUSE;
    loop {
        let since = Stopwatch::start();
        tokio::select! {
            () = postmaster.ended() => {}
            time = asked_to_stop(&mut stopped) => return postmaster.stop(time).await,
        }
        if since.elapsed() > WELL {
            pause = FIRST_PAUSE;
        }
        postmaster = loop {
            tokio::select! {
                () = sleep(pause) => {}
                _ = asked_to_stop(&mut stopped) => return,
            }
            pause = (pause * 2).min(LONGEST_PAUSE);
            postmaster::end_orphans(&cluster.place.cluster);
            let mut next = match Postmaster::spawn(cluster) {
                Ok(next) => next,
                Err(cause) => {
                    tracing::error!(%cause, "the database cannot be restarted yet");
                    continue;
                }
            };
            tokio::select! {
                outcome = next.ready(cluster) => match outcome {
                    Ok(()) => break next,
                    Err(cause) => tracing::error!(%cause, "the database cannot be restarted yet"),
                },
                time = asked_to_stop(&mut stopped) => return next.stop(time).await,
            }
        };
    }
}

async fn asked_to_stop(stopped: &mut watch::Receiver<Option<Duration>>) -> Duration {
    let asked = stopped.wait_for(Option::is_some).await.ok().and_then(|time| *time);
    match asked {
        Some(time) => time,
        // Nobody can ask any more, so the database is watched for as long as the process lives.
        None => std::future::pending().await,
    }
}
