//! Building: drafts, their figures, versions.

use std::sync::Arc;

use crate::catalog;
use crate::domain::access::{Action, Actor};
use crate::domain::assessment::{Draft, Problem};
use crate::domain::bank::{Bank, PoolItem};
use crate::domain::exposure;
use crate::domain::id::{AssessmentId, BlueprintSlug, ItemId, OrganisationId, VersionId};
use crate::domain::item::{Item, key_hash};
use crate::domain::paper::{self, Paper};
use crate::domain::totals::Totals;
use crate::service::auth::allow_staff;
use crate::service::bank::stock_of;
use crate::service::error::FieldError;
use crate::service::{Ctx, Refusal, audit};
use crate::store::assessment::{self as rows, NewVersion};
pub use crate::store::assessment::{Assessment, Line};
use crate::store::tenant;

/// The assessments of the organisation.
pub async fn list(ctx: &Ctx, actor: &Actor, archived: bool) -> Result<Vec<Line>, Refusal> {
    let (_, organisation, _) = allow_staff(actor, Action::SeeAssessments)?;
    let mut tx = tenant::begin(&ctx.pools.staff, organisation).await?;
    Ok(rows::list(&mut tx, archived).await?)
}

/// One assessment of the organisation.
pub async fn find(ctx: &Ctx, actor: &Actor, id: AssessmentId) -> Result<Assessment, Refusal> {
    let (_, organisation, _) = allow_staff(actor, Action::SeeAssessments)?;
    load(ctx, organisation, id).await
}

async fn load(
    ctx: &Ctx,
    organisation: OrganisationId,
    id: AssessmentId,
) -> Result<Assessment, Refusal> {
    let mut tx = tenant::begin(&ctx.pools.staff, organisation).await?;
    rows::find(&mut tx, id).await?.ok_or(Refusal::Hidden)
}

/// A draft from a blueprint, with what had to be left out.
pub fn draft_of(bank: &Bank, slug: &BlueprintSlug) -> Result<(Draft, Vec<Problem>), Refusal> {
    let blueprint =
        catalog::blueprint(slug).ok_or_else(|| Refusal::field("blueprint", "blueprint-unknown"))?;
    Ok(blueprint.draft(bank))
}

/// Makes an assessment from a draft.
pub async fn create(ctx: &Ctx, actor: &Actor, draft: Draft) -> Result<AssessmentId, Refusal> {
    let (by, organisation, _) = allow_staff(actor, Action::BuildAssessment)?;
    let draft = draft.cleaned();
    check_title(&draft)?;
    let id = AssessmentId::new(crate::service::fresh::id());
    let work = ctx.clone();
    ctx.detached(async move {
        let mut tx = tenant::begin(&work.pools.staff, organisation).await?;
        rows::insert(&mut tx, organisation, id, by, &draft.title, &draft).await?;
        audit::about(&mut tx, organisation, by, "assessment.created", "assessment", id.uuid())
            .await?;
        tx.commit().await?;
        Ok(id)
    })
    .await
}

/// Makes a new assessment with the same draft.
pub async fn clone(
    ctx: &Ctx,
    actor: &Actor,
    id: AssessmentId,
    title: String,
) -> Result<AssessmentId, Refusal> {
    let original = find(ctx, actor, id).await?;
    create(ctx, actor, Draft { title, ..original.draft }).await
}

/// Saves a draft as typed. A draft that somebody else saved meanwhile is not overwritten.
pub async fn save_draft(
    ctx: &Ctx,
    actor: &Actor,
    id: AssessmentId,
    seen: i64,
    draft: Draft,
) -> Result<i64, Refusal> {
    let (by, organisation, _) = allow_staff(actor, Action::BuildAssessment)?;
    let draft = draft.cleaned();
    check_title(&draft)?;
    let work = ctx.clone();
    ctx.detached(async move {
        let mut tx = tenant::begin(&work.pools.staff, organisation).await?;
        let Some(revision) = rows::update_draft(&mut tx, id, seen, &draft).await? else {
            return match rows::find(&mut tx, id).await? {
                Some(_) => Err(Refusal::Conflict("draft-changed")),
                None => Err(Refusal::Hidden),
            };
        };
        audit::about(&mut tx, organisation, by, "assessment.changed", "assessment", id.uuid())
            .await?;
        tx.commit().await?;
        Ok(revision)
    })
    .await
}

/// Puts an assessment away, or takes it back.
pub async fn archive(
    ctx: &Ctx,
    actor: &Actor,
    id: AssessmentId,
    is_archived: bool,
) -> Result<(), Refusal> {
    let (by, organisation, _) = allow_staff(actor, Action::BuildAssessment)?;
    let work = ctx.clone();
    ctx.detached(async move {
        let mut tx = tenant::begin(&work.pools.staff, organisation).await?;
        if !rows::update_archived(&mut tx, id, is_archived).await? {
            return Err(Refusal::Hidden);
        }
        let verb = if is_archived { "assessment.archived" } else { "assessment.restored" };
        audit::about(&mut tx, organisation, by, verb, "assessment", id.uuid()).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// Makes an immutable version of the draft that the recruiter has seen.
pub async fn publish(
    ctx: &Ctx,
    actor: &Actor,
    id: AssessmentId,
    seen: i64,
) -> Result<VersionId, Refusal> {
    let (by, organisation, _) = allow_staff(actor, Action::PublishAssessment)?;
    let work = ctx.clone();
    // What is approved or retired while we publish counts for the next version.
    let bank = Arc::clone(&stock_of(ctx, organisation).await?.bank);
    ctx.detached(async move {
        let mut tx = tenant::begin(&work.pools.staff, organisation).await?;
        if !rows::lock(&mut tx, id).await? {
            return Err(Refusal::Hidden);
        }
        let assessment = rows::find(&mut tx, id).await?.ok_or(Refusal::Hidden)?;
        if assessment.draft_revision != seen {
            return Err(Refusal::Conflict("draft-changed"));
        }
        if assessment.archived_at.is_some() {
            return Err(Refusal::Conflict("assessment-archived"));
        }
        let (spec, items) = assessment.draft.publish(&bank).map_err(|problems| {
            Refusal::Invalid(problems.into_iter().map(field_error).collect())
        })?;
        let pool: Vec<PoolItem<'_>> = items.iter().copied().map(PoolItem::from).collect();
        let welcome = spec.welcome(&pool);
        let version = VersionId::new(crate::service::fresh::id());
        let new = NewVersion {
            id: version,
            assessment: id,
            organisation,
            number: assessment.version.map_or(1, |last| last.number + 1),
            spec: &spec,
            welcome: &welcome,
            key_hash: key_hash(items.iter().copied()),
            by,
        };
        let copies: Vec<(ItemId, &Item)> = items
            .into_iter()
            .map(|item| (ItemId::new(crate::service::fresh::id()), item))
            .collect();
        rows::insert_version(&mut tx, &new, &copies).await?;
        audit::about(&mut tx, organisation, by, "assessment.published", "assessment", id.uuid())
            .await?;
        tx.commit().await?;
        Ok(version)
    })
    .await
}

/// The figures beside the builder, and what stands in the way of publishing.
pub fn figures(bank: &Bank, draft: &Draft) -> (Totals, Vec<Problem>) {
    (draft.totals(bank), draft.check(bank))
}

/// Sections in which items are seen by too many candidates, each once, in the draft's order.
pub fn thin_sections(bank: &Bank, draft: &Draft) -> Vec<String> {
    let mut names: Vec<String> = exposure::cells(draft, bank)
        .into_iter()
        .filter(exposure::Cell::is_thin)
        .map(|cell| cell.name.to_owned())
        .collect();
    names.dedup();
    names
}

/// Situational items of a paper, on average and in hundredths, whose keys no panel has confirmed: a
/// decision should not rest on them.
pub fn provisional(bank: &Bank, draft: &Draft) -> u32 {
    exposure::expected(draft, bank, |item| item.key.is_provisional())
}

/// A paper as one candidate could get it; another seed draws another one. Nothing is written.
pub async fn preview(
    ctx: &Ctx,
    actor: &Actor,
    id: AssessmentId,
    seed: i64,
) -> Result<(Arc<Bank>, Paper), Refusal> {
    let (_, organisation, _) = allow_staff(actor, Action::PreviewAssessment)?;
    let assessment = load(ctx, organisation, id).await?;
    let bank = Arc::clone(&stock_of(ctx, organisation).await?.bank);
    let (spec, items) = assessment
        .draft
        .publish(&bank)
        .map_err(|problems| Refusal::Invalid(problems.into_iter().map(field_error).collect()))?;
    let pool: Vec<PoolItem<'_>> = items.into_iter().map(PoolItem::from).collect();
    let paper = paper::draw(&spec, &pool, seed)
        .map_err(|short| Refusal::Internal(format!("a checked plan: {short}")))?;
    Ok((bank, paper))
}

fn check_title(draft: &Draft) -> Result<(), Refusal> {
    let length = draft.title.trim().chars().count();
    if (1..=Draft::MAX_TITLE).contains(&length) {
        Ok(())
    } else {
        Err(Refusal::field("title", "title-length"))
    }
}

/// A problem of the plan as a refused field.
pub fn field_error(problem: Problem) -> FieldError {
    FieldError { field: problem.field, code: problem.code, args: problem.args }
}
