//! The binary: reads the command line and starts what it asks for.

use std::process::ExitCode;

fn main() -> ExitCode {
    touchstone::cli::run()
}
