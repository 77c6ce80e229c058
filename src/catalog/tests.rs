use super::*;
use crate::domain::bank::PoolItem;
use crate::domain::interaction::Kind;
use crate::domain::paper;
use crate::domain::scoring::Credit;
use crate::domain::skill::Level;
use std::collections::BTreeSet;

const GOOD: &str = r#"
schema = 1
id = "db-0001-tenant-index"
rev = 1
status = "pilot"
type = "single_choice"
skill = "db.query-optimization"
level = "mid"
cognitive = "apply"
seeds = ["S0-2"]
tags = ["postgresql"]
p_expected = 0.55
seconds = 90
shuffle = true
stem = "A query is slow."
ask = "Which index helps?"
explanation = "It is so."

[[option]]
id = "a"
text = "One"
why = "No."

[[option]]
id = "b"
key = true
text = "Two"
why = "Yes."
"#;

const PATH: &str = "db.query-optimization/db-0001-tenant-index.toml";

fn refused(text: &str) -> (usize, String) {
    let bad = read_item(PATH, text).expect_err("a bad file");
    assert_eq!(bad.path, format!("items/{PATH}"));
    (bad.line, bad.message)
}

#[test]
fn every_shipped_item_is_sound() {
    match read_bank(ITEM_FILES) {
        Ok(bank) => assert_eq!(bank.len(), ITEM_FILES.len()),
        Err(all) => {
            panic!("{}", all.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
        }
    }
}

#[test]
fn the_best_response_to_every_shipped_item_earns_everything() {
    for item in bank().items() {
        let interaction = &item.body.interaction;
        let raw = interaction.write(&interaction.best(&item.key.interaction));
        assert_eq!(
            Credit::of(interaction.share(&item.key.interaction, &raw)).get(),
            10_000,
            "{}",
            item.facts.code
        );
    }
}

#[test]
fn every_shipped_item_survives_publishing() {
    for item in bank().items() {
        let body = item.body.stored().expect("json");
        assert_eq!(Item::from_stored(body, item.stored_key()).as_ref(), Ok(item));
    }
}

#[test]
fn the_catalog_is_complete() {
    assert_eq!((areas().len(), skills().count(), blueprints().len()), (10, 60, 11));
    let slugs: BTreeSet<&SkillSlug> = skills().map(|skill| &skill.slug).collect();
    assert_eq!(slugs.len(), 60, "every slug is there once");
    for skill in skills() {
        assert!(Level::ALL.iter().all(|level| skill.at(*level).len() >= 2), "{}", skill.slug);
        assert!(!skill.seeds.is_empty() && !skill.definition.is_empty());
    }
}

#[test]
fn every_demand_of_the_articles_leads_to_a_skill_or_says_why_not() {
    assert_eq!(demands().len(), 119);
    for topic in demands().iter().flat_map(|demand| &demand.topics) {
        match &topic.skill {
            Some(slug) => assert!(skill(slug).is_some() && topic.note.is_none(), "{topic:?}"),
            None => assert!(topic.note.is_some(), "{topic:?}"),
        }
    }
    let covered: BTreeSet<_> =
        demands().iter().flat_map(|d| &d.topics).filter_map(|t| t.skill.as_ref()).collect();
    let left: Vec<_> =
        skills().filter(|skill| !covered.contains(&skill.slug)).map(|skill| &skill.slug).collect();
    assert!(left.is_empty(), "no article asks for {left:?}");
}

#[test]
fn a_good_file_is_read() {
    let item = read_item(PATH, GOOD).expect("a good file");
    assert_eq!(
        (item.facts.kind, item.facts.title()),
        (Kind::SingleChoice, "Tenant index".to_owned())
    );
    assert_eq!(item.key.why["b"], "Yes.");
}

#[test]
fn every_mistake_is_named_with_its_line() {
    let with = |from: &str, to: &str| {
        assert!(GOOD.contains(from), "{from}");
        refused(&GOOD.replacen(from, to, 1))
    };
    let (line, message) = with("seconds = 90", "seconds = 90\nsecond = 1");
    assert_eq!(line, 14);
    assert!(message.contains("unknown field `second`"), "{message}");
    assert_eq!(with("level = \"mid\"", "level = \"middle\"").0, 8);
    assert_eq!(with("shuffle = true\n", "").1, "`shuffle` is missing");
    assert_eq!(with("key = true\n", "").1, "no option has `key = true`");
    assert_eq!(
        with("id = \"a\"\n", "id = \"a\"\nkey = true\n"),
        (19, "more than one option has `key = true`".to_owned())
    );
    assert!(with("id = \"a\"\n", "id = \"b\"\n").1.contains("is there twice"));
    assert_eq!(with("schema = 1", "schema = 2"), (2, "schema 2 is unknown".to_owned()));
    assert!(
        with("skill = \"db.query-optimization\"", "skill = \"db.nosql\"")
            .1
            .contains("belongs into items/db.nosql/")
    );
    assert!(with("type = \"single_choice\"", "type = \"sql_query\"").1.contains("unknown variant"));
    assert_eq!(with("seconds = 90", "seconds = 0").1, "the item needs seconds");
    let step = format!("{GOOD}\n[[step]]\nid = \"s1\"\ntext = \"x\"\n");
    assert_eq!(refused(&step).1, "`step` does not belong to single_choice");
}

#[test]
fn names_that_lead_nowhere_are_refused() {
    let lost = GOOD.replace("level =", "also = [\"db.nowhere\"]\nenemy = [\"db-9-x\"]\nlevel =");
    let messages: Vec<String> = read_bank(&[(PATH, &lost)])
        .expect_err("bad names")
        .into_iter()
        .map(|bad| bad.message)
        .collect();
    assert_eq!(
        messages,
        ["there is no skill \"db.nowhere\"", "there is no item \"db-9-x\" to be an enemy"]
    );
    let twice = read_bank(&[(PATH, GOOD), (PATH, GOOD)]).expect_err("twice");
    assert!(twice[0].message.contains("is there twice"));
}

#[test]
fn every_blueprint_becomes_a_draft() {
    for blueprint in blueprints() {
        let (draft, warnings) = blueprint.draft(bank());
        let left_out: u32 = warnings
            .iter()
            .filter(|warning| warning.code == "kind-missing")
            .map(|warning| warning.args[1].1.parse::<u32>().expect("a count"))
            .sum();
        assert_eq!(draft.items() + left_out, blueprint.units(), "{}", blueprint.slug);
        assert!(draft.limit_minutes > 0 && draft.title == blueprint.name);
    }
    let (draft, warnings) = blueprints()[0].draft(bank());
    assert_eq!(warnings.iter().map(|w| w.code).collect::<Vec<_>>(), ["kind-replaced"]);
    assert_eq!(draft.sections[1].draws[1].skills, ["db.sql-querying".parse().expect("a skill")]);
}

#[test]
fn the_broad_screen_can_be_published_and_drawn() {
    let blueprint = blueprint(&"broad-screen".parse().expect("a slug")).expect("there");
    let (draft, warnings) = blueprint.draft(bank());
    assert_eq!((warnings, draft.items()), (vec![], 16));
    let (spec, items) = draft.publish(bank()).expect("nothing to mend");
    let pool: Vec<PoolItem<'_>> = items.into_iter().map(PoolItem::from).collect();
    for seed in 0..20 {
        let paper = paper::draw(&spec, &pool, seed).expect("a paper");
        let level = |code| bank().item(code).map(|item| item.facts.level);
        let junior =
            paper.seats.iter().filter(|seat| level(&seat.item) == Some(Level::Junior)).count();
        assert_eq!((paper.seats.len(), junior), (16, 6), "40 percent of 16 are 6.4");
    }
}

#[test]
fn the_four_blueprints_of_the_bank_can_be_published_and_drawn() {
    for slug in ["broad-screen", "backend", "senior-backend", "backend-support"] {
        let slug: BlueprintSlug = slug.parse().expect("a slug");
        let (draft, _) = blueprint(&slug).expect("shipped").draft(bank());
        let (spec, items) =
            draft.publish(bank()).unwrap_or_else(|problems| panic!("{slug}: {problems:?}"));
        let pool: Vec<PoolItem<'_>> = items.into_iter().map(PoolItem::from).collect();
        for seed in 0..20 {
            let paper = paper::draw(&spec, &pool, seed).expect("a checked plan");
            assert_eq!(paper.seats.len(), draft.items() as usize, "{slug}");
        }
    }
}
