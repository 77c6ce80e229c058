//! Inviting, on a real database.

mod acts;
mod send;
pub mod world;
