//! Many measured times.

use std::time::Duration;

/// Times in the order in which they came.
#[derive(Debug, Clone, Default)]
pub struct Times(Vec<Duration>);

impl Times {
    /// One more.
    pub fn push(&mut self, time: Duration) {
        self.0.push(time);
    }

    /// All of another.
    pub fn join(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// How many there are in a second of all this time.
    pub fn per_second(&self, all: Duration) -> f64 {
        f64::from(u32::try_from(self.0.len()).unwrap_or(u32::MAX)) / all.as_secs_f64()
    }

    /// Whole milliseconds within which so many per cent were done (nearest rank).
    pub fn within(&self, percent: usize) -> u64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let rank = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
        let time = sorted.get(rank).copied().unwrap_or_default();
        u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_those_of_a_sorted_list() {
        let mut times = Times::default();
        assert_eq!(times.within(99), 0);
        for ms in (1..=200).rev() {
            times.push(Duration::from_millis(ms));
        }
        assert_eq!([times.within(50), times.within(99), times.within(100)], [100, 198, 200]);
        assert!((times.per_second(Duration::from_secs(4)) - 50.0).abs() < 1e-9);
    }
}
