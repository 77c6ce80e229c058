//! Who works right now, and what staff may do to an attempt: each act with a reason.

use crate::domain::access::{Action, Actor};
use crate::domain::clean;
use crate::domain::id::{AccountId, AssessmentId, AttemptId};
use crate::domain::time::{Instant, Seconds};
use crate::service::auth::allow_staff;
use crate::service::error::FieldError;
use crate::service::invitation::{Desk, read_desk};
use crate::service::{Ctx, Refusal};
use crate::store::desk::{self as rows, Cause, Done};
use crate::store::invitee;
pub use crate::store::invitee::{Deed, Invitee, Runner};
use crate::store::tenant::{self, Tx};
use crate::store::word::{self, Report};

/// As many as one page can follow.
const MOST: i64 = 300;
/// Events that the page shows.
const DEEDS: i64 = 12;
/// Problems with questions that the page shows.
const REPORTS: i64 = 50;
/// The longest reason.
const MAX_REASON: usize = 500;
/// A day is the most that is given at once.
const MAX_MINUTES: i32 = 1_440;

/// What the page of running attempts shows.
#[derive(Debug)]
pub struct Live {
    /// The assessment.
    pub desk: Desk,
    /// Who works, least time left first.
    pub runners: Vec<Runner>,
    /// What happened last.
    pub deeds: Vec<Deed>,
    /// Problems with questions that candidates told, newest first.
    pub reports: Vec<Report>,
    /// The attempt to act on.
    pub chosen: Option<Invitee>,
}

impl Live {
    /// The share of a person's own time that is left, in per cent; none without a clock.
    pub fn share_left(&self, runner: &Runner) -> Option<i64> {
        let left = self.left(runner)?.get();
        Some((left.saturating_mul(100) / runner.own.get().max(1)).clamp(0, 100))
    }

    /// The time that is left; none without a clock.
    pub fn left(&self, runner: &Runner) -> Option<Seconds> {
        runner.deadline_at.map(|end| self.now().seconds_until(end))
    }

    /// The instant that the page shows.
    pub fn now(&self) -> Instant {
        self.desk.sender.now
    }
}

/// Everybody who works on an assessment right now.
pub async fn live(
    ctx: &Ctx,
    actor: &Actor,
    assessment: AssessmentId,
    chosen: Option<AttemptId>,
) -> Result<Live, Refusal> {
    let (_, organisation, _) = allow_staff(actor, Action::SeeInvitations)?;
    let mut tx = tenant::begin(&ctx.pools.staff, organisation).await?;
    let desk = read_desk(&mut tx, actor, assessment).await?;
    let runners = invitee::list_running(&mut tx, assessment, MOST).await?;
    let deeds = invitee::list_deeds(&mut tx, assessment, DEEDS)
        .await?
        .into_iter()
        .filter(|deed| desk.sees_time || !deed.is_accommodation)
        .collect();
    let chosen = match chosen {
        Some(attempt) => Some(invitee_of(&mut tx, assessment, attempt).await?),
        None => None,
    };
    let reports = word::list_reports(&mut tx, assessment, REPORTS).await?;
    let mut live = Live { desk, runners, deeds, reports, chosen };
    if !live.desk.sees_time {
        // The order must not say more than the shares do.
        let mut runners = std::mem::take(&mut live.runners);
        runners.sort_by_key(|runner| live.share_left(runner).unwrap_or(100));
        live.runners = runners;
    }
    Ok(live)
}

/// What is done to an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Minutes are given because of something that happened.
    Incident,
    /// Minutes are given that were agreed for this person.
    Accommodation,
    /// The clock stands still for minutes, and the questions are away.
    Pause,
    /// What was saved is handed in now.
    End,
    /// It does not count; everything is kept.
    Void,
    /// The candidate goes on with what was left, plus minutes.
    Reopen,
}

impl Act {
    /// What the policy is asked.
    pub fn action(self) -> Action {
        match self {
            Self::Incident | Self::Accommodation | Self::Pause => Action::GrantTime,
            Self::End | Self::Void | Self::Reopen => Action::AmendAttempt,
        }
    }
}

/// Does it, and writes down who did it and why.
pub async fn act(
    ctx: &Ctx,
    actor: &Actor,
    assessment: AssessmentId,
    attempt: AttemptId,
    act: Act,
    minutes: &str,
    reason: &str,
) -> Result<(), Refusal> {
    let (by, organisation, _) = allow_staff(actor, act.action())?;
    let seconds = match act {
        Act::Incident | Act::Accommodation | Act::Pause => read_minutes(minutes, 1),
        Act::Reopen if minutes.trim().is_empty() => Some(0),
        Act::Reopen => read_minutes(minutes, 0),
        Act::End | Act::Void => Some(0),
    };
    let (seconds, reason) = check(seconds, reason)?;
    let work = ctx.clone();
    ctx.detached(async move {
        let mut tx = tenant::begin(&work.pools.staff, organisation).await?;
        invitee_of(&mut tx, assessment, attempt).await?;
        let done = perform(&mut tx, attempt, act, seconds, &reason, by).await?;
        outcome(done)?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

fn check(seconds: Option<i32>, reason: &str) -> Result<(i32, String), Refusal> {
    let mut problems = Vec::new();
    if seconds.is_none() {
        problems.push(FieldError::new("minutes", "minutes-range").with("most", MAX_MINUTES));
    }
    let reason = clean::line(reason).value;
    if !(1..=MAX_REASON).contains(&reason.chars().count()) {
        problems.push(FieldError::new("reason", "reason-length").with("most", MAX_REASON));
    }
    match seconds {
        Some(seconds) if problems.is_empty() => Ok((seconds, reason)),
        _ => Err(Refusal::Invalid(problems)),
    }
}

/// Something disturbed everybody: the last minutes are given back to each attempt that runs now, in
/// one transaction. The answer is how many got them.
pub async fn declare_incident(
    ctx: &Ctx,
    actor: &Actor,
    assessment: AssessmentId,
    minutes: &str,
    reason: &str,
) -> Result<i32, Refusal> {
    let (by, organisation, _) = allow_staff(actor, Action::GrantTime)?;
    let (seconds, reason) = check(read_minutes(minutes, 1), reason)?;
    let (work, actor) = (ctx.clone(), *actor);
    ctx.detached(async move {
        let mut tx = tenant::begin(&work.pools.staff, organisation).await?;
        read_desk(&mut tx, &actor, assessment).await?;
        let hits = rows::declare_incident(&mut tx, assessment, seconds, &reason, by).await?;
        tx.commit().await?;
        hits.ok_or(Refusal::Hidden)
    })
    .await
}

async fn perform(
    tx: &mut Tx,
    attempt: AttemptId,
    act: Act,
    seconds: i32,
    reason: &str,
    by: AccountId,
) -> Result<Done, Refusal> {
    Ok(match act {
        Act::Incident => {
            rows::grant_time(tx, attempt, Cause::Incident, seconds, reason, by).await?
        }
        Act::Accommodation => {
            rows::grant_time(tx, attempt, Cause::Accommodation, seconds, reason, by).await?
        }
        Act::Pause => rows::pause_attempt(tx, attempt, seconds, reason, by).await?,
        Act::End => rows::end_attempt(tx, attempt, reason, by).await?,
        Act::Void => rows::void_attempt(tx, attempt, reason, by).await?,
        Act::Reopen => rows::reopen_attempt(tx, attempt, seconds, reason, by).await?,
    })
}

fn outcome(done: Done) -> Result<(), Refusal> {
    match done {
        Done::Ok => Ok(()),
        Done::Unknown => Err(Refusal::Hidden),
        Done::Finished => Err(Refusal::Conflict("attempt-finished")),
        Done::Running => Err(Refusal::Conflict("attempt-running")),
        Done::Voided => Err(Refusal::Conflict("attempt-voided")),
        Done::Untimed => Err(Refusal::Conflict("attempt-untimed")),
        Done::NoTime => Err(Refusal::field("minutes", "attempt-no-time")),
        Done::Held => Err(Refusal::Conflict("attempt-held")),
    }
}

async fn invitee_of(
    tx: &mut Tx,
    assessment: AssessmentId,
    attempt: AttemptId,
) -> Result<Invitee, Refusal> {
    let invitation =
        invitee::find_by_attempt(tx, assessment, attempt).await?.ok_or(Refusal::Hidden)?;
    invitee::find(tx, assessment, invitation).await?.ok_or(Refusal::Hidden)
}

fn read_minutes(text: &str, least: i32) -> Option<i32> {
    let minutes: i32 = text.trim().parse().ok()?;
    (least..=MAX_MINUTES).contains(&minutes).then(|| minutes * 60)
}
