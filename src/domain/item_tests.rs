use super::*;
use crate::domain::interaction::{Sample, samples};

/// An item around the sample of a kind, for the tests of other files.
pub fn item(code: &str, skill: &str, level: Level, sample: Sample) -> Item {
    let facts = Facts {
        code: code.parse().expect("a code"),
        revision: 1,
        status: Status::Pilot,
        kind: sample.interaction.kind(),
        skill: skill.parse().expect("a skill"),
        also: Vec::new(),
        level,
        cognitive: Cognitive::Apply,
        seeds: vec!["S1-2".to_owned()],
        tags: Vec::new(),
        expected: "0.55".parse().ok(),
        enemies: Vec::new(),
        lint_waive: Vec::new(),
    };
    let body = Body {
        stem: "A service is slow.".to_owned(),
        ask: "What helps?".to_owned(),
        seconds: Seconds::new(90),
        interaction: sample.interaction,
    };
    let key = Key {
        interaction: sample.key,
        why: BTreeMap::from([("a".to_owned(), "Because.".to_owned())]),
        explanation: "It is so.".to_owned(),
        references: Vec::new(),
        evidence: None,
        run: None,
        panel: None,
    };
    Item::new(facts, body, key).expect("a sound item")
}

/// One item of every kind.
pub fn all_kinds() -> Vec<Item> {
    samples()
        .into_iter()
        .enumerate()
        .map(|(at, sample)| item(&format!("db-{at:04}-x"), "db.nosql", Level::Mid, sample))
        .collect()
}

/// A single choice whose key is `c`.
pub fn plain(code: &str, skill: &str, level: Level) -> Item {
    item(code, skill, level, samples().remove(0))
}

#[test]
fn every_kind_survives_being_stored() {
    for item in all_kinds() {
        let body = item.body.stored().expect("json");
        assert_eq!(body["v"], 1);
        assert_eq!(Item::from_stored(body, item.stored_key()), Ok(item));
    }
}

#[test]
fn an_unknown_stored_version_is_refused() {
    let item = plain("db-0001-x", "db.nosql", Level::Mid);
    let mut body = item.body.stored().expect("json");
    body["v"] = 2.into();
    assert!(Body::from_stored(body).is_err());
}

#[test]
fn nothing_that_a_candidate_gets_holds_the_key() {
    const CANARY: &str = "canary0";
    for mut item in all_kinds() {
        let plain = (item.body.stored().expect("json"), item.body.interaction.controls(&[]));
        item.key.explanation = CANARY.to_owned();
        item.key.references = vec![CANARY.to_owned()];
        item.key.evidence = Some(CANARY.to_owned());
        item.key.why = BTreeMap::from([("a".to_owned(), CANARY.to_owned())]);
        item.facts.tags = vec![CANARY.to_owned()];
        item.facts.code = CANARY.parse().expect("a code");
        let body = item.body.stored().expect("json");
        let shown = serde_json::to_string(&item.body.interaction.controls(&[])).expect("json");
        assert!(!body.to_string().contains(CANARY) && !shown.contains(CANARY));
        assert!(item.stored_key().to_string().contains(CANARY));
        assert_eq!((body, item.body.interaction.controls(&[])), plain);
    }
}

#[test]
fn another_key_gives_the_same_bytes_to_the_candidate() {
    let mut left = plain("db-0001-x", "db.nosql", Level::Mid);
    let right = left.clone();
    left.key.interaction =
        serde_json::from_value(json!({ "kind": "single_choice", "correct": "a" })).expect("a key");
    assert_ne!(left.stored_key(), right.stored_key());
    assert_eq!(
        left.body.stored().expect("json").to_string(),
        right.body.stored().expect("json").to_string()
    );
}

#[test]
fn types_that_must_not_travel_cannot_be_serialised() {
    // A type gets `true` from the trait if it is Serialize, else it falls back to the method on the reference.
    struct Probe<T>(std::marker::PhantomData<T>);
    trait Travels {
        fn travels(&self) -> bool {
            true
        }
    }
    trait Stays {
        fn travels(&self) -> bool {
            false
        }
    }
    impl<T: Serialize> Travels for Probe<T> {}
    impl<T> Stays for &Probe<T> {}
    assert!(Probe::<Body>(std::marker::PhantomData).travels());
    assert!(!(&Probe::<Key>(std::marker::PhantomData)).travels());
    assert!(!(&Probe::<Facts>(std::marker::PhantomData)).travels());
    assert!(!(&Probe::<InteractionKey>(std::marker::PhantomData)).travels());
}

#[test]
fn the_key_hash_follows_keys_and_nothing_else() {
    let items = all_kinds();
    let hash = key_hash(&items);
    assert_eq!(hash, key_hash(items.iter().rev()), "the order of items does not matter");
    let mut other = items.clone();
    other[0].key.explanation.push('!');
    assert_ne!(hash, key_hash(&other));
    let mut same = items;
    same[0].body.stem.push('!');
    assert_eq!(hash, key_hash(&same));
}

#[test]
fn a_title_is_made_of_the_code() {
    let facts = plain("db-0001-tenant-index", "db.nosql", Level::Mid).facts;
    assert_eq!((facts.title().as_str(), facts.number().as_str()), ("Tenant index", "db-0001"));
}
