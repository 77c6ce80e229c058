//! A draw of the builder: what each candidate gets from it, and its fields below.

use leptos::prelude::*;

use super::form::{CODE_READING, SITUATIONAL, kind_choice};
use super::paper::{Sheet, op, skill_name, skill_options};
use super::{kind_words, level_words, minutes};
use crate::components::{Button, Draw as _, Field, Icon, field_id};
use crate::domain::assessment::Draw;
use crate::domain::interaction::Kind;
use crate::domain::skill::Level;
use crate::domain::totals::DrawTotals;
use crate::t;

/// Where a draw stands.
pub struct Line {
    /// Its field: `section.1.draw.2`.
    pub field: String,
    /// Its places in the paper.
    pub place: String,
    /// Nothing stands above it.
    pub is_first: bool,
    /// Nothing stands below it.
    pub is_last: bool,
    /// Its figures.
    pub figures: Option<DrawTotals>,
}

/// "3 of 14, drawn for each candidate".
pub fn drawn(figures: &DrawTotals) -> String {
    let count = figures.counts.levels.iter().sum::<u32>() + figures.counts.any;
    t!("assessment-drawn", count = count, available = figures.available, own = figures.own)
}

/// "2 mid, 1 senior".
pub fn levels(figures: &DrawTotals) -> String {
    let words = figures.counts.cells().map(|(level, count)| match level {
        Some(level) => format!("{count} {}", level_words(level)),
        None => t!("assessment-any-level"),
    });
    words.collect::<Vec<_>>().join(", ")
}

/// The kinds a draw may be narrowed to.
fn kinds() -> impl Iterator<Item = (String, String)> {
    std::iter::once(("any".to_owned(), t!("assessment-any-kind")))
        .chain(Kind::ALL.iter().map(|kind| (kind.as_str().to_owned(), kind_words(*kind))))
        .chain([
            (CODE_READING.to_owned(), t!("assessment-kind-code-reading")),
            (SITUATIONAL.to_owned(), t!("assessment-kind-situational")),
        ])
}

/// Two lines of the table: what is drawn, and the fields that say so.
pub fn rows(line: Line, draw: &Draw, sheet: Sheet<'_>) -> AnyView {
    let field = line.field;
    let id = field_id(&field);
    let choice = kind_choice(draw);
    let kind = kinds().find(|(value, _)| value == choice).map(|(_, words)| words);
    let place = line.place;
    let up = (!line.is_first).then(|| {
        op(Icon::Up, t!("assessment-draw-up", place = place.clone()), format!("{field}.up"))
    });
    let down = (!line.is_last).then(|| {
        op(Icon::Down, t!("assessment-draw-down", place = place.clone()), format!("{field}.down"))
    });
    let remove = op(
        Icon::Cross,
        t!("assessment-remove-draw", place = place.clone()),
        format!("{field}.remove"),
    );
    let thin = sheet.totals.warnings.iter().find(|warning| warning.field == field).map(|warning| {
        let share = warning.args.iter().find(|(name, _)| *name == "percent");
        let percent = share.map(|(_, percent)| percent.clone()).unwrap_or_default();
        view! { " " <span class="warn">{t!("assessment-thin", percent = percent)}</span> }
    });
    let skills = if draw.skills.is_empty() {
        t!("assessment-no-skill-yet")
    } else {
        draw.skills.iter().map(skill_name).collect::<Vec<_>>().join(", ")
    };
    let is_open = sheet.opens(&field) || draw.skills.is_empty();
    view! {
        <tr class="drawn" id=id.clone()>
            <td>
                <span id=format!("{id}-place")>{place.clone()}</span>
                <input type="hidden" name=field.clone() value="1"/>
            </td>
            <th scope="row">
                <span class="pool"><span class="what" id=format!("{id}-drawn")>
                    {line.figures.as_ref().map(drawn)}
                </span></span>
            </th>
            <td class="wide soft">{kind}</td>
            <td class="wide soft" id=format!("{id}-levels")>{line.figures.as_ref().map(levels)}</td>
            <td class="num" id=format!("{id}-minutes")>
                {line.figures.map(|figures| minutes(figures.expected))}
            </td>
            <td class="ops">{up} {down} {remove}</td>
        </tr>
        <tr class="more">
            <td></td>
            <td colspan="5">
                <details class="fold pool" open=is_open>
                    <summary><span class="where">{skills} {thin}</span></summary>
                    {fields(&field, draw, sheet)}
                </details>
            </td>
        </tr>
    }
    .into_any()
}

fn fields(field: &str, draw: &Draw, sheet: Sheet<'_>) -> AnyView {
    let name = |part: &str| format!("{field}.{part}");
    let (typed, errors) = (sheet.typed, sheet.errors);
    let chosen = draw.skills.iter().map(|skill| {
        let words = skill_name(skill);
        let without = t!("assessment-without-skill", skill = words.clone());
        view! {
            <li class="row row-tight">
                <input type="hidden" name=name("skill") value=skill.to_string()/>
                <span class="tag tag-on">{words}</span>
                {op(Icon::Cross, without, format!("{field}.without.{skill}"))}
            </li>
        }
    });
    let shares = Level::ALL.into_iter().map(|level| {
        let part = name(level.as_str());
        let share = draw.levels.shares()[level.index()];
        let label = t!("assessment-level-share", level = level_words(level));
        Field::new(part.clone(), label).number().value(typed.or(&part, share)).errors(errors).draw()
    });
    let told =
        |part: &str| errors.at(&name(part)).map(|text| view! { <p class="error">{text}</p> });
    view! {
        {errors.at(field).map(|text| view! { <p class="error">{text}</p> })}
        {told("skills")}
        <ul class="row bare" id=field_id(&name("skills")) aria-label=t!("assessment-skills")>{chosen.collect_view()}</ul>
        <div class="row">
            {Field::new(name("new_skill"), t!("assessment-another-skill")).select(skill_options(&draw.skills)).errors(errors)}
            {Button::new(t!("assessment-add-skill-do")).small().named("act", name("skill")).draw()}
        </div>
        {told("levels")}
        <div class="meta-row" id=field_id(&name("levels"))>
            {Field::new(name("count"), t!("assessment-how-many")).number()
                .value(typed.or(&name("count"), draw.count)).errors(errors)}
            {Field::new(name("kind"), t!("assessment-kind")).select(kinds()).value(kind_choice(draw))}
            {shares.collect_view()}
        </div>
    }
    .into_any()
}
