use super::*;
use proptest::prelude::*;

fn read(text: &str) -> Option<String> {
    Decimal::read(text, false).map(|d| d.to_string())
}

fn read_whole(text: &str) -> Option<String> {
    Decimal::read(text, true).map(|d| d.to_string())
}

#[test]
fn people_write_numbers_in_many_ways() {
    let cases = [
        ("1,5", "1.5"),
        ("1.5", "1.5"),
        (" 15 ", "15"),
        ("+3", "3"),
        ("-0,50", "-0.5"),
        ("\u{2212}2", "-2"),
        ("12\u{2009}345,6", "12345.6"),
        ("1\u{202F}000", "1000"),
        ("1'000.5", "1000.5"),
        ("1,234.5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1,234,567", "1234567"),
        (".5", "0.5"),
        ("5.", "5"),
        ("0,125", "0.125"),
        ("1,250", "1.25"),
        ("14.285714285714285714", "14.285714285714"),
        ("007", "7"),
    ];
    for (text, value) in cases {
        assert_eq!(read(text).as_deref(), Some(value), "{text}");
    }
}

#[test]
fn a_whole_number_may_be_grouped() {
    for (text, value) in [
        ("3,000", "3000"),
        ("3.000", "3000"),
        ("15.0", "15"),
        ("0,500", "0.5"),
        ("1,5", "1.5"),
        ("3000", "3000"),
    ] {
        assert_eq!(read_whole(text).as_deref(), Some(value), "{text}");
    }
}

#[test]
fn what_is_not_a_number_is_not_guessed() {
    for text in [
        "",
        " ",
        "-",
        ".",
        ",",
        "abc",
        "1e3",
        "1.2.3",
        "1,23,456",
        "--1",
        "1-2",
        "0x10",
        "1234567890123",
        "1,234.5.6",
        "5 %",
    ] {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn decimals_compare_by_value() {
    let decimal = |text: &str| text.parse::<Decimal>().expect("a decimal");
    assert_eq!(decimal("1.50"), decimal("1.5"));
    assert!(decimal("0.1") < decimal("0.11"));
    assert_eq!(decimal("-0"), Decimal::ZERO);
    for bad in ["", "1,5", ".5", "1.", "+1", "1e2"] {
        assert!(bad.parse::<Decimal>().is_err(), "{bad}");
    }
}

#[test]
fn json_and_toml_give_what_the_author_wrote() {
    #[derive(Deserialize)]
    struct Row {
        a: Decimal,
        b: Decimal,
    }
    let row: Row = toml::from_str("a = 0.1\nb = -3").expect("toml");
    assert_eq!((row.a.to_string(), row.b.to_string()), ("0.1".into(), "-3".into()));
    assert_eq!(serde_json::to_string(&row.a).expect("json"), "\"0.1\"");
}

#[test]
fn halves_are_rounded_up_once() {
    assert_eq!(Ratio::new(1, 3).scaled_half_up(10_000), 3333);
    assert_eq!(Ratio::new(2, 3).scaled_half_up(10_000), 6667);
    assert_eq!(Ratio::new(1, 2).scaled_half_up(1), 1);
    assert_eq!(Ratio::new(1, 20_000).scaled_half_up(10_000), 1);
    assert_eq!(Ratio::new(-1, 2).scaled_half_up(1), 0);
}

proptest! {
    #[test]
    fn order_agrees_with_cross_products(a in -1000_i128..1000, b in 1_i128..1000, c in -1000_i128..1000, d in 1_i128..1000) {
        prop_assert_eq!(Ratio::new(a, b).cmp(&Ratio::new(c, d)), (a * d).cmp(&(c * b)));
    }

    #[test]
    fn sums_are_exact(a in -1000_i128..1000, b in 1_i128..1000, c in -1000_i128..1000, d in 1_i128..1000) {
        let sum = Ratio::new(a, b).checked_add(Ratio::new(c, d)).expect("small");
        prop_assert_eq!(sum, Ratio::new(a * d + c * b, b * d));
    }

    #[test]
    fn a_written_decimal_reads_back(units in -999_999_999_i64..999_999_999, places in 0_usize..6) {
        let digits = format!("{:09}", units.unsigned_abs());
        let (whole, fraction) = digits.split_at(digits.len() - places);
        let text = format!("{}{whole}.{fraction}0", if units < 0 { "-" } else { "" });
        let decimal: Decimal = text.parse().expect("a decimal");
        prop_assert_eq!(decimal.to_string().parse::<Decimal>(), Ok(decimal));
        prop_assert_eq!(Decimal::read(&decimal.to_string(), false), Some(decimal));
    }

    #[test]
    fn reading_never_panics(text in "\\PC{0,20}") {
        let _ = Decimal::read(&text, true);
        let _ = Decimal::read(&text, false);
    }
}
