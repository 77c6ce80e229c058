//! # `scoring`: how evidence becomes credit
//!
//! A rule sees only [`Evidence`], never the item. Inside, shares are exact fractions; [`Credit`] is
//! the share in ten-thousandths, rounded half up once. A wrong answer never costs points.
//!
//! **To add a rule**: one file here with its function from evidence to a [`Ratio`] between 0 and 1,
//! and one variant of [`Evidence`] (or of the rule list of an existing one).

pub mod order;
pub mod partial;
pub mod rating;
pub mod weighted;

use crate::domain::number::Ratio;
use serde::{Deserialize, Serialize};

pub use order::{OrderRule, Places};
pub use partial::{TickRule, Ticked};
pub use rating::{Extremes, Rated};
pub use weighted::Part;

/// Grows when a rule changes its meaning; stored with every result.
pub const RULE_VERSION: u32 = 1;

/// What a response shows against the key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// Nothing was answered.
    Blank,
    /// Right or wrong.
    Exact(bool),
    /// The author gave this answer a share of its own.
    Share(Ratio),
    /// Ticked options.
    Ticks(Ticked, TickRule),
    /// Steps in an order.
    Order(Places, OrderRule),
    /// Ratings beside the modes of the panel.
    Ratings(Rated),
    /// A most and a least effective choice beside the means of the panel.
    BestWorst(Extremes),
    /// Several parts that count together.
    Parts(Vec<Part>),
}

/// What one item earned, 0 to 10,000.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Credit(u16);

impl Credit {
    /// Full credit.
    pub const FULL: i128 = 10_000;

    /// The share in ten-thousandths, rounded half up.
    pub fn of(share: Ratio) -> Self {
        let share = share.clamp_to(Ratio::ZERO, Ratio::ONE);
        Self(u16::try_from(share.scaled_half_up(Self::FULL)).unwrap_or(0))
    }

    /// The number.
    pub const fn get(self) -> u16 {
        self.0
    }
}

/// The exact share of the item that this evidence earns, between 0 and 1.
pub fn share(evidence: &Evidence) -> Ratio {
    let share = match evidence {
        Evidence::Blank | Evidence::Exact(false) => Ratio::ZERO,
        Evidence::Exact(true) => Ratio::ONE,
        Evidence::Share(share) => *share,
        Evidence::Ticks(ticked, rule) => partial::share(*ticked, *rule),
        Evidence::Order(places, rule) => order::share(places, *rule),
        Evidence::Ratings(rated) => rating::mode_near_above_chance(rated),
        Evidence::BestWorst(extremes) => rating::best_worst_above_chance(extremes),
        Evidence::Parts(parts) => weighted::share(parts),
    };
    share.clamp_to(Ratio::ZERO, Ratio::ONE)
}

#[cfg(test)]
mod tests;
