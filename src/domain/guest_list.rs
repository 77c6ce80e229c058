//! Who is invited: a list of people as typed or as a CSV file, read line by line.
//!
//! Every line is read by itself; one that cannot be read says why and keeps nobody else out.

use crate::domain::account::{Email, EmailProblem, NameProblem, PersonName};
use crate::domain::clean::line as clean_line;
use crate::domain::invitation::OwnTime;
use std::collections::HashMap;

/// The longest list: its papers are drawn inside one transaction.
pub const MAX_LINES: usize = 5_000;
/// The longest number that an organisation has for a person.
pub const MAX_EXTERNAL_ID: usize = 200;
/// As much of a line as is shown back.
const SHOWN: usize = 120;

/// One person of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guest {
    /// Where the invitation goes.
    pub email: Email,
    /// The name, when it was given.
    pub name: Option<PersonName>,
    /// The organisation's own number for the person.
    pub external_id: Option<String>,
    /// The time, when the line says it.
    pub time: Option<OwnTime>,
    /// A character was replaced, which the typist should see.
    pub was_changed: bool,
}

/// Why a line invites nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The address.
    Email(EmailProblem),
    /// The name has more than [`PersonName::MAX_CHARS`] characters.
    NameTooLong,
    /// The number has more than [`MAX_EXTERNAL_ID`] characters.
    ExternalIdTooLong,
    /// The time is no factor from 1 to 4.
    Time,
    /// The address stands in an earlier line already.
    Repeats(usize),
}

impl Fault {
    /// The end of the sentence's key.
    pub fn code(self) -> String {
        match self {
            Self::Email(problem) => format!("email-{}", problem.code()),
            Self::NameTooLong => "name-length".to_owned(),
            Self::ExternalIdTooLong => "external-id-length".to_owned(),
            Self::Time => "time-factor".to_owned(),
            Self::Repeats(_) => "repeats".to_owned(),
        }
    }

    /// Left out without being wrong?
    pub fn is_repeat(self) -> bool {
        matches!(self, Self::Repeats(_))
    }
}

/// A line as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number in the text, from 1.
    pub number: usize,
    /// What stood in the place of the address, shortened.
    pub text: String,
    /// The person, or what is wrong.
    pub reading: Result<Guest, Fault>,
}

/// The list is longer than [`MAX_LINES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} lines")]
pub struct TooLong(pub usize);

/// Reads a pasted list or a CSV file whose first line names a column `email`.
pub fn read(text: &str) -> Result<Vec<Line>, TooLong> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = match Columns::find(text) {
        Some(columns) => columns.read(text),
        None => text.lines().zip(1..).flat_map(|(line, number)| read_line(number, line)).collect(),
    };
    if lines.len() > MAX_LINES {
        return Err(TooLong(lines.len()));
    }
    let mut seen: HashMap<Email, usize> = HashMap::new();
    for line in &mut lines {
        if let Ok(guest) = &line.reading {
            match seen.get(&guest.email) {
                Some(first) => line.reading = Err(Fault::Repeats(*first)),
                None => {
                    seen.insert(guest.email.clone(), line.number);
                }
            }
        }
    }
    Ok(lines)
}

/// The cells of one person, before they are judged.
#[derive(Default)]
struct Cells<'a> {
    address: &'a str,
    name: &'a str,
    external_id: &'a str,
    time: &'a str,
}

impl Cells<'_> {
    fn judge(&self, number: usize) -> Line {
        let shown = clean_line(self.address).value;
        Line { number, text: shown.chars().take(SHOWN).collect(), reading: self.guest() }
    }

    fn guest(&self) -> Result<Guest, Fault> {
        let (inner, address) = named_address(self.address);
        let email: Email = address.parse().map_err(Fault::Email)?;
        let typed = if self.name.trim().is_empty() { inner } else { self.name };
        let (name, name_changed) = match PersonName::parse(typed) {
            Ok(name) => (Some(name.value), name.was_changed),
            Err(NameProblem::Empty) => (None, false),
            Err(NameProblem::TooLong) => return Err(Fault::NameTooLong),
        };
        let external_id = clean_line(self.external_id);
        if external_id.value.chars().count() > MAX_EXTERNAL_ID {
            return Err(Fault::ExternalIdTooLong);
        }
        let time = self.time.trim();
        let time =
            if time.is_empty() { None } else { Some(time.parse().map_err(|_| Fault::Time)?) };
        Ok(Guest {
            email,
            name,
            time,
            was_changed: name_changed || external_id.was_changed,
            external_id: Some(external_id.value).filter(|id| !id.is_empty()),
        })
    }
}

/// `Ada Lindqvist <ada@example.org>` as name and address.
fn named_address(text: &str) -> (&str, &str) {
    let text = text.trim();
    match text.split_once('<') {
        Some((name, rest)) => (
            name.trim().trim_matches('"'),
            rest.split_once('>').map_or(rest, |(address, _)| address).trim(),
        ),
        None => ("", text.strip_prefix("mailto:").unwrap_or(text)),
    }
}

/// A pasted line: an address with or without name, time and number, or several addresses.
fn read_line(number: usize, line: &str) -> Vec<Line> {
    let cells: Vec<&str> =
        split(line).into_iter().map(str::trim).filter(|cell| !cell.is_empty()).collect();
    if cells.len() > 1 && cells.iter().all(|cell| cell.contains('@')) {
        let alone = |address| Cells { address, ..Cells::default() }.judge(number);
        return cells.into_iter().map(alone).collect();
    }
    let Some(at) = cells.iter().position(|cell| cell.contains('@')).or(cells.first().map(|_| 0))
    else {
        return Vec::new();
    };
    let mut read = Cells { address: cells[at], ..Cells::default() };
    for (other, cell) in cells.iter().enumerate() {
        if other == at {
            continue;
        }
        let cell = cell.trim_matches('"');
        // A figure of four digits and more is nobody's time factor.
        let is_number = cell.len() > 3 && cell.bytes().all(|b| b.is_ascii_digit());
        let is_time = !is_number
            && (cell.starts_with(|c: char| c.is_ascii_digit() || c == '+')
                || cell.eq_ignore_ascii_case("untimed"));
        let place = match () {
            () if is_time && read.time.is_empty() => &mut read.time,
            () if !is_time && !is_number && read.name.is_empty() => &mut read.name,
            () if !is_time && read.external_id.is_empty() => &mut read.external_id,
            // More than a line can hold is not read as something else.
            () => return vec![Line { reading: Err(Fault::Time), ..read.judge(number) }],
        };
        *place = cell;
    }
    vec![read.judge(number)]
}

/// The cells of a pasted line: commas, semicolons and tabs part them outside quotes and brackets.
fn split(line: &str) -> Vec<&str> {
    let (mut is_quoted, mut is_inside) = (false, false);
    line.split(move |c: char| {
        match c {
            '"' => is_quoted = !is_quoted,
            '<' if !is_quoted => is_inside = true,
            '>' if !is_quoted => is_inside = false,
            _ => {}
        }
        !is_quoted && !is_inside && matches!(c, ',' | ';' | '\t')
    })
    .collect()
}

/// Where the columns of a CSV file are.
struct Columns {
    separator: char,
    header: usize,
    email: usize,
    name: Option<usize>,
    external_id: Option<usize>,
    time: Option<usize>,
}

impl Columns {
    /// The first line that says something names a column for addresses, or it is no CSV file.
    fn find(text: &str) -> Option<Self> {
        let (first, header) = text.lines().zip(1..).find(|(line, _)| !line.trim().is_empty())?;
        [',', ';', '\t'].into_iter().find_map(|separator| {
            let names: Vec<String> = first
                .split(separator)
                .map(|cell| cell.trim().trim_matches('"').trim().to_lowercase())
                .collect();
            let place = |known: &[&str]| names.iter().position(|name| known.contains(&&**name));
            Some(Self {
                separator,
                header,
                email: place(&["email", "e-mail", "mail", "email address"])?,
                name: place(&["name", "full name"]),
                external_id: place(&["external_id", "external id", "id"]),
                time: place(&["time", "time factor", "time_factor", "time_factor_percent"]),
            })
        })
    }

    fn read(&self, text: &str) -> Vec<Line> {
        let cell = |row: &'_ [String], at: Option<usize>| {
            at.and_then(|at| row.get(at)).cloned().unwrap_or_default()
        };
        records(text, self.separator)
            .into_iter()
            .filter(|(number, row)| {
                *number > self.header && row.iter().any(|cell| !cell.trim().is_empty())
            })
            .map(|(number, row)| {
                let (address, name) = (cell(&row, Some(self.email)), cell(&row, self.name));
                let (external_id, time) = (cell(&row, self.external_id), cell(&row, self.time));
                Cells { address: &address, name: &name, external_id: &external_id, time: &time }
                    .judge(number)
            })
            .collect()
    }
}

/// The rows of a CSV file (RFC 4180) with the numbers of their first lines.
fn records(text: &str, separator: char) -> Vec<(usize, Vec<String>)> {
    let mut rows = Vec::new();
    let (mut row, mut cell, mut is_quoted) = (Vec::new(), String::new(), false);
    let (mut number, mut begun) = (1, 1);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '"' if is_quoted && rest.peek() == Some(&'"') => {
                rest.next();
                cell.push('"');
            }
            '"' if is_quoted => is_quoted = false,
            '"' if cell.trim().is_empty() => {
                cell.clear();
                is_quoted = true;
            }
            '\n' if !is_quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push((begun, std::mem::take(&mut row)));
                number += 1;
                begun = number;
            }
            other if other == separator && !is_quoted => row.push(std::mem::take(&mut cell)),
            other => {
                number += usize::from(other == '\n');
                cell.push(other);
            }
        }
    }
    row.push(cell);
    rows.push((begun, row));
    rows
}

#[cfg(test)]
#[path = "guest_list_tests.rs"]
mod tests;
