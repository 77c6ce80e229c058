//! A score with its range on a line from 0 to 100.

use leptos::prelude::*;

use super::px;
use crate::components::Draw;
use crate::t;

/// Air at both ends, so that a dot at 0 or 100 is whole.
const PAD: i64 = 6;

/// Where a percentage lies on a line of this width, in tenths of a pixel.
fn at(percent: u8, width: i64) -> i64 {
    PAD * 10 + (width - 2 * PAD) * 10 * i64::from(percent.min(100)) / 100
}

/// A dot with its range: `{Range::new(76, 66, 86).cut(60).width(168)}`. Hidden from readers: the
/// figures stand beside it.
#[derive(Debug, Clone, Copy)]
pub struct Range {
    score: u8,
    low: u8,
    high: u8,
    cut: Option<u8>,
    width: i64,
}

impl Range {
    /// Score and likely range, in per cent.
    pub fn new(score: u8, low: u8, high: u8) -> Self {
        Self { score, low: low.min(score), high: high.max(score), cut: None, width: 168 }
    }

    /// The cut score, dotted.
    #[must_use]
    pub fn cut(mut self, cut: Option<u8>) -> Self {
        self.cut = cut;
        self
    }

    /// Pixels: 168 in rows, 300 alone, which fits phones without being scaled down.
    #[must_use]
    pub fn width(mut self, width: u16) -> Self {
        self.width = i64::from(width);
        self
    }
}

/// Which of the three shapes a score has.
fn dot(score: u8, low: u8, high: u8, cut: Option<u8>, x: i64, y: i64) -> AnyView {
    match cut {
        Some(cut) if high < cut => {
            let r = 42;
            let d = format!(
                "M{} {} {} {} {} {} {} {}Z",
                px(x - r),
                px(y),
                px(x),
                px(y - r),
                px(x + r),
                px(y),
                px(x),
                px(y + r)
            );
            view! { <path class="dot-ink" d=d></path> }.into_any()
        }
        Some(cut) if low < cut || score < cut => {
            view! { <circle class="dot-open" cx=px(x) cy=px(y) r="4"></circle> }.into_any()
        }
        _ => view! { <circle class="dot" cx=px(x) cy=px(y) r="4"></circle> }.into_any(),
    }
}

/// The line of a range with its two ends.
fn band(low: i64, high: i64, y: i64) -> String {
    let (l, h, top) = (px(low), px(high), px(y - 35));
    format!("M{l} {y}H{h}M{l} {top}v7M{h} {top}v7", y = px(y))
}

impl Draw for Range {
    fn draw(self) -> AnyView {
        let (width, y) = (self.width, 90);
        let place = |percent| at(percent, width);
        view! {
            <svg
                class="plot"
                width=width.to_string()
                height="18"
                viewBox=format!("0 0 {width} 18")
                aria-hidden="true"
            >
                <path class="axis" d=format!("M{PAD} 9H{}", width - PAD)></path>
                {self.cut.map(|cut| view! { <path class="cut" d=format!("M{} 0V18", px(place(cut)))></path> })}
                <path class="band" d=band(place(self.low), place(self.high), y)></path>
                {dot(self.score, self.low, self.high, self.cut, place(self.score), y)}
            </svg>
        }
        .into_any()
    }
}

/// The scale that belongs to ranges of the same width: `{RangeAxis::new(168).cut(Some(60))}`.
#[derive(Debug, Clone, Copy)]
pub struct RangeAxis {
    width: i64,
    cut: Option<u8>,
}

impl RangeAxis {
    /// A scale of this many pixels.
    pub fn new(width: u16) -> Self {
        Self { width: i64::from(width), cut: None }
    }

    /// Names the cut score.
    #[must_use]
    pub fn cut(mut self, cut: Option<u8>) -> Self {
        self.cut = cut;
        self
    }
}

impl Draw for RangeAxis {
    fn draw(self) -> AnyView {
        let width = self.width;
        let cut = self.cut.map(|cut| {
            // The word stays inside the picture at both ends.
            let anchor = match cut {
                0..=14 => "start",
                86.. => "end",
                _ => "middle",
            };
            let x = px(at(cut, width));
            view! {
                <text class="t-ink" x=x y="9" text-anchor=anchor>
                    {t!("common-cut", score = cut)}
                </text>
            }
        });
        view! {
            <svg
                class="plot"
                width=width.to_string()
                height="26"
                viewBox=format!("0 0 {width} 26")
                aria-hidden="true"
            >
                <text x=PAD.to_string() y="22" text-anchor="start">"0"</text>
                <text x=(width - PAD).to_string() y="22" text-anchor="end">"100"</text>
                {cut}
            </svg>
        }
        .into_any()
    }
}

/// What the three shapes mean, as a line of words with pictures: `{range_key()}`.
pub fn range_key() -> AnyView {
    let line = |low, high, words: String| {
        view! {
            <li>
                <svg class="plot" width="34" height="12" viewBox="0 0 34 12" aria-hidden="true">
                    <path class="band" d=band(20, 320, 60)></path>
                    {dot(50, low, high, Some(50), 170, 60)}
                </svg>
                {words}
            </li>
        }
    };
    view! {
        <ul class="legend">
            {line(50, 60, t!("common-key-above"))} {line(40, 60, t!("common-key-crosses"))}
            {line(40, 49, t!("common-key-below"))}
        </ul>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::testing::html;

    fn drawn(score: u8, low: u8, high: u8, cut: Option<u8>) -> String {
        html(|| Range::new(score, low, high).cut(cut).draw())
    }

    #[test]
    fn the_shape_tells_which_side_of_the_cut_the_range_lies_on() {
        assert!(drawn(76, 66, 86, Some(60)).contains(r#"class="dot""#));
        assert!(drawn(61, 51, 71, Some(60)).contains(r#"class="dot-open""#));
        assert!(drawn(58, 48, 68, Some(60)).contains(r#"class="dot-open""#));
        assert!(drawn(39, 29, 49, Some(60)).contains(r#"class="dot-ink""#));
        assert!(drawn(39, 29, 49, None).contains(r#"class="dot""#));
    }

    #[test]
    fn positions_agree_with_the_scale() {
        let html = drawn(91, 81, 100, Some(60));
        assert!(html.contains("M99.6 0V18"), "{html}");
        assert!(html.contains("M123 ") || html.contains("M132.3 "), "{html}");
        assert!(html.contains(r#"aria-hidden="true""#) && !html.contains("style="));
    }

    #[test]
    fn a_range_always_holds_its_score() {
        assert!(drawn(0, 10, 5, None).contains("M6 9H13.8"));
        assert!(!html(|| RangeAxis::new(168).cut(Some(60)).draw()).contains("common-"));
    }
}
