//! The room around the questions: the clock is pushed, pauses, the line, how the page is read.

use std::time::Duration;

use reqwest::StatusCode;
use serde_json::{Value, json};
use touchstone::domain::id::{AccountId, AttemptId};
use touchstone::domain::interaction::Kind;
use touchstone::store::desk::{self, Done};
use touchstone::store::tenant;
use touchstone::telemetry::Stopwatch;

use super::browser::Browser;
use super::world::{Guest, LIMIT, Part, World, every_kind};

fn attempt_of(browser: &Browser) -> AttemptId {
    browser.form().value("attempt").expect("a running page").parse().expect("an id")
}

async fn clock(browser: &mut Browser, guest: &Guest) -> Value {
    browser.call("clock", &json!({ "invitation": guest.invitation })).await.1
}

async fn left(browser: &mut Browser, guest: &Guest) -> i64 {
    clock(browser, guest).await["left"].as_i64().expect("milliseconds") / 1_000
}

async fn line(browser: &mut Browser, guest: &Guest, away: i64) -> i64 {
    let before = left(browser, guest).await;
    let attempt = attempt_of(browser);
    let body = json!({ "invitation": guest.invitation, "attempt": attempt, "milliseconds": away });
    let (status, _) = browser.call("line", &body).await;
    assert_eq!(status, StatusCode::OK);
    left(browser, guest).await - before
}

#[tokio::test]
async fn time_that_is_given_reaches_an_open_page_within_two_seconds() {
    let world = World::publish(every_kind()).await;
    let guest = world.invite().await;
    let browser = Browser::started(&world, &guest).await;
    let mut stream = browser.stream(&format!("/take/{}/clock", guest.invitation)).await;
    let first = stream.next("clock").await;
    assert!(first["left"].as_i64().expect("a clock") <= i64::from(LIMIT) * 1_000);
    assert_eq!(stream.next("beat").await, 1, "a browser drops an event without data");
    world.give(attempt_of(&browser), 300).await;
    let given = Stopwatch::start();
    let second = stream.next("clock").await;
    // Usually within two seconds; a page that asks by itself would do so much later.
    assert!(given.elapsed() < Duration::from_secs(10), "{:?}", given.elapsed());
    assert!(second["left"].as_i64().expect("a clock") > i64::from(LIMIT + 200) * 1_000);
    assert_eq!(second["closed"], Value::Null);
}

#[tokio::test]
async fn only_who_holds_the_session_hears_the_clock() {
    let world = World::publish(every_kind()).await;
    let guest = world.invite().await;
    Browser::started(&world, &guest).await;
    let mut stranger = Browser::new(&world);
    stranger.get(&format!("/take/{}/clock", guest.invitation)).await;
    assert_eq!(stranger.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_own_line_is_credited_since_the_last_sign_of_life_and_only_up_to_the_policy() {
    let world = World::publish(every_kind()).await;
    let guest = world.invite().await;
    let mut me = Browser::started(&world, &guest).await;
    assert_eq!(line(&mut me, &guest, 3_600_000).await, 0, "a moment ago the page was drawn");
    world.db.shift_clock(300.0).await;
    let given = line(&mut me, &guest, 3_600_000).await;
    assert!((299..=303).contains(&given), "not an hour, but since the start: {given}");
    world.db.shift_clock(60.0).await;
    let given = line(&mut me, &guest, 20_000).await;
    assert!((19..=21).contains(&given), "as long as the browser says: {given}");
    world.db.shift_clock(400.0).await;
    let given = line(&mut me, &guest, 3_600_000).await;
    assert!((275..=282).contains(&given), "ten minutes in all: {given}");
    world.db.shift_clock(100.0).await;
    assert_eq!(line(&mut me, &guest, 3_600_000).await, 0);
}

#[tokio::test]
async fn a_pause_stops_the_clock_and_hides_the_questions_but_takes_in_what_was_typed() {
    let world = World::publish(every_kind()).await;
    let guest = world.invite().await;
    let mut me = Browser::started(&world, &guest).await;
    let (before, attempt) = (left(&mut me, &guest).await, attempt_of(&me));
    let form = me.form();
    let (organisation, account) = world.staff();
    let pause = async |by: AccountId| {
        let mut tx = tenant::begin(&world.db.pools.staff, organisation).await.expect("staff");
        let done = desk::pause_attempt(&mut tx, attempt, 120, "fire drill", by).await;
        tx.commit().await.expect("paused");
        done.expect("an answer")
    };
    assert_eq!(pause(AccountId::new(crate::database::fresh_id())).await, Done::Unknown);
    assert_eq!(pause(account).await, Done::Ok);
    assert!((118..=122).contains(&(left(&mut me, &guest).await - before)));
    assert_eq!(clock(&mut me, &guest).await["closed"], "paused");

    let mut typed = form.clone();
    typed.set("1.choice", "a");
    typed.add("go", "");
    me.post(&form.action, &typed.fields).await;
    assert!(me.shows("fire drill") && !me.shows("The situation of"), "{}", me.page);
    assert_eq!(world.count("response", &guest).await, 1, "what was typed before is kept");

    world.db.shift_clock(121.0).await;
    me.get(&format!("/take/{}/section", guest.invitation)).await;
    assert!(me.shows("The situation of"));
    assert!((before - left(&mut me, &guest).await) <= 6, "the pause took nothing");
}

#[tokio::test]
async fn an_incident_reaches_everybody_who_works_and_counts_once_beside_an_outage() {
    let world = World::publish(every_kind()).await;
    let (guest, other) = (world.invite().await, world.invite().await);
    let mut me = Browser::started(&world, &guest).await;
    let mut late = Browser::opened(&world, &other).await;
    world.db.shift_clock(200.0).await;
    late.post(&format!("/take/{}/start", other.invitation), &[]).await;
    world.outage(attempt_of(&me), 60).await;
    let (mine, theirs) = (left(&mut me, &guest).await, left(&mut late, &other).await);
    let (organisation, account) = world.staff();
    let mut tx = tenant::begin(&world.db.pools.staff, organisation).await.expect("staff");
    let hits = desk::declare_incident(&mut tx, world.assessment(), 180, "power cut", account).await;
    tx.commit().await.expect("given");
    assert_eq!(hits.expect("an answer"), Some(2));
    let given = left(&mut me, &guest).await - mine;
    assert!((118..=122).contains(&given), "sixty seconds of it were an outage: {given}");
    let given = left(&mut late, &other).await - theirs;
    assert!((-2..=4).contains(&given), "nobody gets time from before the start: {given}");
    assert_eq!(world.audited("attempt.time_granted").await, 2);
    assert_eq!(world.audited("assessment.incident_declared").await, 1);
}

#[tokio::test]
async fn how_a_page_is_read_is_remembered_and_nothing_typed_is_lost_on_the_way() {
    let world = World::publish(every_kind()).await;
    let guest = world.invite().await;
    let mut me = Browser::started(&world, &guest).await;
    me.press(
        |form| {
            form.set("1.choice", "a");
            form.set("set.text", "text-xl");
            form.set("set.contrast", "more");
            form.add("set.clock", "<script>");
        },
        "go",
        "look",
    )
    .await;
    assert!(me.shows(r#"<html lang="en" class="text-xl more""#), "{}", me.page);
    assert_eq!(world.answers(&guest).await.len(), 1);
    me.get(&format!("/take/{}/review", guest.invitation)).await;
    assert!(me.shows(r#"class="text-xl more""#), "on every page of the attempt");
    let mut other = Browser::opened(&world, &guest).await;
    other.get(&format!("/take/{}/section?look=1", guest.invitation)).await;
    assert!(!other.shows("text-xl more"), "each device for itself");
}

#[tokio::test]
async fn the_worker_may_only_speak_with_this_house() {
    let world = World::publish(every_kind()).await;
    let guest = world.invite().await;
    let mut me = Browser::started(&world, &guest).await;
    assert!(me.shows(r#"src="/keep.js""#));
    me.post(&format!("/take/{}/submit", guest.invitation), &[]).await;
    let end = format!(r#"data-end="{}""#, guest.invitation);
    assert!(me.shows(&end), "the receipt empties the device: {}", me.page);
}

#[tokio::test]
async fn a_problem_is_told_in_place_with_the_revision_and_nothing_typed_is_lost() {
    let world = World::publish(every_kind()).await;
    let guest = world.invite().await;
    let mut me = Browser::started(&world, &guest).await;
    me.press(
        |form| {
            form.set("1.choice", "a");
            form.set("problem.1", "wrong");
            form.set("words.1", "=1+1 is \0 not three");
        },
        "go",
        "report-1",
    )
    .await;
    assert!(me.shows("Reported. Thank you."), "{}", me.page);
    assert_eq!(world.answers(&guest).await.len(), 1);
    let told = sqlx::query!(
        "select position, item_revision, kind, words from item_report where invitation_id = $1",
        guest.invitation.uuid(),
    )
    .fetch_one(&world.db.owner)
    .await
    .expect("one report");
    assert_eq!((told.position, told.item_revision, told.kind.as_str()), (1, 1, "wrong"));
    assert_eq!(told.words.as_deref(), Some("=1+1 is \u{fffd} not three"));
    assert_eq!(world.audited("attempt.problem_reported").await, 1);
    me.press(|form| form.set("problem.1", "nonsense"), "go", "report-1").await;
    assert_eq!(me.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn the_practice_has_every_kind_of_the_paper_and_leaves_no_trace() {
    let world = World::publish(every_kind()).await;
    let guest = world.invite().await;
    let mut me = Browser::opened(&world, &guest).await;
    let path = |at: usize| format!("/take/{}/practice?at={at}", guest.invitation);
    for at in 1..=every_kind()[0].kinds.len() {
        me.get(&path(at)).await;
        assert_eq!(me.status, StatusCode::OK, "{at}");
        assert!(!me.shows("The situation of"), "no question of the paper");
        me.post(&path(at), &[]).await;
        assert_eq!(me.status, StatusCode::OK, "{at}");
    }
    me.post(&path(1), &[("1.choice".to_owned(), "a".to_owned())]).await;
    assert!(me.shows("read as a whole answer"), "{}", me.page);
    me.get(&path(99)).await;
    assert_eq!(me.status, StatusCode::NOT_FOUND);
    assert_eq!(world.count("attempt", &guest).await, 0, "the clock did not start");
    assert!(!me.seen.contains(super::world::CANARY));
}

#[tokio::test]
async fn the_system_check_is_stored_before_the_start_and_tells_the_end_in_the_own_zone() {
    let world = World::publish(every_kind()).await;
    let guest = world.invite().await;
    let mut me = Browser::opened(&world, &guest).await;
    let checkup = json!({ "is_kept": true, "trip": 35, "skew": -4_000, "zone": "Asia/Kolkata" });
    let body = json!({ "invitation": guest.invitation, "checkup": checkup });
    let (status, told) = me.call("check", &body).await;
    assert_eq!(status, StatusCode::OK);
    assert!(told["deadline"].as_str().expect("words").contains("Kolkata time, UTC+5:30"), "{told}");
    let stored = sqlx::query_scalar!(
        "select facts from system_check where invitation_id = $1",
        guest.invitation.uuid(),
    )
    .fetch_one(&world.db.owner)
    .await
    .expect("stored");
    assert_eq!(stored["trip"], 35);
    let mut stranger = Browser::new(&world);
    assert_eq!(stranger.call("check", &body).await.0, StatusCode::NOT_FOUND);
    me.get(&format!("/take/{}/deadline.ics", guest.invitation)).await;
    assert!(me.shows("BEGIN:VCALENDAR") && me.shows("DTSTART:"), "{}", me.page);
}

#[tokio::test]
async fn what_a_candidate_sees_afterwards_is_the_organisations_choice() {
    let world = World::publish(every_kind()).await;
    let guest = world.invite().await;
    let mut me = Browser::started(&world, &guest).await;
    let (mirror, reply) =
        (format!("/take/{}/mirror", guest.invitation), format!("/take/{}/reply", guest.invitation));
    me.get(&mirror).await;
    assert!(!me.path.ends_with("/mirror"), "not while it runs");
    me.post(&format!("/take/{}/submit", guest.invitation), &[]).await;
    assert!(!me.shows("/mirror"), "by default the receipt is all");
    me.get(&mirror).await;
    assert!(me.path.ends_with("/receipt"));
    let said = [("reply".to_owned(), "The second question has two right answers.".to_owned())];
    me.post(&reply, &said).await;
    assert_eq!(world.audited("attempt.replied").await, 0);

    world.let_candidates_see("mirror").await;
    me.get(&format!("/take/{}/receipt", guest.invitation)).await;
    assert!(me.shows(&mirror), "{}", me.page);
    me.post(&reply, &said).await;
    assert_eq!(world.audited("attempt.replied").await, 1);
    me.post(&reply, &[("reply".to_owned(), " ".to_owned())]).await;
    assert_eq!(me.status, StatusCode::UNPROCESSABLE_ENTITY);
    let mut stranger = Browser::new(&world);
    stranger.get(&mirror).await;
    assert_eq!(stranger.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn between_sections_that_are_left_for_good_there_may_be_a_break() {
    let part = |limit| Part { navigation: "free", limit, kinds: vec![Kind::SingleChoice] };
    let world = World::publish(vec![part(Some(120)), part(Some(120))]).await;
    let guest = world.invite().await;
    let mut me = Browser::started(&world, &guest).await;
    let rest = format!("/take/{}/rest", guest.invitation);
    let turn = format!("/take/{}/section/2", guest.invitation);
    me.get(&turn).await;
    assert!(!me.shows(&rest), "only where the organisation offers one");
    world.let_candidates_rest(300).await;
    me.get(&turn).await;
    assert!(me.shows(&rest) && me.shows("rest for 5 minutes"), "{}", me.page);
    me.post(&rest, &[]).await;
    assert!(me.shows("There is a pause") && !me.shows("The situation of"), "{}", me.page);
    let before = left(&mut me, &guest).await;
    me.post(&rest, &[]).await;
    assert!((left(&mut me, &guest).await - before).abs() <= 2, "once per section");
    world.db.shift_clock(301.0).await;
    me.get(&format!("/take/{}/section", guest.invitation)).await;
    assert!(me.path.ends_with("/section/2"), "the next one begins with a press: {}", me.path);
    assert!(!me.shows("The situation of"));
}
