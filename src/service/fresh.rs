//! The one source of what cannot be foretold: ids and secrets. A test or a replay never asks it.
#![expect(clippy::disallowed_methods, reason = "this is the source that everybody else asks")]

use uuid::Uuid;

/// A new id; later ids sort later.
pub fn id() -> Uuid {
    Uuid::now_v7()
}

/// A new id that says nothing about when it was made.
pub fn opaque_id() -> Uuid {
    Uuid::new_v4()
}

/// Fills bytes from the system's generator.
pub fn fill(bytes: &mut [u8]) -> Result<(), getrandom::Error> {
    getrandom::fill(bytes)
}
