//! Several parts in one item.

use super::Evidence;
use crate::domain::number::Ratio;

/// One part of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its share of the item; the weights of an item's parts add up to 1.
    pub weight: Ratio,
    /// What the response to it shows.
    pub evidence: Evidence,
}

/// The weighted sum. Later parts support the first one (evidence for a cause), so without an answer
/// to the first part they earn nothing.
pub fn share(parts: &[Part]) -> Ratio {
    if parts.first().is_none_or(|first| first.evidence == Evidence::Blank) {
        return Ratio::ZERO;
    }
    parts.iter().fold(Ratio::ZERO, |sum, part| {
        part.weight
            .checked_mul(super::share(&part.evidence))
            .and_then(|earned| sum.checked_add(earned))
            .unwrap_or(sum)
    })
}
