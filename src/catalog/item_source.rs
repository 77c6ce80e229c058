//! Changes an item file as a person would: what is not changed keeps its bytes, comments included.
//!
//! A form knows some fields of an item; a file may hold more. So a changed field replaces its own
//! value, a new one gets a line, and nothing else is written again.

use super::{BadFile, line_of};
use std::fmt::Write as _;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// One step of the way to a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key<'a> {
    /// A field of a table.
    Name(&'a str),
    /// A place in a list, from 0.
    At(usize),
}

/// A value to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Text.
    Text(String),
    /// A number as it is typed.
    Number(String),
    /// Yes or no.
    Flag(bool),
    /// Several texts.
    Texts(Vec<String>),
    /// Anything as it is written in a file, such as `{ min = 2, max = 2 }`.
    Raw(String),
}

/// An item file that is read and changed.
#[derive(Clone, Debug)]
pub struct Source {
    text: String,
}

/// The name of a table in its head: `part.0.option.3` stands below `[[part.option]]`.
fn name_of(table: &str) -> String {
    let names = table.split('.').filter(|part| part.parse::<usize>().is_err());
    names.collect::<Vec<_>>().join(".")
}

/// `option.2.text` as a way.
fn way(path: &str) -> Vec<Key<'_>> {
    let key = |part| match str::parse::<usize>(part) {
        Ok(at) => Key::At(at),
        Err(_) => Key::Name(part),
    };
    path.split('.').map(key).collect()
}

impl Source {
    /// Takes a text that is TOML.
    pub fn read(path: &str, text: &str) -> Result<Self, BadFile> {
        match DeTable::parse(text) {
            Ok(_) => Ok(Self { text: text.to_owned() }),
            Err(error) => Err(BadFile {
                path: path.to_owned(),
                line: line_of(text, error.span().map_or(0, |span| span.start)),
                message: error.message().to_owned(),
            }),
        }
    }

    /// The file.
    pub fn text(&self) -> &str {
        &self.text
    }

    fn with<T>(&self, path: &str, take: impl FnOnce(&Spanned<DeValue<'_>>) -> T) -> Option<T> {
        let root = DeTable::parse(&self.text).ok()?;
        find(root.get_ref(), &way(path)).map(take)
    }

    #[expect(
        clippy::redundant_closure_for_method_calls,
        reason = "the path of a method fits one lifetime only"
    )]
    fn span(&self, path: &str) -> Option<Range<usize>> {
        self.with(path, |value| value.span())
    }

    /// Whether there is anything at `option.2.key`.
    pub fn has(&self, path: &str) -> bool {
        self.with(path, |_| ()).is_some()
    }

    /// The value as a form shows it: text, number or list of texts joined by `; `.
    pub fn get(&self, path: &str) -> Option<String> {
        self.with(path, |value| match value.get_ref() {
            DeValue::Array(list) => {
                list.iter().map(|one| self.shown(one)).collect::<Vec<_>>().join("; ")
            }
            _ => self.shown(value),
        })
    }

    fn shown(&self, value: &Spanned<DeValue<'_>>) -> String {
        match value.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Boolean(flag) => flag.to_string(),
            _ => self.text[value.span()].to_owned(),
        }
    }

    /// How many tables stand in a list such as `option`.
    pub fn count(&self, path: &str) -> usize {
        self.with(path, |value| match value.get_ref() {
            DeValue::Array(list) => list.len(),
            _ => 0,
        })
        .unwrap_or(0)
    }

    /// The line of a value, from 1.
    pub fn line(&self, path: &str) -> Option<usize> {
        self.with(path, |value| line_of(&self.text, value.span().start))
    }

    /// Writes a value. What says the same already is left as it stands.
    pub fn set(&mut self, path: &str, value: &Value) {
        if self.says(path, value) {
            return;
        }
        let mut written = write(value);
        if self.text.contains("\r\n") {
            written = written.replace('\n', "\r\n");
        }
        if let Some(span) = self.span(path) {
            self.text.replace_range(span, &written);
            return;
        }
        let (table, name) = path.rsplit_once('.').unwrap_or(("", path));
        let Some(at) = self.end_of_fields(table) else { return };
        let before = if at == 0 || self.text[..at].ends_with('\n') { "" } else { "\n" };
        self.text.insert_str(at, &format!("{before}{name} = {written}\n"));
    }

    /// Takes a field away, with its line.
    pub fn unset(&mut self, path: &str) {
        let Some(span) = self.span(path) else { return };
        let start = self.text[..span.start].rfind('\n').map_or(0, |at| at + 1);
        let end = self.text[span.end..].find('\n').map_or(self.text.len(), |at| span.end + at + 1);
        self.text.replace_range(start..end, "");
    }

    /// Adds a table at the end of a list such as `option`, `answer.partial` or `part.0.option`.
    pub fn push(&mut self, list: &str, fields: &[(&str, Value)]) {
        let mut table = format!("[[{}]]\n", name_of(list));
        for (name, value) in fields {
            let _ = writeln!(table, "{name} = {}", write(value));
        }
        let owner = || self.block(list.rsplit_once('.').map_or("", |(owner, _)| owner));
        let last = self.count(list).checked_sub(1);
        let block = last.and_then(|at| self.block(&format!("{list}.{at}"))).or_else(owner);
        let at = match block {
            Some(block) => block.start + self.text[block.start..block.end].trim_end().len(),
            None => self.text.trim_end().len(),
        };
        self.text.insert_str(at, &format!("\n\n{}", table.trim_end()));
        if !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// Takes a table out of a list, with what belongs to it.
    pub fn remove(&mut self, list: &str, at: usize) {
        let Some(block) = self.block(&format!("{list}.{at}")) else { return };
        let inner = format!("{}.", block.name);
        let after = self.blocks().into_iter().filter(|it| it.start >= block.end);
        let end = after.take_while(|it| it.name.starts_with(&inner)).map(|it| it.end).last();
        self.text.replace_range(block.start..end.unwrap_or(block.end), "");
        let kept = self.text.trim_end().len();
        self.text.truncate(kept);
        self.text.push('\n');
    }

    fn says(&self, path: &str, value: &Value) -> bool {
        self.with(path, |old| match (old.get_ref(), value) {
            (DeValue::String(old), Value::Text(new)) => {
                old.replace("\r\n", "\n").trim_end() == new.replace("\r\n", "\n").trim_end()
            }
            (DeValue::Boolean(old), Value::Flag(new)) => old == new,
            (DeValue::Array(old), Value::Texts(new)) => {
                old.iter().map(|one| one.get_ref().as_str()).eq(new.iter().map(|one| Some(&**one)))
            }
            (_, Value::Number(new) | Value::Raw(new)) => {
                let squeeze = |text: &str| text.split_whitespace().collect::<String>();
                squeeze(&self.text[old.span()]) == squeeze(new)
            }
            _ => false,
        })
        .unwrap_or(false)
    }

    /// Where one more field of a table goes: behind its last one. A table without a head of its own
    /// takes none.
    fn end_of_fields(&self, table: &str) -> Option<usize> {
        let end = if table.is_empty() {
            self.blocks().first().map_or(self.text.len(), |block| block.start)
        } else {
            self.block(table)?.end
        };
        let head = &self.text[..end];
        // Comments and blank lines in front of the next table belong to that one.
        let mut kept = head.len();
        for line in head.split_inclusive('\n').rev() {
            let is_loose = line.trim().is_empty() || line.trim_start().starts_with('#');
            if !is_loose {
                break;
            }
            kept -= line.len();
        }
        Some(kept)
    }

    /// The block of a table such as `answer`, `option.2` or `part.0.option.3`.
    fn block(&self, table: &str) -> Option<Block> {
        let name = name_of(table);
        let places: Vec<usize> = table.split('.').filter_map(|part| part.parse().ok()).collect();
        let nth = match places.as_slice() {
            [outer, inner] => {
                let mut parts = table.split('.').filter(|part| part.parse::<usize>().is_err());
                let (owner, list) = (parts.next()?, parts.next()?);
                let before = (0..*outer).map(|at| self.count(&format!("{owner}.{at}.{list}")));
                before.sum::<usize>() + inner
            }
            [at] => *at,
            _ => 0,
        };
        self.blocks().into_iter().filter(|block| block.name == name).nth(nth)
    }

    /// The tables with a head of their own, in the order of the file.
    fn blocks(&self) -> Vec<Block> {
        let Ok(root) = DeTable::parse(&self.text) else { return Vec::new() };
        let mut taken = Vec::new();
        collect(root.get_ref(), &mut taken);
        let mut blocks: Vec<Block> = Vec::new();
        let mut start = 0;
        for line in self.text.split_inclusive('\n') {
            let head = line.trim();
            let is_text = taken.iter().any(|span: &Range<usize>| span.contains(&start));
            if head.starts_with('[') && !is_text {
                if let Some(last) = blocks.last_mut() {
                    last.end = start;
                }
                let name = head.split(']').next().unwrap_or_default().trim_start_matches('[');
                blocks.push(Block { name: name.trim().to_owned(), start, end: self.text.len() });
            }
            start += line.len();
        }
        blocks
    }
}

/// A table from its head to the next head.
struct Block {
    name: String,
    start: usize,
    end: usize,
}

/// Where values stand that may hold lines which look like heads.
fn collect(table: &DeTable<'_>, taken: &mut Vec<Range<usize>>) {
    for value in table.values() {
        match value.get_ref() {
            DeValue::Table(table) => collect(table, taken),
            DeValue::Array(list) if list.iter().all(|one| one.get_ref().is_table()) => {
                for one in list {
                    if let DeValue::Table(table) = one.get_ref() {
                        collect(table, taken);
                    }
                }
            }
            _ => taken.push(value.span()),
        }
    }
}

fn find<'a, 'i>(table: &'a DeTable<'i>, way: &[Key<'_>]) -> Option<&'a Spanned<DeValue<'i>>> {
    let (first, rest) = way.split_first()?;
    let Key::Name(name) = first else { return None };
    let (_, mut value) = table.iter().find(|(key, _)| key.get_ref() == name)?;
    for key in rest {
        value = match (key, value.get_ref()) {
            (Key::Name(name), DeValue::Table(table)) => {
                table.iter().find(|(key, _)| key.get_ref() == name)?.1
            }
            (Key::At(at), DeValue::Array(list)) => list.get(*at)?,
            _ => return None,
        };
    }
    Some(value)
}

fn write(value: &Value) -> String {
    match value {
        Value::Text(text) => write_text(text),
        Value::Number(text) | Value::Raw(text) => text.clone(),
        Value::Flag(flag) => flag.to_string(),
        Value::Texts(texts) => {
            let texts: Vec<String> = texts.iter().map(|text| write_line(text)).collect();
            format!("[{}]", texts.join(", "))
        }
    }
}

/// Several lines stand as they are; where that is not possible, everything is escaped.
fn write_text(text: &str) -> String {
    let is_plain = |c: char| c == '\n' || c == '\t' || !c.is_control();
    if text.contains('\n') && !text.contains("'''") && text.chars().all(is_plain) {
        format!("'''\n{}\n'''", text.trim_end())
    } else {
        write_line(text)
    }
}

fn write_line(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out + "\""
}

#[cfg(test)]
#[path = "item_source_tests.rs"]
mod tests;
