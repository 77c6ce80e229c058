//! Inviting: a list is read, shown back or sent, and sent whole or not at all.

use std::collections::HashMap;
use std::sync::Arc;

use uuid::Uuid;

use super::letter::Letter;
use super::{Desk, read_desk, until};
use crate::domain::access::{Action, Actor};
use crate::domain::account::Email;
use crate::domain::bank::PoolItem;
use crate::domain::guest_list::{self, Fault, Guest, Line, TooLong};
use crate::domain::id::{AssessmentId, CandidateId, InvitationId, ItemCode, ItemId};
use crate::domain::invitation::{OwnTime, Status};
use crate::domain::paper::Dealer;
use crate::domain::time::{Instant, Seconds};
use crate::service::auth::allow_staff;
use crate::service::error::FieldError;
use crate::service::secret::{self, Secret};
use crate::service::{Ctx, Refusal, outbox};
use crate::store::assessment::{self as assessments, Version};
use crate::store::invitation::{self as rows, Batch, NewInvitation, NewSeat};
use crate::store::tenant::{self, Tx};
use crate::store::{audit, invitation};

/// Papers that are drawn between two statements: the transaction must not look forgotten.
const AT_ONCE: usize = 200;

/// What a recruiter asks for.
#[derive(Debug, Clone, Default)]
pub struct Ask {
    /// The list: pasted, or the text of a CSV file.
    pub list: String,
    /// The last day to start.
    pub until: String,
    /// Time of everybody whose line says nothing: a factor, or nothing for the usual one.
    pub time: String,
    /// Invite those whose lines are right although others are wrong.
    pub skips_wrong: bool,
}

/// What becomes of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Gets an invitation with this time.
    Ready(OwnTime),
    /// Must be mended.
    Wrong(Fault),
    /// Stands in an earlier line.
    Repeats(usize),
    /// Has an invitation already.
    Taken(Status),
}

/// A list as the server reads it.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// Every line with what becomes of it.
    pub lines: Vec<(Line, Verdict)>,
}

impl Checked {
    /// How many lines there are of a kind.
    pub fn count(&self, is_one: impl Fn(&Verdict) -> bool) -> usize {
        self.lines.iter().filter(|(_, verdict)| is_one(verdict)).count()
    }

    /// How many will be invited.
    pub fn ready(&self) -> usize {
        self.count(|verdict| matches!(verdict, Verdict::Ready(_)))
    }

    /// How many must be mended.
    pub fn wrong(&self) -> usize {
        self.count(|verdict| matches!(verdict, Verdict::Wrong(_)))
    }

    fn guests(&self) -> impl Iterator<Item = (&Guest, OwnTime)> {
        self.lines.iter().filter_map(|(line, verdict)| match (&line.reading, verdict) {
            (Ok(guest), Verdict::Ready(time)) => Some((guest, *time)),
            _ => None,
        })
    }
}

/// What became of the list.
#[derive(Debug)]
pub enum Outcome {
    /// So many got an invitation, so many lines were left out.
    Sent {
        /// Invitations.
        sent: usize,
        /// Lines without one.
        left_out: usize,
    },
    /// Nothing was sent; this is how it was read.
    Returned(Checked),
}

/// Reads a list and says what would become of every line. Nothing is written.
pub async fn check(
    ctx: &Ctx,
    actor: &Actor,
    id: AssessmentId,
    ask: &Ask,
) -> Result<Checked, Refusal> {
    let (_, organisation, _) = allow_staff(actor, Action::Invite)?;
    let mut tx = tenant::begin(&ctx.pools.staff, organisation).await?;
    let desk = read_desk(&mut tx, actor, id).await?;
    let (terms, lines) = read(ask, &desk)?;
    judge(&mut tx, id, lines, terms.time).await
}

/// Invites everybody on the list who has no invitation yet, in one transaction.
pub async fn send(
    ctx: &Ctx,
    actor: &Actor,
    id: AssessmentId,
    ask: Ask,
) -> Result<Outcome, Refusal> {
    let (by, organisation, _) = allow_staff(actor, Action::Invite)?;
    let (work, actor) = (ctx.clone(), *actor);
    ctx.detached(async move {
        let mut tx = tenant::begin(&work.pools.staff, organisation).await?;
        // One list after the other, so that the same list twice invites once.
        if !assessments::lock(&mut tx, id).await? {
            return Err(Refusal::Hidden);
        }
        let desk = read_desk(&mut tx, &actor, id).await?;
        let version = Arc::new(newest_version(&mut tx, &desk).await?);
        let (terms, lines) = read(&ask, &desk)?;
        let checked = judge(&mut tx, id, lines, terms.time).await?;
        let sent = checked.ready();
        if sent == 0 || (checked.wrong() > 0 && !ask.skips_wrong) {
            return Ok(Outcome::Returned(checked));
        }

        let known = introduce(&mut tx, organisation, &checked).await?;
        let batch = Batch {
            organisation,
            assessment: id,
            version: version.id,
            expires_at: terms.until,
            keep_until: terms.until
                + Seconds::from_days(i64::from(version.spec.draft.retention_days)),
            by,
        };
        let letter = Letter {
            locale: work.config.locale,
            sender: &desk.sender,
            title: &version.spec.draft.title,
            limit: version.spec.draft.limit(),
            expires_at: terms.until,
            is_again: false,
        };
        let guests: Vec<_> = checked.guests().collect();
        for some in guests.chunks(AT_ONCE) {
            let (mut new, mut mails) = (Vec::new(), Vec::new());
            for (guest, time) in some {
                let candidate = *known
                    .get(&guest.email)
                    .ok_or_else(|| Refusal::Internal("a candidate was not written".to_owned()))?;
                let (invitation, secret) =
                    (InvitationId::new(crate::service::fresh::id()), Secret::fresh()?);
                let name = guest.name.as_ref().map(crate::domain::account::PersonName::as_str);
                let link = link(&work, &secret);
                mails.push((invitation, letter.to(guest.email.as_str(), name, *time, &link)));
                new.push(NewInvitation {
                    id: invitation,
                    candidate,
                    token: secret.digest(),
                    time: *time,
                    seed: secret::seed()?,
                    paper: Vec::new(),
                });
            }
            let new = draw(version.clone(), new).await?;
            let ids: Vec<Uuid> = new.iter().map(|one| one.id.uuid()).collect();
            invitation::insert_all(&mut tx, batch, &new).await?;
            outbox::promise_to_candidates(&work, &mut tx, organisation, "invitation", &mails)
                .await?;
            audit::append_all(&mut tx, organisation, by, "invitation.sent", "invitation", &ids)
                .await?;
        }
        tx.commit().await?;
        Ok(Outcome::Sent { sent, left_out: checked.lines.len() - sent })
    })
    .await
}

/// The address of a personal link.
pub(super) fn link(ctx: &Ctx, secret: &Secret) -> String {
    format!("{}/i/{}", ctx.config.public_url, secret.reveal())
}

async fn newest_version(tx: &mut Tx, desk: &Desk) -> Result<Version, Refusal> {
    if desk.assessment.archived_at.is_some() {
        return Err(Refusal::Conflict("assessment-archived"));
    }
    let Some(newest) = &desk.assessment.version else {
        return Err(Refusal::Conflict("assessment-not-published"));
    };
    assessments::find_version(tx, newest.id).await?.ok_or(Refusal::Hidden)
}

/// The terms of a sending.
struct Terms {
    until: Instant,
    time: OwnTime,
}

fn read(ask: &Ask, desk: &Desk) -> Result<(Terms, Vec<Line>), Refusal> {
    let mut problems = Vec::new();
    let lines = guest_list::read(&ask.list).unwrap_or_else(|TooLong(lines)| {
        let most = guest_list::MAX_LINES;
        problems
            .push(FieldError::new("to", "list-too-long").with("lines", lines).with("most", most));
        Vec::new()
    });
    if lines.is_empty() && problems.is_empty() {
        problems.push(FieldError::new("to", "list-empty"));
    }
    let until = until::read(&ask.until, &desk.sender.timezone, desk.sender.now);
    if let Err(code) = until {
        problems.push(FieldError::new("until", code));
    }
    let time = match ask.time.trim() {
        "" => Ok(OwnTime::USUAL),
        typed => typed.parse(),
    };
    if time.is_err() {
        problems.push(FieldError::new("time", "time-factor"));
    }
    match (until, time) {
        (Ok(until), Ok(time)) if problems.is_empty() => Ok((Terms { until, time }, lines)),
        _ => Err(Refusal::Invalid(problems)),
    }
}

async fn judge(
    tx: &mut Tx,
    id: AssessmentId,
    lines: Vec<Line>,
    usual: OwnTime,
) -> Result<Checked, Refusal> {
    let emails: Vec<String> = lines
        .iter()
        .filter_map(|line| line.reading.as_ref().ok())
        .map(|guest| guest.email.as_str().to_owned())
        .collect();
    let taken: HashMap<String, Status> =
        rows::list_taken(tx, id, &emails).await?.into_iter().collect();
    let verdict = |line: &Line| match &line.reading {
        Err(Fault::Repeats(first)) => Verdict::Repeats(*first),
        Err(fault) => Verdict::Wrong(*fault),
        Ok(guest) => match taken.get(guest.email.as_str()) {
            Some(status) => Verdict::Taken(*status),
            None => Verdict::Ready(guest.time.unwrap_or(usual)),
        },
    };
    let lines = lines.into_iter().map(|line| {
        let verdict = verdict(&line);
        (line, verdict)
    });
    Ok(Checked { lines: lines.collect() })
}

async fn introduce(
    tx: &mut Tx,
    organisation: crate::domain::id::OrganisationId,
    checked: &Checked,
) -> Result<HashMap<Email, CandidateId>, Refusal> {
    let guests: Vec<_> = checked
        .guests()
        .map(|(guest, _)| (CandidateId::new(crate::service::fresh::id()), guest))
        .collect();
    Ok(rows::upsert_candidates(tx, organisation, &guests).await?.into_iter().collect())
}

/// Draws the papers, away from the threads that answer requests.
async fn draw(
    version: Arc<Version>,
    mut new: Vec<NewInvitation>,
) -> Result<Vec<NewInvitation>, Refusal> {
    let drawn = tokio::task::spawn_blocking(move || {
        let pool: Vec<PoolItem<'_>> =
            version.items.iter().map(|(_, item)| PoolItem::from(item)).collect();
        let ids: HashMap<&ItemCode, ItemId> =
            version.items.iter().map(|(id, item)| (&item.facts.code, *id)).collect();
        let fail = |why: &dyn std::fmt::Display| {
            Refusal::Internal(format!("version {}: {why}", version.id))
        };
        let dealer = Dealer::new(&version.spec, &pool).map_err(|why| fail(&why))?;
        for one in &mut new {
            let paper = dealer.paper(one.seed).map_err(|why| fail(&why))?;
            one.paper = paper
                .seats
                .into_iter()
                .map(|seat| {
                    Ok(NewSeat {
                        position: i32::try_from(seat.position).map_err(|why| fail(&why))?,
                        section: i32::try_from(seat.section).map_err(|why| fail(&why))?,
                        item: *ids.get(&seat.item).ok_or_else(|| fail(&seat.item))?,
                        option_order: seat.option_order,
                    })
                })
                .collect::<Result<_, Refusal>>()?;
        }
        Ok(new)
    });
    drawn.await.map_err(|panic| Refusal::Internal(panic.to_string()))?
}
