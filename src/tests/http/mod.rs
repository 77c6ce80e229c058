//! What every answer and every door has in common.

mod connections;
mod faults;
mod headers;
mod origins;
