//! Saving one change, and flagging.

use std::sync::Arc;

use serde_json::Value;

use super::sitting::fields;
use super::{Bearer, Clock, Move, Visit, at_door, read_move, view};
use crate::domain::control::{Choice, Control};
use crate::domain::id::{AttemptId, SaveId};
use crate::domain::item::Body;
use crate::domain::response::{Completeness, Fields, Reading, Response};
use crate::domain::time::Instant;
use crate::service::{Ctx, Refusal};
use crate::store::door::Saved;
use crate::store::response;

/// One changed answer.
#[derive(Debug, Clone)]
pub struct Change {
    /// Place in the paper.
    pub position: u16,
    /// The version that the change was made on; 0 when there was none.
    pub base: i64,
    /// Names the save; sent again it gets its first answer.
    pub save: SaveId,
    /// The fields of the question, buttons included.
    pub fields: Fields,
}

/// What came of a change.
#[derive(Debug, Clone)]
pub enum Saving {
    /// It is in the log.
    Saved {
        /// Its number in the log.
        version: i64,
        /// When it arrived.
        at: Instant,
        /// After the end, inside the grace.
        is_late: bool,
        /// How far the answer is.
        completeness: Completeness,
        /// The clock.
        clock: Option<Clock>,
    },
    /// Another window saved this question after the page was drawn.
    Stale {
        /// Version to build on.
        version: i64,
        /// What is at the server.
        theirs: Fields,
        /// The same in words.
        words: String,
    },
    /// The text is kept, but does not count.
    Kept(Kept),
    /// The name of the save was used for something else before.
    Reused,
}

/// Why a text does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// The time is over.
    Late,
    /// Handed in, or ended by staff.
    Finished,
    /// Another device works on the attempt.
    OtherDevice,
    /// The section was left, or its time is over.
    SectionClosed,
}

impl Kept {
    /// The name of the banner that tells it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::Finished => "finished",
            Self::OtherDevice => "other-device",
            Self::SectionClosed => "section-closed",
        }
    }
}

/// Saves one change: one statement, one decision, one row.
pub async fn save(
    ctx: &Ctx,
    bearer: Bearer,
    attempt: AttemptId,
    change: Change,
) -> Result<Saving, Refusal> {
    let question = match ctx.shelf.find(attempt, change.position) {
        Some(question) => Some(question),
        None => question(ctx, bearer, attempt, change.position).await?,
    };
    save_read(ctx, bearer, attempt, change, question.as_deref()).await
}

/// As [`save`], when the question is at hand.
pub(super) async fn save_read(
    ctx: &Ctx,
    bearer: Bearer,
    attempt: AttemptId,
    change: Change,
    question: Option<&Body>,
) -> Result<Saving, Refusal> {
    let Change { position, base, save, fields: sent } = change;
    let reading = read(question, &sent);
    let completeness = reading.completeness;
    let body = stored(&reading)?;
    let answer = at_door(ctx, move |mut conn| async move {
        let change = response::Change {
            position: i32::from(position),
            base_version: base,
            save,
            body: &body,
        };
        Ok(response::save(&mut conn, &bearer.session, attempt, change).await?)
    })
    .await?;
    Ok(match answer.outcome {
        Saved::Saved { version, received_at, is_late } => {
            Saving::Saved { version, at: received_at, is_late, completeness, clock: answer.clock }
        }
        Saved::Stale { version, body, .. } => {
            let theirs = fields(body);
            let words = question.map_or_else(String::new, |body| words(body, &theirs));
            Saving::Stale { version, theirs, words }
        }
        Saved::Late => Saving::Kept(Kept::Late),
        Saved::Finished => Saving::Kept(Kept::Finished),
        Saved::OtherDevice => Saving::Kept(Kept::OtherDevice),
        Saved::SectionClosed => Saving::Kept(Kept::SectionClosed),
        Saved::Reused => Saving::Reused,
        Saved::NotOpen => return Err(Refusal::Conflict("question-not-open")),
        Saved::TooBig => return Err(Refusal::field("answer", "too-long")),
        Saved::NoPosition | Saved::Unknown => return Err(Refusal::Hidden),
    })
}

/// Marks a question to come back to, or takes the mark away.
pub async fn flag(
    ctx: &Ctx,
    bearer: Bearer,
    attempt: AttemptId,
    position: u16,
    is_flagged: bool,
) -> Result<Move, Refusal> {
    let answer = at_door(ctx, move |mut conn| async move {
        let position = i32::from(position);
        Ok(response::flag(&mut conn, &bearer.session, attempt, position, is_flagged).await?)
    })
    .await?;
    read_move(answer.outcome)
}

/// The question at a place, for a paper that is not on the shelf. None when it is not open.
async fn question(
    ctx: &Ctx,
    bearer: Bearer,
    attempt: AttemptId,
    position: u16,
) -> Result<Option<Arc<Body>>, Refusal> {
    match view(ctx, bearer).await? {
        Visit::Open(_) => Ok(ctx.shelf.find(attempt, position)),
        Visit::Closed(_) => Err(Refusal::Hidden),
    }
}

/// What fields mean. Without the question nothing is lost: they are kept as they came.
pub(super) fn read(question: Option<&Body>, sent: &Fields) -> Reading {
    match question {
        Some(body) => body.interaction.read(sent),
        None if sent.is_empty() => Reading::blank(),
        None => Reading {
            fields: sent.clone(),
            response: Response::Unreadable,
            completeness: Completeness::Incomplete,
        },
    }
}

/// The form that is saved; an answer that was taken back is `null`.
fn stored(reading: &Reading) -> Result<Value, Refusal> {
    if reading.completeness == Completeness::Blank {
        return Ok(Value::Null);
    }
    serde_json::to_value(reading.body()).map_err(|cause| Refusal::Internal(cause.to_string()))
}

/// An answer in the words of its question.
pub(super) fn words(body: &Body, saved: &Fields) -> String {
    let controls = body.interaction.controls(&[]);
    let mut choices: Vec<&Choice> = Vec::new();
    for control in &controls {
        match control {
            Control::OneOf { choices: some, .. }
            | Control::ManyOf { choices: some, .. }
            | Control::BestWorst { choices: some, .. }
            | Control::Order { steps: some } => choices.extend(some),
            Control::Exhibit { .. } | Control::Number { .. } | Control::Rating { .. } => {}
        }
    }
    let text = |id: &String| {
        choices
            .iter()
            .find(|choice| choice.id == *id)
            .map_or_else(|| id.clone(), |choice| choice.text.clone())
    };
    let list = |ids: &[String]| ids.iter().map(&text).collect::<Vec<_>>().join("; ");
    let spoken = |response: &Response| match response {
        Response::Choice(id) => text(id),
        Response::Choices(ids) => list(ids),
        Response::Order(ids) => {
            let steps = ids.iter().zip(1..).map(|(id, place)| format!("{place}. {}", text(id)));
            steps.collect::<Vec<_>>().join("; ")
        }
        other => other.summary(),
    };
    match &body.interaction.read(saved).response {
        Response::Parts(parts) => parts
            .values()
            .map(&spoken)
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("; "),
        response => spoken(response),
    }
}
