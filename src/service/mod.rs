//! # What the house can do
//!
//! Holds one function per thing that a person can ask for: authorise, load, decide (in `domain`),
//! save, in one transaction. May touch `domain`, `catalog`, `store` and `text` (for mails). Never
//! holds SQL, HTML or HTTP words.
//!
//! **One more ability**: a verb in `<subject>.rs` that takes [`Ctx`], the actor and a command. Its
//! first line authorises; a write runs inside [`Ctx::detached`].

pub mod account;
pub mod assessment;
pub mod attempt;
pub mod audit;
pub mod auth;
pub mod bank;
pub mod context;
pub mod demo;
pub mod desk;
pub mod doctor;
pub mod error;
pub mod export;
pub mod fresh;
pub mod health;
pub mod invitation;
pub mod limiter;
pub mod mailer;
pub mod operator;
pub mod outbox;
pub mod overdue;
pub mod password;
pub mod policy;
pub mod result;
pub mod secret;
pub mod upkeep;

pub use context::Ctx;
pub use error::{FieldError, Refusal};
