//! Repeatable chance: the same seed always gives the same throws, on every machine and for ever.
//!
//! The generator is `SplitMix64`: a counter with the odd step 0x9E3779B97F4A7C15, mixed by two
//! multiplications. It is fast, has no bad seeds and fits in five lines; it is not for secrets.

/// A stream of throws.
#[derive(Clone, Debug)]
pub struct Dice {
    state: u64,
}

impl Dice {
    /// The stream of a seed for one purpose: streams of different purposes do not disturb each other,
    /// so that drawing one item more does not reorder the options of all others.
    pub fn new(seed: i64, purpose: &str) -> Self {
        let mut dice = Self { state: seed.cast_unsigned() };
        for byte in purpose.bytes() {
            dice.state = dice.next() ^ u64::from(byte);
        }
        dice
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `sides`, each equally likely; 0 when there is nothing to choose from.
    pub fn below(&mut self, sides: usize) -> usize {
        let sides = sides as u64;
        if sides <= 1 {
            return 0;
        }
        // Throws above the last full multiple would favour small numbers.
        let limit = u64::MAX - u64::MAX % sides;
        loop {
            let throw = self.next();
            if throw < limit {
                return usize::try_from(throw % sides).unwrap_or(0);
            }
        }
    }

    /// Puts a list in random order (Fisher and Yates).
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.below(at + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_is_the_published_one() {
        let mut dice = Dice { state: 1_234_567 };
        let expected =
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423];
        assert_eq!(expected, [dice.next(), dice.next(), dice.next()]);
    }

    #[test]
    fn purposes_and_seeds_give_different_streams() {
        let first = |seed, purpose| Dice::new(seed, purpose).next();
        assert_eq!(first(7, "items"), first(7, "items"));
        assert_ne!(first(7, "items"), first(7, "options"));
        assert_ne!(first(7, "items"), first(-7, "items"));
    }

    #[test]
    fn every_side_comes_up_about_equally_often() {
        let mut dice = Dice::new(1, "test");
        let mut counts = [0; 6];
        for _ in 0..6_000 {
            counts[dice.below(6)] += 1;
        }
        assert!(counts.iter().all(|count| (850..1150).contains(count)), "{counts:?}");
    }
}
