//! The roles: made by whoever comes first, or asked for with the exact words.

use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
use touchstone::store::{self, Kind, StoreError, roles};

use crate::database::{Db, fresh_id, server_url, with_database};

async fn admin() -> PgConnection {
    PgConnection::connect(&with_database(&server_url(), "postgres")).await.expect("the server")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_can_make_the_roles_at_once() {
    let db = Db::fresh().await;
    let makers: Vec<_> = (0..8)
        .map(|_| {
            let url = db.url.clone();
            tokio::spawn(async move {
                let mut conn = PgConnection::connect(&url).await.expect("connection");
                roles::ensure(&mut conn).await
            })
        })
        .collect();
    for maker in makers {
        maker.await.expect("no panic").expect("roles");
    }
}

#[tokio::test]
async fn a_login_without_the_right_is_told_what_to_ask_for() {
    let mut admin = admin().await;
    let login = format!("ts_plain_{}", fresh_id().simple());
    admin.execute(AssertSqlSafe(format!("create role {login} login"))).await.expect("login");
    admin.execute(AssertSqlSafe(format!("set role {login}"))).await.expect("as the login");
    let refusal = roles::ensure(&mut admin).await;
    admin.execute("reset role").await.expect("back");
    admin.execute(AssertSqlSafe(format!("drop role {login}"))).await.expect("dropped");
    let Err(StoreError::RolesMissing { recipe }) = refusal else { panic!("{refusal:?}") };
    for role in roles::ALL {
        assert!(recipe.contains(&format!("grant {role} to \"{login}\";")), "{recipe}");
    }
}

#[tokio::test]
async fn an_owner_without_superuser_rights_can_migrate_and_serve() {
    let mut admin = admin().await;
    let login = format!("ts_owner_{}", fresh_id().simple());
    let make = format!("create role {login} login createrole password 'p'");
    admin.execute(AssertSqlSafe(make)).await.expect("login");
    let make = format!("create database {login} owner {login} template template0");
    admin.execute(AssertSqlSafe(make)).await.expect("database");

    let url = with_database(&server_url(), &login);
    let url = match url.split_once("://").and_then(|(scheme, rest)| {
        rest.split_once('@').map(|(_, rest)| format!("{scheme}://{login}:p@{rest}"))
    }) {
        Some(url) => url,
        None => url,
    };
    let migrated = store::migrate(&url, Kind::Test).await;
    let again = store::migrate(&url, Kind::Live).await;
    let outcome = async {
        migrated?;
        again?;
        let pools = store::pool::Pools::connect(&url).await?;
        store::health::ping(&pools.candidate).await?;
        let mut conn = pools.staff.acquire().await?;
        assert_eq!(store::deployment::find_kind(&mut conn).await?, Kind::Test, "said once");
        drop(conn);
        pools.close().await;
        Ok::<_, StoreError>(())
    }
    .await;
    let drop = format!("drop database {login} with (force)");
    admin.execute(AssertSqlSafe(drop)).await.expect("dropped");
    let drop = format!("drop owned by {login} cascade; drop role {login}");
    admin.execute(AssertSqlSafe(drop)).await.expect("dropped");
    outcome.expect("an ordinary owner is enough");
}
