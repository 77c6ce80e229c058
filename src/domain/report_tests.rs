use super::*;
use proptest::prelude::*;

/// The names that spoil other people's files.
pub(crate) const NAMES: [&str; 17] = [
    "=1+1",
    "+49 30",
    "-x",
    "@SUM(A1)",
    "\tTAB",
    "\rCR",
    "\0NUL",
    "\u{ff1d}1+1",
    "\"quoted\"",
    "O'Neil",
    "M\u{fc}ller; S\u{f6}hne",
    "a,b",
    "line\nbreak",
    "\u{1f600} Smile",
    "\u{645}\u{631}\u{64a}\u{645}",
    "  =1+1",
    "'=1+1",
];

#[test]
fn no_guarded_text_begins_like_a_formula_and_all_read_back() {
    for name in NAMES.map(str::to_owned).into_iter().chain(["x".repeat(300)]) {
        let cell = guarded(&name);
        assert!(!is_dangerous(&cell) || cell.starts_with('\''), "{name:?} became {cell:?}");
        assert!(
            !cell.trim_start().starts_with(['=', '+', '-', '@', '\u{ff1d}']),
            "{name:?} became {cell:?}"
        );
        assert_eq!(unguarded(&cell), name);
    }
    assert_eq!(guarded("O'Neil"), "O'Neil", "what is harmless stays as it is");
}

#[test]
fn numbers_stay_numbers_in_every_dialect() {
    let comma = Dialect::Spreadsheet { separator: Separator::Semicolon, has_decimal_comma: true };
    let written = |cell: Cell, dialect| cell.written(dialect);
    assert_eq!(written(Cell::Number(225_000), Dialect::Standard), "22.5");
    assert_eq!(written(Cell::Number(225_000), comma), "22,5");
    assert_eq!(written(Cell::Number(13_300), Dialect::Standard), "1.33");
    assert_eq!(written(Cell::Number(-15_000), Dialect::Standard), "-1.5", "not guarded");
    assert_eq!(written(Cell::Number(-15_000), comma), "-1,5");
    assert_eq!(written(Cell::Whole(0), Dialect::Standard), "0");
    assert_eq!(written(Cell::Empty, Dialect::Standard), "", "and not 0");
    assert_eq!(written(Cell::text(Some("0012")), Dialect::Standard), "0012");
    let long = "12345678901234567";
    assert_eq!(written(Cell::text(Some(long)), Dialect::Standard), long);
    assert_eq!(written(Cell::Flag(true), comma), "true");
}

#[test]
fn heads_are_there_once_and_in_snake_case() {
    for kind in Kind::ALL {
        let mut names: Vec<&str> = kind.columns().iter().map(|column| column.name).collect();
        assert!(names.iter().all(|name| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')));
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), kind.columns().len());
        assert_eq!(kind.as_str().parse(), Ok(kind));
    }
    assert_eq!(skill_heads("db.query-tuning")[2], "skill_db_query_tuning_percent");
}

#[test]
fn private_columns_are_empty_without_the_permission() {
    let row = || vec![Cell::Whole(1); RESULTS.len()];
    let hidden = permitted(Kind::Results, row(), false);
    for (cell, column) in hidden.iter().zip(RESULTS) {
        assert_eq!(*cell == Cell::Empty, column.is_private, "{}", column.name);
    }
    assert!(permitted(Kind::Results, row(), true).iter().all(|cell| *cell == Cell::Whole(1)));
}

#[test]
fn a_file_name_is_plain_whatever_the_title() {
    let at = Instant::from_micros(1_773_322_267_000_000);
    assert_eq!(
        file_name(Kind::Results, "Senior back-end: \"developer\"\r\n", at),
        "results_senior-back-end-developer_20260312T133107Z.csv"
    );
    assert_eq!(file_name(Kind::Skills, "\u{6e2c}", at), "skills_assessment_20260312T133107Z.csv");
    assert_eq!(file_name(Kind::Answers, "../../etc", at), "answers_etc_20260312T133107Z.csv");
}

fn typed() -> impl Strategy<Value = String> {
    prop_oneof!["\\PC{0,12}", "[=+\\-@'\t\r\n\0\" ,;a1]{0,8}", "['\u{ff1d}\u{ff0b} =]{0,5}"]
}

proptest! {
    #[test]
    fn every_text_comes_back_and_none_begins_like_a_formula(text in typed()) {
        let cell = Cell::Text(text.clone()).written(Dialect::Standard);
        prop_assert_eq!(unguarded(&cell), text);
        let first = cell.trim_start().chars().next();
        prop_assert!(!first.is_some_and(|c| "=+-@\u{ff1d}\u{ff0b}\u{ff0d}\u{ff20}".contains(c)), "{cell:?}");
        prop_assert!(!cell.starts_with(['\t', '\r', '\n', '\0']));
    }
}
