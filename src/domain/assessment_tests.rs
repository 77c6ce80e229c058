use super::*;
use crate::domain::assessment::LevelMix;
use crate::domain::interaction::Kind;
use crate::domain::item::Status;
use crate::domain::item::tests::plain;
use crate::domain::time::Seconds;

fn bank() -> Bank {
    let mut items = Vec::new();
    for (at, level) in Level::ALL.into_iter().enumerate() {
        for nr in 0..(3 - at) {
            items.push(plain(&format!("db-{at}{nr}-x"), "db.sql", level));
        }
    }
    items.push(plain("api-1-x", "api.rest", Level::Mid));
    let mut draft = plain("db-90-x", "db.sql", Level::Senior);
    draft.facts.status = Status::Draft;
    items.push(draft);
    Bank::new(items).expect("a bank")
}

fn draw(skill: &str, levels: LevelMix, count: u32) -> Draw {
    let skills = vec![skill.parse().expect("a skill")];
    Draw { skills, kinds: vec![Kind::SingleChoice], levels, count, ..Draw::default() }
}

fn good() -> Draft {
    let one = Section {
        name: "Data".to_owned(),
        picks: vec!["api-1-x".parse().expect("a code")],
        draws: vec![draw("db.sql", LevelMix::new(1, 1, 0), 2)],
        weight: 2,
        ..Section::default()
    };
    Draft { title: "Screen".to_owned(), sections: vec![one], ..Draft::default() }
}

fn found(draft: &Draft) -> Vec<(String, &'static str)> {
    draft.check(&bank()).into_iter().map(|problem| (problem.field, problem.code)).collect()
}

fn with(change: impl FnOnce(&mut Draft)) -> Vec<(String, &'static str)> {
    let mut draft = good();
    change(&mut draft);
    found(&draft)
}

fn at(field: &str, code: &'static str) -> Vec<(String, &'static str)> {
    vec![(field.to_owned(), code)]
}

#[test]
fn a_good_draft_has_nothing_to_mend() {
    assert_eq!(found(&good()), vec![]);
}

#[test]
fn every_bad_plan_is_named_at_its_field() {
    assert_eq!(with(|d| d.title = " ".to_owned()), at("title", "title-empty"));
    assert_eq!(with(|d| d.title = "x".repeat(201)), at("title", "title-long"));
    assert_eq!(with(|d| d.limit_minutes = 0), at("limit_minutes", "limit-zero"));
    assert_eq!(with(|d| d.limit_minutes = 1_441), at("limit_minutes", "limit-long"));
    assert_eq!(with(|d| d.cut_percent = Some(101)), at("cut_percent", "cut-range"));
    assert_eq!(with(|d| d.grace_seconds = 61), at("grace_seconds", "grace-range"));
    assert_eq!(with(|d| d.retention_days = 0)[0], at("retention_days", "retention-range")[0]);
    assert_eq!(with(|d| d.retention_days = 7), at("retention_days", "retention-short"));
    assert_eq!(with(|d| d.sections.clear()), at("sections", "section-none"));
    assert_eq!(with(|d| d.texts.rules = "x".repeat(5_001)), at("texts.rules", "text-long"));
    assert_eq!(with(|d| d.sections[0].name.clear()), at("section.1.name", "section-name-empty"));
    assert_eq!(with(|d| d.sections[0].weight = 0), at("section.1.weight", "weight-range"));
    assert_eq!(
        with(|d| d.sections[0].limit_minutes = Some(0)),
        at("section.1.limit_minutes", "limit-zero")
    );
    assert_eq!(
        with(|d| d.sections.push(Section { name: "B".to_owned(), ..Section::default() })),
        at("section.2.items", "section-empty")
    );
    assert_eq!(
        with(|d| d.sections[0].draws[0].count = 0),
        at("section.1.draw.1.count", "count-zero")
    );
    assert_eq!(
        with(|d| d.sections[0].draws[0].skills.clear()),
        at("section.1.draw.1.skills", "draw-no-skill")
    );
    assert_eq!(with(|d| d.sections[0].draws[0].count = 999)[0], at("sections", "items-many")[0]);
}

#[test]
fn picks_must_exist_be_ready_and_stand_alone() {
    let pick = |code: &str| code.parse().expect("a code");
    assert_eq!(
        with(|d| d.sections[0].picks.push(pick("no-1-x"))),
        at("section.1.pick.2", "item-unknown")
    );
    assert_eq!(
        with(|d| d.sections[0].picks.push(pick("db-90-x"))),
        at("section.1.pick.2", "item-not-ready")
    );
    assert_eq!(
        with(|d| d.sections[0].picks.push(pick("api-1-x"))),
        at("section.1.pick.2", "item-twice")
    );
    assert_eq!(
        with(|d| d.sections.push(Section {
            name: "B".to_owned(),
            picks: vec![pick("api-1-x")],
            ..Section::default()
        })),
        at("section.2.pick.1", "item-twice")
    );
}

#[test]
fn cells_without_items_enough_are_named_with_what_there_is() {
    let cell = |levels, count| with(|d| d.sections[0].draws[0] = draw("db.sql", levels, count));
    assert_eq!(
        cell(LevelMix::new(0, 0, 1), 2),
        at("section.1.draw.1.levels", "cell-short"),
        "one senior item is ready"
    );
    assert_eq!(cell(LevelMix::ANY, 7), at("section.1.draw.1.count", "draw-short"));
    assert_eq!(
        with(|d| d.sections[0].draws[0] = draw("db.nosql", LevelMix::ANY, 1)),
        at("section.1.draw.1.count", "draw-empty")
    );
    // The only item of the skill is picked already.
    assert_eq!(
        with(|d| d.sections[0].draws[0] = draw("api.rest", LevelMix::new(0, 1, 0), 1)),
        at("section.1.draw.1.levels", "cell-empty")
    );
    let problem = &{
        let mut d = good();
        d.sections[0].draws[0] = draw("db.sql", LevelMix::new(0, 0, 1), 2);
        d.check(&bank())
    }[0];
    assert_eq!(
        problem.args,
        [("level", "senior".to_owned()), ("count", "2".to_owned()), ("available", "1".to_owned())]
    );
}

#[test]
fn draws_that_need_the_same_items_are_refused_together() {
    assert_eq!(
        with(|d| d.sections[0].draws =
            vec![draw("db.sql", LevelMix::ANY, 4), draw("db.sql", LevelMix::ANY, 3)]),
        at("section.1.draw.2.count", "draws-share")
    );
}

#[test]
fn publishing_takes_every_item_that_a_paper_can_hold_and_no_other() {
    let bank = bank();
    let (spec, items) = good().publish(&bank).expect("published");
    let codes: Vec<&str> = items.iter().map(|item| item.facts.code.as_str()).collect();
    assert_eq!(
        codes,
        ["api-1-x", "db-00-x", "db-01-x", "db-02-x", "db-10-x", "db-11-x"],
        "no senior item, no draft"
    );
    assert_eq!(spec.counts[0][0].levels, [1, 1, 0]);
    let json = serde_json::to_string(&spec).expect("json");
    assert_eq!(serde_json::from_str::<Spec>(&json).expect("json"), spec);
}

#[test]
fn the_welcome_page_learns_nothing_but_the_frame() {
    let bank = bank();
    let mut draft = good();
    draft.cut_percent = Some(77);
    let (spec, items) = draft.publish(&bank).expect("published");
    let pool: Vec<PoolItem<'_>> = items.into_iter().map(PoolItem::from).collect();
    let welcome = spec.welcome(&pool);
    assert_eq!((welcome.items, welcome.sections[0].expected), (3, Seconds::new(270)));
    let json = serde_json::to_string(&welcome).expect("json");
    for hidden in ["77", "db.sql", "api-1-x", "weight"] {
        assert!(!json.contains(hidden), "{hidden} in {json}");
    }
}

#[test]
fn totals_add_up() {
    let totals = good().totals(&bank());
    assert_eq!((totals.items, totals.points, totals.expected), (3, 6, Seconds::new(270)));
    let skill = |name: &str| totals.skills[&name.parse().expect("a skill")];
    assert_eq!((skill("db.sql").items_hundredths, skill("db.sql").share), (200, 6_667));
    assert_eq!((skill("api.rest").items_hundredths, skill("api.rest").share), (100, 3_333));
    assert_eq!(totals.areas.len(), 2);
    // Stem and question are six words, the options six more.
    assert_eq!(totals.words, 3 * 12);
    let thin: Vec<(&str, &str)> =
        totals.warnings.iter().map(|w| (w.field.as_str(), w.code)).collect();
    assert_eq!(thin, [("section.1.draw.1", "cell-thin"), ("section.1.draw.1", "cell-thin")]);
    assert_eq!(totals.warnings[0].args[3], ("percent", "33".to_owned()));
}

#[test]
fn a_clock_shorter_than_the_items_is_told() {
    let mut draft = good();
    draft.limit_minutes = 4;
    let warnings = draft.totals(&bank()).warnings;
    assert!(
        warnings.iter().any(|w| w.code == "limit-tight" && w.args == [("minutes", "5".to_owned())])
    );
}

#[test]
fn a_draft_survives_new_fields_and_missing_ones() {
    let json = serde_json::to_string(&good()).expect("json");
    assert_eq!(serde_json::from_str::<Draft>(&json).expect("json"), good());
    let old: Draft = serde_json::from_str(r#"{"v":1,"title":"Old"}"#).expect("json");
    assert_eq!((old.grace_seconds, old.open_days), (10, 14));
}

#[test]
fn a_draft_is_cleaned_before_it_is_stored() {
    let texts = Texts { rules: "one\0\ntwo".into(), ..Texts::default() };
    let section = Section { name: " a\0\r\nb ".into(), ..Section::default() };
    let draft = Draft { title: "a\0b".into(), texts, sections: vec![section], ..Draft::default() };
    let draft = draft.cleaned();
    assert_eq!(draft.title, "a\u{FFFD}b");
    assert_eq!(draft.texts.rules, "one\u{FFFD}\ntwo");
    assert_eq!(draft.sections[0].name, "a\u{FFFD} b");
}
