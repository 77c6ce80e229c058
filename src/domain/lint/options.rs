//! L01 to L04, L06, L08 to L11, L13: what the options of one question look like.

use super::lists::{ABOVE, ABSOLUTE, HEDGE};
use super::view::{Group, View};
use super::words::{content, has_phrase, normal, phrase_words, token_list, whole_code};
use super::{Finding, Rule, Spot};
use crate::domain::control::Choice;
use crate::domain::number::Decimal;
use std::collections::BTreeSet;

/// Below this many characters a difference in length is no clue: "7" and "14" are both a number.
const SHORT: usize = 12;
/// Two options whose words overlap more than this say the same; in hundredths.
const OVERLAP: usize = 85;
/// So many words of the situation in the key alone point at it.
const CLANG: usize = 3;

pub fn check(view: &View<'_>, found: &mut Vec<Finding>) {
    for group in &view.groups {
        counts(group, found);
        lengths(group, found);
        above(group, found);
        strong_words(group, found);
        clang(view, group, found);
        forms(group, found);
        twins(group, found);
        ranges(group, found);
        order(group, found);
    }
    let answers = view.answers();
    // Steps and responses have no keys, but the same text twice is as wrong there.
    if view.groups.is_empty() {
        for (at, (spot, text)) in answers.iter().enumerate() {
            if answers[..at].iter().any(|(_, other)| normal(other) == normal(text)) {
                found.push(Finding::error(Rule::L11, spot.clone(), "options-equal"));
            }
        }
    }
    let asks = view.questions();
    for (spot, ask) in asks {
        let last = ask.split_whitespace().next_back().unwrap_or_default();
        if last == "a" || last == "an" {
            found.push(Finding::warning(Rule::L10, spot, "ask-article"));
        }
    }
}

fn first(group: &Group<'_>) -> Spot {
    let id = group.options.first().map(|option| option.id.clone()).unwrap_or_default();
    Spot::Entry(group.table, format!("{}{id}", group.prefix), "id")
}

fn counts(group: &Group<'_>, found: &mut Vec<Finding>) {
    let (options, keys) = (group.options.len(), group.keys.len());
    let (least, most) = if group.is_multiple { (4, 8) } else { (3, 5) };
    if !(least..=most).contains(&options) {
        found.push(
            Finding::error(Rule::L01, first(group), "option-count")
                .with("count", options)
                .with("least", least)
                .with("most", most),
        );
    }
    let is_right = if group.is_multiple { keys >= 2 && keys + 2 <= options } else { keys == 1 };
    if !is_right {
        found.push(Finding::error(Rule::L02, first(group), "key-count").with("count", keys));
    }
}

fn length(text: &str) -> usize {
    text.chars().count()
}

/// Twice the median, so that it is a whole number.
pub fn twice_median(mut lengths: Vec<usize>) -> usize {
    lengths.sort_unstable();
    let middle = lengths.len() / 2;
    match lengths.len() {
        0 => 0,
        n if n % 2 == 1 => 2 * lengths[middle],
        _ => lengths[middle - 1] + lengths[middle],
    }
}

fn lengths(group: &Group<'_>, found: &mut Vec<Finding>) {
    let all: Vec<usize> = group.options.iter().map(|option| length(&option.text)).collect();
    let longest = all.iter().copied().max().unwrap_or(0);
    let shortest = all.iter().copied().min().unwrap_or(0);
    if longest <= SHORT {
        return;
    }
    let median = twice_median(group.wrong().map(|option| length(&option.text)).collect());
    for key in group.right() {
        // The key's length as a percentage of the median.
        let Some(share) = (200 * length(&key.text)).checked_div(median) else { continue };
        let finding = if !(50..=150).contains(&share) {
            Finding::error(Rule::L03, group.spot(key), "key-length")
        } else if !(70..=125).contains(&share) {
            Finding::warning(Rule::L03, group.spot(key), "key-length")
        } else {
            continue;
        };
        found.push(finding.with("percent", share));
    }
    if longest > 2 * shortest {
        found.push(
            Finding::warning(Rule::L04, first(group), "length-spread")
                .with("longest", longest)
                .with("shortest", shortest),
        );
    }
}

fn above(group: &Group<'_>, found: &mut Vec<Finding>) {
    for option in group.options {
        let words = phrase_words(&option.text);
        if let Some(phrase) = ABOVE.iter().find(|phrase| has_phrase(&words, phrase)) {
            found.push(
                Finding::error(Rule::L06, group.spot(option), "option-above").with("text", phrase),
            );
        }
    }
}

/// The first of the words or phrases in a text.
pub fn first_of(text: &str, list: &[&'static str]) -> Option<&'static str> {
    let words = phrase_words(text);
    list.iter().copied().find(|phrase| has_phrase(&words, phrase))
}

fn strong_words(group: &Group<'_>, found: &mut Vec<Finding>) {
    let in_keys = |list| group.right().any(|option| first_of(&option.text, list).is_some());
    let in_wrong = |list| group.wrong().any(|option| first_of(&option.text, list).is_some());
    if !in_keys(ABSOLUTE) {
        for option in group.wrong() {
            if let Some(word) = first_of(&option.text, ABSOLUTE) {
                found.push(
                    Finding::warning(Rule::L08, group.spot(option), "absolute").with("word", word),
                );
            }
        }
    }
    if !in_wrong(HEDGE) {
        for option in group.right() {
            if let Some(word) = first_of(&option.text, HEDGE) {
                found.push(
                    Finding::warning(Rule::L08, group.spot(option), "hedge").with("word", word),
                );
            }
        }
    }
}

fn clang(view: &View<'_>, group: &Group<'_>, found: &mut Vec<Finding>) {
    let scene = content(&format!("{}\n{}", view.item.body.stem, group.ask));
    let shared = |text: &str| content(text).intersection(&scene).count();
    let best = group.wrong().map(|option| shared(&option.text)).max().unwrap_or(0);
    for key in group.right() {
        let count = shared(&key.text);
        if count >= best + CLANG {
            found.push(
                Finding::warning(Rule::L09, group.spot(key), "clang")
                    .with("count", count)
                    .with("best", best),
            );
        }
    }
}

/// How an option begins.
#[derive(PartialEq, Eq, Clone, Copy)]
enum Form {
    Number,
    Code,
    Words,
}

fn form(text: &str) -> Form {
    match text.trim_start().chars().next() {
        Some(c) if c.is_ascii_digit() => Form::Number,
        _ if whole_code(text).is_some() => Form::Code,
        _ => Form::Words,
    }
}

fn forms(group: &Group<'_>, found: &mut Vec<Finding>) {
    let end = |text: &str| text.trim_end().chars().next_back().filter(|c| ".?!;".contains(*c));
    let mut ends = group.options.iter().map(|option| end(&option.text));
    let one = ends.next().flatten();
    if ends.any(|other| other != one) {
        found.push(Finding::warning(Rule::L10, first(group), "option-ends"));
    }
    // One option of another form stands out, and it stands out most when it is the key.
    for option in group.options {
        let is_same = |other: &&Choice| form(&other.text) == form(&option.text);
        if group.options.len() > 2 && group.options.iter().filter(is_same).count() == 1 {
            found.push(Finding::warning(Rule::L10, group.spot(option), "option-form"));
        }
    }
    // All wrong options begin alike and the key does not: the odd one is right.
    let openings: Vec<Vec<String>> = group.wrong().map(|option| opening(&option.text)).collect();
    if openings.len() > 1 && openings.windows(2).all(|pair| pair[0] == pair[1]) {
        for key in group.right().filter(|key| opening(&key.text) != openings[0]) {
            found.push(Finding::warning(Rule::L10, group.spot(key), "key-alone"));
        }
    }
}

/// The first two words besides articles.
fn opening(text: &str) -> Vec<String> {
    let words = token_list(text).into_iter();
    words.filter(|word| !["a", "an", "the", "one"].contains(&word.as_str())).take(2).collect()
}

fn twins(group: &Group<'_>, found: &mut Vec<Finding>) {
    for (at, option) in group.options.iter().enumerate() {
        for other in &group.options[..at] {
            if normal(&option.text) == normal(&other.text) {
                found.push(
                    Finding::error(Rule::L11, group.spot(option), "options-equal")
                        .with("other", &other.id),
                );
                continue;
            }
            // Pieces of code may differ in one sign on purpose.
            if whole_code(&option.text).is_some() {
                continue;
            }
            let (one, two) = (said(&option.text), said(&other.text));
            let (shared, all) = (one.intersection(&two).count(), one.union(&two).count());
            if shared * 100 > all * OVERLAP {
                found.push(
                    Finding::error(Rule::L11, group.spot(option), "options-overlap")
                        .with("other", &other.id)
                        .with("percent", shared * 100 / all),
                );
            }
        }
    }
}

/// Words and pairs of neighbours: "A before B" is not "B before A".
fn said(text: &str) -> BTreeSet<String> {
    let words = token_list(text);
    let pairs = words.windows(2).map(|pair| pair.join(" "));
    words.iter().cloned().chain(pairs).collect()
}

/// `10 to 20`, `10-20`, `10 and 20` at the beginning of an option.
fn range(text: &str) -> Option<(Decimal, Decimal)> {
    let spaced = text.replace(['-', '\u{2013}'], " - ");
    let words: Vec<&str> = spaced.split_whitespace().take(4).collect();
    let words = if words.first() == Some(&"between") { &words[1..] } else { &words[..] };
    let [low, "to" | "-" | "and", high, ..] = words else { return None };
    let (low, high) = (low.parse::<Decimal>().ok()?, high.parse::<Decimal>().ok()?);
    (low < high).then_some((low, high))
}

fn ranges(group: &Group<'_>, found: &mut Vec<Finding>) {
    for (at, option) in group.options.iter().enumerate() {
        let Some((low, high)) = range(&option.text) else { continue };
        for other in &group.options[..at] {
            if range(&other.text).is_some_and(|(from, to)| low < to && from < high) {
                found.push(
                    Finding::error(Rule::L11, group.spot(option), "ranges-overlap")
                        .with("other", &other.id),
                );
            }
        }
    }
}

/// The number or the date at the beginning of an option.
fn number(text: &str) -> Option<Decimal> {
    let bare = text.trim_start_matches('`');
    let end =
        bare.find(|c: char| !(c.is_ascii_digit() || ".,-:".contains(c))).unwrap_or(bare.len());
    let digits: String = bare[..end].trim_end_matches(['.', ',', '-', ':']).replace(',', "");
    // A date such as 2026-03-01 sorts as the number 20260301.
    if digits.starts_with('-') {
        digits.parse().ok()
    } else {
        digits.replace(['-', ':'], "").parse().ok()
    }
}

fn order(group: &Group<'_>, found: &mut Vec<Finding>) {
    if group.is_shuffled {
        return;
    }
    let numbers: Option<Vec<Decimal>> =
        group.options.iter().map(|option| number(&option.text)).collect();
    let Some(numbers) = numbers else { return };
    let is_rising = numbers.windows(2).all(|pair| pair[0] <= pair[1]);
    let is_falling = numbers.windows(2).all(|pair| pair[0] >= pair[1]);
    if !is_rising && !is_falling {
        found.push(Finding::warning(Rule::L13, first(group), "unsorted"));
    }
}
