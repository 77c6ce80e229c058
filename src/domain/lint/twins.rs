//! Near-duplicates, by two measures: shingles of words (L12) and trigrams of letters (lists of
//! look-alikes when something is saved).

use super::words::{normal, phrase_words};
use crate::domain::id::ItemCode;
use crate::domain::item::Item;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Words of a shingle.
const SHINGLE: usize = 5;
/// Items whose trigrams overlap more than this are listed; in hundredths.
const LOOK_ALIKE: usize = 60;

/// Sets of small pieces of many items, kept so that finding the neighbours of one is quick.
#[derive(Clone, Debug, Default)]
pub struct Twins {
    sets: Vec<(ItemCode, usize)>,
    holders: HashMap<u64, Vec<u32>>,
}

impl Twins {
    /// By words of the situation, five at a time.
    pub fn by_words<'a>(items: impl IntoIterator<Item = &'a Item>) -> Self {
        Self::of(items, |item| shingles(&item.body.stem))
    }

    /// By letters of everything a candidate reads, three at a time.
    pub fn by_letters<'a>(items: impl IntoIterator<Item = &'a Item>) -> Self {
        Self::of(items, |item| trigrams(&everything(item)))
    }

    fn of<'a>(
        items: impl IntoIterator<Item = &'a Item>,
        pieces: impl Fn(&Item) -> BTreeSet<u64>,
    ) -> Self {
        let mut twins = Self::default();
        for item in items {
            let all = pieces(item);
            let number = u32::try_from(twins.sets.len()).unwrap_or(u32::MAX);
            twins.sets.push((item.facts.code.clone(), all.len()));
            for piece in all {
                twins.holders.entry(piece).or_default().push(number);
            }
        }
        twins
    }

    /// Pairs that share more than so many hundredths of their pieces.
    pub fn pairs(&self, above: usize) -> Vec<(&ItemCode, &ItemCode, usize)> {
        // Pieces that very many items have say nothing; without them two items that are alike still
        // share nearly everything else.
        let mut shared: BTreeMap<(u32, u32), usize> = BTreeMap::new();
        for holders in self.holders.values() {
            for (at, two) in holders.iter().enumerate() {
                for one in &holders[..at] {
                    *shared.entry((*one, *two)).or_default() += 1;
                }
            }
        }
        let alike = |((one, two), both): (&(u32, u32), &usize)| {
            let (a, b) = (&self.sets[*one as usize], &self.sets[*two as usize]);
            let all = a.1 + b.1 - both;
            (*both * 100 > all * above).then(|| (&a.0, &b.0, both * 100 / all))
        };
        shared.iter().filter_map(alike).collect()
    }
}

/// Items of a bank that look like this one, most alike first, with hundredths.
pub fn look_alikes<'a>(
    item: &Item,
    others: impl IntoIterator<Item = &'a Item>,
) -> Vec<(&'a ItemCode, usize)> {
    let own = trigrams(&everything(item));
    let mut all: Vec<(&ItemCode, usize)> = others
        .into_iter()
        .filter(|other| other.facts.code != item.facts.code)
        .map(|other| (&other.facts.code, jaccard(&own, &trigrams(&everything(other)))))
        .filter(|(_, share)| *share > LOOK_ALIKE)
        .collect();
    all.sort_by_key(|(_, share)| std::cmp::Reverse(*share));
    all
}

/// How alike two texts are, in hundredths of their trigrams.
pub fn trigram_similarity(one: &str, two: &str) -> usize {
    jaccard(&trigrams(one), &trigrams(two))
}

fn jaccard(one: &BTreeSet<u64>, two: &BTreeSet<u64>) -> usize {
    let both = one.intersection(two).count();
    (both * 100).checked_div(one.len() + two.len() - both).unwrap_or(0)
}

fn everything(item: &Item) -> String {
    let mut text = format!("{}\n{}", item.body.stem, item.body.ask);
    for part in item.body.interaction.texts() {
        text.push('\n');
        text.push_str(part);
    }
    text
}

fn hash(piece: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    piece.hash(&mut hasher);
    hasher.finish()
}

fn shingles(text: &str) -> BTreeSet<u64> {
    phrase_words(text).windows(SHINGLE).map(hash).collect()
}

/// Trigrams as PostgreSQL makes them: of each word, with two blanks before and one behind.
fn trigrams(text: &str) -> BTreeSet<u64> {
    let mut all = BTreeSet::new();
    for word in normal(text).split(' ').filter(|word| !word.is_empty()) {
        let letters: Vec<char> = "  ".chars().chain(word.chars()).chain([' ']).collect();
        all.extend(letters.windows(3).map(hash));
    }
    all
}
