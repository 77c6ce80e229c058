//! Signing in and out, forgotten passwords, the first owner.

use std::net::IpAddr;

use crate::domain::access::{Action, Actor, Decision, decide};
use crate::domain::account::{Email, PersonName, Role, check_password};
use crate::domain::clean;
use crate::domain::id::{AccountId, OrganisationId};
use crate::service::error::{FieldError, Refusal};
use crate::service::mailer::Mail;
use crate::service::password::{self, Verdict};
use crate::service::secret::Secret;
use crate::service::{Ctx, audit, outbox};
use crate::store::{account as rows, tenant};
use crate::text::say;

/// A reset link is good for an hour, a first password for a week, the bootstrap address for a day.
const RESET_SECONDS: i32 = 60 * 60;
const WELCOME_SECONDS: i32 = 7 * 24 * 60 * 60;
const BOOTSTRAP_SECONDS: i32 = 24 * 60 * 60;

/// Somebody who has shown who they are.
#[derive(Debug, Clone, Copy)]
pub struct SignedIn {
    /// The account.
    pub account: AccountId,
    /// Where the person works.
    pub organisation: OrganisationId,
}

/// Asks the policy; a service's first line.
pub fn allow(actor: &Actor, action: Action) -> Result<(), Refusal> {
    match (decide(actor, action), actor) {
        (Decision::Allow, _) => Ok(()),
        (Decision::Deny, Actor::Anonymous) => Err(Refusal::Unauthenticated),
        (Decision::Deny, _) => Err(Refusal::Forbidden),
        (Decision::Hide, _) => Err(Refusal::Hidden),
    }
}

/// As [`allow`], and says for which colleague of which organisation.
pub fn allow_staff(
    actor: &Actor,
    action: Action,
) -> Result<(AccountId, OrganisationId, Role), Refusal> {
    allow(actor, action)?;
    match *actor {
        Actor::Staff { account, organisation, role } => Ok((account, organisation, role)),
        _ => Err(Refusal::Unauthenticated),
    }
}

/// Checks address and password. A stranger and a wrong password look and take the same.
pub async fn sign_in(
    ctx: &Ctx,
    source: IpAddr,
    email: &str,
    password: String,
) -> Result<SignedIn, Refusal> {
    let email = clean::line(email).value.to_lowercase();
    ctx.limiter.check_account(source, &email)?;
    let found = rows::find_sign_in(&ctx.pools.staff, &email).await?;
    let found = found.filter(|account| !account.is_disabled);
    let stored = found.as_ref().and_then(|account| account.password_hash.clone());
    let verdict = password::verify(password.clone(), stored).await?;
    let (Some(account), true) = (found, verdict != Verdict::Wrong) else {
        ctx.limiter.take_account(source, &email)?;
        audit::stranger(ctx, "account.sign_in_refused").await?;
        return Err(Refusal::Conflict("sign-in-wrong"));
    };
    let rehashed = match verdict {
        Verdict::RightButOld => Some(password::hash(password).await?),
        _ => None,
    };
    let ctx = ctx.clone();
    let signed_in = SignedIn { account: account.account, organisation: account.organisation };
    ctx.clone()
        .detached(async move {
            rows::record_sign_in(&ctx.pools.staff, signed_in.account, rehashed.as_deref()).await?;
            let mut tx = tenant::begin(&ctx.pools.staff, signed_in.organisation).await?;
            audit::by_staff(
                &mut tx,
                signed_in.organisation,
                signed_in.account,
                "account.signed_in",
            )
            .await?;
            tx.commit().await?;
            Ok(signed_in)
        })
        .await
}

/// Ends every session of the own account but this one.
pub async fn sign_out_elsewhere(
    ctx: &Ctx,
    actor: &Actor,
    this_session: Vec<u8>,
) -> Result<i64, Refusal> {
    let (account, organisation, _) = allow_staff(actor, Action::ChangeOwnAccount)?;
    let work = ctx.clone();
    ctx.detached(async move {
        let mut tx = tenant::begin(&work.pools.staff, organisation).await?;
        let ended = rows::end_sessions(&mut tx, account, Some(&this_session)).await?;
        audit::by_staff(&mut tx, organisation, account, "account.signed_out_elsewhere").await?;
        tx.commit().await?;
        Ok(ended)
    })
    .await
}

/// Changes the own password; every other session of the account ends.
pub async fn change_password(
    ctx: &Ctx,
    actor: &Actor,
    source: IpAddr,
    email: &str,
    current: String,
    new: String,
    this_session: Vec<u8>,
) -> Result<(), Refusal> {
    let (account, organisation, _) = allow_staff(actor, Action::ChangeOwnAccount)?;
    ctx.limiter.check_account(source, email)?;
    check_password(&new, &[email]).map_err(|why| Refusal::field("new", password_code(why)))?;
    let mut tx = tenant::begin(&ctx.pools.staff, organisation).await?;
    let stored = rows::find_password(&mut tx, account).await?;
    drop(tx);
    if password::verify(current, stored).await? == Verdict::Wrong {
        ctx.limiter.take_account(source, email)?;
        return Err(Refusal::field("current", "password-wrong"));
    }
    let hash = password::hash(new).await?;
    let work = ctx.clone();
    ctx.detached(async move {
        let mut tx = tenant::begin(&work.pools.staff, organisation).await?;
        rows::update_password(&mut tx, account, &hash).await?;
        rows::end_sessions(&mut tx, account, Some(&this_session)).await?;
        audit::by_staff(&mut tx, organisation, account, "account.password_changed").await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// Promises a mail with a reset link, if there is such an account. The answer never says whether.
pub fn ask_reset(ctx: &Ctx, source: IpAddr, email: &str) -> Result<(), Refusal> {
    let email: Email = email.parse().map_err(|_| Refusal::field("email", "email-unreadable"))?;
    ctx.limiter.take_account(source, email.as_str())?;
    let work = ctx.clone();
    // The work for a known address must not be seen in the time of the answer.
    tokio::spawn(async move {
        if let Err(cause) = promise_reset(&work, &email).await {
            tracing::error!(%cause, "a reset was not promised");
        }
    });
    Ok(())
}

async fn promise_reset(ctx: &Ctx, email: &Email) -> Result<(), Refusal> {
    let Some(found) = rows::find_sign_in(&ctx.pools.staff, email.as_str()).await? else {
        return Ok(());
    };
    if found.is_disabled {
        return Ok(());
    }
    let mut tx = tenant::begin(&ctx.pools.staff, found.organisation).await?;
    let link = reset_link(ctx, &mut tx, found.account, "reset").await?;
    let locale = ctx.config.locale;
    let mail = Mail {
        to: email.as_str().to_owned(),
        subject: say(locale, "mail-reset-subject", &[]),
        text: say(locale, "mail-reset-text", &[("link", link.into())]),
    };
    outbox::promise_to_account(ctx, &mut tx, found.organisation, found.account, "reset", &mail)
        .await?;
    audit::by_staff(&mut tx, found.organisation, found.account, "account.reset_asked").await?;
    tx.commit().await?;
    Ok(())
}

/// Makes a link with which a colleague chooses a password. The store ends older ones.
pub async fn reset_link(
    ctx: &Ctx,
    conn: &mut sqlx::PgConnection,
    account: AccountId,
    purpose: &'static str,
) -> Result<String, Refusal> {
    let secret = Secret::fresh()?;
    let lasts = if purpose == "welcome" { WELCOME_SECONDS } else { RESET_SECONDS };
    if !rows::create_reset(conn, &secret.digest(), account, purpose, lasts).await? {
        return Err(Refusal::Hidden);
    }
    Ok(format!("{}/reset/{}", ctx.config.public_url, secret.reveal()))
}

/// Whose reset a secret is. Unknown, used and expired ones look the same.
pub async fn find_reset(ctx: &Ctx, source: IpAddr, token: &str) -> Result<rows::Reset, Refusal> {
    ctx.limiter.check_source(source)?;
    let found = match Secret::parse(token) {
        Some(secret) => rows::find_reset(&ctx.pools.staff, &secret.digest()).await?,
        None => None,
    };
    if let Some(reset) = found {
        Ok(reset)
    } else {
        ctx.limiter.take_source(source)?;
        Err(Refusal::Hidden)
    }
}

/// Chooses a new password with a reset link; every session of the account ends.
pub async fn reset(
    ctx: &Ctx,
    source: IpAddr,
    token: &str,
    new: String,
) -> Result<SignedIn, Refusal> {
    let found = find_reset(ctx, source, token).await?;
    check_password(&new, &[&found.email])
        .map_err(|why| Refusal::field("new", password_code(why)))?;
    let hash = password::hash(new).await?;
    let secret = Secret::parse(token).ok_or(Refusal::Hidden)?;
    let work = ctx.clone();
    ctx.detached(async move {
        let account = rows::use_reset(&work.pools.staff, &secret.digest(), &hash).await?;
        let account = account.ok_or(Refusal::Hidden)?;
        let mut tx = tenant::begin(&work.pools.staff, found.organisation).await?;
        audit::by_staff(&mut tx, found.organisation, account, "account.password_reset").await?;
        tx.commit().await?;
        Ok(SignedIn { account, organisation: found.organisation })
    })
    .await
}

/// Whether there is an organisation.
pub async fn is_founded(ctx: &Ctx) -> Result<bool, Refusal> {
    Ok(rows::is_founded(&ctx.pools.staff).await?)
}

/// The one-time address of the first start; nothing once there is an organisation.
pub async fn bootstrap_link(ctx: &Ctx) -> Result<Option<String>, Refusal> {
    if rows::is_founded(&ctx.pools.staff).await? {
        return Ok(None);
    }
    let secret = Secret::fresh()?;
    let made =
        rows::create_bootstrap(&ctx.pools.staff, &secret.digest(), BOOTSTRAP_SECONDS).await?;
    Ok(made.then(|| format!("{}/bootstrap/{}", ctx.config.public_url, secret.reveal())))
}

/// What the first owner types.
#[derive(Debug, Clone, Default)]
pub struct Founder {
    /// Name of the organisation.
    pub organisation: String,
    /// IANA name of its time zone.
    pub timezone: String,
    /// The owner's name.
    pub name: String,
    /// The owner's address.
    pub email: String,
    /// The owner's password.
    pub password: String,
}

/// Whether the one-time address is good.
pub async fn check_bootstrap(ctx: &Ctx, source: IpAddr, token: &str) -> Result<(), Refusal> {
    ctx.limiter.check_source(source)?;
    let is_good = match Secret::parse(token) {
        Some(secret) => rows::is_bootstrap(&ctx.pools.staff, &secret.digest()).await?,
        None => false,
    };
    if is_good {
        return Ok(());
    }
    ctx.limiter.take_source(source)?;
    Err(Refusal::Hidden)
}

/// Makes the organisation and its owner with the one-time address.
pub async fn bootstrap(
    ctx: &Ctx,
    source: IpAddr,
    token: &str,
    founder: Founder,
) -> Result<SignedIn, Refusal> {
    check_bootstrap(ctx, source, token).await?;
    let secret = Secret::parse(token).ok_or(Refusal::Hidden)?;
    found(ctx, &secret, founder).await
}

/// Makes an organisation and its owner from the command line of the server.
pub async fn create_owner(ctx: &Ctx, founder: Founder) -> Result<SignedIn, Refusal> {
    let secret = Secret::fresh()?;
    if !rows::create_bootstrap(&ctx.pools.staff, &secret.digest(), BOOTSTRAP_SECONDS).await? {
        return Err(Refusal::Forbidden);
    }
    found(ctx, &secret, founder).await
}

async fn found(ctx: &Ctx, secret: &Secret, founder: Founder) -> Result<SignedIn, Refusal> {
    let mut problems = Vec::new();
    let organisation_name = clean::line(&founder.organisation).value;
    if organisation_name.is_empty() || organisation_name.chars().count() > 200 {
        problems.push(FieldError::new("organisation", "name-length"));
    }
    let name = PersonName::parse(&founder.name).ok().map(|name| name.value);
    if name.is_none() {
        problems.push(FieldError::new("name", "name-length"));
    }
    let email = founder.email.parse::<Email>().ok();
    if email.is_none() {
        problems.push(FieldError::new("email", "email-unreadable"));
    }
    if jiff::tz::TimeZone::get(&founder.timezone).is_err() {
        problems.push(FieldError::new("timezone", "timezone-unknown"));
    }
    if let Err(why) = check_password(&founder.password, &[&organisation_name, &founder.email]) {
        problems.push(FieldError::new("password", password_code(why)));
    }
    let (Some(name), Some(email), true) = (name, email, problems.is_empty()) else {
        return Err(Refusal::Invalid(problems));
    };
    let hash = password::hash(founder.password).await?;
    let signed_in = SignedIn {
        account: AccountId::new(crate::service::fresh::id()),
        organisation: OrganisationId::new(crate::service::fresh::id()),
    };
    let (work, digest) = (ctx.clone(), secret.digest());
    ctx.detached(async move {
        let new = rows::Founding {
            organisation: signed_in.organisation,
            organisation_name: &organisation_name,
            timezone: &founder.timezone,
            account: signed_in.account,
            email: &email,
            name: name.as_str(),
            password_hash: &hash,
        };
        match rows::use_bootstrap(&work.pools.staff, &digest, &new).await {
            Ok(true) => {}
            Ok(false) => return Err(Refusal::Hidden),
            Err(cause) if cause.is_conflict("account_email_unique") => {
                return Err(Refusal::field("email", "email-taken"));
            }
            Err(cause) => return Err(cause.into()),
        }
        let mut tx = tenant::begin(&work.pools.staff, signed_in.organisation).await?;
        audit::by_staff(&mut tx, signed_in.organisation, signed_in.account, "organisation.founded")
            .await?;
        tx.commit().await?;
        Ok(signed_in)
    })
    .await
}

/// The code of a refused password.
pub(crate) fn password_code(why: crate::domain::account::PasswordProblem) -> &'static str {
    use crate::domain::account::PasswordProblem as Why;
    match why {
        Why::TooShort => "password-too-short",
        Why::TooLong => "password-too-long",
        Why::Common => "password-common",
        Why::Guessable => "password-guessable",
    }
}
