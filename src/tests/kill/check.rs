//! What people were told, beside what the file holds.

use std::collections::BTreeMap;

/// What was confirmed, in order, by attempt and position.
#[derive(Debug, Default, Clone)]
pub struct Ledger {
    entries: BTreeMap<(String, u32), Vec<String>>,
    cut: usize,
}

impl Ledger {
    /// A save was confirmed.
    pub fn note(&mut self, attempt: &str, position: u32, value: &str) {
        let entry = self.entries.entry((attempt.replace('-', ""), position)).or_default();
        entry.push(value.to_owned());
    }

    /// A save heard no answer and was sent again.
    pub fn note_cut(&mut self) {
        self.cut += 1;
    }

    /// Another person's.
    pub fn merge(&mut self, other: Self) {
        self.entries.extend(other.entries);
        self.cut += other.cut;
    }

    /// How many saves were cut off.
    pub fn cut(&self) -> usize {
        self.cut
    }

    /// How many saves were confirmed.
    pub fn confirmed(&self) -> usize {
        self.entries.values().map(Vec::len).sum()
    }
}

/// Everything in which the file differs from what was confirmed.
///
/// A save is sent again until it is confirmed, so the file must hold the last value of every
/// position, and as many changes as there were confirmations: one less when a save that was later
/// written over is lost, one more when a repeated save was counted twice.
pub fn compare(ledger: &Ledger, file: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(file.as_bytes());
    let heads = reader.headers().expect("a head").clone();
    let place = |name: &str| heads.iter().position(|head| head == name).expect("a column");
    let (attempt, position) = (place("attempt_id"), place("position"));
    let (response, changes) = (place("response"), place("changes"));
    let mut held = BTreeMap::new();
    for row in reader.records() {
        let row = row.expect("a row");
        let id = row[attempt].rsplit('_').next().unwrap_or_default().to_owned();
        let key = (id, row[position].parse::<u32>().expect("a number"));
        held.insert(key, (row[response].to_owned(), row[changes].parse::<usize>().unwrap_or(0)));
    }
    let mut problems = Vec::new();
    for ((attempt, position), values) in &ledger.entries {
        let what = format!("{attempt} position {position}, confirmed {values:?}");
        let last = values.last().map_or("", String::as_str);
        match held.remove(&(attempt.clone(), *position)) {
            Some((value, changes)) if value == last && changes + 1 == values.len() => {}
            Some(held) => problems.push(format!("{what}: the file holds {held:?}")),
            None => problems.push(format!("{what}: the file holds nothing")),
        }
    }
    for ((attempt, position), (value, _)) in
        held.into_iter().filter(|(_, (value, _))| !value.is_empty())
    {
        problems
            .push(format!("{attempt} position {position}: nobody was told that {value} is saved"));
    }
    problems
}
