use super::tests::{SINGLE, shipped};
use super::*;
use crate::catalog::ITEM_FILES;
use std::fmt::Write as _;

#[test]
fn many_items_are_compared_with_each_other() {
    let (path, text) = shipped(SINGLE);
    let (_, found) = check_files([(path, text.as_bytes()), ("copy.toml", text.as_bytes())]);
    let twice = found.iter().find(|one| one.finding.code == "id-twice").expect("the id twice");
    assert_eq!((twice.path.as_str(), twice.finding.args[1].1.as_str()), ("copy.toml", path));
    assert!(text.lines().nth(twice.line - 1).is_some_and(|line| line.starts_with("id =")));

    let other = text.replacen("db-0001-tenant-index", "db-9001-other", 1);
    let codes = |two: &str| -> Vec<&str> {
        let (_, found) = check_files([(path, text.as_bytes()), ("two.toml", two.as_bytes())]);
        found.iter().map(|one| one.finding.code).collect()
    };
    assert_eq!(codes(&other), ["repeats"]);
    assert!(
        codes(&other.replacen("rev = 1", "rev = 1\nenemy = [\"db-0001-tenant-index\"]", 1))
            .is_empty()
    );
    assert_eq!(
        codes(&other.replacen(
            "rev = 1",
            "rev = 1\nenemy = [\"db-0001-tenant-index\", \"db-9-x\"]",
            1
        )),
        ["enemy-unknown"]
    );
}

/// Sixty questions of one skill whose situations differ, with a key at a place of its own.
fn made(change: impl Fn(usize, &mut String)) -> Vec<&'static str> {
    let words = ["red", "green", "blue", "black", "white", "grey", "brown", "pink"];
    let (_, text) = shipped(SINGLE);
    let (head, _) = text.split_once("stem = '''").expect("a stem");
    let files: Vec<(String, String)> = (0..64)
        .map(|at| {
            let word = |n: usize| words[(at / 8_usize.pow(u32::try_from(n % 2).expect("small")) + n) % 8];
            let stem: Vec<String> = (0..20).map(|n| format!("{}{at}{n}", word(n))).collect();
            let mut text = format!(
                "{}stem = '{}'\nask = 'Which colour is the best one here?'\nexplanation = '{}'\n",
                head.replace("db-0001-tenant-index", &format!("db-9{at:03}-x")),
                stem.join(" "),
                "This explains it well. ".repeat(8),
            );
            for (place, id) in ["a", "b", "c", "d"].into_iter().enumerate() {
                let key = if place == at % 4 { "key = true\n" } else { "" };
                let colour = words[(at + place) % 8];
                let _ = write!(
                    text,
                    "[[option]]\nid = '{id}'\n{key}text = 'Paint {at} it in a fresh {colour}{place}'\n\
                     why = 'This is a reason of six words.'\n"
                );
            }
            change(at, &mut text);
            (format!("{at}.toml"), text)
        })
        .collect();
    let (items, found) =
        check_files(files.iter().map(|(path, text)| (path.as_str(), text.as_bytes())));
    assert_eq!(items.len(), 64, "{found:#?}");
    let over_all = found.iter().filter(|one| one.path.is_empty());
    over_all.map(|one| one.finding.code).collect()
}

/// Adds words to the key, or to every other option.
fn add(text: &mut String, is_key: bool, words: &str) {
    let blocks: Vec<String> = text
        .split("[[option]]")
        .map(|block| {
            let is_it = block.contains("text = 'Paint") && block.contains("key = true") == is_key;
            if is_it { block.replacen("a fresh", words, 1) } else { block.to_owned() }
        })
        .collect();
    *text = blocks.join("[[option]]");
}

#[test]
fn habits_of_authors_show_over_many_items() {
    assert_eq!(made(|_, _| ()), Vec::<&str>::new());
    assert_eq!(made(|_, text| add(text, true, "a fresh and longer")), ["bank-longest"]);
    assert_eq!(
        made(|at, text| if at % 2 == 0 {
            add(text, true, "never a");
        }),
        ["bank-absolute"]
    );
    assert_eq!(
        made(|at, text| if at % 2 == 0 {
            add(text, true, "often a");
        }),
        ["bank-hedge"]
    );
    let first = |_: usize, text: &mut String| {
        *text = text.replace("key = true\n", "").replace("shuffle = true", "shuffle = false");
        *text = text.replacen("id = 'a'\n", "id = 'a'\nkey = true\n", 1);
    };
    assert_eq!(made(first), ["bank-positions"]);
    let common = |at: usize, text: &mut String| {
        // Each wrong option shares another word with the key, and none with the rest.
        let blocks: Vec<String> = text
            .split("[[option]]")
            .enumerate()
            .map(|(place, block)| {
                let Some((start, rest)) = block.split_once("text = '") else {
                    return block.to_owned();
                };
                let (_, rest) = rest.split_once('\'').expect("an end");
                let (one, two, three) = (at * 3, at * 3 + 1, at * 3 + 2);
                let all = format!("w{one} x{two} y{three} pale");
                let own = [
                    format!("w{one} i{place} j{place} bold"),
                    format!("x{two} k{place} l{place} bald"),
                    format!("y{three} m{place} n{place} cold"),
                    format!("w{one} o{place} p{place} told"),
                ];
                let words = if block.contains("key = true") { all } else { own[place - 1].clone() };
                format!("{start}text = '{words}'{rest}")
            })
            .collect();
        *text = blocks.join("[[option]]");
    };
    assert!(made(common).contains(&"bank-common"));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a stopwatch, by which nothing is decided")]
fn a_thousand_items_are_checked_in_two_seconds() {
    let twice = ITEM_FILES.iter().chain(ITEM_FILES).take(1_000).enumerate();
    let files: Vec<(String, String)> = twice
        .map(|(at, (path, text))| {
            (format!("{at}/{path}"), text.replacen("id = \"", &format!("id = \"n{at}-"), 1))
        })
        .collect();
    let start = std::time::Instant::now();
    let (items, _) = check_files(files.iter().map(|(path, text)| (path.as_str(), text.as_bytes())));
    let took = start.elapsed();
    assert_eq!(items.len(), 1_000);
    // The promise is about the program as it is shipped; without optimisation it may take longer.
    let most = if cfg!(debug_assertions) { 60 } else { 2 };
    assert!(took.as_secs_f64() < f64::from(most), "{took:?}");
}
