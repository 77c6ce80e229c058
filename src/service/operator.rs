//! What whoever runs the server may do from its command line.

use crate::domain::access::{Action, Actor};
use crate::domain::account::Email;
use crate::service::{Ctx, Refusal, auth};
use crate::store;
use crate::store::audit::Event;
pub use crate::store::operator::Owner;
use crate::store::{account as rows, audit, tenant};

/// The owners of all organisations, over a connection of the login itself.
pub async fn list_owners(url: &str) -> Result<Vec<Owner>, Refusal> {
    auth::allow(&Actor::Operator, Action::Operate)?;
    let mut conn = store::connect(url).await?;
    Ok(store::operator::list_owners(&mut conn).await?)
}

/// A link with which a colleague of any organisation chooses a password, for when no mail arrives.
pub async fn reset_link(ctx: &Ctx, email: &str) -> Result<String, Refusal> {
    auth::allow(&Actor::Operator, Action::Operate)?;
    let email: Email = email.parse().map_err(|_| Refusal::field("email", "email-unreadable"))?;
    let found = rows::find_sign_in(&ctx.pools.staff, email.as_str()).await?;
    let found = found.filter(|found| !found.is_disabled).ok_or(Refusal::Hidden)?;
    let mut tx = tenant::begin(&ctx.pools.staff, found.organisation).await?;
    let link = auth::reset_link(ctx, &mut tx, found.account, "reset").await?;
    let event = Event::by_operator(Some(found.organisation), "account.reset_link_made")
        .about("account", found.account.uuid());
    audit::append(&mut tx, &event).await?;
    tx.commit().await?;
    Ok(link)
}
