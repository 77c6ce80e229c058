//! How an item does, and where it is used.

use leptos::prelude::*;

use crate::components::plot::bar;
use crate::domain::item_figures::FEWEST;
use crate::service::bank::Entry;
use crate::service::bank::figures::Known;
use crate::t;

/// The figures of an item.
pub fn section(known: &Known, entry: &Entry) -> AnyView {
    let expected = entry.item.as_ref().and_then(|item| item.facts.expected);
    let figures = match &known.figures {
        None => view! { <p class="small soft">{t!("item-figures-none")}</p> }.into_any(),
        Some(found) => {
            let percent = (found.mean + 50) / 100;
            let discrimination = match found.discrimination {
                Some(r) => format!("{r:.2}"),
                None => t!("item-figures-few", fewest = FEWEST),
            };
            view! {
                <dl class="facts">
                    <dt>{t!("item-figures-n")}</dt><dd>{found.n}</dd>
                    <dt>{t!("item-figures-p")}</dt>
                    <dd>{t!("item-percent", percent = percent)} " " {bar(u64::from(found.mean), 10_000)}</dd>
                    {expected.map(|expected| view! {
                        <dt>{t!("item-figures-expected")}</dt><dd>{expected.to_string()}</dd>
                    })}
                    <dt>{t!("item-figures-discrimination")}</dt><dd>{discrimination}</dd>
                </dl>
                <p class="small soft">{t!("item-figures-advice")}</p>
            }
            .into_any()
        }
    };
    let uses = if known.uses.is_empty() {
        view! { <p class="small soft">{t!("item-uses-none")}</p> }.into_any()
    } else {
        let lines = known.uses.iter().map(|one| {
            let href = format!("/assessments/{}/results", one.assessment);
            let share = (one.papers * 100 + one.of_papers / 2).checked_div(one.of_papers).unwrap_or(0);
            let (papers, of) = (one.papers, one.of_papers);
            view! {
                <li>
                    <a href=href>{one.title.clone()}</a> " "
                    <span class="soft">
                        {t!("item-use", version = one.version, papers = papers, of = of, percent = share)}
                    </span>
                </li>
            }
        });
        view! { <ul class="plain small">{lines.collect_view()}</ul> }.into_any()
    };
    view! {
        <section class="stack-2"><h2>{t!("item-figures")}</h2>{figures}</section>
        <section class="stack-2"><h2>{t!("item-uses")}</h2>{uses}</section>
    }
    .into_any()
}
