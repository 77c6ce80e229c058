//! The page of one attempt: score, profile, every answer beside its key, what happened.

use std::collections::BTreeMap;

use super::score::{Material, Versions, load};
use super::table::{Row, read};
use crate::catalog;
use crate::domain::access::{Action, Actor, Decision, decide};
use crate::domain::id::{AssessmentId, AttemptId, OrganisationId, SkillSlug};
use crate::domain::item::{Body, Key};
use crate::domain::response::{Fields, ResponseBody};
use crate::domain::result::{Outcome, Scored};
use crate::domain::time::Instant;
use crate::service::auth::allow_staff;
use crate::service::{Ctx, Refusal};
use crate::store::audit::{self, Entry};
use crate::store::board::{self, Board};
use crate::store::response::{self, Late};
use crate::store::result as rows;
use crate::store::tenant;
use crate::store::word::{self, Reply};

/// Events that a page shows at most; an attempt has a handful.
const EVENTS: i64 = 200;

/// One answer of the paper.
#[derive(Debug, Clone)]
pub struct Answer {
    /// What it earned.
    pub scored: Scored,
    /// What the candidate saw.
    pub body: Body,
    /// A title for lists, made of the item's name.
    pub title: String,
    /// What is right and why; none: this person may not see keys.
    pub key: Option<Key>,
    /// Ids of options as the candidate saw them.
    pub option_order: Vec<String>,
    /// What was answered.
    pub fields: Fields,
}

/// Everything on the page of one attempt.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// Of which assessment.
    pub assessment: AssessmentId,
    /// The assessment with its versions.
    pub board: Board,
    /// The line of the person.
    pub row: Row,
    /// Scores of the version in whole per cent.
    pub scores: Vec<u8>,
    /// The outcome; none: not scored yet, running or cancelled.
    pub outcome: Option<Outcome>,
    /// When it was computed, and as which revision.
    pub computed: Option<(i32, Instant)>,
    /// Every place of the paper; empty without an outcome.
    pub answers: Vec<Answer>,
    /// Text that came too late to count.
    pub late: Vec<Late>,
    /// What the candidate says to all this.
    pub replies: Vec<Reply>,
    /// What happened, oldest first.
    pub events: Vec<Entry>,
    /// Whether start, seconds and extra time may be shown.
    pub sees_times: bool,
}

/// One attempt of the organisation.
pub async fn open(ctx: &Ctx, actor: &Actor, attempt: AttemptId) -> Result<Sheet, Refusal> {
    let (_, organisation, _) = allow_staff(actor, Action::SeeResults)?;
    let sees_keys = decide(actor, Action::SeeItems) == Decision::Allow;
    let sees_times = decide(actor, Action::SeeAccommodations) == Decision::Allow;
    read_sheet(ctx, organisation, attempt, sees_keys, sees_times).await
}

/// The same for the candidate whose attempt it is: own times, no keys. The caller has proved whose it
/// is, and that the organisation shows it.
pub async fn open_own(
    ctx: &Ctx,
    organisation: OrganisationId,
    attempt: AttemptId,
) -> Result<Sheet, Refusal> {
    read_sheet(ctx, organisation, attempt, false, true).await
}

async fn read_sheet(
    ctx: &Ctx,
    organisation: OrganisationId,
    attempt: AttemptId,
    sees_keys: bool,
    sees_times: bool,
) -> Result<Sheet, Refusal> {
    let mut tx = tenant::begin(&ctx.pools.staff, organisation).await?;
    let assessment = board::find_assessment(&mut tx, attempt).await?.ok_or(Refusal::Hidden)?;
    let (board, all) = read(&mut tx, assessment).await?;
    let is_own = |row: &Row| row.line.attempt.as_ref().is_some_and(|run| run.id == attempt);
    let row = all.iter().find(|row| is_own(row)).cloned().ok_or(Refusal::Hidden)?;
    let scores = all
        .iter()
        .filter(|other| other.line.version == row.line.version)
        .filter_map(|other| other.range)
        .map(crate::domain::range::Range::percent)
        .collect();
    let is_scored = row.range.is_some();
    let stored = if is_scored { rows::find_current(&mut tx, attempt).await? } else { None };
    let outcome = stored.as_ref().map(|stored| stored.outcome(attempt)).transpose()?;
    let answers = match &outcome {
        Some(outcome) => {
            let material = load(&mut tx, attempt, &mut Versions::default()).await?;
            material.map(|material| answers(&material, outcome, sees_keys)).unwrap_or_default()
        }
        None => Vec::new(),
    };
    let late = response::list_late(&mut tx, attempt).await?;
    let mut events = audit::list(&mut tx, Some(row.line.invitation.uuid()), None, EVENTS).await?;
    events.extend(audit::list(&mut tx, Some(attempt.uuid()), None, EVENTS).await?);
    events.sort_by_key(|event| (event.happened_at, event.id));
    Ok(Sheet {
        assessment,
        board,
        row,
        scores,
        outcome,
        computed: stored.map(|stored| (stored.revision, stored.created_at)),
        answers,
        late,
        events,
        replies: word::list_replies(&mut tx, attempt).await?,
        sees_times,
    })
}

fn answers(material: &Material, outcome: &Outcome, sees_keys: bool) -> Vec<Answer> {
    let items: BTreeMap<_, _> =
        material.version.items.iter().map(|(id, item)| (*id, item)).collect();
    outcome
        .items
        .iter()
        .filter_map(|scored| {
            let place = material.paper.iter().find(|place| place.position == scored.position)?;
            let item = items.get(&place.item)?;
            let counted = material.log.iter().find(|logged| Some(logged.version) == scored.version);
            let fields = counted
                .and_then(|logged| serde_json::from_value::<ResponseBody>(logged.body.clone()).ok())
                .map(|body| body.raw)
                .unwrap_or_default();
            Some(Answer {
                scored: scored.clone(),
                body: item.body.clone(),
                title: item.facts.title(),
                key: sees_keys.then(|| item.key.clone()),
                option_order: place.option_order.clone(),
                fields,
            })
        })
        .collect()
}

/// The name of a skill on the screen; of one that the catalog has lost, its slug.
pub fn skill_name(slug: &SkillSlug) -> String {
    catalog::skill(slug).map_or_else(|| slug.to_string(), |skill| skill.name.clone())
}
