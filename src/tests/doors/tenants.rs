//! Two organisations in one house: neither ever sees or touches anything of the other.

use std::collections::BTreeSet;

use axum::http::Method;
use serde_json::json;
use touchstone::domain::access::{Decision, decide};
use touchstone::domain::account::Role;
use touchstone::http::doors::Door;

use super::estate::{Estate, Firm, Ids, Visitor, owned};
use super::payload::{Fitting, Payload};
use crate::app::Answer;
use crate::database::fresh_id;

/// What is said when something of them is in an answer to us.
fn leak(estate: &Estate, answer: &Answer) -> Option<String> {
    let headers = format!("{:?}", answer.headers);
    let mark = &estate.theirs.mark;
    (answer.body.contains(mark) || headers.contains(mark))
        .then(|| format!("{mark} is in the answer"))
}

/// Every way to name at least one thing of them where one of ours belongs.
fn mixtures(door: &Door, ours: &Firm, theirs: &Firm) -> Vec<Ids> {
    let places = owned(door);
    let foreign = theirs.ids(door).places;
    (1..1_usize << places.len())
        .map(|mask| {
            places
                .iter()
                .enumerate()
                .filter(|(at, _)| mask & (1 << at) != 0)
                .fold(ours.ids(door), |ids, (_, place)| ids.with(place, &foreign[place]))
        })
        .collect()
}

#[tokio::test]
async fn no_id_in_an_address_leads_into_another_organisation() {
    let estate = Estate::build().await;
    let (ours, theirs) = (&estate.ours, &estate.theirs);
    let before = estate.rows(theirs).await;
    let filled = before.values().filter(|rows| !rows.is_empty()).count();
    assert!(filled >= 18, "only {filled} tables have something to hide");
    let mut wrong = Vec::new();
    let mut tried = 0;
    let guest = Visitor { cookie: ours.walker.cookie.clone(), ..Visitor::stranger() };
    for who in ours.staff.iter().chain([&guest]) {
        for door in estate.app.doors.iter() {
            for ids in mixtures(door, ours, theirs) {
                let path = ids.path(door);
                // The body is ours, then theirs.
                for firm in [ours, theirs] {
                    let body = Fitting::of(door, firm).payload();
                    let answer = estate.send(&door.method, &path, &who.cookie, body).await;
                    let may = decide(&who.actor, door.action) == Decision::Allow;
                    let is_right = match answer.status.as_u16() {
                        404 => true,
                        303 | 403 => !may && !door.path.starts_with("/take/"),
                        _ => false,
                    };
                    if !is_right {
                        let status = answer.status;
                        wrong.push(format!("{} {} {path}: {status}", who.name, door.method));
                    }
                    wrong.extend(leak(&estate, &answer).map(|leak| format!("{path}: {leak}")));
                    tried += 1;
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(tried > 300, "only {tried}");
    assert_same(&before, &estate.rows(theirs).await);
}

/// The negative control: the search above would notice.
#[tokio::test]
async fn without_the_walls_of_the_database_the_same_search_finds_the_other_organisation() {
    let estate = Estate::build().await;
    let (ours, theirs) = (&estate.ours, &estate.theirs);
    for table in estate.rows(theirs).await.keys() {
        let open = format!("alter table {table} disable row level security");
        estate.app.db.run(&open).await.expect("the owner may");
    }
    let cookie = &ours.of(Role::Owner).cookie;
    let mut found = BTreeSet::new();
    for door in estate.app.doors.iter().filter(|door| door.method == Method::GET) {
        for ids in mixtures(door, ours, theirs) {
            let path = ids.path(door);
            let answer = estate.send(&door.method, &path, cookie, Payload::none()).await;
            if leak(&estate, &answer).is_some() {
                found.insert(door.path);
            }
        }
    }
    assert!(found.len() >= 5, "only {found:?}");
}

fn assert_same(
    before: &std::collections::BTreeMap<String, String>,
    after: &std::collections::BTreeMap<String, String>,
) {
    for (table, rows) in before {
        assert!(after.get(table) == Some(rows), "{table}: {rows}\nis now {:?}", after.get(table));
    }
}

/// The ids of an organisation under every name that a field could have.
fn named_ids(firm: &Firm) -> Vec<(String, String)> {
    let owner = firm.of(Role::Owner).actor.account().map(|id| id.to_string()).unwrap_or_default();
    let mut fields = Vec::new();
    for (name, id) in [
        ("assessment", firm.assessment.to_string()),
        ("invitation", firm.running.invitation.to_string()),
        ("attempt", firm.running.attempt()),
        ("organisation", firm.organisation.to_string()),
        ("account", owner.clone()),
        ("by", owner),
        ("mail", firm.mail.to_string()),
        ("id", firm.assessment.to_string()),
    ] {
        fields.push((name.to_owned(), id.clone()));
        fields.push((format!("{name}_id"), id));
    }
    fields
}

#[tokio::test]
async fn no_id_in_a_query_or_a_body_leads_into_another_organisation() {
    let estate = Estate::build().await;
    let (ours, theirs) = (&estate.ours, &estate.theirs);
    let before = estate.rows(theirs).await;
    let foreign = named_ids(theirs);
    let pairs: Vec<(&str, &str)> = foreign.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let query = String::from_utf8(Payload::form(&pairs).bytes).expect("text");
    let mut wrong = Vec::new();
    let mut check = |what: String, answer: &Answer| {
        if answer.status.is_server_error() {
            wrong.push(format!("{what}: {}", answer.status));
        }
        wrong.extend(leak(&estate, answer).map(|leak| format!("{what}: {leak}")));
    };
    for who in &ours.staff {
        for door in estate.app.doors.iter().filter(|door| door.path != "/sign-out") {
            let path = ours.ids(door).path(door);
            let own = Fitting::of(door, ours);
            // As it is: lists and files hold nothing of them.
            let answer = estate.send(&door.method, &path, &who.cookie, own.payload()).await;
            check(format!("{} {path}", who.name), &answer);
            let asked = format!("{path}?{query}");
            let answer = estate.send(&door.method, &asked, &who.cookie, own.payload()).await;
            check(format!("{} {asked}", who.name), &answer);
            if let Fitting::Form(mut fields) = own {
                fields.extend(foreign.clone());
                let body = Fitting::Form(fields).payload();
                let answer = estate.send(&door.method, &path, &who.cookie, body).await;
                check(format!("{} {path} with ids in the form", who.name), &answer);
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_same(&before, &estate.rows(theirs).await);
}

#[tokio::test]
async fn a_candidates_session_is_good_for_one_attempt_only() {
    let estate = Estate::build().await;
    let (ours, theirs) = (&estate.ours, &estate.theirs);
    let before = (estate.rows(ours).await, estate.rows(theirs).await);
    let cookie = &ours.walker.cookie;
    // A neighbour of the same house, a stranger of the other one, and nobody at all.
    for (invitation, attempt) in [
        (ours.running.invitation.to_string(), ours.running.attempt()),
        (theirs.walker.invitation.to_string(), theirs.walker.attempt()),
        (ours.walker.invitation.to_string(), ours.running.attempt()),
        (ours.walker.invitation.to_string(), theirs.walker.attempt()),
        (theirs.walker.invitation.to_string(), ours.walker.attempt()),
        (fresh_id().to_string(), fresh_id().to_string()),
    ] {
        let change = json!({ "invitation": invitation, "attempt": attempt, "position": 1,
                             "base": 1, "save": fresh_id(), "fields": [["choice", "b"]] });
        let flag = json!({ "invitation": invitation, "attempt": attempt, "position": 1,
                           "is_flagged": false });
        for (path, value) in [("/do/save", change), ("/do/flag", flag)] {
            let body = Payload::json(&json!({ "change": value }));
            let answer = estate.send(&Method::POST, path, cookie, body).await;
            assert!([404, 409].contains(&answer.status.as_u16()), "{path}: {answer:?}");
            assert_eq!(leak(&estate, &answer), None);
        }
        let form = [("attempt", attempt.as_str()), ("at", "1"), ("base.1", "1"), ("1.choice", "b")];
        let path = format!("/take/{invitation}/section");
        let answer = estate.send(&Method::POST, &path, cookie, Payload::form(&form)).await;
        assert!([404, 409].contains(&answer.status.as_u16()), "{path}: {answer:?}");
        assert_eq!(leak(&estate, &answer), None);
    }
    let after = (estate.rows(ours).await, estate.rows(theirs).await);
    assert_same(&before.1, &after.1);
    for table in ["response", "response_flag", "late_answer", "attempt", "section_run"] {
        assert_eq!(before.0[table], after.0[table], "{table}");
    }
}
