//! Sharing out whole things: largest remainder, and filling a grid whose rows and columns are given.

use crate::domain::number::Ratio;

/// Splits `total` by weights so that the parts add up; what is left goes to the largest remainders,
/// of equal ones to the first. All weights zero: nothing to split by, everything is zero.
pub fn largest_remainder(total: u32, weights: &[u32]) -> Vec<u32> {
    let sum: u64 = weights.iter().map(|weight| u64::from(*weight)).sum();
    if sum == 0 {
        return vec![0; weights.len()];
    }
    let exact: Vec<u64> =
        weights.iter().map(|weight| u64::from(total) * u64::from(*weight)).collect();
    let mut parts: Vec<u32> =
        exact.iter().map(|share| u32::try_from(share / sum).unwrap_or(u32::MAX)).collect();
    let missing = total.saturating_sub(parts.iter().sum());
    let mut by_rest: Vec<usize> = (0..weights.len()).collect();
    by_rest.sort_by_key(|at| std::cmp::Reverse(exact[*at] % sum));
    for at in by_rest.into_iter().take(missing as usize) {
        parts[at] += 1;
    }
    parts
}

/// A grid of whole numbers that is filled towards the sums of its rows and columns.
#[derive(Clone, Debug)]
pub struct Grid {
    /// What each cell holds.
    pub cells: Vec<Vec<u32>>,
    /// The most that each cell may hold.
    pub room: Vec<Vec<u32>>,
    /// What each row still wants.
    pub rows: Vec<u32>,
    /// What each column still wants.
    pub columns: Vec<u32>,
}

impl Grid {
    /// An empty grid.
    pub fn new(room: Vec<Vec<u32>>, rows: Vec<u32>, columns: Vec<u32>) -> Self {
        let cells = room.iter().map(|row| vec![0; row.len()]).collect();
        Self { cells, room, rows, columns }
    }

    /// Puts in as much as fits (augmenting paths, so it finds the most there is). Rows are served in order.
    pub fn fill(&mut self) {
        for row in 0..self.rows.len() {
            while self.rows[row] > 0 && self.add_one(row) {}
        }
    }

    /// Is nothing wanted any more?
    pub fn is_full(&self) -> bool {
        self.columns.iter().all(|wanted| *wanted == 0)
    }

    /// One unit more in `row`, moving others aside where needed.
    fn add_one(&mut self, row: usize) -> bool {
        // For each column: the row that reached it. For each row: the column that it would leave.
        let mut reached_by: Vec<Option<usize>> = vec![None; self.columns.len()];
        let mut leaves: Vec<Option<usize>> = vec![None; self.rows.len()];
        let mut waiting = std::collections::VecDeque::from([row]);
        while let Some(from) = waiting.pop_front() {
            for column in 0..self.columns.len() {
                if reached_by[column].is_some()
                    || self.cells[from][column] >= self.room[from][column]
                {
                    continue;
                }
                reached_by[column] = Some(from);
                if self.columns[column] > 0 {
                    self.columns[column] -= 1;
                    self.rows[row] -= 1;
                    self.shift(row, column, &reached_by, &leaves);
                    return true;
                }
                for (next, left) in leaves.iter_mut().enumerate() {
                    if next != row && left.is_none() && self.cells[next][column] > 0 {
                        *left = Some(column);
                        waiting.push_back(next);
                    }
                }
            }
        }
        false
    }

    fn shift(
        &mut self,
        row: usize,
        last: usize,
        reached_by: &[Option<usize>],
        leaves: &[Option<usize>],
    ) {
        let mut column = last;
        while let Some(from) = reached_by[column] {
            self.cells[from][column] += 1;
            if from == row {
                return;
            }
            let Some(left) = leaves[from] else { return };
            self.cells[from][left] -= 1;
            column = left;
        }
    }
}

/// One draw of a paper for [`level_counts`].
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// How many items.
    pub count: u32,
    /// Shares of junior, mid and senior.
    pub mix: [u32; 3],
    /// How many items there are of each.
    pub available: [u32; 3],
}

/// How many items of each level every draw takes, so that each keeps its mix up to rounding and the
/// mixes of all draws together hold by largest remainder. Rounding follows what is available.
pub fn level_counts(draws: &[Wanted]) -> Vec<[u32; 3]> {
    let quota = |draw: &Wanted, level: usize| {
        let sum: u32 = draw.mix.iter().sum();
        Ratio::new(u64::from(draw.count) * u64::from(draw.mix[level]), sum)
    };
    let floor = |ratio: Ratio| u32::try_from(ratio.numerator() / ratio.denominator()).unwrap_or(0);
    let mut counts: Vec<[u32; 3]> =
        draws.iter().map(|draw| [0, 1, 2].map(|level| floor(quota(draw, level)))).collect();

    let total: u32 = draws.iter().map(|draw| draw.count).sum();
    let sums = [0, 1, 2].map(|level| {
        draws
            .iter()
            .fold(Ratio::ZERO, |sum, draw| sum.checked_add(quota(draw, level)).unwrap_or(sum))
    });
    let mut totals = sums.map(floor);
    let mut by_rest = [0, 1, 2];
    by_rest.sort_by_key(|level| std::cmp::Reverse(rest(sums[*level])));
    let missing = total.saturating_sub(totals.iter().sum()) as usize;
    for level in by_rest.into_iter().take(missing) {
        totals[level] += 1;
    }

    let rows: Vec<u32> = draws
        .iter()
        .zip(&counts)
        .map(|(draw, row)| draw.count.saturating_sub(row.iter().sum()))
        .collect();
    let columns = (0..3)
        .map(|level| totals[level].saturating_sub(counts.iter().map(|row| row[level]).sum()))
        .collect();
    let room = |heeds_bank: bool| -> Vec<Vec<u32>> {
        let cell = |draw: &Wanted, row: &[u32; 3], level: usize| {
            let has_rest = rest(quota(draw, level)) > Ratio::ZERO;
            u32::from(has_rest && (!heeds_bank || row[level] < draw.available[level]))
        };
        draws
            .iter()
            .zip(&counts)
            .map(|(draw, row)| (0..3).map(|level| cell(draw, row, level)).collect())
            .collect()
    };
    let mut grid = Grid::new(room(true), rows, columns);
    grid.fill();
    // What the bank cannot serve is put in anyway: the publish check names the cell.
    grid.room = room(false);
    grid.fill();
    for (row, extra) in counts.iter_mut().zip(&grid.cells) {
        for (count, more) in row.iter_mut().zip(extra) {
            *count += more;
        }
    }
    counts
}

fn rest(ratio: Ratio) -> Ratio {
    Ratio::new(ratio.numerator().rem_euclid(ratio.denominator()), ratio.denominator())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn remainders_go_to_the_largest() {
        assert_eq!(largest_remainder(16, &[40, 60, 0]), [6, 10, 0]);
        assert_eq!(
            largest_remainder(25, &[20, 70, 10]),
            [5, 18, 2],
            "17.5 and 2.5: the first of equals"
        );
        assert_eq!(largest_remainder(3, &[1, 1]), [2, 1]);
        assert_eq!(largest_remainder(3, &[0, 0]), [0, 0]);
    }

    #[test]
    fn the_mix_holds_over_the_whole_paper() {
        let draws = [3, 3, 3, 2, 3, 2].map(|count| Wanted {
            count,
            mix: [40, 60, 0],
            available: [9, 9, 9],
        });
        let counts = level_counts(&draws);
        let total = [0, 1, 2].map(|level| counts.iter().map(|row| row[level]).sum::<u32>());
        assert_eq!(total, [6, 10, 0]);
    }

    #[test]
    fn rounding_goes_where_items_are() {
        let mut draws = [2, 2].map(|count| Wanted { count, mix: [1, 3, 0], available: [9, 9, 9] });
        draws[0].available = [0, 9, 9];
        assert_eq!(level_counts(&draws), [[0, 2, 0], [1, 1, 0]]);
    }

    proptest! {
        #[test]
        fn rows_and_totals_always_add_up(draws in prop::collection::vec((0_u32..8, 0_u32..5, 0_u32..5, 1_u32..5, 0_u32..4), 1..8)) {
            let wanted: Vec<Wanted> = draws.iter().map(|(count, a, b, c, available)| Wanted { count: *count, mix: [*a, *b, *c], available: [*available; 3] }).collect();
            let counts = level_counts(&wanted);
            for (draw, row) in wanted.iter().zip(&counts) {
                prop_assert_eq!(row.iter().sum::<u32>(), draw.count);
                let sum: u32 = draw.mix.iter().sum();
                for level in 0..3 {
                    let exact = draw.count * draw.mix[level];
                    prop_assert!(row[level] >= exact / sum && row[level] <= exact.div_ceil(sum), "{:?} {:?}", draw, row);
                }
            }
        }

        #[test]
        fn a_split_loses_nothing(total in 0_u32..1000, weights in prop::collection::vec(0_u32..100, 1..6)) {
            prop_assume!(weights.iter().any(|w| *w > 0));
            prop_assert_eq!(largest_remainder(total, &weights).iter().sum::<u32>(), total);
        }
    }
}
