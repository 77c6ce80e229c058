//! The table of the catalog, and the tray of what is chosen in it.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::skill_search::Asked;
use crate::catalog;
use crate::components::{Button, field_id, scroll};
use crate::domain::bank::Bank;
use crate::domain::interaction::Kind;
use crate::domain::skill::{Area, Level, Skill};
use crate::pages::assessment::{kind_words, level_words};
use crate::t;

/// Below this many items a draw gets known too fast.
const THIN: u32 = 4;

/// What the table is drawn from.
#[derive(Clone, Copy)]
pub struct Sheet<'a> {
    /// The items.
    pub bank: &'a Bank,
    /// What the address asks for.
    pub asked: &'a Asked,
    /// May this person choose?
    pub may_build: bool,
}

/// One skill with its items.
pub struct Line {
    skill: &'static Skill,
    counts: BTreeMap<(Level, Kind), u32>,
    /// All of its items that are meant.
    pub total: u32,
}

/// The skills that the filter finds, by area.
pub type Found = Vec<(&'static Area, Vec<Line>)>;

impl Sheet<'_> {
    /// What the filter finds.
    pub fn found(self) -> Found {
        let lines = |area: &'static Area| -> Vec<Line> {
            let wanted = area.skills.iter().filter(|it| self.asked.wants(area.slug.as_str(), it));
            let lines = wanted.map(|skill| {
                let counts = self.asked.counts(self.bank, skill);
                let total = counts.values().sum();
                Line { skill, counts, total }
            });
            lines.filter(|line| line.total > 0 || !self.asked.is_about_items()).collect()
        };
        let areas = catalog::areas().iter().map(|area| (area, lines(area)));
        areas.filter(|(_, lines)| !lines.is_empty()).collect()
    }

    /// The table.
    pub fn table(self, found: Found) -> AnyView {
        let levels = self.asked.levels();
        let columns = levels.len() + 3 + usize::from(self.may_build);
        let heads = levels
            .iter()
            .map(|level| view! { <th scope="col" class="num">{level_words(*level)}</th> })
            .collect_view();
        let groups = found.into_iter().map(|(area, lines)| {
            let lines = lines.into_iter().map(|line| self.row(&line, &levels)).collect_view();
            view! {
                <tbody>
                    <tr class="area">
                        <th scope="rowgroup" colspan=columns><b>{area.name.clone()}</b> " " {area.summary.clone()}</th>
                    </tr>
                    {lines}
                </tbody>
            }
        });
        let table = view! {
            <table class="grid skills">
                <caption class="unseen">{t!("catalog-caption")}</caption>
                <thead>
                    <tr>
                        {self.may_build.then(|| view! {
                            <th class="pick"><span class="unseen">{t!("catalog-choose")}</span></th>
                        })}
                        <th scope="col">{t!("catalog-skill")}</th>
                        {heads}
                        <th scope="col" class="num">{t!("catalog-items")}</th>
                        <th scope="col" class="wide">{t!("catalog-kinds")}</th>
                    </tr>
                </thead>
                {groups.collect_view()}
            </table>
        };
        view! {
            <p class="small soft" id=field_id("skill")>
                <span class="thin" aria-hidden="true">{THIN - 1}</span> " " {t!("catalog-thin-means", count = THIN)}
            </p>
            {scroll(t!("catalog-table"), table)}
        }
        .into_any()
    }

    fn row(self, line: &Line, levels: &[Level]) -> AnyView {
        let cells = levels.iter().map(|level| {
            let counts = line.counts.iter().filter(|((at, _), _)| at == level);
            cell(counts.map(|(_, count)| *count).sum())
        });
        let kinds = Kind::ALL.iter().filter(|kind| line.counts.keys().any(|(_, one)| one == *kind));
        let kinds = kinds.map(|kind| kind_words(*kind)).collect::<Vec<_>>().join(", ");
        let (slug, name) = (&line.skill.slug, &line.skill.name);
        let pick = self.may_build.then(|| {
            let label = t!("catalog-choose-one", skill = name.clone());
            // Of a skill without items nothing can be drawn.
            let is_empty = self.bank.counts(slug).is_empty();
            view! {
                <td class="pick">
                    <label class="hit">
                        <input type="checkbox" name="skill" value=slug.to_string() aria-label=label
                            checked=self.asked.has(slug) disabled=is_empty/>
                    </label>
                </td>
            }
        });
        view! {
            <tr>
                {pick}
                <th scope="row"><a class="rowlink" href=format!("/catalog/{slug}")>{name.clone()}</a></th>
                {cells.collect_view()}
                <td class="num"><a class="rowlink" href=format!("/items?skill={slug}")><b>{line.total}</b></a></td>
                <td class="wide soft">{kinds}</td>
            </tr>
        }
        .into_any()
    }
}

fn cell(count: u32) -> AnyView {
    match count {
        0 => view! { <td class="num none">"0"</td> }.into_any(),
        count if count < THIN => view! {
            <td class="num">
                <span class="thin">{count}<span class="unseen">" " {t!("catalog-thin")}</span></span>
            </td>
        }
        .into_any(),
        count => view! { <td class="num">{count}</td> }.into_any(),
    }
}

/// What is chosen, at the foot of the window. The browser counts, so that no script is needed; skills
/// that the filter hides stand here, so that they are neither lost nor forgotten.
pub fn tray(asked: &Asked, found: &Found) -> AnyView {
    let is_shown = |skill: &Skill| {
        found.iter().flat_map(|(_, lines)| lines).any(|line| line.skill.slug == skill.slug)
    };
    let hidden: Vec<AnyView> = asked
        .chosen()
        .filter_map(catalog::skill)
        .filter(|skill| !is_shown(skill))
        .map(|skill| {
            view! {
                <label class="tick">
                    <input type="checkbox" name="skill" value=skill.slug.to_string() checked=true/>
                    {skill.name.clone()}
                </label>
            }
            .into_any()
        })
        .collect();
    let hidden = (!hidden.is_empty()).then(|| {
        view! {
            <fieldset class="row row-tight">
                <legend>{t!("catalog-chosen-hidden")}</legend>
                {hidden}
            </fieldset>
        }
    });
    view! {
        <div class="tray">
            <div class="wrap">
                // Counting goes from top to bottom, so the sum comes last here and first on the screen.
                {hidden}
                <p class="sum">{t!("catalog-chosen")} " " <b class="count-here"></b></p>
                <span class="push"></span>
                {Button::plain(t!("catalog-choose-none")).to(asked.only_filter())}
                {Button::main(t!("catalog-start")).posts_to("/catalog")}
            </div>
        </div>
    }
    .into_any()
}
