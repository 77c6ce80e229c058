use super::*;
use crate::domain::number::Decimal;
use proptest::prelude::*;

fn ticked(hits: usize, false_hits: usize, keys: usize, distractors: usize) -> Ticked {
    Ticked { hits, false_hits, keys, distractors }
}

fn credit(evidence: &Evidence) -> u16 {
    Credit::of(share(evidence)).get()
}

/// Every selection of `keys + distractors` options whose size is allowed.
fn selections(
    keys: usize,
    distractors: usize,
    sizes: std::ops::RangeInclusive<usize>,
) -> Vec<Ticked> {
    (0..1_usize << (keys + distractors))
        .map(|bits| {
            let hits = (bits & ((1 << keys) - 1)).count_ones() as usize;
            ticked(hits, bits.count_ones() as usize - hits, keys, distractors)
        })
        .filter(|t| sizes.contains(&(t.hits + t.false_hits)))
        .collect()
}

/// The mean share over all answers, in ten-thousandths.
fn chance(shares: Vec<Ratio>) -> i128 {
    let count = shares.len();
    let sum = shares.into_iter().fold(Ratio::ZERO, |a, b| a.checked_add(b).expect("small"));
    sum.checked_mul(Ratio::of(1, count)).expect("small").scaled_half_up(10_000)
}

fn permutations(n: usize) -> Vec<Places> {
    let mut all = vec![vec![]];
    for step in 0..n {
        all = all
            .into_iter()
            .flat_map(|order: Vec<usize>| {
                (0..=order.len()).map(move |at| {
                    let mut next = order.clone();
                    next.insert(at, step);
                    next
                })
            })
            .collect();
    }
    all.into_iter().map(|order| Places::new(order).expect("a permutation")).collect()
}

#[test]
fn balanced_pays_hits_and_takes_guesses_back() {
    let cases = [(2, 0, 10_000), (1, 0, 5_000), (1, 1, 2_500), (2, 4, 0), (0, 0, 0), (0, 2, 0)];
    for (hits, false_hits, expected) in cases {
        let evidence = Evidence::Ticks(ticked(hits, false_hits, 2, 4), TickRule::Balanced);
        assert_eq!(credit(&evidence), expected, "{hits} hits, {false_hits} false");
    }
}

#[test]
fn moodle_gives_the_same_for_two_right_and_two_wrong_colours() {
    // +50 % for each right colour, -100 % for each wrong one, floor 0: the rule "true" of R/exams
    // takes a wrong tick as one key, so one wrong tick cancels one right one.
    for (hits, false_hits, expected) in [(1, 0, 5_000), (1, 1, 0), (2, 0, 10_000)] {
        assert_eq!(
            credit(&Evidence::Ticks(ticked(hits, false_hits, 2, 2), TickRule::True)),
            expected
        );
        assert_eq!(
            credit(&Evidence::Ticks(ticked(hits, false_hits, 2, 2), TickRule::Balanced)),
            expected
        );
    }
}

#[test]
fn blind_ticking_earns_what_the_table_says() {
    let table = [
        (TickRule::AllOrNothing, 625, 156, Some(667)),
        (TickRule::NoError, 1250, 313, Some(667)),
        (TickRule::Balanced, 1875, 1719, Some(2000)),
        (TickRule::True, 1875, 625, None),
        (TickRule::Mtf, 5000, 5000, Some(5556)),
    ];
    for (rule, two_two, two_four, exactly_two) in table {
        let mean =
            |all: Vec<Ticked>| chance(all.into_iter().map(|t| partial::share(t, rule)).collect());
        assert_eq!(mean(selections(2, 2, 0..=4)), two_two, "{rule:?} 2/2");
        assert_eq!(mean(selections(2, 4, 0..=6)), two_four, "{rule:?} 2/4");
        if let Some(expected) = exactly_two {
            assert_eq!(mean(selections(2, 4, 2..=2)), expected, "{rule:?} 2/4 exactly 2");
        }
    }
}

#[test]
fn ticking_more_than_allowed_never_pays() {
    for all in selections(2, 4, 3..=6) {
        let limited = all.limited_to(2);
        assert_eq!(limited.hits + limited.false_hits, 2);
        assert!(limited.hits <= all.hits && limited.false_hits <= all.false_hits);
        for rule in TickRule::ALL {
            let best_legal = selections(2, 4, 2..=2)
                .into_iter()
                .filter(|t| t.hits <= all.hits && t.false_hits <= all.false_hits)
                .map(|t| partial::share(t, rule))
                .min();
            assert_eq!(Some(partial::share(limited, rule)), best_legal, "{rule:?}");
        }
    }
}

#[test]
fn orders_score_as_the_moodle_vectors() {
    // Key: Modular Object Oriented Dynamic Learning Environment; responses as places in the key.
    let vectors: [(&[usize], [u16; 4]); 5] = [
        (&[0, 1, 2, 3, 4, 5], [10_000, 10_000, 10_000, 10_000]),
        (&[5, 4, 3, 2, 1, 0], [0, 0, 0, 0]),
        (&[5, 1, 2, 3, 4, 0], [6_667, 6_000, 6_667, 0]),
        (&[2, 1, 3, 4, 5, 0], [1_667, 4_000, 6_667, 2_000]),
        (&[1, 2, 3, 4, 5, 0], [0, 8_000, 8_333, 3_333]),
    ];
    let rules =
        [OrderRule::Position, OrderRule::Adjacent, OrderRule::LongestSubset, OrderRule::Pairwise];
    for (response, expected) in vectors {
        let places = Places::new(response.to_vec()).expect("a permutation");
        for (rule, expected) in rules.into_iter().zip(expected) {
            assert_eq!(
                credit(&Evidence::Order(places.clone(), rule)),
                expected,
                "{response:?} {rule:?}"
            );
        }
    }
}

#[test]
fn a_blind_order_earns_what_the_table_says() {
    let table = [
        (OrderRule::AllOrNothing, [417, 83, 14]),
        (OrderRule::Position, [2500, 2000, 1667]),
        (OrderRule::Adjacent, [2500, 2000, 1667]),
        (OrderRule::LongestSubset, [5938, 5567, 5231]),
        (OrderRule::Pairwise, [1944, 1633, 1448]),
    ];
    for (rule, expected) in table {
        for (n, expected) in (4..=6).zip(expected) {
            let shares = permutations(n).iter().map(|places| order::share(places, rule)).collect();
            assert_eq!(chance(shares), expected, "{rule:?}, {n} steps");
        }
    }
}

#[test]
fn only_permutations_are_orders() {
    assert!(Places::new(vec![1, 0, 2]).is_some());
    assert!(Places::new(vec![0, 0, 1]).is_none());
    assert!(Places::new(vec![0, 3, 1]).is_none());
}

fn rated(pairs: &[(u8, u8)]) -> Rated {
    Rated { scale: 4, pairs: pairs.iter().map(|(rating, mode)| (Some(*rating), *mode)).collect() }
}

#[test]
fn near_counts_half_only_on_the_same_side() {
    for (rating, mode, expected) in [
        (4, 4, 10_000),
        (3, 4, 5_000),
        (2, 4, 0),
        (2, 3, 0),
        (1, 2, 5_000),
        (3, 2, 0),
        (2, 1, 5_000),
    ] {
        assert_eq!(
            rating::mode_near(&rated(&[(rating, mode)])).scaled_half_up(10_000),
            expected,
            "{rating} for {mode}"
        );
    }
    let odd = |r, mode| rating::mode_near(&Rated { scale: 5, pairs: vec![(Some(r), mode)] });
    assert_eq!(odd(2, 3), Ratio::ZERO, "the middle of an odd scale has no side");
    assert_eq!(odd(5, 4), Ratio::new(1, 2));
}

#[test]
fn blind_rating_on_four_steps_earns_three_eighths_and_no_credit() {
    let modes = [4, 1, 2, 3, 1];
    let key: Vec<(u8, u8)> = modes.iter().map(|mode| (*mode, *mode)).collect();
    assert_eq!(rating::mode_near_chance(&rated(&key)), Ratio::new(3, 8));
    assert_eq!(credit(&Evidence::Ratings(rated(&key))), 10_000);
    // One exact, one near, three wrong: 1.5 of 5 is 0.3, below chance.
    assert_eq!(credit(&Evidence::Ratings(rated(&[(4, 4), (2, 1), (4, 2), (1, 3), (4, 1)]))), 0);
    // Three exact and two near: 0.8, so (0.8 - 0.375) / 0.625 = 0.68.
    assert_eq!(credit(&Evidence::Ratings(rated(&[(4, 4), (1, 1), (2, 2), (4, 3), (2, 1)]))), 6_800);
    for constant in 1..=4 {
        let pairs: Vec<(u8, u8)> = modes.iter().map(|mode| (constant, *mode)).collect();
        assert!(rating::mode_near(&rated(&pairs)) <= Ratio::new(1, 2), "all {constant}");
    }
}

#[test]
fn an_unrated_response_earns_nothing() {
    let mut some = rated(&[(4, 4), (1, 1)]);
    some.pairs[1].0 = None;
    assert_eq!(rating::mode_near(&some), Ratio::new(1, 2));
}

fn extremes(best: &str, worst: &str) -> Extremes {
    let mean = |text: &str| text.parse::<Decimal>().ok();
    Extremes {
        best: mean(best),
        worst: mean(worst),
        lowest: mean("1.2").expect("1.2"),
        highest: mean("4.8").expect("4.8"),
    }
}

#[test]
fn best_and_worst_are_measured_on_the_panels_scale() {
    assert_eq!(credit(&Evidence::BestWorst(extremes("4.8", "1.2"))), 10_000);
    assert_eq!(credit(&Evidence::BestWorst(extremes("1.2", "4.8"))), 0);
    // 0.5 * 1.9/3.6 + 0.5 * 2.4/3.6 = 4.3/7.2; twice that minus 1 is 1.4/7.2.
    assert_eq!(credit(&Evidence::BestWorst(extremes("3.1", "2.4"))), 1_944);
    assert_eq!(credit(&Evidence::BestWorst(extremes("4.8", ""))), 0, "one half alone is chance");
    let means = ["1.2", "3.1", "4.8", "2.9", "2.4"];
    let blind = means
        .iter()
        .flat_map(|b| means.iter().map(|w| rating::best_worst(&extremes(b, w))))
        .collect();
    assert_eq!(chance(blind), 5_000);
}

#[test]
fn evidence_for_no_cause_pays_nothing() {
    let part = |weight: i128, evidence| Part { weight: Ratio::new(weight, 10), evidence };
    let lines = || Evidence::Ticks(ticked(1, 1, 2, 8), TickRule::Balanced);
    assert_eq!(
        credit(&Evidence::Parts(vec![part(6, Evidence::Exact(true)), part(4, lines())])),
        6_000 + 1_500
    );
    assert_eq!(
        credit(&Evidence::Parts(vec![part(6, Evidence::Exact(false)), part(4, lines())])),
        1_500
    );
    assert_eq!(credit(&Evidence::Parts(vec![part(6, Evidence::Blank), part(4, lines())])), 0);
}

#[test]
fn blank_earns_nothing_under_every_rule() {
    assert_eq!(credit(&Evidence::Blank), 0);
}

proptest! {
    #[test]
    fn credit_stays_within_bounds(h in 0_usize..6, f in 0_usize..6, c in 0_usize..6, w in 0_usize..6, rule in 0_usize..5) {
        prop_assume!(h <= c && f <= w);
        prop_assert!(credit(&Evidence::Ticks(ticked(h, f, c, w), TickRule::ALL[rule])) <= 10_000);
    }

    #[test]
    fn one_more_right_tick_never_lowers_the_credit(h in 0_usize..5, f in 0_usize..6, c in 1_usize..6, w in 1_usize..6, rule in 0_usize..5) {
        prop_assume!(h < c && f <= w);
        let rule = TickRule::ALL[rule];
        prop_assert!(partial::share(ticked(h, f, c, w), rule) <= partial::share(ticked(h + 1, f, c, w), rule));
        if f > 0 {
            prop_assert!(partial::share(ticked(h, f, c, w), rule) <= partial::share(ticked(h, f - 1, c, w), rule));
        }
    }

    #[test]
    fn mending_one_pair_never_lowers_a_pairwise_order(order in Just((0..7).collect::<Vec<usize>>()).prop_shuffle(), at in 0_usize..6) {
        prop_assume!(order[at] > order[at + 1]);
        let mut mended = order.clone();
        mended.swap(at, at + 1);
        let share = |order: Vec<usize>| order::share(&Places::new(order).expect("a permutation"), OrderRule::Pairwise);
        prop_assert!(share(order) <= share(mended));
    }

    #[test]
    fn every_order_rule_stays_within_bounds(order in Just((0..6).collect::<Vec<usize>>()).prop_shuffle(), rule in 0_usize..5) {
        let share = order::share(&Places::new(order).expect("a permutation"), OrderRule::ALL[rule]);
        prop_assert!((Ratio::ZERO..=Ratio::ONE).contains(&share));
    }

    #[test]
    fn a_rating_nearer_to_the_mode_never_lowers_the_credit(pairs in prop::collection::vec((1_u8..=4, 1_u8..=4), 1..6), at in 0_usize..6) {
        let at = at % pairs.len();
        let mut nearer = pairs.clone();
        nearer[at].0 = nearer[at].1;
        prop_assert!(share(&Evidence::Ratings(rated(&pairs))) <= share(&Evidence::Ratings(rated(&nearer))));
    }
}
