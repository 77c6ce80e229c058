//! What islands do once they are awake.

pub mod autosave;
pub mod check;
pub mod countdown;
pub mod live_form;

mod contest;
mod dom;
mod fields;
mod keep;
mod line;
mod marks;
mod order;
mod reading;
mod send;
mod shortcuts;
mod walk;
