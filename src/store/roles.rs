//! The roles that everything else takes for granted.
//!
//! Roles belong to the whole PostgreSQL server, not to one database, so they cannot be part of a
//! migration that runs once per database. Making them is repeatable, and two processes that do it
//! at once for two databases do not disturb each other.

use sqlx::{AssertSqlSafe, Connection, PgConnection};

use super::StoreError;

/// Roles that a login takes on, and roles that only own functions. Nobody signs in as any of them.
pub const ALL: [&str; 6] = [
    "touchstone_candidate",
    "touchstone_staff",
    "touchstone_scorer",
    "touchstone_door_owner",
    "touchstone_office_owner",
    "touchstone_eraser",
];

/// How often a collision with another process is worth another try.
const TRIES: usize = 8;

/// Makes the roles that are missing and makes this login a member of all. When it may not, the
/// error says what an administrator must run.
pub async fn ensure(conn: &mut PgConnection) -> Result<(), StoreError> {
    let login = sqlx::query!(
        r#"select
             rolname::text as "name!",
             rolsuper or rolcreaterole as "may_create!"
           from pg_catalog.pg_roles
           where rolname = current_user"#
    )
    .fetch_one(&mut *conn)
    .await?;
    for _ in 1..TRIES {
        let steps = missing(conn, &login.name).await?;
        if steps.is_empty() {
            return Ok(());
        }
        if !login.may_create {
            return Err(StoreError::RolesMissing { recipe: steps.join("\n") });
        }
        for step in steps {
            run(conn, step).await?;
        }
    }
    match missing(conn, &login.name).await? {
        steps if steps.is_empty() => Ok(()),
        steps => Err(StoreError::RolesMissing { recipe: steps.join("\n") }),
    }
}

/// The statements that are still to be run for this login.
pub async fn missing(conn: &mut PgConnection, login: &str) -> Result<Vec<String>, StoreError> {
    let wanted: Vec<String> = ALL.iter().map(ToString::to_string).collect();
    let rows = sqlx::query!(
        r#"select
             wanted.name as "name!",
             have.oid is not null as "is_there!",
             coalesce(
               have.rolcanlogin or have.rolsuper or have.rolbypassrls or have.rolcreaterole,
               false) as "is_too_strong!",
             -- From version 16 on, being a member and being allowed to take the role on are two things.
             coalesce(
               pg_has_role(
                 $2::text::name,
                 have.oid,
                 case when current_setting('server_version_num')::integer < 160000
                   then 'member' else 'set' end),
               false) as "is_member!"
           from unnest($1::text[]) with ordinality as wanted (name, place)
           left join pg_catalog.pg_roles as have on have.rolname = wanted.name
           order by wanted.place"#,
        &wanted,
        login,
    )
    .fetch_all(conn)
    .await?;
    let mut steps = Vec::new();
    for row in rows {
        let name = &row.name;
        if !row.is_there {
            steps.push(format!("create role {name} nologin;"));
        } else if row.is_too_strong {
            steps.push(format!("alter role {name} nologin nosuperuser nobypassrls nocreaterole;"));
        }
        if !row.is_member {
            steps.push(format!("grant {name} to {};", quoted(login)));
        }
    }
    Ok(steps)
}

/// Runs one step; that another process was faster is no error.
#[expect(clippy::disallowed_methods, reason = "role names cannot be bound as parameters")]
async fn run(conn: &mut PgConnection, step: String) -> Result<(), StoreError> {
    let mut tx = conn.begin().await?;
    // The text is made of the constants above and of a quoted role name.
    match sqlx::raw_sql(AssertSqlSafe(step)).execute(&mut *tx).await {
        Ok(_) => Ok(tx.commit().await?),
        Err(cause) if is_collision(&cause) => Ok(tx.rollback().await?),
        Err(cause) => Err(cause.into()),
    }
}

/// Duplicate object, unique violation, and "tuple concurrently updated".
fn is_collision(cause: &sqlx::Error) -> bool {
    let sqlx::Error::Database(refusal) = cause else { return false };
    refusal.code().is_some_and(|code| ["42710", "23505", "XX000"].contains(&code.as_ref()))
}

fn quoted(identifier: &str) -> String {
    format!("\"{}\"", identifier.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_login_with_a_quote_in_its_name_stays_one_name() {
        assert_eq!(quoted(r#"a"; drop"#), r#""a""; drop""#);
    }
}
