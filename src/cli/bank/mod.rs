//! `touchstone bank`: the tools that keep the item bank honest, which need no database, and an
//! organisation's own items as files.

mod coverage;
mod files;
mod lint;
mod own;
mod stats;

use clap::{Subcommand, ValueEnum};

use super::{Outcome, help};
use crate::config::Config;

/// What is done with the bank.
#[derive(Debug, Subcommand)]
pub enum Bank {
    #[command(long_about = help::BANK_LINT)]
    /// Check items against the rules of good questions
    Lint(lint::Options),
    #[command(long_about = help::BANK_STATS)]
    /// Count items, exposure, positions and lengths of keys, reading load
    Stats(stats::Options),
    #[command(long_about = help::BANK_COVERAGE)]
    /// Follow every topic of the source articles to skills and items
    Coverage(coverage::Options),
    #[command(long_about = help::BANK_IMPORT)]
    /// Put a folder of item files into an organisation's own bank
    Import(own::Import),
    #[command(long_about = help::BANK_EXPORT)]
    /// Write an organisation's own items as files, byte for byte as they were written
    Export(own::Export),
}

/// For whom it is printed.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// People
    Text,
    /// Programs
    Json,
}

/// Does what needs nothing that is configured; none: it needs the house.
pub fn run(bank: &Bank) -> Option<Outcome> {
    match bank {
        Bank::Lint(options) => Some(lint::run(options)),
        Bank::Stats(options) => Some(Ok(stats::run(options))),
        Bank::Coverage(options) => Some(Ok(coverage::run(options))),
        Bank::Import(_) | Bank::Export(_) => None,
    }
}

/// Does any of them in a house.
pub async fn run_in_house(config: Config, bank: Bank) -> Outcome {
    match bank {
        Bank::Import(options) => own::import(config, options).await,
        Bank::Export(options) => own::export(config, options).await,
        other => run(&other).unwrap_or(Ok(std::process::ExitCode::SUCCESS)),
    }
}
