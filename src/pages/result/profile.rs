//! Score, clusters, skills, sections: what the answers add up to.

use leptos::prelude::*;

use super::words::{self, points};
use crate::components::plot::{Range, RangeAxis, bar};
use crate::components::{fold, scroll};
use crate::domain::result::{FEWEST_UNITS, Outcome, Tally};
use crate::service::result::{Sheet, skill_name};
use crate::t;

/// The score with its range, before anything else.
pub fn verdict(sheet: &Sheet, outcome: &Outcome) -> AnyView {
    let range = outcome.total.range();
    let (score, low, high) = (range.percent(), range.percent_low(), range.percent_high());
    let cut = sheet.row.cut.and_then(|cut| u8::try_from(cut).ok());
    let of = t!(
        "result-points-of",
        points = points(outcome.total.points),
        max = points(outcome.total.max)
    );
    let standing = sheet.row.standing.zip(cut).map(|(standing, cut)| {
        t!("result-verdict-cut", standing = words::standing(standing), cut = cut)
    });
    let place = sheet.row.place.map(|place| {
        t!(
            "result-verdict-rank",
            rank = place.rank,
            among = place.among,
            ahead = place.ahead,
            level = place.level
        )
    });
    view! {
        <section id="sum" aria-labelledby="h-sum">
            <h2 id="h-sum" class="unseen">{t!("result-one")}</h2>
            <div class="verdict">
                <p class="score">{score.to_string()}<small>{of}</small></p>
                <div class="stack-2">
                    {Range::new(range).cut(cut).width(340)}
                    {RangeAxis::new(340).cut(cut)}
                    <p class="soft small">
                        {t!("result-verdict-range", low = low, high = high)} " " {standing} " " {place}
                    </p>
                </div>
            </div>
        </section>
    }
    .into_any()
}

fn range_words(tally: &Tally) -> String {
    let range = tally.range();
    t!("result-range-plain", low = range.percent_low(), high = range.percent_high())
}

/// Clusters with a score of their own, skills with points only.
pub fn profile(outcome: &Outcome) -> AnyView {
    let clusters = outcome
        .clusters
        .iter()
        .map(|group| {
            let tally = group.tally;
            let name = words::cluster(group.of);
            let cells = if tally.items >= FEWEST_UNITS {
                view! {
                    <td class="num"><b>{tally.range().percent().to_string()}</b></td>
                    <td class="num">{range_words(&tally)}</td>
                }
                .into_any()
            } else {
                view! { <td class="num quiet" colspan="2">{t!("result-covered")}</td> }.into_any()
            };
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td class="num">{tally.items.to_string()}</td>
                    {cells}
                </tr>
            }
        })
        .collect_view();
    let plot = |name: String, tally: &Tally| {
        let range = tally.range();
        view! {
            <li>
                <span>{name}</span>
                {Range::new(range).width(340)}
            </li>
        }
    };
    let own = outcome
        .clusters
        .iter()
        .filter(|group| group.tally.items >= FEWEST_UNITS)
        .map(|group| plot(words::cluster(group.of), &group.tally))
        .collect_view();
    let skills = outcome
        .skills
        .iter()
        .map(|group| {
            let tally = group.tally;
            let whole = |number: i64| u64::try_from(number).unwrap_or(0);
            let of = t!("result-of", points = points(tally.points), max = points(tally.max));
            view! {
                <tr>
                    <th scope="row">{skill_name(&group.of)}</th>
                    <td class="num">{tally.items.to_string()}</td>
                    <td class="num">{of}</td>
                    <td>{bar(whole(tally.points), whole(tally.max))}</td>
                </tr>
            }
        })
        .collect_view();
    let count = outcome.skills.len();
    view! {
        <section id="profile" aria-labelledby="h-profile">
            <h2 id="h-profile">{t!("result-profile")}</h2>
            <p>{t!("result-profile-advice", fewest = FEWEST_UNITS)}</p>
            {scroll(t!("result-clusters"), view! {
                <table class="grid">
                    <caption class="unseen">{t!("result-clusters")}</caption>
                    <thead><tr>
                        <th scope="col">{t!("result-cluster")}</th>
                        <th scope="col" class="num">{t!("result-items")}</th>
                        <th scope="col" class="num">{t!("result-score")}</th>
                        <th scope="col" class="num">{t!("result-range")}</th>
                    </tr></thead>
                    <tbody>{clusters}</tbody>
                </table>
            })}
            <figure class="chart">
                <figcaption>{t!("result-plot-advice")}</figcaption>
                <ol class="plot-rows">
                    {plot(t!("result-all-items", count = outcome.total.items), &outcome.total)}
                    {own}
                    <li aria-hidden="true"><span></span>{RangeAxis::new(340)}</li>
                </ol>
            </figure>
            {fold(t!("result-skills", count = count), true, view! {
                {scroll(t!("result-skill-points"), view! {
                    <table class="grid">
                        <caption class="unseen">{t!("result-skill-points")}</caption>
                        <thead><tr>
                            <th scope="col">{t!("result-skill")}</th>
                            <th scope="col" class="num">{t!("result-items")}</th>
                            <th scope="col" class="num">{t!("result-points")}</th>
                            <th scope="col"><span class="unseen">{t!("result-chart")}</span></th>
                        </tr></thead>
                        <tbody>{skills}</tbody>
                    </table>
                })}
                <p class="hint">{t!("result-skills-advice")}</p>
            })}
        </section>
    }
    .into_any()
}

/// The sum by section, and with which rules it was made.
pub fn sums(sheet: &Sheet, outcome: &Outcome, computed: String) -> AnyView {
    let titles = sheet.board.versions.get(&sheet.row.line.version).map(|rules| &rules.sections);
    let rows = outcome
        .sections
        .iter()
        .map(|group| {
            let at = usize::try_from(group.of.saturating_sub(1)).unwrap_or(0);
            let title = titles.and_then(|titles| titles.get(at)).cloned();
            view! {
                <tr>
                    <th scope="row">{title}</th>
                    <td class="num">{group.tally.items.to_string()}</td>
                    <td class="num">{points(group.tally.points)}</td>
                    <td class="num">{points(group.tally.max)}</td>
                </tr>
            }
        })
        .collect_view();
    let total = outcome.total;
    view! {
        <section id="why" aria-labelledby="h-why">
            <h2 id="h-why">{t!("result-why")}</h2>
            <p>{t!("result-why-advice", points = points(total.points), max = points(total.max), percent = total.range().percent())}</p>
            <table class="grid">
                <caption class="unseen">{t!("result-by-section")}</caption>
                <thead><tr>
                    <th scope="col">{t!("result-section")}</th>
                    <th scope="col" class="num">{t!("result-items")}</th>
                    <th scope="col" class="num">{t!("result-points")}</th>
                    <th scope="col" class="num">{t!("result-possible")}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
                <tfoot><tr>
                    <th scope="row">{t!("result-sum")}</th>
                    <td class="num">{total.items.to_string()}</td>
                    <td class="num">{points(total.points)}</td>
                    <td class="num">{points(total.max)}</td>
                </tr></tfoot>
            </table>
            <p class="small soft">{computed}</p>
        </section>
    }
    .into_any()
}
