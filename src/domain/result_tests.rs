use super::*;
use crate::domain::interaction::{Sample, samples};
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

#[test]
fn the_cut_is_decided_before_rounding() {
    let share = |n: i64, d: i64| (Ratio::new(n, d), 1);
    let third = [share(1, 3), share(1, 3), share(1, 3), share(0, 1)];
    assert_eq!(
        Credit::of(Ratio::new(1, 3)).get() * 3,
        9_999,
        "rounded credits would miss a quarter"
    );
    assert_eq!(whole_percent(&third), 25);
    assert_eq!(whole_percent(&[share(2_499_999, 10_000_000)]), 24, "and would grant this one");
    assert_eq!(whole_percent(&[(Ratio::ONE, 3), (Ratio::ZERO, 1)]), 75);
    assert_eq!(whole_percent(&[]), 0);
}

#[test]
fn shares_with_many_denominators_still_decide() {
    let primes = [
        97, 89, 83, 79, 73, 71, 67, 61, 59, 53, 47, 43, 41, 37, 31, 29, 23, 19, 17, 13, 11, 7, 5,
        3, 2,
    ];
    // The sum is 25 less the sum of the reciprocals: 92.79 percent.
    let shares: Vec<(Ratio, u32)> = primes.iter().map(|p| (Ratio::new(p - 1, *p), 1)).collect();
    assert_eq!(whole_percent(&shares), 92);
    let halves = |p: &i64| [(Ratio::new(1, *p), 1), (Ratio::new(p - 1, *p), 1)];
    let whole: Vec<(Ratio, u32)> = primes.iter().flat_map(halves).collect();
    assert_eq!(whole_percent(&whole), 50, "exactly half, and the fraction does not fit on the way");
}

/// One item of every kind with its sample.
fn kinds() -> Vec<(Item, Sample)> {
    all_kinds().into_iter().zip(samples()).collect()
}

/// Answers out of the cases of the samples, changed again and again.
fn log(picks: &[(u32, usize)]) -> Vec<Entry> {
    let kinds = kinds();
    let raw = |position: u32, case: usize| {
        let cases = &kinds[position as usize - 1].1.cases;
        cases[case % cases.len()].raw.clone()
    };
    (1..)
        .zip(picks)
        .map(|(version, (position, case))| entry(version, *position, &raw(*position, *case)))
        .collect()
}

fn picks() -> impl Strategy<Value = Vec<(u32, usize)>> {
    prop::collection::vec((1_u32..8, 0_usize..8), 0..30)
}

proptest! {
    #[test]
    fn a_replay_gives_the_same_outcome(picks in picks()) {
        let items = all_kinds();
        let paper = snapshot(&items);
        let first = score(&paper, &log(&picks)).expect("fits");
        let stored: Vec<Item> = items
            .iter()
            .map(|item| Item::from_stored(item.body.stored().expect("json"), item.stored_key()).expect("sound"))
            .collect();
        let mut turned = snapshot(&stored);
        turned.seats.reverse();
        prop_assert_eq!(score(&turned, &log(&picks)).expect("fits"), first);
    }

    #[test]
    fn sums_stay_within_bounds(picks in picks()) {
        let items = all_kinds();
        let outcome = score(&snapshot(&items), &log(&picks)).expect("fits");
        let tally = outcome.total;
        prop_assert!((0..=tally.max).contains(&tally.points) && tally.answered <= tally.items);
        prop_assert_eq!(outcome.items.iter().map(Scored::points).sum::<i64>(), tally.points);
        // Seven rounded credits are at most seven halves of a ten-thousandth off the exact sum.
        let exact_low = i64::from(outcome.whole_percent) * tally.max;
        prop_assert!(tally.points * 100 >= exact_low - 350 && tally.points * 100 < exact_low + tally.max + 350);
    }

    #[test]
    fn one_more_right_answer_never_lowers_the_outcome(picks in picks(), position in 1_u32..8) {
        let items = all_kinds();
        let paper = snapshot(&items);
        let mut entries = log(&picks);
        let before = score(&paper, &entries).expect("fits");
        let Item { body, key, .. } = &items[position as usize - 1];
        let right = body.interaction.write(&body.interaction.best(&key.interaction));
        entries.push(entry(i64::try_from(entries.len()).expect("short") + 1, position, &right));
        let after = score(&paper, &entries).expect("fits");
        prop_assert!(before.total.points <= after.total.points);
        prop_assert!(before.whole_percent <= after.whole_percent);
    }

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
