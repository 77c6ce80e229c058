//! Logs and stopwatches: one JSON line an event, without personal data and without secrets.

use std::io::IsTerminal as _;
use std::time::{Duration, Instant};

use tracing_subscriber::EnvFilter;

/// What is logged when `RUST_LOG` does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// Everything that a server does.
    Server,
    /// Nothing: a command that a person types talks to that person.
    Command,
}

/// Starts the log on standard error. `RUST_LOG` chooses the level, `TOUCHSTONE_LOG=text` a form for
/// people.
pub fn start(detail: Detail) {
    let usual = match detail {
        Detail::Server => "info,sqlx=warn",
        Detail::Command => "off",
    };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(usual));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if std::env::var("TOUCHSTONE_LOG").is_ok_and(|form| form == "text") {
        builder.with_target(false).with_ansi(std::io::stderr().is_terminal()).init();
    } else {
        builder.json().flatten_event(true).with_span_list(false).init();
    }
}

/// Measures how long something takes. Nothing of the product may depend on it: time that counts is
/// the database's.
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts now.
    #[expect(clippy::disallowed_methods, reason = "the one stopwatch; decides about no attempt")]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// The time since the start.
    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }

    /// Whole milliseconds since the start.
    pub fn ms(self) -> u64 {
        u64::try_from(self.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}
