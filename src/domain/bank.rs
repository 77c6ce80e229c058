//! The item bank: all items that an organisation can put into papers.

use crate::domain::assessment::Draw;
use crate::domain::id::{ItemCode, SkillSlug};
use crate::domain::interaction::{Flaw, Kind};
use crate::domain::item::{Body, Facts, Item};
use crate::domain::skill::Level;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Items by code. A copy is cheap: the items themselves are shared.
#[derive(Clone, Debug, Default)]
pub struct Bank {
    items: BTreeMap<ItemCode, Arc<Item>>,
    private: BTreeSet<ItemCode>,
}

/// An item without its key: all that drawing a paper needs.
#[derive(Clone, Copy, Debug)]
pub struct PoolItem<'a> {
    /// What staff know.
    pub facts: &'a Facts,
    /// What the candidate sees.
    pub body: &'a Body,
}

impl<'a> From<&'a Item> for PoolItem<'a> {
    fn from(item: &'a Item) -> Self {
        Self { facts: &item.facts, body: &item.body }
    }
}

impl Bank {
    /// Collects items; a code that is there twice is a flaw.
    pub fn new(items: impl IntoIterator<Item = Item>) -> Result<Self, Flaw> {
        let mut bank = Self::default();
        for item in items {
            let code = item.facts.code.clone();
            if bank.items.insert(code.clone(), Arc::new(item)).is_some() {
                return Err(Flaw(format!("the item {code} is there twice")));
            }
        }
        Ok(bank)
    }

    /// This bank with an organisation's own items. Where both have a code the own item stands: an
    /// upgrade of the shipped items must not change what an organisation asks.
    #[must_use]
    pub fn with_private(&self, own: impl IntoIterator<Item = Arc<Item>>) -> Self {
        let mut bank = self.clone();
        for item in own {
            bank.private.insert(item.facts.code.clone());
            bank.items.insert(item.facts.code.clone(), item);
        }
        bank
    }

    /// Does the item belong to the organisation alone? All others are public with their keys.
    pub fn is_private(&self, code: &ItemCode) -> bool {
        self.private.contains(code)
    }

    /// The item of a code.
    pub fn item(&self, code: &ItemCode) -> Option<&Item> {
        self.items.get(code).map(Arc::as_ref)
    }

    /// Every item, in the order of codes.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.items.values().map(Arc::as_ref)
    }

    /// Every item, to be kept longer than the bank.
    pub fn shared(&self) -> impl Iterator<Item = &Arc<Item>> {
        self.items.values()
    }

    /// How many items there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// No item at all?
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The items that a draw may take, at one level or at any, in the order of codes.
    pub fn matching<'a>(
        &'a self,
        draw: &'a Draw,
        level: Option<Level>,
    ) -> impl Iterator<Item = &'a Item> {
        self.items().filter(move |item| draw.takes(&item.facts, level))
    }

    /// How many drawable items of a skill there are, by level and kind, for the catalog's pages.
    pub fn counts(&self, skill: &SkillSlug) -> BTreeMap<(Level, Kind), u32> {
        let mut counts = BTreeMap::new();
        for item in self
            .items()
            .filter(|item| item.facts.skill == *skill && item.facts.status.can_be_drawn())
        {
            *counts.entry((item.facts.level, item.facts.kind)).or_insert(0) += 1;
        }
        counts
    }
}
