//! # The commands of the binary
//!
//! Holds the command line: one file a command. May touch everything that the server may. Never
//! holds rules: a command calls the services that the pages call.
//!
//! **One more command**: a variant of [`Command`] and a file with `run`.

mod migrate;
mod serve;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::Config;

/// Fair, self-hosted skills assessments.
#[derive(Debug, Parser)]
#[command(name = "touchstone", version, about, long_about = None)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start the server, with a database of its own unless DATABASE_URL names one
    Serve(serve::Options),
    /// Bring the database named by DATABASE_URL to this version
    Migrate,
}

/// Why a command ended.
pub type Outcome = Result<(), Box<dyn std::error::Error + Send + Sync>>;

/// Reads the command line and does it.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    crate::telemetry::start(crate::telemetry::Detail::Server);
    let outcome = Config::from_env().map_err(Into::into).and_then(|config| {
        tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
            match arguments.command {
                Command::Serve(options) => serve::run(config, options).await,
                Command::Migrate => migrate::run(&config).await,
            }
        })
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            tracing::error!(%cause, "stopped");
            ExitCode::FAILURE
        }
    }
}
