//! What becomes of a written item: sent to review, returned, approved, retired.

use crate::domain::access::{Action, Actor};
use crate::domain::bank_review::{NotNow, Verb, decide};
use crate::domain::id::ItemCode;
use crate::service::auth::allow_staff;
use crate::service::bank::{check, write};
use crate::service::{Ctx, Refusal};
use crate::store::audit;
use crate::store::bank::{self as rows, By};
use crate::store::tenant;

/// Longest comment.
pub const MAX_COMMENT: usize = 2_000;

/// The action that a step needs.
pub const fn action(verb: Verb) -> Action {
    match verb {
        Verb::Submitted => Action::WriteItems,
        Verb::Returned | Verb::Approved => Action::ReviewItems,
        Verb::Retired => Action::RetireItems,
    }
}

/// Does a step with revision `number`, which the person has seen.
pub async fn step(
    ctx: &Ctx,
    actor: &Actor,
    code: &ItemCode,
    number: i32,
    verb: Verb,
    comment: &str,
) -> Result<(), Refusal> {
    let (account, organisation, _) = allow_staff(actor, action(verb))?;
    let comment = comment.trim().replace('\0', "\u{fffd}");
    if comment.chars().count() > MAX_COMMENT {
        return Err(Refusal::field("comment", "item-comment-long"));
    }
    let dossier = write::find(ctx, actor, code).await?;
    if dossier.head.number != number {
        return Err(Refusal::Conflict("item-changed"));
    }
    decide(dossier.head.state, verb, account, &dossier.authors(), &comment).map_err(
        |why| match why {
            NotNow::OutOfOrder => Refusal::Conflict("item-step-late"),
            NotNow::OwnWork => Refusal::Conflict("item-own-work"),
            NotNow::NoComment => Refusal::field("comment", "item-comment-missing"),
        },
    )?;
    if matches!(verb, Verb::Submitted | Verb::Approved) {
        let stock = super::stock_of(ctx, organisation).await?;
        let found = check::check(&stock, dossier.newest());
        let errors: Vec<_> = found.errors().map(check::Finding::refused).collect();
        if !errors.is_empty() {
            return Err(Refusal::Invalid(errors));
        }
    }
    let by = By { organisation, account };
    let (work, id) = (ctx.clone(), dossier.head.id);
    ctx.detached(async move {
        let mut tx = tenant::begin(&work.pools.staff, organisation).await?;
        let comment = (!comment.is_empty()).then_some(comment.as_str());
        rows::insert_step(&mut tx, by, id, number, verb, comment).await.map_err(write::in_words)?;
        let name = match verb {
            Verb::Submitted => "item.submitted",
            Verb::Returned => "item.returned",
            Verb::Approved => "item.approved",
            Verb::Retired => "item.retired",
        };
        audit::append(&mut tx, &write::event(by, name, id, number)).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}
