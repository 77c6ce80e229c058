//! L00: texts hold words and code, nothing that could act or hide.
//!
//! Pages are safe anyway: they show raw markup as text and clean what they draw. Here the author is
//! told, because markup is a mistake at best.

use super::view::View;
use super::words::without_code;
use super::{Finding, Rule, Spot};

/// No text of an item is longer; in characters.
const MOST_CHARS: usize = 8_000;
/// Addresses that do something instead of leading somewhere.
const ACTIVE: &[&str] = &["javascript:", "vbscript:", "data:"];

pub fn check(view: &View<'_>, found: &mut Vec<Finding>) {
    let mut texts = view.prose();
    texts.extend(view.reasons());
    texts.push((Spot::Field("explanation", 0), view.item.key.explanation.as_str()));
    for (spot, text) in &texts {
        markup(spot, text, found);
        hidden(spot, text, found);
        if text.chars().count() > MOST_CHARS {
            found.push(
                Finding::error(Rule::L00, spot.clone(), "text-long").with("most", MOST_CHARS),
            );
        }
    }
    for line in view.exhibit() {
        hidden(&Spot::Entry("log", line.id.clone(), "text"), &line.text, found);
    }
}

/// The line of a byte inside a field.
fn at_line(spot: &Spot, text: &str, at: usize) -> Spot {
    match spot {
        Spot::Field(name, down) => {
            let lines = text[..at].matches('\n').count();
            Spot::Field(name, down + lines)
        }
        other => other.clone(),
    }
}

fn markup(spot: &Spot, text: &str, found: &mut Vec<Finding>) {
    let prose = without_code(text, " ");
    let is_tag = |at: usize| {
        prose[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c))
    };
    if let Some((at, _)) = prose.match_indices('<').find(|(at, _)| is_tag(*at)) {
        let shown: String = prose[at..].chars().take(20).take_while(|c| *c != '\n').collect();
        let place = text.find(&shown).map_or_else(|| spot.clone(), |at| at_line(spot, text, at));
        found.push(Finding::error(Rule::L00, place, "markup").with("text", shown));
    }
    let lower = prose.to_lowercase();
    if let Some(scheme) = ACTIVE.iter().find(|scheme| lower.contains(&format!("]({scheme}"))) {
        let at = text.to_ascii_lowercase().find(&format!("]({scheme}"));
        let place = at.map_or_else(|| spot.clone(), |at| at_line(spot, text, at));
        found.push(Finding::error(Rule::L00, place, "active-link").with("text", scheme));
    }
    if prose.contains("![") {
        found.push(Finding::error(Rule::L00, spot.clone(), "image"));
    }
}

/// Characters that cannot be seen, or that turn the order of what is seen around.
fn is_hidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(
            c,
            '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}'
                | '\u{00AD}' | '\u{E0000}'..='\u{E007F}'
        )
}

fn hidden(spot: &Spot, text: &str, found: &mut Vec<Finding>) {
    if let Some((at, c)) = text.char_indices().find(|(_, c)| is_hidden(*c)) {
        found.push(
            Finding::error(Rule::L00, at_line(spot, text, at), "hidden")
                .with("text", format!("U+{:04X}", u32::from(c))),
        );
    }
}
