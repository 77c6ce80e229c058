//! Sections that are left for good, and sections with a clock of their own.

use reqwest::StatusCode;
use touchstone::domain::interaction::Kind;

use super::browser::Browser;
use super::world::{Part, World};

fn parts() -> Vec<Part> {
    let kinds = vec![Kind::SingleChoice, Kind::Numeric];
    vec![
        Part { navigation: "free", limit: None, kinds: kinds.clone() },
        Part { navigation: "linear", limit: None, kinds: kinds.clone() },
        Part { navigation: "free", limit: Some(120), kinds },
    ]
}

#[tokio::test]
async fn strict_sections_say_so_first_and_never_lead_back() {
    let world = World::publish(parts()).await;
    let guest = world.invite().await;
    let home = format!("/take/{}", guest.invitation);
    let mut browser = Browser::opened(&world, &guest).await;
    assert!(browser.shows("without going back") && browser.shows("Has its own clock: 2 minutes"));
    browser.post(&format!("{home}/start"), &[]).await;
    assert!(!browser.shows("3.choice"), "only the open section is sent");

    // The palette leads to the linear section by way of the page that says what it means.
    browser.press(|form| form.set("1.choice", "a"), "go", "3").await;
    assert_eq!(browser.path, format!("{home}/section/2"));
    assert!(browser.shows("without going back") && !browser.shows("3.choice"));
    browser.post(&format!("{home}/section/2"), &[]).await;
    assert!(browser.shows("Question 3 of 6") && !browser.shows("4.value"), "one question only");
    browser.get(&format!("{home}/section?at=4")).await;
    assert!(!browser.shows("4.value"), "a later question is not sent");
    browser.press(|form| form.set("3.choice", "b"), "go", "4").await;
    assert!(browser.shows("Question 4 of 6") && !browser.shows("3.choice"));
    browser.get(&format!("{home}/section?at=3")).await;
    assert!(browser.shows("Question 4 of 6"), "no way back");

    // From the linear section to the timed one: left for good, after a page that says so.
    browser.press(|form| form.set("4.value", "7"), "go", "section-3").await;
    assert_eq!(browser.path, format!("{home}/section/3"));
    assert!(browser.shows("cannot come back") && browser.shows("Start this section, 2 minutes"));
    browser.post(&format!("{home}/section/3"), &[]).await;
    assert!(browser.shows("Question 5 of 6") && browser.shows("6.value"), "{}", browser.page);
    browser.get(&format!("{home}/section?at=4")).await;
    assert!(browser.shows("Question 5 of 6"));

    // Its own clock runs out: what is open then is the end.
    world.db.shift_clock(140.0).await;
    browser.press(|form| form.set("5.choice", "a"), "go", "6").await;
    assert_eq!(browser.status, StatusCode::CONFLICT);
    assert!(browser.shows("time of this section is over"));
    assert_eq!(world.count("late_answer", &guest).await, 1);
    browser.get(&format!("{home}/section")).await;
    assert_eq!(browser.path, format!("{home}/review"));
    assert_eq!(world.db.violations().await, [""; 0]);
}

#[tokio::test]
async fn free_sections_open_by_going_there_and_stay_open() {
    let kinds = vec![Kind::SingleChoice, Kind::Numeric];
    let free = || Part { navigation: "free", limit: None, kinds: kinds.clone() };
    let world = World::publish(vec![free(), free()]).await;
    let guest = world.invite().await;
    let mut browser = Browser::started(&world, &guest).await;
    browser.press(|form| form.set("1.choice", "a"), "go", "4").await;
    assert!(browser.path.ends_with("/section?at=4") && browser.shows("Question 4 of 4"));
    browser.press(|form| form.set("4.value", "7"), "go", "1").await;
    assert!(browser.shows("Question 1 of 4"), "{}", browser.path);
    assert_eq!(browser.form().value("1.choice"), Some("a"));
    assert_eq!(world.answers(&guest).await.len(), 2);
}

#[tokio::test]
async fn extra_time_and_no_limit_reach_every_page() {
    let world = World::publish(parts()).await;
    let slow = world.invite_on(150, false).await;
    let browser = Browser::opened(&world, &slow).await;
    assert!(browser.shows("15 minutes") && browser.shows("Extended from 10 minutes"));
    assert!(browser.shows("Has its own clock: 3 minutes"));
    let untimed = world.invite_on(100, true).await;
    let mut browser = Browser::opened(&world, &untimed).await;
    assert!(browser.shows("No time limit"), "{}", browser.page);
    browser.post(&format!("/take/{}/start", untimed.invitation), &[]).await;
    assert!(!browser.shows("role=\"timer\"") && browser.shows("Question 1 of 6"));
    world.db.shift_clock(5.0 * 86_400.0).await;
    browser.press(|form| form.set("1.choice", "a"), "go", "2").await;
    assert_eq!(browser.status, StatusCode::OK);
}
