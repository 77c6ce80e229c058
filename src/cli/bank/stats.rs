//! `touchstone bank stats`: how much there is, how often it is seen, and habits of its authors.

use std::collections::BTreeMap;
use std::process::ExitCode;

use serde_json::{Value, json};

use super::Format;
use crate::catalog::{bank, blueprints, skills};
use crate::cli::say;
use crate::domain::blueprint::Blueprint;
use crate::domain::exposure::{Cell, Overlap, cells, overlap};
use crate::domain::id::ItemCode;
use crate::domain::interaction::Kind;
use crate::domain::item::Item;
use crate::domain::lint::{Balance, Habits, Reading, habits, reading};
use crate::domain::similarity::look_alikes;
use crate::domain::skill::Level;
use crate::t;

/// How it is told.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// How it is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Papers that are drawn of every blueprint to measure what two of them share
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(2..=10_000))]
    draws: u32,
    /// From which similarity on two items are listed, in per cent of their trigrams
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u8).range(30..=99))]
    alike: u8,
}

/// Counts and tells.
pub fn run(options: &Options) -> ExitCode {
    let habits = habits(bank().items());
    let load = reading(bank().items());
    let alike = look_alikes(bank().items(), 100 * u32::from(options.alike));
    match options.format {
        Format::Text => {
            tell_counts();
            for one in blueprints() {
                tell_blueprint(one, options.draws);
            }
            tell_habits(&habits);
            tell_reading(&load);
            tell_alike(&alike);
        }
        Format::Json => say(json!({
            "items": bank().len(),
            "kinds": by_kind(),
            "levels": by_level(),
            "skills": skills().map(|skill| json!({ "skill": skill.slug, "counts": counts(&skill.slug) }))
                .collect::<Vec<_>>(),
            "blueprints": blueprints().iter().map(|one| blueprint(one, options.draws)).collect::<Vec<_>>(),
            "keys": habits_document(&habits),
            "reading": load.iter().map(reading_document).collect::<Vec<_>>(),
            "alike": alike.iter().map(|(one, two, share)| json!({
                "items": [one, two], "percent": share / 100, "enemies": are_enemies(one, two),
            })).collect::<Vec<_>>(),
        })
        .to_string()),
    }
    ExitCode::SUCCESS
}

fn drawable() -> impl Iterator<Item = &'static Item> {
    bank().items().filter(|item| item.facts.status.can_be_drawn())
}

fn by_kind() -> BTreeMap<&'static str, u32> {
    let mut sums = BTreeMap::new();
    drawable().for_each(|item| *sums.entry(item.facts.kind.as_str()).or_default() += 1);
    sums
}

fn by_level() -> BTreeMap<&'static str, u32> {
    let mut sums = BTreeMap::new();
    drawable().for_each(|item| *sums.entry(item.facts.level.as_str()).or_default() += 1);
    sums
}

fn counts(skill: &crate::domain::id::SkillSlug) -> BTreeMap<String, u32> {
    let counts = bank().counts(skill);
    counts.into_iter().map(|((level, kind), n)| (format!("{level} {kind}"), n)).collect()
}

/// Thousandths as per cent with one decimal.
fn percent(thousandths: u32) -> String {
    format!("{}.{} %", thousandths / 10, thousandths % 10)
}

fn share(part: u32, whole: u32) -> String {
    percent((part * 1_000).checked_div(whole).unwrap_or(0))
}

fn tell_counts() {
    say(t!("bank-stats-items", count = bank().len()));
    for (name, count) in by_kind().into_iter().chain(by_level()) {
        say(format!("  {name:<20} {count:>4}"));
    }
    say(t!("bank-stats-skills"));
    for skill in skills() {
        let counts = bank().counts(&skill.slug);
        let level = |level: Level| -> u32 {
            counts.iter().filter(|((at, _), _)| *at == level).map(|(_, n)| *n).sum()
        };
        let levels = Level::ALL.map(|one| format!("{:>3}", level(one))).join(" /");
        let kinds: Vec<String> = Kind::ALL
            .iter()
            .map(|kind| {
                (kind, counts.iter().filter(|((_, k), _)| k == kind).map(|(_, n)| n).sum::<u32>())
            })
            .filter(|(_, n)| *n > 0)
            .map(|(kind, n)| format!("{n} {kind}"))
            .collect();
        let sum: u32 = counts.values().sum();
        say(format!("  {:<34} {sum:>3}  {levels}   {}", skill.slug.as_str(), kinds.join(", ")));
    }
}

/// The kinds of a cell in one word.
fn cell_kind(cell: &Cell<'_>) -> String {
    if cell.draw.reads_code {
        return "code_reading".to_owned();
    }
    cell.draw.kinds.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join("+")
}

fn tell_blueprint(blueprint: &Blueprint, draws: u32) {
    let (draft, _) = blueprint.draft(bank());
    let cells = cells(&draft, bank());
    let thin = cells.iter().filter(|cell| cell.is_thin()).count();
    say(t!(
        "bank-stats-blueprint",
        name = blueprint.slug.to_string(),
        items = draft.items(),
        cells = cells.len(),
        thin = thin
    ));
    for cell in &cells {
        let mark = if cell.is_thin() { t!("bank-stats-thin") } else { String::new() };
        say(format!(
            "  {:<44} {:<7} {:<24} n {:>3}  k {:>2}  {:>7}  {:>2}.{:02}  {mark}",
            cell.name,
            cell.level.map_or("any", Level::as_str),
            cell_kind(cell),
            cell.available,
            cell.taken,
            percent(cell.exposure()),
            cell.shared() / 100,
            cell.shared() % 100
        ));
    }
    say(match overlap(&draft, bank(), draws) {
        None => t!("bank-stats-short"),
        Some(found) => t!(
            "bank-stats-overlap",
            papers = found.papers,
            mean = format!("{:.2}", found.mean),
            share = format!("{:.1}", 100.0 * found.mean / f64::from(found.items.max(1))),
            most = found.most,
            difficulty = format!("{:.3}", found.difficulty),
            hardest = format!("{:.3}", found.hardest),
            easiest = format!("{:.3}", found.easiest)
        ),
    });
}

fn blueprint(blueprint: &Blueprint, draws: u32) -> Value {
    let (draft, _) = blueprint.draft(bank());
    let cells = cells(&draft, bank());
    let cell = |cell: &Cell<'_>| {
        json!({
            "section": cell.name,
            "level": cell.level.map(Level::as_str),
            "kind": cell_kind(cell),
            "skills": cell.draw.skills,
            "n": cell.available,
            "k": cell.taken,
            "exposure": f64::from(cell.exposure()) / 1_000.0,
            "shared": f64::from(cell.shared()) / 100.0,
            "is_thin": cell.is_thin(),
        })
    };
    let measured = |found: Overlap| {
        json!({
            "papers": found.papers, "items": found.items, "shared_mean": found.mean,
            "shared_most": found.most, "difficulty": found.difficulty,
            "hardest": found.hardest, "easiest": found.easiest,
        })
    };
    json!({
        "blueprint": blueprint.slug,
        "is_sample": cells.iter().any(Cell::is_thin),
        "cells": cells.iter().map(cell).collect::<Vec<_>>(),
        "measured": overlap(&draft, bank(), draws).map(measured),
    })
}

fn tell_habits(habits: &Habits) {
    say(t!("bank-stats-keys"));
    for (count, places) in &habits.positions {
        let all: u32 = places.iter().sum();
        let shown: Vec<String> =
            places.iter().map(|n| format!("{n} ({})", share(*n, all))).collect();
        say(t!("bank-stats-positions", options = *count, counts = shown.join(", ")));
    }
    let balance = |name: String, balance: &Balance| {
        say(t!(
            "bank-stats-balance",
            name = name,
            seen = balance.seen,
            of = balance.of,
            share = share(balance.seen, balance.of),
            expected = format!("{:.0}", balance.expected)
        ));
    };
    balance(t!("bank-stats-longest"), &habits.longest);
    balance(t!("bank-stats-shortest"), &habits.shortest);
    balance(t!("bank-stats-common"), &habits.convergent);
    say(t!(
        "bank-stats-length",
        low = habits.length_ratio(5),
        median = habits.length_ratio(50),
        high = habits.length_ratio(95)
    ));
}

fn habits_document(habits: &Habits) -> Value {
    let balance =
        |one: &Balance| json!({ "seen": one.seen, "of": one.of, "expected": one.expected });
    json!({
        "positions": habits.positions,
        "longest": balance(&habits.longest),
        "shortest": balance(&habits.shortest),
        "most_in_common": balance(&habits.convergent),
        "length_percent": {
            "p5": habits.length_ratio(5), "median": habits.length_ratio(50), "p95": habits.length_ratio(95),
        },
    })
}

fn tell_reading(load: &[Reading]) {
    say(t!("bank-stats-reading"));
    for one in load {
        say(t!(
            "bank-stats-reading-line",
            kind = one.kind.as_str(),
            items = one.items,
            words = one.words.0,
            most = one.words.1,
            grade = format!("{}.{}", one.grade.0 / 100, one.grade.0.rem_euclid(100) / 10),
            hardest = format!("{}.{}", one.grade.1 / 100, one.grade.1.rem_euclid(100) / 10),
            time = one.time.0,
            longest = one.time.1
        ));
    }
}

fn reading_document(one: &Reading) -> Value {
    json!({
        "kind": one.kind, "items": one.items,
        "words": { "median": one.words.0, "most": one.words.1 },
        "grade_hundredths": { "median": one.grade.0, "most": one.grade.1 },
        "reading_percent_of_time": { "median": one.time.0, "most": one.time.1 },
    })
}

fn are_enemies(one: &ItemCode, two: &ItemCode) -> bool {
    let names = |a: &ItemCode, b: &ItemCode| {
        bank().item(a).is_some_and(|item| item.facts.enemies.contains(b))
    };
    names(one, two) || names(two, one)
}

fn tell_alike(alike: &[(&ItemCode, &ItemCode, u32)]) {
    say(t!("bank-stats-alike", count = alike.len()));
    for (one, two, share) in alike {
        let mark = if are_enemies(one, two) { t!("bank-stats-enemies") } else { String::new() };
        say(format!("  {} %  {one}  {two}  {mark}", share / 100));
    }
}
