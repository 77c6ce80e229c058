//! `/assessments/{id}/results`: one line per person; the filter is the address.
#![expect(clippy::needless_pass_by_value, reason = "callers hand over what they do not need again")]

use axum::extract::{FromRef, Path, Query, State};
use axum::response::Response;
use leptos::prelude::*;

use super::words;
use crate::components::plot::{Range, RangeAxis, range_key};
use crate::components::{
    AssessmentTab, Button, Draw, Field, Icon, PageHead, Pager, Place, Sort, Sorting, Tone,
    assessment_tabs, empty, table, tag,
};
use crate::domain::id::AssessmentId;
use crate::http::AppState;
use crate::http::session::Person;
use crate::pages::assessment::tabs_of;
use crate::pages::shell::{Frame, Head, page};
use crate::pages::when;
use crate::service::Refusal;
use crate::service::result::{self, Filter, Order, PAGE, Row, Status, Table};
use crate::t;

/// Shows the table.
pub async fn show(
    State(state): State<AppState>,
    person: Person,
    Path(id): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let id: AssessmentId = id.parse().map_err(|_| Refusal::Hidden)?;
    let filter = filter(&pairs);
    let found = result::table(&state.ctx, &person.actor, id, &filter).await?;
    let staff = person.frame(&state.ctx);
    let shown = tabs_of(&person);
    let head = Head::staff(t!("result-title", title = found.board.title.clone()));
    Ok(page(&Frame::from_ref(&state), head, move || {
        let base = format!("/assessments/{id}/results");
        let submitted = u64::try_from(found.submitted).unwrap_or(0);
        let tabs = assessment_tabs(id, AssessmentTab::Results, &shown, Some(submitted));
        let title = PageHead::new(found.board.title.clone())
            .facts(facts(&found))
            .acts(export_button(&found, id, &filter))
            .tabs(tabs);
        let body = if found.rows.is_empty() {
            nothing(&found, &base, &filter)
        } else {
            lines(found, &base, &filter)
        };
        staff.around(
            Place::Assessments,
            view! {
                {title}
                <div class="wrap">{filters(&base, &filter, &pairs)} {body}</div>
            },
        )
    }))
}

/// The filter of an address.
pub fn filter(pairs: &[(String, String)]) -> Filter {
    Filter::read(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

fn facts(found: &Table) -> String {
    let counts = t!(
        "result-facts",
        invited = found.invited,
        started = found.started,
        submitted = found.submitted
    );
    let newest = found.board.versions.values().max_by_key(|rules| rules.number);
    match newest.and_then(|rules| rules.cut_percent) {
        Some(cut) => format!("{counts} {}", t!("result-facts-cut", cut = cut)),
        None => counts,
    }
}

fn export_button(found: &Table, id: AssessmentId, filter: &Filter) -> Option<AnyView> {
    if !found.may_export {
        return None;
    }
    let href = format!("/assessments/{id}/export{}", filter.query());
    let button =
        Button::main(t!("result-export-rows", rows = found.matching)).to(href).icon(Icon::Download);
    let button = if found.matching == 0 { button.not_yet("no-rows") } else { button };
    Some(button.draw())
}

fn filters(base: &str, filter: &Filter, pairs: &[(String, String)]) -> AnyView {
    let usual = Status::Submitted;
    let statuses = Status::ALL
        .into_iter()
        .map(|status| (status.as_str().to_owned(), words::status(status)))
        .chain([("any".to_owned(), t!("result-status-any"))]);
    let chosen = filter.status.map_or("any", Status::as_str);
    // A score that cannot be read leaves everybody in the list, so it says so and stays.
    let score = |name: &'static str, label: String, number: Option<u32>| {
        let typed = pairs.iter().rev().find(|(one, text)| one == name && !text.trim().is_empty());
        let field = Field::new(name, label).number();
        match (number, typed) {
            (Some(number), _) => field.value(number.to_string()),
            (None, Some((_, text))) => field.value(text.clone()).error(t!("result-score-range")),
            (None, None) => field,
        }
    };
    let sorted = (filter.order != Order::Rank || filter.is_reversed).then(|| {
        let minus = if filter.is_reversed { "-" } else { "" };
        format!("{minus}{}", filter.order.as_str())
    });
    let clear = (filter.is_narrowed() || filter.status != Some(usual))
        .then(|| Button::plain(t!("result-clear")).to(base.to_owned()).draw());
    view! {
        <form class="filters" method="get" action=base.to_owned() aria-label=t!("result-filter")>
            {Field::new("q", t!("result-words")).kind("search").value(filter.words.clone())
                .class("input-mid").max_length(200)}
            {Field::new("status", t!("result-status")).select(statuses).value(chosen)}
            {score("from", t!("result-from"), filter.from)}
            {score("to", t!("result-to"), filter.to)}
            {sorted.map(|sorted| view! { <input type="hidden" name="sort" value=sorted/> })}
            {Button::new(t!("result-show"))}
            {clear}
        </form>
    }
    .into_any()
}

fn nothing(found: &Table, base: &str, filter: &Filter) -> AnyView {
    if found.invited == 0 {
        let advice = view! { <span id="no-rows">{t!("result-none-invited-advice")}</span> };
        let invite = base.replace("/results", "/invite");
        let way = Button::link(t!("result-to-invite"), invite).draw();
        return empty(t!("result-none-invited"), advice, way);
    }
    if found.submitted == 0 && !filter.is_narrowed() {
        let advice = t!("result-none-yet-advice", started = found.started, invited = found.invited);
        let advice = view! { <span id="no-rows">{advice}</span> };
        let way = Button::link(t!("result-show-everybody"), format!("{base}?status=any")).draw();
        return empty(t!("result-none-yet"), advice, way);
    }
    let advice = match found.best {
        Some(best) => t!("result-no-match-best", submitted = found.submitted, best = best),
        None => t!("result-no-match", submitted = found.submitted),
    };
    let advice = view! { <span id="no-rows">{advice}</span> };
    let all = Button::link(t!("result-show-all", count = found.submitted), base.to_owned());
    let lower = filter.from.zip(found.best).filter(|(from, best)| u32::from(*best) < *from).map(
        |(_, best)| {
            let from = u32::from(best) / 10 * 10;
            let lower = Filter { from: Some(from), ..filter.clone() };
            Button::link(t!("result-score-from", from = from), format!("{base}{}", lower.query()))
                .draw()
        },
    );
    empty(t!("result-no-match-title"), advice, view! { {all} {lower} })
}

fn head(base: &str, filter: &Filter, order: Order) -> Sort {
    let is_now = filter.order == order;
    let turned =
        Filter { order, is_reversed: is_now && !filter.is_reversed, page: 1, ..filter.clone() };
    // Scores and times begin with the highest.
    let falls = matches!(order, Order::Score | Order::Submitted) != filter.is_reversed;
    let sorted = if falls { Sorting::Descending } else { Sorting::Ascending };
    Sort::new(words::order(order), format!("{base}{}", turned.query()))
        .sorted(is_now.then_some(sorted))
}

fn lines(found: Table, base: &str, filter: &Filter) -> AnyView {
    let all = u64::try_from(found.matching).unwrap_or(0);
    let first = u64::try_from(found.first).unwrap_or(0);
    let last = first + u64::try_from(found.rows.len()).unwrap_or(0);
    let at = |page: usize| {
        let mut pairs = filter.pairs();
        if page > 1 {
            pairs.push(("page", page.to_string()));
        }
        format!("{base}{}", result::query(&pairs))
    };
    let page = found.first / PAGE + 1;
    let pager = Pager::new(first + 1, last, all)
        .previous((page > 1).then(|| at(page - 1)))
        .next((last < all).then(|| at(page + 1)));
    let cuts: std::collections::BTreeSet<Option<u32>> =
        found.rows.iter().map(|row| row.cut).collect();
    let cut = if cuts.len() == 1 { cuts.first().copied().flatten() } else { None };
    let has_versions = found.board.versions.len() > 1;
    let is_ranked = filter.order == Order::Rank;
    let timezone = found.board.timezone.clone();
    let rank = |row: &Row| (row.version, row.place.map(|place| place.rank));
    let ends: Vec<bool> = (0..found.rows.len())
        .map(|n| {
            let next = found.rows.get(n + 1);
            !is_ranked || next.is_none_or(|next| rank(next) != rank(&found.rows[n]))
        })
        .collect();
    let shared = |row: &Row| row.place.is_some_and(|place| place.level > 0);
    let rows = found
        .rows
        .iter()
        .zip(ends)
        .map(|(row, is_end)| line(row, is_end, shared(row), has_versions, &timezone))
        .collect_view();
    let heads = view! {
        {head(base, filter, Order::Rank).number()}
        {head(base, filter, Order::Name)}
        {head(base, filter, Order::Score).number()}
        <th scope="col" class="plot-col">
            <span class="unseen">{t!("result-range")}</span>
            {RangeAxis::new(168).cut(cut.and_then(|cut| u8::try_from(cut).ok()))}
        </th>
        <th scope="col" class="wide">{t!("result-cut")}</th>
        <th scope="col" class="num wide">{t!("result-own-time")}</th>
        {head(base, filter, Order::Submitted).class("wide")}
    };
    let caption = t!("result-caption", order = words::order(filter.order));
    let explained = t!("result-explained", count = found.matching, all = found.invited);
    view! {
        <p class="small soft">{explained}</p>
        {cut.map(|_| range_key())}
        {table("grid results", caption, heads, rows)}
        {pager}
    }
    .into_any()
}

fn line(row: &Row, is_end: bool, is_shared: bool, has_versions: bool, zone: &str) -> AnyView {
    let name = row.name().to_owned();
    let email = row.line.name.is_some().then(|| row.line.email.clone());
    let version = has_versions.then(|| t!("result-version", number = row.version));
    let status = (row.range.is_none()).then(|| match row.status {
        Status::Submitted => tag(Tone::Plain, t!("result-not-scored")),
        other => tag(Tone::Plain, words::status(other)),
    });
    let who = match row.line.attempt.as_ref() {
        Some(run) => {
            let href = format!("/results/{}", run.id);
            view! { <a class="rowlink" href=href><b dir="auto">{name}</b></a> }.into_any()
        }
        None => view! { <b dir="auto">{name}</b> }.into_any(),
    };
    let cut = row.cut.and_then(|cut| u8::try_from(cut).ok());
    let plot = row.range.map(|range| {
        let (low, high) = (range.percent_low(), range.percent_high());
        let words = match cut {
            Some(cut) => t!("result-range-cut", low = low, high = high, cut = cut),
            None => t!("result-range-plain", low = low, high = high),
        };
        view! { {Range::new(range).cut(cut)} <span class="unseen">{words}</span> }
    });
    let finished = row.line.attempt.as_ref().and_then(|run| run.finished_at);
    let rank = row.place.map(|place| {
        view! {
            {place.rank.to_string()}
            {is_shared.then(|| view! { <span class="quiet" title=t!("result-shared")>"="</span> })}
        }
    });
    view! {
        <tr class=is_end.then_some("tie-end")>
            <td class="rank num">{rank}</td>
            <th scope="row">
                {who}
                {email.map(|email| view! { <span class="sub2 wide">{email}</span> })}
                {version.map(|version| view! { <span class="sub2">{version}</span> })}
            </th>
            <td class="num score">
                {row.range.map(|range| range.percent().to_string())} {status}
            </td>
            <td class="plot-col">{plot}</td>
            <td class="wide">{row.standing.map(words::standing)}</td>
            <td class="num wide">{row.time_share.map(|share| t!("result-share", share = share))}</td>
            <td class="wide quiet">{finished.map(|at| when::minute(at, zone))}</td>
        </tr>
    }
    .into_any()
}
