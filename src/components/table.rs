//! Tables: heads that sort, a frame that scrolls by keyboard.

use leptos::prelude::*;

use crate::components::Draw;

/// The direction in which a column is sorted now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sorting {
    /// Small to large.
    Ascending,
    /// Large to small.
    Descending,
}

/// The head of a column that sorts: a link, and `aria-sort` on the sorted one.
///
/// `{Sort::new(t!("result-score"), "?sort=-score").number().sorted(Some(Sorting::Descending))}`
pub struct Sort {
    words: String,
    href: String,
    sorted: Option<Sorting>,
    class: Vec<&'static str>,
}

impl Sort {
    /// The words of the column, and the address that sorts by it (the other way when it is sorted).
    pub fn new(words: impl Into<String>, href: impl Into<String>) -> Self {
        Self { words: words.into(), href: href.into(), sorted: None, class: Vec::new() }
    }

    /// How it is sorted now.
    #[must_use]
    pub fn sorted(mut self, sorted: Option<Sorting>) -> Self {
        self.sorted = sorted;
        self
    }

    /// Figures: aligned at the end.
    #[must_use]
    pub fn number(self) -> Self {
        self.class("num")
    }

    /// Another class, such as `wide` for columns that phones leave out.
    #[must_use]
    pub fn class(mut self, class: &'static str) -> Self {
        self.class.push(class);
        self
    }
}

impl Draw for Sort {
    fn draw(self) -> AnyView {
        let sorted = self.sorted.map(|sorted| match sorted {
            Sorting::Ascending => "ascending",
            Sorting::Descending => "descending",
        });
        let class = (!self.class.is_empty()).then(|| self.class.join(" "));
        view! {
            <th scope="col" class=class aria-sort=sorted>
                <a href=self.href>{self.words}</a>
            </th>
        }
        .into_any()
    }
}

/// A table with a caption (read out, not shown), in a frame that scrolls when it is too wide.
///
/// `{table("grid results", t!("result-table"), view! { <th scope="col">..</th> }, rows)}` where
/// `rows` are `<tr>`s.
pub fn table(
    class: &'static str,
    caption: impl Into<String>,
    heads: impl IntoView + 'static,
    rows: impl IntoView + 'static,
) -> AnyView {
    let caption = caption.into();
    scroll(
        caption.clone(),
        view! {
            <table class=class>
                <caption class="unseen">{caption}</caption>
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        },
    )
}

/// A frame with a name around what may be wider than the page, so that keys can scroll it.
pub fn scroll(label: impl Into<String>, body: impl IntoView + 'static) -> AnyView {
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=label.into()>
            {body}
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::testing::html;

    #[test]
    fn the_sorted_head_says_so_and_is_a_link() {
        let drawn = html(|| {
            Sort::new("Score", "?sort=score")
                .number()
                .class("wide")
                .sorted(Some(Sorting::Descending))
                .draw()
        });
        assert!(
            drawn.contains(r#"<th scope="col" aria-sort="descending" class="num wide">"#),
            "{drawn}"
        );
        assert!(drawn.contains(r#"<a href="?sort=score">Score</a>"#));
    }

    #[test]
    fn a_table_has_a_caption_and_a_frame_with_its_name() {
        let drawn = html(|| table("grid", "Results", view! { <th>"A"</th> }, view! { <tr></tr> }));
        assert!(drawn.contains(r#"aria-label="Results""#) && drawn.contains("Results</caption>"));
    }
}
