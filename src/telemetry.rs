//! Logs: one JSON line an event, without personal data and without secrets.

use tracing_subscriber::EnvFilter;

/// Starts the log. `RUST_LOG` chooses the level, `TOUCHSTONE_LOG=text` a form for people.
pub fn start() {
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,tower_http=info"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if std::env::var("TOUCHSTONE_LOG").is_ok_and(|form| form == "text") {
        builder.with_target(false).init();
    } else {
        builder.json().flatten_event(true).init();
    }
}
