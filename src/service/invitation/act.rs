//! Acts on one invitation: another link, another date, another time, withdrawal.

use super::letter::Letter;
use super::send::link;
use super::until;
use crate::domain::access::{Action, Actor};
use crate::domain::id::{AccountId, AssessmentId, InvitationId, OrganisationId};
use crate::domain::invitation::{OwnTime, Status};
use crate::domain::time::Instant;
use crate::service::auth::allow_staff;
use crate::service::secret::Secret;
use crate::service::{Ctx, Refusal, audit, outbox};
use crate::store::invitation::{self as rows, Sender};
use crate::store::invitee::{self, Invitee};
use crate::store::tenant::{self, Tx};
use crate::store::{StoreError, outbox as mails};

/// Which invitation, as the address of the page names it.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// The assessment.
    pub assessment: AssessmentId,
    /// The invitation.
    pub invitation: InvitationId,
}

/// Makes a new link, to be shown once. The link before it ends at once, and so does a mail with it
/// that was not sent yet.
pub async fn renew_link(ctx: &Ctx, actor: &Actor, target: Target) -> Result<String, Refusal> {
    let (by, organisation, _) = allow_staff(actor, Action::Invite)?;
    let work = ctx.clone();
    ctx.detached(async move {
        let mut tx = tenant::begin(&work.pools.staff, organisation).await?;
        let invitee = locked(&mut tx, target).await?;
        usable(&invitee)?;
        let link = replace_link(&work, &mut tx, target.invitation).await?;
        note(&mut tx, organisation, by, "invitation.link_renewed", target).await?;
        tx.commit().await?;
        Ok(link)
    })
    .await
}

/// Sends a mail with a new link; the link before it ends.
pub async fn resend(ctx: &Ctx, actor: &Actor, target: Target) -> Result<(), Refusal> {
    let (by, organisation, _) = allow_staff(actor, Action::Invite)?;
    let work = ctx.clone();
    ctx.detached(async move {
        let mut tx = tenant::begin(&work.pools.staff, organisation).await?;
        let invitee = locked(&mut tx, target).await?;
        usable(&invitee)?;
        send_again(&work, &mut tx, organisation, &invitee, invitee.expires_at).await?;
        note(&mut tx, organisation, by, "invitation.resent", target).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// Ends an invitation that nobody has started.
pub async fn revoke(ctx: &Ctx, actor: &Actor, target: Target) -> Result<(), Refusal> {
    let (by, organisation, _) = allow_staff(actor, Action::Invite)?;
    let work = ctx.clone();
    ctx.detached(async move {
        let mut tx = tenant::begin(&work.pools.staff, organisation).await?;
        let invitee = locked(&mut tx, target).await?;
        match invitee.status {
            Status::Revoked => return Ok(()),
            Status::Declined => return Err(Refusal::Conflict("invitation-closed")),
            status if status.has_attempt() => return Err(Refusal::Conflict("invitation-started")),
            _ => {}
        }
        rows::update_revoked(&mut tx, target.invitation).await.map_err(too_late)?;
        mails::withdraw(&mut tx, target.invitation).await?;
        note(&mut tx, organisation, by, "invitation.revoked", target).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// Sets another last day; with `tells` a mail says so, with a new link.
pub async fn extend(
    ctx: &Ctx,
    actor: &Actor,
    target: Target,
    day: String,
    tells: bool,
) -> Result<(), Refusal> {
    let (by, organisation, _) = allow_staff(actor, Action::Invite)?;
    let work = ctx.clone();
    ctx.detached(async move {
        let mut tx = tenant::begin(&work.pools.staff, organisation).await?;
        let invitee = locked(&mut tx, target).await?;
        not_begun(&invitee)?;
        let sender = sender(&mut tx).await?;
        let expires_at = until::read(&day, &sender.timezone, sender.now)
            .map_err(|code| Refusal::field("until", code))?;
        rows::update_expiry(&mut tx, target.invitation, expires_at).await?;
        if tells {
            send_again(&work, &mut tx, organisation, &invitee, expires_at).await?;
        }
        note(&mut tx, organisation, by, "invitation.extended", target).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// Sets the time of a person who has not started.
pub async fn set_time(
    ctx: &Ctx,
    actor: &Actor,
    target: Target,
    time: String,
) -> Result<(), Refusal> {
    let (by, organisation, _) = allow_staff(actor, Action::GrantTime)?;
    let time: OwnTime = time.parse().map_err(|_| Refusal::field("time", "time-factor"))?;
    let work = ctx.clone();
    ctx.detached(async move {
        let mut tx = tenant::begin(&work.pools.staff, organisation).await?;
        let invitee = locked(&mut tx, target).await?;
        not_begun(&invitee)?;
        rows::update_time(&mut tx, target.invitation, time).await.map_err(too_late)?;
        note(&mut tx, organisation, by, "invitation.time_changed", target).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// The invitation, locked, so that it cannot start or end in between.
async fn locked(tx: &mut Tx, target: Target) -> Result<Invitee, Refusal> {
    invitee::lock(tx, target.invitation).await?;
    invitee::find(tx, target.assessment, target.invitation).await?.ok_or(Refusal::Hidden)
}

/// Is a link of any use to the person?
fn usable(invitee: &Invitee) -> Result<(), Refusal> {
    match invitee.status {
        Status::Invited | Status::Opened | Status::Started => Ok(()),
        Status::Expired => Err(Refusal::Conflict("invitation-expired")),
        Status::Submitted | Status::Voided => Err(Refusal::Conflict("invitation-finished")),
        Status::Declined | Status::Revoked => Err(Refusal::Conflict("invitation-closed")),
    }
}

fn not_begun(invitee: &Invitee) -> Result<(), Refusal> {
    match invitee.status {
        Status::Invited | Status::Opened | Status::Expired => Ok(()),
        Status::Declined | Status::Revoked => Err(Refusal::Conflict("invitation-closed")),
        _ => Err(Refusal::Conflict("invitation-started")),
    }
}

fn too_late(cause: StoreError) -> Refusal {
    if cause.is_conflict("invitation_not_started") {
        Refusal::Conflict("invitation-started")
    } else {
        cause.into()
    }
}

async fn sender(tx: &mut Tx) -> Result<Sender, Refusal> {
    rows::find_sender(tx).await?.ok_or(Refusal::Hidden)
}

async fn replace_link(ctx: &Ctx, tx: &mut Tx, id: InvitationId) -> Result<String, Refusal> {
    let secret = Secret::fresh()?;
    rows::update_link(tx, id, &secret.digest()).await?;
    mails::withdraw(tx, id).await?;
    Ok(link(ctx, &secret))
}

async fn send_again(
    ctx: &Ctx,
    tx: &mut Tx,
    organisation: OrganisationId,
    invitee: &Invitee,
    expires_at: Instant,
) -> Result<(), Refusal> {
    let sender = sender(tx).await?;
    let (title, limit) =
        rows::find_title_and_limit(tx, invitee.version).await?.ok_or(Refusal::Hidden)?;
    let link = replace_link(ctx, tx, invitee.invitation).await?;
    let letter = Letter {
        locale: ctx.config.locale,
        sender: &sender,
        title: &title,
        limit,
        expires_at,
        is_again: true,
    };
    let mail = letter.to(&invitee.email, invitee.name.as_deref(), invitee.time, &link);
    outbox::promise_to_candidate(ctx, tx, organisation, invitee.invitation, "invitation", &mail)
        .await?;
    Ok(())
}

async fn note(
    tx: &mut Tx,
    organisation: OrganisationId,
    by: AccountId,
    action: &'static str,
    target: Target,
) -> Result<(), Refusal> {
    audit::about(tx, organisation, by, action, "invitation", target.invitation.uuid()).await
}
