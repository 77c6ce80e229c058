//! Colleagues out of thin air, for tests that need an actor and no sign-in.

use touchstone::domain::access::Actor;
use touchstone::domain::account::Role;
use touchstone::domain::id::{AccountId, OrganisationId};

use super::database::{Db, fresh_id};

/// A colleague of this role, without a password.
pub async fn colleague(db: &Db, organisation: OrganisationId, role: Role) -> Actor {
    colleague_at(db, organisation, role, &format!("{}@example.org", fresh_id())).await
}

/// The same with an address of one's choice.
pub async fn colleague_at(db: &Db, organisation: OrganisationId, role: Role, email: &str) -> Actor {
    let account = AccountId::new(fresh_id());
    sqlx::query!(
        "insert into account (account_id, organisation_id, email, name, role)
         values ($1, $2, $3, 'Ines Moreau', $4)",
        account.uuid(),
        organisation.uuid(),
        email,
        role.as_str(),
    )
    .execute(&db.owner)
    .await
    .expect("account");
    Actor::Staff { account, organisation, role }
}
