//! # The commands of the binary
//!
//! Holds the command line: one file a command. May touch everything that the server may. Never
//! holds rules: a command calls the services that the pages call.
//!
//! A command talks to a person: what it has to say goes to standard output in plain sentences, and
//! why it failed goes to standard error. Logs are for `serve`.
//!
//! **One more command**: a variant of `Command`, an arm in `perform`, and a file with `run`.

mod admin;
mod advice;
mod background;
mod backup;
mod bank;
mod database;
mod doctor;
mod export;
mod help;
mod migrate;
mod rehearse;
mod serve;
mod verify;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::{Config, ConfigError};
use crate::telemetry::{self, Detail};

pub use advice::Failure;

/// Fair, self-hosted skills assessments.
#[derive(Debug, Parser)]
#[command(name = "touchstone", version, about, long_about = help::ABOUT)]
#[command(after_help = help::MORE, after_long_help = help::SETTINGS)]
struct Arguments {
    /// Folder of everything that is kept: the database, mails, keys
    #[arg(long, value_name = "FOLDER", env = "TOUCHSTONE_DATA", global = true)]
    #[arg(default_value = ".touchstone")]
    data: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    #[command(long_about = help::SERVE, after_long_help = help::SERVE_EXAMPLES)]
    /// Start the server, with a database of its own unless `DATABASE_URL` names one
    Serve(serve::Options),
    #[command(long_about = help::MIGRATE)]
    /// Bring the database to this version, or say what an administrator must run
    Migrate,
    #[command(long_about = help::DOCTOR)]
    /// Check everything that the promise to candidates rests on, and say how to mend it
    Doctor(doctor::Options),
    #[command(long_about = help::VERIFY)]
    /// Compute finished attempts again from their logs and compare
    Verify(verify::Options),
    #[command(long_about = help::EXPORT)]
    /// Write a file of results, the same bytes as the page gives
    Export(export::Options),
    #[command(subcommand, long_about = help::BANK)]
    /// Check, count and compare items; move an organisation's own items in and out as files
    Bank(bank::Bank),
    #[command(subcommand, long_about = help::ADMIN)]
    /// Make the first owner, list owners, make a link to choose a new password
    Admin(admin::Admin),
    #[command(long_about = help::BACKUP)]
    /// Write the whole database into one file, while the server runs
    Backup(backup::BackupOptions),
    #[command(long_about = help::RESTORE)]
    /// Put the content of a backup into an empty database
    Restore(backup::RestoreOptions),
    #[command(long_about = help::REHEARSE)]
    /// Try on this machine what a day with many candidates does to it
    Rehearse(rehearse::Options),
}

/// How a command ended, or why it could not do its work.
pub type Outcome = Result<ExitCode, Failure>;

/// Reads the command line and does it.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let is_server = matches!(arguments.command, Command::Serve(_));
    telemetry::start(if is_server { Detail::Server } else { Detail::Command });
    match perform(arguments) {
        Ok(code) => code,
        Err(failure) => {
            tracing::error!(cause = failure.cause(), "stopped");
            complain(&failure.to_string());
            ExitCode::FAILURE
        }
    }
}

fn perform(arguments: Arguments) -> Outcome {
    // Needs nothing that is configured.
    if let Command::Bank(bank) = &arguments.command
        && let Some(outcome) = bank::run(bank)
    {
        return outcome;
    }
    let config = arguments.config()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        match arguments.command {
            Command::Serve(options) => serve::run(config, &options).await,
            Command::Migrate => migrate::run(&config).await,
            Command::Doctor(options) => doctor::run(config, &options).await,
            Command::Verify(options) => verify::run(config, options).await,
            Command::Export(options) => export::run(config, options).await,
            Command::Bank(bank) => bank::run_in_house(config, bank).await,
            Command::Admin(admin) => admin::run(config, admin).await,
            Command::Backup(options) => backup::write(&config, &options).await,
            Command::Restore(options) => backup::restore(&config, &options).await,
            Command::Rehearse(options) => rehearse::run(config, &options).await,
        }
    })
}

impl Arguments {
    /// The environment, with what was typed above it.
    fn config(&self) -> Result<Config, ConfigError> {
        let data = self.data.to_string_lossy().into_owned();
        let listen = match &self.command {
            Command::Serve(options) => options.listen.clone(),
            _ => None,
        };
        let is_demo = matches!(&self.command, Command::Serve(options) if options.demo);
        Config::read(|name| match name {
            "TOUCHSTONE_DATA" => Some(data.clone()),
            "TOUCHSTONE_LISTEN" if listen.is_some() => listen.clone(),
            "TOUCHSTONE_DEMO" if is_demo => Some("1".to_owned()),
            _ => std::env::var(name).ok().filter(|value| !value.is_empty()),
        })
    }
}

/// Says something to the person who typed the command.
fn say(text: impl AsRef<str>) {
    // A reader that went away, as `head` does, is no reason to stop.
    let _nobody_reads = writeln!(std::io::stdout(), "{}", text.as_ref());
}

/// Says why the command could not do its work.
fn complain(text: &str) {
    let _nobody_reads = writeln!(std::io::stderr(), "{text}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn what_is_typed_stands_above_the_environment() {
        let typed = ["touchstone", "serve", "--listen", "127.0.0.1:81", "--data", "/d", "--demo"];
        let config = Arguments::try_parse_from(typed).expect("valid").config().expect("valid");
        assert_eq!(config.listen.port(), 81);
        assert_eq!(config.data, PathBuf::from("/d"));
        assert!(config.is_demo);
    }

    #[test]
    fn the_help_names_every_setting_of_the_server() {
        let help = Arguments::command().render_long_help().to_string();
        let known = include_str!("../config.rs");
        let mut count = 0;
        for piece in known.split("setting(\"").skip(1) {
            let name = piece.split('"').next().expect("a literal");
            assert!(help.contains(name), "{name} is not in --help");
            count += 1;
        }
        assert!(count > 10);
    }
}
