//! The right of the builder: minutes, coverage, what stands in the way.

use leptos::prelude::*;

use super::minutes;
use crate::catalog;
use crate::components::plot::{bar, gauge};
use crate::components::{Button, Draw as _, Icon, icon, message};
use crate::domain::assessment::Draft;
use crate::domain::bank::Bank;
use crate::domain::skill::Cluster;
use crate::domain::time::Seconds;
use crate::domain::totals::Totals;
use crate::service::assessment;
use crate::service::error::FieldError;
use crate::t;

/// The line of figures on narrow screens.
pub fn glance(totals: &Totals, problems: usize) -> AnyView {
    view! {
        <b>{t!("assessment-glance-minutes", expected = minutes(totals.expected), limit = minutes(totals.limit))}</b>
        <span>{t!("assessment-items", count = totals.items)}</span>
        <a href="#paper">{t!("assessment-paper")}</a>
        <a href="#before">{t!("assessment-problems", count = problems)}</a>
    }
    .into_any()
}

fn seconds(time: Seconds) -> u64 {
    u64::try_from(time.get()).unwrap_or(0)
}

fn cluster_words(cluster: Cluster) -> String {
    match cluster {
        Cluster::DataAndSpeed => t!("assessment-cluster-data"),
        Cluster::Build => t!("assessment-cluster-build"),
        Cluster::ProtectAndRun => t!("assessment-cluster-protect"),
        Cluster::WorkWithOthers => t!("assessment-cluster-work"),
    }
}

/// The whole column.
pub fn column(bank: &Bank, draft: &Draft, totals: &Totals, problems: &[FieldError]) -> AnyView {
    let (expected, limit) = (seconds(totals.expected), seconds(totals.limit));
    let longer = Seconds::new(totals.limit.get() * 3 / 2);
    let reading = totals.words.div_ceil(200);
    view! {
        <section aria-labelledby="m1">
            <h2 id="m1">{t!("assessment-meter-minutes")}</h2>
            <p class="big">
                {minutes(totals.expected)} " "
                <small>{t!("assessment-expected-of", limit = minutes(totals.limit))}</small>
            </p>
            {gauge(expected, Some(limit), expected.max(limit).max(1) * 4 / 3)}
            <p class="hint">{t!("assessment-with-factor", minutes = minutes(longer))}</p>
            {Button::new(t!("assessment-fit")).small().named("act", "fit").draw()}
        </section>
        <section aria-labelledby="m2">
            <h2 id="m2">{t!("assessment-meter-paper")}</h2>
            <p class="small">
                {t!("assessment-items", count = totals.items)} ", "
                {t!("assessment-points", count = totals.points)}
            </p>
            <p class="hint">{t!("assessment-reading", words = totals.words, minutes = reading)}</p>
        </section>
        {coverage(totals)}
        <section aria-labelledby="before">
            <h2 id="before">{t!("assessment-before")}</h2>
            {checks(totals, problems)}
            <p class="hint">{public(totals)}</p>
            {provisional(bank, draft)}
        </section>
        <section aria-labelledby="m6">
            <h2 id="m6">{t!("assessment-publish-head")}</h2>
            <p class="hint">{t!("assessment-publish-advice", days = draft.open_days)}</p>
            {Button::main(t!("assessment-publish")).named("act", "publish").draw()}
        </section>
    }
    .into_any()
}

/// How much of a paper anybody could have read before.
fn public(totals: &Totals) -> String {
    let all = totals.items;
    match (totals.public_hundredths + 50) / 100 {
        0 => t!("assessment-public-none"),
        count => t!("assessment-public-items", count = count, all = all),
    }
}

/// How many keys of a paper no panel has confirmed; nothing when there is none.
fn provisional(bank: &Bank, draft: &Draft) -> Option<AnyView> {
    let count = (assessment::provisional(bank, draft) + 50) / 100;
    (count > 0).then(|| {
        view! { <p class="hint">{t!("assessment-provisional-items", count = count)}</p> }.into_any()
    })
}

fn coverage(totals: &Totals) -> AnyView {
    let share = |cluster: Cluster| -> u32 {
        catalog::areas()
            .iter()
            .filter(|area| area.cluster == cluster)
            .filter_map(|area| totals.areas.get(&area.slug))
            .map(|amount| amount.share)
            .sum()
    };
    let rows = Cluster::ALL.into_iter().map(|cluster| {
        let share = share(cluster);
        view! {
            <tr>
                <th scope="row">{cluster_words(cluster)}</th>
                <td>{bar(u64::from(share), 10_000)}</td>
                <td class="num">{format!("{} %", (share + 50) / 100)}</td>
            </tr>
        }
    });
    view! {
        <section aria-labelledby="m3">
            <h2 id="m3">{t!("assessment-coverage")}</h2>
            <table class="cover">
                <caption class="unseen">{t!("assessment-coverage-caption")}</caption>
                <thead class="unseen">
                    <tr>
                        <th>{t!("assessment-cluster")}</th>
                        <th>{t!("assessment-chart")}</th>
                        <th>{t!("assessment-share")}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
            <p class="hint">{t!("assessment-coverage-hint")}</p>
        </section>
    }
    .into_any()
}

fn checks(totals: &Totals, problems: &[FieldError]) -> AnyView {
    let blocking = problems.iter().map(|problem| {
        let href = format!("#{}", crate::components::field_id(&problem.field));
        let words = message::sentence(problem.code, &problem.args);
        view! {
            <li>
                <span class="bad">{icon(Icon::Error)}</span>
                <span><a href=href>{words}</a></span>
            </li>
        }
    });
    let warnings = totals.warnings.iter().map(|warning| {
        let href = format!("#{}", crate::components::field_id(&warning.field));
        let words = message::sentence(warning.code, &warning.args);
        view! {
            <li>
                <span class="warn">{icon(Icon::Warn)}</span>
                <span><a href=href>{words}</a></span>
            </li>
        }
    });
    let ready = (problems.is_empty() && totals.warnings.is_empty()).then(|| {
        view! { <li>{icon(Icon::Check)} <span>{t!("assessment-ready")}</span></li> }
    });
    view! {
        <ul class="checks">
            {blocking.collect_view()}
            {warnings.collect_view()}
            {ready}
        </ul>
    }
    .into_any()
}
