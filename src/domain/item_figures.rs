//! How an item does with real answers: how many get it right, whether those who do well elsewhere
//! get it right too, and how often it was drawn. Nothing here becomes a score.

/// One finished attempt that held the item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sitting {
    /// What the item earned, in ten-thousandths of its points.
    pub credit: u16,
    /// What everything else earned, in ten-thousandths of a point.
    pub rest: i64,
    /// What everything else could earn.
    pub rest_max: i64,
}

/// The figures of an item.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figures {
    /// Finished attempts that held it.
    pub n: u32,
    /// Mean share of its points, in ten-thousandths: the p-value.
    pub mean: u32,
    /// Correlation of the item with the rest of the paper; none when one of them never varies or
    /// there are fewer than [`FEWEST`] answers.
    pub discrimination: Option<f64>,
}

/// Below this many answers a correlation says nothing.
pub const FEWEST: u32 = 10;

/// Sums the sittings up; none when nobody has finished one.
pub fn figures(sittings: &[Sitting]) -> Option<Figures> {
    let n = u32::try_from(sittings.len()).ok().filter(|n| *n > 0)?;
    let sum: u64 = sittings.iter().map(|one| u64::from(one.credit)).sum();
    let mean = u32::try_from((sum + u64::from(n) / 2) / u64::from(n)).ok()?;
    let pairs: Vec<(f64, f64)> = sittings
        .iter()
        .filter(|one| one.rest_max > 0)
        .map(|one| (f64::from(one.credit), share(one.rest, one.rest_max)))
        .collect();
    let is_enough = u32::try_from(pairs.len()).is_ok_and(|n| n >= FEWEST);
    Some(Figures { n, mean, discrimination: is_enough.then(|| correlation(&pairs)).flatten() })
}

fn share(part: i64, whole: i64) -> f64 {
    let tenthousandths = i128::from(part) * 10_000 / i128::from(whole);
    f64::from(i32::try_from(tenthousandths).unwrap_or(i32::MAX))
}

/// Pearson's correlation.
fn correlation(pairs: &[(f64, f64)]) -> Option<f64> {
    let n = f64::from(u32::try_from(pairs.len()).ok()?);
    let (sum_x, sum_y) = pairs.iter().fold((0.0, 0.0), |(x, y), pair| (x + pair.0, y + pair.1));
    let (mean_x, mean_y) = (sum_x / n, sum_y / n);
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for (x, y) in pairs {
        let (dx, dy) = (x - mean_x, y - mean_y);
        xx += dx * dx;
        yy += dy * dy;
        xy += dx * dy;
    }
    (xx > 0.0 && yy > 0.0).then(|| xy / (xx.sqrt() * yy.sqrt()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sitting(credit: u16, rest: i64) -> Sitting {
        Sitting { credit, rest, rest_max: 100_000 }
    }

    #[test]
    fn nobody_has_answered_it() {
        assert_eq!(figures(&[]), None);
    }

    #[test]
    fn few_answers_give_a_mean_and_no_correlation() {
        let found =
            figures(&[sitting(10_000, 1), sitting(0, 2), sitting(5_000, 3)]).expect("three");
        assert_eq!((found.n, found.mean, found.discrimination), (3, 5_000, None));
    }

    #[test]
    fn the_correlation_is_the_one_of_the_books() {
        // Worked by hand: x = 1 for the upper five of ten, y = 1 to 10; r = 2.5 / sqrt(0.25 * 8.25).
        let all: Vec<Sitting> =
            (1..=10).map(|y| sitting(if y > 5 { 10_000 } else { 0 }, y * 10_000)).collect();
        let r = figures(&all).and_then(|found| found.discrimination).expect("ten answers");
        assert!((r - 0.870_388).abs() < 0.000_01, "{r}");
        let same: Vec<Sitting> = (1..=10).map(|y| sitting(10_000, y)).collect();
        assert_eq!(figures(&same).and_then(|found| found.discrimination), None);
    }
}
