//! The replay: every finished attempt is computed again from its log, and compared.

use std::collections::BTreeMap;

use sqlx::PgConnection;

use super::score::{Material, Versions, load};
use crate::domain::access::{Action, Actor};
use crate::domain::id::{AreaSlug, AttemptId, OrganisationId};
use crate::domain::item::key_hash;
use crate::domain::receipt::{ReceiptLine, receipt_hash};
use crate::domain::result::Outcome;
use crate::domain::skill::Cluster;
use crate::service::auth::allow;
use crate::service::{Ctx, Refusal};
use crate::store::result::{self as rows, Stored};
use crate::store::{StoreError, integrity, tenant};

/// Something that is not as it was computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Which attempt; none: about the whole database.
    pub attempt: Option<AttemptId>,
    /// `K1` to `K8`, `points`, `detail`, `receipt`, `keys`, `log`, `result`, `stored` or `guard`.
    pub what: String,
    /// What was found.
    pub detail: String,
}

/// What a replay has found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Attempts that were computed again.
    pub checked: usize,
    /// Finished attempts that wait for their first result: no fault, they come next.
    pub waiting: usize,
    /// Everything that is not as it was computed.
    pub differences: Vec<Difference>,
}

impl Report {
    fn note(&mut self, attempt: AttemptId, what: &str, detail: impl Into<String>) {
        let (what, detail) = (what.to_owned(), detail.into());
        self.differences.push(Difference { attempt: Some(attempt), what, detail });
    }
}

/// Computes one attempt again, or all of all organisations. For the operator.
pub async fn verify(
    ctx: &Ctx,
    actor: &Actor,
    attempt: Option<AttemptId>,
) -> Result<Report, Refusal> {
    allow(actor, Action::Operate)?;
    let mut report = Report::default();
    let mut conn = ctx.pools.scorer.acquire().await?;
    let all = rows::list_finished(&mut conn, attempt).await?;
    for violation in integrity::list_violations(&mut conn, attempt).await? {
        report.note(violation.attempt, &violation.code, violation.detail);
    }
    for weakened in integrity::list_weakened(&mut conn).await? {
        let what = "guard".to_owned();
        report.differences.push(Difference { attempt: None, what, detail: weakened });
    }
    drop(conn);
    if attempt.is_some() && all.is_empty() {
        return Err(Refusal::Hidden);
    }
    let mut versions: BTreeMap<OrganisationId, Versions> = BTreeMap::new();
    for (organisation, attempt) in all {
        let mut tx = tenant::begin(&ctx.pools.scorer, organisation).await?;
        let known = versions.entry(organisation).or_default();
        match check(&mut tx, attempt, known, &mut report).await {
            Ok(()) => {}
            Err(cause) if cause.is_outage() => return Err(cause.into()),
            // A row that nobody can read any more is a finding, not an end.
            Err(cause) => report.note(attempt, "stored", cause.to_string()),
        }
        report.checked += 1;
    }
    Ok(report)
}

async fn check(
    conn: &mut PgConnection,
    attempt: AttemptId,
    versions: &mut Versions,
    report: &mut Report,
) -> Result<(), StoreError> {
    let Some(material) = load(conn, attempt, versions).await? else { return Ok(()) };
    let versions_found: Vec<i64> = material.log.iter().map(|logged| logged.version).collect();
    let length = material.finished.final_version;
    if versions_found != (1..=length).collect::<Vec<_>>() {
        let found = material.log.len();
        report.note(attempt, "log", format!("{found} answers, {length} when it ended"));
    }
    if receipt(&material).as_slice() != material.finished.receipt_hash {
        report.note(attempt, "receipt", "the log is not the one that was handed in");
    }
    let keys = key_hash(material.version.items.iter().map(|(_, item)| item));
    if keys.as_slice() != material.version.key_hash {
        report.note(attempt, "keys", "the keys are not the published ones");
    }
    match rows::find_current(conn, attempt).await? {
        None => report.waiting += 1,
        Some(stored) => compare(&material, &stored, attempt, report)?,
    }
    Ok(())
}

fn compare(
    material: &Material,
    stored: &Stored,
    attempt: AttemptId,
    report: &mut Report,
) -> Result<(), StoreError> {
    if stored.key_hash != material.version.key_hash {
        report.note(attempt, "keys", "the result was made with other keys");
    }
    let before = stored.outcome(attempt)?;
    let again = material.outcome(clusters_of(&before))?;
    if (stored.points, stored.max_points) != (again.total.points, again.total.max) {
        report.note(
            attempt,
            "points",
            format!(
                "{} of {} are stored, {} of {} were computed",
                stored.points, stored.max_points, again.total.points, again.total.max
            ),
        );
    }
    if stored.final_version != again.final_version {
        let (old, new) = (stored.final_version, again.final_version);
        report.note(attempt, "result", format!("it is of {old} answers, the log has {new}"));
    }
    if u32::try_from(stored.rule_version) != Ok(again.rule_version) {
        let (old, new) = (stored.rule_version, again.rule_version);
        report.note(attempt, "result", format!("made with rules {old}, these are rules {new}"));
    } else if before != again {
        report.note(attempt, "detail", first_difference(&before, &again));
    }
    Ok(())
}

/// The clusters as they were when the result was made: the catalog may have moved an area since.
fn clusters_of(outcome: &Outcome) -> BTreeMap<AreaSlug, Cluster> {
    outcome.areas.iter().filter_map(|area| Some((area.of.clone(), area.cluster?))).collect()
}

fn first_difference(before: &Outcome, again: &Outcome) -> String {
    for (old, new) in before.items.iter().zip(&again.items) {
        if old != new {
            return format!(
                "item {}: credit {} and answer {:?} are stored, {} and {:?} were computed",
                new.position, old.credit, old.response, new.credit, new.response
            );
        }
    }
    "the sums are not those of the items".to_owned()
}

/// The receipt, computed apart from the database.
fn receipt(material: &Material) -> [u8; 32] {
    let lines = material.log.iter().map(|logged| ReceiptLine {
        version: logged.version,
        position: i64::from(logged.position),
        save_id: logged.save,
        received_at: logged.received_at,
        body: &logged.body_text,
    });
    receipt_hash(material.finished.attempt, material.finished.final_version, lines)
}
