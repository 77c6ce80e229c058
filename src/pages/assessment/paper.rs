//! The middle of the builder: sections as tables of what a candidate meets.

use leptos::prelude::*;

use super::form::Typed;
use super::{draw, kind_words, level_words, minutes};
use crate::catalog;
use crate::components::{Button, Draw as _, Errors, Field, Icon, Tone, fold, tag, tick};
use crate::domain::assessment::{Draft, Navigation, Section};
use crate::domain::bank::Bank;
use crate::domain::id::{ItemCode, SkillSlug};
use crate::domain::totals::{SectionTotals, Totals};
use crate::t;

/// What the paper is drawn from.
#[derive(Clone, Copy)]
pub struct Sheet<'a> {
    /// The items it draws from.
    pub bank: &'a Bank,
    /// The plan.
    pub draft: &'a Draft,
    /// What was typed and refused.
    pub typed: &'a Typed,
    /// The figures of the plan.
    pub totals: &'a Totals,
    /// What was refused.
    pub errors: &'a Errors,
    /// The fold somebody worked in, which stays open.
    pub open: Option<&'a str>,
}

impl Sheet<'_> {
    /// Whether the fold of a field is open.
    pub fn opens(self, field: &str) -> bool {
        self.open == Some(field) || self.errors.is_below(field)
    }
}

/// A button of a line: an icon with a name that says which line it means.
pub fn op(icon: Icon, words: String, act: String) -> AnyView {
    Button::only_icon(words, icon).small().named("act", act).draw()
}

/// The name of a skill, or its slug while nobody knows it.
pub fn skill_name(slug: &SkillSlug) -> String {
    catalog::skill(slug).map_or_else(|| slug.to_string(), |skill| skill.name.clone())
}

/// Every skill that is not there yet, for a select.
pub fn skill_options(but: &[SkillSlug]) -> Vec<(String, String)> {
    let first = (String::new(), t!("assessment-choose-skill"));
    let skills = catalog::areas().iter().flat_map(|area| {
        area.skills.iter().map(move |skill| (skill, format!("{}: {}", area.name, skill.name)))
    });
    let rest = skills
        .filter(|(skill, _)| !but.contains(&skill.slug))
        .map(|(skill, words)| (skill.slug.to_string(), words));
    std::iter::once(first).chain(rest).collect()
}

/// The left column's way to another skill, below those that are in.
pub fn skills(totals: &Totals, errors: &Errors) -> AnyView {
    view! {
        <section class="stack-2">
            <h2>{t!("assessment-skills-items")}</h2>
            <ul class="weights" id="skills">{skill_lines(totals)}</ul>
            {Field::new("new_skill", t!("assessment-add-skill")).select(skill_options(&[])).errors(errors)}
            {Button::new(t!("assessment-add-skill-do")).icon(Icon::Plus).small().named("act", "skill.add").draw()}
        </section>
    }
    .into_any()
}

/// The skills of the paper with how many items each gets.
pub fn skill_lines(totals: &Totals) -> AnyView {
    totals
        .skills
        .iter()
        .map(|(slug, amount)| {
            let (whole, rest) = (amount.items_hundredths / 100, amount.items_hundredths % 100);
            let items = match rest {
                0 => whole.to_string(),
                rest => format!("{whole}.{}", (rest + 5) / 10 % 10),
            };
            view! { <li><span class="name">{skill_name(slug)}</span> <output>{items}</output></li> }
        })
        .collect_view()
        .into_any()
}

/// All sections.
pub fn sections(sheet: Sheet<'_>) -> AnyView {
    let mut first = 1_u32;
    let mut drawn = Vec::new();
    for (at, section) in sheet.draft.sections.iter().enumerate() {
        drawn.push(one_section(at + 1, first, section, sheet));
        first = section.items().saturating_add(first);
    }
    drawn.collect_view().into_any()
}

/// "5 items, 8.5 min".
pub fn meta(sum: &SectionTotals) -> String {
    t!("assessment-section-meta", items = sum.items, minutes = minutes(sum.expected))
}

/// "3" or "3–5".
pub fn places(first: u32, count: u32) -> String {
    match count {
        0 => "–".to_owned(),
        1 => first.to_string(),
        more => format!("{first}–{}", first.saturating_add(more - 1)),
    }
}

fn one_section(at: usize, first: u32, section: &Section, sheet: Sheet<'_>) -> AnyView {
    let field = format!("section.{at}");
    let name = |part: &str| format!("{field}.{part}");
    let title = if section.name.is_empty() {
        t!("assessment-section-unnamed")
    } else {
        section.name.clone()
    };
    let sum = sheet.totals.sections.get(at - 1);
    let mut next = first;
    let mut rows = Vec::new();
    for (nr, code) in section.picks.iter().enumerate() {
        rows.push(pick(next, &name(&format!("pick.{}", nr + 1)), code, sheet));
        next += 1;
    }
    for (nr, one) in section.draws.iter().enumerate() {
        let figures = sum.and_then(|sum| sum.draws.get(nr)).copied();
        let line = draw::Line {
            field: name(&format!("draw.{}", nr + 1)),
            place: places(next, one.count),
            is_first: nr == 0,
            is_last: nr + 1 == section.draws.len(),
            figures,
        };
        rows.push(draw::rows(line, one, sheet));
        next = one.count.saturating_add(next);
    }
    let is_empty = rows.is_empty();
    let table = (!is_empty).then(|| {
        view! {
            <table class="paper-table">
                <caption class="unseen">{t!("assessment-items-of", section = title.clone())}</caption>
                <colgroup>
                    <col class="c-pos"/><col/><col class="c-kind"/><col class="c-level"/>
                    <col class="c-min"/><col class="c-ops"/>
                </colgroup>
                <thead class="unseen">
                    <tr>
                        <th scope="col">{t!("assessment-column-place")}</th>
                        <th scope="col">{t!("assessment-column-item")}</th>
                        <th scope="col">{t!("assessment-kind")}</th>
                        <th scope="col">{t!("assessment-column-level")}</th>
                        <th scope="col">{t!("assessment-meter-minutes")}</th>
                        <th scope="col">{t!("assessment-column-change")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
    });
    let move_up = (at > 1)
        .then(|| op(Icon::Up, t!("assessment-move-up", section = title.clone()), name("up")));
    let move_down = (at < sheet.draft.sections.len())
        .then(|| op(Icon::Down, t!("assessment-move-down", section = title.clone()), name("down")));
    let remove =
        op(Icon::Cross, t!("assessment-remove-section", section = title.clone()), name("remove"));
    let fixed = view! {
        <div class="row">
            {Field::new(name("new_pick"), t!("assessment-item-code")).placeholder("db-0001-tenant-index")
                .hint(t!("assessment-item-code-hint")).class("input-mid").exact()
                .value(sheet.typed.or(&name("new_pick"), "")).errors(sheet.errors)}
            {Button::new(t!("assessment-add-item")).small().named("act", name("pick"))}
        </div>
    };
    view! {
        <section class="sect" id=format!("section-{at}") aria-labelledby=format!("sec-{at}")>
            <input type="hidden" name=field.clone() value="1"/>
            <div class="sect-head" id=crate::components::field_id(&name("items"))>
                <h3 id=format!("sec-{at}")>{format!("{at}. {title}")}</h3>
                <span class="meta" id=format!("meta-{at}")>{sum.map(meta)}</span>
                <span class="ops">{move_up} {move_down} {remove}</span>
            </div>
            {sheet.errors.at(&name("items")).map(|text| view! { <p class="error">{text}</p> })}
            {settings(&field, section, sheet)}
            {table}
            <div class="sect-foot">
                {Button::plain(t!("assessment-add-draw")).icon(Icon::Plus).small().named("act", name("draw.add"))}
                {fold(t!("assessment-add-fixed"), sheet.opens(&name("new_pick")), fixed)}
            </div>
        </section>
    }
    .into_any()
}

/// The settings of a section below one line that says what they are now.
fn settings(field: &str, section: &Section, sheet: Sheet<'_>) -> AnyView {
    let name = |part: &str| format!("{field}.{part}");
    let navigation = [
        (Navigation::Free.as_str().to_owned(), t!("assessment-return-allowed")),
        (Navigation::Linear.as_str().to_owned(), t!("assessment-no-return")),
    ];
    let now = [
        Some(match section.navigation {
            Navigation::Free => t!("assessment-return-allowed"),
            Navigation::Linear => t!("assessment-no-return"),
        }),
        section.limit_minutes.map(|limit| t!("assessment-own-clock-of", minutes = limit)),
        Some(t!("assessment-weight-of", points = section.weight)),
        section.shuffle_items.then(|| t!("assessment-shuffle-items")),
        section.shuffle_options.then(|| t!("assessment-shuffle-options")),
    ];
    let now: Vec<String> = now.into_iter().flatten().collect();
    let limit = section.limit_minutes.map_or_else(String::new, |limit| limit.to_string());
    let typed = sheet.typed;
    let is_refused = ["name", "limit_minutes", "weight", "navigation"]
        .iter()
        .any(|part| sheet.errors.at(&name(part)).is_some());
    let is_open = sheet.open == Some(field) || is_refused || section.name.is_empty();
    view! {
        <details class="fold settings" open=is_open>
            <summary>{now.join(" · ")}</summary>
            <div class="meta-row">
                {Field::new(name("name"), t!("assessment-section-name"))
                    .value(typed.or(&name("name"), &section.name)).max_length(200).errors(sheet.errors)}
                {Field::new(name("navigation"), t!("assessment-navigation")).select(navigation)
                    .value(section.navigation.as_str())}
                {Field::new(name("limit_minutes"), t!("assessment-own-clock")).number()
                    .value(typed.or(&name("limit_minutes"), limit)).errors(sheet.errors)}
                {Field::new(name("weight"), t!("assessment-weight")).number()
                    .value(typed.or(&name("weight"), section.weight)).errors(sheet.errors)}
            </div>
            <div class="row">
                {tick(name("shuffle_items"), "1", t!("assessment-shuffle-items"), section.shuffle_items)}
                {tick(name("shuffle_options"), "1", t!("assessment-shuffle-options"), section.shuffle_options)}
            </div>
        </details>
    }
    .into_any()
}

/// Whether anybody can read the item with its key, or only the organisation.
fn source_tag(bank: &Bank, code: &ItemCode) -> AnyView {
    if bank.is_private(code) {
        tag(Tone::Plain, t!("item-private"))
    } else {
        tag(Tone::Warn, t!("item-public"))
    }
}

/// One item that everybody gets.
fn pick(place: u32, field: &str, code: &ItemCode, sheet: Sheet<'_>) -> AnyView {
    let item = sheet.bank.item(code);
    let words = item.map_or_else(|| code.to_string(), |item| item.facts.title());
    let (kind, level, time) = match item {
        Some(item) => {
            (kind_words(item.facts.kind), level_words(item.facts.level), minutes(item.body.seconds))
        }
        None => (String::new(), String::new(), String::new()),
    };
    let error = sheet.errors.at(field).map(|text| view! { <span class="error">{text}</span> });
    let take_out = t!("assessment-take-out", item = words.clone());
    view! {
        <tr id=crate::components::field_id(field)>
            <td>{place} <input type="hidden" name=field.to_owned() value=code.to_string()/></td>
            <th scope="row">
                <span class="what"><a href=format!("/items/{code}")>{words}</a></span>
                <span class="where">{code.to_string()} " " {source_tag(sheet.bank, code)}</span>
                {error}
            </th>
            <td class="wide soft">{kind}</td>
            <td class="wide soft">{level}</td>
            <td class="num">{time}</td>
            <td class="ops">{op(Icon::Cross, take_out, format!("{field}.remove"))}</td>
        </tr>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_one_number_or_a_range() {
        assert_eq!((places(3, 1), places(3, 3)), ("3".to_owned(), "3–5".to_owned()));
        assert_eq!(places(3, 0), "–");
    }
}
