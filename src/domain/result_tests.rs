use super::*;
use crate::domain::interaction::samples;
use crate::domain::item::tests::{all_kinds, plain};
use crate::domain::response::Fields;
use proptest::prelude::*;
use serde_json::json;

fn seats(items: &[Item]) -> Vec<Seat<'_>> {
    (1..)
        .zip(items)
        .map(|(position, item)| Seat { position, section: 1, weight: 1, item })
        .collect()
}

fn snapshot(items: &[Item]) -> Snapshot<'_> {
    let cluster = |item: &Item| (item.facts.skill.area(), Cluster::Build);
    Snapshot { seats: seats(items), clusters: items.iter().map(cluster).collect() }
}

fn entry(version: i64, position: u32, raw: &Fields) -> Entry {
    let body = json!({ "v": 1, "state": "complete", "raw": raw });
    Entry { version, position, received_at: Instant::from_micros(version), is_late: false, body }
}

#[test]
fn every_sample_answer_earns_its_credit_through_the_whole_way() {
    let items = all_kinds();
    let paper = snapshot(&items);
    for (place, sample) in samples().into_iter().enumerate() {
        for case in sample.cases {
            let position = u32::try_from(place + 1).expect("small");
            let outcome = score(&paper, &[entry(1, position, &case.raw)]).expect("fits");
            let item = &outcome.items[place];
            assert_eq!((item.credit, item.state), (case.credit, case.completeness));
            assert_eq!(outcome.total.points, i64::from(case.credit));
        }
    }
}

#[test]
fn the_last_answer_counts_and_sums_agree() {
    let items: Vec<Item> = ["db.a", "db.b", "api.c"]
        .iter()
        .enumerate()
        .map(|(n, skill)| plain(&format!("x-000{n}-y"), skill, Level::Mid))
        .collect();
    let best = |n: usize| {
        let Item { body, key, .. } = &items[n];
        body.interaction.write(&body.interaction.best(&key.interaction))
    };
    let wrong: Fields = [("choice", "nothing")].into_iter().collect();
    let mut paper = snapshot(&items);
    paper.seats[2].weight = 3;
    let log = [entry(1, 1, &wrong), entry(2, 1, &best(0)), entry(3, 3, &best(2))];
    let outcome = score(&paper, &log).expect("fits");
    assert_eq!((outcome.total.points, outcome.total.max), (40_000, 50_000));
    assert_eq!((outcome.items[0].changes, outcome.items[0].version), (1, Some(2)));
    assert_eq!(outcome.total.answered, 2);
    for sum in [
        outcome.skills.iter().map(|group| group.tally.points).sum::<i64>(),
        outcome.areas.iter().map(|group| group.tally.points).sum::<i64>(),
        outcome.clusters.iter().map(|group| group.tally.points).sum::<i64>(),
        outcome.sections.iter().map(|group| group.tally.points).sum::<i64>(),
    ] {
        assert_eq!(sum, outcome.total.points);
    }
    let stored = serde_json::to_value(&outcome).expect("json");
    assert_eq!(serde_json::from_value::<Outcome>(stored).expect("json"), outcome);
}

#[test]
fn a_log_with_a_gap_or_a_foreign_place_is_refused() {
    let items = [plain("x-0001-y", "db.a", Level::Mid)];
    let paper = snapshot(&items);
    let none = Fields::default();
    assert_eq!(score(&paper, &[entry(2, 1, &none)]), Err(Misfit::Version(2)));
    let foreign = Misfit::Position { version: 1, position: 9 };
    assert_eq!(score(&paper, &[entry(1, 9, &none)]), Err(foreign));
}

#[test]
fn a_body_that_cannot_be_read_is_an_answer_without_a_meaning() {
    let items = [plain("x-0001-y", "db.a", Level::Mid)];
    let entry = Entry { body: json!("?"), ..entry(1, 1, &Fields::default()) };
    let outcome = score(&snapshot(&items), &[entry]).expect("fits");
    assert_eq!((outcome.total.points, outcome.items[0].response.as_str()), (0, "?"));
    assert_eq!(outcome.items[0].state, Completeness::Incomplete);
}

fn equal(points: i64, items: u32) -> Range {
    Tally {
        items,
        answered: items,
        points,
        max: i64::from(items) * POINT,
        weight: items,
        squares: u64::from(items),
    }
    .range()
}

#[test]
fn wilson_agrees_with_published_figures() {
    // 81 of 263: 0.2553 to 0.3662 (Newcombe 1998, method 3); 15 of 148: 0.0624 to 0.1605;
    // 0 of 20: 0 to 0.1611; 1 of 29: 0.0061 to 0.1718.
    for (hits, trials, low, high) in
        [(81, 263, 2_553, 3_662), (15, 148, 624, 1_605), (0, 20, 0, 1_611), (1, 29, 61, 1_718)]
    {
        let range = equal(hits * POINT, trials);
        assert!(range.low.abs_diff(low) <= 1, "{hits} of {trials}: {range:?}");
        assert!(range.high.abs_diff(high) <= 1, "{hits} of {trials}: {range:?}");
    }
}

#[test]
fn a_score_just_below_the_cut_never_reads_as_met() {
    let range = Range { score: 5_999, low: 4_000, high: 7_001 };
    assert_eq!((range.percent(), range.percent_low(), range.percent_high()), (59, 40, 71));
    assert_eq!(range.standing(60), Standing::Around);
    assert_eq!(range.standing(40), Standing::Met);
    assert_eq!(range.standing(71), Standing::Below);
    assert!(is_cut_met(6, 10, 60) && !is_cut_met(5_999, 10_000, 60));
}

#[test]
fn people_who_cannot_be_told_apart_share_a_rank() {
    let ranges = [equal(27 * POINT, 28), equal(26 * POINT, 28), equal(14 * POINT, 28)];
    let places = places(&ranges);
    assert_eq!(places.iter().map(|place| place.rank).collect::<Vec<_>>(), [1, 1, 3]);
    assert_eq!(places[0].level, 1);
    assert_eq!(places[0].percentile, None, "hidden among few");
    let many = super::places(&vec![equal(14 * POINT, 28); 30]);
    assert_eq!((many[0].rank, many[0].level, many[0].percentile), (1, 29, Some(50)));
}

#[test]
fn time_is_a_share_of_the_own_limit() {
    assert_eq!(time_share(1_350, 2_700, false), Some(50));
    assert_eq!(time_share(2_705, 2_700, false), Some(100));
    assert_eq!(time_share(10, 2_700, true), None);
}

proptest! {
    #[test]
    fn a_range_holds_its_score_and_narrows_with_items(points in 0_i64..=200_000, more in 1_u32..10) {
        let (few, many) = (equal(points, 20), equal(points * i64::from(more), 20 * more));
        for range in [few, many] {
            prop_assert!(range.low <= range.score && range.score <= range.high && range.high <= 10_000);
        }
        prop_assert!(many.high - many.low <= few.high - few.low + 2);
    }

    #[test]
    fn being_clearly_ahead_is_one_way(a in 0_i64..=280_000, b in 0_i64..=280_000) {
        let (a, b) = (equal(a, 28), equal(b, 28));
        prop_assert!(!(a.is_clearly_ahead_of(b) && b.is_clearly_ahead_of(a)));
    }
}
