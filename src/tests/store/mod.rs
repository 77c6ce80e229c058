//! The store and the database below it.

mod agreement;
mod clock;
mod desk;
mod door;
mod guards;
mod people;
mod pool;
mod race;
mod rights;
mod roles;
pub mod world;
