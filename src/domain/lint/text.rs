//! L07, L14 to L16, L20, L23: what stands in the texts.

use super::lists::{
    AGEING, BRANDS, IDIOMS, LEAST, LOADED_NAMES, NEGATIVE, NEUTRAL_NAMES, REQUESTS, UNFOCUSED,
    VERSIONED,
};
use super::load::prose;
use super::options::first_of;
use super::view::View;
use super::words::{Prose, phrase_words, without_code};
use super::{Finding, Rule, Spot};

/// Words of situation, question and options; code apart.
const MOST_WORDS: u32 = 190;
/// Mean words of a sentence.
const LONG_SENTENCE: u32 = 22;
/// Flesch-Kincaid grade, in hundredths.
const HARDEST: i64 = 1_300;
/// A question has so many words.
const ASK_WORDS: usize = 5;
/// So many words are a reason.
const REASON_WORDS: u32 = 6;
/// So many words teach.
const EXPLANATION_WORDS: u32 = 25;

pub fn check(view: &View<'_>, found: &mut Vec<Finding>) {
    for (spot, ask) in view.questions() {
        question(view, &spot, ask, found);
    }
    reading(view, found);
    reasons(view, found);
    for (spot, text) in view.prose() {
        ageing(&spot, text, found);
        names(view, &spot, text, found);
    }
}

fn question(view: &View<'_>, spot: &Spot, ask: &str, found: &mut Vec<Finding>) {
    let words = phrase_words(ask);
    let is_situational = view.item.facts.kind.is_situational();
    let least = first_of(ask, LEAST).or_else(|| ask.contains("LEAST").then_some("LEAST"));
    let turned = first_of(ask, NEGATIVE).or(if is_situational { None } else { least });
    if let Some(word) = turned {
        found.push(Finding::error(Rule::L07, spot.clone(), "negative").with("word", word));
    }
    let is_request = words.first().is_some_and(|word| REQUESTS.contains(&word.as_str()));
    if words.len() < ASK_WORDS {
        found.push(
            Finding::error(Rule::L15, spot.clone(), "ask-short")
                .with("count", words.len())
                .with("least", ASK_WORDS),
        );
    } else if !is_request && !ask.contains('?') {
        found.push(Finding::error(Rule::L15, spot.clone(), "ask-no-question"));
    }
    if let Some(phrase) = first_of(ask, UNFOCUSED) {
        found.push(Finding::error(Rule::L15, spot.clone(), "ask-unfocused").with("text", phrase));
    }
}

fn reading(view: &View<'_>, found: &mut Vec<Finding>) {
    let all = prose(view);
    let stem = Spot::Field("stem", 0);
    let words = all.count();
    if words > MOST_WORDS {
        found.push(
            Finding::warning(Rule::L14, stem.clone(), "long")
                .with("count", words)
                .with("most", MOST_WORDS),
        );
    }
    if words > LONG_SENTENCE * all.sentences {
        found.push(
            Finding::warning(Rule::L14, stem.clone(), "sentences-long")
                .with("count", words / all.sentences.max(1))
                .with("most", LONG_SENTENCE),
        );
    }
    let grade = all.grade_hundredths();
    if grade > HARDEST {
        found.push(
            Finding::warning(Rule::L14, stem, "hard")
                .with("grade", grade / 100)
                .with("most", HARDEST / 100),
        );
    }
    // At 200 words a minute reading may take 60 percent of the time: two words a second.
    let seconds = view.item.body.seconds.get();
    if i64::from(words) > 2 * seconds {
        found.push(
            Finding::warning(Rule::L14, Spot::Field("seconds", 0), "no-time-to-read")
                .with("count", words)
                .with("most", 2 * seconds),
        );
    }
}

fn reasons(view: &View<'_>, found: &mut Vec<Finding>) {
    for (spot, why) in view.reasons() {
        let count = Prose::of(why).count();
        if count < REASON_WORDS {
            found.push(
                Finding::error(Rule::L16, spot.clone(), "reason-short")
                    .with("count", count)
                    .with("least", REASON_WORDS),
            );
        }
        positions(&spot, why, found);
    }
    let spot = Spot::Field("explanation", 0);
    let explanation = &view.item.key.explanation;
    let count = Prose::of(explanation).count();
    if count < EXPLANATION_WORDS {
        found.push(
            Finding::error(Rule::L16, spot.clone(), "explanation-short")
                .with("count", count)
                .with("least", EXPLANATION_WORDS),
        );
    }
    positions(&spot, explanation, found);
}

/// Options are shown in another order in every paper, so their letters and places mean nothing.
fn positions(spot: &Spot, text: &str, found: &mut Vec<Finding>) {
    let plain = without_code(text, "code");
    let points = |pair: &[&str]| {
        let (one, two) = (pair[0].to_lowercase(), pair[1]);
        let is_option = |word: &str| matches!(word, "option" | "options" | "choice" | "distractor");
        let is_letter = two.len() == 1 && two.chars().all(|c| ('A'..='H').contains(&c));
        let is_place = ["first", "second", "third", "fourth", "fifth", "last", "previous"]
            .contains(&one.as_str());
        let is_small = two.len() == 1 && two.chars().all(|c| ('b'..='h').contains(&c));
        (is_option(&one) || one == "answer") && (is_letter || is_small)
            || is_place && is_option(&two.to_lowercase())
    };
    for sentence in plain.split(['.', '?', '!', ';', ':']) {
        let words: Vec<&str> = sentence
            .split(|c: char| !(c.is_alphanumeric() || c == '\''))
            .filter(|word| !word.is_empty())
            .collect();
        if let Some(pair) = words.windows(2).find(|pair| points(pair)) {
            let text = pair.join(" ");
            found.push(
                Finding::error(Rule::L16, spot.clone(), "reason-position").with("text", text),
            );
            return;
        }
    }
}

fn ageing(spot: &Spot, text: &str, found: &mut Vec<Finding>) {
    if let Some(word) = first_of(text, AGEING) {
        found.push(Finding::warning(Rule::L20, spot.clone(), "ageing").with("word", word));
    }
    let words = spaced(text);
    let versions = words.windows(2).find(|pair| {
        let name = pair[0].trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        VERSIONED.contains(&name.as_str()) && pair[1].starts_with(|c: char| c.is_ascii_digit())
    });
    if let Some(pair) = versions {
        found.push(
            Finding::warning(Rule::L20, spot.clone(), "version").with("text", pair.join(" ")),
        );
    }
}

fn spaced(text: &str) -> Vec<String> {
    without_code(text, "code").split_whitespace().map(ToOwned::to_owned).collect()
}

fn names(view: &View<'_>, spot: &Spot, text: &str, found: &mut Vec<Finding>) {
    let tags = &view.item.facts.tags;
    let is_subject = |word: &str| tags.iter().any(|tag| tag.split([':', '-']).any(|t| t == word));
    if let Some(brand) = first_of(text, BRANDS)
        && !is_subject(brand)
        // "zoom", "slack" and "apple" are words too: only a capital makes them a brand.
        && without_code(text, " ").contains(&capital(brand))
    {
        found.push(Finding::warning(Rule::L23, spot.clone(), "brand").with("word", brand));
    }
    if let Some(idiom) = first_of(text, IDIOMS) {
        found.push(Finding::warning(Rule::L23, spot.clone(), "idiom").with("text", idiom));
    }
    let plain = without_code(text, " ");
    let mut words = plain.split(|c: char| !c.is_alphanumeric());
    if let Some(name) = words.find(|word| LOADED_NAMES.contains(word)) {
        found.push(
            Finding::warning(Rule::L23, spot.clone(), "name")
                .with("name", name)
                .with("neutral", NEUTRAL_NAMES[..6].join(", ")),
        );
    }
    if let Some(secret) = personal(text) {
        found.push(Finding::warning(Rule::L23, spot.clone(), "personal").with("text", secret));
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Beginnings of real secrets.
const SECRETS: &[&str] =
    &["AKIA", "ghp_", "github_pat_", "xoxb-", "sk_live_", "-----BEGIN ", "AIza", "glpat-"];

/// A mail address outside the names kept for examples, a telephone number, or something like a key.
fn personal(text: &str) -> Option<String> {
    let is_end = |c: char| c.is_whitespace() || "\"'`<>(),;=".contains(c);
    for word in text.split(is_end).map(|word| word.trim_end_matches(['.', ':'])) {
        if SECRETS.iter().any(|start| word.starts_with(start)) {
            return Some(word.to_owned());
        }
        if let Some((name, host)) = word.split_once('@')
            && !name.is_empty()
            && !name.contains('/')
            && host.contains('.')
            && host.starts_with(|c: char| c.is_alphabetic())
            && !is_example(host)
        {
            return Some(word.to_owned());
        }
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        if word.starts_with('+') && digits > 8 && digits + 1 >= word.len() {
            return Some(word.to_owned());
        }
    }
    SECRETS
        .iter()
        .find(|start| start.ends_with(' ') && text.contains(**start))
        .map(|s| (*s).to_owned())
}

/// Names that nobody can own, and those inside a house.
fn is_example(host: &str) -> bool {
    let host = host.split([':', '/']).next().unwrap_or_default();
    let ends = [".example", ".test", ".invalid", ".localhost", ".internal", ".local"];
    host.split('.').any(|part| part == "example") || ends.iter().any(|end| host.ends_with(end))
}
