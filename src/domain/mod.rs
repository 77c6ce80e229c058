//! # `domain`: the pure rules
//!
//! **Holds** what Touchstone means: who may do what, how an item is answered and scored, how a
//! paper is drawn, when an attempt ends, what a result says. Every rule stands here once.
//!
//! **May touch** `serde`, `serde_json`, `sha2`, `thiserror` and `uuid`. It is in all three builds.
//!
//! **Never belongs here**: async, a clock, randomness, `cfg`, SQL, HTML, sentences for people, floats
//! in anything that becomes a score. A rule takes `now` and seeds as arguments.
//!
//! **The backbone**: [`paper`] selects, [`interaction`] with [`control`] presents, [`interaction`]
//! turns a [`response`] into evidence, [`scoring`] turns evidence into credit, [`result`] adds up.
//! Interactions and scoring rules meet only in [`scoring::Evidence`].
//!
//! **To add** an interaction: one file below `interaction/` and one line in its `mod.rs`. A scoring
//! rule: one file below `scoring/` and one variant. A permission: one row in [`access`]. A CSV
//! column: one line at the end of its list in [`report`].
//!
//! A type that must not reach the browser does not implement `Serialize`: keys and item facts have
//! private stored forms instead.

pub mod access;
pub mod account;
pub mod allocation;
pub mod assessment;
mod assessment_check;
pub mod attempt;
mod attempt_door;
pub mod bank;
pub mod bank_review;
pub mod bank_search;
pub mod blueprint;
pub mod clean;
pub mod control;
pub mod dice;
pub mod diff;
pub mod exposure;
pub mod guest_list;
pub mod id;
pub mod interaction;
pub mod invitation;
pub mod item;
pub mod item_figures;
pub mod lint;
pub mod number;
pub mod paper;
pub mod range;
pub mod receipt;
pub mod report;
mod report_columns;
pub mod response;
pub mod result;
pub mod scoring;
pub mod selection;
pub mod similarity;
pub mod skill;
pub mod time;
pub mod timing;
pub mod totals;
