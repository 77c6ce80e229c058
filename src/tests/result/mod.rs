//! Scores, replays and files, over a published assessment with items of the shipped bank.

mod export;
mod scoring;
mod vectors;
mod verify;
mod world;
