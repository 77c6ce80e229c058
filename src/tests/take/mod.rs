//! The candidate's way through the whole server, as a browser without scripts and as an island.

pub mod browser;
mod devices;
mod journey;
mod leaks;
mod room;
mod saves;
mod sections;
mod staff;
mod world;
