//! What goes wrong, one way at a time.

use std::time::Duration;

use touchstone::domain::dice::Dice;

use super::proxy::{Mode, Proxy};
use crate::kill::site::Site;

/// A way for things to go wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nothing happens: what the others are measured against.
    Calm,
    /// Requests break off in the middle.
    BrokenRequests,
    /// The work is done, but the answer breaks off on its way.
    BrokenAnswers,
    /// The line falls silent; nobody is told that it is dead.
    Silence,
    /// Everybody hangs up at once, again and again.
    HangUps,
    /// The server is killed.
    ServerKilled,
    /// The first process of the database is killed.
    DatabaseKilled,
    /// Every process of the database is killed at once.
    DatabaseKilledWhole,
    /// The database is asked to stop, and started again by its supervisor.
    DatabaseRestarted,
    /// All connections between server and database break, in the middle of statements.
    DatabaseCut,
    /// The database falls silent, so that the server runs out of connections.
    DatabaseSilent,
    /// The disk below the database takes no more bytes.
    DiskFull,
}

impl Fault {
    /// Every one.
    pub const ALL: [Self; 12] = [
        Self::Calm,
        Self::BrokenRequests,
        Self::BrokenAnswers,
        Self::Silence,
        Self::HangUps,
        Self::ServerKilled,
        Self::DatabaseKilled,
        Self::DatabaseKilledWhole,
        Self::DatabaseRestarted,
        Self::DatabaseCut,
        Self::DatabaseSilent,
        Self::DiskFull,
    ];

    /// Lets it happen once, and mends what does not mend itself.
    pub async fn happen(self, site: &mut Site, desk: &Proxy, database: &Proxy, dice: &mut Dice) {
        let mut pause = |most: usize| Duration::from_millis(dice.below(most) as u64);
        // Somewhere inside a save.
        tokio::time::sleep(pause(40)).await;
        let (short, bytes) = (Duration::from_millis(150) + pause(250), dice.below(900));
        match self {
            Self::Calm => tokio::time::sleep(short).await,
            Self::BrokenRequests => for_a_while(desk, Mode::BreakUp(bytes), short).await,
            Self::BrokenAnswers => for_a_while(desk, Mode::BreakDown(bytes / 4), short).await,
            Self::Silence => for_a_while(desk, Mode::Mute, short * 4).await,
            Self::HangUps => {
                for _ in 0..12 {
                    desk.cut();
                    tokio::time::sleep(Duration::from_millis(dice.below(25) as u64)).await;
                }
            }
            Self::ServerKilled => site.kill_server(),
            Self::DatabaseKilled => site.kill_database(false),
            Self::DatabaseKilledWhole => site.kill_database(true),
            Self::DatabaseRestarted => site.stop_database(),
            Self::DatabaseCut => {
                for _ in 0..4 {
                    database.cut();
                    tokio::time::sleep(Duration::from_millis(dice.below(60) as u64)).await;
                }
            }
            Self::DatabaseSilent => for_a_while(database, Mode::Mute, short * 6).await,
            Self::DiskFull => {
                site.fill_disk(true);
                tokio::time::sleep(short * 3).await;
                site.fill_disk(false);
            }
        }
    }
}

async fn for_a_while(line: &Proxy, mode: Mode, time: Duration) {
    line.set(mode);
    tokio::time::sleep(time).await;
    line.set(Mode::Open);
}
