//! Two people, other organisations, and what nobody can change.

use sqlx::{AssertSqlSafe, Executor as _};
use touchstone::domain::account::Role;
use touchstone::domain::bank_review::{State, Verb};
use touchstone::domain::bank_search::Stage;
use touchstone::domain::id::ItemCode;
use touchstone::service::bank::{self, review, write};
use touchstone::service::{FieldError, Refusal};
use touchstone::store::bank::{self as rows, By};
use touchstone::store::tenant;

use super::world::{World, item};

const CODE: &str = "arch-x001-double-weight";
const SKILL: &str = "arch.distributed-systems";

fn by(actor: &touchstone::domain::access::Actor) -> By {
    By {
        organisation: actor.organisation().expect("staff"),
        account: actor.account().expect("staff"),
    }
}

async fn state(world: &World, code: &ItemCode) -> State {
    write::find(&world.ctx, &world.writer, code).await.expect("there").head.state
}

fn conflict<T: std::fmt::Debug>(outcome: Result<T, Refusal>) -> &'static str {
    match outcome {
        Err(Refusal::Conflict(code)) => code,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_item_comes_into_use_through_a_second_person() {
    let world = World::found().await;
    let code = world.create(&item(CODE, SKILL)).await;
    let early = world.step(&world.reviewer, &code, 1, Verb::Approved).await;
    assert_eq!(conflict(early), "item-step-late", "nobody has asked for a review");
    world.step(&world.writer, &code, 1, Verb::Submitted).await.expect("submitted");
    let own = world.step(&world.writer, &code, 1, Verb::Approved).await;
    assert_eq!(conflict(own), "item-own-work");
    assert_eq!(state(&world, &code).await, State::Review);
    world.step(&world.reviewer, &code, 1, Verb::Approved).await.expect("approved");
    assert_eq!(state(&world, &code).await, State::Approved);
    // A reviewer who writes a revision is its author from then on.
    let changed = item(CODE, SKILL).replace("seconds = 90", "seconds = 100");
    write::revise(&world.ctx, &world.reviewer, &code, 1, changed).await.expect("revised");
    world.step(&world.reviewer, &code, 2, Verb::Submitted).await.expect("submitted");
    let own = world.step(&world.reviewer, &code, 2, Verb::Approved).await;
    assert_eq!(conflict(own), "item-own-work");
    world.step(&world.writer, &code, 2, Verb::Approved).await.expect("approved by the other one");
    let steps = write::find(&world.ctx, &world.writer, &code).await.expect("there").steps;
    assert_eq!(steps.iter().map(|step| step.number).collect::<Vec<_>>(), [2, 2, 1, 1]);
}

#[tokio::test]
async fn the_database_itself_wants_the_second_person() {
    let world = World::found().await;
    let code = world.create(&item(CODE, SKILL)).await;
    world.step(&world.writer, &code, 1, Verb::Submitted).await.expect("submitted");
    let id = write::find(&world.ctx, &world.writer, &code).await.expect("there").head.id;
    let mut tx = tenant::begin(&world.db.pools.staff, world.organisation).await.expect("staff");
    let own = rows::insert_step(&mut tx, by(&world.writer), id, 1, Verb::Approved, None).await;
    assert!(own.expect_err("refused").is_conflict("bank_review_by_second_person"));
}

#[tokio::test]
async fn a_returned_item_says_why_and_goes_back_to_its_author() {
    let world = World::found().await;
    let code = world.create(&item(CODE, SKILL)).await;
    world.step(&world.writer, &code, 1, Verb::Submitted).await.expect("submitted");
    let silent = review::step(&world.ctx, &world.reviewer, &code, 1, Verb::Returned, " ").await;
    let wanted = vec![FieldError::new("comment", "item-comment-missing")];
    assert!(matches!(silent, Err(Refusal::Invalid(fields)) if fields == wanted));
    let why = "Option b is right in a single-threaded job.";
    review::step(&world.ctx, &world.reviewer, &code, 1, Verb::Returned, why).await.expect("back");
    let found = write::find(&world.ctx, &world.writer, &code).await.expect("there");
    assert_eq!(found.head.state, State::Draft);
    assert_eq!(found.steps[0].comment.as_deref(), Some(why));
}

#[tokio::test]
async fn half_an_item_can_be_kept_but_not_submitted() {
    let world = World::found().await;
    let half = item(CODE, SKILL).replace("key = true   # the database decides\n", "");
    let code = world.create(&half).await;
    let refused = world.step(&world.writer, &code, 1, Verb::Submitted).await;
    let Err(Refusal::Invalid(fields)) = refused else { panic!("{refused:?}") };
    assert_eq!(fields[0].code, "item-source");
    let stock = bank::stock(&world.ctx, &world.writer).await.expect("bank");
    assert!(stock.entry(&code).expect("listed").item.is_none());
}

#[tokio::test]
async fn what_was_written_never_changes() {
    let world = World::found().await;
    let code = world.approved(&item(CODE, SKILL)).await;
    for (statement, constraint) in [
        ("update bank_revision set source = source || ' '", "bank_revision_immutable"),
        ("delete from bank_revision", "bank_revision_immutable"),
        ("update bank_step set comment = 'x'", "bank_step_immutable"),
        ("delete from bank_step", "bank_step_immutable"),
        ("delete from bank_item", "bank_item_kept"),
        ("update bank_item set code = 'other'", "bank_item_immutable"),
        ("truncate bank_step", "bank_step_kept"),
    ] {
        let cause = world.db.run(statement).await.expect_err(statement);
        let database = cause.as_database_error().expect("the database's");
        assert_eq!(database.constraint(), Some(constraint), "{statement}");
    }
    let mut tx = tenant::begin(&world.db.pools.staff, world.organisation).await.expect("staff");
    for statement in [
        "update bank_item set state = 'approved'",
        "update bank_revision set source = 'x'",
        "delete from bank_step",
        "insert into bank_stamp values (current_organisation(), 7)",
    ] {
        let mut point = sqlx::Acquire::begin(&mut *tx).await.expect("a savepoint");
        let cause = point.execute(AssertSqlSafe(statement)).await.expect_err(statement);
        let database = cause.as_database_error().expect("the database's");
        assert_eq!(database.code().as_deref(), Some("42501"), "{statement}");
    }
    drop(tx);
    assert_eq!(state(&world, &code).await, State::Approved);
}

#[tokio::test]
async fn two_who_write_at_once_do_not_lose_each_others_work() {
    let world = World::found().await;
    let code = world.create(&item(CODE, SKILL)).await;
    let mine = item(CODE, SKILL).replace("seconds = 90", "seconds = 80");
    let theirs = item(CODE, SKILL).replace("seconds = 90", "seconds = 120");
    let (one, two) = tokio::join!(
        write::revise(&world.ctx, &world.writer, &code, 1, mine.clone()),
        write::revise(&world.ctx, &world.reviewer, &code, 1, theirs),
    );
    let lost =
        [one, two].into_iter().filter(|it| matches!(it, Err(Refusal::Conflict("item-changed"))));
    assert_eq!(lost.count(), 1);
    // The same text again is no new revision.
    let same = write::find(&world.ctx, &world.writer, &code).await.expect("there");
    let again = same.newest().to_owned();
    let number = write::revise(&world.ctx, &world.writer, &code, 2, again).await;
    assert!(matches!(number, Ok(2)), "{number:?}");
    let renamed = mine.replace(CODE, "arch-x002-other");
    let refused = write::revise(&world.ctx, &world.writer, &code, 2, renamed).await;
    assert!(matches!(refused, Err(Refusal::Invalid(_))));
}

#[tokio::test]
async fn another_organisation_sees_nothing_and_reaches_nothing() {
    let world = World::found().await;
    let code = world.approved(&item(CODE, SKILL)).await;
    let theirs = bank::stock(&world.ctx, &world.stranger).await.expect("bank");
    assert!(theirs.entry(&code).is_none());
    assert!(theirs.entries.iter().all(|entry| !entry.card.is_private));
    let found = write::find(&world.ctx, &world.stranger, &code).await;
    assert!(matches!(found, Err(Refusal::Hidden)), "{found:?}");
    let source = item(CODE, SKILL).replace("seconds = 90", "seconds = 91");
    let revised = write::revise(&world.ctx, &world.stranger, &code, 1, source).await;
    assert!(matches!(revised, Err(Refusal::Hidden)), "{revised:?}");
    let step = world.step(&world.stranger, &code, 1, Verb::Retired).await;
    assert!(matches!(step, Err(Refusal::Hidden)), "{step:?}");
    // Both may use the same name: it is a name inside each bank.
    write::create(&world.ctx, &world.stranger, item(CODE, SKILL)).await.expect("theirs");
    // Even with the id in hand.
    let id = write::find(&world.ctx, &world.writer, &code).await.expect("ours").head.id;
    let mut tx =
        tenant::begin(&world.db.pools.staff, world.stranger.organisation().expect("staff"))
            .await
            .expect("staff");
    let forged = rows::insert_revision(&mut tx, by(&world.stranger), id, 2, "schema = 1\n").await;
    assert!(forged.is_err());
}

#[tokio::test]
async fn roles_may_what_the_policy_says() {
    let world = World::found().await;
    let code = world.create(&item(CODE, SKILL)).await;
    let hr = world.colleague(Role::Hr, "hr@example.org").await;
    let recruiter = world.colleague(Role::Recruiter, "recruiter@example.org").await;
    assert!(matches!(bank::stock(&world.ctx, &hr).await, Err(Refusal::Hidden)));
    let written = write::create(&world.ctx, &hr, item("arch-x002-other", SKILL)).await;
    assert!(matches!(written, Err(Refusal::Hidden)), "{written:?}");
    let retired = world.step(&world.reviewer, &code, 1, Verb::Retired).await;
    assert!(matches!(retired, Err(Refusal::Forbidden)), "a rater does not retire");
    world.step(&recruiter, &code, 1, Verb::Retired).await.expect("retired");
    let stock = bank::stock(&world.ctx, &recruiter).await.expect("bank");
    let entry = stock.entry(&code).expect("kept");
    assert_eq!(entry.card.stage, Stage::Own(State::Retired));
    let changed = item(CODE, SKILL).replace("seconds = 90", "seconds = 80");
    let late = write::revise(&world.ctx, &world.writer, &code, 1, changed).await;
    assert_eq!(conflict(late), "item-retired");
}
