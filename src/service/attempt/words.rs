//! Words around the attempt: a problem with a question, the system check, the mirror and the reply.

use serde_json::Value;

use super::{Bearer, Move, at_door, read_move};
use crate::domain::clean;
use crate::domain::id::AttemptId;
use crate::domain::interaction::Kind;
use crate::domain::time::Instant;
use crate::service::result::{self, Sheet};
use crate::service::{Ctx, Refusal, fresh};
use crate::store::word;

/// What can be wrong with a question.
pub const PROBLEMS: [&str; 4] = ["unclear", "wrong", "display", "other"];
/// The longest words about a problem.
pub const PROBLEM_LENGTH: usize = 2_000;
/// The longest reply.
pub const REPLY_LENGTH: usize = 4_000;

/// Tells a problem with a question; the clock goes on.
pub async fn report(
    ctx: &Ctx,
    bearer: Bearer,
    attempt: AttemptId,
    position: u16,
    kind: &str,
    words: &str,
) -> Result<Move, Refusal> {
    let Some(kind) = PROBLEMS.into_iter().find(|known| *known == kind) else {
        return Err(Refusal::field("problem", "required"));
    };
    let words: String = clean::text(words).value.chars().take(PROBLEM_LENGTH).collect();
    let id = fresh::id();
    let answer = at_door(ctx, move |mut conn| async move {
        let position = i32::from(position);
        Ok(word::report(&mut conn, &bearer.session, attempt, position, id, kind, &words).await?)
    })
    .await?;
    read_move(answer.outcome)
}

/// The kinds of question in this person's paper, in the order of the domain.
pub async fn kinds(ctx: &Ctx, bearer: Bearer) -> Result<Vec<Kind>, Refusal> {
    let names = at_door(ctx, move |mut conn| async move {
        Ok(word::list_kinds(&mut conn, &bearer.session, bearer.invitation).await?)
    })
    .await?;
    Ok(Kind::ALL
        .iter()
        .copied()
        .filter(|kind| names.iter().any(|name| kind.as_str() == name))
        .collect())
}

/// Keeps what the browser could do before the start. The answer is the database's time.
pub async fn check(ctx: &Ctx, bearer: Bearer, facts: Value) -> Result<Instant, Refusal> {
    let now = at_door(ctx, move |mut conn| async move {
        Ok(word::check(&mut conn, &bearer.session, bearer.invitation, &facts).await?)
    })
    .await?;
    now.ok_or(Refusal::Hidden)
}

/// What somebody may see of the own attempt after its end.
#[derive(Debug)]
pub enum Mirror {
    /// The receipt is all.
    Receipt,
    /// The result by skill, once it is there.
    Result(Box<Sheet>),
    /// All that reviewers see about this person.
    All(Box<Sheet>),
}

/// Whether there is more to see than the receipt.
pub async fn may_see(ctx: &Ctx, bearer: Bearer) -> Result<bool, Refusal> {
    let mut conn = ctx.pools.scorer.acquire().await?;
    let found = word::find_mirror(&mut conn, &bearer.session, bearer.invitation).await?;
    Ok(found.is_some_and(|(_, _, sees)| sees != "receipt"))
}

/// What the organisation shows to this person.
pub async fn mirror(ctx: &Ctx, bearer: Bearer) -> Result<Mirror, Refusal> {
    let mut conn = ctx.pools.scorer.acquire().await?;
    let found = word::find_mirror(&mut conn, &bearer.session, bearer.invitation).await?;
    drop(conn);
    let Some((organisation, attempt, sees)) = found else { return Ok(Mirror::Receipt) };
    Ok(match sees.as_str() {
        "result" => Mirror::Result(Box::new(result::open_own(ctx, organisation, attempt).await?)),
        "mirror" => Mirror::All(Box::new(result::open_own(ctx, organisation, attempt).await?)),
        _ => Mirror::Receipt,
    })
}

/// Says something to what reviewers see.
pub async fn reply(
    ctx: &Ctx,
    bearer: Bearer,
    attempt: AttemptId,
    words: &str,
) -> Result<Move, Refusal> {
    let words = clean::text(words).value.trim().to_owned();
    if !(1..=REPLY_LENGTH).contains(&words.chars().count()) {
        return Err(Refusal::field("reply", "reply-length"));
    }
    let id = fresh::id();
    let answer = at_door(ctx, move |mut conn| async move {
        Ok(word::reply(&mut conn, &bearer.session, attempt, id, &words).await?)
    })
    .await?;
    read_move(answer.outcome)
}
