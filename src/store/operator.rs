//! What only whoever runs the server may ask: questions across organisations, on a connection of
//! the login itself. No pool of the running server can.

use sqlx::{Connection as _, Executor as _, PgConnection};

use super::StoreError;

/// Somebody who can add and change colleagues.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// Name of the organisation.
    pub organisation: String,
    /// Name of the person.
    pub name: String,
    /// Address that the person signs in with.
    pub email: String,
    /// Whether the account is closed.
    pub is_disabled: bool,
}

/// The owners of all organisations.
pub async fn list_owners(conn: &mut PgConnection) -> Result<Vec<Owner>, StoreError> {
    let mut tx = conn.begin().await?;
    // The login may be no superuser, and forced row-level security binds even the tables' owner.
    tx.execute("set local role touchstone_office_owner").await?;
    let owners = sqlx::query_as!(
        Owner,
        r#"select
             o.name as organisation, a.name, a.email,
             a.disabled_at is not null as "is_disabled!"
           from account as a
           join organisation as o on o.organisation_id = a.organisation_id
           where a.role = 'owner'
           order by o.name, a.name, a.email"#
    )
    .fetch_all(&mut *tx)
    .await?;
    tx.rollback().await?;
    Ok(owners)
}
