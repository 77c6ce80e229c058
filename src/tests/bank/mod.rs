//! The organisation's own items: who may do what with them, files in and out, papers that hold them.

mod draw;
mod files;
mod guards;
mod pages;
pub mod world;
