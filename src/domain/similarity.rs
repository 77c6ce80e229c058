//! How much two texts share: the share of common trigrams, as `pg_trgm` counts it, so that figures
//! can be compared. Written here because not every database has that extension.

use std::collections::BTreeSet;

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
        let (mine, theirs) = (&self.0, &other.0);
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

    /// Whether both share more than [`NEAR`]. Most pairs differ so much in size that counting is
    /// not needed.
    pub fn near(&self, other: &Self) -> Option<u32> {
        let (less, more) = match (self.0.len(), other.0.len()) {
            (a, b) if a < b => (a, b),
            (a, b) => (b, a),
        };
        if less * 10_000 <= more * NEAR as usize {
            return None;
        }
        Some(self.shared_with(other)).filter(|share| *share > NEAR)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn the_short_cut_never_hides_a_near_text() {
        let texts = ["the index of one tenant", "the index of a tenant", "an index", "the index"];
        for one in texts {
            for two in texts {
                let (a, b) = (Trigrams::of([one]), Trigrams::of([two]));
                let exact = a.shared_with(&b);
                assert_eq!(a.near(&b), (exact > NEAR).then_some(exact), "{one} / {two}");
            }
        }
    }
}
