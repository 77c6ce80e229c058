//! Charts, drawn on the server as SVG with attributes and classes only.
//!
//! A chart repeats a number that stands beside it as words. In a row it is hidden from readers;
//! alone it has a title and a sentence that tells the finding. Shape first: a filled dot lies above
//! the cut with its whole range, an open dot crosses it, a diamond lies below. Scales of scores are
//! always 0 to 100.

mod bars;
mod histogram;
mod range;

pub use bars::{bar, gauge};
pub use histogram::Histogram;
pub use range::{Range, RangeAxis, range_key};

/// Tenths of a pixel as SVG reads them: `1234` is `123.4`.
fn px(tenths: i64) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    let (whole, part) = (tenths.abs() / 10, tenths.abs() % 10);
    if part == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

#[cfg(test)]
mod tests {
    #[test]
    fn tenths_are_written_without_floats() {
        assert_eq!(super::px(1_234), "123.4");
        assert_eq!(super::px(-5), "-0.5");
        assert_eq!(super::px(60), "6");
    }
}
