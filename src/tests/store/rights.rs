//! Who may do what in the database, as a list that a reviewer can read.

use std::fmt::Write as _;

use sqlx::Executor as _;
use touchstone::store::{roles, tenant};

use super::world::{Browser, PLAIN, World};
use crate::database::Db;

/// Compares with a file; `TOUCHSTONE_GOLDEN=write` writes it.
fn golden(name: &str, text: &str) {
    let path = format!("{}/src/tests/golden/{name}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var("TOUCHSTONE_GOLDEN").is_ok_and(|value| value == "write") {
        std::fs::write(&path, text).expect("written");
    }
    let wanted = std::fs::read_to_string(&path).expect("the golden file");
    assert!(wanted == text, "{path} differs; TOUCHSTONE_GOLDEN=write shows how:\n{text}");
}

#[tokio::test]
async fn tables_open_to_each_role_are_as_written_down() {
    let db = Db::fresh().await;
    let mut text = String::from("# role: table: verbs (columns, when not all)\n");
    for role in roles::ALL {
        let rows = sqlx::query!(
            r#"select
                 c.relname::text as "name!",
                 (select string_agg(verb, ' ' order by verb)
                  from unnest('{select,insert,update,delete,truncate,references,trigger}'::text[]) as verb
                  where has_table_privilege($1, c.oid, verb)) as verbs,
                 (select string_agg(verb || '(' || columns || ')', ' ' order by verb)
                  from (
                    select verb, string_agg(a.attname, ',' order by a.attnum) as columns
                    from unnest('{select,insert,update,references}'::text[]) as verb
                    join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                    where not has_table_privilege($1, c.oid, verb)
                      and has_column_privilege($1, c.oid, a.attnum, verb)
                    group by verb) as few) as few
               from pg_class as c
               where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v', 'm', 'S', 'p', 'f')
               order by c.relname"#,
            role,
        )
        .fetch_all(&db.owner)
        .await
        .expect("privileges");
        for row in rows.into_iter().filter(|row| row.verbs.is_some() || row.few.is_some()) {
            let verbs: Vec<_> = [row.verbs, row.few].into_iter().flatten().collect();
            let _ = writeln!(text, "{role}: {}: {}", row.name, verbs.join(" "));
        }
    }
    assert!(!text.contains("touchstone_candidate:"), "the candidate has a right on a table");
    assert!(!text.contains("door_owner: version_key"), "the door can read keys");
    golden("rights.txt", &text);
}

#[tokio::test]
async fn the_door_and_the_office_are_closed_lists() {
    let db = Db::fresh().await;
    let rows = sqlx::query!(
        r#"select
             p.oid::regprocedure::text as "name!",
             r.rolname::text as "owner!",
             p.prosecdef as "is_definer!",
             coalesce(array_to_string(p.proconfig, ' '), '') as "settings!",
             (select string_agg(g.rolname, ' ' order by g.rolname)
              from pg_roles as g
              where g.rolname like 'touchstone%' and not g.rolsuper
                and g.oid <> p.proowner
                and has_function_privilege(g.oid, p.oid, 'execute')) as who,
             has_function_privilege('public', p.oid, 'execute') as "is_public!"
           from pg_proc as p
           join pg_roles as r on r.oid = p.proowner
           where p.pronamespace in ('door'::regnamespace, 'office'::regnamespace)
           order by 1"#
    )
    .fetch_all(&db.owner)
    .await
    .expect("functions");
    let mut text = String::from("# function: owner: who may execute\n");
    for row in rows {
        assert!(row.is_definer, "{} does not work as its owner", row.name);
        assert_eq!(row.settings, "search_path=public, pg_temp", "{}", row.name);
        assert!(!row.is_public, "{} is open to everybody", row.name);
        let _ = writeln!(text, "{}: {}: {}", row.name, row.owner, row.who.unwrap_or_default());
    }
    golden("door.txt", &text);
}

#[tokio::test]
async fn every_tenant_table_is_locked_to_its_organisation() {
    let db = Db::fresh().await;
    let open = sqlx::query_scalar!(
        r#"select c.relname::text as "name!"
           from pg_class as c
           join pg_attribute as a on a.attrelid = c.oid and a.attname = 'organisation_id'
           where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
             and not (c.relrowsecurity and c.relforcerowsecurity and exists (
               select from pg_policy as p where p.polrelid = c.oid and p.polname = 'tenant'))"#
    )
    .fetch_all(&db.owner)
    .await
    .expect("tables");
    assert_eq!(open, [""; 0], "tables with an organisation but without its policy");
    // A reference from one tenant's row to another's cannot even be stored.
    let loose = sqlx::query_scalar!(
        r#"select k.conname::text as "name!"
           from pg_constraint as k
           join pg_attribute as a on a.attrelid = k.conrelid and a.attname = 'organisation_id'
           join pg_attribute as b on b.attrelid = k.confrelid and b.attname = 'organisation_id'
           where k.contype = 'f' and not (
             a.attnum = any (k.conkey)
             and k.confkey[array_position(k.conkey, a.attnum)] = b.attnum)"#
    )
    .fetch_all(&db.owner)
    .await
    .expect("keys");
    assert_eq!(loose, [""; 0], "foreign keys that do not carry the organisation");
    let unnamed = sqlx::query_scalar!(
        r#"select c.relname || '.' || k.conname as "name!"
           from pg_constraint as k join pg_class as c on c.oid = k.conrelid
           where c.relnamespace = 'public'::regnamespace and c.relname not like '\_sqlx%'
             and k.conname not like c.relname || '\_%'"#
    )
    .fetch_all(&db.owner)
    .await
    .expect("constraints");
    assert_eq!(unnamed, [""; 0], "constraints are named after their table");
}

#[tokio::test]
async fn staff_see_and_write_their_own_organisation_only() {
    let db = Db::fresh().await;
    let (own, foreign) = (World::publish(&db, PLAIN).await, World::publish(&db, PLAIN).await);
    for world in [&own, &foreign] {
        let guest = world.invite(&db).await;
        let me = Browser::start(&db, &guest).await;
        me.save(1, 0, "a").await;
        let other = me.beside(&db, &guest).await;
        other.save(1, 1, "late").await;
    }
    let tables = sqlx::query_scalar!(
        r#"select c.relname::text as "name!"
           from pg_class as c
           where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v')
             and has_any_column_privilege('touchstone_staff', c.oid, 'select')
             and exists (
               select from pg_attribute as a
               where a.attrelid = c.oid and a.attname = 'organisation_id')
           order by 1"#
    )
    .fetch_all(&db.owner)
    .await
    .expect("tables");
    assert!(tables.len() > 15, "{tables:?}");
    let mut filled = 0;
    for table in &tables {
        let mut tx = tenant::begin(&db.pools.staff, own.organisation).await.expect("staff");
        let count = async |tx: &mut tenant::Tx, filter: String| -> i64 {
            let statement = format!("select count(organisation_id) from {table} where {filter}");
            let row = tx.fetch_one(sqlx::AssertSqlSafe(statement)).await.expect("count");
            sqlx::Row::get(&row, 0)
        };
        let (mine, theirs) = (own.organisation, foreign.organisation);
        let all = count(&mut tx, "true".to_owned()).await;
        assert_eq!(count(&mut tx, format!("organisation_id = '{mine}'")).await, all, "{table}");
        assert_eq!(count(&mut tx, format!("organisation_id = '{theirs}'")).await, 0, "{table}");
        filled += i32::from(all > 0);
        tx.rollback().await.expect("closed");
        let mut tx = db.pools.staff.begin().await.expect("staff without an organisation");
        assert_eq!(count(&mut tx, "true".to_owned()).await, 0, "{table}");
    }
    assert!(filled > 12, "too few tables had rows to hide");

    let mut tx = tenant::begin(&db.pools.staff, own.organisation).await.expect("staff");
    let refused = sqlx::query!(
        "insert into candidate (candidate_id, organisation_id, email)
         values (app_uuid(), $1, 'x@example.org')",
        foreign.organisation.uuid(),
    )
    .execute(&mut *tx)
    .await
    .expect_err("a row of another organisation");
    assert!(refused.to_string().contains("row-level security"), "{refused}");
    let mut tx = tenant::begin(&db.pools.staff, own.organisation).await.expect("staff");
    let changed = sqlx::query!("update candidate set name = 'x'").execute(&mut *tx).await;
    assert_eq!(changed.expect("own rows").rows_affected(), 1);
}

#[tokio::test]
async fn the_candidates_role_reaches_the_door_and_nothing_else() {
    let db = Db::fresh().await;
    for statement in [
        "select * from public.version_key",
        "select * from public.response",
        "select public.app_now()",
        "select office.find_sign_in('x')",
        "select office.integrity(null)",
        "select guard.receipt_hash(gen_random_uuid(), 0)",
        "select * from guard.seat('x', gen_random_uuid())",
        "create table public.t (x int)",
        "create function door.t() returns int language sql as 'select 1'",
    ] {
        let mut conn = db.pools.candidate.acquire().await.expect("candidate");
        let refused = conn.execute(statement).await.expect_err(statement);
        assert!(refused.to_string().contains("permission denied"), "{statement}: {refused}");
    }
}
