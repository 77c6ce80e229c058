//! How much there is to read, over many items.

use super::view::View;
use super::words::Prose;
use crate::domain::interaction::Kind;
use crate::domain::item::Item;
use std::collections::BTreeMap;

/// What the items of a kind ask a reader; each figure as median and most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The kind.
    pub kind: Kind,
    /// How many items.
    pub items: usize,
    /// Words besides code.
    pub words: (u32, u32),
    /// Flesch-Kincaid grade in hundredths.
    pub grade: (i64, i64),
    /// Share of the time that reading takes at 200 words a minute, in per cent.
    pub time: (i64, i64),
}

/// The prose of everything that a candidate reads of an item.
pub(super) fn prose(view: &View<'_>) -> Prose {
    let mut all = Prose::default();
    view.prose().into_iter().for_each(|(_, text)| all.join(Prose::of(text)));
    all
}

/// By kind, in the order of screens.
pub fn reading<'a>(items: impl IntoIterator<Item = &'a Item>) -> Vec<Reading> {
    let mut by_kind: BTreeMap<Kind, Vec<(u32, i64, i64)>> = BTreeMap::new();
    for item in items {
        let prose = prose(&View::of(item));
        let words = prose.count();
        // 200 words a minute are 0.3 seconds a word.
        let time = (i64::from(words) * 30).checked_div(item.body.seconds.get()).unwrap_or(0);
        by_kind.entry(item.facts.kind).or_default().push((words, prose.grade_hundredths(), time));
    }
    let figures = |(kind, all): (Kind, Vec<(u32, i64, i64)>)| Reading {
        kind,
        items: all.len(),
        words: middle_and_most(all.iter().map(|one| one.0).collect()),
        grade: middle_and_most(all.iter().map(|one| one.1).collect()),
        time: middle_and_most(all.iter().map(|one| one.2).collect()),
    };
    by_kind.into_iter().map(figures).collect()
}

fn middle_and_most<T: Ord + Copy + Default>(mut all: Vec<T>) -> (T, T) {
    all.sort_unstable();
    (all.get(all.len() / 2).copied().unwrap_or_default(), all.last().copied().unwrap_or_default())
}
