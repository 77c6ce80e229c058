//! Inviting, on a real database.

mod acts;
mod send;
mod world;
