//! The demo data: made by the services of the pages, so everything that holds for real data holds.

use std::collections::BTreeMap;
use std::sync::Mutex;

use sqlx::Connection as _;
use touchstone::config::Config;
use touchstone::domain::access::Actor;
use touchstone::service::result::verify;
use touchstone::service::{Ctx, demo};

use crate::database::{Db, fresh_id};

#[tokio::test]
async fn every_attempt_of_the_demo_is_computed_again_and_a_tampered_row_is_reported() {
    let db = Db::fresh().await;
    let data = std::env::temp_dir().join(format!("touchstone-demo-{}", fresh_id().simple()));
    let folder = data.display().to_string();
    let config = Config::read(|name| (name == "TOUCHSTONE_DATA").then(|| folder.clone()));
    let ctx = Ctx::open(config.expect("settings"), db.pools.clone()).expect("means");
    let mut owner = sqlx::PgConnection::connect(&db.url).await.expect("the owner's connection");
    let told = Mutex::new(Vec::new());
    let tell = |percent| told.lock().expect("alone").push(percent);
    assert!(demo::fill(&ctx, &mut owner, tell).await.expect("filled"));
    assert_eq!(told.lock().expect("alone").last(), Some(&100));
    let again = demo::fill(&ctx, &mut owner, |_| ()).await.expect("asked");
    assert!(!again, "a house with somebody in it is left alone");

    let states = sqlx::query!(
        r#"select state, count(*) as "count!" from attempt group by state order by state"#
    );
    let states = states.fetch_all(&db.owner).await.expect("states");
    let states: BTreeMap<_, _> = states.into_iter().map(|row| (row.state, row.count)).collect();
    assert!(states["submitted"] >= 60 && states["running"] >= 2, "{states:?}");
    let report = verify(&ctx, &Actor::Operator, None).await.expect("computed again");
    assert_eq!(report.differences, []);
    assert!(report.checked >= 60, "{}", report.checked);
    assert_eq!(db.violations().await, [""; 0]);

    // One point more for one person, behind the guards.
    for statement in [
        "alter table result disable trigger user",
        "update result set points = points + 1
         where (attempt_id, revision) = (select attempt_id, revision from result limit 1)",
        "alter table result enable trigger user",
    ] {
        db.run(statement).await.expect("the owner may");
    }
    let report = verify(&ctx, &Actor::Operator, None).await.expect("computed again");
    let found: Vec<_> = report.differences.iter().map(|found| found.what.as_str()).collect();
    assert_eq!(found, ["points"], "{report:?}");
    let _gone = std::fs::remove_dir_all(&data);
}
