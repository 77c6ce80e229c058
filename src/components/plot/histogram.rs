//! How the scores of many people are spread.

use leptos::prelude::*;

use super::px;
use crate::components::Draw;
use crate::t;

/// Equal bins from 0 to 100.
const BINS: usize = 16;
/// Fewer people than this say nothing about a spread, and could be recognised.
const FEWEST: usize = 30;
/// The plane inside the picture: left, right, top, bottom.
const PLANE: (i64, i64, i64, i64) = (30, 332, 16, 140);

/// Sixteen bins with the own one marked:
/// `{Histogram::of(&scores).own(Some(76)).cut(Some(60)).named("h1", title, finding)}`.
pub struct Histogram {
    bins: [u64; BINS],
    people: usize,
    own: Option<u8>,
    cut: Option<u8>,
    id: String,
    title: String,
    finding: String,
}

impl Histogram {
    /// Counts scores in per cent.
    pub fn of(scores: &[u8]) -> Self {
        let mut bins = [0; BINS];
        for score in scores {
            bins[bin(*score)] += 1;
        }
        Self {
            bins,
            people: scores.len(),
            own: None,
            cut: None,
            id: "histogram".to_owned(),
            title: String::new(),
            finding: String::new(),
        }
    }

    /// The score whose bin is marked.
    #[must_use]
    pub fn own(mut self, score: Option<u8>) -> Self {
        self.own = score;
        self
    }

    /// The cut score.
    #[must_use]
    pub fn cut(mut self, cut: Option<u8>) -> Self {
        self.cut = cut;
        self
    }

    /// An id of the page, the name of the picture, and the sentence that tells what it shows.
    #[must_use]
    pub fn named(
        mut self,
        id: impl Into<String>,
        title: impl Into<String>,
        finding: impl Into<String>,
    ) -> Self {
        (self.id, self.title, self.finding) = (id.into(), title.into(), finding.into());
        self
    }
}

fn bin(score: u8) -> usize {
    (usize::from(score.min(100)) * BINS / 100).min(BINS - 1)
}

/// A step of 1, 2, 3 or 5 times a power of ten, so that three of them reach the highest bin.
fn step(highest: u64) -> u64 {
    let mut power = 1;
    loop {
        for factor in [1, 2, 3, 5] {
            if factor * power * 3 >= highest {
                return factor * power;
            }
        }
        power *= 10;
    }
}

impl Draw for Histogram {
    fn draw(self) -> AnyView {
        if self.people < FEWEST {
            return view! { <p class="hint">{t!("common-histogram-hidden", fewest = FEWEST)}</p> }
                .into_any();
        }
        let (left, right, top, bottom) = PLANE;
        let step = step(self.bins.iter().copied().max().unwrap_or(1).max(1));
        let y = |count: u64| {
            let count = i64::try_from(count).unwrap_or(0);
            let scale = i64::try_from(step * 3).unwrap_or(1);
            bottom * 10 - (bottom - top) * 10 * count / scale
        };
        let x = |percent: i64| left * 10 + (right - left) * percent / 10;
        let lines = (0..=3).map(|n| n * step).map(|count| {
            let at = y(count);
            view! {
                <path class="axis" d=format!("M{left} {}H{right}", px(at))></path>
                <text x=(left - 6).to_string() y=px(at + 40) text-anchor="end">
                    {count.to_string()}
                </text>
            }
        });
        let own_bin = self.own.map(bin);
        let width = (right - left) * 10 / i64::try_from(BINS).unwrap_or(1);
        let bars = self.bins.iter().enumerate().map(|(n, count)| {
            let from = left * 10 + width * i64::try_from(n).unwrap_or(0) + 10;
            let class = if own_bin == Some(n) { "hist-own" } else { "hist" };
            let at = y(*count);
            view! {
                <rect
                    class=class
                    x=px(from)
                    y=px(at)
                    width=px(width - 20)
                    height=px(bottom * 10 - at)
                ></rect>
            }
        });
        let ticks = (0..=5).map(|n| n * 20).map(|percent| {
            view! {
                <text x=px(x(percent)) y=(bottom + 16).to_string() text-anchor="middle">
                    {percent.to_string()}
                </text>
            }
        });
        let own = own_bin.map(|n| {
            let middle = left * 10 + width * i64::try_from(n).unwrap_or(0) + width / 2;
            let end = y(self.bins[n]) - 20;
            view! {
                <path class="axis-strong" d=format!("M{} 28V{}", px(middle), px(end.max(290)))></path>
                <text class="t-ink" x=px(middle) y="24" text-anchor="middle">
                    {t!("common-this-one")}
                </text>
            }
        });
        let cut = self.cut.map(|cut| {
            let at = x(i64::from(cut));
            // The word stays on the side with more room.
            let (anchor, dx) = if cut < 30 { ("start", 40) } else { ("end", -40) };
            view! {
                <path class="cut" d=format!("M{} 10V{bottom}", px(at))></path>
                <text class="t-ink" x=px(at + dx) y="14" text-anchor=anchor>
                    {t!("common-cut", score = cut)}
                </text>
            }
        });
        let (title_id, finding_id) = (format!("{}-title", self.id), format!("{}-finding", self.id));
        let named_by = format!("{title_id} {finding_id}");
        view! {
            <svg
                class="plot"
                width="340"
                height="170"
                viewBox="0 0 340 170"
                role="img"
                aria-labelledby=named_by
            >
                <title id=title_id>{self.title}</title>
                <desc id=finding_id>{self.finding}</desc>
                {lines.collect_view()}
                {bars.collect_view()}
                {own}
                {ticks.collect_view()}
                <path class="axis-strong" d=format!("M{left} {bottom}H{right}")></path>
                {cut}
                <text x=right.to_string() y="168" text-anchor="end">{t!("common-score-axis")}</text>
            </svg>
        }
        .into_any()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::testing::html;

    #[test]
    fn a_spread_of_few_people_is_hidden() {
        let drawn = html(|| Histogram::of(&[50; 29]).draw());
        assert!(!drawn.contains("<svg") && drawn.contains("30"));
    }

    #[test]
    fn it_has_a_name_a_finding_and_every_bin() {
        let scores: Vec<u8> = (0..=100).collect();
        let drawn = html(|| {
            Histogram::of(&scores).own(Some(76)).cut(Some(60)).named("h", "Scores", "Even").draw()
        });
        assert_eq!(drawn.matches("<rect").count(), BINS);
        assert_eq!(drawn.matches("hist-own").count(), 1);
        assert!(drawn.contains(r#"aria-labelledby="h-title h-finding""#));
    }

    #[test]
    fn three_steps_reach_the_highest_bin() {
        for highest in 1..2_000 {
            let step = step(highest);
            assert!(step * 3 >= highest && (highest < 4 || step * 3 < highest * 3));
        }
        assert_eq!(bin(100), 15);
        assert_eq!(bin(0), 0);
    }
}
