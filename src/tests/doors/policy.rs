//! Whoever knocks is answered as the policy's table says.

use std::collections::BTreeSet;

use axum::http::Method;
use touchstone::domain::access::{Action, Actor, Decision, decide};
use touchstone::domain::account::Role;
use touchstone::http::doors::Door;

use super::estate::{Estate, Visitor, owned, send};
use super::payload::{Fitting, Payload};
use crate::app::Answer;

/// What an answer comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// The handler did, or said why the state or the fields do not allow it.
    Served,
    /// Asked to sign in.
    SignIn,
    /// No.
    Forbidden,
    /// As if nothing were there.
    Hidden,
    /// Nothing that the policy knows.
    Odd,
}

impl Outcome {
    fn of(answer: &Answer) -> Self {
        let to = answer.header("location");
        match answer.status.as_u16() {
            303 if to == "/sign-in" || to.starts_with("/sign-in?next=") => Self::SignIn,
            401 => Self::SignIn,
            403 => Self::Forbidden,
            404 => Self::Hidden,
            200 | 204 | 303 | 409 | 410 | 422 => Self::Served,
            _ => Self::Odd,
        }
    }
}

/// There is an owner, so the address of the first start is shut for everybody.
const SHUT: &str = "/bootstrap/{token}";

fn is_candidates(door: &Door) -> bool {
    matches!(door.action, Action::SeeOwnAttempt | Action::WorkOnOwnAttempt)
}

fn expected(who: &Knock<'_>, door: &Door) -> Outcome {
    // A candidate's cookie is for one invitation. Anywhere else its holder is as unknown as anybody.
    let actor = match who.actor {
        Actor::Candidate { .. } if !is_candidates(door) => Actor::Anonymous,
        actor => actor,
    };
    match decide(&actor, door.action) {
        _ if door.path == SHUT => Outcome::Hidden,
        Decision::Allow if who.is_foreign && !owned(door).is_empty() => Outcome::Hidden,
        Decision::Allow if who.is_foreign && is_candidates(door) => Outcome::Hidden,
        Decision::Allow => Outcome::Served,
        Decision::Deny if actor == Actor::Anonymous => Outcome::SignIn,
        Decision::Deny => Outcome::Forbidden,
        Decision::Hide => Outcome::Hidden,
    }
}

/// Somebody before the doors of an organisation.
struct Knock<'a> {
    name: &'a str,
    actor: Actor,
    cookie: String,
    is_foreign: bool,
}

impl<'a> Knock<'a> {
    fn staff(who: &'a Visitor, is_foreign: bool) -> Self {
        Self { name: &who.name, actor: who.actor, cookie: who.cookie.clone(), is_foreign }
    }
}

#[tokio::test]
async fn every_door_answers_everybody_as_the_policy_says() {
    let estate = Estate::build().await;
    let (ours, theirs) = (&estate.ours, &estate.theirs);
    let stranger = Visitor::stranger();
    let candidate = |firm: &super::estate::Firm, cookie: &str, is_foreign| Knock {
        name: if is_foreign { "another candidate" } else { "candidate" },
        actor: Actor::Candidate {
            invitation: firm.walker.invitation,
            organisation: firm.organisation,
        },
        cookie: cookie.to_owned(),
        is_foreign,
    };
    // Who may least comes first, so that nobody finds the work done.
    let visitors = [
        Knock::staff(&stranger, false),
        Knock { actor: Actor::Anonymous, ..Knock::staff(&ours.closed, false) },
        candidate(ours, &ours.waiting.cookie, true),
        candidate(theirs, &theirs.walker.cookie, true),
        Knock::staff(theirs.of(Role::Owner), true),
        Knock::staff(ours.of(Role::Rater), false),
        Knock::staff(ours.of(Role::Hr), false),
        candidate(ours, &ours.walker.cookie, false),
        Knock::staff(ours.of(Role::Recruiter), false),
        Knock::staff(ours.of(Role::Owner), false),
    ];
    let mut wrong = Vec::new();
    let mut served = 0;
    for who in &visitors {
        for door in in_order(&estate) {
            let path = ours.ids(door).path(door);
            let body = Fitting::of(door, ours).payload();
            let answer = estate.send(&door.method, &path, &who.cookie, body).await;
            let (outcome, right) = (Outcome::of(&answer), expected(who, door));
            if outcome != right {
                let status = answer.status;
                wrong.push(format!(
                    "{} at {} {}: {status} is {outcome:?}, not {right:?}",
                    who.name, door.method, door.path
                ));
            }
            if right == Outcome::Served {
                served += 1;
            } else if answer.body.contains(&ours.mark) {
                wrong.push(format!("{} at {}: the refusal tells something", who.name, door.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(served > 150, "only {served} answers were for who may");
}

/// Reading before writing, what ends a thing after what changes it, and leaving last.
fn in_order(estate: &Estate) -> Vec<&Door> {
    let ends = ["/end", "/void", "/revoke", "/archive", "/submit", "/decline"];
    let mut doors: Vec<&Door> = estate.app.doors.iter().collect();
    doors.sort_by_key(|door| match door.path {
        _ if door.method == Method::GET => 0,
        "/sign-out" => 3,
        path if ends.iter().any(|end| path.ends_with(end)) => 2,
        _ => 1,
    });
    doors
}

#[tokio::test]
async fn nothing_that_another_site_sends_in_the_name_of_an_owner_is_done() {
    let estate = Estate::build().await;
    let ours = &estate.ours;
    let before = estate.rows(ours).await;
    let cookies = [&ours.of(Role::Owner).cookie, &ours.walker.cookie];
    let mut tried = 0;
    for door in estate.app.doors.iter().filter(|door| door.method != Method::GET) {
        let path = ours.ids(door).path(door);
        for cookie in cookies {
            let fitting = Fitting::of(door, ours).payload();
            // The last two are what a page of another site can send without asking first.
            for (site, kind) in [
                ("cross-site", fitting.kind.as_str()),
                ("same-site", fitting.kind.as_str()),
                ("cross-site", "text/plain"),
            ] {
                let request = axum::http::Request::post(&path)
                    .header("cookie", cookie)
                    .header("sec-fetch-site", site)
                    .header("origin", "https://evil.example")
                    .header("content-type", kind)
                    .body(fitting.bytes.clone().into())
                    .expect("a request");
                let answer = estate.app.send(request).await;
                assert_eq!(answer.status, 403, "{} {site} {kind}", door.path);
                tried += 1;
            }
        }
    }
    assert!(tried > 100, "only {tried}");
    assert!(estate.rows(ours).await == before, "something was done");
}

#[tokio::test]
async fn every_server_function_stands_behind_a_door_with_an_action() {
    let app = crate::app::App::fresh().await;
    let functions: BTreeSet<(String, String)> = server_fn::axum::server_fn_paths()
        .map(|(path, method)| (method.to_string(), path.to_owned()))
        .collect();
    let doors = app.doors.iter().filter(|door| door.path.starts_with("/do/"));
    let doors: BTreeSet<(String, String)> =
        doors.map(|door| (door.method.to_string(), door.path.to_owned())).collect();
    assert!(!functions.is_empty());
    assert_eq!(functions, doors);
}

#[tokio::test]
async fn a_door_to_read_changes_nothing() {
    let estate = Estate::build().await;
    let ours = &estate.ours;
    let before = estate.rows(ours).await;
    for door in estate.app.doors.iter().filter(|door| door.method == Method::GET) {
        // Opening a link makes a session; a receipt is only there after handing in.
        if door.path == "/i/{token}" {
            continue;
        }
        let path = ours.ids(door).path(door);
        for cookie in [&ours.of(Role::Owner).cookie, &ours.walker.cookie] {
            send(&estate.app, &door.method, &path, cookie, Payload::none()).await;
        }
    }
    for (table, rows) in estate.rows(ours).await {
        // When somebody was last here is written down.
        if !["staff_session", "candidate_session"].contains(&table.as_str()) {
            assert_eq!(Some(&rows), before.get(&table), "{table}");
        }
    }
}
