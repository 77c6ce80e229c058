//! Scoring: the published snapshot and the log in, a result out.

use std::collections::BTreeMap;
use std::sync::Arc;

use sqlx::PgConnection;

use crate::catalog;
use crate::domain::access::{Action, Actor};
use crate::domain::id::{AreaSlug, AttemptId, OrganisationId, VersionId};
use crate::domain::item::Item;
use crate::domain::result::{self, Entry, Outcome, Seat, Snapshot};
use crate::domain::skill::Cluster;
use crate::service::auth::allow_staff;
use crate::service::{Ctx, FieldError, Refusal};
use crate::store::assessment::{self, Version};
use crate::store::audit::{self, Event};
use crate::store::response::{self, Logged};
use crate::store::result::{self as rows, Finished, NewResult, PaperPlace};
use crate::store::{StoreError, tenant};

/// Everything that scoring one attempt needs.
pub(super) struct Material {
    pub finished: Finished,
    pub version: Arc<Version>,
    pub paper: Vec<PaperPlace>,
    pub log: Vec<Logged>,
}

/// Versions that were read already: attempts of one version come in rows.
#[derive(Default)]
pub(super) struct Versions(BTreeMap<VersionId, Arc<Version>>);

impl Versions {
    async fn find(
        &mut self,
        conn: &mut PgConnection,
        id: VersionId,
    ) -> Result<Arc<Version>, StoreError> {
        if let Some(version) = self.0.get(&id) {
            return Ok(Arc::clone(version));
        }
        let version = assessment::find_version(conn, id)
            .await?
            .ok_or(StoreError::Missing("assessment_version"))?;
        let version = Arc::new(version);
        self.0.insert(id, Arc::clone(&version));
        Ok(version)
    }
}

/// Reads what scoring needs; none: the attempt has not ended.
pub(super) async fn load(
    conn: &mut PgConnection,
    attempt: AttemptId,
    versions: &mut Versions,
) -> Result<Option<Material>, StoreError> {
    let Some(finished) = rows::find_finished(conn, attempt).await? else { return Ok(None) };
    let version = versions.find(conn, finished.version).await?;
    let paper = rows::list_paper(conn, finished.invitation).await?;
    let log = response::list_log(conn, attempt).await?;
    Ok(Some(Material { finished, version, paper, log }))
}

/// To which cluster each area belongs, as the catalog has it today.
pub(super) fn clusters() -> BTreeMap<AreaSlug, Cluster> {
    catalog::areas().iter().map(|area| (area.slug.clone(), area.cluster)).collect()
}

impl Material {
    /// The outcome of the whole log.
    pub fn outcome(&self, clusters: BTreeMap<AreaSlug, Cluster>) -> Result<Outcome, StoreError> {
        let corrupt =
            |why: String| StoreError::corrupt("attempt", "paper", self.finished.attempt, why);
        let items: BTreeMap<_, &Item> =
            self.version.items.iter().map(|(id, item)| (*id, item)).collect();
        let seats = self
            .paper
            .iter()
            .map(|place| {
                let item = items
                    .get(&place.item)
                    .ok_or_else(|| corrupt(format!("item {} is not published", place.item)))?;
                let at = usize::try_from(place.section.saturating_sub(1)).unwrap_or(usize::MAX);
                let section = self.version.spec.draft.sections.get(at);
                let weight = section.map(|section| section.weight).ok_or_else(|| {
                    corrupt(format!("section {} is not published", place.section))
                })?;
                Ok(Seat { position: place.position, section: place.section, weight, item })
            })
            .collect::<Result<Vec<_>, StoreError>>()?;
        let log: Vec<Entry> = self.log.iter().map(entry).collect();
        result::score(&Snapshot { seats, clusters }, &log).map_err(|why| corrupt(why.to_string()))
    }
}

fn entry(logged: &Logged) -> Entry {
    Entry {
        version: logged.version,
        position: u32::try_from(logged.position).unwrap_or(0),
        received_at: logged.received_at,
        is_late: logged.is_late,
        body: logged.body.clone(),
    }
}

/// Scores one finished attempt, unless that was done. Says whether a result was added.
pub async fn score(
    ctx: &Ctx,
    organisation: OrganisationId,
    attempt: AttemptId,
) -> Result<bool, Refusal> {
    let work = ctx.clone();
    ctx.detached(async move {
        let mut tx = tenant::begin(&work.pools.scorer, organisation).await?;
        rows::lock_scoring(&mut tx, attempt).await?;
        let Some(finished) = rows::find_finished(&mut tx, attempt).await? else {
            return Ok(false);
        };
        let before = rows::find_current(&mut tx, attempt).await?;
        if before.is_some_and(|before| before.final_version == finished.final_version) {
            return Ok(false);
        }
        let is_added = add(&mut tx, organisation, attempt, None).await?;
        if is_added {
            let event = Event::by_clock(organisation, "attempt.scored").about_attempt(attempt);
            audit::append(&mut tx, &event).await?;
        }
        tx.commit().await?;
        Ok(is_added)
    })
    .await
}

/// Scores one attempt of any organisation that has just ended: right after handing in.
pub async fn score_finished(ctx: &Ctx, attempt: AttemptId) -> Result<bool, Refusal> {
    let mut conn = ctx.pools.scorer.acquire().await?;
    let found = rows::list_finished(&mut conn, Some(attempt)).await?;
    drop(conn);
    match found.first() {
        Some((organisation, attempt)) => score(ctx, *organisation, *attempt).await,
        None => Ok(false),
    }
}

/// Scores an attempt again, with a reason. The result before stays and can be compared.
pub async fn rescore(
    ctx: &Ctx,
    actor: &Actor,
    attempt: AttemptId,
    reason: String,
) -> Result<(), Refusal> {
    let (by, organisation, _) = allow_staff(actor, Action::AmendAttempt)?;
    if reason.trim().is_empty() || reason.chars().count() > 500 {
        let error = FieldError::new("reason", "reason-length").with("most", 500);
        return Err(Refusal::Invalid(vec![error]));
    }
    let work = ctx.clone();
    ctx.detached(async move {
        let mut tx = tenant::begin(&work.pools.scorer, organisation).await?;
        rows::lock_scoring(&mut tx, attempt).await?;
        let note = (by, reason.trim());
        if !add(&mut tx, organisation, attempt, Some(note)).await? {
            return Err(Refusal::Hidden);
        }
        let event = Event::by_staff(organisation, by, "attempt.rescored")
            .about_attempt(attempt)
            .because(reason.trim());
        audit::append(&mut tx, &event).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

async fn add(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    attempt: AttemptId,
    note: Option<(crate::domain::id::AccountId, &str)>,
) -> Result<bool, Refusal> {
    let Some(material) = load(conn, attempt, &mut Versions::default()).await? else {
        return Ok(false);
    };
    let outcome = material.outcome(clusters())?;
    let new = NewResult {
        organisation,
        attempt,
        key_hash: &material.version.key_hash,
        outcome: &outcome,
        reason: note.map(|(_, reason)| reason),
        by: note.map(|(by, _)| by),
    };
    rows::insert(conn, &new).await?;
    Ok(true)
}
