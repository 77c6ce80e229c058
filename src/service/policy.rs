//! What an organisation has settled about its candidates: what they see afterwards, and how much time
//! their own line may cost.

use crate::domain::access::{Action, Actor};
use crate::service::auth::allow_staff;
use crate::service::error::FieldError;
use crate::service::{Ctx, Refusal, audit};
use crate::store::policy as rows;
use crate::store::tenant;

pub use crate::store::policy::Policy;

/// What a candidate may see after the end.
pub const SEES: [&str; 3] = ["receipt", "result", "mirror"];
/// Most minutes for the own line.
const MOST_MINUTES: i32 = 120;
/// Most minutes of a break.
const MOST_BREAK: i32 = 60;

/// The settings as they were typed.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// One of [`SEES`].
    pub sees: String,
    /// Minutes for the own line.
    pub line: String,
    /// Minutes of a break between sections.
    pub rest: String,
}

/// The settings of the actor's organisation.
pub async fn find(ctx: &Ctx, actor: &Actor) -> Result<Policy, Refusal> {
    let (_, organisation, _) = allow_staff(actor, Action::SeePeople)?;
    let mut tx = tenant::begin(&ctx.pools.staff, organisation).await?;
    Ok(rows::find(&mut tx, organisation).await?)
}

/// Changes them; for attempts that run, from now on.
pub async fn change(ctx: &Ctx, actor: &Actor, wanted: &Wanted) -> Result<(), Refusal> {
    let Wanted { sees, line, rest } = wanted;
    let (by, organisation, _) = allow_staff(actor, Action::ChangePeople)?;
    let mut problems = Vec::new();
    if !SEES.contains(&sees.as_str()) {
        problems.push(FieldError::new("sees", "required"));
    }
    let mut read = |field: &'static str, text: &str, most: i32| {
        let minutes = text.trim().parse().ok().filter(|minutes| (0..=most).contains(minutes));
        if minutes.is_none() {
            problems.push(FieldError::new(field, "minutes-range").with("most", most));
        }
        minutes.unwrap_or(0) * 60
    };
    let policy = Policy {
        candidate_sees: sees.clone(),
        line_credit_seconds: read("line", line, MOST_MINUTES),
        break_seconds: read("rest", rest, MOST_BREAK),
    };
    if !problems.is_empty() {
        return Err(Refusal::Invalid(problems));
    }
    let work = ctx.clone();
    ctx.detached(async move {
        let mut tx = tenant::begin(&work.pools.staff, organisation).await?;
        rows::update(&mut tx, organisation, &policy).await?;
        let (verb, id) = ("organisation.policy_changed", organisation.uuid());
        audit::about(&mut tx, organisation, by, verb, "organisation", id).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}
