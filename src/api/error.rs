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
    /// The house cannot answer now; the same command may be sent again.
    Unavailable,
    /// A fault of the server.
    Internal,
    /// Only seen in the browser: no answer, or one that is not ours (a hotel's sign-in page, a proxy).
    Unreachable,
}

impl ApiError {
    /// Whether the same command, sent again, can succeed.
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Busy | Self::Unavailable | Self::Internal | Self::Unreachable)
    }
}

impl FromServerFnError for ApiError {
    type Encoder = JsonEncoding;

    /// What the transport has to say. What cannot be read is the sender's fault on the server, and
    /// somebody else's answer in the browser.
    fn from_server_fn_error(value: ServerFnErrorErr) -> Self {
        match value {
            _ if cfg!(feature = "hydrate") => Self::Unreachable,
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Deserialization(_) => Self::Invalid("unreadable".to_owned()),
            _ => Self::Internal,
        }
    }

    #[cfg(feature = "ssr")]
    fn status_code(&self) -> axum::http::StatusCode {
        super::context::status(self)
    }
}
