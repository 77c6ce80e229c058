//! Mail that was promised inside a transaction is sent afterwards, and tried again until it is.

use std::time::Duration;

use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::access::{Action, Actor};
use crate::domain::id::{AccountId, InvitationId, OrganisationId};
use crate::service::auth::allow_staff;
use crate::service::mailer::{Mail, MailError};
use crate::service::{Ctx, Refusal};
pub use crate::store::outbox::Entry;
use crate::store::outbox::{self as rows, NewMail, ToCandidate};
use crate::store::tenant;

/// Pauses between tries; after the last one the mail is given up and shown with its reason.
const PAUSES: [Duration; 6] = [
    Duration::from_secs(30),
    Duration::from_mins(2),
    Duration::from_mins(10),
    Duration::from_hours(1),
    Duration::from_hours(6),
    Duration::from_hours(24),
];
/// How long one sender may hold a mail.
const LEASE_SECONDS: i32 = 120;

/// Promises a mail to a colleague, in the transaction of its cause.
pub async fn promise_to_account(
    ctx: &Ctx,
    conn: &mut PgConnection,
    organisation: OrganisationId,
    account: AccountId,
    kind: &'static str,
    mail: &Mail,
) -> Result<Uuid, Refusal> {
    promise(ctx, conn, organisation, kind, mail, Some(account.uuid()), None).await
}

/// Promises a mail to a candidate, in the transaction of its cause.
pub async fn promise_to_candidate(
    ctx: &Ctx,
    conn: &mut PgConnection,
    organisation: OrganisationId,
    invitation: InvitationId,
    kind: &'static str,
    mail: &Mail,
) -> Result<Uuid, Refusal> {
    promise(ctx, conn, organisation, kind, mail, None, Some(invitation.uuid())).await
}

/// Promises many mails of one kind to candidates, in the transaction of their cause.
pub async fn promise_to_candidates(
    ctx: &Ctx,
    conn: &mut PgConnection,
    organisation: OrganisationId,
    kind: &'static str,
    mails: &[(InvitationId, Mail)],
) -> Result<(), Refusal> {
    let sealed = mails
        .iter()
        .map(|(invitation, mail)| {
            let sealed =
                ctx.mailer.seal(mail).map_err(|cause| Refusal::Internal(cause.to_string()))?;
            let (id, invitation) = (crate::service::fresh::id(), *invitation);
            Ok(ToCandidate { id, invitation, recipient: mail.to.clone(), sealed })
        })
        .collect::<Result<Vec<_>, Refusal>>()?;
    Ok(rows::insert_all(conn, organisation, kind, &sealed).await?)
}

async fn promise(
    ctx: &Ctx,
    conn: &mut PgConnection,
    organisation: OrganisationId,
    kind: &'static str,
    mail: &Mail,
    account: Option<Uuid>,
    invitation: Option<Uuid>,
) -> Result<Uuid, Refusal> {
    let sealed = ctx.mailer.seal(mail).map_err(|cause| Refusal::Internal(cause.to_string()))?;
    let id = crate::service::fresh::id();
    let new = NewMail { id, kind, recipient: &mail.to, sealed: &sealed, account, invitation };
    rows::insert(conn, organisation, &new).await?;
    Ok(id)
}

/// Sends what is due, one mail after the other. Says how many were tried.
pub async fn send_due(ctx: &Ctx) -> Result<usize, Refusal> {
    let mut tried = 0;
    while let Some(due) =
        rows::lease(&ctx.pools.staff, crate::service::fresh::opaque_id(), LEASE_SECONDS).await?
    {
        tried += 1;
        let sent = match ctx.mailer.unseal(&due.sealed) {
            Ok(mail) => ctx.mailer.send(due.id, &mail).await,
            Err(cause) => Err(cause),
        };
        match sent {
            Ok(()) => rows::record_delivery(&ctx.pools.staff, due.id, due.lease).await?,
            Err(cause) => {
                let pause = match cause {
                    MailError::Refused(_) | MailError::Sealed | MailError::Unwritable(_) => None,
                    _ => PAUSES.get(usize::try_from(due.tries).unwrap_or(usize::MAX)),
                };
                tracing::warn!(mail = %due.id, %cause, given_up = pause.is_none(), "not sent");
                let pause = pause.map(std::time::Duration::as_secs_f64);
                rows::record_failure(
                    &ctx.pools.staff,
                    due.id,
                    due.lease,
                    &cause.to_string(),
                    pause,
                )
                .await?;
            }
        }
    }
    Ok(tried)
}

/// The newest mails of the organisation.
pub async fn list(ctx: &Ctx, actor: &Actor) -> Result<Vec<Entry>, Refusal> {
    let (_, organisation, _) = allow_staff(actor, Action::SeeOutbox)?;
    let mut tx = tenant::begin(&ctx.pools.staff, organisation).await?;
    Ok(rows::list(&mut tx).await?)
}

/// One mail as it was written to the folder; nothing when a mail server sends them.
pub async fn read(ctx: &Ctx, actor: &Actor, id: Uuid) -> Result<(Entry, Option<String>), Refusal> {
    let (_, organisation, _) = allow_staff(actor, Action::SeeOutbox)?;
    let mut tx = tenant::begin(&ctx.pools.staff, organisation).await?;
    let entry = rows::find(&mut tx, id).await?.ok_or(Refusal::Hidden)?;
    Ok((entry, ctx.mailer.written(id)))
}

/// Lets a mail that waits or was given up be tried again now.
pub async fn retry(ctx: &Ctx, actor: &Actor, id: Uuid) -> Result<(), Refusal> {
    let (_, organisation, _) = allow_staff(actor, Action::SeeOutbox)?;
    let work = ctx.clone();
    ctx.detached(async move {
        let mut tx = tenant::begin(&work.pools.staff, organisation).await?;
        rows::find(&mut tx, id).await?.ok_or(Refusal::Hidden)?;
        if !rows::retry(&mut tx, id).await? {
            return Err(Refusal::Conflict("mail-not-waiting"));
        }
        tx.commit().await?;
        Ok(())
    })
    .await
}
