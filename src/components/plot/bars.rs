//! Bars: points of possible points, minutes of allowed minutes.

use leptos::prelude::*;

use super::px;

/// `part` of `whole` as tenths of a pixel on a bar of `width` pixels, never longer than the bar.
fn length(part: u64, whole: u64, width: u64) -> i64 {
    if whole == 0 {
        return 0;
    }
    let tenths = u128::from(width) * 10 * u128::from(part.min(whole)) / u128::from(whole);
    i64::try_from(tenths).unwrap_or(0)
}

/// A small bar beside its figures: `{bar(1_500, 2_000)}`. Hidden from readers.
pub fn bar(part: u64, whole: u64) -> AnyView {
    view! {
        <svg class="plot" width="96" height="9" viewBox="0 0 96 9" aria-hidden="true">
            <rect class="bar-track" width="96" height="9"></rect>
            <rect class="bar-fill" width=px(length(part, whole, 96)) height="9"></rect>
        </svg>
    }
    .into_any()
}

/// A bar as wide as its column, with a stroke at the goal: `{gauge(minutes, Some(45), 60)}`.
///
/// `whole` is the right end of the scale; what is over it fills the bar.
pub fn gauge(part: u64, goal: Option<u64>, whole: u64) -> AnyView {
    let is_over = goal.is_some_and(|goal| part > goal);
    let class = if is_over { "bar-ink" } else { "bar-fill" };
    let goal = goal.map(|goal| {
        view! { <path class="goal" d=format!("M{} -2v14", px(length(goal, whole, 240)))></path> }
    });
    view! {
        <svg
            class="plot gauge"
            viewBox="0 0 240 10"
            preserveAspectRatio="none"
            aria-hidden="true"
        >
            <rect class="bar-track" width="240" height="10"></rect>
            <rect class=class width=px(length(part, whole, 240)) height="10"></rect>
            {goal}
        </svg>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::testing::html;

    #[test]
    fn a_bar_is_as_long_as_its_share() {
        assert!(html(|| bar(3, 4)).contains(r#"width="72" height="9""#));
        assert!(html(|| bar(9, 4)).contains(r#"width="96" height="9""#));
        assert!(html(|| bar(1, 0)).contains(r#"width="0" height="9""#));
    }

    #[test]
    fn a_gauge_has_its_goal_and_changes_when_it_is_over() {
        let under = html(|| gauge(30, Some(45), 60));
        assert!(under.contains("M180 -2v14") && under.contains("bar-fill"));
        assert!(html(|| gauge(50, Some(45), 60)).contains("bar-ink"));
    }
}
