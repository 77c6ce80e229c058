//! A score with its range on a line from 0 to 100.

use leptos::prelude::*;

use super::px;
use crate::components::Draw;
use crate::domain::range::{self, Standing};
use crate::t;

/// Air at both ends, so that a dot at 0 or 100 is whole.
const PAD: i64 = 6;

/// 100 %, in hundredths of a per cent.
const WHOLE: u32 = 10_000;

/// Where a share, in hundredths of a per cent, lies on a line of this width, in tenths of a pixel.
fn at(hundredths: u32, width: i64) -> i64 {
    PAD * 10 + (width - 2 * PAD) * 10 * i64::from(hundredths.min(WHOLE)) / i64::from(WHOLE)
}

/// A dot with its range: `{Range::new(tally.range()).cut(Some(60)).width(168)}`. Hidden from
/// readers: the figures stand beside it.
#[derive(Debug, Clone, Copy)]
pub struct Range {
    of: range::Range,
    cut: Option<u8>,
    width: i64,
}

impl Range {
    /// A score with its likely range.
    pub fn new(of: range::Range) -> Self {
        Self { of, cut: None, width: 168 }
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
fn dot(standing: Option<Standing>, x: i64, y: i64) -> AnyView {
    match standing {
        Some(Standing::Below) => {
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
        Some(Standing::Around) => {
            view! { <circle class="dot-open" cx=px(x) cy=px(y) r="4"></circle> }.into_any()
        }
        Some(Standing::Met) | None => {
            view! { <circle class="dot" cx=px(x) cy=px(y) r="4"></circle> }.into_any()
        }
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
        let place = |hundredths| at(hundredths, width);
        let of = self.of;
        let standing = self.cut.map(|cut| of.standing(u32::from(cut)));
        view! {
            <svg
                class="plot"
                width=width.to_string()
                height="18"
                viewBox=format!("0 0 {width} 18")
                aria-hidden="true"
            >
                <path class="axis" d=format!("M{PAD} 9H{}", width - PAD)></path>
                {self.cut.map(|cut| view! { <path class="cut" d=format!("M{} 0V18", px(place(u32::from(cut) * 100)))></path> })}
                <path class="band" d=band(place(of.low), place(of.high), y)></path>
                {dot(standing, place(of.score), y)}
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
            let x = px(at(u32::from(cut) * 100, width));
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
    let line = |standing, words: String| {
        view! {
            <li>
                <svg class="plot" width="34" height="12" viewBox="0 0 34 12" aria-hidden="true">
                    <path class="band" d=band(20, 320, 60)></path>
                    {dot(Some(standing), 170, 60)}
                </svg>
                {words}
            </li>
        }
    };
    view! {
        <ul class="legend">
            {line(Standing::Met, t!("common-key-above"))}
            {line(Standing::Around, t!("common-key-crosses"))}
            {line(Standing::Below, t!("common-key-below"))}
        </ul>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::testing::html;

    fn drawn(score: u8, low: u8, high: u8, cut: Option<u8>) -> String {
        let whole = |percent: u8| u32::from(percent) * 100;
        let of = range::Range { score: whole(score), low: whole(low), high: whole(high) };
        html(|| Range::new(of).cut(cut).draw())
    }

    #[test]
    fn the_shape_tells_which_side_of_the_cut_the_range_lies_on() {
        assert!(drawn(76, 66, 86, Some(60)).contains(r#"class="dot""#));
        assert!(drawn(61, 51, 71, Some(60)).contains(r#"class="dot-open""#));
        assert!(drawn(58, 48, 68, Some(60)).contains(r#"class="dot-open""#));
        assert!(drawn(39, 29, 49, Some(60)).contains(r#"class="dot-ink""#));
        assert!(drawn(39, 29, 49, None).contains(r#"class="dot""#));
        let close = range::Range { score: 4_000, low: 2_400, high: 5_999 };
        assert!(html(|| Range::new(close).cut(Some(60)).draw()).contains("dot-ink"));
    }

    #[test]
    fn positions_agree_with_the_scale() {
        let html = drawn(91, 81, 100, Some(60));
        assert!(html.contains("M99.6 0V18"), "{html}");
        assert!(html.contains("M123 ") || html.contains("M132.3 "), "{html}");
        assert!(html.contains(r#"aria-hidden="true""#) && !html.contains("style="));
    }

    #[test]
    fn a_range_at_the_end_stays_inside() {
        assert!(drawn(0, 0, 5, None).contains("M6 9H13.8"));
        assert!(!html(|| RangeAxis::new(168).cut(Some(60)).draw()).contains("common-"));
    }
}
