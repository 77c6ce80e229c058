//! Invitations: what the page shows, sending many ([`send`]), and acts on one ([`act`]).

pub mod act;
mod letter;
pub mod send;
pub mod until;

use crate::domain::access::{Action, Actor, Decision, decide};
use crate::domain::id::{AssessmentId, InvitationId};
use crate::domain::invitation::{OwnTime, Status};
use crate::domain::time::Seconds;
use crate::service::auth::allow_staff;
use crate::service::{Ctx, Refusal};
use crate::store::assessment::{self as assessments, Assessment};
use crate::store::invitation::{self as rows, Sender};
use crate::store::invitee;
pub use crate::store::invitee::{Invitee, Which};
use crate::store::tenant::{self, Tx};
use crate::text::say;

/// Rows of one page of the table.
pub const PAGE: i64 = 50;

/// An assessment with the facts that its invitations need.
#[derive(Debug, Clone)]
pub struct Desk {
    /// The assessment with its newest version.
    pub assessment: Assessment,
    /// Who invites, and the time there.
    pub sender: Sender,
    /// The clock of the newest version.
    pub limit: Option<Seconds>,
    /// How many invitations have each status.
    pub counts: Vec<(Status, i64)>,
    /// Whether this person may see the time of others.
    pub sees_time: bool,
}

impl Desk {
    /// How many invitations have one of these statuses.
    pub fn count(&self, which: &[Status]) -> i64 {
        self.counts.iter().filter(|(status, _)| which.contains(status)).map(|(_, n)| n).sum()
    }

    /// The day until which invitations are open when nobody says otherwise, as a date field has it.
    pub fn usual_day(&self) -> String {
        let days = i64::from(self.assessment.draft.open_days.max(1));
        until::day(self.sender.now + Seconds::from_days(days), &self.sender.timezone)
    }
}

/// A day from now, as a date field has it.
pub fn day_in(desk: &Desk, days: i64) -> String {
    until::day(desk.sender.now + Seconds::from_days(days), &desk.sender.timezone)
}

/// May this person see who has which time?
pub fn sees_time(actor: &Actor) -> bool {
    decide(actor, Action::SeeAccommodations) == Decision::Allow
}

/// The assessment and its counts.
pub async fn desk(ctx: &Ctx, actor: &Actor, id: AssessmentId) -> Result<Desk, Refusal> {
    let (_, organisation, _) = allow_staff(actor, Action::SeeInvitations)?;
    let mut tx = tenant::begin(&ctx.pools.staff, organisation).await?;
    read_desk(&mut tx, actor, id).await
}

pub(super) async fn read_desk(
    tx: &mut Tx,
    actor: &Actor,
    id: AssessmentId,
) -> Result<Desk, Refusal> {
    let assessment = assessments::find(tx, id).await?.ok_or(Refusal::Hidden)?;
    let sender = rows::find_sender(tx).await?.ok_or(Refusal::Hidden)?;
    let limit = match &assessment.version {
        Some(version) => rows::find_title_and_limit(tx, version.id).await?.map(|(_, limit)| limit),
        None => None,
    };
    let counts = invitee::count_by_status(tx, id).await?;
    Ok(Desk { assessment, sender, limit, counts, sees_time: sees_time(actor) })
}

/// One page of the table.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The rows.
    pub rows: Vec<Invitee>,
    /// Rows before this page.
    pub first: i64,
    /// Rows in all.
    pub all: i64,
}

/// The invitations of an assessment, a page of them, counted from 1.
pub async fn list(
    ctx: &Ctx,
    actor: &Actor,
    id: AssessmentId,
    which: &Which,
    page: i64,
) -> Result<Listed, Refusal> {
    let (_, organisation, _) = allow_staff(actor, Action::SeeInvitations)?;
    let mut tx = tenant::begin(&ctx.pools.staff, organisation).await?;
    let first = page.clamp(1, 10_000).saturating_sub(1) * PAGE;
    let (rows, all) = invitee::list(&mut tx, id, which, first, PAGE).await?;
    let rows = rows.into_iter().map(|row| veiled(actor, row)).collect();
    Ok(Listed { rows, first, all })
}

/// One invitation.
pub async fn find(
    ctx: &Ctx,
    actor: &Actor,
    assessment: AssessmentId,
    id: InvitationId,
) -> Result<(Desk, Invitee), Refusal> {
    let (_, organisation, _) = allow_staff(actor, Action::SeeInvitations)?;
    let mut tx = tenant::begin(&ctx.pools.staff, organisation).await?;
    let desk = read_desk(&mut tx, actor, assessment).await?;
    let invitee = invitee::find(&mut tx, assessment, id).await?.ok_or(Refusal::Hidden)?;
    Ok((desk, veiled(actor, invitee)))
}

/// The mail as somebody would get it who has no name and the usual time, without a link.
pub fn sample_letter(ctx: &Ctx, desk: &Desk) -> String {
    let days = i64::from(desk.assessment.draft.open_days.max(1));
    let locale = ctx.config.locale;
    let letter = letter::Letter {
        locale,
        sender: &desk.sender,
        title: &desk.assessment.title,
        limit: desk.limit.unwrap_or_default(),
        expires_at: desk.sender.now + Seconds::from_days(days),
        is_again: false,
    };
    let link =
        format!("{}/i/({})", ctx.config.public_url, say(locale, "invitation-sample-link", &[]));
    let mail = letter.to("", None, OwnTime::USUAL, &link);
    format!("{}\n\n{}", mail.subject, mail.text)
}

/// Without the time of the person, for those who may not see it.
fn veiled(actor: &Actor, invitee: Invitee) -> Invitee {
    if sees_time(actor) { invitee } else { Invitee { time: OwnTime::USUAL, ..invitee } }
}
