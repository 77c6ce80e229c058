//! A candidate's attempt: open the link, start, answer, move on, hand in.
//!
//! Who asks is whoever holds the session of the invitation, and only the database can tell. So each
//! function here is one call of the candidate's door, which finds the attempt by the session inside
//! the same statement and decides by its own clock.

mod form;
mod save;
mod shelf;
mod sitting;
mod watch;
mod words;

use std::future::Future;
use std::time::Duration;

use sqlx::pool::PoolConnection;

pub use form::{Answer, Contest, Form, Outcome, mark, save_form};
pub use save::{Change, Kept, Saving, flag, save};
pub use shelf::Shelf;
pub use sitting::{Place, Question, Sitting, is_strict};

pub use watch::Watch;
pub use words::{Mirror, PROBLEMS, check, kinds, may_see, mirror, reply, report};

pub use crate::store::clock::Standing as Pushed;
pub use crate::store::door::{Clock, Grant, Receipt, Sign, Standing};
pub use crate::store::page::{Navigation, Openness, Person, Run, Section, State};

use crate::domain::id::{AttemptId, InvitationId};
use crate::service::secret::Secret;
use crate::service::{Ctx, Refusal, overdue};
use crate::store::attempt::{self, Digest};
use crate::store::door::{Clocked, Declined, Lined, Moved, Opened, Started, Submitted};
use crate::store::page::Viewed;

/// A request waits this long for the door, then the person is told to try again. The statement runs
/// on: the same save, sent again, gets its first answer.
const PATIENCE: Duration = Duration::from_secs(3);

/// Somebody who opened the link of an invitation.
#[derive(Debug, Clone, Copy)]
pub struct Bearer {
    /// Which invitation.
    pub invitation: InvitationId,
    session: Digest,
}

impl Bearer {
    /// The bearer of a session's secret.
    pub fn new(invitation: InvitationId, secret: &Secret) -> Self {
        Self { invitation, session: secret.digest() }
    }

    /// Whether this is the browser that may write.
    pub fn holds(&self, standing: &Pushed) -> bool {
        self.session.as_slice() == standing.holder
    }
}

/// Why an invitation cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Too late to start.
    Expired,
    /// Withdrawn by staff.
    Revoked,
    /// The candidate said no.
    Declined,
    /// Handed in, or its time is over.
    Finished,
    /// There is no such link or session.
    Unknown,
}

/// An invitation that cannot be used, with as much as its holder may know.
#[derive(Debug, Clone)]
pub struct Closed {
    /// Why.
    pub why: Why,
    /// Whose invitation it was; none when it is unknown.
    pub sign: Option<Sign>,
}

impl Closed {
    /// Nothing that anybody may know about.
    pub const UNKNOWN: Self = Self { why: Why::Unknown, sign: None };

    fn because(why: Why, sign: Sign) -> Self {
        Self { why, sign: Some(sign) }
    }
}

/// What opening a link gives.
#[derive(Debug)]
pub enum Opening {
    /// A session for this browser.
    Fresh(InvitationId, Secret),
    /// This browser has a good session already.
    Known(InvitationId),
    /// The link cannot be used.
    Closed(Closed),
}

/// Opens a personal link. `held` gives the secret that this browser holds for an invitation.
pub async fn open_link(
    ctx: &Ctx,
    token: &str,
    agent: &str,
    held: impl FnOnce(InvitationId) -> Option<Secret>,
) -> Result<Opening, Refusal> {
    let Some(token) = Secret::parse(token) else { return Ok(Opening::Closed(Closed::UNKNOWN)) };
    let secret = Secret::fresh()?;
    let (token, session, agent) = (token.digest(), secret.digest(), agent.to_owned());
    let opened = at_door(ctx, move |mut conn| async move {
        Ok(attempt::open(&mut conn, &token, &session, &agent).await?)
    })
    .await?;
    let sign = match opened {
        Opened::Ok(sign) => sign,
        Opened::Expired(sign) => return Ok(closed(Why::Expired, sign)),
        Opened::Revoked(sign) => return Ok(closed(Why::Revoked, sign)),
        Opened::Declined(sign) => return Ok(closed(Why::Declined, sign)),
        Opened::Finished(sign) => return Ok(closed(Why::Finished, sign)),
        Opened::Unknown => return Ok(Opening::Closed(Closed::UNKNOWN)),
    };
    let invitation = sign
        .invitation_id
        .ok_or_else(|| Refusal::Internal("an open invitation has no id".to_owned()))?;
    if let Some(held) = held(invitation) {
        // The mail was opened twice in one browser: that is not a second device.
        if let Visit::Open(_) = view(ctx, Bearer::new(invitation, &held)).await? {
            return Ok(Opening::Known(invitation));
        }
    }
    Ok(Opening::Fresh(invitation, secret))
}

fn closed(why: Why, sign: Sign) -> Opening {
    Opening::Closed(Closed::because(why, sign))
}

/// What a bearer finds.
#[derive(Debug)]
pub enum Visit {
    /// The page, before, during or after the attempt.
    Open(Box<Sitting>),
    /// Nothing more to do here.
    Closed(Closed),
}

/// Everything that the candidate's pages show, as of one instant.
pub async fn view(ctx: &Ctx, bearer: Bearer) -> Result<Visit, Refusal> {
    let viewed = at_door(ctx, move |mut conn| async move {
        Ok(attempt::view(&mut conn, &bearer.session, bearer.invitation).await?)
    })
    .await?;
    Ok(match viewed {
        Viewed::Ok(page) => {
            let sitting = Sitting::read(*page)?;
            ctx.shelf.put(&sitting);
            Visit::Open(Box::new(sitting))
        }
        Viewed::Expired(sign) => Visit::Closed(Closed::because(Why::Expired, sign)),
        Viewed::Revoked(sign) => Visit::Closed(Closed::because(Why::Revoked, sign)),
        Viewed::Declined(sign) => Visit::Closed(Closed::because(Why::Declined, sign)),
        Viewed::Unknown => Visit::Closed(Closed::UNKNOWN),
    })
}

/// How the attempt stands, without its questions: what a page asks that only waits.
pub async fn clock(ctx: &Ctx, bearer: Bearer) -> Result<Standing, Refusal> {
    let clocked = at_door(ctx, move |mut conn| async move {
        Ok(attempt::clock(&mut conn, &bearer.session, bearer.invitation).await?)
    })
    .await?;
    match clocked {
        Clocked::Ok(standing) => Ok(standing),
        Clocked::Unknown => Err(Refusal::Hidden),
    }
}

/// The person's own line was down. The answer is how many seconds were given for it.
pub async fn line(
    ctx: &Ctx,
    bearer: Bearer,
    attempt: AttemptId,
    milliseconds: i64,
) -> Result<i64, Refusal> {
    let lined = at_door(ctx, move |mut conn| async move {
        Ok(attempt::line(&mut conn, &bearer.session, attempt, milliseconds).await?)
    })
    .await?;
    match lined {
        Lined::Ok { seconds } => Ok(seconds),
        Lined::Unknown => Err(Refusal::Hidden),
    }
}

/// Starts the clock and opens the first section; again and again gives the same attempt.
pub async fn start(ctx: &Ctx, bearer: Bearer, name: &str) -> Result<(), Refusal> {
    let name = crate::domain::clean::line(name).value;
    if name.chars().count() > NAME_LENGTH {
        return Err(Refusal::field("name", "too-long"));
    }
    let fresh = AttemptId::new(crate::service::fresh::id());
    let started = at_door(ctx, move |mut conn| async move {
        let name = Some(name.as_str()).filter(|name| !name.is_empty());
        Ok(attempt::start(&mut conn, &bearer.session, fresh, name).await?)
    })
    .await?;
    match started {
        Started::Ok { .. } => Ok(()),
        Started::Expired | Started::Revoked | Started::Declined => {
            Err(Refusal::Conflict("invitation-closed"))
        }
        Started::Unknown => Err(Refusal::Hidden),
    }
}

/// The longest name that the database keeps.
const NAME_LENGTH: usize = 200;

/// Says no to an invitation.
pub async fn decline(ctx: &Ctx, bearer: Bearer) -> Result<(), Refusal> {
    let declined = at_door(ctx, move |mut conn| async move {
        Ok(attempt::decline(&mut conn, &bearer.session, bearer.invitation).await?)
    })
    .await?;
    match declined {
        Declined::Declined => Ok(()),
        Declined::Started => Err(Refusal::Conflict("already-started")),
        Declined::Expired | Declined::Revoked => Err(Refusal::Conflict("invitation-closed")),
        Declined::Unknown => Err(Refusal::Hidden),
    }
}

/// Opens a section, or moves on to the next question of a linear one.
pub async fn section(
    ctx: &Ctx,
    bearer: Bearer,
    attempt: AttemptId,
    section: i32,
    position: Option<u16>,
) -> Result<Move, Refusal> {
    let position = position.map(i32::from);
    let moved = at_door(ctx, move |mut conn| async move {
        Ok(attempt::section(&mut conn, &bearer.session, attempt, section, position).await?)
    })
    .await?;
    read_move(moved.outcome)
}

/// Leaves the section on the screen for good and stops the clock for the break that is allowed.
pub async fn rest(ctx: &Ctx, bearer: Bearer, attempt: AttemptId) -> Result<Move, Refusal> {
    let moved = at_door(ctx, move |mut conn| async move {
        Ok(attempt::rest(&mut conn, &bearer.session, attempt).await?)
    })
    .await?;
    read_move(moved.outcome)
}

/// Lets this browser write; the one before turns read-only.
pub async fn take_over(ctx: &Ctx, bearer: Bearer, attempt: AttemptId) -> Result<Move, Refusal> {
    let moved = at_door(ctx, move |mut conn| async move {
        Ok(attempt::take_over(&mut conn, &bearer.session, attempt).await?)
    })
    .await?;
    read_move(moved.outcome)
}

/// What came of an attempt to move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// Done.
    Done,
    /// Not possible (any more): the page shows where the person stands now.
    Stays,
}

fn read_move(moved: Moved) -> Result<Move, Refusal> {
    match moved {
        Moved::Ok => Ok(Move::Done),
        Moved::Unknown => Err(Refusal::Hidden),
        Moved::NotOpen
        | Moved::SectionClosed
        | Moved::Late
        | Moved::Finished
        | Moved::OtherDevice => Ok(Move::Stays),
    }
}

/// Hands in. Every repeat gives the same receipt; another device is refused.
pub async fn submit(ctx: &Ctx, bearer: Bearer, attempt: AttemptId) -> Result<Receipt, Refusal> {
    let submitted = at_door(ctx, move |mut conn| async move {
        Ok(attempt::submit(&mut conn, &bearer.session, attempt).await?)
    })
    .await?;
    match submitted {
        Submitted::Ok(receipt) => {
            // The receipt does not wait for the score.
            let work = ctx.clone();
            tokio::spawn(async move { overdue::after_submit(&work, attempt).await });
            Ok(*receipt)
        }
        Submitted::OtherDevice => Err(Refusal::Conflict("other-device")),
        Submitted::Running | Submitted::Unknown => Err(Refusal::Hidden),
    }
}

/// The receipt of an attempt that has ended; none while it runs.
pub async fn receipt(ctx: &Ctx, bearer: Bearer) -> Result<Option<Receipt>, Refusal> {
    let submitted = at_door(ctx, move |mut conn| async move {
        Ok(attempt::receipt(&mut conn, &bearer.session, bearer.invitation).await?)
    })
    .await?;
    match submitted {
        Submitted::Ok(receipt) => Ok(Some(*receipt)),
        Submitted::Running | Submitted::OtherDevice => Ok(None),
        Submitted::Unknown => Err(Refusal::Hidden),
    }
}

/// One call of the door, to its end even when the browser hangs up.
async fn at_door<T, W, F>(ctx: &Ctx, work: W) -> Result<T, Refusal>
where
    T: Send + 'static,
    W: FnOnce(PoolConnection<sqlx::Postgres>) -> F + Send + 'static,
    F: Future<Output = Result<T, Refusal>> + Send,
{
    let pool = ctx.pools.candidate.clone();
    let call = ctx.detached(async move { work(pool.acquire().await?).await });
    tokio::time::timeout(PATIENCE, call)
        .await
        .unwrap_or_else(|_| Err(Refusal::Unavailable("the door took too long".to_owned())))
}
