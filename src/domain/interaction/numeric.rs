//! A number with a tolerance. Values are compared as decimals, never as floats.

use super::{Case, Flaw, Interact, demand};
use crate::domain::control::{Control, field};
use crate::domain::number::{Decimal, Ratio};
use crate::domain::response::{Completeness, Fields, Reading, Response};
use crate::domain::scoring::Evidence;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What the candidate sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Numeric {
    /// Shown behind the input; may be typed too.
    pub unit: Option<String>,
    /// Only whole numbers make sense.
    pub is_whole: bool,
}

/// The value, how far off is still right, and answers that are partly right.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct NumericKey {
    /// The right value.
    pub value: Decimal,
    /// How far off is still right.
    pub tolerance: Tolerance,
    /// Known half-right answers; the first that matches counts.
    #[serde(default)]
    pub partial: Vec<Partial>,
}

/// How far off is still right; v is the key, t the value here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum Tolerance {
    /// v - t to v + t.
    Absolute(Decimal),
    /// v - t|v| to v + t|v|.
    Relative(Decimal),
    /// v / (1 + t) to v (1 + t), mirrored below zero.
    Geometric(Decimal),
}

/// A half-right answer; the same tolerance is around it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Partial {
    /// The answer.
    pub value: Decimal,
    /// What it earns, between 0 and 1.
    pub credit: Decimal,
    /// Why it is half right.
    #[serde(default)]
    pub why: String,
}

impl Tolerance {
    /// Is `given` near enough to `value`?
    fn accepts(self, value: Decimal, given: Decimal) -> bool {
        let (value, given) = (value.ratio(), given.ratio());
        let size = if value < Ratio::ZERO { value.negated() } else { value };
        // Numbers are short enough for every product here to fit; one that is not is not near.
        let is_near = |reach: Option<Ratio>| {
            reach
                .zip(given.checked_add(value.negated()))
                .is_some_and(|(reach, off)| off <= reach && off.negated() <= reach)
        };
        match self {
            Self::Absolute(t) => is_near(Some(t.ratio())),
            Self::Relative(t) => is_near(t.ratio().checked_mul(size)),
            Self::Geometric(t) => {
                let factor = t.ratio().checked_add(Ratio::ONE);
                let is_same_side = (given < Ratio::ZERO) == (value < Ratio::ZERO);
                let given = if given < Ratio::ZERO { given.negated() } else { given };
                let reaches = |small: Ratio, large: Ratio| {
                    factor
                        .and_then(|factor| small.checked_mul(factor))
                        .is_some_and(|reach| large <= reach)
                };
                is_same_side && reaches(size, given) && reaches(given, size)
            }
        }
    }

    const fn size(self) -> Decimal {
        match self {
            Self::Absolute(t) | Self::Relative(t) | Self::Geometric(t) => t,
        }
    }
}

impl Numeric {
    fn number(&self, text: &str) -> Option<Decimal> {
        let text = text.trim();
        let unit = self.unit.as_deref().unwrap_or_default().trim();
        let bare = match text.len().checked_sub(unit.len()).filter(|_| !unit.is_empty()) {
            Some(at) if text.is_char_boundary(at) && text[at..].eq_ignore_ascii_case(unit) => {
                &text[..at]
            }
            _ => text,
        };
        Decimal::read(bare, self.is_whole)
    }
}

impl Interact for Numeric {
    type Key = NumericKey;

    fn check(&self, key: &NumericKey) -> Result<(), Flaw> {
        demand(!key.tolerance.size().is_negative(), || "the tolerance is below zero".to_owned())?;
        demand(!self.is_whole || key.value.is_whole(), || {
            "the key is not a whole number".to_owned()
        })?;
        for partial in &key.partial {
            let is_share = partial.credit > Decimal::ZERO && partial.credit < Decimal::from(1);
            demand(is_share, || format!("the credit {} is not between 0 and 1", partial.credit))?;
            demand(!key.tolerance.accepts(key.value, partial.value), || {
                format!("the half-right answer {} is right", partial.value)
            })?;
        }
        Ok(())
    }

    fn controls(&self, _order: &[String]) -> Vec<Control> {
        vec![Control::Number {
            field: field::VALUE.to_owned(),
            unit: self.unit.clone(),
            is_whole: self.is_whole,
        }]
    }

    fn read(&self, raw: &Fields) -> Reading {
        let Some(text) = raw.one(field::VALUE).filter(|text| !text.trim().is_empty()) else {
            return Reading::blank();
        };
        let fields = [(field::VALUE, text)].into_iter().collect();
        match self.number(text) {
            Some(value) => {
                let is_complete = !self.is_whole || value.is_whole();
                let completeness =
                    if is_complete { Completeness::Complete } else { Completeness::Incomplete };
                Reading { fields, response: Response::Number(value), completeness }
            }
            None => Reading {
                fields,
                response: Response::Unreadable,
                completeness: Completeness::Incomplete,
            },
        }
    }

    fn evidence(&self, key: &NumericKey, response: &Response) -> Evidence {
        let Response::Number(given) = response else { return Evidence::Exact(false) };
        if key.tolerance.accepts(key.value, *given) {
            return Evidence::Exact(true);
        }
        match key.partial.iter().find(|partial| key.tolerance.accepts(partial.value, *given)) {
            Some(partial) => Evidence::Share(partial.credit.ratio()),
            None => Evidence::Exact(false),
        }
    }

    fn best(&self, key: &NumericKey) -> Response {
        Response::Number(key.value)
    }

    fn write(&self, response: &Response) -> Fields {
        let mut fields = Fields::default();
        if let Response::Number(value) = response {
            fields.set(field::VALUE, vec![value.to_string()]);
        }
        fields
    }

    fn shuffled(&self) -> Vec<Vec<String>> {
        Vec::new()
    }

    fn texts(&self) -> Vec<&str> {
        self.unit.as_deref().into_iter().collect()
    }

    fn stored(key: &NumericKey) -> Value {
        let partial: Vec<Value> = key
            .partial
            .iter()
            .map(|partial| json!({ "value": partial.value, "credit": partial.credit, "why": partial.why }))
            .collect();
        json!({ "value": key.value, "tolerance": key.tolerance, "partial": partial })
    }

    fn sample() -> (Self, NumericKey, Vec<Case>) {
        let decimal = |text: &str| text.parse().unwrap_or(Decimal::ZERO);
        let half = |value: &str, credit: &str| Partial {
            value: decimal(value),
            credit: decimal(credit),
            why: String::new(),
        };
        let body = Self { unit: Some("connections".to_owned()), is_whole: true };
        let key = NumericKey {
            value: decimal("15"),
            tolerance: Tolerance::Absolute(Decimal::ZERO),
            partial: vec![half("14", "0.5"), half("10", "0.25")],
        };
        let cases = vec![
            Case::new(&[("value", "15")], Completeness::Complete, 10_000),
            Case::new(&[("value", " 15,0 Connections ")], Completeness::Complete, 10_000),
            Case::new(&[("value", "14")], Completeness::Complete, 5_000),
            Case::new(&[("value", "10.0")], Completeness::Complete, 2_500),
            Case::new(&[("value", "14.29")], Completeness::Incomplete, 0),
            Case::new(&[("value", "fifteen")], Completeness::Incomplete, 0),
            Case::new(&[("value", "  ")], Completeness::Blank, 0),
        ];
        (body, key, cases)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tolerances_include_their_ends_and_nothing_more() {
        let d = |text: &str| text.parse::<Decimal>().expect("a decimal");
        let cases = [
            (Tolerance::Absolute(d("0.5")), "10", ["9.5", "10.5"], ["9.499999", "10.500001"]),
            (Tolerance::Relative(d("0.1")), "-20", ["-22", "-18"], ["-22.000001", "-17.999999"]),
            (Tolerance::Geometric(d("0.25")), "10", ["8", "12.5"], ["7.999999", "12.500001"]),
            (Tolerance::Geometric(d("0.25")), "-10", ["-8", "-12.5"], ["8", "-12.500001"]),
        ];
        for (tolerance, value, inside, outside) in cases {
            for given in inside {
                assert!(tolerance.accepts(d(value), d(given)), "{tolerance:?} {given}");
            }
            for given in outside {
                assert!(!tolerance.accepts(d(value), d(given)), "{tolerance:?} {given}");
            }
        }
    }

    #[test]
    fn one_tenth_three_times_is_three_tenths() {
        let exact = Tolerance::Absolute(Decimal::ZERO);
        let read = |text: &str| Decimal::read(text, false).expect("a number");
        assert!(exact.accepts(read("0.3"), read("0,30")));
        assert!(!exact.accepts(read("0.3"), read("0.30000000001")));
    }

    #[test]
    fn the_longest_numbers_are_compared_without_overflow() {
        let long = Decimal::read("999999999999.999999999999", false).expect("a number");
        for tolerance in
            [Tolerance::Relative(long), Tolerance::Geometric(long), Tolerance::Absolute(long)]
        {
            let _ =
                tolerance.accepts(long, Decimal::read("-0.000000000001", false).expect("a number"));
        }
    }
}
