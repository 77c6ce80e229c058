//! Results: the table of an assessment and the page of one attempt.

mod answers;
pub mod attempt;
mod beside;
mod events;
pub mod list;
pub mod mirror;
mod profile;
pub mod words;
