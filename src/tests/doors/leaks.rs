//! What stands beside the keys of a paper that was really published: no candidate may see any of it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use axum::http::Method;
use serde_json::{Value, json};
use touchstone::domain::account::Role;

use super::estate::Estate;
use super::payload::Payload;
use crate::database::fresh_id;

/// Runs of words long enough to come from nowhere else.
fn runs(text: &str) -> impl Iterator<Item = String> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || " .-_".contains(c);
    text.split(move |c: char| !is_plain(c))
        .map(|run| run.trim().to_owned())
        .filter(|run| run.len() >= 16)
}

/// Every string in a document.
fn strings(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => found.extend(runs(text)),
        Value::Array(list) => list.iter().for_each(|one| strings(one, found)),
        Value::Object(map) => map.values().for_each(|one| strings(one, found)),
        _ => {}
    }
}

/// What only staff may read about the paper, and what everybody may.
async fn secrets(estate: &Estate) -> BTreeSet<String> {
    let rows = sqlx::query!(
        "select i.item_code, i.skill, i.body, k.key
         from version_item as i
         join version_key as k using (organisation_id, assessment_version_id, item_id)
         where i.organisation_id = $1",
        estate.ours.organisation.uuid()
    );
    let rows = rows.fetch_all(&estate.app.db.owner).await.expect("the paper");
    let (mut secret, mut public) = (BTreeSet::new(), String::new());
    for row in rows {
        strings(&row.key, &mut secret);
        secret.insert(row.item_code);
        let _ = writeln!(public, "{}", row.body);
    }
    secret.retain(|text| !public.contains(text));
    secret
}

#[tokio::test]
async fn no_explanation_rationale_or_tag_of_a_published_paper_reaches_a_candidate() {
    let estate = Estate::build().await;
    let guest = &estate.ours.walker;
    let secrets = secrets(&estate).await;
    assert!(secrets.len() > 40, "only {} texts to hide", secrets.len());
    let home = format!("/take/{}", guest.invitation);
    let mut seen = String::new();
    let mut look = async |method: Method, path: &str, with: Payload| {
        let answer = estate.send(&method, path, &guest.cookie, with).await;
        let _ = writeln!(seen, "{:?}\n{}", answer.headers, answer.body);
        answer.status.as_u16()
    };
    let change = json!({ "invitation": guest.invitation, "attempt": guest.attempt(),
        "position": 1, "base": 1, "save": fresh_id(), "fields": [["choice", "b"]] });
    let stale = json!({ "invitation": guest.invitation, "attempt": guest.attempt(),
        "position": 1, "base": 0, "save": fresh_id(), "fields": [["choice", "c"]] });
    look(Method::GET, &guest.link, Payload::none()).await;
    look(Method::GET, &home, Payload::none()).await;
    for body in [change, stale, json!({ "position": 1 })] {
        look(Method::POST, "/do/save", Payload::json(&json!({ "change": body }))).await;
    }
    let clock = json!({ "invitation": guest.invitation });
    look(Method::POST, "/do/clock", Payload::json(&clock)).await;
    for section in 1..=8 {
        let path = format!("{home}/section/{section}");
        look(Method::GET, &path, Payload::none()).await;
        look(Method::POST, &path, Payload::form(&[])).await;
        for at in 1..=6 {
            let path = format!("{home}/section?at={}", (section - 1) * 6 + at);
            look(Method::GET, &path, Payload::none()).await;
        }
    }
    look(Method::GET, &format!("{home}/review"), Payload::none()).await;
    look(Method::POST, &format!("{home}/submit"), Payload::form(&[])).await;
    assert_eq!(look(Method::GET, &format!("{home}/receipt"), Payload::none()).await, 200);
    assert!(seen.matches("data-item").count() > 10, "the way was walked");
    let leaked: Vec<_> = secrets.iter().filter(|text| seen.contains(*text)).collect();
    assert!(leaked.is_empty(), "{leaked:#?}");

    // The same search finds them where they belong.
    let path = format!("/results/{}", estate.ours.finished.attempt());
    let cookie = &estate.ours.of(Role::Owner).cookie;
    let sheet = estate.send(&Method::GET, &path, cookie, Payload::none()).await;
    let shown = secrets.iter().filter(|text| sheet.body.contains(*text)).count();
    assert!(shown > 20, "the search finds only {shown} of {} texts", secrets.len());
}
