//! The form with the list, and every line as the server read it.

use axum::http::StatusCode;
use leptos::prelude::*;

use super::list::status_words;
use super::upload::Typed;
use crate::components::message::sentence;
use crate::components::{Button, Errors, Field, Icon, fold, icon, table};
use crate::domain::guest_list::{Fault, Line, MAX_LINES};
use crate::domain::id::AssessmentId;
use crate::domain::invitation::OwnTime;
use crate::domain::time::Seconds;
use crate::pages::assessment::minutes;
use crate::service::invitation::Desk;
use crate::service::invitation::send::{Checked, Verdict};
use crate::t;
use crate::text::when::Zone;

/// Lines that the page shows; of a longer list only those that need a look.
const MOST_LINES: usize = 200;
/// Lines that the summary names.
const MOST_ERRORS: usize = 10;
/// Factors to choose from.
const FACTORS: [u32; 6] = [110, 125, 150, 175, 200, 300];

/// The form as it is drawn.
pub(super) struct Shown {
    pub typed: Typed,
    /// The list as it was read.
    pub checked: Option<Checked>,
    pub errors: Errors,
    pub status: StatusCode,
}

/// The lines that need a change, for the summary.
pub(super) fn line_errors(checked: &Checked) -> Errors {
    let wrong = checked.lines.iter().filter_map(|(line, verdict)| match verdict {
        Verdict::Wrong(fault) => Some((line, *fault)),
        _ => None,
    });
    let errors = wrong.clone().take(MOST_ERRORS).fold(Errors::none(), |errors, (line, fault)| {
        let args = [("line", line.number.to_string()), ("problem", problem(line, fault))];
        errors.and("to", "line", &args)
    });
    match wrong.count().saturating_sub(MOST_ERRORS) {
        0 if errors.is_empty() && checked.ready() == 0 => errors.and("to", "list-nobody-new", &[]),
        0 => errors,
        more => errors.and("to", "lines-more", &[("count", more.to_string())]),
    }
}

fn problem(line: &Line, fault: Fault) -> String {
    sentence(&fault.code(), &[("text", line.text.clone())])
}

pub(super) fn draw(id: AssessmentId, desk: &Desk, shown: Shown, letter: String) -> AnyView {
    let Shown { typed, checked, errors, .. } = shown;
    let zone = Zone::named(&desk.sender.timezone).name(desk.sender.now);
    let limit = desk.limit.unwrap_or_default();
    let (ready, wrong) =
        checked.as_ref().map_or((0, 0), |checked| (checked.ready(), checked.wrong()));
    let title = match (&checked, wrong) {
        (Some(_), 1..) => t!("invitation-lines-wrong", count = wrong),
        _ => t!("invitation-nothing-sent"),
    };
    let main = match (&checked, ready, wrong) {
        (Some(_), 1.., 0) => {
            Button::main(t!("invitation-send-count", count = ready)).named("do", "send")
        }
        (Some(_), 1.., _) => {
            Button::main(t!("invitation-send-count", count = ready)).named("do", "good")
        }
        _ => Button::main(t!("invitation-send")).named("do", "send"),
    };
    let check = match &checked {
        Some(_) => t!("invitation-check-again"),
        None => t!("invitation-check"),
    };
    let action = format!("/assessments/{id}/invite");
    view! {
        <form class="stack-5" method="post" action=action enctype="multipart/form-data">
            {errors.summary(title)}
            {Field::new("to", t!("invitation-to")).area(9).class("addresses").value(typed.to).exact()
                .hint(t!("invitation-to-hint", most = MAX_LINES)).errors(&errors)}
            {Field::new("file", t!("invitation-file")).kind("file")
                .hint(t!("invitation-file-hint")).errors(&errors)}
            {checked.map(|checked| lines(&checked, limit))}
            <div class="row">
                {Field::new("until", t!("invitation-until")).kind("date").class("input-mid")
                    .value(typed.until).hint(t!("invitation-until-hint", zone = zone)).errors(&errors)}
                {Field::new("time", t!("invitation-time-all")).select(time_options(limit, None))
                    .value(typed.time).hint(t!("invitation-time-all-hint")).errors(&errors)}
            </div>
            <div class="row">
                {main}
                {Button::new(check).named("do", "check")}
            </div>
            {fold(t!("invitation-message"), false, view! { <pre class="code">{letter}</pre> })}
        </form>
    }
    .into_any()
}

/// Times to choose from, with what they come to. `unchanged` stands first where there is one already.
pub(super) fn time_options(limit: Seconds, unchanged: Option<String>) -> Vec<(String, String)> {
    let usual = (
        if unchanged.is_some() { "100".to_owned() } else { String::new() },
        t!("invitation-time-usual", minutes = minutes(limit)),
    );
    let factors = FACTORS.map(|factor| {
        let own = minutes(limit.percent(i64::from(factor)));
        (factor.to_string(), t!("invitation-time-factor", factor = factor, minutes = own))
    });
    let untimed = ("untimed".to_owned(), t!("invitation-time-untimed"));
    let unchanged = unchanged.map(|words| (String::new(), words));
    unchanged.into_iter().chain([usual]).chain(factors).chain([untimed]).collect()
}

/// The words of a person's time.
pub(super) fn time_words(time: OwnTime, limit: Seconds) -> String {
    if time.is_untimed {
        t!("invitation-time-untimed")
    } else {
        let own = minutes(limit.percent(i64::from(time.factor_percent)));
        t!("invitation-minutes", minutes = own)
    }
}

fn lines(checked: &Checked, limit: Seconds) -> AnyView {
    let all = checked.lines.len();
    let is_long = all > MOST_LINES;
    let shown: Vec<_> = checked
        .lines
        .iter()
        .filter(|(_, verdict)| !is_long || !matches!(verdict, Verdict::Ready(_)))
        .take(MOST_LINES)
        .collect();
    let hidden = all - shown.len();
    let rows = shown.into_iter().map(|(one, verdict)| row(one, *verdict, limit)).collect_view();
    let heads = view! {
        <th scope="col" class="num">{t!("invitation-line")}</th>
        <th scope="col" class="wide">{t!("invitation-name")}</th>
        <th scope="col">{t!("invitation-address")}</th>
        <th scope="col" class="num wide">{t!("invitation-time")}</th>
        <th scope="col">{t!("invitation-result")}</th>
    };
    let more = (hidden > 0).then(
        || view! { <p class="small soft">{t!("invitation-lines-hidden", count = hidden)}</p> },
    );
    view! {
        {table("grid lines", t!("invitation-lines"), heads, rows)}
        {more}
    }
    .into_any()
}

fn row(line: &Line, verdict: Verdict, limit: Seconds) -> impl IntoView + use<> {
    let guest = line.reading.as_ref().ok();
    let name = match guest {
        Some(guest) => match &guest.name {
            Some(name) => view! { {name.to_string()} }.into_any(),
            None => view! { <span class="quiet">{t!("invitation-name-later")}</span> }.into_any(),
        },
        None => ().into_any(),
    };
    let address = guest.map_or_else(|| line.text.clone(), |guest| guest.email.as_str().to_owned());
    let was_changed = guest.is_some_and(|guest| guest.was_changed);
    let (class, mark, words, time) = match verdict {
        Verdict::Ready(time) if was_changed => {
            ("warn", Icon::Warn, t!("invitation-line-changed"), Some(time))
        }
        Verdict::Ready(time) => ("", Icon::Check, t!("invitation-line-ready"), Some(time)),
        Verdict::Wrong(fault) => ("bad", Icon::Error, problem(line, fault), None),
        Verdict::Repeats(first) => {
            ("warn", Icon::Warn, t!("invitation-line-repeats", line = first), None)
        }
        Verdict::Taken(status) => {
            let words = t!("invitation-line-taken", status = status_words(status));
            ("warn", Icon::Warn, words, None)
        }
    };
    view! {
        <tr>
            <td class="num">{line.number}</td>
            <td class="wide">{name}</td>
            <td>{address}</td>
            <td class="num wide">{time.map(|time| time_words(time, limit))}</td>
            <td class=class>{icon(mark)} " " {words}</td>
        </tr>
    }
}
