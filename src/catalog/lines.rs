//! Finds the line of a field in an item file, so that a finding can be looked up.

use crate::domain::lint::Spot;

/// The line of a spot, from 1; 1 where the file does not have it.
pub fn line_of_spot(text: &str, spot: &Spot) -> usize {
    match spot {
        Spot::Field(name, down) => field(text, name).map_or(1, |(line, is_block)| {
            // The first line of a block of text stands below its name.
            if is_block && *name != "run" { line + 1 + down } else { line + down }
        }),
        Spot::Entry(table, id, name) => entry(text, table, id, name).unwrap_or(1),
        Spot::Step(wanted) => {
            let first = wanted.lines().next().unwrap_or_default();
            let found = text.lines().position(|line| line.contains(first));
            found.map_or(1, |at| at + 1)
        }
    }
}

/// Lines with their number that are not inside a block of text.
fn structure(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut inside: Option<&str> = None;
    text.lines().enumerate().filter_map(move |(at, line)| {
        if let Some(mark) = inside {
            if line.contains(mark) {
                inside = None;
            }
            return None;
        }
        for mark in ["'''", "\"\"\""] {
            if line.matches(mark).count() % 2 == 1 {
                inside = Some(mark);
            }
        }
        Some((at + 1, line.trim()))
    })
}

fn names(line: &str, key: &str) -> bool {
    line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='))
}

/// A field or a table of the item itself, and whether its text begins a line below.
fn field(text: &str, name: &str) -> Option<(usize, bool)> {
    let mut is_top = true;
    for (number, line) in structure(text) {
        let header = line.trim_start_matches('[').split(']').next().unwrap_or_default();
        if line.starts_with('[') {
            is_top = false;
            if header == name {
                return Some((number, false));
            }
        } else if is_top && names(line, name) {
            return Some((number, line.ends_with("'''") || line.ends_with("\"\"\"")));
        }
    }
    None
}

/// A field of the table whose `id` (or `value`, in a partial answer) is this one.
fn entry(text: &str, table: &str, id: &str, name: &str) -> Option<usize> {
    let (part, id) = match (table, id.split_once('.')) {
        ("part.option", Some((part, id))) => (Some(part), id),
        _ => (None, id),
    };
    let mut current_part = String::new();
    let mut best: Option<usize> = None;
    let (mut is_table, mut is_entry, mut start) = (false, false, 0);
    for (number, line) in structure(text) {
        if line.starts_with('[') {
            if is_entry {
                return best;
            }
            let header = line.trim_matches(|c| c == '[' || c == ']');
            is_table = header == table;
            (is_entry, best, start) = (false, None, number);
            if header == "part" {
                current_part.clear();
            }
        } else if names(line, "id") || is_table && names(line, "value") {
            let value = line.split_once('=').map_or("", |(_, v)| v.trim());
            let value =
                value.split('#').next().unwrap_or_default().trim().trim_matches(['"', '\'']);
            if is_table {
                let is_right_part = part.is_none_or(|part| part == current_part);
                is_entry = value == id && is_right_part;
                if is_entry {
                    best = best.or(Some(start));
                }
            } else if current_part.is_empty() {
                value.clone_into(&mut current_part);
            }
        }
        if is_table && names(line, name) {
            best = Some(number);
        }
    }
    best.filter(|_| is_entry)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "id = \"x\"\nstem = '''\nOne\n[[option]]\nid = \"a\"\n'''\nask = \"?\"\n\n\
        [[part]]\nid = \"cause\"\n[[part.option]]\nid = \"a\"\ntext = \"A\"\n[[part.option]]\n\
        id = \"b\"\ntext = \"B\"\nwhy = \"C\"\n\n[run]\nlanguage = \"sql\"\n";

    #[test]
    fn every_spot_has_its_line() {
        let at = |spot| line_of_spot(FILE, &spot);
        assert_eq!(at(Spot::Field("stem", 0)), 3);
        assert_eq!(at(Spot::Field("stem", 1)), 4);
        assert_eq!(at(Spot::Field("ask", 0)), 7);
        assert_eq!(at(Spot::Field("run", 0)), 19);
        assert_eq!(at(Spot::Entry("part.option", "cause.b".into(), "why")), 17);
        assert_eq!(at(Spot::Entry("part.option", "cause.a".into(), "text")), 13);
        assert_eq!(at(Spot::Entry("part", "cause".into(), "id")), 10);
        assert_eq!(at(Spot::Field("nothing", 0)), 1);
    }
}
