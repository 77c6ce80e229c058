//! The positions of a paper: where am I, what is answered, what is flagged.

use leptos::prelude::*;

use crate::components::{Draw, fold};
use crate::domain::response::Completeness;
use crate::t;

/// One position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// The number that the candidate sees, and the value of the button `go`.
    pub position: u16,
    /// How far the answer is.
    pub answered: Completeness,
    /// Whether it is flagged for later.
    pub is_flagged: bool,
}

/// The palette: submit buttons of the section's form, so that moving saves.
///
/// `{Palette::new("section", Some(8)).group(t!(..), spots).draw()}` stands alone;
/// `{palette.rail(answered)}` is the column at the side, which folds on phones.
#[derive(Debug, Clone)]
pub struct Palette {
    form: String,
    current: Option<u16>,
    groups: Vec<(String, Vec<Spot>)>,
}

impl Palette {
    /// A palette for the form with this id; `current` is the question on the screen.
    pub fn new(form: impl Into<String>, current: Option<u16>) -> Self {
        Self { form: form.into(), current, groups: Vec::new() }
    }

    /// Adds the positions of a section, with its title.
    #[must_use]
    pub fn group(mut self, title: impl Into<String>, spots: Vec<Spot>) -> Self {
        self.groups.push((title.into(), spots));
        self
    }

    fn count(&self) -> usize {
        self.groups.iter().map(|(_, spots)| spots.len()).sum()
    }

    fn answered(&self) -> usize {
        let all = self.groups.iter().flat_map(|(_, spots)| spots);
        all.filter(|spot| spot.answered == Completeness::Complete).count()
    }

    /// The column at the side, and the same folded above the question on narrow screens.
    pub fn rail(self) -> AnyView {
        let review = |form: String| {
            view! {
                <p class="go-review">
                    <button class="link" form=form name="go" value="review">
                        {t!("common-review-and-submit")}
                    </button>
                </p>
            }
        };
        let key = || {
            view! {
                <ul class="key-list" aria-hidden="true">
                    <li><span class="key-box done"></span>{t!("common-answered")}</li>
                    <li><span class="key-box flagged"></span>{t!("common-flagged")}</li>
                </ul>
            }
        };
        let (all, answered) = (self.count(), self.answered());
        let here = match self.current {
            Some(n) => t!("common-question-here", n = n, all = all, answered = answered),
            None => t!("common-questions-answered", all = all, answered = answered),
        };
        let form = self.form.clone();
        let folded = view! { {self.clone().draw()} {key()} {review(form.clone())} };
        view! {
            <nav class="rail" aria-label=t!("common-all-questions")>
                <div>{self.draw()} {key()} {review(form)}</div>
            </nav>
            <nav class="rail-fold" aria-label=t!("common-all-questions")>{fold(here, false, folded)}</nav>
        }
        .into_any()
    }
}

/// What is read out behind the number.
fn state(spot: Spot) -> String {
    match (spot.answered, spot.is_flagged) {
        (Completeness::Blank, false) => t!("common-spot-open"),
        (Completeness::Blank, true) => t!("common-spot-open-flagged"),
        (Completeness::Incomplete, false) => t!("common-spot-begun"),
        (Completeness::Incomplete, true) => t!("common-spot-begun-flagged"),
        (Completeness::Complete, false) => t!("common-spot-done"),
        (Completeness::Complete, true) => t!("common-spot-done-flagged"),
    }
}

impl Draw for Palette {
    fn draw(self) -> AnyView {
        let groups = self
            .groups
            .into_iter()
            .map(|(title, spots)| {
                let spots = spots
                    .into_iter()
                    .map(|spot| {
                        let class = match spot.answered {
                            Completeness::Blank => None,
                            Completeness::Incomplete => Some("begun"),
                            Completeness::Complete => Some("done"),
                        };
                        let current = (self.current == Some(spot.position)).then_some("step");
                        let n = spot.position.to_string();
                        let value = n.clone();
                        view! {
                            <li>
                                <button
                                    form=self.form.clone()
                                    name="go"
                                    value=value
                                    class=class
                                    aria-current=current
                                >
                                    {n}
                                    <span class="unseen">{state(spot)}</span>
                                    {spot.is_flagged.then(|| view! { <span class="flag-mark"></span> })}
                                </button>
                            </li>
                        }
                    })
                    .collect_view();
                let heading = (!title.is_empty()).then(|| view! { <h3>{title}</h3> });
                view! { {heading} <ol>{spots}</ol> }
            })
            .collect_view();
        view! { <div class="palette">{groups}</div> }.into_any()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::testing::html;

    fn palette() -> Palette {
        let spot = |position, answered, is_flagged| Spot { position, answered, is_flagged };
        Palette::new("section", Some(2)).group(
            "Databases",
            vec![
                spot(1, Completeness::Complete, false),
                spot(2, Completeness::Blank, true),
                spot(3, Completeness::Incomplete, false),
            ],
        )
    }

    #[test]
    fn every_position_is_a_submit_button_that_names_its_state() {
        let drawn = html(|| palette().draw());
        assert!(drawn.contains(r#"form="section" name="go" value="1" class="done""#), "{drawn}");
        assert!(drawn.contains(", not answered, flagged"), "{drawn}");
        assert_eq!(drawn.matches("aria-current=\"step\"").count(), 1);
        assert_eq!(drawn.matches("flag-mark").count(), 1);
    }

    #[test]
    fn the_rail_folds_and_leads_to_the_review_without_losing_anything() {
        let drawn = html(|| palette().rail());
        assert!(drawn.contains("<details"));
        assert_eq!(drawn.matches(r#"name="go" value="review""#).count(), 2);
    }
}
