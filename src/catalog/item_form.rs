//! An item as a form: fields are named by their way in the file, such as `option.2.text`. What was
//! typed is put into the file, and everything that the form does not know stays in it.

use super::item_source::{Source, Value};
use crate::domain::interaction::Kind;
use crate::domain::number::Decimal;

/// A field that cannot be written into the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable(pub String);

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Type {
    /// Always there, may be empty.
    Text,
    /// Not there when empty.
    Optional,
    /// A number that is always there.
    Number,
    /// A number, or nothing.
    Maybe,
    /// Words between commas, always there.
    Words,
    /// Words between commas, or nothing.
    MaybeWords,
    /// One a line, or nothing.
    Lines,
    /// A box.
    Tick,
}

/// The fields that a form may change. A place in a list is written as `#`.
fn type_of(path: &str) -> Option<Type> {
    let pattern: Vec<&str> =
        path.split('.').map(|part| if part.parse::<u16>().is_ok() { "#" } else { part }).collect();
    Some(match pattern.join(".").as_str() {
        "stem"
        | "ask"
        | "explanation"
        | "skill"
        | "level"
        | "cognitive"
        | "answer.tolerance.kind"
        | "option.#.text"
        | "option.#.why"
        | "step.#.text"
        | "response.#.text"
        | "response.#.why"
        | "log.#.text"
        | "part.#.ask"
        | "part.#.option.#.text"
        | "part.#.option.#.why"
        | "answer.partial.#.why" => Type::Text,
        "evidence" | "answer.unit" => Type::Optional,
        "seconds"
        | "answer.value"
        | "answer.tolerance.value"
        | "answer.partial.#.value"
        | "answer.partial.#.credit"
        | "select.min"
        | "select.max"
        | "part.#.select.min"
        | "part.#.select.max"
        | "part.#.weight"
        | "response.#.mode"
        | "response.#.mean" => Type::Number,
        "p_expected" => Type::Maybe,
        "tags" | "seeds" | "part.#.keys" => Type::Words,
        "also" | "enemy" => Type::MaybeWords,
        "references" | "scale" | "lint_waive" => Type::Lines,
        "shuffle" | "answer.integer" | "option.#.key" => Type::Tick,
        _ => return None,
    })
}

/// Puts what was typed into the file. `typed` may hold more than the form's fields.
pub fn apply(source: &mut Source, typed: &[(String, String)]) -> Result<(), Vec<Unreadable>> {
    let mut unreadable = Vec::new();
    for (path, text) in typed {
        if let Some(list) = path.strip_prefix("key.") {
            choose(source, list, text);
            continue;
        }
        // A box that is not ticked is not sent; its name is.
        if path == "tick" {
            let is_set = typed.iter().any(|(name, _)| name == text);
            if type_of(text) == Some(Type::Tick) {
                tick(source, text, is_set);
            }
            continue;
        }
        let Some(kind) = type_of(path).filter(|kind| *kind != Type::Tick) else { continue };
        if !is_there(source, path) {
            continue;
        }
        let text = text.replace("\r\n", "\n").replace('\0', "\u{fffd}");
        if put(source, path, kind, &text).is_err() {
            unreadable.push(Unreadable(path.clone()));
        }
    }
    if unreadable.is_empty() { Ok(()) } else { Err(unreadable) }
}

/// A place in a list must exist; a form cannot make tables by their number.
fn is_there(source: &Source, path: &str) -> bool {
    let mut table = String::new();
    for part in path.split('.') {
        if part.parse::<usize>().is_ok_and(|at| at >= source.count(&table)) {
            return false;
        }
        if !table.is_empty() {
            table.push('.');
        }
        table.push_str(part);
    }
    true
}

fn put(source: &mut Source, path: &str, kind: Type, text: &str) -> Result<(), ()> {
    let trimmed = text.trim();
    let pieces = |cut: &[char]| -> Vec<String> {
        let pieces = trimmed.split(cut).map(str::trim).filter(|piece| !piece.is_empty());
        pieces.map(str::to_owned).collect()
    };
    let value = match kind {
        Type::Text => Value::Text(text.trim_end().to_owned()),
        Type::Optional | Type::Maybe | Type::MaybeWords | Type::Lines if trimmed.is_empty() => {
            source.unset(path);
            return Ok(());
        }
        Type::Optional => Value::Text(trimmed.to_owned()),
        Type::Words | Type::MaybeWords => Value::Texts(pieces(&[',', '\n'])),
        Type::Lines => Value::Texts(pieces(&['\n'])),
        Type::Number | Type::Maybe => {
            let point = trimmed.replace(',', ".");
            let number: Decimal = point.parse().map_err(|_| ())?;
            // A number that only looks different is left as it is written.
            if source.get(path).and_then(|old| old.parse().ok()) == Some(number) {
                return Ok(());
            }
            let is_written =
                point.bytes().all(|byte| byte.is_ascii_digit() || b".-".contains(&byte));
            if !is_written || point.starts_with('.') || point.ends_with('.') {
                return Err(());
            }
            Value::Number(point)
        }
        Type::Tick => return Ok(()),
    };
    source.set(path, &value);
    Ok(())
}

fn tick(source: &mut Source, path: &str, is_set: bool) {
    if path.rsplit_once('.').is_some_and(|(_, name)| name == "key") && !is_set {
        source.unset(path);
    } else if source.get(path).unwrap_or_else(|| "false".to_owned()) != is_set.to_string() {
        source.set(path, &Value::Flag(is_set));
    }
}

/// The one key among options: `key.option = 2`.
fn choose(source: &mut Source, list: &str, chosen: &str) {
    if list != "option" && type_of(&format!("{list}.0.text")) != Some(Type::Text) {
        return;
    }
    for at in 0..source.count(list) {
        let path = format!("{list}.{at}.key");
        let is_key = chosen == at.to_string();
        match (is_key, source.has(&path)) {
            (true, _) => source.set(&path, &Value::Flag(true)),
            (false, true) => source.unset(&path),
            (false, false) => {}
        }
    }
}

/// An id that no entry of a list has: the next letter, or the next number behind a letter.
fn next_id(source: &Source, list: &str) -> String {
    let taken: Vec<String> =
        (0..source.count(list)).filter_map(|at| source.get(&format!("{list}.{at}.id"))).collect();
    let prefix = match list {
        "step" => Some("s"),
        "log" => Some("L"),
        _ => None,
    };
    let is_free = |id: &String| !taken.contains(id);
    let letters = ('a'..='z').map(|letter| letter.to_string());
    let numbers = (1..1_000).map(|nr| format!("{}{nr}", prefix.unwrap_or("o")));
    let mut all: Box<dyn Iterator<Item = String>> = match prefix {
        Some(_) => Box::new(numbers),
        None => Box::new(letters.chain(numbers)),
    };
    all.find(is_free).unwrap_or_default()
}

/// What a button does: `add.option`, `remove.option.2`, `up.step.1`, `down.step.1`.
pub fn press(source: &mut Source, button: &str) {
    let text = |name| (name, Value::Text(String::new()));
    if let Some(list) = button.strip_prefix("add.") {
        let id = ("id", Value::Text(next_id(source, list)));
        match name_of(list).as_str() {
            "option" | "part.option" => source.push(list, &[id, text("text"), text("why")]),
            "step" | "log" => source.push(list, &[id, text("text")]),
            "response" if source.has("scale") => {
                let mode = ("mode", Value::Number("1".to_owned()));
                source.push(list, &[id, text("text"), mode, text("why")]);
            }
            "response" => {
                let mean = ("mean", Value::Number("3.0".to_owned()));
                source.push(list, &[id, text("text"), mean, text("why")]);
            }
            "answer.partial" => {
                let zero = |name| (name, Value::Number("0".to_owned()));
                source.push(list, &[zero("value"), zero("credit"), text("why")]);
            }
            _ => {}
        }
    } else if let Some((list, at)) =
        button.strip_prefix("remove.").and_then(|it| it.rsplit_once('.'))
    {
        if let Ok(at) = at.parse() {
            source.remove(list, at);
        }
    } else if let Some(at) = button.strip_prefix("up.step.").and_then(|at| at.parse().ok()) {
        swap(source, at);
    }
}

/// Exchanges a step with the one before it.
fn swap(source: &mut Source, at: usize) {
    let Some(before) = at.checked_sub(1) else { return };
    for field in ["id", "text"] {
        let (one, two) = (format!("step.{before}.{field}"), format!("step.{at}.{field}"));
        if let (Some(first), Some(second)) = (source.get(&one), source.get(&two)) {
            source.set(&one, &Value::Text(second));
            source.set(&two, &Value::Text(first));
        }
    }
}

fn name_of(list: &str) -> String {
    let names = list.split('.').filter(|part| part.parse::<usize>().is_err());
    names.collect::<Vec<_>>().join(".")
}

/// The file of a new item: everything that its kind needs, and nothing said yet.
pub fn blank(code: &str, skill: &str, level: &str, kind: Kind) -> String {
    let (seconds, cognitive) =
        if kind.is_situational() { (120, "evaluate") } else { (90, "apply") };
    let options = |count: u8| -> String {
        (0..count)
            .map(|nr| {
                let id = char::from(b'a' + nr);
                format!("\n[[option]]\nid = \"{id}\"\ntext = \"\"\nwhy = \"\"\n")
            })
            .collect::<Vec<_>>()
            .concat()
    };
    let responses = |field: &str| -> String {
        ('a'..='e')
            .map(|id| format!("\n[[response]]\nid = \"{id}\"\ntext = \"\"\n{field}\nwhy = \"\"\n"))
            .collect::<Vec<_>>()
            .concat()
    };
    let panel = |rule: &str| {
        format!("\n[key]\nsource = \"author-provisional\"\npanel_n = 0\nrule = \"{rule}\"\n")
    };
    let (fields, tables) = match kind {
        Kind::SingleChoice => ("shuffle = true\n", options(4)),
        Kind::MultipleResponse => ("shuffle = true\nselect = { min = 2, max = 2 }\n", options(5)),
        Kind::Numeric => (
            "",
            "\n[answer]\nvalue = 0\ntolerance = { kind = \"absolute\", value = 0 }\ninteger = false\n"
                .to_owned(),
        ),
        Kind::Ordering => (
            "",
            ["s1", "s2", "s3", "s4"].map(|id| format!("\n[[step]]\nid = \"{id}\"\ntext = \"\"\n")).concat(),
        ),
        Kind::Rating => (
            "instruction = \"knowledge\"\nscale = [\"very ineffective\", \"rather ineffective\", \
             \"rather effective\", \"very effective\"]\n",
            panel("mode_near") + &responses("mode = 1"),
        ),
        Kind::BestWorst => {
            ("instruction = \"knowledge\"\n", panel("best_worst") + &responses("mean = 3.0"))
        }
        Kind::Diagnosis => (
            "",
            (1..=4)
                .map(|nr| format!("\n[[log]]\nid = \"L{nr}\"\ntext = \"\"\n"))
                .chain([
                    "\n[[part]]\nid = \"cause\"\ntype = \"single_choice\"\nweight = 0.6\nask = \"\"\nshuffle = true\n"
                        .to_owned(),
                ])
                .chain((0..4_u8).map(|nr| {
                    let id = char::from(b'a' + nr);
                    format!("\n[[part.option]]\nid = \"{id}\"\ntext = \"\"\nwhy = \"\"\n")
                }))
                .chain([
                    "\n[[part]]\nid = \"evidence\"\ntype = \"multiple_response\"\nweight = 0.4\nask = \"\"\n\
                     select = { min = 2, max = 2 }\noptions_from = \"log\"\nkeys = []\nrule = \"balanced\"\n"
                        .to_owned(),
                ])
                .collect(),
        ),
    };
    format!(
        "schema = 1\nid = \"{code}\"\nrev = 1\nstatus = \"draft\"\ntype = \"{kind}\"\nskill = \"{skill}\"\n\
         level = \"{level}\"\ncognitive = \"{cognitive}\"\nseeds = []\ntags = []\nseconds = {seconds}\n\
         {fields}stem = \"\"\nask = \"\"\nexplanation = \"\"\n{tables}"
    )
}

#[cfg(test)]
#[path = "item_form_tests.rs"]
mod tests;
