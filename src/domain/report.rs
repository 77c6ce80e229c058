//! The files that leave the house: columns, cells, dialects and the formula guard.
//!
//! The heads are fixed English words that programs rely on: a column is never renamed or moved, a new
//! one comes at the end of the fixed ones. Columns of abilities that do not exist yet stay empty.
//! A candidate's name is asked as one text, and no rule can split it for every culture, so the whole
//! name stands in `last_name`.

use crate::domain::time::Instant;

pub use crate::domain::report_columns::{ANSWERS, Column, RESULTS, SKILLS};

/// Grows when a column changes its meaning.
pub const SCHEMA_VERSION: i64 = 1;

/// Which file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// One row per person.
    Results,
    /// One row per attempt and skill.
    Skills,
    /// One row per attempt and item.
    Answers,
}

impl Kind {
    /// Every file, in the order of screens.
    pub const ALL: [Self; 3] = [Self::Results, Self::Skills, Self::Answers];

    /// The name in forms, file names and logs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Results => "results",
            Self::Skills => "skills",
            Self::Answers => "answers",
        }
    }

    /// The fixed columns of this file.
    pub const fn columns(self) -> &'static [Column] {
        match self {
            Self::Results => RESULTS,
            Self::Skills => SKILLS,
            Self::Answers => ANSWERS,
        }
    }
}

impl std::str::FromStr for Kind {
    type Err = Unknown;
    fn from_str(text: &str) -> Result<Self, Unknown> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(Unknown)
    }
}

/// There is no file or dialect of that name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown")]
pub struct Unknown;

/// Stands between two cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Separator {
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// A tabulator.
    Tab,
}

impl Separator {
    /// Every separator, in the order of screens.
    pub const ALL: [Self; 3] = [Self::Semicolon, Self::Comma, Self::Tab];

    /// The byte.
    pub const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
        }
    }

    /// The name in forms.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Comma => "comma",
            Self::Semicolon => "semicolon",
            Self::Tab => "tab",
        }
    }
}

impl std::str::FromStr for Separator {
    type Err = Unknown;
    fn from_str(text: &str) -> Result<Self, Unknown> {
        Self::ALL.into_iter().find(|separator| separator.as_str() == text).ok_or(Unknown)
    }
}

/// For whom the file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// For programs: comma, point, UTF-8 without a mark, quotes only where they are needed.
    Standard,
    /// For spreadsheets: UTF-8 with a mark at the start, every cell quoted.
    Spreadsheet {
        /// What stands between cells.
        separator: Separator,
        /// A comma in front of decimals instead of a point.
        has_decimal_comma: bool,
    },
}

impl Dialect {
    /// The name in forms and logs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Spreadsheet { .. } => "spreadsheet",
        }
    }

    /// What stands between two cells.
    pub const fn separator(self) -> Separator {
        match self {
            Self::Standard => Separator::Comma,
            Self::Spreadsheet { separator, .. } => separator,
        }
    }

    /// Whether every cell is quoted and a byte order mark stands first.
    pub const fn is_spreadsheet(self) -> bool {
        matches!(self, Self::Spreadsheet { .. })
    }

    const fn point(self) -> char {
        match self {
            Self::Spreadsheet { has_decimal_comma: true, .. } => ',',
            _ => '.',
        }
    }
}

/// What may stand in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Not applicable, not scored, or not allowed. Never a dash, never zero.
    Empty,
    /// What people typed: guarded.
    Text(String),
    /// A word of ours, an id that begins with a letter, a hash.
    Code(String),
    /// A whole number.
    Whole(i64),
    /// A number in ten-thousandths, written without the zeros at its end.
    Number(i64),
    /// `true` or `false`.
    Flag(bool),
    /// ISO 8601 in UTC to the second.
    At(Instant),
}

impl Cell {
    /// A text, or empty.
    pub fn text(text: Option<impl Into<String>>) -> Self {
        text.map_or(Self::Empty, |text| Self::Text(text.into()))
    }

    /// A whole number, or empty.
    pub fn whole(number: Option<impl Into<i64>>) -> Self {
        number.map_or(Self::Empty, |number| Self::Whole(number.into()))
    }

    /// An instant, or empty.
    pub fn at(at: Option<Instant>) -> Self {
        at.map_or(Self::Empty, Self::At)
    }

    /// A word, or empty.
    pub fn code(code: Option<impl Into<String>>) -> Self {
        code.map_or(Self::Empty, |code| Self::Code(code.into()))
    }

    /// The characters of the cell, before quoting.
    pub fn written(&self, dialect: Dialect) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => guarded(text),
            Self::Code(code) => code.clone(),
            Self::Whole(number) => number.to_string(),
            Self::Number(number) => decimal(*number, dialect.point()),
            Self::Flag(flag) => flag.to_string(),
            Self::At(at) => at.iso(),
        }
    }
}

/// Ten-thousandths as a decimal number: `213333` is `21.3333`, `-15000` is `-1.5`.
fn decimal(number: i64, point: char) -> String {
    let sign = if number < 0 { "-" } else { "" };
    let (whole, rest) = (number.unsigned_abs() / 10_000, number.unsigned_abs() % 10_000);
    let rest = format!("{rest:04}");
    let rest = rest.trim_end_matches('0');
    if rest.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}{point}{rest}") }
}

/// Would a spreadsheet run this text?
///
/// Signs of formulas count in their wide forms too, and behind blanks and invisible characters,
/// because programs trim. Apostrophes in front are looked through, so that [`unguarded`] is exact.
fn is_dangerous(text: &str) -> bool {
    let text = text.trim_start_matches('\'');
    if text.starts_with(['\t', '\r', '\n', '\0']) {
        return true;
    }
    let text = text.trim_start_matches(|c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
    });
    text.starts_with([
        '=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}', '\u{2212}',
    ])
}

/// The text with an apostrophe in front when a spreadsheet would run it.
pub fn guarded(text: &str) -> String {
    if is_dangerous(text) { format!("'{text}") } else { text.to_owned() }
}

/// The source of a guarded text.
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_dangerous(rest) => rest,
        _ => cell,
    }
}

/// The heads of the three columns of a skill.
pub fn skill_heads(slug: &str) -> [String; 3] {
    let slug = slug.replace(['.', '-'], "_");
    ["points", "max", "percent"].map(|what| format!("skill_{slug}_{what}"))
}

/// The cells of a row with those emptied that need a permission.
pub fn permitted(kind: Kind, mut cells: Vec<Cell>, shows_private: bool) -> Vec<Cell> {
    if !shows_private {
        for (cell, column) in cells.iter_mut().zip(kind.columns()) {
            if column.is_private {
                *cell = Cell::Empty;
            }
        }
    }
    cells
}

/// `results_<assessment>_<asof>Z.csv`, safe in a header and on every disk.
pub fn file_name(kind: Kind, assessment_title: &str, as_of: Instant) -> String {
    let mut slug = String::new();
    for c in assessment_title.chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
        if slug.len() >= 60 {
            break;
        }
    }
    let slug = match slug.trim_end_matches('-') {
        "" => "assessment",
        slug => slug,
    };
    let at = as_of.iso().replace(['-', ':'], "");
    format!("{}_{slug}_{at}.csv", kind.as_str())
}

#[cfg(test)]
#[path = "report_tests.rs"]
mod tests;
