//! How much two texts share: the share of their common pieces among all (Jaccard). The pieces of a
//! bank's items are trigrams, counted as `pg_trgm` counts them so that figures can be compared;
//! written here because not every database has that extension.

use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;

use crate::domain::id::ItemCode;
use crate::domain::item::Item;

/// Above this, in ten-thousandths, two items are shown as possibly the same.
pub const NEAR: u32 = 6_000;

/// The trigrams of a text, in order and without repeats.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trigrams(Vec<[char; 3]>);

impl Trigrams {
    /// Of several texts that belong together. Case and everything but letters and digits is left
    /// out; each word has two blanks before it and one behind it.
    pub fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut found = BTreeSet::new();
        for text in texts {
            for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
                let mut window = [' ', ' ', ' '];
                for letter in word.chars().flat_map(char::to_lowercase).chain([' ']) {
                    window = [window[1], window[2], letter];
                    found.insert(window);
                }
            }
        }
        Self(found.into_iter().collect())
    }

    /// The share of common trigrams among all, in ten-thousandths.
    pub fn shared_with(&self, other: &Self) -> u32 {
        share(&self.0, &other.0)
    }

    /// The share with another text, if it is more than [`NEAR`].
    pub fn near(&self, other: &Self) -> Option<u32> {
        Some(self.shared_with(other)).filter(|share| *share > NEAR)
    }
}

impl AsRef<[[char; 3]]> for Trigrams {
    fn as_ref(&self) -> &[[char; 3]] {
        &self.0
    }
}

/// The share of common pieces of two ordered sets, in ten-thousandths; nothing shares nothing.
fn share<P: Ord>(mine: &[P], theirs: &[P]) -> u32 {
    let (mut common, mut at, mut to) = (0_usize, 0, 0);
    while at < mine.len() && to < theirs.len() {
        match mine[at].cmp(&theirs[to]) {
            std::cmp::Ordering::Less => at += 1,
            std::cmp::Ordering::Greater => to += 1,
            std::cmp::Ordering::Equal => {
                common += 1;
                at += 1;
                to += 1;
            }
        }
    }
    let all = mine.len() + theirs.len() - common;
    u32::try_from((common * 10_000).checked_div(all).unwrap_or(0)).unwrap_or(10_000)
}

/// Every pair of sets that share more than so many ten-thousandths: places of the first and the
/// second, and the share, in order. Each set is ordered and without repeats.
///
/// Two sets that share more than t of all their pieces have one in common among the rarest
/// n - ⌈t·n⌉ + 1 of each, so only these are looked up (prefix filter: Bayardo, Ma and Srikant,
/// "Scaling up all pairs similarity search", 2007). Nothing is missed, and thousands of items cost
/// less than a second.
pub fn pairs<P: Ord + Hash>(sets: &[impl AsRef<[P]>], above: u32) -> Vec<(usize, usize, u32)> {
    let mut holders: HashMap<&P, usize> = HashMap::new();
    for piece in sets.iter().flat_map(AsRef::as_ref) {
        *holders.entry(piece).or_default() += 1;
    }
    let mut found = Vec::new();
    let mut seen: HashMap<&P, Vec<usize>> = HashMap::new();
    for (two, set) in sets.iter().enumerate() {
        let set = set.as_ref();
        let mut rarest: Vec<&P> = set.iter().collect();
        rarest.sort_by_key(|piece| (holders[piece], *piece));
        let least = (set.len() * above as usize).div_ceil(10_000);
        rarest.truncate(set.len() + 1 - least.clamp(1, set.len() + 1));
        let mut others = BTreeSet::new();
        for piece in rarest {
            let places = seen.entry(piece).or_default();
            others.extend(places.iter().copied());
            places.push(two);
        }
        let shares = others.into_iter().map(|one| (one, two, share(sets[one].as_ref(), set)));
        found.extend(shares.filter(|(_, _, share)| *share > above));
    }
    found.sort_unstable();
    found
}

/// Items of which the texts share more than so many ten-thousandths of their trigrams.
pub fn look_alikes<'a>(
    items: impl IntoIterator<Item = &'a Item>,
    above: u32,
) -> Vec<(&'a ItemCode, &'a ItemCode, u32)> {
    let (codes, grams): (Vec<_>, Vec<_>) =
        items.into_iter().map(|item| (&item.facts.code, Trigrams::of(item.body.texts()))).unzip();
    let found = pairs(&grams, above).into_iter();
    found.map(|(one, two, share)| (codes[one], codes[two], share)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn share(one: &str, two: &str) -> u32 {
        Trigrams::of([one]).shared_with(&Trigrams::of([two]))
    }

    #[test]
    fn it_counts_as_the_database_does() {
        // What `select similarity(..)` of pg_trgm 1.6 gives.
        assert_eq!(share("word", "two words"), 3_636);
        assert_eq!(share("Word", "word!"), 10_000);
        assert_eq!(share("abc", "xyz"), 0);
        assert_eq!(share("cat", "car park"), 1_818);
        assert_eq!(share("the index of one tenant", "the index of a tenant"), 7_916);
    }

    #[test]
    fn nothing_is_like_nothing() {
        assert_eq!(share("", ""), 0);
        assert_eq!(Trigrams::of([""]).near(&Trigrams::of(["a"])), None);
    }

    proptest! {
        #[test]
        fn looking_up_the_rarest_pieces_misses_no_pair(
            sets in prop::collection::vec(prop::collection::btree_set(0_u8..14, 0..9), 0..9),
            above in 0_u32..10_000,
        ) {
            let sets: Vec<Vec<u8>> = sets.into_iter().map(Vec::from_iter).collect();
            let mut wanted = Vec::new();
            for (two, set) in sets.iter().enumerate() {
                for (one, other) in sets[..two].iter().enumerate() {
                    let share = super::share(other, set);
                    if share > above {
                        wanted.push((one, two, share));
                    }
                }
            }
            wanted.sort_unstable();
            prop_assert_eq!(pairs(&sets, above), wanted);
        }
    }
}
