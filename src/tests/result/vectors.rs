//! The names and values that spoil files, through the whole way: database, service, CSV, reader.

use touchstone::domain::report::{Dialect, Kind, Separator, unguarded};

use super::world::World;

/// Names that candidates may type. The database refuses U+0000; the welcome page replaces it.
const NAMES: [&str; 16] = [
    "=1+1",
    "+49 30",
    "-x",
    "@SUM(A1)",
    "\tTAB first",
    "\rCR first",
    "\u{fffd}NUL was here",
    "\u{ff1d}1+1",
    "\"quoted\"",
    "O'Neil",
    "M\u{fc}ller; S\u{f6}hne",
    "a,b",
    "line\nbreak",
    "\u{1f600} Smile",
    "\u{645}\u{631}\u{64a}\u{645} \u{639}\u{644}\u{64a}",
    "  =1+1",
];

const SHEET: Dialect =
    Dialect::Spreadsheet { separator: Separator::Semicolon, has_decimal_comma: true };

fn read(bytes: &[u8], dialect: Dialect) -> (Vec<String>, Vec<Vec<String>>) {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader =
        csv::ReaderBuilder::new().delimiter(dialect.separator().byte()).from_reader(text);
    let heads = reader.headers().expect("heads").iter().map(str::to_owned).collect();
    let rows = reader
        .records()
        .map(|record| record.expect("a row").iter().map(str::to_owned).collect())
        .collect();
    (heads, rows)
}

#[tokio::test]
async fn every_name_reads_back_and_none_begins_like_a_formula() {
    let world = World::publish().await;
    let long = "x".repeat(200);
    let names: Vec<String> = NAMES.into_iter().map(str::to_owned).chain([long]).collect();
    for name in &names {
        world.finished(Some(name), 1).await;
    }
    for dialect in [Dialect::Standard, SHEET] {
        let bytes = world.file(&world.owner, world.order(Kind::Results, dialect)).await;
        let bytes = bytes.expect("a file");
        let (heads, rows) = read(&bytes, dialect);
        let at = heads.iter().position(|head| head == "last_name").expect("the column");
        let mut found: Vec<&str> = rows.iter().map(|row| unguarded(&row[at])).collect();
        let mut wanted: Vec<&str> = names.iter().map(String::as_str).collect();
        found.sort_unstable();
        wanted.sort_unstable();
        assert_eq!(found, wanted);
        for cell in rows.iter().flatten() {
            let bare = cell.trim_start();
            assert!(!bare.starts_with(['=', '+', '@', '\u{ff1d}']), "{cell:?}");
            assert!(!bare.starts_with('-') || bare.parse::<f64>().is_ok(), "{cell:?}");
            assert!(!cell.starts_with(['\t', '\r', '\0']), "{cell:?}");
        }
    }
}

#[tokio::test]
async fn columns_of_numbers_hold_numbers_and_leading_zeros_stay() {
    let world = World::publish().await;
    world.finished(Some("Ada"), 2).await;
    let started = world.start(Some("Bo")).await;
    let mut order = world.order(Kind::Results, Dialect::Standard);
    order.filter.status = None;
    let (heads, rows) =
        read(&world.file(&world.owner, order).await.expect("a file"), Dialect::Standard);
    assert_eq!(rows.len(), 2);
    let column = |name: &str| heads.iter().position(|head| head == name).expect("the column");
    let of = |name: &str, row: usize| rows[row][column(name)].as_str();
    for name in
        ["score_points", "max_points", "score_percent", "score_low", "score_high", "cut_percent"]
    {
        assert!(of(name, 0).parse::<f64>().is_ok(), "{name}: {:?}", of(name, 0));
    }
    assert_eq!((of("score_points", 0), of("external_id", 0)), ("2", "0012"));
    assert_eq!((of("status", 1), of("score_points", 1), of("cut_met", 1)), ("started", "", ""));
    assert!(of("attempt_id", 0).starts_with("at_") && of("submitted_at_utc", 0).ends_with('Z'));
    assert_eq!(of("started_at_utc", 0), "", "needs the permission and the box");
    assert_eq!(of("attempt_id", 1), started.attempt.tagged());
}

#[tokio::test]
async fn the_bytes_of_both_dialects_are_as_promised() {
    let world = World::publish().await;
    world.finished(Some("a \"b\", c"), 1).await;
    let file = async |kind, dialect| {
        let bytes = world.file(&world.owner, world.order(kind, dialect)).await.expect("a file");
        String::from_utf8(bytes).expect("UTF-8")
    };
    let plain = file(Kind::Results, Dialect::Standard).await;
    assert!(plain.starts_with("schema_version,attempt_id,"), "no mark at the start");
    assert!(plain.ends_with("\r\n") && plain.contains("\"a \"\"b\"\", c\""));
    let sheet = file(Kind::Skills, SHEET).await;
    assert!(sheet.starts_with("\u{feff}\"schema_version\";\"attempt_id\";"));
    assert!(sheet.lines().all(|line| line.trim_start_matches('\u{feff}').starts_with('"')));
    let answers = file(Kind::Answers, SHEET).await;
    assert_eq!(answers.matches("\r\n").count(), 1 + world.items.len());
}
