//! Accounts: signing in (across organisations, by exact address or secret) and colleagues.

use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use crate::domain::account::{Email, Role};
use crate::domain::id::{AccountId, OrganisationId};
use crate::domain::time::Instant;
use crate::store::{StoreError, time as db_time};

/// What signing in needs to know of an address.
#[derive(Debug)]
pub struct SignIn {
    /// Whose address it is.
    pub account: AccountId,
    /// Where the person works.
    pub organisation: OrganisationId,
    /// Nothing until a password was chosen.
    pub password_hash: Option<String>,
    /// Whether an owner has closed the account.
    pub is_disabled: bool,
}

/// The account of an address, whatever its organisation.
pub async fn find_sign_in(pool: &PgPool, email: &str) -> Result<Option<SignIn>, StoreError> {
    let row = sqlx::query!(
        r#"select account_id as "account_id!", organisation_id as "organisation_id!", password_hash,
                  is_disabled as "is_disabled!"
           from office.find_sign_in($1)"#,
        email,
    )
    .fetch_optional(pool)
    .await?;
    Ok(row.map(|row| SignIn {
        account: AccountId::new(row.account_id),
        organisation: OrganisationId::new(row.organisation_id),
        password_hash: row.password_hash,
        is_disabled: row.is_disabled,
    }))
}

/// Notes that somebody signed in, with a renewed hash when the old one was weaker.
pub async fn record_sign_in(
    pool: &PgPool,
    account: AccountId,
    rehashed: Option<&str>,
) -> Result<(), StoreError> {
    sqlx::query!("select office.record_sign_in($1, $2)", account.uuid(), rehashed)
        .fetch_one(pool)
        .await?;
    Ok(())
}

/// Ends the sessions of an account, but for one. Says how many.
pub async fn end_sessions(
    conn: &mut PgConnection,
    account: AccountId,
    but: Option<&[u8]>,
) -> Result<i64, StoreError> {
    let ended = sqlx::query_scalar!(
        r#"select office.end_sessions_of($1, $2) as "ended!""#,
        account.uuid(),
        but,
    )
    .fetch_one(conn)
    .await?;
    Ok(ended)
}

/// Makes the newest way to choose a password; older ones stop working.
pub async fn create_reset(
    conn: &mut PgConnection,
    token: &[u8],
    account: AccountId,
    purpose: &str,
    lasts_seconds: i32,
) -> Result<bool, StoreError> {
    let made = sqlx::query_scalar!(
        r#"select office.create_reset($1, $2, $3, $4) as "made!""#,
        token,
        account.uuid(),
        purpose,
        lasts_seconds,
    )
    .fetch_one(conn)
    .await?;
    Ok(made)
}

/// Whose reset a secret is, while it is good.
#[derive(Debug)]
pub struct Reset {
    /// Whose password will be chosen.
    pub account: AccountId,
    /// Where the person works.
    pub organisation: OrganisationId,
    /// `reset` or `welcome`.
    pub purpose: String,
    /// The person's address.
    pub email: String,
    /// The person's name.
    pub name: String,
}

/// The reset of a secret.
pub async fn find_reset(pool: &PgPool, token: &[u8]) -> Result<Option<Reset>, StoreError> {
    let row = sqlx::query!(
        r#"select account_id as "account_id!", organisation_id as "organisation_id!",
                  purpose as "purpose!", email as "email!", name as "name!"
           from office.find_reset($1)"#,
        token,
    )
    .fetch_optional(pool)
    .await?;
    Ok(row.map(|row| Reset {
        account: AccountId::new(row.account_id),
        organisation: OrganisationId::new(row.organisation_id),
        purpose: row.purpose,
        email: row.email,
        name: row.name,
    }))
}

/// Uses a reset once. `None` when the secret is no good (any more).
pub async fn use_reset(
    pool: &PgPool,
    token: &[u8],
    password_hash: &str,
) -> Result<Option<AccountId>, StoreError> {
    let account = sqlx::query_scalar!("select office.use_reset($1, $2)", token, password_hash)
        .fetch_one(pool)
        .await?;
    Ok(account.map(AccountId::new))
}

/// Whether there is an organisation yet.
pub async fn is_founded(pool: &PgPool) -> Result<bool, StoreError> {
    let founded =
        sqlx::query_scalar!(r#"select office.is_founded() as "founded!""#).fetch_one(pool).await?;
    Ok(founded)
}

/// Makes the one-time address of the first start. False where the login may not.
pub async fn create_bootstrap(
    pool: &PgPool,
    token: &[u8],
    lasts_seconds: i32,
) -> Result<bool, StoreError> {
    let made = sqlx::query_scalar!(
        r#"select office.create_bootstrap($1, $2) as "made!""#,
        token,
        lasts_seconds,
    )
    .fetch_one(pool)
    .await?;
    Ok(made)
}

/// Whether a one-time address is good.
pub async fn is_bootstrap(pool: &PgPool, token: &[u8]) -> Result<bool, StoreError> {
    let good = sqlx::query_scalar!(r#"select office.is_bootstrap($1) as "good!""#, token)
        .fetch_one(pool)
        .await?;
    Ok(good)
}

/// An organisation and its first owner.
#[derive(Debug)]
pub struct Founding<'a> {
    /// Id of the organisation.
    pub organisation: OrganisationId,
    /// Its name.
    pub organisation_name: &'a str,
    /// Its time zone, as an IANA name.
    pub timezone: &'a str,
    /// Id of the owner.
    pub account: AccountId,
    /// The owner's address.
    pub email: &'a Email,
    /// The owner's name.
    pub name: &'a str,
    /// The owner's password, hashed.
    pub password_hash: &'a str,
}

/// Makes an organisation and its owner, once per secret. False when the secret is no good.
pub async fn use_bootstrap(
    pool: &PgPool,
    token: &[u8],
    new: &Founding<'_>,
) -> Result<bool, StoreError> {
    let made = sqlx::query_scalar!(
        r#"select office.use_bootstrap($1, $2, $3, $4, $5, $6, $7, $8) as "made!""#,
        token,
        new.organisation.uuid(),
        new.organisation_name,
        new.timezone,
        new.account.uuid(),
        new.email.as_str(),
        new.name,
        new.password_hash,
    )
    .fetch_one(pool)
    .await?;
    Ok(made)
}

/// A colleague, as owners see them.
#[derive(Debug, Clone)]
pub struct Account {
    /// Id.
    pub account: AccountId,
    /// Address that the person signs in with.
    pub email: String,
    /// Name.
    pub name: String,
    /// What the person may do.
    pub role: Role,
    /// When an owner closed the account.
    pub disabled_at: Option<Instant>,
    /// When the person last signed in.
    pub last_signed_in_at: Option<Instant>,
    /// Whether the person has chosen a password.
    pub has_password: bool,
}

/// The colleagues of the organisation that the transaction names, owners first.
pub async fn list(conn: &mut PgConnection) -> Result<Vec<Account>, StoreError> {
    let rows = sqlx::query!(
        r#"select account_id, email, name, role, disabled_at, last_signed_in_at,
                  password_hash is not null as "has_password!"
           from account
           order by disabled_at is not null, array_position(array['owner', 'recruiter', 'rater', 'hr'], role), name"#
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Account {
                account: AccountId::new(row.account_id),
                email: row.email,
                name: row.name,
                role: read_role(&row.role, row.account_id)?,
                disabled_at: row.disabled_at.map(db_time::instant),
                last_signed_in_at: row.last_signed_in_at.map(db_time::instant),
                has_password: row.has_password,
            })
        })
        .collect()
}

/// Reads a stored role.
pub fn read_role(role: &str, id: Uuid) -> Result<Role, StoreError> {
    role.parse().map_err(|why| StoreError::corrupt("account", "role", id, why))
}

/// Adds a colleague without a password. The address is refused by `account_email_unique` when it has an account.
pub async fn insert(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    account: AccountId,
    email: &Email,
    name: &str,
    role: Role,
) -> Result<(), StoreError> {
    sqlx::query!(
        "insert into account (account_id, organisation_id, email, name, role)
         values ($1, $2, $3, $4, $5)",
        account.uuid(),
        organisation.uuid(),
        email.as_str(),
        name,
        role.as_str(),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Locks all accounts of the organisation, so that two owners cannot remove each other at once.
pub async fn lock_all(conn: &mut PgConnection) -> Result<(), StoreError> {
    sqlx::query!("select account_id from account order by account_id for update")
        .fetch_all(conn)
        .await?;
    Ok(())
}

/// Changes name and role of a colleague. False when there is none.
pub async fn update(
    conn: &mut PgConnection,
    account: AccountId,
    name: &str,
    role: Role,
    is_disabled: bool,
) -> Result<bool, StoreError> {
    let changed = sqlx::query!(
        "update account
         set name = $2, role = $3,
             disabled_at = case when $4 then coalesce(disabled_at, app_now()) end
         where account_id = $1",
        account.uuid(),
        name,
        role.as_str(),
        is_disabled,
    )
    .execute(conn)
    .await?;
    Ok(changed.rows_affected() == 1)
}

/// The stored password hash of an account of the organisation.
pub async fn find_password(
    conn: &mut PgConnection,
    account: AccountId,
) -> Result<Option<String>, StoreError> {
    let hash = sqlx::query_scalar!(
        "select password_hash from account where account_id = $1",
        account.uuid(),
    )
    .fetch_optional(conn)
    .await?;
    Ok(hash.flatten())
}

/// Sets the password of an account of the organisation.
pub async fn update_password(
    conn: &mut PgConnection,
    account: AccountId,
    password_hash: &str,
) -> Result<(), StoreError> {
    sqlx::query!(
        "update account set password_hash = $2, password_changed_at = app_now() where account_id = $1",
        account.uuid(),
        password_hash,
    )
    .execute(conn)
    .await?;
    Ok(())
}
