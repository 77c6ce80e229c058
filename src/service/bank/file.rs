//! The own bank as a folder of files: in as a whole or not at all, out byte for byte.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read as _;
use std::path::Path;

use crate::catalog::{self, BadFile, Written, line_of};
use crate::domain::access::{Action, Actor};
use crate::domain::account::Email;
use crate::domain::bank_review::State;
use crate::domain::id::{BankItemId, ItemCode};
use crate::domain::similarity::{NEAR, Trigrams, pairs};
use crate::service::auth::allow;
use crate::service::bank::write::{self, MAX_BYTES};
use crate::service::bank::{Stock, stock_of, trigrams};
use crate::service::{Ctx, Refusal};
use crate::store::account as accounts;
use crate::store::audit::{self, Event};
use crate::store::bank::{self as rows, By};
use crate::store::tenant;

/// No bank is larger, and no folder that was named by mistake is read to its end.
const MAX_FILES: usize = 20_000;
/// Folders below folders.
const MAX_DEPTH: usize = 4;

/// A file of a folder: its place below the folder, with `/`, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemFile {
    /// Where it lies.
    pub path: String,
    /// What is in it.
    pub text: String,
}

/// Reads every item file below a folder, or says everything that is wrong.
pub fn read_folder(folder: &Path) -> Result<Vec<ItemFile>, Vec<BadFile>> {
    let (mut files, mut bad) = (Vec::new(), Vec::new());
    visit(folder, "", 0, &mut files, &mut bad);
    if files.is_empty() && bad.is_empty() {
        bad.push(wrong("", 0, "there is no file that ends in .toml"));
    }
    if bad.is_empty() { Ok(files) } else { Err(bad) }
}

fn wrong(path: &str, line: usize, message: impl Into<String>) -> BadFile {
    BadFile { path: path.to_owned(), line, message: message.into() }
}

fn visit(
    folder: &Path,
    below: &str,
    depth: usize,
    files: &mut Vec<ItemFile>,
    bad: &mut Vec<BadFile>,
) {
    let entries = match fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>) {
        Ok(entries) => entries,
        Err(cause) => return bad.push(wrong(below, 0, cause.to_string())),
    };
    let mut entries: Vec<_> = entries;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let Ok(name) = entry.file_name().into_string() else {
            bad.push(wrong(&entry.path().to_string_lossy(), 0, "the name is not UTF-8"));
            continue;
        };
        let path = if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
        let is_item = Path::new(&name).extension().is_some_and(|end| end == "toml");
        match entry.file_type() {
            // A link could lead to any file of this machine.
            Ok(kind) if kind.is_symlink() && is_item => {
                bad.push(wrong(&path, 0, "this is a link; put the file itself here"));
            }
            Ok(kind) if kind.is_dir() && depth < MAX_DEPTH => {
                visit(&entry.path(), &path, depth + 1, files, bad);
            }
            Ok(kind) if kind.is_file() && is_item => {
                if files.len() >= MAX_FILES {
                    return bad.push(wrong(&path, 0, format!("more than {MAX_FILES} files")));
                }
                match read_file(&entry.path(), &path) {
                    Ok(text) => files.push(ItemFile { path, text }),
                    Err(one) => bad.push(one),
                }
            }
            Err(cause) => bad.push(wrong(&path, 0, cause.to_string())),
            Ok(_) => {}
        }
    }
}

/// The text of one file. No more is read than an item may have.
fn read_file(file: &Path, path: &str) -> Result<String, BadFile> {
    let open = || {
        let mut bytes = Vec::new();
        let limit = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX) + 1;
        fs::File::open(file)?.take(limit).read_to_end(&mut bytes).map(|_| bytes)
    };
    let bytes = open().map_err(|cause: std::io::Error| wrong(path, 0, cause.to_string()))?;
    if bytes.len() > MAX_BYTES {
        return Err(wrong(path, 1, format!("an item has at most {} KiB", MAX_BYTES / 1024)));
    }
    String::from_utf8(bytes).map_err(|cause| {
        let good = &cause.as_bytes()[..cause.utf8_error().valid_up_to()];
        let line = String::from_utf8_lossy(good).matches('\n').count() + 1;
        wrong(path, line, "the file is not UTF-8; save it in that encoding")
    })
}

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// Items that are new.
    pub created: usize,
    /// Items with a new revision.
    pub revised: usize,
    /// Items that were the same already.
    pub unchanged: usize,
    /// Pairs of items that say nearly the same, with the share in ten-thousandths.
    pub near: Vec<(ItemCode, ItemCode, u32)>,
}

/// Why nothing was imported.
#[derive(Debug)]
pub enum NotImported {
    /// Files that must be mended.
    Files(Vec<BadFile>),
    /// The house said no.
    Refused(Refusal),
}

impl<T: Into<Refusal>> From<T> for NotImported {
    fn from(cause: T) -> Self {
        Self::Refused(cause.into())
    }
}

/// Reads files as items, each by itself and all together.
fn read_all(files: &[ItemFile]) -> Result<Vec<Written>, Vec<BadFile>> {
    let (mut all, mut bad) = (Vec::new(), Vec::new());
    let mut places: BTreeMap<ItemCode, &str> = BTreeMap::new();
    for ItemFile { path, text } in files {
        let written = match write::read(path, text) {
            Ok(written) => written,
            Err(one) => {
                bad.push(one);
                continue;
            }
        };
        let place = written.place();
        if *path != place {
            bad.push(catalog::misplaced(path, text, &place));
        }
        // A form keeps half an item; a file that is handed in is whole.
        if let Err(one) = &written.item {
            bad.push(one.clone());
        }
        if let Some(other) = places.insert(written.code.clone(), path) {
            let line = text.find("id = ").map_or(1, |at| line_of(text, at));
            let message = format!("the id {} is in {other} already", written.code);
            bad.push(wrong(path, line, message));
        }
        all.push(written);
    }
    if bad.is_empty() { Ok(all) } else { Err(bad) }
}

/// Puts files into the bank of a colleague's organisation, as that colleague's work: somebody else
/// has to review it. All of them, or nothing; a dry run writes nothing in any case.
pub async fn import(
    ctx: &Ctx,
    email: &str,
    files: Vec<ItemFile>,
    is_dry: bool,
) -> Result<Imported, NotImported> {
    allow(&Actor::Operator, Action::Operate)?;
    let by = colleague(ctx, email).await?;
    let all = read_all(&files).map_err(NotImported::Files)?;
    let stock = stock_of(ctx, by.organisation).await?;
    let coming: BTreeSet<&ItemCode> = all.iter().map(|written| &written.code).collect();
    let mut bad = Vec::new();
    for (written, file) in all.iter().zip(&files) {
        let Ok(item) = &written.item else { continue };
        let lost = |enemy: &&ItemCode| !coming.contains(enemy) && stock.entry(enemy).is_none();
        if let Some(enemy) = item.facts.enemies.iter().find(lost) {
            let line = file.text.find("enemy").map_or(1, |at| line_of(&file.text, at));
            bad.push(wrong(&file.path, line, format!("there is no item {enemy} to be an enemy")));
        }
        let entry = stock.entry(&written.code).and_then(|entry| entry.own.as_ref());
        if entry.is_some_and(|own| own.state == State::Retired) {
            bad.push(wrong(&file.path, 1, format!("{} is retired", written.code)));
        }
    }
    if !bad.is_empty() {
        return Err(NotImported::Files(bad));
    }
    let mut imported = store(ctx, by, files, &all, is_dry).await?;
    imported.near = look_alikes(&all, &stock);
    Ok(imported)
}

/// What came and what looks like it, among themselves and in the bank.
fn look_alikes(all: &[Written], stock: &Stock) -> Vec<(ItemCode, ItemCode, u32)> {
    let coming: BTreeSet<&ItemCode> = all.iter().map(|written| &written.code).collect();
    let there = stock.alive().filter(|entry| !coming.contains(&entry.card.code));
    let new: Vec<Trigrams> = all.iter().map(trigrams).collect();
    let new = all.iter().map(|written| &written.code).zip(&new);
    let there = there.map(|entry| (&entry.card.code, &*entry.trigrams));
    let (codes, grams): (Vec<_>, Vec<_>) = new.chain(there).unzip();
    let found = pairs(&grams, NEAR).into_iter();
    let found = found.filter(|(one, _, _)| *one < all.len());
    found.map(|(one, two, share)| (codes[one].clone(), codes[two].clone(), share)).collect()
}

/// One transaction: the first that fails takes all of them back.
async fn store(
    ctx: &Ctx,
    by: By,
    files: Vec<ItemFile>,
    all: &[Written],
    is_dry: bool,
) -> Result<Imported, NotImported> {
    let (work, codes) = (ctx.clone(), all.iter().map(|it| it.code.clone()).collect::<Vec<_>>());
    let done = ctx.detached(async move {
        let mut imported = Imported::default();
        let mut tx = tenant::begin(&work.pools.staff, by.organisation).await?;
        let heads: BTreeMap<ItemCode, rows::Head> =
            rows::list(&mut tx).await?.into_iter().map(|head| (head.code.clone(), head)).collect();
        let newest: Vec<(BankItemId, i32)> = codes
            .iter()
            .filter_map(|code| heads.get(code).map(|head| (head.id, head.number)))
            .collect();
        let sources: BTreeMap<BankItemId, String> = rows::list_sources(&mut tx, &newest)
            .await?
            .into_iter()
            .map(|(id, _, source)| (id, source))
            .collect();
        for (code, file) in codes.iter().zip(files) {
            let (id, number) = match heads.get(code) {
                Some(head) if sources.get(&head.id) == Some(&file.text) => {
                    imported.unchanged += 1;
                    continue;
                }
                Some(head) => {
                    imported.revised += 1;
                    (head.id, head.number + 1)
                }
                None => {
                    imported.created += 1;
                    let id = BankItemId::new(crate::service::fresh::id());
                    rows::insert_item(&mut tx, by, id, code).await.map_err(write::in_words)?;
                    (id, 1)
                }
            };
            rows::insert_revision(&mut tx, by, id, number, &file.text)
                .await
                .map_err(write::in_words)?;
        }
        if is_dry {
            tx.rollback().await?;
            return Ok(imported);
        }
        let detail = serde_json::json!({
            "created": imported.created,
            "revised": imported.revised,
            "for": by.account.uuid(),
        });
        let event = Event::by_operator(Some(by.organisation), "item.imported").with(detail);
        audit::append(&mut tx, &event).await?;
        tx.commit().await?;
        Ok(imported)
    });
    Ok(done.await?)
}

/// The newest file of every item of a colleague's organisation, in the order of places.
pub async fn export(ctx: &Ctx, email: &str, with_retired: bool) -> Result<Vec<ItemFile>, Refusal> {
    allow(&Actor::Operator, Action::Operate)?;
    let by = colleague(ctx, email).await?;
    let mut tx = tenant::begin_snapshot(&ctx.pools.staff, by.organisation).await?;
    let heads = rows::list(&mut tx).await?;
    let wanted: Vec<(BankItemId, i32)> = heads
        .iter()
        .filter(|head| with_retired || head.state != State::Retired)
        .map(|head| (head.id, head.number))
        .collect();
    let sources = rows::list_sources(&mut tx, &wanted).await?;
    drop(tx);
    let mut files: Vec<ItemFile> = sources
        .into_iter()
        .map(|(id, _, text)| match catalog::read_written("item", &text) {
            Ok(written) => Ok(ItemFile { path: written.place(), text }),
            Err(bad) => Err(Refusal::Internal(format!("item {id}: {bad}"))),
        })
        .collect::<Result<_, _>>()?;
    files.sort_by(|one, two| one.path.cmp(&two.path));
    // Keys leave the house: that is written down.
    let detail = serde_json::json!({ "files": files.len(), "for": by.account.uuid() });
    let event = Event::by_operator(Some(by.organisation), "item.exported").with(detail);
    let work = ctx.clone();
    ctx.detached(async move {
        let mut tx = tenant::begin(&work.pools.staff, by.organisation).await?;
        audit::append(&mut tx, &event).await?;
        tx.commit().await?;
        Ok(files)
    })
    .await
}

/// The account that says which organisation is meant and whose work it is.
async fn colleague(ctx: &Ctx, email: &str) -> Result<By, Refusal> {
    let email: Email = email.parse().map_err(|_| Refusal::field("email", "email-unreadable"))?;
    let found = accounts::find_sign_in(&ctx.pools.staff, email.as_str()).await?;
    let found = found.filter(|found| !found.is_disabled).ok_or(Refusal::Hidden)?;
    let by = By { organisation: found.organisation, account: found.account };
    let mut tx = tenant::begin(&ctx.pools.staff, by.organisation).await?;
    let people = accounts::list(&mut tx).await?;
    let person = people.into_iter().find(|person| person.account == by.account);
    let person = person.ok_or(Refusal::Hidden)?;
    let actor =
        Actor::Staff { account: by.account, organisation: by.organisation, role: person.role };
    allow(&actor, Action::WriteItems)?;
    Ok(by)
}
