//! What islands do once they are awake.

pub mod autosave;
pub mod countdown;

mod contest;
mod dom;
mod fields;
mod marks;
mod order;
mod send;
mod walk;
