//! What islands do once they are awake.

pub mod autosave;
pub mod countdown;
pub mod live_form;

mod contest;
mod dom;
mod fields;
mod marks;
mod order;
mod send;
mod walk;
