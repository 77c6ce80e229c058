//! What the candidate's page says while somebody works: this changed, this is flagged, what time is it?

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::{Json, JsonEncoding};
use server_fn::error::{FromServerFnError, ServerFnErrorErr};

use super::error::ApiError;
#[cfg(feature = "ssr")]
use super::{context, desk};
use crate::domain::id::{AttemptId, InvitationId, SaveId};
use crate::domain::response::Completeness;

/// The named values of one question, as a form would post them.
pub type Fields = Vec<(String, String)>;

/// One changed answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// Whose page it is; the session's cookie proves it.
    pub invitation: InvitationId,
    /// The attempt that the page was drawn for.
    pub attempt: AttemptId,
    /// Which question of the paper.
    pub position: u16,
    /// The version that the change was made on; 0 when there was none.
    pub base: i64,
    /// Names the save. Sent again it gets its first answer.
    pub save: SaveId,
    /// The content.
    pub fields: Fields,
}

/// A question to come back to, or not any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FlagChange {
    /// Whose page it is.
    pub invitation: InvitationId,
    /// The attempt that the page was drawn for.
    pub attempt: AttemptId,
    /// Which question of the paper.
    pub position: u16,
    /// Wanted state.
    pub is_flagged: bool,
}

/// What the server's clock says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockState {
    /// Milliseconds until the end that comes first; none without a limit.
    pub left: Option<i64>,
    /// That end as words, in the page's time zone.
    pub ends: Option<String>,
    /// Why this page may not write any more; none while it may.
    pub closed: Option<String>,
}

/// The acknowledgement. Only this makes an answer "saved".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// The answer's number in the attempt's log.
    pub version: i64,
    /// When it arrived, as words in the page's time zone.
    pub at: String,
    /// How much of the question is answered now.
    pub state: Completeness,
    /// Whether it arrived after the end, inside the grace.
    pub is_late: bool,
    /// The clock.
    pub clock: ClockState,
}

/// What is at the server when another window was first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Newer {
    /// Version to build on.
    pub version: i64,
    /// The values, to take them over.
    pub fields: Fields,
    /// The same in words, to show them.
    pub summary: String,
}

/// Why a change did not become an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SaveRefusal {
    /// Another window saved this question after the page was drawn.
    Stale(Newer),
    /// Kept, but not as an answer: the time is over, or another device works on it. The code says which.
    Kept(String),
    /// Any other refusal.
    Other(ApiError),
}

impl From<ApiError> for SaveRefusal {
    fn from(error: ApiError) -> Self {
        Self::Other(error)
    }
}

impl FromServerFnError for SaveRefusal {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(value: ServerFnErrorErr) -> Self {
        Self::Other(ApiError::from_server_fn_error(value))
    }

    #[cfg(feature = "ssr")]
    fn status_code(&self) -> axum::http::StatusCode {
        match self {
            Self::Stale(_) | Self::Kept(_) => axum::http::StatusCode::CONFLICT,
            Self::Other(error) => context::status(error),
        }
    }
}

/// Saves one changed answer.
#[server(prefix = "/do", endpoint = "save", input = Json)]
pub async fn save(
    /// What changed.
    change: Change,
) -> Result<Saved, SaveRefusal> {
    use crate::service::attempt;

    let (ctx, bearer) = desk::bearer(change.invitation)?;
    let attempt = change.attempt;
    let command = desk::read_change(change)?;
    let saving = attempt::save(&ctx, bearer, attempt, command).await.map_err(ApiError::from)?;
    desk::told(&ctx, attempt, saving)
}

/// Marks a question, or takes the mark away.
#[server(prefix = "/do", endpoint = "flag", input = Json)]
pub async fn flag(
    /// What changed.
    change: FlagChange,
) -> Result<(), ApiError> {
    use crate::service::attempt::{self, Move};

    let (ctx, bearer) = desk::bearer(change.invitation)?;
    let FlagChange { attempt, position, is_flagged, .. } = change;
    match attempt::flag(&ctx, bearer, attempt, position, is_flagged).await? {
        Move::Done => Ok(()),
        Move::Stays => Err(ApiError::Conflict("question-not-open".to_owned())),
    }
}

/// What a browser found out about itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checkup {
    /// Answers can be kept on the device.
    pub is_kept: bool,
    /// Milliseconds to the server and back; 0 while it is not known.
    pub trip: i64,
    /// Milliseconds that the device's clock is ahead.
    pub skew: i64,
    /// IANA name of the device's time zone.
    pub zone: String,
}

/// What the server says to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// Its time, in milliseconds since 1970.
    pub now: i64,
    /// The last moment to start, in the device's zone; empty when that is not known.
    pub deadline: String,
}

/// Stores what a browser found out about itself before the start.
#[server(prefix = "/do", endpoint = "check", input = Json)]
pub async fn check(
    /// Whose page it is.
    invitation: InvitationId,
    /// What was found.
    checkup: Checkup,
) -> Result<Checked, ApiError> {
    let (ctx, bearer) = desk::bearer(invitation)?;
    desk::check(&ctx, bearer, checkup).await
}

/// The line of this page was down; what the organisation allows is given back.
#[server(prefix = "/do", endpoint = "line", input = Json)]
pub async fn line(
    /// Whose page it is.
    invitation: InvitationId,
    /// The attempt that the page was drawn for.
    attempt: AttemptId,
    /// How long, by the browser's monotonic clock.
    milliseconds: i64,
) -> Result<ClockState, ApiError> {
    use crate::service::attempt;

    let (ctx, bearer) = desk::bearer(invitation)?;
    attempt::line(&ctx, bearer, attempt, milliseconds).await?;
    Ok(desk::clock_of(&attempt::clock(&ctx, bearer).await?))
}

/// What the server's clock says about this page.
#[server(prefix = "/do", endpoint = "clock", input = Json)]
pub async fn clock(
    /// Whose page it is.
    invitation: InvitationId,
) -> Result<ClockState, ApiError> {
    use crate::service::attempt;

    let (ctx, bearer) = desk::bearer(invitation)?;
    Ok(desk::clock_of(&attempt::clock(&ctx, bearer).await?))
}
