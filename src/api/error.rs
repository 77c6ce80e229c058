//! What may travel when a door says no: a code, never a message from inside.

use serde::{Deserialize, Serialize};
use server_fn::codec::JsonEncoding;
use server_fn::error::{FromServerFnError, ServerFnErrorErr};

/// The refusals that an island can meet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ApiError {
    /// The session has ended.
    Unauthenticated,
    /// Not allowed.
    Forbidden,
    /// Not there, or not for this person.
    Hidden,
    /// The command cannot be read; the code of the field says why.
    Invalid(String),
    /// The state does not allow it (any more).
    Conflict(String),
    /// Too many tries.
    Busy,
    /// The database cannot be reached for the moment.
    Unavailable,
    /// A fault of the server, or an answer that is not ours.
    Internal,
}

impl FromServerFnError for ApiError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(value: ServerFnErrorErr) -> Self {
        match value {
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Deserialization(_) => Self::Invalid("unreadable".to_owned()),
            _ => Self::Internal,
        }
    }
}
