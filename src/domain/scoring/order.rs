//! Ordering: how near a sequence is to the key's.

use crate::domain::number::Ratio;
use serde::{Deserialize, Serialize};

/// For each answered place, the place of its step in the key: `[0, 1, 2]` is the key itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places(Vec<usize>);

impl Places {
    /// Wraps a permutation of `0..n`; anything else is `None`.
    pub fn new(places: Vec<usize>) -> Option<Self> {
        let mut seen = vec![false; places.len()];
        for place in &places {
            let slot = seen.get_mut(*place)?;
            if std::mem::replace(slot, true) {
                return None;
            }
        }
        Some(Self(places))
    }
}

/// How an order becomes a share; n steps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderRule {
    /// The exact order or nothing.
    AllOrNothing,
    /// Steps at their right place / n.
    Position,
    /// Right neighbours / (n - 1).
    Adjacent,
    /// Longest subsequence in the right order / n; 0 if it is a single step.
    LongestSubset,
    /// max(0, Kendall's tau): twice the share of pairs in the right order, minus 1.
    #[default]
    Pairwise,
}

impl OrderRule {
    /// Every rule.
    pub const ALL: [Self; 5] =
        [Self::AllOrNothing, Self::Position, Self::Adjacent, Self::LongestSubset, Self::Pairwise];
}

/// The share between 0 and 1.
pub fn share(Places(places): &Places, rule: OrderRule) -> Ratio {
    let n = places.len();
    match rule {
        OrderRule::AllOrNothing => Ratio::of(usize::from(places.is_sorted()), 1),
        OrderRule::Position => {
            Ratio::of(places.iter().enumerate().filter(|(at, place)| at == *place).count(), n)
        }
        OrderRule::Adjacent => Ratio::of(
            places.windows(2).filter(|pair| pair[0] + 1 == pair[1]).count(),
            n.saturating_sub(1),
        ),
        OrderRule::LongestSubset => match longest_increasing(places) {
            0 | 1 => Ratio::ZERO,
            length => Ratio::of(length, n),
        },
        OrderRule::Pairwise => {
            let pairs = n * n.saturating_sub(1) / 2;
            Ratio::of((2 * concordant(places)).saturating_sub(pairs), pairs)
        }
    }
}

fn concordant(places: &[usize]) -> usize {
    places
        .iter()
        .enumerate()
        .map(|(at, left)| places[at + 1..].iter().filter(|right| left < right).count())
        .sum()
}

fn longest_increasing(places: &[usize]) -> usize {
    let mut best: Vec<usize> = Vec::with_capacity(places.len());
    for (at, place) in places.iter().enumerate() {
        let before = (0..at).filter(|i| places[*i] < *place).map(|i| best[i]).max().unwrap_or(0);
        best.push(before + 1);
    }
    best.into_iter().max().unwrap_or(0)
}
