//! `touchstone bank`: the tools that keep the item bank honest. They need no database.

mod coverage;
mod files;
mod lint;
mod stats;

use clap::{Subcommand, ValueEnum};

use super::{Outcome, help};

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
}

/// For whom it is printed.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// People
    Text,
    /// Programs
    Json,
}

/// Does it.
pub fn run(bank: &Bank) -> Outcome {
    match bank {
        Bank::Lint(options) => lint::run(options),
        Bank::Stats(options) => Ok(stats::run(options)),
        Bank::Coverage(options) => Ok(coverage::run(options)),
    }
}
