//! Lines of a log to read, and to tick when they are the answer to a part.

use leptos::prelude::*;

use super::Scope;
use super::choice::ticked;
use crate::domain::control::{Choice, Ticks};
use crate::t;

/// Words that stand out in a log.
const LEVELS: [&str; 6] = ["WARN", "WARNING", "ERROR", "FATAL", "CRITICAL", "PANIC"];

/// The exhibit. Its lines are plain text; wrapping is a box that the stylesheet reads.
pub(super) fn lines(lines: &[Choice], ticks: Option<&Ticks>, scope: Scope<'_>) -> AnyView {
    let head_id = scope.id("exhibit");
    let count = lines.len();
    let rows = lines
        .iter()
        .map(|line| {
            let words = view! {
                <span class="id">{line.id.clone()}</span>
                <span class="t">{levels(&line.text)}</span>
            };
            match ticks {
                Some(ticks) => view! {
                    <li>
                        <label>
                            <input
                                type="checkbox"
                                name=scope.name(&ticks.field)
                                value=line.id.clone()
                                checked=scope.is_ticked(&ticks.field, &line.id)
                                disabled=scope.is_off()
                            />
                            {words}
                        </label>
                    </li>
                }
                .into_any(),
                None => view! { <li><div class="line">{words}</div></li> }.into_any(),
            }
        })
        .collect_view();
    let list = view! { <ol class="lines" role="list">{rows}</ol> };
    let body = if ticks.is_some() {
        view! {
            <fieldset>
                <legend class="unseen">{scope.ask}</legend>
                {list}
            </fieldset>
        }
        .into_any()
    } else {
        list.into_any()
    };
    view! {
        <section class="exhibit" aria-labelledby=head_id>
            <div class="exhibit-head">
                <h2 id=head_id.clone()>{t!("control-exhibit", count = count)}</h2>
                <label class="tick push">
                    <input type="checkbox" class="wrap-switch" checked=true/>
                    {t!("control-wrap")}
                </label>
            </div>
            {body}
        </section>
    }
    .into_any()
}

/// What stands beside the exhibit: the part's question, how many lines, how many are ticked.
pub(super) fn task(ticks: &Ticks, ask: AnyView) -> AnyView {
    let wanted = if ticks.least == ticks.most {
        t!("control-tick-lines-exactly", count = ticks.most)
    } else {
        t!("control-tick-lines-between", least = ticks.least, most = ticks.most)
    };
    view! {
        <div class="exhibit-task">
            <p class="ask">{ask}</p>
            <p>{wanted}</p>
            {ticked(ticks.most)}
        </div>
    }
    .into_any()
}

/// A line with its level in bold.
fn levels(text: &str) -> AnyView {
    let found = LEVELS.iter().find_map(|level| {
        let at = text.find(level)?;
        let is_word = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
        let (before, rest) = (&text[..at], &text[at + level.len()..]);
        (is_word(before.chars().next_back()) && is_word(rest.chars().next()))
            .then_some((before, *level, rest))
    });
    match found {
        Some((before, level, rest)) => view! {
            {before.to_owned()}<span class="lv">{level}</span>{rest.to_owned()}
        }
        .into_any(),
        None => text.to_owned().into_any(),
    }
}
