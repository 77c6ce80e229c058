//! The middle of the builder: sections with fixed items and draws.

use leptos::prelude::*;

use super::form::{CODE_READING, SITUATIONAL, Typed, kind_choice};
use super::{kind_words, level_words, minutes};
use crate::catalog;
use crate::components::{Button, Draw as _, Errors, Field, Icon, tick};
use crate::domain::assessment::{Draft, Draw, Navigation, Section};
use crate::domain::id::SkillSlug;
use crate::domain::interaction::Kind;
use crate::domain::skill::Level;
use crate::domain::totals::Totals;
use crate::service::assessment::bank;
use crate::t;

fn skill_name(slug: &SkillSlug) -> String {
    catalog::skill(slug).map_or_else(|| slug.to_string(), |skill| skill.name.clone())
}

fn skill_options(but: &[SkillSlug]) -> Vec<(String, String)> {
    let first = (String::new(), t!("assessment-choose-skill"));
    let skills = catalog::areas().iter().flat_map(|area| {
        area.skills.iter().map(move |skill| (skill, format!("{}: {}", area.name, skill.name)))
    });
    let rest = skills
        .filter(|(skill, _)| !but.contains(&skill.slug))
        .map(|(skill, words)| (skill.slug.to_string(), words));
    std::iter::once(first).chain(rest).collect()
}

/// The left column's way to another skill.
pub fn add_skill() -> AnyView {
    view! {
        <section class="stack-2">
            <h2>{t!("assessment-add-skill")}</h2>
            {Field::new("new_skill", t!("assessment-skill")).select(skill_options(&[]))}
            {Button::new(t!("assessment-add-skill-do")).icon(Icon::Plus).small().named("act", "skill.add").draw()}
        </section>
    }
    .into_any()
}

/// All sections.
pub fn sections(draft: &Draft, typed: &Typed, totals: &Totals, errors: &Errors) -> AnyView {
    let count = draft.sections.len();
    draft
        .sections
        .iter()
        .enumerate()
        .map(|(at, section)| one_section(at + 1, count, section, typed, totals, errors))
        .collect_view()
        .into_any()
}

fn one_section(
    at: usize,
    count: usize,
    section: &Section,
    typed: &Typed,
    totals: &Totals,
    errors: &Errors,
) -> AnyView {
    let field = format!("section.{at}");
    let name = |part: &str| format!("{field}.{part}");
    let title = if section.name.is_empty() {
        t!("assessment-section-unnamed")
    } else {
        section.name.clone()
    };
    let meta = totals.sections.get(at - 1).map(|sum| {
        t!("assessment-section-meta", items = sum.items, minutes = minutes(sum.expected))
    });
    let op = |icon: Icon, words: String, act: &str| {
        Button::only_icon(words, icon).small().named("act", name(act)).draw()
    };
    let picks = section.picks.iter().enumerate().map(|(nr, code)| {
        let item = bank().item(code);
        let words = item.map_or_else(|| code.to_string(), |item| item.facts.title());
        let (kind, level, time) = match item {
            Some(item) => (
                kind_words(item.facts.kind),
                level_words(item.facts.level),
                minutes(item.body.seconds),
            ),
            None => (String::new(), String::new(), String::new()),
        };
        let pick = name(&format!("pick.{}", nr + 1));
        let error = errors.at(&pick).map(|text| view! { <span class="error">{text}</span> });
        view! {
            <tr>
                <td>
                    {nr + 1}
                    <input type="hidden" name=pick.clone() value=code.to_string()/>
                </td>
                <th scope="row">
                    <span class="what"><a href=format!("/items/{code}")>{words}</a></span>
                    <span class="where">{code.to_string()}</span>
                    {error}
                </th>
                <td class="wide soft">{kind}</td>
                <td class="wide soft">{level}</td>
                <td class="num">{time}</td>
                <td class="ops">{op(Icon::Cross, t!("assessment-take-out"), &format!("pick.{}.remove", nr + 1))}</td>
            </tr>
        }
    });
    let picks = (!section.picks.is_empty()).then(|| {
        view! {
            <table class="paper-table">
                <caption class="unseen">{t!("assessment-picks", section = title.clone())}</caption>
                <colgroup>
                    <col class="c-pos"/><col/><col class="c-kind"/><col class="c-level"/>
                    <col class="c-min"/><col class="c-ops"/>
                </colgroup>
                <tbody>{picks.collect_view()}</tbody>
            </table>
        }
    });
    let draws = section
        .draws
        .iter()
        .enumerate()
        .map(|(nr, draw)| one_draw(&name(&format!("draw.{}", nr + 1)), draw, typed, errors))
        .collect_view();
    let navigation = [
        (Navigation::Free.as_str().to_owned(), t!("assessment-return-allowed")),
        (Navigation::Linear.as_str().to_owned(), t!("assessment-no-return")),
    ];
    let limit = section.limit_minutes.map_or_else(String::new, |limit| limit.to_string());
    view! {
        <section class="sect stack-2" id=format!("section-{at}") aria-labelledby=format!("sec-{at}")>
            <input type="hidden" name=field.clone() value="1"/>
            <div class="sect-head">
                <h3 id=format!("sec-{at}")>{format!("{at}. {title}")}</h3>
                <span class="meta">{meta}</span>
                {(at > 1).then(|| op(Icon::Up, t!("assessment-move-up"), "up"))}
                {(at < count).then(|| op(Icon::Down, t!("assessment-move-down"), "down"))}
                {op(Icon::Cross, t!("assessment-remove-section"), "remove")}
            </div>
            {errors.at(&name("items")).map(|text| view! { <p class="error">{text}</p> })}
            <div class="meta-row">
                {Field::new(name("name"), t!("assessment-section-name"))
                    .value(typed.or(&name("name"), &section.name)).max_length(200).errors(errors)}
                {Field::new(name("navigation"), t!("assessment-navigation")).select(navigation)
                    .value(section.navigation.as_str())}
                {Field::new(name("limit_minutes"), t!("assessment-own-clock")).number()
                    .value(typed.or(&name("limit_minutes"), limit)).errors(errors)}
                {Field::new(name("weight"), t!("assessment-weight")).number()
                    .value(typed.or(&name("weight"), section.weight)).errors(errors)}
            </div>
            <div class="row">
                {tick(name("shuffle_items"), "1", t!("assessment-shuffle-items"), section.shuffle_items)}
                {tick(name("shuffle_options"), "1", t!("assessment-shuffle-options"), section.shuffle_options)}
            </div>
            {picks}
            {draws}
            <div class="row">
                {Button::new(t!("assessment-add-draw")).small().named("act", name("draw.add")).draw()}
                {Field::new(name("new_pick"), t!("assessment-item-code")).placeholder("db-0001-tenant-index")
                    .class("input-mid").exact()}
                {Button::new(t!("assessment-add-item")).small().named("act", name("pick")).draw()}
            </div>
        </section>
    }
    .into_any()
}

fn one_draw(field: &str, draw: &Draw, typed: &Typed, errors: &Errors) -> AnyView {
    let name = |part: &str| format!("{field}.{part}");
    let available = bank().matching(draw, None).count();
    let chosen = draw.skills.iter().map(|skill| {
        let words = skill_name(skill);
        let without = t!("assessment-without-skill", skill = words.clone());
        view! {
            <li class="row row-tight">
                <input type="hidden" name=name("skill") value=skill.to_string()/>
                <span class="tag tag-on">{words}</span>
                {Button::only_icon(without, Icon::Cross).small()
                    .named("act", format!("{field}.without.{skill}")).draw()}
            </li>
        }
    });
    let kinds = std::iter::once(("any".to_owned(), t!("assessment-any-kind")))
        .chain(Kind::ALL.iter().map(|kind| (kind.as_str().to_owned(), kind_words(*kind))))
        .chain([
            (CODE_READING.to_owned(), t!("assessment-kind-code-reading")),
            (SITUATIONAL.to_owned(), t!("assessment-kind-situational")),
        ]);
    let shares = Level::ALL.into_iter().map(|level| {
        let part = name(level.as_str());
        let share = draw.levels.shares()[level.index()];
        Field::new(part.clone(), level_words(level)).number().value(typed.or(&part, share)).draw()
    });
    let skill_error = errors.at(&name("skills")).map(|text| view! { <p class="error">{text}</p> });
    let level_error = errors.at(&name("levels")).map(|text| view! { <p class="error">{text}</p> });
    view! {
        <div class="pool stack-2" id=crate::components::field_id(field)>
            <input type="hidden" name=field.to_owned() value="1"/>
            <p class="small">
                <b>{t!("assessment-drawn", count = draw.count, available = available)}</b>
            </p>
            {skill_error}
            <ul class="row plain" aria-label=t!("assessment-skills")>{chosen.collect_view()}</ul>
            {level_error}
            <div class="meta-row">
                {Field::new(name("count"), t!("assessment-how-many")).number()
                    .value(typed.or(&name("count"), draw.count)).errors(errors)}
                {Field::new(name("kind"), t!("assessment-kind")).select(kinds).value(kind_choice(draw))}
                {shares.collect_view()}
            </div>
            <div class="row">
                {Field::new(name("new_skill"), t!("assessment-skill")).select(skill_options(&draw.skills))}
                {Button::new(t!("assessment-add-skill-do")).small().named("act", name("skill")).draw()}
                {Button::plain(t!("assessment-remove-draw")).small().named("act", name("remove")).draw()}
            </div>
        </div>
    }
    .into_any()
}
