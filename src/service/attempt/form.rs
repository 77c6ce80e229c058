//! Saving the whole form of a section, as a page without scripts posts it.
#![expect(clippy::format_collect, reason = "a hash has 32 bytes")]

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::save::{Kept, read, save_read};
use super::{Bearer, Change, Place, Saving, Sitting, flag};
use crate::domain::clean::Cleaned;
use crate::domain::control::field;
use crate::domain::id::{AttemptId, SaveId};
use crate::domain::item::Body;
use crate::domain::response::Fields;
use crate::service::{Ctx, Refusal};

/// One question of a posted form.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// The version that the page was drawn with.
    pub base: i64,
    /// The name of the save that the page was drawn with.
    pub save: Option<SaveId>,
    /// The mark of what the page was drawn with; none when the browser has saved since then.
    pub was: Option<String>,
    /// Whether the page was drawn flagged.
    pub was_flagged: bool,
    /// Whether it is flagged now.
    pub is_flagged: bool,
    /// The fields, buttons included.
    pub fields: Vec<(String, String)>,
}

/// A posted form, by place.
pub type Form = BTreeMap<u16, Answer>;

/// A question that two windows changed.
#[derive(Debug, Clone)]
pub struct Contest {
    /// What was typed here.
    pub mine: Fields,
    /// What is at the server, in words; empty when the answer was taken back.
    pub words: String,
}

/// What came of a form.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Places whose change was saved.
    pub saved: Vec<u16>,
    /// Places that another window changed first.
    pub contested: BTreeMap<u16, Contest>,
    /// Places with a text that is longer than an answer may be.
    pub too_long: Vec<u16>,
    /// Why the texts do not count, if they do not.
    pub kept: Option<Kept>,
    /// Whether a character had to be replaced.
    pub was_cleaned: bool,
}

impl Outcome {
    /// Whether everything that was posted is an answer now.
    pub fn is_complete(&self) -> bool {
        self.contested.is_empty() && self.too_long.is_empty() && self.kept.is_none()
    }
}

/// Saves what changed since the page was drawn.
pub async fn save_form(
    ctx: &Ctx,
    bearer: Bearer,
    sitting: &Sitting,
    form: Form,
) -> Result<Outcome, Refusal> {
    let run = sitting.run.as_ref().ok_or(Refusal::Hidden)?;
    let mut outcome = Outcome::default();
    for (position, answer) in form {
        let Some(place) = sitting.place(position) else { return Err(Refusal::Hidden) };
        if answer.is_flagged != answer.was_flagged && answer.is_flagged != place.is_flagged {
            flag(ctx, bearer, run.attempt_id, position, answer.is_flagged).await?;
        }
        let Ok(Cleaned { value: sent, was_changed }) =
            Fields::accept(answer.fields.iter().map(|(name, value)| (name, value)))
        else {
            outcome.too_long.push(position);
            continue;
        };
        outcome.was_cleaned |= was_changed;
        // A question that is closed by now is not in the page any more, but it was shown.
        let shown = ctx.shelf.find(run.attempt_id, position);
        let question = place.question.as_ref().map(|question| &question.body).or(shown.as_deref());
        let Some(change) = changed(place, question, &answer, sent) else { continue };
        let mine = change.fields.clone();
        match save_once(ctx, bearer, run.attempt_id, change, question).await? {
            Saving::Saved { .. } => outcome.saved.push(position),
            Saving::Stale { theirs, .. } if theirs == read(question, &mine).fields => {}
            Saving::Stale { words, .. } => {
                let mine = read(question, &mine).fields;
                outcome.contested.insert(position, Contest { mine, words });
            }
            Saving::Kept(why) => outcome.kept = Some(why),
            Saving::Reused => return Err(Refusal::Conflict("save-reused")),
        }
    }
    Ok(outcome)
}

/// The change of a question, if there is one.
fn changed(
    place: &Place,
    question: Option<&Body>,
    answer: &Answer,
    sent: Fields,
) -> Option<Change> {
    let is_pressed =
        [field::MOVE, field::KEEP, field::CLEAR].into_iter().any(|name| sent.has(name));
    let reading = read(question, &sent);
    let current = place.question.as_ref().map(|question| &question.fields);
    let is_same = current == Some(&reading.fields) && place.version >= answer.base;
    let is_untouched = answer.was.as_deref() == Some(mark(&reading.fields).as_str());
    if is_same || (is_untouched && !is_pressed) {
        return None;
    }
    let save = answer.save.unwrap_or_else(fresh);
    Some(Change { position: place.position, base: answer.base, save, fields: sent })
}

/// A page that was posted, changed after Back and posted again carries a name that was used: the
/// second text gets a name of its own.
async fn save_once(
    ctx: &Ctx,
    bearer: Bearer,
    attempt: AttemptId,
    mut change: Change,
    question: Option<&Body>,
) -> Result<Saving, Refusal> {
    let saving = save_read(ctx, bearer, attempt, change.clone(), question).await?;
    if matches!(saving, Saving::Reused) {
        change.save = fresh();
        return save_read(ctx, bearer, attempt, change, question).await;
    }
    Ok(saving)
}

fn fresh() -> SaveId {
    SaveId::new(crate::service::fresh::opaque_id())
}

/// A short mark of an answer, so that a page can say what it was drawn with.
pub fn mark(fields: &Fields) -> String {
    let mut hash = Sha256::new();
    for (name, values) in &fields.0 {
        for value in values {
            hash.update(name.as_bytes());
            hash.update([0]);
            hash.update(value.as_bytes());
            hash.update([1]);
        }
    }
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
