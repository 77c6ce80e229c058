//! What whoever runs the server may do from its command line.

use crate::domain::access::Actor;
use crate::domain::account::Email;
use crate::service::{Ctx, Refusal, auth};
use crate::store::audit::Event;
use crate::store::{account as rows, audit, tenant};

/// A link with which a colleague of any organisation chooses a password, for when no mail arrives.
pub async fn reset_link(ctx: &Ctx, email: &str) -> Result<String, Refusal> {
    auth::allow(&Actor::Operator, crate::domain::access::Action::Operate)?;
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
