//! Situational judgement: closeness to a panel of experts.
//!
//! Blind answers earn a lot under both formulas, so an item's share is what lies above chance:
//! `max(0, (s - chance) / (1 - chance))`. It is done per item, so that the points of a section stay
//! the sum of the points of its items.

use crate::domain::number::{Decimal, Ratio};

/// Ratings beside the panel's modes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rated {
    /// Steps of the scale, at least 2.
    pub scale: u8,
    /// The candidate's rating (if any) and the panel's mode of each response, both from 1.
    pub pairs: Vec<(Option<u8>, u8)>,
}

/// Per response 1 for the mode, 1/2 for one step off on the same side of the middle, else 0; the mean over all.
pub fn mode_near(rated: &Rated) -> Ratio {
    let halves: usize = rated
        .pairs
        .iter()
        .map(|(rating, mode)| rating.map_or(0, |rating| halves(rated.scale, rating, *mode)))
        .sum();
    Ratio::of(halves, 2 * rated.pairs.len())
}

/// What blind rating earns on average under [`mode_near`].
pub fn mode_near_chance(rated: &Rated) -> Ratio {
    let all: usize = rated
        .pairs
        .iter()
        .map(|(_, mode)| {
            (1..=rated.scale).map(|rating| halves(rated.scale, rating, *mode)).sum::<usize>()
        })
        .sum();
    Ratio::of(all, 2 * rated.pairs.len() * usize::from(rated.scale))
}

/// [`mode_near`] above chance.
pub fn mode_near_above_chance(rated: &Rated) -> Ratio {
    above(mode_near(rated), mode_near_chance(rated))
}

fn halves(scale: u8, rating: u8, mode: u8) -> usize {
    // Twice the distance from the middle keeps an odd scale whole; its middle step has no side.
    let side = |step: u8| (2 * i16::from(step) - i16::from(scale) - 1).signum();
    if rating == mode {
        2
    } else {
        usize::from(rating.abs_diff(mode) == 1 && side(rating) == side(mode))
    }
}

/// The panel's means of what was chosen, and of the extremes there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extremes {
    /// Mean of the response chosen as most effective.
    pub best: Option<Decimal>,
    /// Mean of the response chosen as least effective.
    pub worst: Option<Decimal>,
    /// Lowest mean of all responses.
    pub lowest: Decimal,
    /// Highest mean of all responses.
    pub highest: Decimal,
}

/// Half for how near the best choice is to the highest mean, half for the worst to the lowest.
pub fn best_worst(extremes: &Extremes) -> Ratio {
    let Extremes { best, worst, lowest, highest } = extremes;
    let gap = |high: Decimal, low: Decimal| {
        high.ratio().checked_add(low.ratio().negated()).unwrap_or(Ratio::ZERO)
    };
    let earned = [best.map(|mean| gap(mean, *lowest)), worst.map(|mean| gap(*highest, mean))]
        .into_iter()
        .flatten()
        .fold(Ratio::ZERO, |sum, part| sum.checked_add(part).unwrap_or(sum));
    let span = gap(*highest, *lowest);
    earned.checked_mul(Ratio::new(span.denominator(), 2 * span.numerator())).unwrap_or(Ratio::ZERO)
}

/// [`best_worst`] above its chance of one half: `max(0, 2s - 1)`.
pub fn best_worst_above_chance(extremes: &Extremes) -> Ratio {
    above(best_worst(extremes), Ratio::new(1, 2))
}

fn above(share: Ratio, chance: Ratio) -> Ratio {
    let rest = Ratio::ONE.checked_add(chance.negated()).unwrap_or(Ratio::ONE);
    share
        .checked_add(chance.negated())
        .and_then(|over| over.checked_mul(Ratio::new(rest.denominator(), rest.numerator())))
        .unwrap_or(Ratio::ZERO)
        .clamp_to(Ratio::ZERO, Ratio::ONE)
}
