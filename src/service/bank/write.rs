//! Writing items of the own bank. Saving is permissive: a draft may lack a key; only what no text
//! may hold is refused. Submitting is strict.

use crate::catalog::lint::{self, Located};
use crate::catalog::{self, BadFile, Written};
use crate::domain::access::{Action, Actor};
use crate::domain::id::{BankItemId, ItemCode};
use crate::domain::lint::Rule;
use crate::service::auth::allow_staff;
use crate::service::bank::stock_of;
use crate::service::error::FieldError;
use crate::service::{Ctx, Refusal};
use crate::store::StoreError;
use crate::store::audit::{self, Event};
use crate::store::bank::{self as rows, By};
pub use crate::store::bank::{Head, Revision, Step};
use crate::store::tenant;
use crate::text::lint::reason;

/// No item needs more.
pub const MAX_BYTES: usize = 64 * 1024;

/// Everything about one own item.
#[derive(Debug, Clone)]
pub struct Dossier {
    /// The item in short.
    pub head: Head,
    /// Every revision, newest first; there is always one.
    pub revisions: Vec<Revision>,
    /// What was done with it, newest first.
    pub steps: Vec<Step>,
}

impl Dossier {
    /// The newest file.
    pub fn newest(&self) -> &str {
        self.revisions.first().map_or("", |revision| revision.source.as_str())
    }

    /// A revision by its number.
    pub fn revision(&self, number: i32) -> Option<&Revision> {
        self.revisions.iter().find(|revision| revision.number == number)
    }

    /// Who wrote what came since the last approval.
    pub fn authors(&self) -> Vec<crate::domain::id::AccountId> {
        let since = self.head.approved.unwrap_or(0);
        self.revisions.iter().filter(|one| one.number > since).map(|one| one.author).collect()
    }
}

/// An own item with its history.
pub async fn find(ctx: &Ctx, actor: &Actor, code: &ItemCode) -> Result<Dossier, Refusal> {
    let (_, organisation, _) = allow_staff(actor, Action::SeeItems)?;
    let mut tx = tenant::begin(&ctx.pools.staff, organisation).await?;
    let head = rows::find(&mut tx, code).await?.ok_or(Refusal::Hidden)?;
    let revisions = rows::list_revisions(&mut tx, head.id).await?;
    let steps = rows::list_steps(&mut tx, head.id).await?;
    Ok(Dossier { head, revisions, steps })
}

/// What is wrong with a file, as a refused field.
pub fn refused(bad: &BadFile) -> FieldError {
    FieldError::new("source", "item-source").with("line", bad.line).with("message", &bad.message)
}

/// Reads a file that somebody wants to keep.
pub fn read(path: &str, source: &str) -> Result<Written, BadFile> {
    let bad = |line, message: String| BadFile { path: path.to_owned(), line, message };
    if source.len() > MAX_BYTES {
        let size = source.len().div_ceil(1024);
        return Err(bad(1, format!("an item has at most {} KiB, not {size}", MAX_BYTES / 1024)));
    }
    if let Some(at) = source.find('\0') {
        return Err(bad(catalog::line_of(source, at), "the sign U+0000 cannot be stored".into()));
    }
    let written = catalog::read_written(path, source)?;
    let names = |needle: &str| source.find(needle).map_or(1, |at| catalog::line_of(source, at));
    if catalog::skill(&written.skill).is_none() {
        return Err(bad(names("skill = "), format!("there is no skill {}", written.skill)));
    }
    if catalog::bank().item(&written.code).is_some() {
        return Err(bad(names("id = "), format!("{} is the name of a shipped item", written.code)));
    }
    if let Ok(item) = &written.item
        && let Some(other) = item.facts.also.iter().find(|slug| catalog::skill(slug).is_none())
    {
        return Err(bad(names("also = "), format!("there is no skill {other}")));
    }
    if written.code.as_str() == "new" {
        return Err(bad(
            names("id = "),
            "the name \"new\" is the address of the empty form".into(),
        ));
    }
    if let Some(unsafe_text) = lint::check_text(path, source)
        .findings
        .into_iter()
        .find(|one| written.item.is_ok() && one.finding.rule == Rule::L00)
    {
        let Located { line, finding, .. } = unsafe_text;
        return Err(bad(line, reason(finding.code, &finding.args)));
    }
    Ok(written)
}

/// Makes an item.
pub async fn create(ctx: &Ctx, actor: &Actor, source: String) -> Result<ItemCode, Refusal> {
    let (account, organisation, _) = allow_staff(actor, Action::WriteItems)?;
    let written = read("item", &source).map_err(|bad| Refusal::Invalid(vec![refused(&bad)]))?;
    let by = By { organisation, account };
    let (work, code) = (ctx.clone(), written.code);
    ctx.detached(async move {
        let mut tx = tenant::begin(&work.pools.staff, organisation).await?;
        let id = BankItemId::new(crate::service::fresh::id());
        rows::insert_item(&mut tx, by, id, &code).await.map_err(in_words)?;
        rows::insert_revision(&mut tx, by, id, 1, &source).await.map_err(in_words)?;
        audit::append(&mut tx, &event(by, "item.created", id, 1)).await?;
        tx.commit().await?;
        Ok(code)
    })
    .await
}

/// Writes the next revision of an item, made from revision `seen`.
pub async fn revise(
    ctx: &Ctx,
    actor: &Actor,
    code: &ItemCode,
    seen: i32,
    source: String,
) -> Result<i32, Refusal> {
    let (account, organisation, _) = allow_staff(actor, Action::WriteItems)?;
    let written = read("item", &source).map_err(|bad| Refusal::Invalid(vec![refused(&bad)]))?;
    if written.code != *code {
        return Err(Refusal::field("source", "item-code-fixed"));
    }
    let by = By { organisation, account };
    let (work, code) = (ctx.clone(), code.clone());
    ctx.detached(async move {
        let mut tx = tenant::begin(&work.pools.staff, organisation).await?;
        let head = rows::find(&mut tx, &code).await?.ok_or(Refusal::Hidden)?;
        if head.number != seen {
            return Err(Refusal::Conflict("item-changed"));
        }
        let newest = rows::list_sources(&mut tx, &[(head.id, head.number)]).await?;
        if newest.first().is_some_and(|(_, _, text)| *text == source) {
            // Nothing was changed: there is nothing to keep.
            return Ok(seen);
        }
        let next = seen.saturating_add(1);
        rows::insert_revision(&mut tx, by, head.id, next, &source).await.map_err(in_words)?;
        audit::append(&mut tx, &event(by, "item.revised", head.id, next)).await?;
        tx.commit().await?;
        Ok(next)
    })
    .await
}

/// A code for a new item: the area, a number that nobody has, and the title's words.
pub async fn next_code(
    ctx: &Ctx,
    actor: &Actor,
    area: &str,
    title: &str,
) -> Result<ItemCode, Refusal> {
    let (_, organisation, _) = allow_staff(actor, Action::WriteItems)?;
    let stock = stock_of(ctx, organisation).await?;
    let words: Vec<String> = title
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let slug: String = words.join("-").chars().take(48).collect();
    let slug = slug.trim_matches('-');
    if slug.is_empty() {
        return Err(Refusal::field("title", "item-title"));
    }
    let prefix = format!("{area}-x");
    let taken =
        |entry: &&std::sync::Arc<super::Entry>| entry.card.code.as_str().starts_with(&prefix);
    let highest = stock
        .entries
        .iter()
        .filter(taken)
        .filter_map(|entry| {
            entry.card.code.as_str()[prefix.len()..].split('-').next()?.parse().ok()
        })
        .max()
        .unwrap_or(0_u32);
    format!("{prefix}{:03}-{slug}", highest + 1)
        .parse()
        .map_err(|_| Refusal::field("title", "item-title"))
}

pub(super) fn event(by: By, action: &'static str, id: BankItemId, number: i32) -> Event {
    Event::by_staff(by.organisation, by.account, action)
        .about("item", id.uuid())
        .with(serde_json::json!({ "revision": number }))
}

/// The guards of the bank, as refusals.
pub(super) fn in_words(cause: StoreError) -> Refusal {
    match cause.constraint() {
        Some("bank_item_code_unique") => Refusal::Conflict("item-code-taken"),
        Some("bank_item_retired") => Refusal::Conflict("item-retired"),
        Some("bank_revision_next" | "bank_step_of_newest" | "bank_revision_pkey") => {
            Refusal::Conflict("item-changed")
        }
        Some("bank_step_in_order") => Refusal::Conflict("item-step-late"),
        Some("bank_review_by_second_person") => Refusal::Conflict("item-own-work"),
        _ => cause.into(),
    }
}
