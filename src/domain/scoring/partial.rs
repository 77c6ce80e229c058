//! Multiple response: hits against false ticks.

use crate::domain::number::Ratio;
use serde::{Deserialize, Serialize};

/// Counts of one multiple response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticked {
    /// Right options that were ticked.
    pub hits: usize,
    /// Wrong options that were ticked.
    pub false_hits: usize,
    /// Right options there are.
    pub keys: usize,
    /// Wrong options there are.
    pub distractors: usize,
}

impl Ticked {
    /// More ticks than allowed count as the least favourable selection that keeps to the limit, so
    /// that ignoring "select two" never pays.
    #[must_use]
    pub fn limited_to(self, most: usize) -> Self {
        if self.hits + self.false_hits <= most {
            return self;
        }
        let false_hits = self.false_hits.min(most);
        Self { hits: most - false_hits, false_hits, ..self }
    }
}

/// How ticks become a share. h hits, f false ticks, C keys, W distractors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TickRule {
    /// 1 if h = C and f = 0.
    AllOrNothing,
    /// h/C if f = 0, else 0.
    NoError,
    /// max(0, h/C - f/W).
    #[default]
    Balanced,
    /// max(0, h/C - f/C), which R/exams calls "true".
    True,
    /// Every option is a true-or-false question: (h + W - f)/(C + W).
    Mtf,
}

impl TickRule {
    /// Every rule.
    pub const ALL: [Self; 5] =
        [Self::AllOrNothing, Self::NoError, Self::Balanced, Self::True, Self::Mtf];
}

/// The share between 0 and 1.
pub fn share(ticked: Ticked, rule: TickRule) -> Ratio {
    let Ticked { hits: h, false_hits: f, keys: c, distractors: w } = ticked;
    let minus = |false_part: Ratio| {
        Ratio::of(h, c)
            .checked_add(false_part.negated())
            .unwrap_or(Ratio::ZERO)
            .clamp_to(Ratio::ZERO, Ratio::ONE)
    };
    match rule {
        TickRule::AllOrNothing => Ratio::of(usize::from(h == c && f == 0), 1),
        TickRule::NoError => {
            if f == 0 {
                Ratio::of(h, c)
            } else {
                Ratio::ZERO
            }
        }
        TickRule::Balanced => minus(Ratio::of(f, w)),
        TickRule::True => minus(Ratio::of(f, c)),
        TickRule::Mtf => Ratio::of((h + w).saturating_sub(f), c + w),
    }
}
