//! The colleagues of an organisation: an owner's work.

use crate::domain::access::{Action, Actor};
use crate::domain::account::{Email, PersonName, Role};
use crate::domain::id::AccountId;
use crate::service::auth::{allow_staff, reset_link};
use crate::service::error::{FieldError, Refusal};
use crate::service::mailer::Mail;
use crate::service::{Ctx, audit, outbox};
use crate::store::account as rows;
pub use crate::store::account::Account;
use crate::store::tenant;
use crate::text::say;

/// Everybody who works here.
pub async fn list(ctx: &Ctx, actor: &Actor) -> Result<Vec<Account>, Refusal> {
    let (_, organisation, _) = allow_staff(actor, Action::SeePeople)?;
    let mut tx = tenant::begin(&ctx.pools.staff, organisation).await?;
    Ok(rows::list(&mut tx).await?)
}

/// What an owner types to add a colleague.
#[derive(Debug, Clone, Default)]
pub struct NewColleague {
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Role, by its word.
    pub role: String,
}

/// Adds a colleague and promises a mail with which to choose a password.
pub async fn add(ctx: &Ctx, actor: &Actor, new: NewColleague) -> Result<AccountId, Refusal> {
    let (by, organisation, _) = allow_staff(actor, Action::ChangePeople)?;
    let mut problems = Vec::new();
    let name = PersonName::parse(&new.name).ok().map(|name| name.value);
    if name.is_none() {
        problems.push(FieldError::new("name", "name-length"));
    }
    let email = new.email.parse::<Email>().ok();
    if email.is_none() {
        problems.push(FieldError::new("email", "email-unreadable"));
    }
    let role = new.role.parse::<Role>().ok();
    if role.is_none() {
        problems.push(FieldError::new("role", "role-unknown"));
    }
    let (Some(name), Some(email), Some(role)) = (name, email, role) else {
        return Err(Refusal::Invalid(problems));
    };
    let account = AccountId::new(crate::service::fresh::id());
    let work = ctx.clone();
    ctx.detached(async move {
        let mut tx = tenant::begin(&work.pools.staff, organisation).await?;
        match rows::insert(&mut tx, organisation, account, &email, name.as_str(), role).await {
            Ok(()) => {}
            Err(cause) if cause.is_conflict("account_email_unique") => {
                return Err(Refusal::field("email", "email-taken"));
            }
            Err(cause) => return Err(cause.into()),
        }
        let link = reset_link(&work, &mut tx, account, "welcome").await?;
        let locale = work.config.locale;
        let mail = Mail {
            to: email.as_str().to_owned(),
            subject: say(locale, "mail-welcome-subject", &[]),
            text: say(
                locale,
                "mail-welcome-text",
                &[("name", name.as_str().to_owned().into()), ("link", link.into())],
            ),
        };
        outbox::promise_to_account(&work, &mut tx, organisation, account, "welcome", &mail).await?;
        audit::about(&mut tx, organisation, by, "account.added", "account", account.uuid()).await?;
        tx.commit().await?;
        Ok(account)
    })
    .await
}

/// What an owner changes about a colleague.
#[derive(Debug, Clone)]
pub struct Change {
    /// Whose account.
    pub account: AccountId,
    /// Name.
    pub name: String,
    /// Role, by its word.
    pub role: String,
    /// Whether the account is closed.
    pub is_disabled: bool,
}

/// Changes or closes an account. The last owner cannot be closed or take another role.
pub async fn change(ctx: &Ctx, actor: &Actor, change: Change) -> Result<(), Refusal> {
    let (by, organisation, _) = allow_staff(actor, Action::ChangePeople)?;
    let name =
        PersonName::parse(&change.name).map_err(|_| Refusal::field("name", "name-length"))?.value;
    let role: Role = change.role.parse().map_err(|_| Refusal::field("role", "role-unknown"))?;
    let work = ctx.clone();
    ctx.detached(async move {
        let mut tx = tenant::begin(&work.pools.staff, organisation).await?;
        rows::lock_all(&mut tx).await?;
        let people = rows::list(&mut tx).await?;
        let Some(before) = people.iter().find(|person| person.account == change.account) else {
            return Err(Refusal::Hidden);
        };
        let is_owner =
            |person: &Account| person.role == Role::Owner && person.disabled_at.is_none();
        let stays_owner = role == Role::Owner && !change.is_disabled;
        let others = people.iter().any(|other| other.account != change.account && is_owner(other));
        if is_owner(before) && !stays_owner && !others {
            return Err(Refusal::field("role", "last-owner"));
        }
        rows::update(&mut tx, change.account, name.as_str(), role, change.is_disabled).await?;
        if change.is_disabled {
            rows::end_sessions(&mut tx, change.account, None).await?;
        }
        let verb = match (before.disabled_at.is_some(), change.is_disabled) {
            (false, true) => "account.disabled",
            (true, false) => "account.enabled",
            _ => "account.changed",
        };
        audit::about(&mut tx, organisation, by, verb, "account", change.account.uuid()).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}
