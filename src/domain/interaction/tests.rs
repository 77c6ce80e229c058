use super::*;
use crate::domain::scoring::Credit;
use proptest::prelude::*;

fn credit(sample: &Sample, raw: &Fields) -> u16 {
    Credit::of(sample.interaction.share(&sample.key, raw)).get()
}

#[test]
fn every_kind_has_a_sound_sample() {
    let kinds: Vec<Kind> = samples().iter().map(|sample| sample.interaction.kind()).collect();
    assert_eq!(kinds, Kind::ALL);
    for sample in samples() {
        assert_eq!(
            sample.interaction.check(&sample.key),
            Ok(()),
            "{:?}",
            sample.interaction.kind()
        );
    }
}

#[test]
fn every_case_is_read_and_scored_as_it_says() {
    for sample in samples() {
        for case in &sample.cases {
            let reading = sample.interaction.read(&case.raw);
            assert_eq!(
                reading.completeness,
                case.completeness,
                "{:?} {:?}",
                sample.interaction.kind(),
                case.raw
            );
            assert_eq!(
                credit(&sample, &case.raw),
                case.credit,
                "{:?} {:?}",
                sample.interaction.kind(),
                case.raw
            );
        }
    }
}

#[test]
fn what_is_saved_is_read_the_same_again() {
    for sample in samples() {
        for case in &sample.cases {
            let first = sample.interaction.read(&case.raw);
            assert_eq!(sample.interaction.read(&first.fields), first, "{:?}", case.raw);
        }
    }
}

#[test]
fn the_best_response_earns_everything_and_can_be_written() {
    for sample in samples() {
        let best = sample.interaction.best(&sample.key);
        let raw = sample.interaction.write(&best);
        let reading = sample.interaction.read(&raw);
        assert_eq!(reading.response, best);
        assert_eq!(reading.completeness, Completeness::Complete);
        assert_eq!(credit(&sample, &raw), 10_000, "{:?}", sample.interaction.kind());
    }
}

#[test]
fn the_stored_forms_read_back() {
    for sample in samples() {
        let public = serde_json::to_value(&sample.interaction).expect("json");
        assert_eq!(
            serde_json::from_value::<Interaction>(public).expect("json"),
            sample.interaction
        );
        let key = sample.key.stored();
        assert_eq!(serde_json::from_value::<InteractionKey>(key).expect("json"), sample.key);
    }
}

#[test]
fn a_key_of_another_kind_is_refused_and_earns_nothing() {
    let all = samples();
    for (at, sample) in all.iter().enumerate() {
        let other = &all[(at + 1) % all.len()].key;
        assert!(sample.interaction.check(other).is_err());
        let raw = sample.interaction.write(&sample.interaction.best(&sample.key));
        assert_eq!(sample.interaction.share(other, &raw), Ratio::ZERO);
    }
}

#[test]
fn every_control_has_fields_that_are_read() {
    for sample in samples() {
        let shown = sample.interaction.controls(&[]);
        assert!(!shown.is_empty());
        let json = serde_json::to_string(&shown).expect("json");
        for name in sample.interaction.write(&sample.interaction.best(&sample.key)).0.keys() {
            let is_order = name == field::ORDER;
            assert!(is_order || json.contains(&format!("\"{name}\"")), "{name} in {json}");
        }
    }
}

#[test]
fn options_follow_the_order_of_the_paper() {
    for sample in samples() {
        let mut order: Vec<String> = sample.interaction.shuffled().concat();
        let plain = serde_json::to_string(&sample.interaction.controls(&order)).expect("json");
        order.reverse();
        let turned = serde_json::to_string(&sample.interaction.controls(&order)).expect("json");
        assert_eq!(order.is_empty(), plain == turned, "{:?}", sample.interaction.kind());
    }
}

fn words() -> impl Strategy<Value = (String, String)> {
    let names = [
        "choice", "choices", "value", "order", "shown", "move", "keep", "rating.a", "best",
        "worst", "cause", "evidence", "x",
    ];
    let values = "(a|b|c|d|p1|p2|p3:up|L1|L4|1|4|15|14,0|\\PC{0,6})";
    (prop::sample::select(names.to_vec()), values)
        .prop_map(|(name, value)| (name.to_owned(), value))
}

proptest! {
    #[test]
    fn nothing_that_is_sent_breaks_the_reading(pairs in prop::collection::vec(words(), 0..8)) {
        let raw: Fields = pairs.into_iter().collect();
        for sample in samples() {
            let reading = sample.interaction.read(&raw);
            prop_assert!(credit(&sample, &raw) <= 10_000);
            prop_assert_eq!(&sample.interaction.read(&reading.fields), &reading);
            prop_assert_eq!(reading.completeness == Completeness::Blank, reading.response == Response::Blank);
        }
    }
}
