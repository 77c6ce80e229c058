//! Why a service said no: one type for all doors.
#![expect(clippy::needless_pass_by_value, reason = "callers hand over what they do not need again")]

use crate::store::StoreError;

/// One field that was refused, with a code and what the sentence needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// Name of the field in the form, such as `section.2.minutes`.
    pub field: String,
    /// Key of the sentence.
    pub code: &'static str,
    /// Arguments of the sentence.
    pub args: Vec<(&'static str, String)>,
}

impl FieldError {
    /// A refused field whose sentence needs nothing.
    pub fn new(field: impl Into<String>, code: &'static str) -> Self {
        Self { field: field.into(), code, args: Vec::new() }
    }

    /// Adds an argument of the sentence.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}

/// A refusal. What a person may not know about is [`Refusal::Hidden`] and looks like nothing there.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Refusal {
    /// Nobody is signed in, or the session has ended.
    #[error("not signed in")]
    Unauthenticated,
    /// Signed in, but the role does not allow it.
    #[error("forbidden")]
    Forbidden,
    /// There is nothing here for this person.
    #[error("hidden")]
    Hidden,
    /// Fields that must be mended.
    #[error("invalid: {0:?}")]
    Invalid(Vec<FieldError>),
    /// The state does not allow it (any more); the code says why.
    #[error("conflict: {0}")]
    Conflict(&'static str),
    /// Too many tries; again after this many seconds.
    #[error("too many tries")]
    Busy {
        /// Seconds to wait.
        retry_after: u64,
    },
    /// The database cannot be reached for the moment: the same request may succeed soon.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// A fault of ours. The cause is for the log.
    #[error("internal: {0}")]
    Internal(String),
}

impl Refusal {
    /// One refused field.
    pub fn field(field: impl Into<String>, code: &'static str) -> Self {
        Self::Invalid(vec![FieldError::new(field, code)])
    }
}

impl From<StoreError> for Refusal {
    fn from(cause: StoreError) -> Self {
        match cause {
            StoreError::Missing(_) => Self::Hidden,
            cause if cause.is_outage() => Self::Unavailable(cause.to_string()),
            cause => Self::Internal(cause.to_string()),
        }
    }
}

impl From<sqlx::Error> for Refusal {
    fn from(cause: sqlx::Error) -> Self {
        StoreError::from(cause).into()
    }
}
