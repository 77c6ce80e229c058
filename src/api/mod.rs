//! # The write doors of islands
//!
//! Holds server functions with fixed paths below `/do/`: who is asking, build the command, call one
//! service function, map the refusal to a code. May touch `domain`; bodies and the desk behind
//! them may touch `service`, `http` for the session and `text` for moments. Never holds SQL, rules
//! or loops of business logic.
//!
//! **One more door**: a server function in `<subject>.rs` and a line in [`doors`] with its action.

pub mod attempt;
pub mod error;

#[cfg(feature = "ssr")]
pub mod context;
#[cfg(feature = "ssr")]
mod desk;
#[cfg(feature = "ssr")]
mod stream;

#[cfg(feature = "ssr")]
pub use context::doors;
