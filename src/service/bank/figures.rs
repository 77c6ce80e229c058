//! How an item does: answers of the organisation's own candidates, and where it is used.

use crate::domain::access::{Action, Actor, Decision, decide};
use crate::domain::id::ItemCode;
use crate::domain::item_figures::{Figures, Sitting, figures};
use crate::domain::result::POINT;
use crate::service::auth::allow_staff;
use crate::service::{Ctx, Refusal};
use crate::store::bank::{self as rows, Use};
use crate::store::tenant;

/// What is known about an item from its use.
#[derive(Debug, Clone)]
pub struct Known {
    /// The figures; none while nobody has finished a paper with it, or when the person may not see
    /// results.
    pub figures: Option<Figures>,
    /// Assessments that hold it, where the person may see them.
    pub uses: Vec<Use>,
}

/// Reads the figures of an item.
pub async fn find(ctx: &Ctx, actor: &Actor, code: &ItemCode) -> Result<Known, Refusal> {
    let (_, organisation, _) = allow_staff(actor, Action::SeeItems)?;
    let mut tx = tenant::begin(&ctx.pools.staff, organisation).await?;
    let uses = match decide(actor, Action::SeeAssessments) {
        Decision::Allow => rows::list_uses(&mut tx, code).await?,
        _ => Vec::new(),
    };
    let sittings: Vec<Sitting> = rows::list_credits(&mut tx, code)
        .await?
        .into_iter()
        .map(|row| Sitting {
            credit: u16::try_from(row.credit).unwrap_or(0),
            rest: row.points - row.credit * row.weight,
            rest_max: row.max_points - POINT * row.weight,
        })
        .collect();
    Ok(Known { figures: figures(&sittings), uses })
}
