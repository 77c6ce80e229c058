//! The item bank: what is shipped and what the organisation wrote itself, as one.
//!
//! The bank is kept in memory and asked for its stamp before each use, so a list of thousands of
//! items costs one short question to the database. What was written never changes, so a revision
//! is read once.

pub mod check;
pub mod figures;
pub mod file;
pub mod review;
pub mod write;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::catalog::{self, Written};
use crate::domain::access::{Action, Actor};
use crate::domain::bank::Bank;
use crate::domain::bank_review::State;
use crate::domain::bank_search::{Card, Stage};
use crate::domain::id::{BankItemId, ItemCode, OrganisationId};
use crate::domain::item::{Item, Status};
use crate::domain::similarity::Trigrams;
use crate::service::auth::allow_staff;
use crate::service::{Ctx, Refusal};
use crate::store::bank::{self as rows, Head};
use crate::store::tenant;

/// An item of the bank, shipped or own.
#[derive(Debug)]
pub struct Entry {
    /// What finding needs.
    pub card: Card,
    /// The name in lists.
    pub title: String,
    /// What is stored about it; none: it is shipped.
    pub own: Option<Head>,
    /// The item, unless it still lacks something.
    pub item: Option<Arc<Item>>,
    /// The trigrams of everything that a candidate reads.
    pub trigrams: Arc<Trigrams>,
}

/// A revision that was read.
#[derive(Debug)]
struct Read {
    written: Written,
    item: Option<Arc<Item>>,
    trigrams: Arc<Trigrams>,
    words: String,
}

/// The whole bank of an organisation at one moment.
#[derive(Debug)]
pub struct Stock {
    stamp: i64,
    /// Every item, shipped and own, in the order of codes.
    pub entries: Vec<Arc<Entry>>,
    /// What papers can be drawn from.
    pub bank: Arc<Bank>,
    revisions: HashMap<(BankItemId, i32), Arc<Read>>,
}

impl Stock {
    /// The item of a code.
    pub fn entry(&self, code: &ItemCode) -> Option<&Arc<Entry>> {
        self.entries
            .binary_search_by(|entry| entry.card.code.cmp(code))
            .ok()
            .map(|at| &self.entries[at])
    }

    /// All that are not retired by the organisation.
    fn alive(&self) -> impl Iterator<Item = &Arc<Entry>> {
        self.entries.iter().filter(|entry| entry.card.stage != Stage::Own(State::Retired))
    }

    /// Items that share most of their words with this text, the nearest first.
    pub fn near(&self, trigrams: &Trigrams, but: &ItemCode) -> Vec<(Arc<Entry>, u32)> {
        let mut near: Vec<(Arc<Entry>, u32)> = self
            .alive()
            .filter(|entry| entry.card.code != *but)
            .filter_map(|entry| Some((Arc::clone(entry), entry.trigrams.near(trigrams)?)))
            .collect();
        near.sort_by_key(|(_, share)| std::cmp::Reverse(*share));
        near
    }
}

/// The banks that were used, by organisation.
#[derive(Default)]
pub struct Vault(Mutex<HashMap<OrganisationId, Arc<Stock>>>);

impl Vault {
    fn find(&self, organisation: OrganisationId) -> Option<Arc<Stock>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&organisation).cloned()
    }

    fn put(&self, organisation: OrganisationId, stock: Arc<Stock>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(organisation, stock);
    }
}

/// The trigrams of an item, or of what is there of it.
pub fn trigrams(written: &Written) -> Trigrams {
    match &written.item {
        Ok(item) => Trigrams::of(item.body.texts()),
        Err(_) => Trigrams::of([written.stem.as_str(), written.ask.as_str()]),
    }
}

fn searchable<'a>(parts: impl IntoIterator<Item = &'a str>, tags: &'a [String]) -> String {
    let parts = parts.into_iter().chain(tags.iter().map(String::as_str));
    parts.collect::<Vec<_>>().join("\n").to_lowercase()
}

/// The shipped items, read once.
fn shipped() -> &'static [Arc<Entry>] {
    static SHIPPED: OnceLock<Vec<Arc<Entry>>> = OnceLock::new();
    SHIPPED
        .get_or_init(|| catalog::bank().shared().map(|item| Arc::new(of_shipped(item))).collect())
}

fn of_shipped(item: &Arc<Item>) -> Entry {
    let facts = &item.facts;
    let title = facts.title();
    let parts = [facts.code.as_str(), &title].into_iter().chain(item.body.texts());
    Entry {
        card: Card {
            code: facts.code.clone(),
            area: facts.skill.area(),
            skill: facts.skill.clone(),
            level: facts.level,
            kind: facts.kind,
            seconds: item.body.seconds,
            stage: Stage::Shipped(facts.status.into()),
            is_private: false,
            words: searchable(parts, &facts.tags),
        },
        title: title.clone(),
        own: None,
        trigrams: Arc::new(Trigrams::of(item.body.texts())),
        item: Some(Arc::clone(item)),
    }
}

impl Read {
    /// Reads a stored revision. The bank counts revisions and knows how far they are; what the file
    /// says about that is its author's note.
    fn of(head: &Head, number: i32, source: &str) -> Option<Self> {
        let mut written = catalog::read_written(head.code.as_str(), source).ok()?;
        let revision = u32::try_from(number).unwrap_or(1);
        if let Ok(item) = &mut written.item {
            item.facts.revision = revision;
            if !item.facts.status.can_be_drawn() {
                item.facts.status = Status::Pilot;
            }
        }
        let title = written.code.title();
        let head = [written.code.as_str(), &title, &written.stem, &written.ask];
        let words = match &written.item {
            Ok(item) => {
                searchable(head.into_iter().chain(item.body.interaction.texts()), &written.tags)
            }
            Err(_) => searchable(head, &written.tags),
        };
        Some(Self {
            item: written.item.as_ref().ok().map(|item| Arc::new(item.clone())),
            trigrams: Arc::new(trigrams(&written)),
            words,
            written,
        })
    }

    fn entry(&self, head: &Head) -> Entry {
        let written = &self.written;
        Entry {
            card: Card {
                code: head.code.clone(),
                area: written.skill.area(),
                skill: written.skill.clone(),
                level: written.level,
                kind: written.kind,
                seconds: written.seconds,
                stage: Stage::Own(head.state),
                is_private: true,
                words: self.words.clone(),
            },
            title: head.code.title(),
            own: Some(head.clone()),
            item: self.item.clone(),
            trigrams: Arc::clone(&self.trigrams),
        }
    }
}

/// The bank of the actor's organisation as it is now.
pub async fn stock(ctx: &Ctx, actor: &Actor) -> Result<Arc<Stock>, Refusal> {
    let (_, organisation, _) = allow_staff(actor, Action::SeeItems)?;
    stock_of(ctx, organisation).await
}

/// What papers of the actor's organisation can be drawn from.
pub async fn of(ctx: &Ctx, actor: &Actor) -> Result<Arc<Bank>, Refusal> {
    let (_, organisation, _) = allow_staff(actor, Action::SeeCatalog)?;
    Ok(Arc::clone(&stock_of(ctx, organisation).await?.bank))
}

/// The bank of an organisation that the caller has been allowed to use.
pub(super) async fn stock_of(
    ctx: &Ctx,
    organisation: OrganisationId,
) -> Result<Arc<Stock>, Refusal> {
    let known = ctx.vault.find(organisation);
    let mut tx = tenant::begin(&ctx.pools.staff, organisation).await?;
    // Asked first: what is written while we read makes the next reader ask again.
    let stamp = rows::find_stamp(&mut tx, organisation).await?;
    if let Some(known) = known.as_ref().filter(|known| known.stamp == stamp) {
        return Ok(Arc::clone(known));
    }
    let heads = rows::list(&mut tx).await?;
    let mut revisions = HashMap::new();
    let mut missing = Vec::new();
    for head in &heads {
        let approved = head.approved.filter(|number| *number != head.number);
        for number in [Some(head.number), approved].into_iter().flatten() {
            let name = (head.id, number);
            match known.as_ref().and_then(|known| known.revisions.get(&name)) {
                Some(read) => drop(revisions.insert(name, Arc::clone(read))),
                None => missing.push(name),
            }
        }
    }
    let sources = rows::list_sources(&mut tx, &missing).await?;
    drop(tx);
    let stock = tokio::task::spawn_blocking(move || assemble(stamp, &heads, revisions, sources));
    let stock = Arc::new(stock.await.map_err(|panic| Refusal::Internal(panic.to_string()))?);
    ctx.vault.put(organisation, Arc::clone(&stock));
    Ok(stock)
}

fn assemble(
    stamp: i64,
    heads: &[Head],
    mut revisions: HashMap<(BankItemId, i32), Arc<Read>>,
    sources: Vec<(BankItemId, i32, String)>,
) -> Stock {
    let by_id: HashMap<BankItemId, &Head> = heads.iter().map(|head| (head.id, head)).collect();
    for (id, number, source) in sources {
        let Some(head) = by_id.get(&id) else { continue };
        if let Some(read) = Read::of(head, number, &source) {
            revisions.insert((id, number), Arc::new(read));
        } else {
            // Only a file that could be read is ever stored.
            tracing::error!(item = %head.code, number, "a stored item cannot be read");
        }
    }
    let own = |head: &&Head| revisions.get(&(head.id, head.number)).map(|read| read.entry(head));
    let own: Vec<Arc<Entry>> = heads.iter().filter_map(|head| own(&head)).map(Arc::new).collect();
    let drawable = heads
        .iter()
        .filter(|head| head.state != State::Retired)
        .filter_map(|head| revisions.get(&(head.id, head.approved?))?.item.clone());
    let bank = Arc::new(catalog::bank().with_private(drawable));
    let mut entries: Vec<Arc<Entry>> = own;
    let taken: std::collections::HashSet<ItemCode> =
        entries.iter().map(|entry| entry.card.code.clone()).collect();
    entries.extend(shipped().iter().filter(|entry| !taken.contains(&entry.card.code)).cloned());
    entries.sort_by(|one, two| one.card.code.cmp(&two.card.code));
    Stock { stamp, entries, bank, revisions }
}
