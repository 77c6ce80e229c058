//! Exact numbers: fractions for scores, decimals for what people and authors write. No floats.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// An exact fraction in lowest terms with a positive denominator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ratio {
    numerator: i128,
    denominator: i128,
}

impl Ratio {
    /// Nothing.
    pub const ZERO: Self = Self { numerator: 0, denominator: 1 };
    /// The whole.
    pub const ONE: Self = Self { numerator: 1, denominator: 1 };

    /// `numerator / denominator`. A denominator of 0 is an error of the caller and gives 0.
    pub fn new(numerator: impl Into<i128>, denominator: impl Into<i128>) -> Self {
        let (numerator, denominator) = (numerator.into(), denominator.into());
        if denominator == 0 {
            return Self::ZERO;
        }
        let divisor = gcd(numerator.unsigned_abs(), denominator.unsigned_abs());
        let divisor = i128::try_from(divisor).unwrap_or(1) * denominator.signum();
        Self { numerator: numerator / divisor, denominator: denominator / divisor }
    }

    /// `numerator / denominator` of two counts.
    pub fn of(numerator: usize, denominator: usize) -> Self {
        Self::new(i128::try_from(numerator).unwrap_or(0), i128::try_from(denominator).unwrap_or(0))
    }

    /// The part above the line.
    pub const fn numerator(self) -> i128 {
        self.numerator
    }

    /// The part below the line, at least 1.
    pub const fn denominator(self) -> i128 {
        self.denominator
    }

    /// The sum, unless it does not fit.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let divisor =
            i128::try_from(gcd(self.denominator.unsigned_abs(), other.denominator.unsigned_abs()))
                .ok()?;
        let left = self.numerator.checked_mul(other.denominator / divisor)?;
        let right = other.numerator.checked_mul(self.denominator / divisor)?;
        Some(Self::new(
            left.checked_add(right)?,
            (self.denominator / divisor).checked_mul(other.denominator)?,
        ))
    }

    /// The product, unless it does not fit.
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        let (left, right) = (
            Self::new(self.numerator, other.denominator),
            Self::new(other.numerator, self.denominator),
        );
        Some(Self::new(
            left.numerator.checked_mul(right.numerator)?,
            left.denominator.checked_mul(right.denominator)?,
        ))
    }

    /// The value turned round.
    #[must_use]
    pub const fn negated(self) -> Self {
        Self { numerator: -self.numerator, denominator: self.denominator }
    }

    /// At least `low`, at most `high`.
    #[must_use]
    pub fn clamp_to(self, low: Self, high: Self) -> Self {
        if self < low {
            low
        } else if self > high {
            high
        } else {
            self
        }
    }

    /// `self * factor`, rounded half up to a whole number: the one place where a score is rounded.
    pub fn scaled_half_up(self, factor: i128) -> i128 {
        let whole = self.numerator.div_euclid(self.denominator);
        let rest = self.numerator.rem_euclid(self.denominator);
        whole * factor + (rest * factor * 2 + self.denominator).div_euclid(self.denominator * 2)
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ratio {
    /// Compares whole parts, then the turned-round rests: exact, and nothing can overflow.
    fn cmp(&self, other: &Self) -> Ordering {
        let (mut a, mut b) =
            ((self.numerator, self.denominator), (other.numerator, other.denominator));
        let mut is_turned = false;
        loop {
            let (whole_a, whole_b) = (a.0.div_euclid(a.1), b.0.div_euclid(b.1));
            let (rest_a, rest_b) = (a.0.rem_euclid(a.1), b.0.rem_euclid(b.1));
            let order = whole_a.cmp(&whole_b).then_with(|| match (rest_a, rest_b) {
                (0, 0) => Ordering::Equal,
                (0, _) => Ordering::Less,
                (_, 0) => Ordering::Greater,
                _ => Ordering::Equal,
            });
            if order != Ordering::Equal || rest_a == 0 {
                return if is_turned { order.reverse() } else { order };
            }
            (a, b, is_turned) = ((a.1, rest_a), (b.1, rest_b), !is_turned);
        }
    }
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

/// A decimal number as people write it, without the zeros at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Decimal {
    units: i128,
    places: u32,
}

/// Digits in front of the point that are read.
const MAX_WHOLE_DIGITS: usize = 12;
/// Digits behind the point that are read; those after them cannot decide anything.
const MAX_PLACES: usize = 12;

impl Decimal {
    /// Nothing.
    pub const ZERO: Self = Self { units: 0, places: 0 };

    /// The same value as a fraction.
    pub fn ratio(self) -> Ratio {
        Ratio::new(self.units, 10_i128.pow(self.places))
    }

    /// True when there is nothing behind the point.
    pub const fn is_whole(self) -> bool {
        self.places == 0
    }

    /// Below zero?
    pub const fn is_negative(self) -> bool {
        self.units < 0
    }

    fn from_digits(is_negative: bool, whole: &str, fraction: &str) -> Option<Self> {
        let whole = whole.trim_start_matches('0');
        let fraction = fraction.get(..fraction.len().min(MAX_PLACES))?.trim_end_matches('0');
        if whole.len() > MAX_WHOLE_DIGITS {
            return None;
        }
        let mut units: i128 = 0;
        for digit in whole.bytes().chain(fraction.bytes()) {
            units = units * 10 + i128::from(digit.checked_sub(b'0').filter(|d| *d < 10)?);
        }
        Some(Self {
            units: if is_negative { -units } else { units },
            places: u32::try_from(fraction.len()).ok()?,
        })
    }

    /// Reads what a person types: `1.5`, `1,5`, `-1`, blanks and thin spaces between groups of digits.
    ///
    /// One point or comma is the decimal sign, except where a whole number is asked for and exactly
    /// three digits follow it: there `3,000` is three thousand. With both signs, the last one is decimal.
    pub fn read(text: &str, is_whole_wanted: bool) -> Option<Self> {
        let packed: String = text.chars().filter(|c| !is_gap(*c)).collect();
        let (is_negative, digits) = match packed.strip_prefix(['-', '\u{2212}']) {
            Some(rest) => (true, rest),
            None => (false, packed.strip_prefix('+').unwrap_or(&packed)),
        };
        if !digits.bytes().any(|b| b.is_ascii_digit()) {
            return None;
        }
        let signs: Vec<(usize, char)> =
            digits.char_indices().filter(|(_, c)| matches!(c, '.' | ',')).collect();
        let (last_at, last) = match signs.last() {
            None => return Self::from_digits(is_negative, digits, ""),
            Some(sign) => *sign,
        };
        let (whole, fraction) = (&digits[..last_at], &digits[last_at + 1..]);
        let repeats = signs.iter().filter(|(_, c)| *c == last).count();
        if repeats == 1 && !(signs.len() == 1 && is_whole_wanted && is_group(whole, fraction)) {
            return Self::from_digits(is_negative, &ungroup(whole)?, fraction);
        }
        if signs.len() == repeats {
            Self::from_digits(is_negative, &ungroup(digits)?, "")
        } else {
            None
        }
    }
}

/// Blanks that stand inside written numbers, and apostrophes of Swiss grouping.
fn is_gap(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '\u{2007}' | '\u{2009}' | '\u{200A}' | '\u{202F}' | '\u{2060}' | '\'' | '\u{2019}'
        )
}

/// True when `whole` and `fraction` around a sign look like `3,000`.
fn is_group(whole: &str, fraction: &str) -> bool {
    fraction.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0')
}

/// Takes signs out of `1,234,567`; other shapes are not numbers.
fn ungroup(text: &str) -> Option<String> {
    let mut groups = text.split([',', '.']);
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    if rest.is_empty() {
        return Some(first.to_owned());
    }
    let is_right = (1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3);
    is_right.then(|| first.to_owned() + &rest.concat())
}

impl FromStr for Decimal {
    type Err = NotADecimal;

    /// Reads the form of files: an optional minus sign, digits, an optional point with digits.
    fn from_str(text: &str) -> Result<Self, NotADecimal> {
        let (is_negative, digits) =
            text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        if whole.is_empty() || fraction.is_empty() || fraction.len() > MAX_PLACES {
            return Err(NotADecimal);
        }
        Self::from_digits(is_negative, whole, fraction).ok_or(NotADecimal)
    }
}

/// The text is not a decimal number that fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a decimal number")]
pub struct NotADecimal;

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.units < 0 { "-" } else { "" };
        let digits =
            format!("{:0width$}", self.units.unsigned_abs(), width = self.places as usize + 1);
        let (whole, fraction) = digits.split_at(digits.len() - self.places as usize);
        if fraction.is_empty() {
            write!(f, "{sign}{whole}")
        } else {
            write!(f, "{sign}{whole}.{fraction}")
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        self.ratio().cmp(&other.ratio())
    }
}

impl From<u32> for Decimal {
    fn from(value: u32) -> Self {
        Self { units: i128::from(value), places: 0 }
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DecimalVisitor)
    }
}

struct DecimalVisitor;

impl de::Visitor<'_> for DecimalVisitor {
    type Value = Decimal;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a decimal number")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Decimal, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Decimal, E> {
        value.to_string().parse().map_err(E::custom)
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Decimal, E> {
        value.to_string().parse().map_err(E::custom)
    }

    /// The shortest text of a float literal is the literal that its author wrote.
    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Decimal, E> {
        value.to_string().parse().map_err(E::custom)
    }
}

#[cfg(test)]
#[path = "number_tests.rs"]
mod tests;
